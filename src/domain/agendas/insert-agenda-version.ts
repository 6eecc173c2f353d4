import type { Db } from "../../platform/database.ts";
import { newId } from "../../platform/new-id.ts";
import type { SectionPlan } from "./ready-made-kinds.ts";

interface Version {
  /** Made by whoever asks, when the same request may come twice. */
  id?: string;
  orgId: string;
  kindId: string;
  version: number;
  sections: readonly SectionPlan[];
  by: string | null;
  at: Date;
}

/** Writes one version of an agenda whole. Versions are never changed afterwards. */
export async function insertAgendaVersion(
  db: Db,
  { id: agendaId = newId(), orgId, kindId, version, sections, by, at }: Version,
): Promise<string> {
  const withIds = sections.map((section, position) => ({ ...section, id: newId(), position }));
  await db.insertInto("agenda").values({ org_id: orgId, id: agendaId, kind_id: kindId, version, created_by: by, created_at: at }).execute();
  await db
    .insertInto("section")
    .values(
      withIds.map(({ id, position, title, minutes, focus, panel }) => ({
        org_id: orgId,
        id,
        agenda_id: agendaId,
        position,
        title,
        minutes,
        focus,
        panel,
      })),
    )
    .execute();
  const prompts = withIds.flatMap(({ id, prompts }) =>
    prompts.map((words, position) => ({ org_id: orgId, id: newId(), section_id: id, position, words })),
  );
  if (prompts.length > 0) await db.insertInto("prompt").values(prompts).execute();
  return agendaId;
}
