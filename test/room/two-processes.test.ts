import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { NoteWriter } from "../../bench/note-writer.ts";
import { makeRooms } from "../../bench/rooms.ts";
import { makeDataFolder, startInstance } from "../support/instance.ts";

test("two people on two processes of one database read each other's typing", { timeout: 60_000 }, async () => {
  const folder = makeDataFolder();
  const [room] = await makeRooms(folder, 1);
  const one = await startInstance({ folder });
  const url = `postgres://postgres@/kept?host=${encodeURIComponent(`${folder}/postgres`)}&port=5432`;
  const two = await startInstance({ folder: makeDataFolder(), env: { DATABASE_URL: url } });
  const meeting = `/meetings/${room?.meetingId}`;
  const manager = new NoteWriter(() => one.url + meeting, room?.managerCookie ?? "");
  const rep = new NoteWriter(() => two.url + meeting, room?.repCookie ?? "");
  try {
    await Promise.all([manager.untilSaved(), rep.untilSaved()]);
    const section = room?.section ?? "";
    manager.type(section, "ab");
    rep.type(section, "cd");
    manager.type(section, "x".repeat(9_000));
    const all = ["abcd", "x".repeat(9_000)].join("");
    for (let waited = 0; waited < 5_000 && (manager.letters(section) !== all || rep.letters(section) !== all); waited += 50)
      await sleep(50);
    expect(rep.letters(section)).toBe(all);
    expect(manager.letters(section)).toBe(all);
  } finally {
    manager.end();
    rep.end();
    await two.discard();
    await one.discard();
  }
});

test("a stranger's socket, a foreign page's socket and one without a session are refused", { timeout: 60_000 }, async () => {
  const folder = makeDataFolder();
  const [first, second] = await makeRooms(folder, 2);
  const kept = await startInstance({ folder });
  const { default: WebSocket } = await import("ws");
  const refused = (headers: Record<string, string>) =>
    new Promise<number>((resolve) => {
      const socket = new WebSocket(`${kept.url.replace("http", "ws")}/meetings/${first?.meetingId}/notes`, { headers });
      socket.on("unexpected-response", (_, response) => resolve(response.statusCode ?? 0));
      socket.on("open", () => {
        socket.close();
        resolve(101);
      });
      socket.on("error", () => {});
    });
  try {
    expect(await refused({ origin: kept.url, cookie: first?.managerCookie ?? "" })).toBe(101);
    expect(await refused({ origin: kept.url, cookie: second?.managerCookie ?? "" })).toBe(403);
    expect(await refused({ origin: "https://elsewhere.example", cookie: first?.managerCookie ?? "" })).toBe(403);
    expect(await refused({ origin: kept.url })).toBe(403);
  } finally {
    await kept.discard();
  }
});
