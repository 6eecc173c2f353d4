import type { Listed } from "../meetings/listed-opportunities.ts";
import type { MeetingRecord } from "../records/record-queries.ts";
import { addPoints, addReasons } from "./brought-along.ts";
import { openAt, type DealState } from "./deal-state.ts";
import { besideDeal, contactsAt, fill } from "./deal-words.ts";
import type { Meeting } from "./meetings.ts";
import { addNotes } from "./notes.ts";
import { addPreparation, prepare } from "./preparations.ts";
import { addProspects, addStories, talkThrough } from "./prospects.ts";
import { addRolePlays } from "./role-plays.ts";
import { addPromises, promise, type Promised, settleBetween, settleIn } from "./promises.ts";
import { idOf, type Random } from "./random.ts";
import { addRecord } from "./record.ts";
import { addEntries, addNextStep, addPivots, addPrivateNote, addRemark } from "./said-in-room.ts";
import { instant, randomFor } from "./setting.ts";
import { notesOf, type Scene, sceneOf } from "./talk.ts";
import { noPromiseReasons, remarkWords } from "./talk-words.ts";
import type { World } from "./world.ts";
import { verifiedThen } from "./verified-then.ts";

const mostListed = 8;
const shareSettledBetween = 0.15;

/** Lets every pair talk, one meeting after the other: what was promised in one comes back in the next. */
export function holdTalks(world: World): void {
  const promises = [...world.meetingsOf.values()].flatMap((meetings) => holdPairTalks(world, meetings));
  // Since then most is done; with every manager at least one rep is late.
  for (const made of Map.groupBy(promises, ({ managerId }) => managerId).values()) {
    const due = made.filter(({ outcome, dueOn }) => outcome === null && dueOn < world.setting.today);
    const late = due.find(({ ownerId, repId }) => ownerId === repId);
    settleBetween(
      world.setting,
      due.filter((one) => one !== late),
      world.setting.now,
      0.7,
      randomFor(`since ${late?.id}`),
    );
  }
  addPromises(world.setting, promises);
}

function holdPairTalks(world: World, meetings: readonly Meeting[]): Promised[] {
  const { setting } = world;
  const promises: Promised[] = [];
  const open = () => promises.filter(({ outcome }) => outcome === null);
  let listed: string[] = [];
  let lastMetAt: number | undefined;
  const told: Parameters<typeof addProspects>[2] = new Map();
  for (const [index, meeting] of meetings.entries()) {
    const random = randomFor(`talk ${meeting.key}`);
    addReasons(world, meeting, random);
    const prepared = prepare(world, meeting, open());
    if (prepared) addPreparation(world, prepared);
    const prospects = prepared ? addProspects(world, prepared, told) : [];
    const points = addPoints(world, meeting, random);
    if (meeting.state !== "closed") continue;
    settleBetween(setting, open(), meeting.openedAt, shareSettledBetween, random);
    const brought = open().sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.createdAt.getTime() - b.createdAt.getTime()));
    settleIn(meeting, brought, random);
    const scene = sceneOf(world, meeting, lastMetAt, brought, random);
    const next = meetings.slice(index + 1).find(({ state }) => state === "closed" || state === "planned");
    const made = promise({ meeting, next, talkedAbout: [...scene.moving, ...scene.fresh], open: brought, setting }, random);
    promises.push(...made);
    const list = listDeals(world, scene, listed, random);
    writeDown(world, scene, { made, listed: list, points, prospects: talkThrough(world, meeting, prospects, told) }, random);
    listed = list.map(({ opportunityId }) => opportunityId);
    lastMetAt = meeting.openedAt;
  }
  const pair = meetings[0];
  if (pair) addStories(world, pair, told);
  return promises;
}

/** New deals, those of last time that are still open, and those talked about, as they stand at the end. */
function listDeals({ catalogue, dealsOf }: World, scene: Scene, before: readonly string[], random: Random): Listed[] {
  const now = openAt(dealsOf.get(scene.meeting.rep.id) ?? [], catalogue.stages, scene.meeting.closedAt);
  const of = (ids: readonly string[]) => now.filter(({ deal }) => ids.includes(deal.id));
  const fresh = new Set(scene.fresh.map(({ deal }) => deal.id));
  const talked = new Set(scene.moving.map(({ deal }) => deal.id));
  const some = new Set([...of([...fresh]), ...of([...talked]), ...of(before)].slice(0, mostListed));
  const inOrder = [...some].sort(
    (a, b) => Number(fresh.has(b.deal.id)) - Number(fresh.has(a.deal.id)) || (a.deal.name < b.deal.name ? -1 : 1),
  );
  return inOrder.map((state) => ({
    ...listedAs(state),
    list: fresh.has(state.deal.id) ? "new" : "existing",
    words: talked.has(state.deal.id) && random.chance(0.75) ? besideDeal(state, random) : "",
    version: 1,
  }));
}

const listedAs = ({ deal, stage, amountMinor, closeOn }: DealState) => ({
  opportunityId: deal.id,
  name: deal.name,
  stage: stage.name,
  amountMinor: amountMinor ?? deal.product.listMinor,
  currency: "USD",
  closeOn,
});

type Reason = MeetingRecord["reasons"][number];

function writeDown(
  world: World,
  scene: Scene,
  { made, listed, points, prospects }: { made: Promised[]; listed: Listed[] } & Pick<MeetingRecord, "points" | "prospects">,
  random: Random,
): void {
  const { meeting, brought } = scene;
  const { rows } = world.setting;
  const notes = notesOf(scene, random);
  addNotes(world.setting, { meeting, ownerId: null, notes });
  const entries = addEntries(world, meeting, random);
  const nextSteps = addNextStep(world, scene, random);
  addPivots(world, meeting, random);
  for (const { opportunityId, list, name, stage, amountMinor, currency, closeOn, words, version } of listed)
    rows.add("listed_opportunity", {
      meeting_id: meeting.id,
      opportunity_id: opportunityId,
      list,
      name,
      stage,
      amount_minor: amountMinor,
      currency,
      close_on: closeOn,
      words,
      version,
    });
  const rolePlays = addRolePlays(world.setting, scene);
  const reasons: Reason[] = made.length > 0 ? [] : [noPromise(world, scene, random)];
  const account = scene.moving[0]?.deal.account ?? { name: "a customer" };
  const verified = verifiedThen(world, [...prospects, ...listed], meeting.closedAt);
  addRecord(world.setting, { meeting, made, brought, entries, nextSteps, listed, verified, notes, reasons, points, prospects, rolePlays });
  if (random.chance(0.14)) addPrivateNote(world, meeting, random);
  if (random.chance(0.06))
    addRemark(world, meeting, fill(random.pick(remarkWords), { contact: contactsAt(account)[0] ?? "The customer" }), random);
}

function noPromise({ setting }: World, { meeting, moving }: Scene, random: Random): Reason {
  const at = instant(meeting.closedAt);
  const reason = fill(random.pick(noPromiseReasons), { account: moving[0]?.deal.account.name ?? "customer" });
  setting.rows.add("meeting_reason", {
    id: idOf(`none ${meeting.key}`, meeting.closedAt),
    meeting_id: meeting.id,
    what: "closed without commitment",
    reason,
    by_id: meeting.manager.id,
    at,
  });
  return { what: "closed without commitment", reason, at };
}
