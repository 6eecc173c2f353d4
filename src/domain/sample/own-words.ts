import { addDays } from "../../method/days.ts";
import type { Person } from "./cast.ts";
import { wonIn } from "./deal-state.ts";
import type { Meeting } from "./meetings.ts";
import { idOf } from "./random.ts";
import { addMonths, atHour, day, dayOf, firstOfMonth, instant, minute, periodsOf, randomFor } from "./setting.ts";
import type { World } from "./world.ts";

const monthsBack = 14;
/** Upwards: nobody says less than what is won. */
const toHundreds = (minor: number): number => Math.max(500_00, Math.ceil(minor / 500_00) * 500_00);

/** How much a rep says too much, as a share: some promise what they hope for, some keep a little back. */
function lean({ key, profile }: Person): number {
  if (profile.story === "behind") return 0.34;
  if (profile.story === "ahead") return -0.12;
  return randomFor(`word ${key}`).between(-0.08, 0.2);
}

/** Who wins what somebody speaks of: a manager speaks of the team. */
const sellersOf = ({ cast }: World, person: Person): readonly Person[] => cast.reps.get(person.id) ?? [person];

/** Everybody says on one of the first working days what the month and its quarter will bring. Some forget now and then. */
export function addOwnWords(world: World): void {
  const { setting, cast } = world;
  for (const rep of [...cast.managers, ...[...cast.reps.values()].flat()])
    for (let back = monthsBack; back >= 0; back--) {
      const month = addMonths(firstOfMonth(setting.today), -back);
      const random = randomFor(`word ${rep.key} ${month}`);
      const said = atHour(setting, addDays(month, random.int(1, 4)), random.between(8.5, 16));
      if (random.chance(0.1) || month < addDays(rep.startedOn, 15)) continue;
      if (said < setting.now) addWords(world, rep, said);
    }
}

/** What is said in preparation for a one-on-one. */
export function addPreparedWords(world: World, { rep, id, start }: Meeting, startedAt: number): void {
  if (randomFor(`word in ${id}`).chance(0.7)) addWords(world, rep, startedAt + 4 * minute, { id, on: dayOf(world.setting, start) });
}

function addWords(world: World, rep: Person, at: number, meeting?: { id: string; on: string }): void {
  const { setting } = world;
  const month = firstOfMonth(meeting?.on ?? dayOf(setting, at));
  const { quarter } = periodsOf(setting, month);
  const toCome = { month: expects(world, rep, month, 1, at), quarter: expects(world, rep, quarter, 3, at) };
  let hoped = 0;
  for (const [horizon, periodOn, months, expected] of [
    ["month", month, 1, toCome.month],
    // What the month is to bring, and what is to come besides: a quarter is never said to bring less than its month.
    ["quarter", quarter, 3, Math.max(0, toCome.quarter - toCome.month)],
  ] as const) {
    const random = randomFor(`word ${rep.key} ${horizon} ${at}`);
    const won = wonBetween(world, rep, periodOn, months, at);
    const least = atLeastNow(world, rep, periodOn, months);
    hoped = Math.max(hoped + expected * (1 + lean(rep)) * random.aroundOne(rep.profile.vague + 0.14), least - won);
    const likely = toHundreds(won + hoped);
    const spread = toHundreds((likely - won) * random.between(0.14, 0.3));
    setting.rows.add("own_word", {
      id: idOf(`word ${rep.key} ${horizon} ${at}`, at),
      person_id: rep.id,
      horizon,
      period_on: periodOn,
      likely_minor: likely,
      least_minor: Math.min(likely, Math.max(toHundreds(won), likely - spread)),
      most_minor: likely + toHundreds(spread * 1.3),
      currency: "USD",
      said_at: instant(at),
      said_in: meeting?.id ?? null,
    });
  }
}

/** What is still to come of a period on the day they speak. */
const expects = (world: World, rep: Person, from: string, months: number, at: number): number =>
  Math.max(0, willWin(world, rep, from, months) - wonBetween(world, rep, from, months, at));

/** Whoever opens the sample reads a word for a period that runs, and never one that is behind what is won already. */
function atLeastNow(world: World, rep: Person, from: string, months: number): number {
  const { now } = world.setting;
  return Date.parse(addMonths(from, months)) > now ? wonBetween(world, rep, from, months, now) * 1.05 : 0;
}

const wonBetween = (world: World, person: Person, from: string, months: number, at: number): number =>
  sellersOf(world, person)
    .flatMap(({ id }) => Array.from({ length: months }, (_, n) => wonIn(world.salesOf.get(id) ?? [], addMonths(from, n), at)))
    .reduce((sum, won) => sum + won, 0);

/** What came, or, where the period is not over, what comes if the rest goes like the half year before. */
function willWin(world: World, rep: Person, from: string, months: number): number {
  const { now, today } = world.setting;
  const ends = Date.parse(addMonths(from, months));
  const won = wonBetween(world, rep, from, months, now);
  const usual = wonBetween(world, rep, addMonths(firstOfMonth(today), -6), 6, now) / 6;
  return won + (usual * Math.max(0, ends - now)) / (30.4 * day);
}
