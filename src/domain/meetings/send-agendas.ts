import { sql } from "kysely";
import { queueMail } from "../../mail/queue-mail.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Db } from "../../platform/database.ts";
import type { Env } from "../../platform/env.ts";
import { signal } from "../../platform/record-event.ts";
import { type AgendaSection, agendaOf } from "../agendas/agenda-queries.ts";
import { whenInWords } from "./when-in-words.ts";

interface Due {
  id: string;
  kind_id: string;
  kind_name: string;
  manager_id: string;
  rep_id: string;
  manager_name: string;
  rep_zone: string;
  planned_start: Date;
  minutes: number;
  place: string;
  open_commitments: number;
}

/** The next meetings whose agenda is due. Rows another process is just sending are left to it. */
async function dueMeetings(db: Db, orgId: string, now: Date): Promise<Due[]> {
  const { rows } = await sql<Due>`
    select m.id, m.kind_id, k.name as kind_name, m.manager_id, m.rep_id, manager.name as manager_name, rep.time_zone as rep_zone,
      m.planned_start, m.minutes, m.place,
      (select count(*)::int from commitment c where c.org_id = m.org_id and c.rep_id = m.rep_id and c.manager_id = m.manager_id
        and c.owner_id = m.rep_id and c.outcome is null and c.withdrawn_at is null) as open_commitments
    from meeting m
    join organisation o on o.org_id = m.org_id
    join kind k on k.org_id = m.org_id and k.id = m.kind_id
    join person manager on manager.org_id = m.org_id and manager.id = m.manager_id
    join person rep on rep.org_id = m.org_id and rep.id = m.rep_id
    where m.org_id = ${orgId} and m.state = 'planned' and m.agenda_sent_at is null
      and m.planned_start > ${now} and m.planned_start <= ${now}::timestamptz + make_interval(hours => o.agenda_notice_hours)
    order by m.planned_start limit 200
    for update of m skip locked`.execute(db);
  return rows;
}

/** What the rep should have at hand, by what the agenda looks at. */
function thingsToBring(sections: readonly AgendaSection[], openCommitments: number): string[] {
  const panels = new Set(sections.map(({ panel }) => panel));
  return [
    panels.has("commitments") && openCommitments > 0
      ? `How your ${openCommitments === 1 ? "promise" : `${openCommitments} promises`} from last time went.`
      : "",
    panels.has("results") ? "Your own numbers against plan, and where you would like to be." : "",
    panels.has("new_opportunities") || panels.has("opportunities")
      ? "Which deals are new or have moved, and what the customer agreed to."
      : "",
    panels.has("prospects") ? "The story of each prospect: how the last meeting with them ended, and what they agreed to." : "",
    panels.has("working") ? "One thing that works, and one that does not." : "",
    "What you want to talk about: add it as a point.",
  ].filter((line) => line !== "");
}

function agendaMail(due: Due, sections: readonly AgendaSection[]): string {
  const bring = thingsToBring(sections, due.open_commitments);
  return [
    `${whenInWords(due.planned_start, due.rep_zone)}, ${due.minutes} minutes${due.place ? `, ${due.place}` : ""}.`,
    `What to bring:\n${bring.map((line) => `- ${line}`).join("\n")}`,
    `The agenda:\n${sections.map(({ title, minutes }) => `- ${title}, ${minutes} min`).join("\n")}`,
  ].join("\n\n");
}

/** Sends the agenda of every one-on-one that is near enough to its rep, once; it is in the app from then on. */
export async function sendAgendas(db: Db, by: { orgId: string; clock: Clock; env: Env }): Promise<number> {
  const now = by.clock.now();
  const due = await dueMeetings(db, by.orgId, now);
  const agendas = new Map<string, readonly AgendaSection[]>();
  for (const meeting of due) {
    const sections = agendas.get(meeting.kind_id) ?? (await agendaOf(db, by.orgId, { agendaId: null, kindId: meeting.kind_id })).sections;
    agendas.set(meeting.kind_id, sections);
    await queueMail(db, by, {
      to: meeting.rep_id,
      purpose: "agenda",
      subject: `${meeting.kind_name} with ${meeting.manager_name}, ${whenInWords(meeting.planned_start, meeting.rep_zone)}`,
      words: agendaMail(meeting, sections),
      link: { href: `/meetings/${meeting.id}/preparation`, words: "Prepare" },
      meetingId: meeting.id,
    });
    await signal(db, `meeting:${meeting.id}`);
  }
  if (due.length > 0)
    await db
      .updateTable("meeting")
      .set({ agenda_sent_at: now })
      .where("org_id", "=", by.orgId)
      .where(
        "id",
        "in",
        due.map(({ id }) => id),
      )
      .execute();
  for (const person of new Set(due.flatMap(({ manager_id, rep_id }) => [manager_id, rep_id]))) await signal(db, `week:${person}`);
  return due.length;
}
