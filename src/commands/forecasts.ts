import { parseArgs } from "node:util";
import { keepBackTest } from "../domain/back-tests/keep-back-test.ts";
import { keepForecasts } from "../domain/period-forecasts/keep-forecasts.ts";
import { readEnv } from "../platform/env.ts";
import { isId } from "../platform/new-id.ts";
import { PlainError } from "../platform/plain-error.ts";
import { startApp } from "../start-app.ts";
import { chooseCompany } from "./import-company.ts";

const usage = "npm run kept -- forecasts [--org NAME] [--back-test]";

/**
 * Works out the forecasts of a company, or runs its back-test, and keeps them: what the running program does in the background, in a
 * process of its own so that no page waits for it. `--org-id` says which company where a program asks.
 */
export async function forecasts(args: string[]): Promise<void> {
  const { org, orgId, isBackTest } = parse(args);
  const running = await startApp(readEnv(), { share: true });
  try {
    const id = orgId ?? (await chooseCompany(running.app, org));
    await (isBackTest ? keepBackTest(running.app, id) : keepForecasts(running.app, id));
  } finally {
    await running.stop();
  }
}

function parse(args: string[]): { org: string | undefined; orgId: string | undefined; isBackTest: boolean } {
  try {
    const options = { org: { type: "string" }, "org-id": { type: "string" }, "back-test": { type: "boolean" } } as const;
    const { values } = parseArgs({ args, options });
    const orgId = values["org-id"];
    if (orgId !== undefined && !isId(orgId)) throw new PlainError(`${orgId} is no id.`, usage);
    return { org: values.org, orgId, isBackTest: values["back-test"] ?? false };
  } catch (error) {
    throw error instanceof PlainError ? error : new PlainError((error as Error).message, usage);
  }
}
