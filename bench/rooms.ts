import { openMeeting } from "../src/domain/meetings/open-meeting.ts";
import type { Ctx } from "../src/platform/context.ts";
import { readEnv } from "../src/platform/env.ts";
import { startApp } from "../src/start-app.ts";
import { makeCompany, makeMeeting, makePerson } from "../test/builders/company.ts";

export interface Room {
  meetingId: string;
  section: string;
  managerCookie: string;
  repCookie: string;
}

/** Makes open meetings, each with its own pair, in a data folder nobody uses at the moment. */
export async function makeRooms(folder: string, count: number): Promise<Room[]> {
  const running = await startApp(readEnv({ KEPT_DATA: folder, KEPT_LOG: "silent" }));
  const { app } = running;
  const company = await makeCompany(app, { name: "Rooms" });
  const cookieOf = async (ctx: Ctx) => {
    const { email } = await app.database.auth
      .selectFrom("person")
      .select("email")
      .where("id", "=", ctx.viewer.personId)
      .executeTakeFirstOrThrow();
    const set = await app.signIn.openSession({
      orgId: company.orgId,
      id: ctx.viewer.personId,
      name: ctx.viewer.name,
      email: email ?? "",
      userId: null,
    });
    return set.split(";")[0] ?? "";
  };
  const rooms: Room[] = [];
  for (let n = 0; n < count; n++) {
    const manager = await makePerson(app, company, { roles: ["manager"] });
    const rep = await makePerson(app, company, { manager });
    const meetingId = await makeMeeting(app, company, manager, rep);
    await openMeeting(manager, meetingId);
    const timing = await manager.tx((db) =>
      db.selectFrom("section_timing").select("section_id").where("meeting_id", "=", meetingId).executeTakeFirstOrThrow(),
    );
    rooms.push({ meetingId, section: timing.section_id, managerCookie: await cookieOf(manager), repCookie: await cookieOf(rep) });
  }
  await running.stop();
  return rooms;
}
