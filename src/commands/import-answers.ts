import { type Crm, crms, plainKey, targets, type What } from "../domain/imports/import-fields.ts";
import { readLookups } from "../domain/imports/import-lookups.ts";
import type { Answers, Columns, DayOrder, DecimalMark } from "../domain/imports/import-settings.ts";
import type { Covers } from "../domain/imports/staging.ts";
import type { App } from "../platform/context.ts";
import { PlainError } from "../platform/plain-error.ts";

/** `dates=dmy,owner:Old Name=New Name` → pairs. */
export function readAnswers(texts: readonly string[]): Record<string, string> {
  const given: Record<string, string> = {};
  for (const part of texts.flatMap((text) => text.split(",")).filter((text) => text.trim())) {
    const [key = "", ...rest] = part.split("=");
    if (rest.length === 0) throw new PlainError(`--answers ${part} is not understood.`, "Write KEY=VALUE.");
    given[key.trim()] = rest.join("=").trim();
  }
  return given;
}

interface About {
  given: Record<string, string>;
  what: What;
  header: readonly string[];
}

/** The words typed at the terminal as the answers of a run. */
export async function resolveAnswers(app: App, orgId: string, { given, what, header }: About): Promise<Answers> {
  const answers: Answers = {};
  const { fields } = targets[what];
  const every = <T>(types: readonly string[], value: T) =>
    Object.fromEntries(fields.filter(({ type }) => types.includes(type)).map(({ key }) => [key, value]));
  for (const [key, value] of Object.entries(given)) {
    const [kind = "", ...rest] = key.split(":");
    const subject = rest.join(":");
    if (kind === "dates") answers.dates = every(["date", "month"], oneOf<DayOrder>(key, value, ["dmy", "mdy", "ymd"]));
    else if (kind === "numbers") answers.numbers = every(["money", "whole"], oneOf<DecimalMark>(key, value, ["point", "comma"]));
    else if (kind === "exported") answers.exportedOn = dayOf(value);
    else if (kind === "covers") answers.covers = oneOf<Covers>(key, value, ["whole", "owners", "part"]);
    else if (kind === "opening-stage") answers.openingStage = value;
    else if (kind === "unit") answers.unit = Number(oneOf(key, value, ["1", "1000", "1000000"]));
    else if (kind === "sheet") answers.sheet = value;
    else if (kind === "header-line") answers.headerLine = Number(value);
    else if (kind === "source") answers.source = oneOf<Crm | "csv">(key, value, [...crms, "csv"]);
    else if (kind === "list") answers.list = value;
    else if (kind === "stages") answers.stagesApart = oneOf(key, value, ["one", "apart"]) === "apart";
    else if (kind === "pipelines") answers.pipelines = value.split("|").map((name) => name.trim());
    else if (kind === "stage") answers.stages = { ...answers.stages, [subject]: value };
    else if (kind === "outcome") answers.outcomes = { ...answers.outcomes, [subject]: oneOf(key, value, ["open", "won", "lost"]) };
    else if (kind === "column") answers.columns = { ...answers.columns, ...columnOf(what, subject, value, header) };
    else if (kind === "owner") answers.owners = { ...answers.owners, [subject]: await personId(app, orgId, value) };
    else if (kind === "product") answers.products = { ...answers.products, [subject]: await productId(app, orgId, value) };
    else throw new PlainError(`--answers ${key} is not known.`);
  }
  return answers;
}

function oneOf<T extends string>(key: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (!found) throw new PlainError(`--answers ${key}=${value} is not known.`, `One of ${allowed.join(", ")}.`);
  return found;
}

function dayOf(value: string): string {
  try {
    return Temporal.PlainDate.from(value).toString();
  } catch {
    throw new PlainError(`--answers exported=${value} is no day that exists.`, "Write it like 2026-11-22.");
  }
}

function columnOf(what: What, field: string, column: string, header: readonly string[]): Columns {
  const at = header.findIndex((name) => plainKey(name) === plainKey(column));
  if (!targets[what].fields.some(({ key }) => key === field))
    throw new PlainError(`There is no field ${field} of ${what}.`, `One of ${targets[what].fields.map(({ key }) => key).join(", ")}.`);
  if (at === -1) throw new PlainError(`The file has no column “${column}”.`, `It has ${header.join(", ")}.`);
  return { [field]: at };
}

const lookUp = (app: App, orgId: string) =>
  app.database.withClient({ orgId, personId: null, actor: "import", now: app.clock.now() }, (client) => readLookups(client, orgId, "csv"));

async function personId(app: App, orgId: string, name: string): Promise<string> {
  const person = (await lookUp(app, orgId)).people.get(name.toLowerCase());
  if (!person)
    throw new PlainError(person === null ? `More than one person is called “${name}”; use a mail address.` : `Nobody is called “${name}”.`);
  return person.id;
}

async function productId(app: App, orgId: string, name: string): Promise<string> {
  const product = (await lookUp(app, orgId)).products.get(plainKey(name));
  if (!product) throw new PlainError(`No product is called “${name}”.`);
  return product.id;
}
