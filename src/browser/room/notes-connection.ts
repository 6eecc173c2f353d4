import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate, removeAwarenessStates } from "y-protocols/awareness";
import { IndexeddbPersistence } from "y-indexeddb";
import * as Y from "yjs";
import { type Message, type NoteDoc, readMessage, readNumbered, writeMessage, writeNumbered } from "../../method/note-messages.ts";

export type SaveState = "saved" | "saving" | "offline" | "locked";

const leastGap = 40;
const longestWait = 5_000;
// A network that is gone says nothing: unanswered for this long, a connection counts as lost.
const patience = 5_000;
const fromServer = "server";

/**
 * Both documents of one meeting and their one connection. Every keystroke is kept on this device (IndexedDB) first, then sent;
 * it counts as saved only when the server has answered that it is stored. After a cut both sides compare what they have.
 */
export class NotesConnection extends EventTarget {
  readonly docs: Record<NoteDoc, Y.Doc> = { shared: new Y.Doc(), private: new Y.Doc() };
  readonly awareness = new Awareness(this.docs.shared);
  readonly #meetingId: string;
  #socket: WebSocket | undefined;
  #waiting: Record<NoteDoc, Uint8Array[]> = { shared: [], private: [] };
  #inFlight = new Map<number, NoteDoc>();
  #compared: Record<NoteDoc, boolean> = { shared: false, private: false };
  #number = 0;
  #sending: number | undefined;
  #retry: number | undefined;
  #watch: number | undefined;
  #heardAt = 0;
  #sentAt = 0;
  #wait = 250;
  #stopped = false;
  #locked = false;
  readonly ready: Promise<unknown>;

