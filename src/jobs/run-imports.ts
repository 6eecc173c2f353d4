import { enqueueImport, unfinishedRuns } from "../domain/imports/import-run-store.ts";
import { type App, asActor } from "../platform/context.ts";
import { eachOrganisation } from "./each-organisation.ts";

/** Looks a file over, or takes it in: whichever the run waits for. What reads files is loaded when there is one. */
export const importJob = async (app: App, payload: unknown): Promise<void> => {
  const { orgId, runId } = payload as { orgId: string; runId: string };
  const { runImport } = await import("../imports/run-import.ts");
  return runImport(app, orgId, runId);
};

/** Imports that a stopped program left half-done begin again; a large one goes on from the rows it has kept. */
export const resumeImports = (app: App): Promise<void> =>
  eachOrganisation(app, (_, orgId) =>
    asActor(app, "import", orgId, async (db) => {
      for (const runId of await unfinishedRuns(db, orgId)) await enqueueImport(db, "import_check", orgId, runId);
    }),
  );
