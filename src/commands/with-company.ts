import { parseArgs } from "node:util";
import { readEnv } from "../platform/env.ts";
import { isId } from "../platform/new-id.ts";
import { PlainError } from "../platform/plain-error.ts";
import type { App } from "../platform/context.ts";
import { startApp } from "../start-app.ts";
import { chooseCompany } from "./import-company.ts";

/**
 * Runs what the running program does in the background, in a process of its own, for one company: that of `--org NAME`, the only one,
 * or, where a program asks, that of `--org-id`.
 * @param flags further options, each on or off
 */
export async function withCompany<Flag extends string>(
  { args, usage, flags }: { args: string[]; usage: string; flags: readonly Flag[] },
  work: (app: App, orgId: string, has: (flag: Flag) => boolean) => Promise<unknown>,
): Promise<void> {
  const values = parse(args, usage, flags);
  const { org, "org-id": orgId } = values;
  const running = await startApp(readEnv(), { share: true });
  try {
    const id = typeof orgId === "string" ? orgId : await chooseCompany(running.app, typeof org === "string" ? org : undefined);
    await work(running.app, id, (flag) => values[flag] === true);
  } finally {
    await running.stop();
  }
}

function parse(args: string[], usage: string, flags: readonly string[]): Record<string, string | boolean | undefined> {
  try {
    const onOff = Object.fromEntries(flags.map((flag) => [flag, { type: "boolean" as const }]));
    const { values } = parseArgs({ args, options: { ...onOff, org: { type: "string" }, "org-id": { type: "string" } } });
    const { "org-id": orgId } = values;
    if (typeof orgId === "string" && !isId(orgId)) throw new PlainError(`${orgId} is no id.`, usage);
    return values as Record<string, string | boolean | undefined>;
  } catch (error) {
    throw error instanceof PlainError ? error : new PlainError((error as Error).message, usage);
  }
}
