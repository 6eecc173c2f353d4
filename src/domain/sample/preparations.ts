import { dayAt } from "../../method/days.ts";
import { fiscalYearTo, monthAsked } from "../../method/months-asked.ts";
import { question } from "../preparations/preparation-queries.ts";
import { openAt, wonIn } from "./deal-state.ts";
import { onDeal, onNewDeal } from "./deal-words.ts";
import type { Meeting } from "./meetings.ts";
import { addPreparedWords } from "./own-words.ts";
import type { Promised } from "./promises.ts";
import type { Random } from "./random.ts";
import { day, hour, instant, minute, randomFor, type Setting } from "./setting.ts";
import { entryWords, leaderEntries, pipelineWords } from "./talk-words.ts";
import type { World } from "./world.ts";

interface Prepared {
  meeting: Meeting;
  startedAt: number;
  submittedAt: number | null;
  /** What is open between the two when the rep prepares. */
  open: readonly Promised[];
}

const dailyRhythm = { past: 0.84, soon: 0.6 } as const;

/** Did the rep prepare, and when? Past ones mostly; of those ahead the near ones, some only begun. */
export function prepare(world: World, meeting: Meeting, open: readonly Promised[]): Prepared | undefined {
  const { setting } = world;
  const random = randomFor(`prepare ${meeting.key}`);
  if (meeting.state === "closed") {
    const submittedAt = meeting.start - random.between(2, 26) * hour;
    return random.chance(meeting.rep.profile.story === "behind" ? 0.5 : dailyRhythm.past)
      ? { meeting, startedAt: submittedAt - random.int(5, 14) * minute, submittedAt, open }
      : undefined;
  }
  const isTheSoonOne = meeting.moved !== undefined && meeting.start < setting.now + hour;
  if (meeting.state !== "planned" || meeting.start > setting.now + 4 * day) return undefined;
  const submittedAt = Math.min(setting.now, meeting.start) - random.between(1, 9) * hour;
  if (isTheSoonOne || random.chance(dailyRhythm.soon)) return { meeting, startedAt: submittedAt - 9 * minute, submittedAt, open };
  return random.chance(0.4) ? { meeting, startedAt: submittedAt, submittedAt: null, open } : undefined;
}

/** Stated to the five hundred, as somebody says a number by heart. */
const roughly = (minor: number, vague: number, random: Random): number =>
  Math.max(0, Math.round((minor * random.aroundOne(vague)) / 50_000) * 50_000);

/** The rep's own numbers and the actual ones of that moment beside them, as the preparation looks them up. */
function addFigures({ setting, salesOf, quotas }: World, { meeting, startedAt }: Prepared, random: Random): void {
  const month = monthAsked(dayAt(instant(meeting.start), meeting.series.zone), setting.calendar);
  const year = fiscalYearTo(month, setting.calendar.startsIn);
  const statedAt = startedAt + 3 * minute;
  const plans = year.map((one) => quotas.get(meeting.rep.id)?.get(one) ?? null);
  const sales = salesOf.get(meeting.rep.id) ?? [];
  const actual = {
    month_result: wonIn(sales, month, statedAt),
    month_plan: plans.at(-1) ?? null,
    year_result: year.reduce((sum, one) => sum + wonIn(sales, one, statedAt), 0),
    year_plan: plans.includes(null) ? null : plans.reduce<number>((sum, plan) => sum + (plan ?? 0), 0),
  };
  const { vague } = meeting.rep.profile;
  for (const [measure, value] of Object.entries(actual) as [keyof typeof actual, number | null][]) {
    const isPlan = measure.endsWith("plan");
    if (value === null) continue;
    const plan = actual[measure.startsWith("month") ? "month_plan" : "year_plan"] ?? value;
    setting.rows.add("preparation_figure", {
      meeting_id: meeting.id,
      measure,
      stated: isPlan && vague < 0.12 ? value : roughly(value, isPlan ? vague / 2 : vague, random),
      // Who has neither a plan nor a result yet wishes for nothing in figures.
      wish: isPlan || random.chance(0.3) || plan === 0 ? null : Math.ceil((plan * random.between(1.02, 1.18)) / 100_000) * 100_000,
      actual: value,
      stated_at: instant(statedAt),
      actual_at: instant(statedAt),
      version: 1,
    });
  }
}

const late = ["Not yet, customer was away.", "Half of it.", "Started, tell you more when we meet.", "Did not get to it. Still want to."];
const inTime = ["Done.", "Done, tell you more when we meet.", "Half of it.", "Tomorrow."];

function answersOf({ catalogue, dealsOf }: World, { meeting, startedAt, open }: Prepared, random: Random): Map<string, string> {
  const answers = new Map<string, string>();
  const coaching = meeting.manager.role === "leader";
  const panels = new Map(meeting.agenda.sections.map(({ panel, title }) => [panel, title]));
  const deals = openAt(dealsOf.get(meeting.rep.id) ?? [], catalogue.stages, startedAt);
  const preparedOn = dayAt(instant(startedAt), meeting.series.zone);
  for (const { id, dueOn } of open.filter(({ ownerId }) => ownerId === meeting.rep.id).slice(0, 3))
    if (random.chance(0.8)) answers.set(question.promise(id), random.pick(dueOn < preparedOn ? late : inTime));
  const fresh = deals.find(({ deal }) => deal.createdAt > startedAt - 14 * day);
  const newTitle = panels.get("new_opportunities");
  if (newTitle && fresh) answers.set(question.section(newTitle), onNewDeal(fresh, random));
  const dealsTitle = panels.get("opportunities");
  if (dealsTitle && deals.length > 0)
    answers.set(
      question.section(dealsTitle),
      random
        .some(deals.slice(0, 6), 2)
        .map((state) => onDeal(state, random))
        .join("\n"),
    );
  const pipelineTitle = panels.get("pipeline");
  if (pipelineTitle && random.chance(0.5)) answers.set(question.section(pipelineTitle), pipelineWords.at(-1) ?? "");
  if (panels.has("working")) {
    const entries = coaching ? leaderEntries : entryWords;
    answers.set(question.working, random.pick(entries.filter(({ side }) => side === "working")).words);
    if (random.chance(0.7)) answers.set(question.notWorking, random.pick(entries.filter(({ side }) => side === "not working")).words);
  }
  return answers;
}

/** Writes a preparation down: what was handed in whole, or the little that somebody has begun. */
export function addPreparation(world: World, prepared: Prepared): void {
  const { meeting, startedAt, submittedAt } = prepared;
  const { rows }: Setting = world.setting;
  const random = randomFor(`preparation ${meeting.key}`);
  rows.add("preparation", {
    meeting_id: meeting.id,
    rep_id: meeting.rep.id,
    started_at: instant(startedAt),
    submitted_at: submittedAt === null ? null : instant(submittedAt),
    nudged_at: null,
  });
  const answer = (name: string, words: string, after: number) =>
    rows.add("preparation_answer", {
      meeting_id: meeting.id,
      question: name,
      words,
      version: 1,
      updated_at: instant(startedAt + after * 1000),
    });
  answer(question.month, monthAsked(dayAt(instant(meeting.start), meeting.series.zone), world.setting.calendar), 0);
  if (submittedAt === null) return;
  if (meeting.rep.role === "rep") addFigures(world, prepared, random);
  if (meeting.rep.role === "rep") addPreparedWords(world, meeting, startedAt);
  let after = 200;
  for (const [name, words] of answersOf(world, prepared, random)) answer(name, words, (after += 25));
}
