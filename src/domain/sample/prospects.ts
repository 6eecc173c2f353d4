import { addDays, dayAt } from "../../method/days.ts";
import { type StoryField, storyFields } from "../../method/story-gaps.ts";
import { hasProspects } from "../agendas/ready-made-kinds.ts";
import type { KeptProspect } from "../prospects/kept-prospects-queries.ts";
import { type DealState, openAt, stateAt } from "./deal-state.ts";
import { contactsAt, fill, nextStepFor, sentence } from "./deal-words.ts";
import type { Meeting } from "./meetings.ts";
import type { Deal } from "./deals.ts";
import { day, instant, minute, onWorkday, randomFor, type Setting } from "./setting.ts";
import { readyWithin } from "./sales-process.ts";
import { lastEndings, motives, needs, situations, whatIfs } from "./story-words.ts";
import type { World } from "./world.ts";

type Words = Map<StoryField, string>;

/** A story as it was told at an instant, by whom it is told from then on. */
interface Told {
  deal: Deal;
  words: Words;
  at: number;
}

const most = 4;
const keptFor = 84 * day;

/** Ready to be closed, or nearly: agreed and expected within sixty days, or proposed and expected within thirty. */
const isNear = ({ closeOn, stage }: DealState, today: string): boolean =>
  stage.position >= 2 && closeOn !== null && closeOn <= addDays(today, stage.position === 3 ? 60 : 30);

/** As the rule of the sales process grades it, the tolls of its stage taken as paid. */
const gradeAt = ({ closeOn, stage, changedAt }: DealState, at: number, today: string): "A" | "B" =>
  stage.position >= 2 &&
  closeOn !== null &&
  closeOn <= addDays(today, readyWithin.closes) &&
  at - changedAt < (readyWithin.changed + 1) * day
    ? "A"
    : "B";

function prospectsAt({ catalogue, dealsOf, setting }: World, repId: string, at: number): DealState[] {
  const today = dayAt(instant(at), setting.zone);
  return openAt(dealsOf.get(repId) ?? [], catalogue.stages, at)
    .filter((state) => isNear(state, today))
    .sort((a, b) => ((a.closeOn ?? "") < (b.closeOn ?? "") ? -1 : 1))
    .slice(0, most);
}

/** What the rep says of a deal at an instant: who they are stays, what happened last is new every time. */
function storyAt(setting: Setting, state: DealState, at: number, turn: string): Words {
  const { deal, stage } = state;
  const always = randomFor(`story ${deal.externalId}`);
  const lately = randomFor(`story ${deal.externalId} ${turn}`);
  const [contact = "", other = ""] = contactsAt(deal.account);
  const say = (words: string) => sentence(fill(words, { contact, other, product: deal.product.short, account: deal.account.name }));
  const on = (instantThen: number) => dayAt(instant(onWorkday(setting, instantThen)), setting.zone);
  const [ended, closedOn] = lately.pick(lastEndings[stage.position] ?? [["Nothing new.", ""] as const]);
  const metAt = at - lately.int(2, 9) * day;
  const agreed = lately.weighted({ yes: stage.position === 3 ? 70 : 45, no: 12, "not asked": 43 });
  const words: Words = new Map([
    ["situation", say(always.pick(situations))],
    ["motive", always.chance(0.85) ? say(always.pick(motives)) : ""],
    ["needs", say(always.pick(needs))],
    ["last_met_on", dayAt(instant(metAt), setting.zone)],
    ["last_ended", say(ended)],
    ["closed_on", say(closedOn)],
    ["next_step", state.nextStep ?? nextStepFor(stage.position, { product: deal.product.short, account: deal.account }, lately)],
    ["next_step_on", on(at + lately.int(2, 9) * day)],
    ["agreed", agreed],
    ["agreed_by", agreed === "yes" ? lately.pick([contact, other]) : ""],
    ["agreed_on", agreed === "yes" ? dayAt(instant(metAt), setting.zone) : ""],
    ["what_if", lately.chance(0.75) ? say(lately.pick(whatIfs)) : ""],
  ]);
  return new Map([...words].filter(([, said]) => said !== ""));
}

