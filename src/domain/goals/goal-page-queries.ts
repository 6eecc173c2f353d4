import { dayNumber } from "../../method/day-numbers.ts";
import { dayAt } from "../../method/days.ts";
import { type FiscalCalendar, fiscalPeriods, fiscalYear, fiscalYearOf } from "../../method/fiscal-calendar.ts";
import { exchanged } from "../../method/exchange.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { type CommissionRate, commissionRateOn } from "../commission-rates/commission-rate-queries.ts";
import { calendarOf } from "../organisations/organisation-calendar.ts";
import type { PersonView } from "../people/person-access.ts";
import { quotasIn } from "../quotas/quota-queries.ts";
import { type Aspiration, aspirationsOf, type Consent, consentTo } from "./aspiration-queries.ts";
import { goalsSaid, type SaidGoal } from "./goal-queries.ts";
import { type Targets, targetsOn } from "./targets-queries.ts";

export interface GoalPageData {
  person: PersonView;
  calendar: FiscalCalendar;
  today: number;
  year: ReturnType<typeof fiscalYear>;
  now: ReturnType<typeof fiscalPeriods>;
  targets: Targets;
  /** The last first. */
  aspirations: Aspiration[];
  said: SaidGoal[];
  /** Minor units of the organisation's currency by month key. */
  quotas: ReadonlyMap<string, number>;
  consent: Consent;
  /** Of today; undefined where none is set that the viewer may read. */
  commission: CommissionRate | undefined;
}

/** Everything of one fiscal year, the one that runs today, of a rep's goals. */
export async function goalPageData(db: Db, ctx: Pick<Ctx, "viewer" | "clock">, person: PersonView): Promise<GoalPageData> {
  const { orgId } = ctx.viewer;
  const { fiscal: calendar, timeZone, rates } = await calendarOf(db, orgId);
  const today = dayNumber(dayAt(ctx.clock.now(), timeZone));
  const year = fiscalYear(calendar, fiscalYearOf(calendar, today));
  const [from, until] = [year.year.month, year.months.at(-1)?.month ?? year.year.month];
  const quotas = await quotasIn(db, { orgId, personIds: [person.id], from, until });
  const targets = (await targetsOn(db, orgId, [person.id], today)).get(person.id);
  return {
    person,
    calendar,
    today,
    year,
    now: fiscalPeriods(calendar, today),
    targets: targets ?? { quota: {}, goal: {}, quotaFrom: {}, goalFrom: {} },
    aspirations: await aspirationsOf(db, orgId, person.id, from),
    said: await goalsSaid(db, { orgId, personIds: [person.id], from, until, before: new Date(ctx.clock.now().getTime() + 1) }),
    quotas: new Map(
      quotas.flatMap(({ month, amountMinor, currency }) => {
        const own = exchanged(rates, amountMinor, currency, today);
        return own === null ? [] : [[month, own] as const];
      }),
    ),
    commission: (await commissionRateOn(db, orgId, [person.id], today)).get(person.id),
    consent: await consentTo(db, orgId, person.id, person.managerId),
  };
}
