import type { GoalHorizon } from "../../method/fiscal-calendar.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { newId } from "../../platform/new-id.ts";
import { recordEvent } from "../../platform/record-event.ts";
import { aspirationsOf } from "./aspiration-queries.ts";
import { goalsSaid } from "./goal-queries.ts";
import { repToSay } from "./goals-access.ts";

export interface GoalWanted {
  horizon: GoalHorizon;
  /** YYYY-MM-01 of the calendar month by which the first month of the period is called. */
  month: string;
  /** Minor units of the organisation's currency; null takes back what was said. */
  amountMinor: number | null;
}

export interface Said {
  personId: string;
  /** Hidden id of the form: the same one twice says nothing twice. */
  id: string;
  /** What would be awesome in the year that begins with this month; undefined: not said now. */
  aspiration?: { year: string; words: string; amountMinor: number | null };
  goals: readonly GoalWanted[];
}

/** The rep says what would be awesome and what they want to reach. What was said before stays; what is the same is not said again. */
export async function sayGoals(ctx: Ctx, said: Said): Promise<void> {
  await ctx.tx(async (db) => {
    const person = await repToSay(db, ctx, said.personId);
    const before = await lastSaid(db, ctx, said);
    const who = { org_id: ctx.viewer.orgId, person_id: person.id, manager_id: person.managerId };
    const row = { ...who, currency: ctx.viewer.currency, said_at: ctx.clock.now() };
    const changed = said.goals.filter(({ horizon, month, amountMinor }) => (before.get(`${horizon} ${month}`) ?? null) !== amountMinor);
    if (changed.length > 0)
      await db
        .insertInto("goal")
        .values(
          changed.map(({ horizon, month, amountMinor }) => ({ ...row, id: newId(), horizon, period_on: month, amount_minor: amountMinor })),
        )
        .execute();
    const isAnew = said.aspiration !== undefined && (await sayAspiration(db, row, said.id, said.aspiration));
    if (changed.length > 0 || isAnew) await recordEvent(db, ctx, "say", "goal", person.id);
  });
}

/** Amounts by horizon and month, as they stand, in the organisation's currency. */
async function lastSaid(db: Db, { viewer, clock }: Ctx, { personId, goals }: Said): Promise<Map<string, number>> {
  const months = goals.map(({ month }) => month).toSorted();
  const [from, until] = [months[0], months.at(-1)];
  if (!from || !until) return new Map();
  const before = new Date(clock.now().getTime() + 1);
  const found = await goalsSaid(db, { orgId: viewer.orgId, personIds: [personId], from, until, before });
  return new Map(
    found.filter(({ currency }) => currency === viewer.currency).map((one) => [`${one.horizon} ${one.month}`, one.amountMinor]),
  );
}

async function sayAspiration(
  db: Db,
  row: { org_id: string; person_id: string; manager_id: string | null; currency: string; said_at: Date },
  id: string,
  { year, words, amountMinor }: NonNullable<Said["aspiration"]>,
): Promise<boolean> {
  const [last] = await aspirationsOf(db, row.org_id, row.person_id, year, 1);
  const isSame = last ? last.words === words && last.amountMinor === amountMinor : words === "" && amountMinor === null;
  if (isSame) return false;
  await db
    .insertInto("aspiration")
    .values({ ...row, id, year_on: year, words, amount_minor: amountMinor })
    .onConflict((on) => on.doNothing())
    .execute();
  return true;
}
