import type { Catalogue } from "./catalogue.ts";
import { contactsAt } from "./deal-words.ts";
import { stateAt } from "./deal-state.ts";
import type { Deal } from "./deals.ts";
import { idOf, type Random } from "./random.ts";
import { day, inWorkingHours, instant, randomFor, type Setting } from "./setting.ts";

/** How often each kind happens in each open stage. */
const kinds: readonly Record<string, number>[] = [
  { call: 6, mail: 5, meeting: 1 },
  { call: 4, mail: 4, meeting: 4, demo: 1 },
  { call: 4, mail: 4, meeting: 2, demo: 3 },
  { call: 5, mail: 4, meeting: 2 },
];
const subjects: Readonly<Record<string, readonly string[]>> = {
  call: ["Call with {contact}", "{contact}: questions about the scales", "Rang {contact}, agreed to talk again"],
  mail: ["Sent figures to {contact}", "Answered {contact}", "Dates for {contact}"],
  meeting: ["Visit, {contact}", "Round the hall with {contact}", "Met {contact} and a colleague"],
  demo: ["Showed it to {contact}", "Trial weighing with {contact}"],
};
const yearBack = 365;
/** Days between two of the same deal. */
const apart = [5, 17] as const;

/** A year of calls, mails, visits and trials, each on a deal, and a few that are planned. */
export function addActivities(setting: Setting, { stages }: Catalogue, deals: readonly Deal[]): void {
  const from = setting.now - yearBack * day;
  for (const deal of deals) {
    const end = stateAt(deal, stages, setting.now);
    if (!end) continue;
    const isOpen = end.stage.outcome === "open";
    const until = isOpen ? setting.now + 6 * day : end.changedAt;
    if (until < from) continue;
    const random = randomFor(`activities ${deal.externalId}`);
    let at = deal.createdAt;
    for (let number = 1; number < 60; number++) {
      const when = inWorkingHours(setting, at, random);
      if (when > until) break;
      if (when >= from) addOne(setting, deal, { number, at: when, position: stateAt(deal, stages, when)?.stage.position ?? 0 }, random);
      at += random.between(...apart) * day;
    }
  }
}

function addOne(
  { rows, now }: Setting,
  deal: Deal,
  { number, at, position }: { number: number; at: number; position: number },
  random: Random,
): void {
  const type = random.weighted(kinds[Math.min(position, 3)] ?? { call: 1 });
  rows.add("activity", {
    id: idOf(`activity ${deal.externalId} ${number}`, Math.min(at, now)),
    source: "sample",
    external_id: `${deal.externalId}-a${number}`,
    type,
    person_id: deal.owner.id,
    at: instant(at),
    is_done: at <= now,
    opportunity_id: deal.id,
    account_id: deal.account.id,
    subject: random.pick(subjects[type] ?? ["{contact}"]).replace("{contact}", random.pick(contactsAt(deal.account))),
  });
}
