import { addDays, mondayOf } from "../../method/days.ts";
import { instantAt } from "../../method/occurrences.ts";
import { type Day, ruleFor, weekDays } from "../../method/recurrence-rule.ts";
import type { Cast, Person } from "./cast.ts";
import type { Kind } from "./kinds.ts";
import { idOf, type Random } from "./random.ts";
import { day, hour, instant, minute, randomFor, type Setting } from "./setting.ts";

export interface Series {
  id: string;
  key: string;
  kind: Kind;
  manager: Person;
  rep: Person;
  rrule: string;
  startsOn: string;
  localTime: string;
  zone: string;
  place: string;
}

interface Wish {
  rep: Person;
  slug: string;
  cadence: "weekly" | "every 2 weeks" | "monthly";
}

const weeksOfPast = 26;
const times = ["09:00", "10:00", "11:00", "13:30", "14:30", "15:30"];
const fridayTimes = ["10:30", "13:30", "15:00"];
const places = ["Room 4", "Room 4", "Call", "Call", "Room 2", "Canteen corner"];

/** Which one-on-ones a rep has, by experience. */
function wishesOf(rep: Person, index: number): Wish[] {
  const wish = (slug: string, cadence: Wish["cadence"]): Wish => ({ rep, slug, cadence });
  const review = wish("results-review", "monthly");
  if (rep.profile.level === "new")
    return [wish(rep.profile.story === "starting" ? "weekly-hour" : "deal-strategy", "weekly"), review, wish("skill-coaching", "monthly")];
  if (rep.profile.level === "developing") return [wish("deal-strategy", "every 2 weeks"), review, wish("skill-coaching", "monthly")];
  return [wish("deal-strategy", "every 2 weeks"), index % 2 === 0 ? review : wish("all-round-monthly", "monthly")];
}

/** Who meets this week: the weekly ones, half of the others; whoever is behind has the results review now. */
function inTurn(wishes: readonly Wish[], cadence: Wish["cadence"], count: number, random: Random): Wish[] {
  const of = wishes.filter((wish) => wish.cadence === cadence);
  const first = of.filter(({ rep, slug }) =>
    cadence === "monthly" ? rep.profile.story === "behind" && slug === "results-review" : rep.key === "alba.renner",
  );
  return [
    ...first,
    ...random.some(
      of.filter((wish) => !first.includes(wish)),
      of.length,
    ),
  ].slice(0, count);
}

/** The moment of the one-on-one that a newcomer can walk straight into: a quarter of an hour from now or a little more. */
export const soon = ({ now }: Pick<Setting, "now">): number => Math.ceil((now + 15 * minute) / (15 * minute)) * 15 * minute;

interface Place {
  weekday: number;
  time: string;
}

function freePlaces(setting: Setting, manager: Person): Place[] {
  const monday = mondayOf(setting.today);
  const all = [0, 1, 2, 3, 4].flatMap((weekday) => (weekday === 4 ? fridayTimes : times).map((time): Place => ({ weekday, time })));
  return all.filter(
    ({ weekday, time }) => Math.abs(instantAt(addDays(monday, weekday), time, manager.zone).getTime() - soon(setting)) > 75 * minute,
  );
}

const weekdayOrder = [1, 3, 0, 2, 4];

function takePlace(free: Place[], index: number, random: Random): Place {
  const weekday = weekdayOrder[index % weekdayOrder.length] ?? 0;
  const there = free.filter((place) => place.weekday === weekday);
  const place = random.pick(there.length > 0 ? there : free);
  free.splice(free.indexOf(place), 1);
  return place;
}

/** Which such weekday of its month a day is; the fifth is the last. */
const weekOfMonth = (on: string): number => (Number(on.slice(8)) > 28 ? -1 : Math.ceil(Number(on.slice(8)) / 7));

/** Begins half a year ago, or a week after the rep did. */
function startOf(setting: Setting, rep: Person, thisWeek: string, step: number): string {
  let on = addDays(thisWeek, -weeksOfPast * 7);
  while (on < addDays(rep.startedOn, 8)) on = addDays(on, step);
  return on <= setting.today ? on : addDays(thisWeek, -step);
}

