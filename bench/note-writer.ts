import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import * as Y from "yjs";
import { type NoteDoc, readMessage, readNumbered, writeMessage, writeNumbered } from "../src/method/note-messages.ts";

/** Somebody typing in a room, without a browser: the same messages, the same rules for what counts as saved. */
export class NoteWriter {
  readonly doc = new Y.Doc();
  readonly #address: () => string;
  readonly #cookie: string;
  #socket: WebSocket | undefined;
  #compared = false;
  #number = 0;
  #waiting: Uint8Array[] = [];
  #inFlight = new Set<number>();
  #timer: NodeJS.Timeout | undefined;
  #ended = false;
  /** Called when somebody else's change is seen. */
  onSeen: (() => void) | undefined;

  /** `address` like http://127.0.0.1:3000/meetings/ID; asked again at every connection. */
  constructor(address: () => string, cookie: string) {
    this.#address = address;
    this.#cookie = cookie;
    this.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin === "server") return;
      this.#waiting.push(update);
      if (this.#timer === undefined) this.#timer = setTimeout(() => this.#flush(), this.#inFlight.size > 0 ? 40 : 0);
    });
    this.#connect();
  }

  #connect(): void {
    if (this.#ended) return;
    const url = new URL(`${this.#address()}/notes`);
    const socket = new WebSocket(url.href.replace(/^http/, "ws"), {
      headers: { cookie: this.#cookie, origin: url.origin },
      handshakeTimeout: 2_000,
    });
    this.#socket = socket;
    socket.on("open", () => socket.send(writeMessage("state", "shared", Y.encodeStateVector(this.doc))));
    socket.on("message", (bytes: Buffer) => this.#heard(bytes));
    socket.on("error", () => {});
    socket.on("close", () => {
      if (this.#socket !== socket) return;
      this.#compared = false;
      this.#inFlight.clear();
      setTimeout(() => this.#connect(), 80);
    });
  }

  #heard(bytes: Buffer): void {
    const message = readMessage(new Uint8Array(bytes));
    if (!message || message.doc !== ("shared" satisfies NoteDoc)) return;
    if (message.what === "changed" && message.rest.length === 0)
      this.#socket?.send(writeMessage("state", "shared", Y.encodeStateVector(this.doc)));
    else if (message.what === "lack" || message.what === "changed") {
      Y.applyUpdate(this.doc, message.rest, "server");
      if (message.what === "changed") this.onSeen?.();
    }
    if (message.what === "stored") {
      this.#inFlight.delete(readNumbered(message.rest)?.number ?? 0);
      if (this.#waiting.length > 0 && this.#timer === undefined) this.#timer = setTimeout(() => this.#flush(), 40);
    }
    if (message.what === "state") {
      this.#waiting = [];
      this.#compared = true;
      this.#write(Y.encodeStateAsUpdate(this.doc, message.rest));
    }
  }

  #flush(): void {
    this.#timer = undefined;
    if (this.#waiting.length === 0 || !this.#compared || this.#socket?.readyState !== WebSocket.OPEN) return;
    const merged = Y.mergeUpdates(this.#waiting);
    this.#waiting = [];
    this.#write(merged);
  }

  #write(update: Uint8Array): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    this.#inFlight.add(++this.#number);
    this.#socket.send(writeMessage("write", "shared", writeNumbered(this.#number, update)));
  }

  get isSaved(): boolean {
    return this.#compared && this.#waiting.length === 0 && this.#inFlight.size === 0;
  }

  async untilSaved(limit = 15_000): Promise<void> {
    for (const start = performance.now(); !this.isSaved; await sleep(10))
      if (performance.now() - start > limit) throw new Error("not saved in time");
  }

  /** Types at the end of a section's paragraph. */
  type(section: string, text: string): void {
    this.doc.transact(() => {
      const fragment = this.doc.getXmlFragment(section);
      if (fragment.length === 0) {
        const paragraph = new Y.XmlElement("paragraph");
        paragraph.insert(0, [new Y.XmlText()]);
        fragment.insert(0, [paragraph]);
      }
      const line = (fragment.get(0) as Y.XmlElement).get(0) as Y.XmlText;
      line.insert(line.length, text);
    });
  }

  /** Every letter in a section, sorted, whatever the order both typed in. */
  letters(section: string): string {
    const texts = this.doc
      .getXmlFragment(section)
      .toArray()
      .map((node) => String(node).replaceAll(/<[^>]+>/g, ""));
    return [...texts.join("")].toSorted().join("");
  }

  cut(): void {
    this.#socket?.terminate();
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#socket?.close();
  }
}
