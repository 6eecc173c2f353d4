import type { Cast } from "./cast.ts";
import type { Catalogue } from "./catalogue.ts";
import { idOf } from "./random.ts";
import { day, instant, type Setting } from "./setting.ts";

interface StagePlan {
  experience: string;
  probability: number;
  verifiers: Verifier[];
}

export interface Verifier {
  key: string;
  words: string;
  who: string;
  /** What is written down when it was given. */
  said: readonly string[];
  /** Asked for only since the second version. */
  isLater?: boolean;
}

/** What each open stage asks of the customer, in the order of the stages. */
export const stagePlans: readonly StagePlan[] = [
  {
    experience: "Somebody who has counted what a gram too much costs them, and asks before showing anything.",
    probability: 10,
    verifiers: [
      {
        key: "first meeting",
        words: "Customer accepted the first meeting",
        who: "Who has the problem",
        said: ["Accepted the invitation for an hour on site.", "Proposed the date themselves.", "Wants us there before their audit."],
      },
    ],
  },
  {
    experience: "They see their own giveaway in money, worked out with them from their own figures.",
    probability: 30,
    verifiers: [
      {
        key: "figures",
        words: "Customer sent the throughput figures",
        who: "Production",
        said: [
          "Sent three months of line data by mail.",
          "Read the counters out on the phone, sheet followed.",
          "Exported the shift reports for us.",
        ],
      },
      {
        key: "decision plan",
        words: "Customer named who decides and by when",
        who: "Our contact",
        said: ["Plant manager decides, in the budget round.", "Wrote down the three names and a date.", "Board, before the season starts."],
        isLater: true,
      },
    ],
  },
  {
    experience: "The scale stands in their hall, on their product, and their people read the result out.",
    probability: 55,
    verifiers: [
      {
        key: "trial",
        words: "Customer confirmed that the trial weighing met their criteria",
        who: "Quality or production",
        said: ["Signed the trial sheet.", "Mailed that accuracy is better than asked for.", "Quality manager wrote one line: it does."],
      },
      {
        key: "proposal",
        words: "Customer went through the proposal with us",
        who: "Who signs",
        said: [
          "An hour, page by page.",
          "Crossed out the second lot, kept the first.",
          "Asked for delivery in two steps, nothing else open.",
        ],
      },
    ],
  },
  {
    experience: "Nothing left to find out: one date, one name to call, and the hall is ready.",
    probability: 85,
    verifiers: [
      {
        key: "installation",
        words: "Customer fixed the installation week",
        who: "Production",
        said: ["Line stands still in that week for us.", "Wrote the week into their plan."],
      },
      {
        key: "order number",
        words: "Customer’s purchasing gave the order number",
        who: "Purchasing",
        said: ["Number came by mail.", "Order is in their system, paper follows."],
      },
    ],
  },
];

const madeAt = ({ now }: Pick<Setting, "now">): number => now - (now % day) - 730 * day;
export const verifierId = (setting: Pick<Setting, "now">, key: string): string => idOf(`verifier ${key}`, madeAt(setting));

const promisedFor: Readonly<Record<string, string>> = {
  "First meeting": "first meeting",
  "Customer data": "figures",
  "Decision plan": "decision plan",
  Trial: "trial",
  Proposal: "proposal",
  Signature: "proposal",
  Delivery: "installation",
  Order: "order number",
};

/** The verifier a promise on a deal is to bring, by what it hangs on. */
export function promisedVerifier(setting: Pick<Setting, "now">, hangsWords: string): string | null {
  const key = promisedFor[hangsWords];
  return key ? verifierId(setting, key) : null;
}

const laterFrom = (setting: Pick<Setting, "now">): number => madeAt(setting) + 610 * day + 8 * 3_600_000;

/** What the version in force at an instant asks for in a stage. */
export const verifiersAt = (setting: Pick<Setting, "now">, plan: StagePlan | undefined, at: number): readonly Verifier[] =>
  plan?.verifiers.filter(({ isLater }) => !isLater || at >= laterFrom(setting)) ?? [];

/** Two versions: the first of when the company began, the second of four months ago asks one thing more. */
export function addSalesProcess(setting: Setting, { stages }: Catalogue, cast: Cast): void {
  const { rows } = setting;
  const begun = madeAt(setting);
  for (const { key } of stagePlans.flatMap(({ verifiers }) => verifiers))
    rows.add("verifier", { id: verifierId(setting, key), created_at: instant(begun) });
  for (const [version, from] of [
    [1, begun],
    [2, laterFrom(setting)],
  ] as const) {
    const id = idOf(`process version ${version}`, from);
    rows.add("process_version", {
      id,
      version,
      name: "How we sell scales",
      valid_from: instant(from),
      published_by: version === 1 ? null : cast.admin.id,
    });
    for (const [position, { experience, probability, verifiers }] of stagePlans.entries()) {
      const stage_id = stages[position]?.id ?? "";
      rows.add("process_stage", { version_id: id, stage_id, position, experience, probability });
      for (const [place, { key, words, who, isLater }] of verifiers.entries())
        if (!isLater || version > 1)
          rows.add("process_verifier", { version_id: id, verifier_id: verifierId(setting, key), stage_id, position: place, words, who });
    }
    addRules(rows, id, stages);
  }
}

/** Ready to be closed, in this company: the tolls before the proposal are paid, it closes soon, and it moves. One or two for most reps. */
export const readyWithin = { closes: 21, changed: 7 };

function addRules(rows: Setting["rows"], version: string, stages: Catalogue["stages"]): void {
  const conditions = [
    { grade: "A", field: "verified stage", stage_id: stages[2]?.id ?? null, number: null },
    { grade: "A", field: "closes within", stage_id: null, number: readyWithin.closes },
    { grade: "A", field: "changed within", stage_id: null, number: readyWithin.changed },
    { grade: "B", field: "verified stage", stage_id: stages[2]?.id ?? null, number: null },
  ] as const;
  for (const [position, condition] of conditions.entries()) rows.add("process_rule", { version_id: version, position, ...condition });
}
