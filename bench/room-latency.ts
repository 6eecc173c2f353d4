import { setTimeout as sleep } from "node:timers/promises";
import { makeDataFolder, startInstance } from "../test/support/instance.ts";
import { NoteWriter } from "./note-writer.ts";
import { makeRooms } from "./rooms.ts";

/** Milliseconds from a key pressed by one to its being seen by the other, with `count` rooms typing at once for `seconds`. */
export async function roomLatency({ count = 50, seconds = 10, keysASecond = 4 } = {}): Promise<{
  p50: number;
  p95: number;
  p99: number;
  keys: number;
}> {
  const folder = makeDataFolder("kept-rooms-");
  const rooms = await makeRooms(folder, count);
  const kept = await startInstance({ folder });
  const delays: number[] = [];
  const pairs = rooms.map((room) => {
    const address = () => `${kept.url}/meetings/${room.meetingId}`;
    const people = [new NoteWriter(address, room.managerCookie), new NoteWriter(address, room.repCookie)] as const;
    const pressed: number[][] = [[], []];
    for (const [side, person] of people.entries())
      person.onSeen = () => {
        const at = performance.now();
        for (const press of pressed[1 - side]?.splice(0) ?? []) delays.push(at - press);
      };
    return { room, people, pressed };
  });
  await Promise.all(pairs.flatMap(({ people }) => people.map((person) => person.untilSaved())));
  const end = performance.now() + seconds * 1000;
  let keys = 0;
  const typing = pairs.flatMap(({ room, people, pressed }) =>
    people.map(async (person, side) => {
      await sleep(Math.random() * (1000 / keysASecond));
      while (performance.now() < end) {
        pressed[side]?.push(performance.now());
        person.type(room.section, "k");
        keys++;
        await sleep((1000 / keysASecond) * (0.5 + Math.random()));
      }
    }),
  );
  await Promise.all(typing);
  await Promise.all(pairs.flatMap(({ people }) => people.map((person) => person.untilSaved())));
  for (const { people } of pairs) for (const person of people) person.end();
  await kept.discard();
  delays.sort((a, b) => a - b);
  const at = (share: number) => Math.round((delays[Math.floor(delays.length * share)] ?? 0) * 10) / 10;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), keys };
}
