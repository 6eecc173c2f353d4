import { type Lookups, type Named, type StageRow } from "../domain/imports/import-lookups.ts";
import { plainKey } from "../domain/imports/import-fields.ts";
import { salesforceId } from "../domain/imports/salesforce-id.ts";
import type { Answers } from "../domain/imports/import-settings.ts";
import { isoTexts, opportunityValues } from "../domain/imports/opportunity-values.ts";
import { newId } from "../platform/new-id.ts";
import { instantsIn } from "./instants.ts";
import { personCalled } from "./person-called.ts";
import type { FileDate } from "./read-date.ts";
import { currencyIn } from "./read-number.ts";
import { isYes, outcomeOf, saidOutcome } from "../domain/imports/read-outcome.ts";
import { isTaken, stageWords } from "./pipelines-of.ts";
import type { RowReader } from "./row-reader.ts";
import type { Converter } from "./row-converter.ts";

interface Plan {
  /** The system the file comes from. */
  source: string;
  lookups: Lookups;
  answers: Answers;
  scale: number;
  exportedAt: number;
  /** What each stage that is new is taken for. */
  outcomes: ReadonlyMap<string, StageRow["outcome"]>;
  openingStage: StageRow | null;
  stageFor(name: string, outcome?: StageRow["outcome"]): StageRow;
  stageOfOutcome(outcome: "won" | "lost"): StageRow;
  productFor(name: string): Named;
}

const isCurrency = /^[A-Z]{3}$/;

/** Turns a row into an opportunity with the instants of its past. */
export function opportunityConverter(reader: RowReader, plan: Plan): Converter {
  const instantOf = instantsIn(plan.lookups.timeZone);
  const iso = isoTexts();
  return () => {
    const owner = findOwner(reader, plan);
    const stage = findStage(reader, plan);
    const created = reader.date("created_on");
    const close = closeOf(reader, stage?.outcome ?? "open");
    const amount = amountOf(reader, stage?.outcome ?? "open", plan.scale);
    const account = accountOf(reader, plan.source);
    const productText = reader.text("product");
    const product = productText ? plan.productFor(productText) : null;
    const externalId = findKey(reader, plan.source, account, created?.day ?? "");
    const [name, forecast, nextStep] = [reader.text("name"), reader.text("forecast_category"), reader.text("next_step")];
    const currency = currencyOf(reader, plan.lookups.currency);
    if (currency !== null && !isCurrency.test(currency)) reader.problems.push(`“${currency}” is no currency`);
    if (!owner || !stage || !externalId || reader.problems.length > 0) return null;

    const given = {
      externalId,
      name,
      ownerId: owner.id,
      account,
      product,
      stage,
      amount,
      currency,
      closeDay: close?.day ?? null,
      closeAt: close ? instantOf(close) : null,
      createdAt: created ? instantOf(created) : null,
      forecastCategory: forecast,
      nextStep,
    };
    const { values, isLate } = opportunityValues(given, { ...plan, newId }, iso);
    return {
      values,
      warning: isLate ? `closed on ${close?.day}, before it was created on ${created?.day}: taken as created when it closed` : null,
    };
  };
}

/** The actual day once it is won or lost, the expected one while it is open. */
function closeOf(reader: RowReader, outcome: StageRow["outcome"]): FileDate | null {
  const expected = reader.date("close_on");
  if (outcome === "open") return expected;
  return reader.date(outcome === "won" ? "won_on" : "lost_on") ?? reader.date("closed_on") ?? expected;
}

function amountOf(reader: RowReader, outcome: StageRow["outcome"], scale: number): number | null {
  if (isYes(reader.text("is_list_price"))) return null;
  const amount = reader.money("amount", scale);
  return outcome === "won" ? (reader.money("actual_amount", scale) ?? amount) : amount;
}

/** An empty cell means the organisation's own; without a column only an amount may say it, and else nothing is said. */
function currencyOf(reader: RowReader, home: string): string | null {
  const said = reader.text("currency")?.toUpperCase() ?? currencyIn(reader.text("amount") ?? "", home);
  return said ?? (reader.has("currency") ? home : null);
}

/** HubSpot lists every company of a deal; the first is the one it is made for. */
function accountOf(reader: RowReader, source: string): string | null {
  const text = reader.text("account")?.replaceAll(/\s+/g, " ") ?? null;
  return source === "hubspot" && text?.includes(";") ? text.split(";")[0]?.trim() || null : text;
}

function findOwner(reader: RowReader, plan: Plan): Named | null {
  const text = reader.text("owner");
  const others = [reader.text("owner_email"), reader.text("owner_id")].filter((one) => one !== null);
  if (text === null && others.length === 0) {
    if (reader.problems.length === 0) reader.problems.push("it has no owner");
    return null;
  }
  return ownerCalled(text ?? others[0] ?? "", others, plan, reader.problems);
}

/** By what was answered, then by mail address and id, then by name. */
function ownerCalled(text: string, others: readonly string[], { lookups, answers }: Plan, problems: string[]): Named | null {
  const answer = answers.owners?.[text];
  if (answer === "") {
    problems.push(`its owner “${text}” is left out`);
    return null;
  }
  if (answer) return { id: answer, name: text };
  for (const other of others) {
    const person = personCalled(lookups, other);
    if (person) return person;
  }
  const found = personCalled(lookups, text);
  if (found) return found;
  problems.push(found === null ? `more than one person is called “${text}”` : `nobody here is called “${text}”`);
  return null;
}

function findStage(reader: RowReader, plan: Plan): StageRow | null {
  const text = reader.text("stage");
  const status = reader.text("status");
  const pipeline = reader.text("pipeline");
  if (!isTaken(pipeline, plan.answers)) {
    reader.problems.push(`its pipeline “${pipeline}” is left out`);
    return null;
  }
  const outcome = saidOutcome(
    (field) => reader.text(field),
    (field) => reader.date(field)?.day ?? "",
  );
  if (text === null && status === null) {
    reader.problems.push("it has no stage");
    return null;
  }
  const named = text === null ? "open" : (plan.outcomes.get(text) ?? outcomeOf(text));
  const stage = text === null ? null : plan.stageFor(stageWords(text, pipeline, plan.answers, named), named);
  if (stage && (outcome === "open" || stage.outcome === outcome)) return stage;
  return outcome === "open" ? plan.stageFor(status ?? "Open") : plan.stageOfOutcome(outcome);
}

/** The row's own id; without such a column its name, account and day of creation. */
function findKey(reader: RowReader, source: string, account: string | null, created: string): string | null {
  if (reader.has("external_id")) {
    const id = reader.text("external_id");
    if (id === null) reader.problems.push("it has no id");
    return id !== null && source === "salesforce" ? salesforceId(id) : id;
  }
  const name = reader.text("name");
  if (name === null) {
    reader.problems.push("it has no name");
    return null;
  }
  return `name:${plainKey(name)}|${plainKey(account ?? "")}|${created}`;
}
