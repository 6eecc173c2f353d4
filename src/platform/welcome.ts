import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { App } from "./context.ts";
import { newId } from "./new-id.ts";
import { hashToken, newToken } from "./secret.ts";

/** A new one-time set-up link; undefined once there is a company. Links of earlier starts stay good until then. */
export async function makeSetUpToken(app: App): Promise<string | undefined> {
  const real = await app.database.auth.selectFrom("organisation").select("org_id").where("is_sample", "=", false).executeTakeFirst();
  if (real) return undefined;
  const token = newToken();
  await app.database.auth
    .insertInto("access_link")
    .values({ id: newId(), purpose: "set-up", token_hash: hashToken(token), created_at: new Date() })
    .execute();
  return token;
}

/** The few lines somebody reads who has just started Kept. */
export async function printWelcome(app: App, server: Server, notes: string[]): Promise<void> {
  const { port } = server.address() as AddressInfo;
  const host = ["0.0.0.0", "::", "127.0.0.1", "::1"].includes(app.env.host) ? "localhost" : app.env.host;
  const address = app.env.publicUrl ?? `http://${host}:${port}`;
  for (const note of notes) console.log(note);
  if (app.env.frozenAt) console.log(`The clock stands still at ${app.env.frozenAt.toISOString()} (KEPT_NOW).`);
  console.log(`Kept is ready: ${address}`);
  const token = await makeSetUpToken(app);
  if (token) console.log(`Set it up with this link, which works once: ${address}/welcome/${token}`);
}
