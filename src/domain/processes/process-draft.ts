import { z } from "zod";
import { minorUnits } from "../../method/minor-units.ts";
import type { Grade } from "../../method/prospect-grade.ts";
import { newId } from "../../platform/new-id.ts";
import type { Process, RuleField } from "./process-queries.ts";
import { placesFor, type ReadyMadeProcess } from "./ready-made-processes.ts";

const draftVerifier = z.object({
  /** Stays through every version, and with it the evidence. */
  id: z.string(),
  words: z.string(),
  who: z.string(),
});
const draftStage = z.object({
  stageId: z.string(),
  experience: z.string(),
  probability: z.string(),
  verifiers: z.array(draftVerifier),
});
const draftRule = z.object({ grade: z.string(), field: z.string(), stageId: z.string(), number: z.string() });

/** The next version as somebody types it: nothing is checked yet but that it is text. */
export const draftShape = z.object({
  name: z.string(),
  stages: z.array(draftStage),
  rules: z.array(draftRule),
  /** What deals count as that stand in a stage not in it; "" where it used to stand. Left out in a draft begun before that was asked. */
  carried: z.array(z.object({ stageId: z.string(), asStageId: z.string() })).exactOptional(),
});

export type DraftProcess = z.output<typeof draftShape>;
export type DraftVerifier = z.output<typeof draftVerifier>;
export type DraftStage = z.output<typeof draftStage>;
export type DraftRule = z.output<typeof draftRule>;

interface OpenStage {
  id: string;
  name: string;
  /** How likely the CRM takes deals in it to be won, in per cent; null where it said nothing. */
  chance?: number | null;
}

const blank = (): DraftVerifier => ({ id: newId(), words: "", who: "" });
const evenly = (index: number, count: number): string => String(Math.round(((index + 1) * 90) / count / 5) * 5);

/** A is ready to be closed: the customer has paid for everything up to the last stage. */
function defaultRules(stages: readonly OpenStage[]): DraftRule[] {
  const rule = (grade: Grade, field: RuleField, place: number): DraftRule => ({
    grade,
    field,
    stageId: stages[place]?.id ?? "",
    number: "",
  });
  if (stages.length === 0) return [];
  return [rule("A", "verified stage", stages.length - 1), rule("B", "verified stage", Math.floor((stages.length - 1) / 2))];
}

/** The stages of the CRM as they are, asking nothing yet. */
export const draftFromStages = (stages: readonly OpenStage[]): DraftProcess => ({
  name: "Our sales process",
  stages: stages.map(({ id, chance }, index) => ({
    stageId: id,
    experience: "",
    probability: chance == null ? evenly(index, stages.length) : String(chance),
    verifiers: [],
  })),
  rules: defaultRules(stages),
});

/** A ready-made process laid over the stages of the CRM, as a suggestion. */
export function draftFromReadyMade(ready: ReadyMadeProcess, stages: readonly OpenStage[]): DraftProcess {
  const draft = draftFromStages(stages);
  const places = placesFor(ready.stages, stages);
  for (const [index, place] of places.entries()) {
    const [from, to] = [ready.stages[index], draft.stages[place]];
    if (!from || !to) continue;
    to.experience ||= from.experience;
    if (stages[place]?.chance == null) to.probability = likelyAmong(ready.stages.filter((_, other) => places[other] === place));
    to.verifiers.push(...from.verifiers.map(([words, who]) => ({ id: newId(), words, who })));
  }
  return { ...draft, name: ready.name, stages: inStep(draft.stages) };
}

/** A stage that stands for several is as likely as they are between them: its deals may be in any. */
const likelyAmong = (ready: readonly { probability: number }[]): string =>
  String(Math.round(ready.reduce((sum, { probability }) => sum + probability, 0) / ready.length / 5) * 5);

/** A stage nothing was laid over is never likelier than the one after it. */
function inStep(stages: DraftStage[]): DraftStage[] {
  let most = 100;
  return stages
    .toReversed()
    .map((stage) => {
      most = Math.min(most, Number(stage.probability));
      return { ...stage, probability: String(most) };
    })
    .toReversed();
}

/** The process in force, to be changed. */
export const draftFromProcess = ({ name, stages, rules, carried }: Process, currency: string): DraftProcess => ({
  name,
  carried,
  stages: stages.map(({ stageId, experience, probability, tolls }) => ({
    stageId,
    experience,
    probability: String(probability),
    verifiers: tolls.map(({ verifierId, words, who }) => ({ id: verifierId, words, who })),
  })),
  rules: rules.map(({ grade, field, stageId, number }) => ({
    grade,
    field,
    stageId: stageId ?? "",
    number: number === null ? "" : String(field === "amount" ? number / minorUnits(currency) : number),
  })),
});

/** What one button of the form does to the draft: "down stage <id>", "later verifier <id>", "add rule", … */
export function arranged(draft: DraftProcess, what: string): DraftProcess {
  const [verb = "", noun = "", id = ""] = what.split(" ");
  if (noun === "stage") return { ...draft, stages: arrangedStages(draft.stages, verb, id) };
  if (noun === "verifier") return { ...draft, stages: arrangedVerifiers(draft.stages, verb, id) };
  if (noun !== "rule") return draft;
  if (verb === "add") return { ...draft, rules: [...draft.rules, { grade: "A", field: "closes within", stageId: "", number: "" }] };
  return { ...draft, rules: draft.rules.filter((_, index) => String(index) !== id) };
}

function arrangedStages(stages: readonly DraftStage[], verb: string, id: string): DraftStage[] {
  const at = stages.findIndex(({ stageId }) => stageId === id);
  if (verb === "add" && at < 0 && id) return [...stages, { stageId: id, experience: "", probability: "50", verifiers: [] }];
  if (at < 0) return [...stages];
  if (verb === "remove") return stages.toSpliced(at, 1);
  return verb === "add" ? [...stages] : swapped(stages, at, verb === "up" ? at - 1 : at + 1);
}

function swapped<T>(items: readonly T[], a: number, b: number): T[] {
  const [one, other] = [items[a], items[b]];
  return one === undefined || other === undefined ? [...items] : items.with(a, other).with(b, one);
}

/** A verifier moves within its stage, and over its edge into the stage beside it. */
function arrangedVerifiers(stages: readonly DraftStage[], verb: string, id: string): DraftStage[] {
  if (verb === "add") return stages.map((stage) => (stage.stageId === id ? { ...stage, verifiers: [...stage.verifiers, blank()] } : stage));
  const here = stages.findIndex(({ verifiers }) => verifiers.some((one) => one.id === id));
  const stage = stages[here];
  const at = stage?.verifiers.findIndex((one) => one.id === id) ?? -1;
  const moved = stage?.verifiers[at];
  if (!stage || !moved) return [...stages];
  const without = stages.with(here, { ...stage, verifiers: stage.verifiers.toSpliced(at, 1) });
  if (verb === "remove") return without;
  const to = at + (verb === "earlier" ? -1 : 1);
  if (to >= 0 && to < stage.verifiers.length) return stages.with(here, { ...stage, verifiers: swapped(stage.verifiers, at, to) });
  const beside = here + (verb === "earlier" ? -1 : 1);
  const next = stages[beside];
  if (!next) return [...stages];
  return without.with(beside, { ...next, verifiers: verb === "earlier" ? [...next.verifiers, moved] : [moved, ...next.verifiers] });
}
