import type { Listed } from "../meetings/listed-opportunities.ts";
import type { Entry } from "../entries/entry-queries.ts";
import type { MeetingRecord } from "../records/record-queries.ts";
import { openAt, type DealState } from "./deal-state.ts";
import { besideDeal, contactsAt, fill } from "./deal-words.ts";
import type { Meeting } from "./meetings.ts";
import { addNotes } from "./notes.ts";
import { addPreparation, prepare } from "./preparations.ts";
import { addPromises, promise, type Promised, settleBetween, settleIn } from "./promises.ts";
import { idOf, type Random } from "./random.ts";
import { addRecord } from "./record.ts";
import { day, hour, instant, minute, randomFor } from "./setting.ts";
import { notesOf, type Scene, sceneOf } from "./talk.ts";
import {
  entryWords,
  excusedReasons,
  leaderEntries,
  leaderPoints,
  managerPoints,
  movedReasons,
  nextStepWords,
  noPromiseReasons,
  privateWords,
  remarkWords,
  repPoints,
} from "./talk-words.ts";
import type { World } from "./world.ts";

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
  for (const [index, meeting] of meetings.entries()) {
    const random = randomFor(`talk ${meeting.key}`);
    addReasons(world, meeting, random);
    const prepared = prepare(world, meeting, open());
    if (prepared) addPreparation(world, prepared);
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
    writeDown(world, scene, { made, listed: list, points }, random);
    listed = list.map(({ opportunityId }) => opportunityId);
    lastMetAt = meeting.openedAt;
  }
  return promises;
}

function addReasons({ setting, dealsOf }: World, meeting: Meeting, random: Random): void {
  const account = dealsOf.get(meeting.rep.id)?.at(-1)?.account.name ?? "a customer";
  const add = (what: "moved" | "excused", words: string, by: string, at: number) =>
    setting.rows.add("meeting_reason", {
      id: idOf(`reason ${what} ${meeting.key}`, at),
      meeting_id: meeting.id,
      what,
      reason: fill(words, { account }),
      by_id: by,
      at: instant(at),
    });
  if (meeting.moved) add("moved", random.pick(movedReasons), meeting.moved.by.id, meeting.moved.at);
  if (meeting.excused)
    add(
      "excused",
      meeting.excused.because === "time off" ? "Time off" : random.pick(excusedReasons),
      meeting.excused.by.id,
      meeting.excused.at,
    );
}

