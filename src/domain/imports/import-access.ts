import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { NotFound } from "../../platform/http.ts";
import { isAdmin } from "../../platform/viewer.ts";
import { findRun } from "./import-run-store.ts";
import type { Run } from "./import-settings.ts";

/** The only way to obtain an import for somebody: an admin of its organisation. */
export async function runForViewer(db: Db, ctx: Pick<Ctx, "viewer">, id: string | undefined): Promise<Run> {
  const run = isAdmin(ctx.viewer) ? await findRun(db, ctx.viewer.orgId, id) : undefined;
  if (!run) throw new NotFound("This import");
  return run;
}

export interface Choices {
  people: { id: string; name: string; email: string | null }[];
  products: { id: string; name: string }[];
  stages: string[];
  currency: string;
}

const mostPeople = 5000;

/** What the words of a file may be fitted to. */
export async function importChoices(db: Db, orgId: string): Promise<Choices> {
  const people = db.selectFrom("person").select(["id", "name", "email"]).where("org_id", "=", orgId).orderBy("name").limit(mostPeople);
  const products = db.selectFrom("product").select(["id", "name"]).where("org_id", "=", orgId).orderBy("name").limit(mostPeople);
  const stages = db.selectFrom("stage").select("name").where("org_id", "=", orgId).orderBy("position").orderBy("name");
  return {
    people: await people.execute(),
    products: await products.execute(),
    currency: (await db.selectFrom("organisation").select("currency").where("org_id", "=", orgId).executeTakeFirstOrThrow()).currency,
    stages: (await stages.execute()).map(({ name }) => name),
  };
}
