import { expect, test } from "vitest";
import { makeTestApp } from "../support/test-app.ts";
import { bringIn, companyWithRep } from "./bring-in.ts";

const app = await makeTestApp();

const file = [
  "Opportunity ID,Opportunity Owner,Opportunity Name,Stage,Probability (%),Close Date,Amount,Type,Lead Source",
  "006A,Ann Rep,Halden,Discovery,15,2026-12-19,100,New Business,Web",
  "006B,Ann Rep,Ostrava,Discovery,15,2026-12-19,100,New Business,Fair",
  "006C,Ann Rep,Lund,Discovery,40,2026-12-19,100,Renewal,Web",
  "006D,Ann Rep,Turku,Negotiation,80,2026-12-19,100,Renewal,Web",
  "006E,Ann Rep,Graz,Closed Won,100,2026-01-19,100,Renewal,Web",
].join("\n");

type Company = Awaited<ReturnType<typeof companyWithRep>>;
const words = async (path: string, { admin }: Company) =>
  (await (await app.request(path, { as: admin })).text()).replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");

test("what of an export is not used is said, and what becomes of its probability", async () => {
  const company = await companyWithRep(app);
  const { id } = await bringIn(app, company.made, `${file}\n`, { onlyCheck: true });
  const preview = await words(`/imports/${id}`, company);
  expect(preview).toContain("Not used: Type and Lead Source. Kept has no place for them.");
  expect(preview).toContain(
    "The probability is kept by stage, not by deal: Discovery 15 % and Negotiation 80 %. A sales process begins with it.",
  );
});

test("a sales process of the CRM's own stages begins with the probabilities of its export", async () => {
  const company = await companyWithRep(app);
  await bringIn(app, company.made, `${file}\n`);
  expect(await words("/process", company)).toContain("Discovery 15 % and Negotiation 80 %");
  await app.request("/process/draft/start", { as: company.admin, form: { from: "stages" } });
  const html = await (await app.request("/process/draft", { as: company.admin })).text();
  const filledIn = [...html.matchAll(/name="probability [^"]*"[^>]*value="(\d+)"/g)].map(([, value]) => Number(value));
  expect(filledIn).toEqual(expect.arrayContaining([15, 80]));
});

test("a deal that has ended in its stage says nothing of how likely the stage is", async () => {
  const company = await companyWithRep(app);
  const rows = ["41,Offer,Open,40", "42,Offer,Lost,0", "43,Offer,Lost,0", "44,Offer,Won,100", "45,Signing,Won,100"];
  const content = [
    "Deal - ID,Deal - Owner,Deal - Stage,Deal - Status,Deal - Probability",
    ...rows.map((row) => row.replace(",", ",Ann Rep,")),
  ];
  const { id } = await bringIn(app, company.made, `${content.join("\n")}\n`, { onlyCheck: true });
  expect(await words(`/imports/${id}`, company)).toContain("The probability is kept by stage, not by deal: Offer 40 %.");
});

test("a probability that each deal has for itself says nothing of its stage", async () => {
  const company = await companyWithRep(app);
  const [header, ...rows] = file.split("\n");
  const ownOfEach = rows.slice(0, 3).map((row, i) => row.replace(/,(15|40),/, `,${20 + i},`));
  const { id } = await bringIn(app, company.made, `${[header, ...ownOfEach].join("\n")}\n`, { onlyCheck: true });
  expect(await words(`/imports/${id}`, company)).toContain("The probability differs from deal to deal and is not kept");
});
