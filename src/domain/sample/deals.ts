import { addDays } from "../../method/days.ts";
import type { Cast, Person } from "./cast.ts";
import type { Account, Catalogue, Product, Stage } from "./catalogue.ts";
import { idOf, type Random } from "./random.ts";
import { atHour, day, dayOf, inWorkingHours, onWorkday, randomFor, type Setting } from "./setting.ts";
import { nextStepFor } from "./deal-words.ts";

export type Field = "stage" | "amount" | "close_on" | "forecast_category" | "next_step";

export interface Change {
  at: number;
  field: Field;
  after: string | null;
}

/** An opportunity with its whole past, in order. What is dated after now never happened. */
export interface Deal {
  id: string;
  externalId: string;
  owner: Person;
  account: Account;
  product: Product;
  name: string;
  createdAt: number;
  changes: Change[];
  /** Since when the CRM does not have it any more. */
  vanishedAt?: number;
}

const yearsBack = 2;
/** What a deal is for, beside its account: in turn, so that two open ones at a customer differ. */
// prettier-ignore
const purposes = [
  "line 1", "goods in", "second site", "packing hall", "line 4", "laboratory", "new warehouse", "night shift", "line 2", "export", "spare unit", "loading bay",
  "spring season", "cold store", "line 3", "refit", "recipe room", "dispatch",
] as const;
const forecast = ["Pipeline", "Pipeline", "Best case", "Commit", "Closed", "Omitted"] as const;
/** How the days of a sale fall on its four open stages. */
const shares = [0.3, 0.28, 0.27, 0.15] as const;
/** Next steps are kept for deals that ended in the last months or are open. */
const stepsKeptFor = 200 * day;

/** What became of one sale: when each stage began, and how it ended. */
interface Course {
  createdAt: number;
  /** When it came to each stage after the first; the last is its end. */
  steps: { at: number; stage: Stage }[];
  endAt: number;
  isWon: boolean;
  /** Days from start to end as expected at first. */
  expected: number;
}

function courseOf(setting: Setting, { stages }: Catalogue, owner: Person, createdAt: number, random: Random): Course {
  const { winRate, cycle } = owner.profile;
  const isWon = random.chance(winRate);
  const lostAfter = isWon ? 3 : Number(random.weighted({ 0: 26, 1: 34, 2: 30, 3: 10 }));
  const total = Math.max(6, cycle * random.aroundOne(0.42));
  const stuckIn = random.chance(0.08) ? random.int(0, lostAfter) : -1;
  const steps: Course["steps"] = [];
  let at = createdAt;
  for (let position = 0; position <= lostAfter; position++) {
    const days = total * (shares[position] ?? 0) * random.between(0.6, 1.5) + (position === stuckIn ? random.between(34, 95) : 0);
    at = inWorkingHours(setting, at + Math.max(1, days) * day, random);
    const next = position === lostAfter ? stages[isWon ? 4 : 5] : stages[position + 1];
    if (next) steps.push({ at, stage: next });
  }
  return { createdAt, steps, endAt: at, isWon, expected: total * random.between(0.8, 1.15) };
}

/** To fifty dollars, and never nothing. */
const round = (minor: number): number => Math.max(10_000, Math.round(minor / 5_000) * 5_000);

function amountsOf(course: Course, product: Product, owner: Person, random: Random): Change[] {
  const pieces = Math.max(1, Math.round(random.int(...product.pieces) * owner.profile.size));
  let amount = round(product.listMinor * pieces * random.between(0.88, 1.06));
  const startsUnknown = course.steps.length > 1 && random.chance(0.12);
  const changes: Change[] = startsUnknown ? [] : [{ at: course.createdAt, field: "amount", after: String(amount) }];
  for (const { at, stage } of course.steps) {
    const isFirst = changes.length === 0;
    const factor =
      stage.position === 2 && random.chance(0.4)
        ? random.between(0.78, 1.32)
        : stage.position === 3 && random.chance(0.35)
          ? random.between(0.88, 0.98)
          : 1;
    if (stage.outcome !== "open" && !isFirst) continue;
    const next = round(amount * factor);
    if (isFirst || next !== amount) changes.push({ at, field: "amount", after: String(next) });
    amount = next;
  }
  return changes;
}

