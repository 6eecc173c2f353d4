import { plainKey } from "./import-fields.ts";
import type { Answers } from "./import-settings.ts";
import type { Lookups, Named, StageRow } from "./import-lookups.ts";
import { newId } from "../../platform/new-id.ts";
import { type Outcome, outcomeOf } from "./read-outcome.ts";

const mostStages = 60;

/** Stages of HubSpot's own pipeline: an export gives their labels or these internal names. */
const hubSpotStages = new Map([
  ["appointmentscheduled", "Appointment Scheduled"],
  ["qualifiedtobuy", "Qualified To Buy"],
  ["presentationscheduled", "Presentation Scheduled"],
  ["decisionmakerboughtin", "Decision Maker Bought-In"],
  ["contractsent", "Contract Sent"],
  ["closedwon", "Closed Won"],
  ["closedlost", "Closed Lost"],
]);

/** What a stage of a file is called here: as was said, else by its label. */
export const stageNameIn = (text: string, answers: Pick<Answers, "stages">): string =>
  answers.stages?.[text] ?? hubSpotStages.get(text) ?? text;

/** Fits stage and product names of a file to the organisation's, and remembers those that have to be made. */
export class Fitting {
  readonly newStages: StageRow[] = [];
  readonly newProducts: Named[] = [];
  readonly #stages = new Map<string, StageRow>();
  readonly #products: Map<string, Named>;
  readonly #byId = new Map<string, Named>();
  readonly #answers: Pick<Answers, "products" | "stages">;
  readonly #all: StageRow[];

  constructor(lookups: Lookups, answers: Pick<Answers, "products" | "stages">) {
    this.#all = lookups.stages.map((stage) => ({ ...stage }));
    for (const stage of this.#all) this.#stages.set(plainKey(stage.name), stage);
    this.#products = new Map(lookups.products);
    for (const product of lookups.products.values()) this.#byId.set(product.id, product);
    this.#answers = answers;
  }

  /** `outcome`: what the name alone means, where it has been made longer. */
  stage = (text: string, outcome: StageRow["outcome"] = outcomeOf(text)): StageRow => {
    const name = stageNameIn(text, this.#answers);
    const key = plainKey(name) || name;
    const found = this.#stages.get(key);
    if (found) return this.#used(found);
    const made: StageRow = {
      id: newId(),
      name: name.slice(0, 200),
      outcome: name === text || outcome !== "open" ? outcome : outcomeOf(name),
    };
    this.#stages.set(key, made);
    this.newStages.push(made);
    this.#all.push(made);
    return made;
  };

  /** Takes over what was made for the same file before. */
  adopt({ stages, products }: { stages: readonly StageRow[]; products: readonly Named[] }): void {
    for (const stage of stages) {
      this.#stages.set(plainKey(stage.name) || stage.name, stage);
      this.newStages.push(stage);
      this.#all.push(stage);
    }
    for (const product of products) {
      this.#products.set(plainKey(product.name) || product.name, product);
      this.newProducts.push(product);
    }
  }

  #used(stage: StageRow): StageRow {
    stage.isSpare = false;
    return stage;
  }

  #first(outcome: Outcome): StageRow | undefined {
    const fitting = this.#all.filter((stage) => stage.outcome === outcome);
    return fitting.find(({ isSpare }) => !isSpare) ?? fitting[0];
  }

  stageOfOutcome = (outcome: "won" | "lost"): StageRow => this.#first(outcome) ?? this.stage(outcome === "won" ? "Won" : "Lost");

  /** The stage a new opportunity is in first. */
  firstOpenStage(): StageRow | null {
    return this.#first("open") ?? null;
  }

  product = (name: string): Named => {
    const found = this.findProduct(name);
    if (found) return found;
    const made = { id: newId(), name: name.slice(0, 300) };
    this.#products.set(plainKey(name) || name, made);
    this.newProducts.push(made);
    return made;
  };

  findProduct(name: string): Named | undefined {
    const answer = this.#answers.products?.[name];
    if (answer) return this.#byId.get(answer);
    return this.#products.get(`id ${name}`) ?? this.#products.get(plainKey(name) || name);
  }

  hasTooManyStages(): boolean {
    return this.newStages.length > mostStages;
  }
}

/** Stages that only undated rows are in come first: those have not begun yet. */
export function inOrder(stages: Iterable<string>, datedStages: ReadonlySet<string>): string[] {
  const all = [...stages];
  return [...all.filter((name) => !datedStages.has(name)), ...all.filter((name) => datedStages.has(name))];
}
