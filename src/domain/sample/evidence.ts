import type { Catalogue } from "./catalogue.ts";
import type { Cast } from "./cast.ts";
import { contactsAt } from "./deal-words.ts";
import { openAt, stateAt } from "./deal-state.ts";
import type { Deal } from "./deals.ts";
import { idOf, type Random } from "./random.ts";
import { stagePlans, type Verifier, verifierId } from "./sales-process.ts";
import { day, dayOf, hour, inWorkingHours, instant, randomFor, type Setting } from "./setting.ts";

/** Evidence of deals that ended before is left out: nobody looks at it any more. */
const keptFor = 200 * day;
const hurried = 0.16;

/** What customers gave: most reps move a deal when the toll is paid, the newer ones and Jonah rather earlier. */
export function addEvidence(setting: Setting, { stages }: Catalogue, cast: Cast, deals: readonly Deal[]): void {
  for (const deal of deals) {
    const end = stateAt(deal, stages, setting.now);
    if (!end || (end.stage.outcome !== "open" && end.changedAt < setting.now - keptFor)) continue;
    const random = randomFor(`evidence ${deal.externalId}`);
    const hurries = deal.owner.profile.vague >= hurried ? 0.5 : 0.08;
    const isAhead = end.stage.outcome !== "won" && random.chance(hurries);
    // Whoever hurries has the tolls of the last stage or two still to bring.
    const unpaid = isAhead ? (random.chance(0.3) ? 2 : 1) : 0;
    const left = leftAt(deal, stages, setting.now);
    for (const [position, by] of left.entries()) {
      const verifiers = stagePlans[position]?.verifiers ?? [];
      const given = position < left.length - unpaid ? verifiers : random.chance(0.4) ? verifiers.slice(0, -1) : [];
      for (const verifier of given) addOne(setting, cast, { deal, verifier, by }, random);
    }
    // Something of the toll to come is often there already.
    const current = end.stage.outcome === "open" && !isAhead ? stagePlans[end.stage.position]?.verifiers[0] : undefined;
    if (current && (stagePlans[end.stage.position]?.verifiers.length ?? 0) > 1 && random.chance(0.4))
      addOne(
        setting,
        cast,
        { deal, verifier: current, by: Math.min(setting.now - hour, end.changedAt + random.between(1, 6) * day) },
        random,
      );
  }
  addGrades(setting, { stages }, cast, deals);
}

/** When it left each open stage, in order; up to now. A deal that was lost or is open has not left its last one. */
function leftAt(deal: Deal, stages: Catalogue["stages"], now: number): number[] {
  const at: number[] = [];
  for (const change of deal.changes) {
    if (change.field !== "stage" || change.at > now || change.at <= deal.createdAt) continue;
    const to = stages.find(({ id }) => id === change.after);
    if (!to || to.outcome === "lost") continue;
    const position = to.outcome === "won" ? stagePlans.length : to.position;
    while (at.length < position) at.push(change.at);
  }
  return at;
}

interface Given {
  deal: Deal;
  verifier: Verifier;
  /** It was there by then. */
  by: number;
}

function addOne(setting: Setting, cast: Cast, { deal, verifier, by }: Given, random: Random): void {
  const { rows, now } = setting;
  const givenAt = Math.max(deal.createdAt, by - random.between(0, 4) * day);
  const recordedAt = Math.min(now - hour, Math.max(by - random.between(0, 3) * hour, givenAt + minuteOr(random)));
  const manager = cast.managers[deal.owner.team];
  const isWithdrawn = random.chance(0.015);
  const taken = isWithdrawn ? inWorkingHours(setting, recordedAt + random.between(2, 9) * day, random) : 0;
  rows.add("evidence", {
    id: idOf(`evidence ${deal.externalId} ${verifier.key} ${by}`, recordedAt),
    opportunity_id: deal.id,
    verifier_id: verifierId(setting, verifier.key),
    given_on: dayOf(setting, Math.min(givenAt, recordedAt)),
    customer_person: random.pick(contactsAt(deal.account)),
    words: random.pick(verifier.said),
    link: "",
    recorded_by: manager && random.chance(0.08) ? manager.id : deal.owner.id,
    recorded_at: instant(recordedAt),
    ...(isWithdrawn && taken < now && manager
      ? {
          withdrawn_by: manager.id,
          withdrawn_at: instant(taken),
          withdrawn_why: "It was our contact who said so, not the customer’s decision.",
        }
      : {}),
  });
}

const minuteOr = (random: Random): number => random.between(0.2, 20) * hour;

/** Now and then a manager knows better than the rules. */
function addGrades(setting: Setting, { stages }: Pick<Catalogue, "stages">, cast: Cast, deals: readonly Deal[]): void {
  for (const { deal, changedAt } of openAt(deals, stages, setting.now)) {
    const random = randomFor(`grade ${deal.externalId}`);
    const manager = cast.managers[deal.owner.team];
    if (!manager || !random.chance(0.05)) continue;
    const at = Math.min(setting.now - hour, changedAt + random.between(1, 72) * hour);
    setting.rows.add("prospect_grade", {
      id: idOf(`grade ${deal.externalId}`, at),
      opportunity_id: deal.id,
      grade: random.pick(["A", "B", "C"] as const),
      by_id: random.chance(0.5) ? manager.id : deal.owner.id,
      at: instant(at),
    });
  }
}
