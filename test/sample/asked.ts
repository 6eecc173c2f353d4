import type { TestApp } from "../support/test-app.ts";
import { type Ctx, ctxFor } from "../../src/platform/context.ts";
import { readViewer } from "../../src/platform/sign-in.ts";

/** A question to the whole database, past every policy. */
export async function ask<T>(app: TestApp, question: string, ...values: unknown[]): Promise<T[]> {
  const { rows } = await app.database.ownerPool.query(question, values);
  return rows as T[];
}

/** How many rows answer. */
export async function count(app: TestApp, from: string, ...values: unknown[]): Promise<number> {
  const [row] = await ask<{ n: number }>(app, `select count(*)::int as n from ${from}`, ...values);
  return row?.n ?? 0;
}

export interface Somebody {
  id: string;
  name: string;
  role: string;
  orgId: string;
}

/** Everybody of the sample company, by name. */
export const everybody = (app: TestApp): Promise<Somebody[]> =>
  ask(
    app,
    `select p.id, p.name, p.org_id as "orgId", (array_agg(r.role order by array_position(array['leader','manager','rep','admin'], r.role)))[1] as role
     from person p join person_role r on r.org_id = p.org_id and r.person_id = p.id group by 1, 2, 3 order by 2`,
  );

export async function ctxOfPerson(app: TestApp, { id, orgId }: Pick<Somebody, "id" | "orgId">): Promise<Ctx> {
  const viewer = await readViewer(app.database, {
    personId: id,
    orgId,
    sessionId: null,
    today: app.clock.now().toISOString().slice(0, 10),
  });
  if (!viewer) throw new Error("nobody of the sample company");
  return ctxFor(app, viewer);
}
