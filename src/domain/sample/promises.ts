import { addDays, dayAt } from "../../method/days.ts";
import type { Outcome } from "../../method/follow-through.ts";
import type { Commitment } from "../commitments/commitment-queries.ts";
import type { DealState } from "./deal-state.ts";
import { withDeal } from "./deal-words.ts";
import type { Meeting } from "./meetings.ts";
import {
  coachPromises,
  dealPromises,
  leaderPromises,
  managerPromises,
  otherPromises,
  dealOutcomeWords,
  outcomeWords,
  type PromiseWords,
} from "./promise-words.ts";
import { idOf, type Random } from "./random.ts";
import { promisedVerifier } from "./sales-process.ts";
import { atHour, day, hour, instant, minute, type Setting } from "./setting.ts";

export interface Promised extends Commitment {
  outcomeBy: string | null;
}

const repOdds = { kept: 79, partly: 9, missed: 8, dropped: 4 } as const;
const behindOdds = { kept: 62, partly: 15, missed: 18, dropped: 5 } as const;
const managerOdds = { kept: 87, partly: 6, missed: 6, dropped: 1 } as const;

export function settle(
  promised: Promised,
  by: { outcome: Outcome; at: number; byId: string; settledIn: string | null },
  random: Random,
): void {
  promised.outcome = by.outcome;
  promised.outcomeWords = random.pick((promised.hangsOn === "opportunity" ? dealOutcomeWords : outcomeWords)[by.outcome]);
  promised.outcomeAt = instant(by.at);
  promised.outcomeBy = by.byId;
  promised.settledIn = by.settledIn;
  promised.repConfirmedAt ??= instant(by.at);
  // Whoever says what became of it has said yes to it by then.
  promised.repConfirmedAt ??= instant(by.at);
}

function outcomeOf(meeting: Meeting, promised: Promised, random: Random): Outcome {
  if (promised.ownerId === meeting.manager.id) return random.weighted(managerOdds);
  return random.weighted(meeting.rep.profile.story === "behind" ? behindOdds : repOdds);
}

/** Said done between two one-on-ones, by whoever promised it. */
export function settleBetween(setting: Setting, open: readonly Promised[], until: number, share: number, random: Random): void {
  for (const promised of open) {
    const at = atHour(setting, promised.dueOn, 16 + random.next());
    if (promised.outcome || at >= until || at <= promised.createdAt.getTime() || !random.chance(share)) continue;
    settle(promised, { outcome: "kept", at, byId: promised.ownerId, settledIn: null }, random);
  }
}

/** The first thing in the room: what was due by now is settled, what is not due may wait. */
export function settleIn(meeting: Meeting, open: readonly Promised[], random: Random): void {
  const section = meeting.agenda.sections.find(({ panel }) => panel === "commitments");
  const timing = meeting.timings.find(({ sectionId }) => sectionId === section?.id);
  if (!timing) return;
  const today = dayAt(instant(meeting.openedAt), meeting.series.zone);
  for (const [index, promised] of open.entries()) {
    const isDue = promised.dueOn <= addDays(today, 1);
    if (promised.outcome || !random.chance(isDue ? 0.96 : 0.2)) continue;
    const outcome = isDue ? outcomeOf(meeting, promised, random) : "kept";
    const at = Math.min(timing.from + (index + 1) * 15_000, timing.until);
    settle(promised, { outcome, at, byId: random.chance(0.5) ? meeting.rep.id : meeting.manager.id, settledIn: meeting.id }, random);
  }
}

interface Situation {
  meeting: Meeting;
  /** The pair's next one-on-one, when there is one. */
  next: Meeting | undefined;
  talkedAbout: readonly DealState[];
  open: readonly Promised[];
  setting: Setting;
}

function dueOn({ meeting, next }: Situation, random: Random): string {
  const today = dayAt(instant(meeting.openedAt), meeting.series.zone);
  const nextOn = next ? dayAt(instant(next.start), next.series.zone) : addDays(today, 14);
  if (nextOn > today && nextOn <= addDays(today, 15) && random.chance(0.7)) return nextOn;
  const on = addDays(today, random.int(3, 12));
  const weekday = Temporal.PlainDate.from(on).dayOfWeek;
  return weekday > 5 ? addDays(on, 8 - weekday) : on;
}

type Choice = PromiseWords & { deal?: DealState };

