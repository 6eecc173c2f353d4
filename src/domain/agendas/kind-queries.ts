import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";
import { NotFound } from "../../platform/http.ts";
import type { Focus, Panel } from "./ready-made-kinds.ts";

export interface Kind {
  id: string;
  slug: string;
  name: string;
  purpose: string;
  rrule: string;
  minutes: number;
  archivedAt: Date | null;
}

export interface KindLine extends Kind {
  version: number;
  sections: { title: string; minutes: number; focus: Focus; panel: Panel }[];
}

const kinds = (db: Db, orgId: string) =>
  db
    .selectFrom("kind as k")
    .select(["k.id", "k.slug", "k.name", "k.purpose", "k.rrule", "k.minutes", "k.archived_at as archivedAt"])
    .where("k.org_id", "=", orgId);

/** Every kind of one-on-one with the sections of its newest agenda; those that are retired come last. */
export const kindLines = (db: Db, orgId: string): Promise<KindLine[]> =>
  kinds(db, orgId)
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom("agenda as a")
          .select(["a.id", "a.version"])
          .whereRef("a.org_id", "=", "k.org_id")
          .whereRef("a.kind_id", "=", "k.id")
          .orderBy("a.version", "desc")
          .limit(1)
          .as("newest"),
      (on) => on.onTrue(),
    )
    .select("newest.version")
    .select(
      sql<
        KindLine["sections"]
      >`coalesce((select json_agg(json_build_object('title', s.title, 'minutes', s.minutes, 'focus', s.focus, 'panel', s.panel) order by s.position)
        from section s where s.org_id = k.org_id and s.agenda_id = newest.id), '[]')`.as("sections"),
    )
    .orderBy(sql`k.archived_at is not null`)
    .orderBy("k.position")
    .orderBy("k.name")
    .execute();

/** The kind of this name in an address, or "not here". */
export async function kindOfSlug(db: Db, orgId: string, slug: string | undefined): Promise<Kind> {
  const kind = await kinds(db, orgId)
    .where("k.slug", "=", slug ?? "")
    .executeTakeFirst();
  if (!kind) throw new NotFound("This kind of one-on-one");
  return kind;
}

export interface AgendaVersion {
  id: string;
  version: number;
  createdAt: Date;
  /** Null when it came with the organisation, or from somebody the viewer does not know. */
  byName: string | null;
}

/** The versions of a kind's agenda, newest first. */
export const versionsOf = (db: Db, orgId: string, kindId: string): Promise<AgendaVersion[]> =>
  db
    .selectFrom("agenda as a")
    .leftJoin("person as p", (on) => on.onRef("p.org_id", "=", "a.org_id").onRef("p.id", "=", "a.created_by"))
    .select(["a.id", "a.version", "a.created_at as createdAt", "p.name as byName"])
    .where("a.org_id", "=", orgId)
    .where("a.kind_id", "=", kindId)
    .orderBy("a.version", "desc")
    .execute();

/** The panels that any version of a kind's agenda has had. */
export async function panelsEver(db: Db, orgId: string, kindId: string): Promise<Set<Panel>> {
  const rows = await db
    .selectFrom("section as s")
    .innerJoin("agenda as a", (on) => on.onRef("a.org_id", "=", "s.org_id").onRef("a.id", "=", "s.agenda_id"))
    .select("s.panel")
    .distinct()
    .where("a.org_id", "=", orgId)
    .where("a.kind_id", "=", kindId)
    .execute();
  return new Set(rows.map(({ panel }) => panel));
}
