import { expect, test } from "vitest";
import { undoImport } from "../../src/domain/imports/undo-import.ts";
import { makeCompany, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { bringIn } from "./bring-in.ts";

const app = await makeTestApp();

const notices = async (orgId: string) =>
  (
    await app.database.ownerPool.query<{ address: string; words: string }>(
      `select m.address, b.words from mail m join mail_body b on b.org_id = m.org_id and b.mail_id = m.id
        where m.org_id = $1 and m.purpose = 'address' order by m.id`,
      [orgId],
    )
  ).rows;

test("an address that a file of people changes is told at the old one and the new one, and again when it is taken back", async () => {
  const made = await makeCompany(app);
  const admin = await makePerson(app, made, { name: "Ada Admin", roles: ["admin"] });
  await bringIn(app, made, "id,name,email,team\n1,Noor,noor@example.com,North\n2,Tom,tom@example.com,North\n3,Eve,,North\n");
  expect(await notices(made.orgId)).toEqual([]);
  const moved = "id,name,email,team\n1,Noor,noor@elsewhere.example,North\n2,Tom,TOM@example.com,South\n3,Eve,eve@example.com,North\n";
  const { id } = await bringIn(app, made, moved, { onlyCheck: true });
  expect(await notices(made.orgId)).toEqual([]);
  const taken = await bringIn(app, made, moved);
  const told = await notices(made.orgId);
  expect(told.map(({ address }) => address)).toEqual(["noor@example.com", "noor@elsewhere.example"]);
  expect(told[0]?.words).toContain(
    "was changed from noor@example.com to noor@elsewhere.example, by a file of people that an admin took in.",
  );
  expect(told[0]?.words).toContain("How you sign in stays as it is.");
  expect(id).not.toBe(taken.id);
  await undoImport(admin, taken.id);
  expect((await notices(made.orgId)).slice(2).map(({ address }) => address)).toEqual([
    "noor@elsewhere.example",
    "noor@example.com",
    "eve@example.com",
  ]);
});
