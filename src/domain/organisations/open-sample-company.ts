import { sql } from "kysely";
import { type App, asActor } from "../../platform/context.ts";
import { sampleCompany, whileNobodyElseSetsUp } from "./set-up-link.ts";

/** Makes the sample company unless it is there. Clicking twice makes one. */
export async function openSampleCompany(app: App): Promise<void> {
  await whileNobodyElseSetsUp(app, async () => {
    if (await sampleCompany(app)) return;
    // Once in the life of an installation, if at all: no running program keeps its generator.
    const { makeSampleCompany } = await import("../sample/make-sample-company.ts");
    const { orgId } = await makeSampleCompany(app);
    await asActor(app, "job", orgId, async (db) => {
      await sql`select enqueue('keep_forecasts', '{}'::json, now(), 'cron keep_forecasts')`.execute(db);
      await sql`select enqueue('keep_back_test', ${JSON.stringify({ orgId })}::json, now(), ${`back-test ${orgId}`})`.execute(db);
    });
  });
}