/** The expected close: pushed out whenever it comes near and the customer has not signed; in the end the day it ended. */
function closesOf(setting: Setting, course: Course, random: Random): Change[] {
  let closeOn = dayOf(setting, onWorkday(setting, course.createdAt + course.expected * day));
  const changes: Change[] = [{ at: course.createdAt, field: "close_on", after: closeOn }];
  const endOn = dayOf(setting, course.endAt);
  for (let pushes = 0; closeOn < endOn && pushes < 6; pushes++) {
    const at = inWorkingHours(setting, atHour(setting, addDays(closeOn, random.int(-6, 3)), 12), random);
    if (at >= course.endAt || at <= course.createdAt) break;
    closeOn = dayOf(setting, onWorkday(setting, at + random.int(9, 34) * day));
    changes.push({ at, field: "close_on", after: closeOn });
  }
  if (closeOn !== endOn) changes.push({ at: course.endAt, field: "close_on", after: endOn });
  return changes;
}

function stepsOf(course: Course, { stages }: Catalogue, words: { product: string; account: Account }, random: Random): Change[] {
  const begun = [{ at: course.createdAt, stage: stages[0] as Stage }, ...course.steps];
  return begun.flatMap(({ at, stage }): Change[] => {
    if (stage.outcome !== "open") return [{ at, field: "next_step", after: null }];
    return random.chance(0.85) ? [{ at, field: "next_step", after: nextStepFor(stage.position, words, random) }] : [];
  });
}

function purposeOf(owner: Person, account: Account, earlier: readonly Deal[]): string {
  const begin = randomFor(`purpose ${owner.key} ${account.name}`).int(0, purposes.length - 1);
  const before = earlier.filter((deal) => deal.account.id === account.id).length;
  return purposes[(begin + before) % purposes.length] ?? "line 1";
}

function makeDeal(setting: Setting, catalogue: Catalogue, owner: Person, createdAt: number, earlier: readonly Deal[]): Deal {
  const number = earlier.length + 1;
  const random = randomFor(`deal ${owner.key} ${number}`);
  const product = random.pick(catalogue.products);
  // Everyone has a few accounts they look after, and sometimes sells elsewhere in the team's field.
  const field = catalogue.accounts.filter(({ team }) => team === owner.team);
  const own = randomFor(`accounts ${owner.key}`).some(field, 9);
  const account = random.pick(random.chance(0.8) ? own : field);
  const course = courseOf(setting, catalogue, owner, createdAt, random);
  const keepsSteps = course.endAt > setting.now - stepsKeptFor;
  const stages: Change[] = [{ at: createdAt, stage: catalogue.stages[0] as Stage }, ...course.steps].map(({ at, stage }) => ({
    at,
    field: "stage",
    after: stage.id,
  }));
  const categories: Change[] = [
    { at: createdAt, position: 0 },
    ...course.steps.map(({ at, stage }) => ({ at, position: stage.position })),
  ].map(({ at, position }) => ({ at, field: "forecast_category", after: forecast[position] ?? null }));
  const changes = [
    ...stages,
    ...categories,
    ...amountsOf(course, product, owner, random),
    ...closesOf(setting, course, random),
    ...(keepsSteps ? stepsOf(course, catalogue, { product: product.short, account }, random) : []),
  ];
  return {
    id: idOf(`deal ${owner.key} ${number}`, createdAt),
    externalId: `${owner.key}-${String(number).padStart(3, "0")}`,
    owner,
    account,
    product,
    name: `${account.name}, ${purposeOf(owner, account, earlier)}`,
    createdAt,
    changes: changes.filter(({ at }) => at <= setting.now).sort((a, b) => a.at - b.at),
  };
}

/** Two years of every rep's opportunities. */
export function makeDeals(setting: Setting, catalogue: Catalogue, cast: Cast): Deal[] {
  const first = setting.now - yearsBack * 365.25 * day;
  return [...cast.reps.values()].flat().flatMap((owner) => {
    const random = randomFor(`deals ${owner.key}`);
    const deals: Deal[] = [];
    let at = Math.max(first, Date.parse(owner.startedOn) + 6 * day);
    for (;;) {
      at += -Math.log(1 - random.next()) * (30.4 / owner.profile.deals) * day;
      const createdAt = inWorkingHours(setting, at, random);
      if (at >= setting.now) return deals;
      if (createdAt < setting.now) deals.push(makeDeal(setting, catalogue, owner, createdAt, deals));
    }
  });
}
