import { setTimeout as sleep } from "node:timers/promises";
import { type Instance, makeDataFolder, startInstance } from "../test/support/instance.ts";
import { startProxy } from "../test/support/tcp-proxy.ts";
import { NoteWriter } from "./note-writer.ts";
import { makeRooms, type Room } from "./rooms.ts";

interface Typists {
  room: Room;
  people: [NoteWriter, NoteWriter];
  /** Types letters from both at once, counting them. */
  type(milliseconds: number): Promise<void>;
  /** How many letters are missing on either side, and on a third who comes fresh from the server. */
  lost(address: () => string): Promise<number>;
}

function typists(room: Room, addresses: [() => string, () => string]): Typists {
  const people: [NoteWriter, NoteWriter] = [new NoteWriter(addresses[0], room.managerCookie), new NoteWriter(addresses[1], room.repCookie)];
  let typed = 0;
  const type = async (milliseconds: number) => {
    const end = performance.now() + milliseconds;
    await Promise.all(
      people.map(async (person) => {
        while (performance.now() < end) {
          person.type(room.section, "x");
          typed++;
          await sleep(10 + Math.random() * 20);
        }
      }),
    );
  };
  const lost = async (address: () => string) => {
    await Promise.all(people.map((person) => person.untilSaved(30_000)));
    const fresh = new NoteWriter(address, room.managerCookie);
    await fresh.untilSaved();
    await sleep(100);
    const counts = [...people, fresh].map((person) => person.letters(room.section).length);
    fresh.end();
    return Math.max(...counts.map((count) => Math.abs(typed - count)));
  };
  return { room, people, type, lost };
}

/** Letters lost in `rounds` kill -9 of the server while two people type. */
export async function lostInKills(rounds = 50): Promise<number> {
  const folder = makeDataFolder("kept-kills-");
  const [room] = await makeRooms(folder, 1);
  let kept: Instance = await startInstance({ folder });
  const port = new URL(kept.url).port;
  const address = () => `http://127.0.0.1:${port}/meetings/${room?.meetingId}`;
  const both = typists(room as Room, [address, address]);
  for (let round = 0; round < rounds; round++) {
    const typing = both.type(500);
    await sleep(100 + Math.random() * 300);
    await kept.stop("SIGKILL");
    kept = await startInstance({ folder, env: { PORT: port } });
    await typing;
  }
  const lost = await both.lost(address);
  for (const person of both.people) person.end();
  await kept.discard();
  return lost;
}

/** Letters lost in `rounds` cuts of one person's network while both type. */
export async function lostInCuts(rounds = 20): Promise<number> {
  const folder = makeDataFolder("kept-cuts-");
  const [room] = await makeRooms(folder, 1);
  const kept = await startInstance({ folder });
  const wire = await startProxy(Number(new URL(kept.url).port));
  const direct = () => `${kept.url}/meetings/${room?.meetingId}`;
  const both = typists(room as Room, [direct, () => `http://127.0.0.1:${wire.port}/meetings/${room?.meetingId}`]);
  for (let round = 0; round < rounds; round++) {
    const typing = both.type(600);
    await sleep(100 + Math.random() * 200);
    wire.mode = round % 2 === 0 ? "silent" : "refuse";
    await sleep(200);
    both.people[1].cut();
    wire.mode = "open";
    await typing;
  }
  const lost = await both.lost(direct);
  for (const person of both.people) person.end();
  await wire.close();
  await kept.discard();
  return lost;
}

/** Rounds in which two people type in one field at the same instant; letters lost in all. */
export async function lostInOneField(rounds = 50): Promise<number> {
  const folder = makeDataFolder("kept-field-");
  const [room] = await makeRooms(folder, 1);
  const kept = await startInstance({ folder });
  const address = () => `${kept.url}/meetings/${room?.meetingId}`;
  const both = typists(room as Room, [address, address]);
  for (let round = 0; round < rounds; round++) await both.type(40);
  const lost = await both.lost(address);
  for (const person of both.people) person.end();
  await kept.discard();
  return lost;
}
