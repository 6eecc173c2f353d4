import type { Ctx } from "../../platform/context.ts";
import { NotFound } from "../../platform/http.ts";
import { recordEvent } from "../../platform/record-event.ts";
import { type AgendaSection, agendaOf } from "./agenda-queries.ts";
import { insertAgendaVersion } from "./insert-agenda-version.ts";
import type { SectionPlan } from "./ready-made-kinds.ts";

export interface AgendaEdit {
  /** Of the version to be made: the same request twice is one version. */
  id: string;
  slug: string;
  name: string;
  purpose: string;
  rrule: string;
  minutes: number;
  sections: readonly SectionPlan[];
  /** The version this edit began with. */
  base: number;
}

export interface SavedAgenda {
  saved: boolean;
  /** The newest version now: of somebody else when this was not saved. */
  version: number;
}

/**
 * Saves a kind and its agenda. A changed agenda becomes the next version: planned one-on-ones take it, held ones keep
 * theirs. What somebody else saved since `base` is not written over. Row-level security lets an admin alone.
 */
export async function saveAgenda(ctx: Ctx, edit: AgendaEdit): Promise<SavedAgenda> {
  return ctx.tx(async (db) => {
    const { orgId, personId } = ctx.viewer;
    const kind = await db
      .selectFrom("kind")
      .select("id")
      .where("org_id", "=", orgId)
      .where("slug", "=", edit.slug)
      .forUpdate()
      .executeTakeFirst();
    if (!kind) throw new NotFound("This kind of one-on-one");
    const newest = await agendaOf(db, orgId, { agendaId: null, kindId: kind.id });
    if (newest.id === edit.id) return { saved: true, version: newest.version };
    if (newest.version !== edit.base) return { saved: false, version: newest.version };
    const { name, purpose, rrule, minutes, sections } = edit;
    await db.updateTable("kind").set({ name, purpose, rrule, minutes }).where("org_id", "=", orgId).where("id", "=", kind.id).execute();
    const version = same(newest.sections, sections) ? newest.version : newest.version + 1;
    if (version > newest.version)
      await insertAgendaVersion(db, { id: edit.id, orgId, kindId: kind.id, version, sections, by: personId, at: ctx.clock.now() });
    await recordEvent(db, ctx, "change", "agenda", kind.id);
    return { saved: true, version };
  });
}

const plain = ({ title, minutes, focus, panel, prompts }: SectionPlan) => JSON.stringify([title, minutes, focus, panel, prompts]);
const same = (held: readonly AgendaSection[], given: readonly SectionPlan[]): boolean =>
  held.length === given.length && held.every((section, index) => plain(section) === (given[index] && plain(given[index])));
