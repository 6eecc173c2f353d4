import { addDays } from "../../method/days.ts";
import { idOf } from "./random.ts";
import { dayOf, day, instant, onWorkday } from "./setting.ts";
import type { World } from "./world.ts";

const asked = [
  ["Find four new opportunities: two first meetings a week", "pipeline gap"],
  ["One more opportunity a month: ask each won customer for one name", "pipeline gap"],
  ["Two points of win rate: walk away by the second meeting where nobody can decide", "skill"],
] as const;

/** With every manager one rep has a goal in hand that both agreed to, and one a question that waits for the rep's answer. */
export function addCoachingGoals({ setting, cast, meetingsOf }: World): void {
  const ahead = [...meetingsOf.values()].flatMap(
    (meetings) => meetings.find(({ state, start }) => state === "planned" && start > setting.now) ?? [],
  );
  const ofReps = ahead
    .filter(({ manager, rep }) => cast.reps.get(manager.id)?.some(({ id }) => id === rep.id))
    .toSorted((a, b) => a.rep.name.localeCompare(b.rep.name, "en"));
  const byManager = Map.groupBy(ofReps, ({ manager }) => manager.id);
  let turn = 0;
  for (const meetings of byManager.values())
    for (const [place, { id: meetingId, manager, rep, series, key }] of meetings.slice(0, 2).entries()) {
      const [words, hangsOn] = asked[turn++ % asked.length] ?? asked[0];
      const at = onWorkday(setting, Math.max(setting.now - (3 + place) * day, Date.parse(`${series.startsOn}T09:00Z`)));
      const pair = { manager_id: manager.id, rep_id: rep.id, co_coach_id: null };
      const id = idOf(`coaching goal ${key}`, at);
      setting.rows.add("commitment", {
        id,
        meeting_id: meetingId,
        ...pair,
        owner_id: rep.id,
        due_on: addDays(dayOf(setting, setting.now), 21),
        hangs_on: hangsOn,
        created_by: manager.id,
        created_at: instant(at),
        manager_confirmed_at: instant(at),
        rep_confirmed_at: place === 0 ? null : instant(Math.min(at + day, setting.now - 60_000)),
        version: 1,
      });
      setting.rows.add("commitment_words", { commitment_id: id, ...pair, words, hangs_words: "", outcome_words: "" });
    }
}
