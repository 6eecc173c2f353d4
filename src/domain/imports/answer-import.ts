import type { Ctx } from "../../platform/context.ts";
import { recordEvent } from "../../platform/record-event.ts";
import type { What } from "./import-fields.ts";
import { rememberMatches } from "./import-matches.ts";
import { changeRun, enqueueImport, findRun } from "./import-run-store.ts";
import type { Answers } from "./import-settings.ts";

/** Keeps what the admin says about the file and has it looked over again. False when it is already being taken in. */
export async function answerImport(ctx: Ctx, runId: string, what: What | null, answers: Answers): Promise<boolean> {
  const { orgId } = ctx.viewer;
  return ctx.tx(async (db) => {
    const run = await findRun(db, orgId, runId);
    const said = run ? await rememberMatches(db, ctx, run.source, answers) : answers;
    const recalled = run?.settings.isRecalled ? { isRecalled: true, foundHeader: run.settings.foundHeader ?? [] } : {};
    const changed = await changeRun(db, orgId, runId, ["needs_answers", "checked", "failed"], {
      state: "uploaded",
      what,
      settings: { answers: said, ...recalled },
      problem: null,
      rowsDone: 0,
      finishedAt: null,
    });
    if (!changed) return false;
    await enqueueImport(db, "import_check", orgId, runId);
    await recordEvent(db, ctx, "answer", "import", runId);
    return true;
  });
}
