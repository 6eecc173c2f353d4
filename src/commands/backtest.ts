import { parseArgs } from "node:util";
import { backTestReport } from "../domain/back-tests/back-test-report.ts";
import { calendarOf } from "../domain/organisations/organisation-calendar.ts";
import { dayNumber, monthNumber } from "../method/day-numbers.ts";
import { type App, asActor } from "../platform/context.ts";
import { readEnv } from "../platform/env.ts";
import { PlainError } from "../platform/plain-error.ts";
import { startApp } from "../start-app.ts";
import { coverageLines, monthsTable, scoreTable, standingLines } from "./backtest-words.ts";
import { chooseCompany } from "./import-company.ts";

const usage = "npm run kept -- backtest [--org NAME] [--from YYYY-MM] [--to YYYY-MM]";

/** Forecasts every past month of a company from what was known on its first day, and prints how that would have done. */
export async function backtest(args: string[]): Promise<void> {
  const { from, to, org } = parse(args);
  const running = await startApp(readEnv(), { share: true });
  try {
    console.log(await report(running.app, await chooseCompany(running.app, org), from, to));
  } finally {
    await running.stop();
  }
}

function parse(args: string[]): { from?: number; to?: number; org?: string } {
  try {
    const { values } = parseArgs({ args, options: { from: { type: "string" }, to: { type: "string" }, org: { type: "string" } } });
    return {
      ...(values.from && { from: readMonth(values.from) }),
      ...(values.to && { to: readMonth(values.to) }),
      ...(values.org && { org: values.org }),
    };
  } catch (error) {
    throw error instanceof PlainError ? error : new PlainError((error as Error).message, usage);
  }
}

function readMonth(words: string): number {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(words)) throw new PlainError(`${words} is no month.`, "Write it like 2017-04.");
  return monthNumber(dayNumber(`${words}-01`));
}

/** The whole report as text. Months that are not over cannot be scored and are left out. */
export async function report(app: App, orgId: string, from?: number, to?: number): Promise<string> {
  // As an import: of all that acts without a person only it sees every opportunity.
  return asActor(app, "import", orgId, async (db) => {
    const { name } = await calendarOf(db, orgId);
    const made = await backTestReport(db, orgId, { now: app.clock.now(), from, to });
    if (!made.known && made.refusal.lack === "deals")
      throw new PlainError(`${name} has no opportunities yet.`, "Import some first: npm run kept -- import FILE");
    if (!made.known) throw new PlainError("There is no whole month in this time that is over.", usage);
    return [
      `${name}: each month forecast on its first day, from what was known that day, beside what came.`,
      ...scoreTable(made.value),
      ...monthsTable(made.value),
      ...standingLines(made.value),
      ...coverageLines(made.value),
    ].join("\n");
  });
}
