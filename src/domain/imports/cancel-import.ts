import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Ctx } from "../../platform/context.ts";
import { recordEvent } from "../../platform/record-event.ts";
import { changeRun, findRun } from "./import-run-store.ts";
import { uploadFolder } from "./upload-folder.ts";

/** Drops a file that has not been taken in, with the rows of it that were listed. */
export async function cancelImport(ctx: Ctx, runId: string): Promise<boolean> {
  const { orgId } = ctx.viewer;
  const path = await ctx.tx(async (db) => {
    const run = await findRun(db, orgId, runId);
    const change = { state: "cancelled", finishedAt: ctx.clock.now(), filePath: null } as const;
    if (!(await changeRun(db, orgId, runId, ["uploaded", "needs_answers", "checked", "failed"], change))) return null;
    // Its rows are nobody's business any more.
    await db.deleteFrom("import_row").where("org_id", "=", orgId).where("run_id", "=", runId).execute();
    await recordEvent(db, ctx, "drop", "import", runId);
    return run?.filePath ?? "";
  });
  if (path?.startsWith(uploadFolder(ctx))) await rm(path, { force: true });
  for (const end of ["", ".json", ".json.part"]) await rm(join(uploadFolder(ctx), `${runId}.rows${end}`), { force: true });
  return path !== null;
}
