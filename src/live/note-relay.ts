import { randomBytes } from "node:crypto";
import { writeMessage } from "../method/note-messages.ts";
import type { App } from "../platform/context.ts";
import type { Member, NoteRooms } from "./note-room.ts";
import { signalsOf } from "./signals.ts";

const channel = "kept_notes";
const gather = 15;
// NOTIFY takes at most 8,000 bytes; a larger change is fetched by the others when they next compare states.
const largest = 7_600;

/** Carries changes and cursors to the other processes on the same database. Stored first, so a lost message costs only time. */
export class NoteRelay {
  readonly #app: App;
  readonly #rooms: NoteRooms;
  readonly #self = randomBytes(4).toString("hex");
  #waiting: string[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(app: App, rooms: NoteRooms) {
    this.#app = app;
    this.#rooms = rooms;
  }

  async start(): Promise<void> {
    await signalsOf(this.#app).onChannel(channel, (payload) => this.#heard(payload));
  }

  changed(docId: string, update: Uint8Array): void {
    this.#send("u", docId, update);
  }

  cursors(from: Member, bytes: Uint8Array): void {
    this.#rooms.tell(from.docs.shared, (kind) => writeMessage("cursors", kind, bytes), from);
    this.#send("c", from.docs.shared, bytes);
  }

  #send(kind: "u" | "c", docId: string, bytes: Uint8Array): void {
    const text = Buffer.from(bytes).toString("base64");
    this.#waiting.push(`${this.#self} ${kind} ${docId} ${text.length > largest ? "" : text}`);
    this.#timer ??= setTimeout(() => void this.#flush(), gather);
  }

  async #flush(): Promise<void> {
    this.#timer = undefined;
    const payloads = this.#waiting;
    this.#waiting = [];
    // Nothing is written here, so nothing need be waited for on disk.
    await this.#app.database.appPool
      .query("select set_config('synchronous_commit', 'off', true), (select count(pg_notify($1, p)) from unnest($2::text[]) p)", [
        channel,
        payloads,
      ])
      .catch(() => {});
  }

  #heard(payload: string): void {
    const [from, kind, docId = "", text = ""] = payload.split(" ");
    if (from === this.#self || !this.#rooms.has(docId)) return;
    const bytes = new Uint8Array(Buffer.from(text, "base64"));
    if (kind === "c") this.#rooms.tell(docId, (doc) => writeMessage("cursors", doc, bytes));
    // Without the change itself the browser asks for what it lacks.
    else this.#rooms.tell(docId, (doc) => writeMessage("changed", doc, bytes));
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