function ruleOf(
  setting: Setting,
  { cadence, rep }: Wish,
  weekday: number,
  turn: boolean,
  random: Random,
): { rrule: string; startsOn: string } {
  const on = addDays(mondayOf(setting.today), weekday);
  const name: Day = weekDays[weekday] ?? "MO";
  if (cadence !== "monthly") {
    const step = cadence === "weekly" ? 7 : 14;
    return { rrule: ruleFor(cadence, name), startsOn: startOf(setting, rep, turn ? on : addDays(on, -7), step) };
  }
  const now = weekOfMonth(on);
  const others = [1, 2, 3, 4].filter((week) => week !== now && !(now === -1 && week === 4));
  return { rrule: ruleFor("monthly", name, turn ? now : random.pick(others)), startsOn: startOf(setting, rep, on, 7) };
}

function seriesOf(setting: Setting, kinds: ReadonlyMap<string, Kind>, manager: Person, reps: readonly Person[]): Series[] {
  const random = randomFor(`slots ${manager.key}`);
  const wishes = reps.flatMap(wishesOf);
  const now = [
    ...wishes.filter(({ cadence }) => cadence === "weekly"),
    ...inTurn(wishes, "every 2 weeks", 2, random),
    ...inTurn(wishes, "monthly", 2, random),
  ];
  const free = freePlaces(setting, manager);
  return [...now, ...wishes.filter((wish) => !now.includes(wish))].map((wish, index) => {
    const { weekday, time } = takePlace(free, index, random);
    return makeSeries(setting, kinds, manager, {
      ...wish,
      ...ruleOf(setting, wish, weekday, now.includes(wish), random),
      time,
      place: random.pick(places),
    });
  });
}

function makeSeries(
  _setting: Setting,
  kinds: ReadonlyMap<string, Kind>,
  manager: Person,
  values: { rep: Person; slug: string; rrule: string; startsOn: string; time: string; place: string },
): Series {
  const kind = kinds.get(values.slug);
  if (!kind) throw new Error(`no kind ${values.slug}`);
  const key = `${values.rep.key} ${values.slug}`;
  return {
    id: idOf(`series ${key}`, Date.parse(values.startsOn)),
    key,
    kind,
    manager,
    rep: values.rep,
    rrule: values.rrule,
    startsOn: values.startsOn,
    localTime: values.time,
    zone: manager.zone,
    place: values.slug === "skill-coaching" && values.rep.role === "rep" ? "Joined visit" : values.place,
  };
}

/** Every pair's slots: reps by experience, and the leader's own with each manager on Friday mornings. */
export function makeAllSeries(setting: Setting, kinds: ReadonlyMap<string, Kind>, { leader, managers, reps }: Cast): Series[] {
  const friday = addDays(mondayOf(setting.today), 4);
  const own = managers.map((manager, index) => {
    const rule = { rrule: ruleFor("every 2 weeks", "FR"), startsOn: addDays(friday, (index === 1 ? -7 : 0) - weeksOfPast * 7) };
    return {
      ...makeSeries(setting, kinds, leader, { rep: manager, slug: "skill-coaching", ...rule, time: "09:00", place: "Call" }),
      zone: manager.zone,
    };
  });
  return [...managers.flatMap((manager) => seriesOf(setting, kinds, manager, reps.get(manager.id) ?? [])), ...own];
}

export function addSeries({ rows, now }: Setting, all: readonly Series[]): void {
  for (const { id, kind, manager, rep, rrule, startsOn, localTime, zone, place } of all)
    rows.add("series", {
      id,
      kind_id: kind.id,
      manager_id: manager.id,
      rep_id: rep.id,
      rrule,
      starts_on: startsOn,
      local_time: localTime,
      time_zone: zone,
      minutes: kind.minutes,
      place,
      created_by: manager.id,
      created_at: instant(Math.min(now - hour, Date.parse(startsOn) - 3 * day)),
    });
}
