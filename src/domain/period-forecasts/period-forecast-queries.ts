import { sql } from "kysely";
import { dayOf } from "../../method/day-numbers.ts";
import { type Voice, voices } from "../../method/voice-scores.ts";
import type { Db } from "../../platform/database.ts";
import type { WordHorizon } from "../own-words/own-word-queries.ts";
import type { Period } from "./due-deals-queries.ts";

/** What one person's running period will bring, as it stands. Minor units of the organisation's currency; null: no such figure. */
export interface ForecastNow {
  personId: string;
  horizon: WordHorizon;
  /** YYYY-MM-01 by which the period is called. */
  periodOn: string;
  wonMinor: number;
  claimedMinor: number | null;
  verifiedMinor: number | null;
  modelMinor: number | null;
  modelLowMinor: number | null;
  modelHighMinor: number | null;
  trailingMinor: number | null;
  quotaMinor: number | null;
  sharedSpread: number | null;
}

/** The forecasts of these people as they stand, as far as the viewer may read them. */
export function forecastsNow(db: Db, orgId: string, personIds: readonly string[], currency: string): Promise<ForecastNow[]> {
  if (personIds.length === 0) return Promise.resolve([]);
  return db
    .selectFrom("period_forecast")
    .select(["person_id as personId", "horizon", "period_on as periodOn", "won_minor as wonMinor", "claimed_minor as claimedMinor"])
    .select(["verified_minor as verifiedMinor", "model_minor as modelMinor", "model_low_minor as modelLowMinor"])
    .select(["model_high_minor as modelHighMinor", "trailing_minor as trailingMinor", "quota_minor as quotaMinor"])
    .select("shared_spread as sharedSpread")
    .where("org_id", "=", orgId)
    .where("moment", "=", "now")
    .where("currency", "=", currency)
    .where(sql<boolean>`person_id = any(${[...personIds]}::uuid[])`)
    .execute();
}

export interface VoiceMonth {
  /** YYYY-MM-01 by which the month is called. */
  periodOn: string;
  wonMinor: number;
  /**
   * What each voice said on its first day, and what came; null where it said nothing. Of whoever began since, stages and the model said
   * nothing will come, which is measured too; an own word is measured by those who gave one.
   */
  said: Record<Voice, { minor: number; came: number } | null>;
  /** Whether the person asked for had people then: their own word was of all of them. */
  isTeam: boolean;
  /** Of how many people the model's and the own range held what came, of how many. */
  modelHeld: number;
  modelRanges: number;
  wordHeld: number;
  wordRanges: number;
}

interface Asked {
  orgId: string;
  /** The person whose months they are: theirs, and those of everybody below them in each. */
  of: string;
  months: readonly Period[];
  /** What was told in another one is left out until it is made again. */
  currency: string;
}

/** First-day forecasts of the person and of whoever was below them in each month; words of those who manage are about their team. */
const startsOf = ({ orgId, of, months, currency }: Asked) => {
  const days = (pick: (month: Period) => number) => sql`${months.map((month) => dayOf(pick(month)))}::date[]`;
  const froms = days(({ from }) => from);
  return sql`
    below as materialized (select * from people_below_in(${of}, ${froms}, ${days(({ until }) => until)})),
    people as materialized (
      select b.from_on, b.person_id, not exists (select 1 from below c where c.from_on = b.from_on and c.manager_id = b.person_id) as sells
      from (select from_on, person_id from below union all select from_on, ${of}::uuid from unnest(${froms}) m(from_on)) b),
    starts as (
      select f.person_id, f.period_on, f.won_minor, f.claimed_minor, f.verified_minor, f.word_minor, f.word_least_minor, f.word_most_minor,
        f.model_minor, f.model_low_minor, f.model_high_minor, f.trailing_minor, f.chance_80, f.chance_100, f.chance_120, p.sells
      from period_forecast f join people p on p.person_id = f.person_id and p.from_on = f.from_on
      where f.org_id = ${orgId} and f.horizon = 'month' and f.moment = 'start' and f.is_over and f.currency = ${currency}
        and f.person_id = any(array(select distinct person_id from people)))`;
};

export interface ChanceBin {
  /** Mean of the chances given, and how often it came: shares. */
  chance: number;
  came: number;
  times: number;
}

/** What the months that are over say of the voices. */
export interface PastScores {
  /** The latest first: what each voice said of these people on the first day, added up, and what came. */
  months: VoiceMonth[];
  /** Chances the model gave these people, by fifths: to reach .8, 1 and 1.2 of the own trailing mean. */
  bins: ChanceBin[];
}

