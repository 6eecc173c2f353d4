import { makeDataFolder, startInstance } from "../test/support/instance.ts";
import { type Figure, ms } from "./figures.ts";
import { lostInCuts, lostInKills, lostInOneField } from "./note-faults.ts";
import { NoteWriter } from "./note-writer.ts";
import { roomLatency } from "./room-latency.ts";
import { makeRooms } from "./rooms.ts";

const longest = 150;

/** From a key pressed on one side to its letter on the other, with fifty rooms typing at once. */
export async function measureRoom(): Promise<Figure[]> {
  const { p50, p95, p99, keys } = await roomLatency({ count: 50, seconds: 10 });
  return [
    {
      what: `Key pressed to seen on the other screen, 50 rooms at once, p50 / p95 / p99 (${keys.toLocaleString("en-US")} keys)`,
      measured: `${ms(p50)} / ${ms(p95)} / ${ms(p99)}`,
      aim: `p95 ≤ ${longest} ms`,
      reached: p95 <= longest,
    },
  ];
}

const otherSection = "00000000-0000-7000-8000-000000000001";

/** Two people save different sections at the same instant: what is missing in the end of what both wrote. */
async function lostInTwoSections(rounds: number): Promise<number> {
  const folder = makeDataFolder("kept-sections-");
  const [room] = await makeRooms(folder, 1);
  if (!room) throw new Error("no room");
  const kept = await startInstance({ folder });
  const address = () => `${kept.url}/meetings/${room.meetingId}`;
  const manager = new NoteWriter(address, room.managerCookie);
  const rep = new NoteWriter(address, room.repCookie);
  for (let round = 0; round < rounds; round++) {
    manager.type(room.section, "m");
    rep.type(otherSection, "r");
    await Promise.all([manager.untilSaved(), rep.untilSaved()]);
  }
  const fresh = new NoteWriter(address, room.managerCookie);
  await fresh.untilSaved();
  const found = fresh.letters(room.section).length + fresh.letters(otherSection).length;
  for (const writer of [manager, rep, fresh]) writer.end();
  await kept.discard();
  return 2 * rounds - found;
}

const none = (what: string, lost: number): Figure => ({ what, measured: String(lost), aim: "0", reached: lost === 0 });

export async function measureLoss(): Promise<Figure[]> {
  return [
    none("Lost when two save different sections at the same instant, 50 rounds", await lostInTwoSections(50)),
    none("Lost when two type in one field at the same instant, 50 rounds", await lostInOneField(50)),
    none("Lost in 50 kills (-9) of the server while two type", await lostInKills(50)),
    none("Lost in 20 network cuts while two type", await lostInCuts(20)),
  ];
}
