import type { StageOutcome } from "../opportunities/state-at.ts";
import { sql } from "kysely";
import { type Grade, type GradeRules, prospectGrade, type RuleRow } from "../../method/prospect-grade.ts";
import { todayOf } from "../../platform/clock.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { type Process, processAt, type ProcessRule } from "../processes/process-queries.ts";
import { placeOf } from "../processes/stages-carried.ts";
import { type VerifiedDeal, verifiedBy } from "./verified-stages.ts";

export interface DealGrade {
  /** Null when no rule fits. */
  grade: Grade | null;
  /** By whom and when, where a hand has set it aside from the rules. */
  byHand: { name: string; at: Date } | null;
}

/** An open deal, with what the rules ask about. */
export interface GradedDeal {
  id: string;
  stageId: string;
  outcome: StageOutcome;
  closeOn: string | null;
  amountMinor: number | null;
  currency: string;
  lastChangeAt: Date;
}

export interface ProspectFacts {
  verified: Map<string, VerifiedDeal>;
  grades: Map<string, DealGrade>;
}

/** Verified stage and grade of open deals as known at an instant; one look at the process and the evidence for both. */
export async function prospectFacts(
  db: Db,
  ctx: Pick<Ctx, "viewer" | "clock">,
  { deals, at, today = todayOf(ctx), dated }: { deals: readonly GradedDeal[]; at: Date; today?: string; dated?: boolean },
): Promise<ProspectFacts> {
  const { orgId, currency } = ctx.viewer;
  return gradedBy(db, { orgId, currency, deals, at, today, dated }, await processAt(db, orgId, at));
}

interface Asked {
  orgId: string;
  /** Of the organisation: amounts in another one meet no rule. */
  currency: string;
  deals: readonly GradedDeal[];
  at: Date;
  today: string;
  dated?: boolean | undefined;
}

/** The same measured by a process given, such as one that is not in force yet. */
export async function gradedBy(
  db: Db,
  { orgId, currency, deals, at, today, dated }: Asked,
  process: Process | null,
): Promise<ProspectFacts> {
  const verified = await verifiedBy(db, { orgId, deals, at, dated }, process);
  const byHand = await gradedByHand(db, orgId, deals, at);
  const rules = process ? rulesOf(process) : undefined;
  const grades = new Map<string, DealGrade>();
  for (const deal of deals) {
    if (deal.outcome !== "open") continue;
    const hand = byHand.get(deal.id);
    if (hand) grades.set(deal.id, { grade: hand.grade, byHand: { name: hand.name, at: hand.at } });
    else if (process && rules)
      grades.set(deal.id, { grade: byRule(deal, { process, rules, verified, at, today, currency }), byHand: null });
  }
  return { verified, grades };
}

interface Measure {
  process: Process;
  rules: GradeRules;
  verified: ReadonlyMap<string, VerifiedDeal>;
  at: Date;
  today: string;
  currency: string;
}

function byRule(deal: GradedDeal, { process, rules, verified, at, today, currency }: Measure): Grade | null {
  return prospectGrade(rules, {
    stage: placeOf(process, deal.stageId),
    verifiedStage: placeOf(process, verified.get(deal.id)?.verifiedStageId),
    closesInDays: deal.closeOn === null ? null : Math.round((Date.parse(deal.closeOn) - Date.parse(today)) / 86_400_000),
    amountMinor: deal.currency === currency ? deal.amountMinor : null,
    quietDays: Math.max(0, Math.floor((at.getTime() - deal.lastChangeAt.getTime()) / 86_400_000)),
  });
}

export function rulesOf({ stages, rules }: Pick<Process, "stages" | "rules">): GradeRules {
  const rowsOf = (grade: Grade) => rules.filter((rule) => rule.grade === grade).flatMap((rule) => rowOf(rule, stages) ?? []);
  return { A: rowsOf("A"), B: rowsOf("B"), C: rowsOf("C") };
}

function rowOf({ field, stageId, number }: ProcessRule, stages: Process["stages"]): RuleRow | undefined {
  if (field === "backed") return { field };
  if (field === "stage" || field === "verified stage") return { field, stage: stages.findIndex((stage) => stage.stageId === stageId) };
  if (number === null) return undefined;
  return field === "amount" ? { field, minor: number } : { field, days: number };
}

interface HandGrade {
  id: string;
  grade: Grade;
  name: string;
  at: Date;
}

/** The last grade by hand of each; those given back to the rules are left out. */
async function gradedByHand(db: Db, orgId: string, deals: readonly { id: string }[], at: Date): Promise<Map<string, HandGrade>> {
  if (deals.length === 0) return new Map();
  const { rows } = await sql<HandGrade>`
    select * from (
      select distinct on (g.opportunity_id) g.opportunity_id as id, g.grade, coalesce(p.name, 'somebody else') as name, g.at
      from prospect_grade g left join person p on p.org_id = g.org_id and p.id = g.by_id
      where g.org_id = ${orgId} and g.opportunity_id = any(${deals.map(({ id }) => id)}::uuid[]) and g.at <= ${at}::timestamptz
      order by g.opportunity_id, g.at desc, g.id desc) last
    where last.grade is not null`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}
