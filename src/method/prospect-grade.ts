export type Grade = "A" | "B" | "C";
export const grades: readonly Grade[] = ["A", "B", "C"];

/** One condition. Stages count by their place in the process (0 is the first), days are whole, amounts minor units. */
export type RuleRow =
  | { field: "stage" | "verified stage"; stage: number }
  | { field: "backed" }
  | { field: "closes within" | "changed within"; days: number }
  | { field: "amount"; minor: number };

export type GradeRules = Readonly<Record<Grade, readonly RuleRow[]>>;

/** What the rules ask of an open deal. Null where it is not known: a condition on it then does not hold. */
export interface Prospect {
  /** Place in the process of the stage claimed, a half between two where it was taken out; null when it never was in it. */
  stage: number | null;
  /** Place of the verified stage; null when the process asks nothing of the customer. */
  verifiedStage: number | null;
  /** Days from today to the expected close; negative when it has passed. */
  closesInDays: number | null;
  /** Minor units of the organisation's currency. */
  amountMinor: number | null;
  /** Whole days since anything about it changed. */
  quietDays: number;
}

/**
 * A, B or C: the first whose conditions all hold. Without conditions C is every deal that is left, while A and B are none.
 * Null when no grade fits. Where a process asks nothing of the customer, the stage claimed stands for the verified one.
 * Source: A prospects are those ready to be closed (S0), row R5.4 of the method.
 */
export function prospectGrade(rules: GradeRules, prospect: Prospect): Grade | null {
  return grades.find((grade) => (rules[grade].length > 0 ? rules[grade].every((row) => holds(row, prospect)) : grade === "C")) ?? null;
}

function holds(row: RuleRow, { stage, verifiedStage, closesInDays, amountMinor, quietDays }: Prospect): boolean {
  const verified = verifiedStage ?? stage;
  switch (row.field) {
    case "stage":
      return stage !== null && stage >= row.stage;
    case "verified stage":
      return verified !== null && verified >= row.stage;
    case "backed":
      return stage !== null && verified !== null && verified >= stage;
    case "closes within":
      return closesInDays !== null && closesInDays <= row.days;
    case "changed within":
      return quietDays <= row.days;
    case "amount":
      return amountMinor !== null && amountMinor >= row.minor;
  }
}
