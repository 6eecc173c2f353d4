import { type RawBuilder, sql } from "kysely";
import type { Horizon, HorizonEnds } from "../../method/horizons.ts";
import { todayOf } from "../../platform/clock.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";

export interface Member {
  id: string;
  name: string;
  managerId: string | null;
}

/** The viewer and everybody below them, with whom each reports to today. */
export async function treeOf(db: Db, ctx: Pick<Ctx, "viewer" | "clock">): Promise<Member[]> {
  const { personId: me, name } = ctx.viewer;
  const today = todayOf(ctx);
  const { rows } = await sql<Member>`
    select id, name, manager_id as "managerId" from members_below(${today}::date) order by lower(name), id`.execute(db);
  return [{ id: me, name, managerId: null }, ...rows.filter(({ id }) => id !== me)];
}

/** `horizonOf` in the database. */
export const horizonIn = (closeOn: RawBuilder<unknown>, ends: HorizonEnds): RawBuilder<Horizon> => sql<Horizon>`
  case when ${closeOn} is null then 'none' when ${closeOn} < ${ends.day}::date then 'overdue' when ${closeOn} <= ${ends.month}::date then 'month'
    when ${closeOn} <= ${ends.quarter}::date then 'quarter' when ${closeOn} <= ${ends.year}::date then 'year' else 'later' end`;

export interface Stage {
  id: string;
  name: string;
  position: number;
  outcome: "open" | "won" | "lost";
}

/** The stages of the sales process in their order. */
export const stagesOf = (db: Db, orgId: string): Promise<Stage[]> =>
  db.selectFrom("stage").select(["id", "name", "position", "outcome"]).where("org_id", "=", orgId).orderBy("position").execute();
