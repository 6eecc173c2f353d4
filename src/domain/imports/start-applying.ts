import type { Ctx } from "../../platform/context.ts";
import { recordEvent } from "../../platform/record-event.ts";
import { changeRun, enqueueImport } from "./import-run-store.ts";

/** Has a checked file taken in. Asked twice, it is taken in once. */
export async function startApplying(ctx: Ctx, runId: string): Promise<boolean> {
  const { orgId } = ctx.viewer;
  return ctx.tx(async (db) => {
    if (!(await changeRun(db, orgId, runId, ["checked"], { state: "applying", rowsDone: 0 }))) return false;
    await enqueueImport(db, "import_apply", orgId, runId);
    await recordEvent(db, ctx, "take in", "import", runId);
    return true;
  });
}