  constructor(meetingId: string, owner: string) {
    super();
    this.#meetingId = meetingId;
    const kept = (["shared", "private"] as const).map((doc) => this.#keepOnDevice(doc, owner));
    this.ready = Promise.race([Promise.all(kept), new Promise((resolve) => setTimeout(resolve, 1_500))]);
    for (const doc of ["shared", "private"] as const)
      this.docs[doc].on("update", (update: Uint8Array, origin: unknown) => this.#typed(doc, update, origin));
    this.awareness.on("update", ({ added, updated, removed }: Record<string, number[]>, origin: unknown) => {
      const mine = [...(added ?? []), ...(updated ?? []), ...(removed ?? [])];
      if (origin !== fromServer) this.#send(writeMessage("cursors", "shared", encodeAwarenessUpdate(this.awareness, mine)));
      this.dispatchEvent(new Event("people"));
    });
    window.addEventListener("online", this.#reconnectNow);
    window.addEventListener("offline", this.#cut);
    this.#watch = window.setInterval(
      () =>
        this.#inFlight.size > 0 &&
        performance.now() - this.#heardAt > patience &&
        performance.now() - this.#sentAt > patience &&
        this.#cut(),
      1_000,
    );
    window.addEventListener("pagehide", this.#leave);
    void this.ready.then(() => this.#connect());
  }

  #keepOnDevice(doc: NoteDoc, owner: string): Promise<unknown> {
    try {
      const store = new IndexeddbPersistence(`kept notes ${this.#meetingId} ${doc} ${owner}`, this.docs[doc]);
      return store.whenSynced;
    } catch {
      return Promise.resolve();
    }
  }

  get state(): SaveState {
    if (this.#locked) return "locked";
    if (this.#socket?.readyState !== WebSocket.OPEN) return "offline";
    return this.#inFlight.size === 0 &&
      this.#waiting.shared.length + this.#waiting.private.length === 0 &&
      this.#compared.shared &&
      this.#compared.private
      ? "saved"
      : "saving";
  }

  #typed(doc: NoteDoc, update: Uint8Array, origin: unknown): void {
    if (origin === fromServer || origin instanceof IndexeddbPersistence) return;
    this.#waiting[doc].push(update);
    this.#sendSoon(this.#inFlight.size > 0 ? leastGap : 4);
    this.#changed();
  }

  #sendSoon(gap: number): void {
    if (this.#sending === undefined) this.#sending = window.setTimeout(this.#flush, gap);
  }

  #flush = (): void => {
    this.#sending = undefined;
    for (const doc of ["shared", "private"] as const) {
      const updates = this.#waiting[doc];
      if (updates.length === 0 || !this.#compared[doc]) continue;
      const merged = updates.length === 1 ? (updates[0] as Uint8Array) : Y.mergeUpdates(updates);
      if (this.#write(doc, merged)) this.#waiting[doc] = [];
    }
    this.#changed();
  };

  #write(doc: NoteDoc, update: Uint8Array): boolean {
    const number = ++this.#number;
    if (!this.#send(writeMessage("write", doc, writeNumbered(number, update)))) return false;
    if (this.#inFlight.size === 0) this.#sentAt = performance.now();
    this.#inFlight.set(number, doc);
    return true;
  }

  #send(frame: Uint8Array): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(frame as Uint8Array<ArrayBuffer>);
    return true;
  }

  #connect(): void {
    if (this.#stopped || this.#locked) return;
    const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/meetings/${this.#meetingId}/notes`);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    socket.addEventListener("open", () => this.#compare());
    socket.addEventListener("message", (event) => socket === this.#socket && this.#heard(new Uint8Array(event.data as ArrayBuffer)));
    // A connection that hangs while it is made is given up like one that falls silent.
    window.setTimeout(() => socket.readyState === WebSocket.CONNECTING && socket === this.#socket && this.#cut(), patience);
    socket.addEventListener("close", () => this.#lost(socket));
  }

  #compare(): void {
    this.#wait = 250;
    for (const doc of ["shared", "private"] as const) this.#send(writeMessage("state", doc, Y.encodeStateVector(this.docs[doc])));
    this.#send(writeMessage("cursors", "shared", encodeAwarenessUpdate(this.awareness, [this.awareness.clientID])));
    this.#changed();
  }

  #lost(socket: WebSocket): void {
    if (socket !== this.#socket) return;
    this.#socket = undefined;
    this.#inFlight.clear();
    this.#compared = { shared: false, private: false };
    removeAwarenessStates(
      this.awareness,
      [...this.awareness.getStates().keys()].filter((id) => id !== this.awareness.clientID),
      fromServer,
    );
    this.#changed();
    this.#retry = window.setTimeout(() => this.#connect(), this.#wait + Math.random() * 250);
    this.#wait = Math.min(this.#wait * 2, longestWait);
  }

  #reconnectNow = (): void => {
    this.#wait = 250;
    clearTimeout(this.#retry);
    if (!this.#socket) this.#connect();
  };

  #leave = (): void => {
    this.#flush();
    this.awareness.setLocalState(null);
  };

  /** Does not wait for a goodbye that may never come. */
  #cut = (): void => {
    const socket = this.#socket;
    if (!socket) return;
    socket.close();
    this.#lost(socket);
  };

  #heard(frame: Uint8Array): void {
    this.#heardAt = performance.now();
    const message = readMessage(frame);
    if (message) this[`on_${message.what}`]?.(message);
    this.#changed();
  }

  private on_lack({ doc, rest }: Message): void {
    Y.applyUpdate(this.docs[doc], rest, fromServer);
  }

  private on_changed({ doc, rest }: Message): void {
    if (rest.length === 0) this.#send(writeMessage("state", doc, Y.encodeStateVector(this.docs[doc])));
    else Y.applyUpdate(this.docs[doc], rest, fromServer);
  }

  /** The server says what it has: everything it lacks goes out in one piece, typed now or before a crash. */
  private on_state({ doc, rest }: Message): void {
    const lacking = Y.encodeStateAsUpdate(this.docs[doc], rest);
    this.#waiting[doc] = [];
    this.#compared[doc] = true;
    if (holdsSomething(lacking)) this.#write(doc, lacking);
  }

  private on_stored({ rest }: Message): void {
    const numbered = readNumbered(rest);
    if (numbered) this.#inFlight.delete(numbered.number);
    if (this.#waiting.shared.length + this.#waiting.private.length > 0) this.#sendSoon(leastGap);
  }

  private on_cursors({ rest }: Message): void {
    applyAwarenessUpdate(this.awareness, rest, fromServer);
    this.dispatchEvent(new Event("people"));
  }

  private on_locked(): void {
    this.#locked = true;
    this.#inFlight.clear();
    this.#changed();
  }

  private on_write(): void {}

  #changed(): void {
    this.dispatchEvent(new Event("state"));
  }

  stop(): void {
    this.#stopped = true;
    this.#leave();
    window.removeEventListener("online", this.#reconnectNow);
    window.removeEventListener("offline", this.#cut);
    clearInterval(this.#watch);
    window.removeEventListener("pagehide", this.#leave);
    this.#socket?.close();
  }
}

/** Does an update carry anything the server lacks? Deletions alone always travel: they are small and harmless twice. */
function holdsSomething(update: Uint8Array): boolean {
  const { structs, ds } = Y.decodeUpdate(update);
  return structs.length > 0 || ds.clients.size > 0;
}

const known = new Map<string, NotesConnection>();

/** The one connection of this page to a meeting's notes. */
export function connectionTo(meetingId: string, owner: string): NotesConnection {
  for (const [id, connection] of known) {
    if (id === meetingId) return connection;
    connection.stop();
    known.delete(id);
  }
  const made = new NotesConnection(meetingId, owner);
  known.set(meetingId, made);
  return made;
}
