import type { App } from "../../platform/context.ts";
import { agendaOf } from "../agendas/agenda-queries.ts";
import { meetingForViewer } from "../meetings/meeting-access.ts";
import { takeDownNotes } from "./take-down-notes.ts";
import { writeRecordText } from "./write-record-text.ts";

/** Takes down somebody's private notes of a closed meeting, under their own identity: nobody else's could read them. */
export async function keepPrivateNotes(app: App, orgId: string, personId: string, meetingId: string): Promise<void> {
  await app.database.as({ orgId, personId, actor: "person", now: app.clock.now() }, async (db) => {
    const meeting = await meetingForViewer(db, { viewer: { orgId, personId } }, meetingId);
    const { sections } = await agendaOf(db, orgId, meeting);
    const notes = await takeDownNotes(db, { orgId, meetingId, ownerId: personId, sections });
    await writeRecordText(
      db,
      orgId,
      meeting,
      notes.map(({ sectionId, words }) => ({ part: "private note", partId: `${personId} ${sectionId}`, words, ownerId: personId })),
    );
  });
}