/** The prospects of a preparation that was handed in, each gone through. */
export function addProspects(
  world: World,
  { meeting, submittedAt }: { meeting: Meeting; submittedAt: number | null },
  told: Map<string, Told>,
): KeptProspect[] {
  const { setting } = world;
  const { rows } = setting;
  const isWanted = hasProspects(meeting.agenda.sections) && meeting.rep.role === "rep" && meeting.start > setting.now - keptFor;
  if (!isWanted || submittedAt === null) return [];
  return prospectsAt(world, meeting.rep.id, submittedAt).map((state, index) => {
    const { deal } = state;
    const words = storyAt(setting, state, submittedAt, meeting.key);
    const reviewedAt = instant(submittedAt - (most - index) * minute);
    const shown = {
      name: deal.name,
      account: deal.account.name,
      stage: state.stage.name,
      currency: "USD",
      grade: gradeAt(state, submittedAt, dayAt(instant(submittedAt), setting.zone)),
    };
    const amountMinor = state.amountMinor ?? deal.product.listMinor;
    rows.add("prepared_prospect", {
      meeting_id: meeting.id,
      opportunity_id: deal.id,
      is_chosen: shown.grade === "B",
      reviewed_at: reviewedAt,
      kept_at: instant(submittedAt),
      amount_minor: amountMinor,
      close_on: state.closeOn,
      ...shown,
    });
    addLines(setting, meeting, deal, "hand-in", words);
    told.set(deal.id, { deal, words, at: submittedAt - (most - index) * minute });
    return { ...shown, opportunityId: deal.id, amountMinor, closeOn: state.closeOn, reviewedAt, handedIn: words, atClose: new Map() };
  });
}

function addLines({ rows }: Setting, meeting: Meeting, deal: Pick<Deal, "id">, taken: "hand-in" | "close", words: Words): void {
  for (const [field, said] of words)
    rows.add("prospect_line", { meeting_id: meeting.id, opportunity_id: deal.id, taken, field, words: said });
}

/** In the room one of them moves: what to do if not is written, or the question for a yes is planned. */
export function talkThrough(world: World, meeting: Meeting, prospects: KeptProspect[], told: Map<string, Told>): KeptProspect[] {
  const random = randomFor(`talk through ${meeting.key}`);
  return prospects.map((one) => {
    const known = told.get(one.opportunityId);
    if (!known || !random.chance(0.4)) return one;
    const [contact = "", other = ""] = contactsAt(known.deal.account);
    const atClose: Words = new Map(one.handedIn);
    atClose.set("what_if", fill(random.pick(whatIfs), { contact, other }));
    const ordered: Words = new Map(
      storyFields.flatMap((field) => (atClose.has(field) ? [[field, atClose.get(field) ?? ""] as const] : [])),
    );
    addLines(world.setting, meeting, known.deal, "close", ordered);
    told.set(one.opportunityId, { deal: known.deal, words: ordered, at: meeting.closedAt - 12 * minute });
    return { ...one, atClose: ordered };
  });
}

/** What stands in the stories now: what was told last, and of deals never prepared what the rep wrote on a Friday. */
export function addStories(world: World, pair: Pick<Meeting, "manager" | "rep">, told: ReadonlyMap<string, Told>): void {
  const { setting, catalogue } = world;
  if (pair.rep.role !== "rep") return;
  const now = prospectsAt(world, pair.rep.id, setting.now);
  const random = randomFor(`stories ${pair.rep.key}`);
  const all = new Map(told);
  for (const state of now) {
    const at = setting.now - random.int(2, 11) * day;
    const then = stateAt(state.deal, catalogue.stages, at);
    if (!all.has(state.deal.id) && then && random.chance(0.7))
      all.set(state.deal.id, { deal: state.deal, words: storyAt(setting, then, at, "now"), at });
  }
  for (const one of all.values()) addStory(setting, pair, one, stateAt(one.deal, catalogue.stages, one.at - 14 * day));
}

function addStory(
  setting: Setting,
  { manager, rep }: Pick<Meeting, "manager" | "rep">,
  { deal, words, at }: Told,
  before: DealState | undefined,
): void {
  const earlier =
    before && at - 14 * day > setting.now - 2 * keptFor ? storyAt(setting, before, at - 14 * day, "before") : new Map<StoryField, string>();
  for (const [field, said] of words) {
    const was = earlier.get(field);
    const line = { opportunity_id: deal.id, rep_id: rep.id, manager_id: manager.id, field, by_id: rep.id };
    const isChanged = was !== undefined && was !== said;
    const isOld = was === said;
    setting.rows.add("story_line", { ...line, words: said, version: isChanged ? 2 : 1, at: instant(isOld ? at - 14 * day : at) });
    if (isChanged) setting.rows.add("story_past", { ...line, words: was, version: 1, at: instant(at - 14 * day), until_at: instant(at) });
  }
}
