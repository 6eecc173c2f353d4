import type { Server } from "node:http";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { meetingForViewer } from "../domain/meetings/meeting-access.ts";
import { noteDocs, noteUpdates } from "../domain/notes/note-docs.ts";
import { type Message, readMessage, readNumbered, writeMessage, writeNumbered } from "../method/note-messages.ts";
import type { App, Ctx } from "../platform/context.ts";
import { ctxFor } from "../platform/context.ts";
import { type Member, NoteRooms } from "./note-room.ts";
import { NoteRelay } from "./note-relay.ts";

const path = /^\/meetings\/([0-9a-f-]{36})\/notes$/;
const largestMessage = 4 * 2 ** 20;
const heartbeat = 20_000;

export interface NoteServer {
  stop(): void;
  readonly connected: number;
}

/**
 * The shared and private notes of the room, over one WebSocket a person and meeting.
 * A change is stored first; only then the writer is told so and the others see it.
 */
export async function serveNotes(server: Server, app: App): Promise<NoteServer> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessage, perMessageDeflate: false });
  const rooms = new NoteRooms();
  const relay = new NoteRelay(app, rooms);
  await relay.start();
  server.on("upgrade", (request, socket, head) => {
    admit(app, request)
      .then(({ ctx, meetingId }) => sockets.handleUpgrade(request, socket, head, (ws) => void welcome(ws, ctx, meetingId, rooms, relay)))
      .catch(() => refuse(socket));
  });
  const timer = setInterval(() => beat(sockets), heartbeat);
  const stop = () => {
    clearInterval(timer);
    relay.stop();
    for (const ws of sockets.clients) ws.close(1012, "restarting");
    sockets.close();
  };
  return {
    stop,
    get connected() {
      return sockets.clients.size;
    },
  };
}

function refuse(socket: Duplex): void {
  socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
}

/** Same origin, signed in, one of the pair; otherwise it throws. */
async function admit(app: App, request: IncomingMessage): Promise<{ ctx: Ctx; meetingId: string }> {
  const meetingId = path.exec((request.url ?? "").split("?")[0] ?? "")?.[1];
  const origin = request.headers.origin;
  if (!meetingId || !origin || (new URL(origin).host !== request.headers.host && origin !== app.env.publicUrl)) throw new Error("refused");
  const headers = new Headers({ cookie: request.headers.cookie ?? "" });
  const viewer = await app.signIn.viewerOf(headers, app.clock.now().toISOString().slice(0, 10));
  if (!viewer) throw new Error("refused");
  const ctx = ctxFor(app, viewer);
  await ctx.tx((db) => meetingForViewer(db, ctx, meetingId));
  return { ctx, meetingId };
}

const alive = new WeakSet<WebSocket>();

function beat(sockets: WebSocketServer): void {
  for (const ws of sockets.clients) {
    if (!alive.has(ws)) ws.terminate();
    alive.delete(ws);
    ws.ping();
  }
}

async function welcome(ws: WebSocket, ctx: Ctx, meetingId: string, rooms: NoteRooms, relay: NoteRelay): Promise<void> {
  alive.add(ws);
  ws.on("pong", () => alive.add(ws));
  const early: RawData[] = [];
  const keep = (data: RawData) => void early.push(data);
  ws.on("message", keep);
  ws.on("error", () => ws.terminate());
  try {
    const { locked, docs } = await ctx.tx(async (db) => {
      const { state } = await meetingForViewer(db, ctx, meetingId);
      return { locked: state === "closed", docs: state === "closed" ? undefined : await noteDocs(db, ctx, meetingId) };
    });
    if (locked || !docs) {
      ws.send(writeMessage("locked", "shared"));
      return ws.close(1000, "closed");
    }
    const member: Member = { socket: ws, orgId: ctx.viewer.orgId, personId: ctx.viewer.personId, docs };
    ws.on("close", rooms.join(member));
    ws.off("message", keep);
    const hear = (data: RawData) => void answer(ctx, member, rooms, relay, data).catch(() => ws.close(1011, "try again"));
    ws.on("message", hear);
    for (const data of early) hear(data);
  } catch {
    ws.close(1011, "try again");
  }
}

async function answer(ctx: Ctx, member: Member, rooms: NoteRooms, relay: NoteRelay, data: RawData): Promise<void> {
  const message = readMessage(new Uint8Array(data as Buffer));
  if (message?.what === "state") return sendWhatIsLacking(ctx, member, message);
  if (message?.what === "write") return store(ctx, member, rooms, relay, message);
  if (message?.what === "cursors" && message.doc === "shared") relay.cursors(member, message.rest);
}

async function sendWhatIsLacking(ctx: Ctx, member: Member, { doc, rest }: Message): Promise<void> {
  const Y = await import("yjs");
  const updates = await ctx.tx((db) => noteUpdates(db, member.orgId, member.docs[doc]));
  const whole = updates.length > 0 ? Y.mergeUpdates(updates) : Y.encodeStateAsUpdate(new Y.Doc());
  member.socket.send(writeMessage("lack", doc, Y.diffUpdate(whole, rest)));
  member.socket.send(writeMessage("state", doc, Y.encodeStateVectorFromUpdate(whole)));
}

async function store(ctx: Ctx, member: Member, rooms: NoteRooms, relay: NoteRelay, { doc, rest }: Message): Promise<void> {
  const numbered = readNumbered(rest);
  if (!numbered) return;
  const docId = member.docs[doc];
  try {
    await ctx.database.appPool.query({
      name: "append_note",
      text: "select append_note($1, $2, $3, $4, $5)",
      values: [member.orgId, member.personId, ctx.clock.now(), docId, Buffer.from(numbered.update)],
    });
  } catch (error) {
    // 42501: the policies refuse, because the meeting was closed meanwhile.
    if ((error as { code?: string }).code !== "42501") throw error;
    member.socket.send(writeMessage("locked", doc));
    return;
  }
  member.socket.send(writeMessage("stored", doc, writeNumbered(numbered.number)));
  rooms.tell(docId, (kind) => writeMessage("changed", kind, numbered.update), member);
  relay.changed(docId, numbered.update);
}
