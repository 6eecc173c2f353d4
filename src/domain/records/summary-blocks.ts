import type { MailBlock } from "../../mail/lay-out-mail.ts";
import { saidOf } from "../../method/role-play-parts.ts";
import { stageWords } from "../../method/stage-words.ts";
import type { MeetingRecord } from "./record-queries.ts";

/** The summary both receive: commitments first, then what was said. */
export function summaryBlocks(record: MeetingRecord): MailBlock[] {
  const working = (side: "working" | "not working") =>
    record.entries.filter((entry) => entry.side === side).map((entry) => `${entry.words} (${entry.about})`);
  return [
    ...promised(record),
    ...block(
      "From last time",
      record.brought
        .filter(({ outcome }) => outcome)
        .map((c) => `${c.ownerName}: ${c.words} – ${c.outcome}${c.outcomeWords ? `. ${c.outcomeWords}` : ""}`),
    ),
    ...block(
      "The next step",
      record.nextSteps.map(({ words }) => words),
    ),
    ...block(
      "Opportunities",
      record.listed
        .filter(({ words }) => words)
        .map((o) => `${o.name}, ${stageWords(o.stage, record.verified.get(o.opportunityId))}: ${o.words}`),
    ),
    ...block("Prospects", nextSteps(record)),
    ...block("Practised", practised(record)),
    ...block("Working", working("working")),
    ...block("Not working", working("not working")),
    ...record.notes.flatMap(({ title, words }): MailBlock[] => [{ h: title }, { p: words }]),
  ];
}

/** Of each prospect only where it goes next: the whole story is in the record. */
const nextSteps = ({ prospects }: MeetingRecord): string[] =>
  prospects.flatMap((one) => {
    const story = one.atClose.size > 0 ? one.atClose : one.handedIn;
    const next = story.get("next_step");
    if (!next) return [];
    const on = story.get("next_step_on");
    const agreed = story.get("agreed") === "yes" ? " Agreed by the customer." : " Not agreed by the customer.";
    return [`${one.name}: ${on ? `${day(on)}, ` : ""}${next.replace(/[.\s]+$/, "")}.${agreed}`];
  });

const practised = ({ rolePlays }: MeetingRecord): string[] =>
  rolePlays.map(({ about, lines }) => {
    const feedback = saidOf(lines, "feedback");
    return feedback ? `${about}. Good: ${feedback}` : about;
  });

function promised(record: MeetingRecord): MailBlock[] {
  if (record.commitments.length === 0) {
    const why = record.reasons.find(({ what }) => what === "closed without commitment")?.reason ?? "";
    return [{ h: "Promised" }, { p: `Nothing this time. ${why}`.trim() }];
  }
  return block(
    "Promised",
    record.commitments.map((c) =>
      `${c.ownerName}: ${c.words} By ${day(c.dueOn)}.${c.repConfirmedAt && c.managerConfirmedAt ? "" : " Not yet confirmed by both."}`.replace(
        /([^.?!…]) By /,
        "$1. By ",
      ),
    ),
  );
}

const block = (h: string, list: string[]): MailBlock[] => (list.length > 0 ? [{ h }, { list }] : []);

const day = (date: string): string =>
  new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "long", timeZone: "UTC" }).format(
    new Date(`${date}T00:00:00Z`),
  );
