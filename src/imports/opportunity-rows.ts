import { type Lookups, type Named, type StageRow } from "../domain/imports/import-lookups.ts";
import { plainKey } from "../domain/imports/import-fields.ts";
import type { Answers } from "../domain/imports/import-settings.ts";
import type { Value } from "../domain/imports/staging.ts";
import { newId } from "../platform/new-id.ts";
import { instantsIn } from "./instants.ts";
import { outcomeOf } from "./read-outcome.ts";
import type { RowReader } from "./row-reader.ts";
import type { Converter } from "./row-converter.ts";

interface Plan {
  lookups: Lookups;
  answers: Answers;
  scale: number;
  exportedAt: number;
  openingStage: StageRow | null;
  stageFor(name: string): StageRow;
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
    const close = reader.date("close_on");
    const amount = reader.money("amount", plan.scale);
    const account = reader.text("account")?.replaceAll(/\s+/g, " ") ?? null;
    const productText = reader.text("product");
    const product = productText ? plan.productFor(productText) : null;
    const externalId = findKey(reader, account, created?.day ?? "");
    const [name, forecast, nextStep] = [reader.text("name"), reader.text("forecast_category"), reader.text("next_step")];
    const currency = reader.text("currency")?.toUpperCase() ?? plan.lookups.currency;
    if (!isCurrency.test(currency)) reader.problems.push(`“${currency}” is no currency`);
    if (!owner || !stage || !externalId || reader.problems.length > 0) return null;

    const isClosed = stage.outcome !== "open";
    const datedAt = created ? instantOf(created) : null;
    const known = isClosed && close ? instantOf(close) : plan.exportedAt;
    const isLate = datedAt !== null && isClosed && close !== null && datedAt > known;
    const createdAt = datedAt === null || isLate ? known : datedAt;
    const stateAt = Math.max(createdAt, known);
    const opening = plan.openingStage;
    const first = opening && stateAt > createdAt && opening.id !== stage.id && (isClosed || datedAt !== null) ? opening.id : null;
    const values: Value[] = [
      newId(),
      externalId,
      name ?? nameOf(account, product?.name ?? null, externalId),
      owner.id,
      account,
      product?.id ?? null,
      stage.id,
      stage.outcome,
      amount,
      currency,
      close?.day ?? null,
      forecast,
      nextStep,
      datedAt === null ? null : iso(Math.min(datedAt, createdAt)),
      iso(createdAt),
      iso(stateAt),
      first,
    ];
    return {
      values,
      warning: isLate ? `closed on ${close.day}, before it was created on ${created?.day}: taken as created when it closed` : null,
    };
  };
}

/** Instants repeat from row to row; writing one out costs more than finding it. */
function isoTexts(): (millis: number) => string {
  const texts = new Map<number, string>();
  return (millis) => {
    let text = texts.get(millis);
    if (text === undefined) {
      if (texts.size > 50_000) texts.clear();
      texts.set(millis, (text = new Date(millis).toISOString()));
    }
    return text;
  };
}

function findOwner(reader: RowReader, { lookups, answers }: Plan): Named | null {
  const text = reader.text("owner");
  if (text === null) {
    if (reader.problems.length === 0) reader.problems.push("it has no owner");
    return null;
  }
  const answer = answers.owners?.[text];
  if (answer === "") {
    reader.problems.push(`its owner “${text}” is left out`);
    return null;
  }
  if (answer) return { id: answer, name: text };
  const found = lookups.people.get(text.toLowerCase());
  if (found) return found;
  reader.problems.push(found === null ? `more than one person is called “${text}”` : `nobody here is called “${text}”`);
  return null;
}

function findStage(reader: RowReader, plan: Plan): StageRow | null {
  const name = reader.text("stage");
  const status = reader.text("status");
  const outcome = status ? outcomeOf(status) : "open";
  if (name === null && status === null) {
    reader.problems.push("it has no stage");
    return null;
  }
  const stage = name === null ? null : plan.stageFor(name);
  if (stage && (outcome === "open" || stage.outcome === outcome)) return stage;
  return outcome === "open" ? plan.stageFor(status ?? "Open") : plan.stageOfOutcome(outcome);
}

/** A name where the file has none. Without an account the row's own id tells apart what would all read alike. */
const nameOf = (account: string | null, product: string | null, externalId: string): string =>
  (account === null ? [product, externalId] : [account, product]).filter(Boolean).join(" · ");

/** The row's own id; without such a column its name, account and day of creation. */
function findKey(reader: RowReader, account: string | null, created: string): string | null {
  if (reader.has("external_id")) {
    const id = reader.text("external_id");
    if (id === null) reader.problems.push("it has no id");
    return id;
  }
  const name = reader.text("name");
  if (name === null) {
    reader.problems.push("it has no name");
    return null;
  }
  return `name:${plainKey(name)}|${plainKey(account ?? "")}|${created}`;
}