/** What the two of them could promise now, with no words that are open already. */
function choices({ meeting, talkedAbout, open }: Situation, owner: "rep" | "manager", random: Random): Choice[] {
  const coaching = meeting.manager.role === "leader";
  if (coaching) return owner === "rep" ? [...coachPromises] : [...leaderPromises];
  const about = talkedAbout[0];
  if (owner === "manager")
    return managerPromises.flatMap((words) =>
      words.words.includes("{") ? (about ? [{ ...words, words: withDeal(words.words, about, random) }] : []) : [words],
    );
  const onDeals = talkedAbout.flatMap((deal) =>
    random
      .some(dealPromises[deal.stage.position] ?? [], 1)
      .map((words): Choice => ({ ...words, words: withDeal(words.words, deal, random), deal })),
  );
  const others = random.some(
    otherPromises.filter(({ hangsOn }) => meeting.kind.slug !== "skill-coaching" || hangsOn === "skill" || hangsOn === "activity"),
    2,
  );
  const said = new Set(open.map(({ words }) => words));
  return [...(meeting.kind.slug === "skill-coaching" ? [] : onDeals), ...others].filter(({ words }) => !said.has(words) && said.add(words));
}

/** What each will do by next time. Both say yes to it; now and then one side's yes comes later. */
export function promise(situation: Situation, random: Random): Promised[] {
  const { meeting, setting } = situation;
  const count = Number(random.weighted({ 0: 3, 1: 27, 2: 44, 3: 26 }));
  if (count === 0) return [];
  const byRep = random.some(choices(situation, "rep", random), count);
  const byManager = random.chance(0.3) ? random.some(choices(situation, "manager", random), 1) : [];
  const wrapUp = meeting.timings.at(-1);
  const isRecent = meeting.closedAt > setting.now - 6 * day;
  return [
    ...byRep.map((choice) => ({ choice, owner: meeting.rep })),
    ...byManager.map((choice) => ({ choice, owner: meeting.manager })),
  ].map(({ choice, owner }, index) => {
    const at = Math.min((wrapUp?.from ?? meeting.openedAt) + (index + 1) * 45_000, meeting.closedAt - 1000);
    const yesLater = random.chance(0.08) ? meeting.closedAt + random.int(1, 8) * hour : at + minute / 2;
    return {
      id: idOf(`promise ${meeting.key} ${index}`, at),
      meetingId: meeting.id,
      managerId: meeting.manager.id,
      repId: meeting.rep.id,
      ownerId: owner.id,
      ownerName: owner.name,
      words: choice.words,
      dueOn: dueOn(situation, random),
      hangsOn: choice.hangsOn,
      hangsWords: choice.hangsWords,
      opportunityId: choice.deal?.deal.id ?? null,
      opportunityName: choice.deal?.deal.name ?? null,
      verifierId: choice.deal ? promisedVerifier(setting, choice.hangsWords) : null,
      isBacked: false,
      createdAt: instant(at),
      managerConfirmedAt: instant(at),
      repConfirmedAt: yesLater > meeting.closedAt && (isRecent || yesLater > setting.now) ? null : instant(Math.min(yesLater, setting.now)),
      outcome: null,
      outcomeWords: "",
      outcomeAt: null,
      settledIn: null,
      outcomeBy: null,
    };
  });
}

export function addPromises({ rows }: Setting, promises: readonly Promised[]): void {
  for (const p of promises) {
    const pair = { manager_id: p.managerId, rep_id: p.repId, co_coach_id: null };
    rows.add("commitment", {
      id: p.id,
      meeting_id: p.meetingId,
      ...pair,
      owner_id: p.ownerId,
      due_on: p.dueOn,
      hangs_on: p.hangsOn,
      opportunity_id: p.opportunityId,
      verifier_id: p.verifierId,
      created_by: p.ownerId,
      created_at: p.createdAt,
      manager_confirmed_at: p.managerConfirmedAt,
      rep_confirmed_at: p.repConfirmedAt,
      outcome: p.outcome,
      outcome_at: p.outcomeAt,
      outcome_by: p.outcomeBy,
      settled_in: p.settledIn,
      version: 1,
    });
    rows.add("commitment_words", {
      commitment_id: p.id,
      ...pair,
      words: p.words,
      hangs_words: p.hangsWords,
      outcome_words: p.outcomeWords,
    });
  }
}
