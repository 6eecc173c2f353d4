import pg from "pg";
import type { App } from "../platform/context.ts";

const remembered = 10_000;

type Listener = (topic: string) => void;

/** Changes said by any process on this database, over LISTEN. Reconnects by itself; then every topic counts as changed. */
export class Signals {
  readonly #url: string;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #raw = new Map<string, Set<(payload: string) => void>>();
  readonly #recent = new Map<string, number>();
  #client: pg.Client | undefined;
  #stopped = false;
  #waits = 100;

  constructor(url: string) {
    this.#url = url;
  }

  async start(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url, application_name: "kept signals", options: "-c role=kept_app" });
    client.on("notification", ({ channel, payload }) => {
      if (channel === "kept_changed") this.#tell(payload ?? "");
      else for (const listener of this.#raw.get(channel) ?? []) listener(payload ?? "");
    });
    client.on("error", () => {});
    client.once("end", () => this.#again());
    this.#client = client;
    await client.connect();
    await client.query("listen kept_changed");
    for (const channel of this.#raw.keys()) await client.query(`listen ${channel}`);
    this.#waits = 100;
  }

  #again(): void {
    if (this.#stopped) return;
    const timer = setTimeout(() => this.start().catch(() => this.#again()), this.#waits);
    timer.unref();
    this.#waits = Math.min(this.#waits * 2, 5_000);
  }

  #tell(payload: string): void {
    const space = payload.indexOf(" ");
    const topic = payload.slice(space + 1);
    this.#recent.delete(payload);
    this.#recent.set(payload, Date.now());
    if (this.#recent.size > remembered) this.#recent.delete(this.#recent.keys().next().value ?? "");
    for (const listener of this.#listeners.get(payload.slice(0, space)) ?? []) listener(topic);
  }

  /** Has a topic changed since then? For a page that was rendered a moment before it began to listen. */
  changedSince(orgId: string, topic: string, since: number): boolean {
    return (this.#recent.get(`${orgId} ${topic}`) ?? 0) >= since;
  }

  /** Calls back for every change within an organisation, until the returned function is called. */
  listen(orgId: string, listener: Listener): () => void {
    const set = this.#listeners.get(orgId) ?? new Set();
    this.#listeners.set(orgId, set.add(listener));
    return () => {
      set.delete(listener);
      // Stopped twice, the second time may find that others have begun to listen since, in a set of their own.
      if (set.size === 0 && this.#listeners.get(orgId) === set) this.#listeners.delete(orgId);
    };
  }

  /** Another channel, for payloads of its own. `channel` is ours, never typed in. */
  async onChannel(channel: string, listener: (payload: string) => void): Promise<void> {
    this.#raw.set(channel, (this.#raw.get(channel) ?? new Set()).add(listener));
    await this.#client?.query(`listen ${channel}`);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#client?.end().catch(() => {});
  }
}

const known = new WeakMap<object, Signals>();

/** The one listener of this process. */
export function signalsOf(app: Pick<App, "database">): Signals {
  const found = known.get(app.database);
  if (found) return found;
  const made = new Signals(app.database.url);
  known.set(app.database, made);
  return made;
}
