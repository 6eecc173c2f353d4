import { contactOf } from "./cast.ts";
import type { Random } from "./random.ts";

const nextSteps: readonly (readonly string[])[] = [
  ["Call {contact} about the line audit", "Get the name of the plant manager", "Send the sizing questions", "First visit with {contact}", "Find out who pays for {product}"],
  ["Trial of {product} on their own packs", "{contact} sends the throughput figures", "Meet {contact} and the quality manager", "Show {product} at the Corran site", "Agree who decides, and by when"],
  ["Walk {contact} through the proposal", "{contact} takes it to the budget round", "Answer the questions from purchasing", "Reference call with another plant", "Split the offer into two lots"],
  ["Order number from purchasing", "{contact} signs after the board", "Legal returns the terms", "Fix the installation week", "Confirm the delivery date with {contact}"],
]; // prettier-ignore

export const fill = (words: string, values: Readonly<Record<string, string>>): string =>
  words.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? name);

export const nextStepFor = (position: number, words: { product: string }, random: Random): string =>
  fill(random.pick(nextSteps[position] ?? ["Call {contact}"]), { ...words, contact: contactOf(random) });
