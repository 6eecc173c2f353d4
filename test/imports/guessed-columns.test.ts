import { expect, test } from "vitest";
import { fieldWords } from "../../src/domain/imports/import-fields.ts";
import type { Run } from "../../src/domain/imports/import-settings.ts";
import { checkImport } from "../../src/imports/run-import.ts";
import { makeTestApp } from "../support/test-app.ts";
import { bringIn, companyWithRep, outcomeOf, rowsOf } from "./bring-in.ts";

const app = await makeTestApp();

/** Field → name of the column suggested for it. */
const suggested = ({ what, settings: { found } }: Run) =>
  Object.fromEntries(
    Object.entries(found?.columns ?? {})
      .filter(([, at]) => at !== null)
      .map(([field, at]) => [fieldWords(what ?? "people", field), found?.header[at ?? -1]]),
  );

const german = [
  "Vorgangsnr;Bezeichnung;Kunde;Zuständig;Phase;Wert;Anlagedatum;Abschlusstermin;Quelle",
  "V-1001;Halden Linie 1;Halden Mills;Ann Rep;Qualifizierung;18.000,00 €;02.03.2026;19.12.2026;Messe",
  "V-1002;Ostrava Glas;Ostrava Glass;Ann Rep;Angebot;7.500,50 €;12.06.2026;15.12.2026;Web",
  "V-1003;Graz Presse;Graz;Ann Rep;Gewonnen;9.000,00 €;14.02.2026;19.05.2026;Messe",
];

test("a file in another language comes with every column suggested by what stands in it, and waits for a yes", async () => {
  const { made, admin } = await companyWithRep(app);
  const { id, run } = await bringIn(app, made, `${german.join("\n")}\n`);
  expect([run.state, run.what]).toEqual(["needs_answers", "opportunities"]);
  expect(run.problem).toMatch(/^The names of its columns do not say which is which\. By what stands in them the file holds opportunities/);
  expect(suggested(run)).toEqual({
    "Id in your system": "Vorgangsnr",
    Name: "Bezeichnung",
    Owner: "Zuständig",
    Account: "Kunde",
    Stage: "Phase",
    "Created on": "Anlagedatum",
    "Close date": "Abschlusstermin",
    Amount: "Wert",
  });
  const html = await (await app.request(`/imports/${id}`, { as: admin })).text();
  expect(html, "the choice is filled in").toMatch(/<select[^>]*name="column_owner"[^>]*>.*?<option value="3" selected[^>]*>Zuständig/s);

  const columns = Object.fromEntries(
    Object.entries(run.settings.found?.columns ?? {}).map(([field, at]) => [`column_${field}`, String(at ?? "")]),
  );
  await app.request(`/imports/${id}/answers`, { as: admin, form: { what: "opportunities", delimiter: "", ...columns } });

  await checkImport(app, made.orgId, id, { thenApply: true });
  expect((await outcomeOf(app, made.orgId, id)).counts).toMatchObject({ new: 3, failed: 0 });
  expect((await rowsOf(app, made, "opportunity")).map(({ amount_minor }) => amount_minor).toSorted()).toEqual(
    [1800000, 750050, 900000].toSorted(),
  );

  const next = await bringIn(app, made, `${[...german, "V-1004;Linz;Linz;Ann Rep;Angebot;1,00 €;14.02.2026;19.12.2026;Web"].join("\n")}\n`);
  expect([next.run.state, next.counts.new], "the next file of that shape is read so at once").toEqual(["applied", 1]);
});

test("names that say nothing in any language are judged by values alone: people, stages, days, sums, ids", async () => {
  const { made } = await companyWithRep(app);
  const rows = [
    "A,B,C,D,E,F",
    "2026-12-19,X-1,Ann Rep,Closed Won,18000.50,2026-03-02",
    "2026-12-11,X-2,Ann Rep,Talking,7500.00,2026-06-12",
    "2026-12-30,X-3,Ann Rep,Talking,120000.00,2026-09-01",
  ];
  const { run } = await bringIn(app, made, `${rows.join("\n")}\n`);
  expect(suggested(run)).toEqual({ "Close date": "A", "Id in your system": "B", Owner: "C", Stage: "D", Amount: "E", "Created on": "F" });
});

test("a year or a running number is no sum, and one missing column alone is suggested too", async () => {
  const { made } = await companyWithRep(app);
  const numbered = "#,opportunity_id,seller,stage,season\n1,X1,Ann Rep,Engaging,2025\n2,X2,Ann Rep,Engaging,2026\n";
  const { run } = await bringIn(app, made, numbered);
  expect(run.state).toBe("needs_answers");
  expect(suggested(run)).toEqual({ "Id in your system": "opportunity_id", Owner: "seller", Stage: "stage" });
});

test("people are told by their mail addresses", async () => {
  const { made } = await companyWithRep(app);
  const { run } = await bringIn(app, made, "Wer,Kontakt,Gruppe\nJana Nová,jana@example.com,Ost\nTom Baker,tom@example.com,West\n");
  expect([run.state, run.what]).toEqual(["needs_answers", "people"]);
  expect(suggested(run)).toEqual({ Name: "Wer", "Mail address": "Kontakt", Team: "Gruppe" });
});

test("a table of something else is still refused with its columns named", async () => {
  const { made } = await companyWithRep(app);
  const { run } = await bringIn(app, made, "Datum,Ort,Temperatur\n2026-01-01,Graz,1.5\n2026-01-02,Linz,2.5\n");
  expect(run.problem).toMatch(/^Its columns \(Datum, Ort, Temperatur\) fit nothing/);
});