/** What both want to talk about: the rep mostly brings more. */
function addPoints({ setting, dealsOf, catalogue }: World, meeting: Meeting, random: Random): MeetingRecord["points"] {
  const isAhead = meeting.state === "planned";
  if (
    meeting.state === "excused" ||
    meeting.state === "missed" ||
    (isAhead && (meeting.start > setting.now + 5 * day || random.chance(0.35)))
  )
    return [];
  const section = meeting.agenda.sections.find(({ panel }) => panel === "points");
  const before = Math.min(meeting.start, setting.now);
  const account = openAt(dealsOf.get(meeting.rep.id) ?? [], catalogue.stages, before)[0]?.deal.account.name ?? "the customer";
  const coaching = meeting.manager.role === "leader";
  const own = random.some(coaching ? leaderPoints : repPoints, random.int(1, 2)).map((words) => ({ words, by: meeting.rep }));
  const theirs = random
    .some(
      coaching ? leaderPoints.filter((words) => !own.some((point) => point.words === words)) : managerPoints,
      random.weighted({ 0: 45, 1: 45, 2: 10 }) === "0" ? 0 : 1,
    )
    .map((words) => ({ words, by: meeting.manager }));
  return [...own, ...theirs].map(({ words: wording, by }, index) => {
    const at = before - random.between(2, 40) * hour;
    const id = idOf(`point ${meeting.key} ${index}`, at);
    const words = fill(wording, { account });
    const doneAt = isAhead || random.chance(0.12) ? null : instant(meeting.closedAt - random.int(2, 9) * minute);
    setting.rows.add("point", {
      id,
      meeting_id: meeting.id,
      section_id: isAhead ? null : (section?.id ?? null),
      added_by: by.id,
      words,
      created_at: instant(at),
      done_at: doneAt,
    });
    return { id, words, byName: by.name, byId: by.id, done: doneAt !== null };
  });
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
  { made, listed, points }: { made: Promised[]; listed: Listed[]; points: MeetingRecord["points"] },
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
  const reasons: Reason[] = made.length > 0 ? [] : [noPromise(world, scene, random)];
  const account = scene.moving[0]?.deal.account ?? { name: "a customer" };
  addRecord(world.setting, { meeting, made, brought, entries, nextSteps, listed, notes, reasons, points });
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

function addEntries({ setting }: World, meeting: Meeting, random: Random): Entry[] {
  const section = meeting.agenda.sections.find(({ panel }) => panel === "working");
  const timing = meeting.timings.find(({ sectionId }) => sectionId === section?.id);
  if (!timing) return [];
  const all = meeting.manager.role === "leader" ? leaderEntries : entryWords;
  const of = (side: Entry["side"], count: number) =>
    random.some(
      all.filter((words) => words.side === side),
      count,
    );
  return [...of("working", random.chance(0.85) ? 1 : 0), ...of("not working", random.int(0, 2))].map((words, index) => {
    const by = random.chance(0.8) ? meeting.rep : meeting.manager;
    const at = Math.min(timing.from + (index + 1) * 40_000, timing.until);
    const id = idOf(`entry ${meeting.key} ${index}`, at);
    setting.rows.add("entry", { id, meeting_id: meeting.id, by_id: by.id, ...words, created_at: instant(at) });
    return { id, ...words, byId: by.id, byName: by.name };
  });
}

/** Asked for after more than one missed month, and kept. */
function addNextStep({ setting }: World, { meeting, missed, months }: Scene, random: Random): MeetingRecord["nextSteps"] {
  const section = meeting.agenda.sections.find(({ panel }) => panel === "results");
  const timing = meeting.timings.find(({ sectionId }) => sectionId === section?.id);
  if (!timing || missed < 2 || months.length === 0 || meeting.rep.role !== "rep") return [];
  const id = idOf(`step ${meeting.key}`, timing.until);
  const words = fill(random.pick(nextStepWords), { manager: meeting.manager.firstName });
  setting.rows.add("next_step", {
    id,
    meeting_id: meeting.id,
    months_missed: missed,
    words,
    by_id: meeting.manager.id,
    at: instant(timing.until - 20_000),
  });
  return [{ id, words, monthsMissed: missed, at: instant(timing.until - 20_000), byName: meeting.manager.name }];
}

function addPivots({ setting }: World, meeting: Meeting, random: Random): void {
  for (const { id, panel } of meeting.agenda.sections) {
    const timing = meeting.timings.find(({ sectionId }) => sectionId === id);
    if (!timing || !["opportunities", "results", "none", "new_opportunities"].includes(panel) || !random.chance(0.4)) continue;
    const at = timing.from + (timing.until - timing.from) / 3;
    const choice = random.chance(meeting.rep.profile.level === "new" ? 0.55 : 0.25) ? "inform" : "praise";
    setting.rows.add("pivot", {
      id: idOf(`pivot ${meeting.key} ${id}`, at),
      meeting_id: meeting.id,
      section_id: id,
      choice,
      by_id: meeting.manager.id,
      at: instant(at),
    });
  }
}

/** A word the manager keeps to themselves, found again by their own search alone. */
function addPrivateNote({ setting }: World, meeting: Meeting, random: Random): void {
  const section = meeting.agenda.sections.at(-2) ?? meeting.agenda.sections[0];
  if (!section) return;
  const words = random.pick(privateWords);
  const owner = meeting.manager;
  addNotes(setting, { meeting, ownerId: owner.id, notes: [{ sectionId: section.id, title: section.title, lines: [words] }] });
  setting.rows.add("record_text", {
    meeting_id: meeting.id,
    part: "private note",
    part_id: `${owner.id} ${section.id}`,
    owner_id: owner.id,
    manager_id: meeting.manager.id,
    rep_id: meeting.rep.id,
    co_coach_id: null,
    held_at: instant(meeting.openedAt),
    words,
  });
}

function addRemark({ setting }: World, meeting: Meeting, words: string, random: Random): void {
  const at = meeting.closedAt + random.int(2, 30) * hour;
  if (at > setting.now) return;
  const id = idOf(`remark ${meeting.key}`, at);
  setting.rows.add("remark", {
    id,
    meeting_id: meeting.id,
    by_id: random.chance(0.6) ? meeting.rep.id : meeting.manager.id,
    words,
    at: instant(at),
  });
  setting.rows.add("record_text", {
    meeting_id: meeting.id,
    part: "remark",
    part_id: id,
    owner_id: null,
    manager_id: meeting.manager.id,
    rep_id: meeting.rep.id,
    co_coach_id: null,
    held_at: instant(meeting.openedAt),
    words,
  });
}
