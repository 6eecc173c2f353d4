import type { Env } from "./env.ts";

/** Where people reach this Kept: what a link in a mail starts with. */
export function addressOf(env: Pick<Env, "publicUrl" | "host" | "port">): string {
  const host = ["0.0.0.0", "::", "127.0.0.1", "::1"].includes(env.host) ? "localhost" : env.host;
  return env.publicUrl ?? `http://${host}:${env.port}`;
}
