import { describe, expect, test } from "vitest";
import { questionWords } from "../../src/commands/import-words.ts";
import { outcomeOf } from "../../src/domain/imports/read-outcome.ts";
import { checkImport } from "../../src/imports/run-import.ts";
import type { Company } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { bringIn, companyWithRep, outcomeOf as outcomeOfRun, rowsOf } from "./bring-in.ts";

const app = await makeTestApp();

const head = "id,name,owner,stage";
const file = (columns: string, ...rows: string[]) => [columns, ...rows].join("\n");

async function stagesOf(of: Company): Promise<Record<string, string>> {
  return Object.fromEntries((await rowsOf(app, of, "stage")).map(({ name, outcome }) => [name, outcome]));
}

describe("a name says by itself that a deal is", () => {
  test.each([
    [
      "won",
      [
        "Closed Won",
        "6 - Closed/Won",
        "Abgeschlossen und gewonnen",
        "Gagné",
        "Fermée gagnée",
        "Ganado",
        "Cerrada ganada",
        "Chiuso vinto",
        "Fechado ganho",
        "Wygrane",
        "Vundet",
        "受注",
      ],
    ],
    [
      "lost",
      [
        "6 - Closed/Lost",
        "Abgeschlossen und verloren",
        "Perdu",
        "Cerrado perdido",
        "Chiusa persa",
        "Przegrana",
        "Tabt",
        "Förlorad",
        "失注",
        "Closed - Dead",
      ],
    ],
    ["open", ["Negotiation", "Winning proposal", "Verhandlung", "Lost contact", "Geschlossen", "Closing", "Won or lost"]],
  ] as const)("%s", (outcome, names) => {
    expect(names.map((name) => [name, outcomeOf(name)])).toEqual(names.map((name) => [name, outcome]));
  });
});

test("stages in another language that say won and lost are taken so, without a question", async () => {
  const { made } = await companyWithRep(app);
  const { run } = await bringIn(
    app,
    made,
    file(head, "1,A,Ann Rep,Angebot", "2,B,Ann Rep,Abgeschlossen und gewonnen", "3,C,Ann Rep,6 - Closed/Lost"),
  );
  expect(run.settings.found?.questions).toEqual([]);
  expect(await stagesOf(made)).toMatchObject({ Angebot: "open", "Abgeschlossen und gewonnen": "won", "6 - Closed/Lost": "lost" });
  expect((await rowsOf(app, made, "opportunity")).map(({ outcome }) => outcome).toSorted()).toEqual(["lost", "open", "won"]);
});

test("where a probability speaks for won the guess is asked with examples, and the answer holds from then on", async () => {
  const { made, admin } = await companyWithRep(app);
  const rows = ["1,Mill,Ann Rep,Offer,40%", "2,Kiln,Ann Rep,Ordered,100%", "3,Dock,Ann Rep,Ordered,100%", "4,Crane,Ann Rep,Called off,0%"];
  const { id, run } = await bringIn(app, made, file(`${head},probability`, ...rows));
  expect(run.state).toBe("needs_answers");
  expect(run.settings.found?.sensed).toMatchObject([
    { name: "Offer", outcome: "open", isSure: true },
    { name: "Ordered", outcome: "won", isSure: false, rows: 2, examples: ["Kiln", "Dock"] },
    { name: "Called off", outcome: "lost", isSure: false },
  ]);
  expect(questionWords(run)).toContain("--answers outcome:Ordered=won,outcome:Called off=lost");
  const page = await (await app.request(`/imports/${id}`, { as: admin })).text();
  expect(page).toContain("Deals in “Ordered”: open, won or lost?");
  expect(page).toContain("2 rows, such as Kiln and Dock; its probability is 100% in every row.");
  expect(page).toMatch(/name="outcome_1" value="won"[^>]*checked/);
  await app.request(`/imports/${id}/answers`, { as: admin, form: { what: "opportunities", outcome_1: "won", outcome_2: "open" } });
  await checkImport(app, made.orgId, id, { thenApply: true });
  expect((await outcomeOfRun(app, made.orgId, id)).run.state).toBe("applied");
  expect(await stagesOf(made)).toMatchObject({ Ordered: "won", "Called off": "open" });
  const next = await bringIn(app, made, file(`${head},probability`, ...rows, "5,Pier,Ann Rep,Ordered,100%"));
  expect(next.run.settings.found?.questions).toEqual([]);
  expect(next.counts).toEqual({ new: 1, changed: 0, same: 4, failed: 0 });
});

test("a probability that agrees with the name, or is the same everywhere, asks nothing", async () => {
  const { made } = await companyWithRep(app);
  const agreed = await bringIn(app, made, file(`${head},probability`, "1,A,Ann Rep,Offer,0.4", "2,B,Ann Rep,Cancelled,0"));
  expect(agreed.run.settings.found?.questions).toEqual([]);
  expect(await stagesOf(made)).toMatchObject({ Cancelled: "lost" });
  const { made: second } = await companyWithRep(app);
  const flat = await bringIn(app, second, file(`${head},probability`, "1,A,Ann Rep,Offer,0", "2,B,Ann Rep,Plan,0"));
  expect(flat.run.settings.found?.questions).toEqual([]);
});

test("a stage that only says that it is over, or whose close dates have all passed, is asked about", async () => {
  const { made } = await companyWithRep(app);
  const over = await bringIn(app, made, file(head, "1,A,Ann Rep,Geschlossen"));
  expect(over.run.settings.found?.questions.map(({ kind }) => kind)).toEqual(["outcomes"]);
  const rows = [1, 2, 3].map((n) => `${n},D${n},Ann Rep,Kotiutettu,2026-01-0${n},2026-02-0${n}`);
  const past = await bringIn(app, made, file(`${head},created,close date`, ...rows, "9,E,Ann Rep,Tarjous,2026-03-01,2026-05-01"));
  expect(past.run.settings.found?.sensed).toMatchObject([
    { name: "Kotiutettu", outcome: null, isSure: false, why: "every close date in it has passed" },
    { name: "Tarjous", outcome: "open", isSure: true },
  ]);
});

test("what is closed and not won is lost, and marks may be in another language", async () => {
  const { made } = await companyWithRep(app);
  await bringIn(
    app,
    made,
    file(`${head},is closed,won`, "1,A,Ann Rep,Offer,ja,ja", "2,B,Ann Rep,Offer,ja,nein", "3,C,Ann Rep,Offer,nein,nein"),
  );
  expect((await rowsOf(app, made, "opportunity")).map(({ name, outcome }) => `${name} ${outcome}`).toSorted()).toEqual([
    "A won",
    "B lost",
    "C open",
  ]);
});