/** Both at once: finding the people of each month is most of the work. */
export async function pastScores(db: Db, asked: Asked): Promise<PastScores> {
  const { rows } = await sql<{ months: Record<string, number | string | boolean | null>[]; bins: ChanceBin[] }>`
    with ${startsOf(asked)},
    months as (
      select period_on as "periodOn", sum(won_minor::float8)::bigint as "wonMinor", bool_or(person_id = ${asked.of} and not sells) as "isTeam",
        sum(claimed_minor::float8)::bigint as claimed, sum(verified_minor::float8)::bigint as verified,
        sum(word_minor::float8) filter (where sells)::bigint as word, sum(won_minor::float8) filter (where sells and word_minor is not null)::bigint as "wordCame",
        sum(model_minor::float8)::bigint as model, sum(trailing_minor::float8)::bigint as trailing,
        count(*) filter (where won_minor between model_low_minor and model_high_minor)::int as "modelHeld", count(model_high_minor)::int as "modelRanges",
        count(*) filter (where sells and won_minor between word_least_minor and word_most_minor)::int as "wordHeld",
        count(*) filter (where sells and word_least_minor is not null and word_most_minor is not null)::int as "wordRanges"
      from starts group by period_on),
    bins as (
      select avg(g.chance)::float8 as chance, avg(case when f.won_minor >= g.share * f.trailing_minor::float8 then 1::float8 else 0 end) as came, count(*)::int as times
      from starts f, lateral (values (.8::float8, f.chance_80), (1::float8, f.chance_100), (1.2::float8, f.chance_120)) g(share, chance)
      where f.trailing_minor > 0 and g.chance is not null
      group by least(4, floor(g.chance * 5)))
    select coalesce((select json_agg(m order by "periodOn" desc) from months m), '[]') as months,
      coalesce((select json_agg(b order by chance) from bins b), '[]') as bins`.execute(db);
  return { months: (rows[0]?.months ?? []).map(voiceMonth), bins: rows[0]?.bins ?? [] };
}

function voiceMonth(row: Record<string, number | string | boolean | null>): VoiceMonth {
  const number = (key: string) => Number(row[key] ?? 0);
  const of = (voice: Voice) =>
    row[voice] === null ? null : { minor: number(voice), came: number(voice === "word" ? "wordCame" : "wonMinor") };
  return {
    periodOn: String(row.periodOn),
    wonMinor: number("wonMinor"),
    said: Object.fromEntries(voices.map((voice) => [voice, of(voice)])) as VoiceMonth["said"],
    isTeam: row.isTeam === true,
    modelHeld: number("modelHeld"),
    modelRanges: number("modelRanges"),
    wordHeld: number("wordHeld"),
    wordRanges: number("wordRanges"),
  };
}

/** What one person said themselves of the months that are over, by the month: of a manager it is about the team. */
export async function ownWordMonths(db: Db, orgId: string, personId: string): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom("period_forecast")
    .select(["period_on as periodOn", "word_minor as minor"])
    .where("org_id", "=", orgId)
    .where("person_id", "=", personId)
    .where("horizon", "=", "month")
    .where("moment", "=", "start")
    .where("is_over", "=", true)
    .where("word_minor", "is not", null)
    .execute();
  return new Map(rows.map(({ periodOn, minor }) => [periodOn, minor ?? 0]));
}

/** When forecasts were last worked out, and of which state of the pipeline; null while they never were. */
export async function forecastsMade(db: Db, orgId: string): Promise<{ at: Date; state: string } | null> {
  const row = await db.selectFrom("forecast_state").select(["made_at as at", "state"]).where("org_id", "=", orgId).executeTakeFirst();
  return row ?? null;
}

/** Everything kept of these people, the latest periods first: for programs and spreadsheets. */
export async function keptForecasts(
  db: Db,
  { orgId, personIds, horizon, limit }: { orgId: string; personIds: readonly string[]; horizon?: WordHorizon | undefined; limit: number },
) {
  if (personIds.length === 0) return [];
  let query = db.selectFrom("period_forecast").selectAll().where("org_id", "=", orgId).where("person_id", "in", personIds);
  if (horizon) query = query.where("horizon", "=", horizon);
  return query.orderBy("from_on", "desc").orderBy("horizon").orderBy("moment").orderBy("person_id").limit(limit).execute();
}
