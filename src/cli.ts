import { backup } from "./commands/backup.ts";
import { backtest } from "./commands/backtest.ts";
import { forecasts } from "./commands/forecasts.ts";
import { importFiles } from "./commands/import.ts";
import { numbers } from "./commands/numbers.ts";
import { restore } from "./commands/restore.ts";
import { sample } from "./commands/sample.ts";
import { schema } from "./commands/schema.ts";
import { token } from "./commands/token.ts";
import { PlainError } from "./platform/plain-error.ts";

export type Command = (args: string[]) => Promise<void>;

const commands: Record<string, { run: Command; words: string }> = {
  backup: { run: backup, words: "backup FILE                      write everything into one archive, while Kept runs or not" },
  restore: { run: restore, words: "restore FILE                     fill an empty data folder or database from an archive" },
  token: { run: token, words: "token --email ADDRESS            print a personal token for the API" },
  import: {
    run: importFiles,
    words:
      "import FILE or FOLDER …          take people, products, accounts, opportunities, activities, quotas and forecasts in from CSV or Excel",
  },
  sample: { run: sample, words: "sample                           make the sample company" },
  backtest: {
    run: backtest,
    words: "backtest [--from YYYY-MM]        forecast the company's own past months and score that",
  },
  forecasts: {
    run: forecasts,
    words: "forecasts [--back-test]          work out what each month and quarter will bring, as it is done in the background",
  },
  numbers: {
    run: numbers,
    words: "numbers                          work out the numbers of each rep that are due, as it is done in the background",
  },
  schema: { run: schema, words: "schema                           write db/schema.sql and the row types from the migrations" },
};

const help = () =>
  `npm run kept -- COMMAND\n\n${Object.values(commands)
    .map(({ words }) => `  ${words}`)
    .join("\n")}\n`;

async function main(): Promise<void> {
  const [name = "help", ...args] = process.argv.slice(2);
  const command = commands[name];
  if (!command) {
    console.log(help());
    if (name !== "help" && name !== "--help") process.exitCode = 2;
    return;
  }
  await command.run(args);
}

main().catch((error: unknown) => {
  if (error instanceof PlainError) console.error(error.hint ? `${error.message} ${error.hint}` : error.message);
  else console.error(error);
  process.exitCode = 1;
});
