import { sql } from "kysely";
import { dayOf } from "../../method/day-numbers.ts";
import { type Estimate, known } from "../../method/estimate.ts";
import { numbersWindow } from "../../method/rep-numbers.ts";
import { type App, asActor } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { signal } from "../../platform/record-event.ts";
import { paidVerifiers } from "../evidence/paid-verifiers-queries.ts";
import { hasTolls, processAt } from "../processes/process-queries.ts";
import { activityCounts } from "./activity-counts-queries.ts";
import { mondayOf, mostWeeks } from "./activity-figures.ts";
import { takeDue } from "./due-queries.ts";
import { knownDeals } from "./owned-deals-queries.ts";
import { type PersonFacts, personNumbers, personOn } from "./person-numbers.ts";
import type { OrganisationSetting } from "./setting-at.ts";
import type { NumbersBasis } from "./stored-numbers-queries.ts";
import { shapeVersion } from "./shape-version.ts";
import type { PersonNumbers } from "./stored-shape.ts";
import { staysOf } from "../people/stay-queries.ts";
import { targetsOf } from "./targets-of.ts";

/** So many people at a time: the transaction is short, and what is killed in the middle is soon made again. */
export const atATime = 20;
const bases = ["quota", "goal"] as const;

/**
 * Works out the numbers of some of those who are due and stores them: all or none. Other processes take other people.
 * @returns how many people; fewer than `atATime` when nobody else is waiting
 */
export async function recomputeNumbers(app: App, orgId: string, shared: OrganisationSetting): Promise<number> {
  return asActor(app, "numbers", orgId, async (db) => {
    const ids = await takeDue(db, orgId, atATime);
    if (ids.length === 0) return 0;
    const at = app.clock.now();
    const made = await numbersOf(db, { orgId, ids, at, shared });
    for (const id of ids) {
      await store(db, { orgId, id, at, asOf: dayOf(shared.day), made: made.get(id) ?? {} });
      await signal(db, `numbers:${id}`);
    }
    return ids.length;
  });
}

type Made = Partial<Record<NumbersBasis, Estimate<PersonNumbers>>>;

interface Asked {
  orgId: string;
  ids: readonly string[];
  /** The instant: nothing dated later is read. */
  at: Date;
  shared: OrganisationSetting;
}

/** The numbers of people by basis; whoever has set no goals has none against them. */
export async function numbersOf(db: Db, { orgId, ids, at, shared }: Asked): Promise<Map<string, Made>> {
  const { calendar, day, setting } = shared;
  const past = setting.known ? setting.value.pastMonths : [];
  const targets = await targetsOf(db, { orgId, personIds: ids, calendar, day, pastMonths: past });
  const basesOf = (id: string) => bases.filter((basis) => targets.get(id)?.[basis]);
  if (!setting.known) return new Map(ids.map((id) => [id, Object.fromEntries(basesOf(id).map((basis) => [basis, setting]))]));
  const factsOf = await readFacts(db, { orgId, ids, at, shared }, numbersWindow(setting.value).from);
  const made = new Map<string, Made>();
  for (const id of ids) {
    const one: Made = {};
    const numbersAgainst = personNumbers(setting.value, factsOf(id));
    for (const basis of basesOf(id)) {
      const target = targets.get(id)?.[basis];
      if (target) one[basis] = known(numbersAgainst(target));
    }
    made.set(id, one);
    // Pages come first: between two people everything else has its turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return made;
}

/** What is known of these people, in five queries. @param from the first day whose activities count, a day number */
async function readFacts(db: Db, { orgId, ids, at, shared }: Asked, from: number): Promise<(id: string) => PersonFacts> {
  const { calendar, day } = shared;
  const deals = await knownDeals(db, { orgId, timeZone: calendar.timeZone, rates: calendar.rates, ownerIds: ids, at, until: day + 1 });
  const process = await processAt(db, orgId, at);
  const open = deals.flatMap(({ id, outcome, endedOn }) => (outcome === "open" && endedOn === null ? [id] : []));
  const paid = await paidVerifiers(db, { orgId, ids: hasTolls(process) ? open : [], at });
  const weeksFrom = mondayOf(day) - 7 * mostWeeks;
  const activities = await activityCounts(db, { orgId, personIds: ids, timeZone: calendar.timeZone, from, weeksFrom, at });
  const stays = await staysOf(db, orgId, ids);
  const byOwner = Map.groupBy(deals, ({ ownerId }) => ownerId);
  return (id) => ({
    id,
    currency: calendar.currency,
    person: personOn(stays.get(id), day),
    deals: byOwner.get(id) ?? [],
    process,
    paid,
    activities: activities.get(id),
  });
}

interface Stored {
  orgId: string;
  id: string;
  at: Date;
  asOf: string;
  made: Made;
}

async function store(db: Db, { orgId, id, at, asOf, made }: Stored): Promise<void> {
  for (const basis of bases) {
    const numbers = made[basis];
    if (!numbers) {
      await db.deleteFrom("stored_numbers").where("org_id", "=", orgId).where("person_id", "=", id).where("basis", "=", basis).execute();
      continue;
    }
    await sql`
      insert into stored_numbers (org_id, person_id, basis, as_of, made_at, shape, numbers)
      values (${orgId}, ${id}, ${basis}, ${asOf}, ${at}, ${shapeVersion}, ${JSON.stringify(numbers)}::jsonb)
      on conflict (org_id, person_id, basis) do update set as_of = excluded.as_of, made_at = excluded.made_at, shape = excluded.shape,
        numbers = excluded.numbers`.execute(db);
  }
}
