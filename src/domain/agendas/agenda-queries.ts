import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";
import type { Focus, Panel } from "./ready-made-kinds.ts";

export interface AgendaSection {
  id: string;
  position: number;
  title: string;
  minutes: number;
  focus: Focus;
  panel: Panel;
  prompts: string[];
}

export interface Agenda {
  id: string;
  version: number;
  sections: AgendaSection[];
}

/** The agenda a meeting is held with: the version it was opened with, or until then the newest of its kind. */
export async function agendaOf(db: Db, orgId: string, meeting: { agendaId: string | null; kindId: string }): Promise<Agenda> {
  let query = db.selectFrom("agenda").select(["id", "version"]).where("org_id", "=", orgId);
  query = meeting.agendaId ? query.where("id", "=", meeting.agendaId) : query.where("kind_id", "=", meeting.kindId);
  const agenda = await query.orderBy("version", "desc").limit(1).executeTakeFirstOrThrow();
  const sections = await db
    .selectFrom("section as s")
    .select(["s.id", "s.position", "s.title", "s.minutes", "s.focus", "s.panel"])
    .select(
      sql<string[]>`array(select p.words from prompt p where p.org_id = s.org_id and p.section_id = s.id order by p.position)`.as(
        "prompts",
      ),
    )
    .where("s.org_id", "=", orgId)
    .where("s.agenda_id", "=", agenda.id)
    .orderBy("s.position")
    .execute();
  return { id: agenda.id, version: agenda.version, sections };
}
