import { sql } from "kysely";
import { expect, test } from "vitest";
import { undoImport } from "../../src/domain/imports/undo-import.ts";
import { insertDefaultStages } from "../../src/domain/organisations/insert-default-stages.ts";
import { asActor } from "../../src/platform/context.ts";
import { type Company, makeCompany, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { bringIn, rowsOf } from "./bring-in.ts";

const app = await makeTestApp();
app.setNow("2026-11-22T15:00:00Z");

/** A company as set-up makes it. */
async function company() {
  const made = await makeCompany(app);
  const admin = await makePerson(app, made, { name: "Ada Admin", roles: ["admin"] });
  await makePerson(app, made, { name: "Ann Rep" });
  await app.database.ownerPool.query("delete from stage where org_id = $1", [made.orgId]);
  await asActor(app, "set-up", made.orgId, (db) => insertDefaultStages(db, made.orgId));
  return { made, admin };
}

const stagesOf = async (of: Company) =>
  (await rowsOf(app, of, "stage")).toSorted((a, b) => a.position - b.position).map(({ name }) => name);

/** Every stage that the past of its deals names. */
async function pastOf(of: Company): Promise<string[]> {
  const { rows } = await asActor(app, "import", of.orgId, (db) =>
    sql<{
      name: string;
    }>`select distinct s.name from opportunity_change c join stage s on s.org_id = c.org_id and s.id::text in (c.before, c.after)
      where c.org_id = ${of.orgId} and c.field = 'stage'`.execute(db),
  );
  return rows.map(({ name }) => name).toSorted();
}

const own = `id,name,owner,stage,created,close date
1,Mill,Ann Rep,Negotiate,2026-03-01,2026-12-01
2,Kiln,Ann Rep,Qualify,2026-03-02,2026-12-02
3,Dock,Ann Rep,Closed Won,2026-03-03,2026-06-03
4,Pier,Ann Rep,Closed Lost,2026-03-04,2026-06-04
`;

test("a company that brings stages of its own has those only, and no past names another", async () => {
  const { made } = await company();
  await bringIn(app, made, own);
  expect(await stagesOf(made)).toEqual(["Qualify", "Negotiate", "Closed Won", "Closed Lost"]);
  expect(await pastOf(made)).toEqual(["Closed Lost", "Closed Won", "Negotiate", "Qualify"]);
});

test("taken back, the stages it began with are there again", async () => {
  const { made, admin } = await company();
  const { id } = await bringIn(app, made, own);
  await undoImport(admin, id);
  expect(await stagesOf(made)).toEqual(["Prospecting", "Engaging", "Won", "Lost"]);
});

test("those the file uses stay, and so do won and lost while it has none of its own", async () => {
  const { made } = await company();
  await bringIn(app, made, "id,name,owner,stage,created\n1,Mill,Ann Rep,Engaging,2026-03-01\n2,Kiln,Ann Rep,Offering,2026-03-02\n");
  expect(await stagesOf(made)).toEqual(["Engaging", "Offering", "Won", "Lost"]);
});

test("a file of closed deals alone leaves a stage in which they were open", async () => {
  const { made } = await company();
  await bringIn(app, made, "id,name,owner,stage,created,close date\n1,Mill,Ann Rep,Closed Won,2026-03-01,2026-05-01\n");
  expect(await stagesOf(made)).toEqual(["Prospecting", "Engaging", "Lost", "Closed Won"]);
});

test("a stage that the company has put into its sales process stays", async () => {
  const { made, admin } = await company();
  const [first] = (await rowsOf(app, made, "stage")).filter(({ name }) => name === "Engaging");
  const version = crypto.randomUUID();
  await app.database.ownerPool.query(
    "insert into process_version (org_id, id, version, name, valid_from, published_by) values ($1, $2, 1, 'Ours', '2026-01-01', $3)",
    [made.orgId, version, admin.viewer.personId],
  );
  await app.database.ownerPool.query(
    "insert into process_stage (org_id, version_id, stage_id, position, experience, probability) values ($1, $2, $3, 0, '', 10)",
    [made.orgId, version, first?.id],
  );
  await bringIn(app, made, own);
  expect(await stagesOf(made)).toEqual(["Engaging", "Qualify", "Negotiate", "Closed Won", "Closed Lost"]);
});

test("numbers before the names and probabilities give the order of the stages", async () => {
  const { made } = await company();
  await bringIn(app, made, "id,name,owner,stage\n1,Mill,Ann Rep,3 - Offer\n2,Kiln,Ann Rep,1 - Lead\n3,Dock,Ann Rep,2 - Plan\n");
  expect((await stagesOf(made)).slice(0, 3)).toEqual(["1 - Lead", "2 - Plan", "3 - Offer"]);
});
