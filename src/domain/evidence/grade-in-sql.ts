import { type RawBuilder, sql } from "kysely";
import { type Grade, grades, type RuleRow } from "../../method/prospect-grade.ts";
import type { Process } from "../processes/process-queries.ts";
import { placeOf } from "../processes/stages-carried.ts";
import { rulesOf } from "./prospect-facts.ts";

interface Asked {
  process: Process | null;
  /** Every stage a deal may claim or be verified at. */
  stageIds: readonly string[];
  today: string;
  /** Of the organisation: amounts in another one meet no rule. */
  currency: string;
}

/**
 * `prospectGrade` in the database, for a row `d` with stage_id, verified_id, amount_minor, currency, close_on, hand and `quiet`
 * (whole days): the grade by hand, or else by the rules of the process; null when none fits or no process is in force.
 */
export function gradeInSql({ process, stageIds, today, currency }: Asked, quiet: RawBuilder<unknown>): RawBuilder<Grade | null> {
  if (!process) return sql<Grade | null>`d.hand`;
  const places = stageIds.map((id) => placeOf(process, id));
  const placed = (stage: RawBuilder<unknown>) => sql`(${places}::float8[])[array_position(${stageIds}::uuid[], ${stage})]`;
  const claimed = placed(sql`d.stage_id`);
  const verified = sql`coalesce(${placed(sql`d.verified_id`)}, ${claimed})`;
  const holds = (row: RuleRow): RawBuilder<unknown> => {
    switch (row.field) {
      case "stage":
        return sql`${claimed} >= ${row.stage}`;
      case "verified stage":
        return sql`${verified} >= ${row.stage}`;
      case "backed":
        return sql`${verified} >= ${claimed}`;
      case "closes within":
        return sql`d.close_on - ${today}::date <= ${row.days}`;
      case "changed within":
        return sql`${quiet} <= ${row.days}`;
      case "amount":
        return sql`(d.currency = ${currency} and d.amount_minor >= ${row.minor})`;
    }
  };
  const rules = rulesOf(process);
  const cases = grades.flatMap((grade) => {
    const rows = rules[grade];
    if (rows.length > 0) return [sql`when ${sql.join(rows.map(holds), sql` and `)} then ${sql.lit(grade)}`];
    return grade === "C" ? [sql`when true then 'C'`] : [];
  });
  return cases.length > 0 ? sql<Grade | null>`coalesce(d.hand, case ${sql.join(cases, sql` `)} end)` : sql<Grade | null>`d.hand`;
}
