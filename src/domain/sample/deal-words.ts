import { contactNames } from "./cast.ts";
import type { Account } from "./catalogue.ts";
import type { DealState } from "./deal-state.ts";
import { type Random } from "./random.ts";
import { randomFor } from "./setting.ts";

// prettier-ignore
const nextSteps: readonly (readonly string[])[] = [
  ["Call {contact} about the line audit", "Get the name of the plant manager", "Send the sizing questions", "First visit with {contact}", "Find out who pays for {product}"],
  ["Try out {product} with {contact} for a day", "{contact} sends the throughput figures", "Meet {contact} and the quality manager", "Show {contact} the reference site at Corran", "Agree who decides, and by when"],
  ["Walk {contact} through the proposal", "{contact} takes it to the budget round", "Answer the questions from purchasing", "Reference call with another plant", "Split the offer into two lots"],
  ["Order number from purchasing", "{contact} signs after the board", "Legal returns the terms", "Fix the installation week", "Confirm the delivery date with {contact}"],
];

/** What is said of a deal that is new to the pair. */
// prettier-ignore
const newDeals: readonly string[] = [
  "{account}: {contact} rang about {product} after the audit finding. Nobody has said what it costs them yet.",
  "{account}: came out of the trade fair. {contact} wants to see {product} at work before talking price.",
  "{account}: replacing scales from 2009. {contact} owns the budget, says it has to be in this year.",
  "{account}: second site wants what the first one has. Need to hear from {contact} why now.",
  "{account}: they give away about two grams a pack. {contact} worked it out with us on the phone.",
  "{account}: tender for {product}, four bidders. We do not know who wrote the specification.",
  "{account}: {contact} moved there from a customer of ours and asked for us by name.",
  "{account}: small to start with, {product} only. {contact} mentioned three more lines next year.",
  "{account}: quality manager failed an inspection. Urgent for them, but {contact} is not the one who signs.",
  "{account}: asked for a price in the first mail. Called back instead, {contact} has half an hour on Thursday.",
  "{account}: the calibration contract runs out in spring. Good moment to ask what else they need.",
  "{account}: {contact} wants the weights straight in their own system, without typing.",
];

/** What is said of a deal in motion, by stage. */
// prettier-ignore
const inMotion: readonly (readonly string[])[] = [
  [
    "{account}: two calls, no meeting. {contact} is friendly and has no reason to move yet.",
    "{account}: met {contact}. Waste on line 2 is the issue, nobody measured it so far.",
    "{account}: need a way to the plant manager, {contact} is only the gatekeeper.",
    "{account}: {contact} promised the throughput figures two weeks ago. Ask once more, then park it.",
  ],
  [
    "{account}: trial went well, {contact} asked for a second one with the night shift.",
    "{account}: {contact} confirmed the budget. Still missing: who else has to say yes.",
    "{account}: they compare us with their present supplier on service, not on price.",
    "{account}: {contact} wants {product} by the next audit, so the date is theirs and not ours.",
    "{account}: visit moved twice by them. What would make {contact} want it?",
    "{account}: {contact} showed us the giveaway figures. The case pays back in nine months by their own numbers.",
  ],
  [
    "{account}: proposal is with {contact}. Purchasing wants 8 % off, no word yet on what they give for it.",
    "{account}: {contact} takes it to the budget round on the 14th. We have not met the one who signs.",
    "{account}: they asked for a reference in their own trade, the call is fixed.",
    "{account}: quiet since the proposal went out. {contact} did not answer twice.",
    "{account}: two lots instead of one, {contact} thinks the first gets through this quarter.",
    "{account}: a competitor is in with a lower price. {contact} still prefers ours.",
    "{account}: questions from IT answered, nothing else open on their side.",
  ],
  [
    "{account}: {contact} has agreed, legal has the paper. Board meets in two weeks.",
    "{account}: verbal yes from {contact}. Order number still missing.",
    "{account}: installation week fixed, so they mean it. Signature is the only thing left.",
    "{account}: payment terms are the last point, {contact} suggests 45 days.",
    "{account}: {contact} is on leave until the 9th, the deputy cannot sign.",
  ],
];

/** A few words beside a listed deal. */
// prettier-ignore
const besideDeals: readonly (readonly string[])[] = [
  ["No meeting yet", "Waiting for {contact}", "First visit done, real need", "Find the one who pays"],
  ["Trial agreed", "Budget confirmed by {contact}", "Need a second contact", "Date is set by their audit", "Customer sends figures first"],
  ["With {contact}, decision this month", "Price question open", "Reference call fixed", "Gone quiet, ask once more", "In the budget round"],
  ["Signature after the board", "Order number missing", "Terms with legal", "Verbal yes from {contact}"],
];

export const fill = (words: string, values: Readonly<Record<string, string>>): string =>
  words.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? name);

/** The two people one talks to at an account: always the same. */
export const contactsAt = (account: Pick<Account, "name">): string[] => randomFor(`contacts ${account.name}`).some(contactNames, 2);

const valuesOf = ({ deal }: Pick<DealState, "deal">, random: Random) => ({
  account: deal.account.name,
  contact: random.pick(contactsAt(deal.account)),
  product: deal.product.short,
});
export const sentence = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1);

export const nextStepFor = (position: number, words: { product: string; account: Account }, random: Random): string =>
  sentence(
    fill(random.pick(nextSteps[position] ?? ["Call {contact}"]), {
      product: words.product,
      contact: random.pick(contactsAt(words.account)),
    }),
  );

export const onNewDeal = (state: DealState, random: Random): string => fill(random.pick(newDeals), valuesOf(state, random));
export const onDeal = (state: DealState, random: Random): string =>
  fill(random.pick(inMotion[state.stage.position] ?? ["{account}: nothing new."]), valuesOf(state, random));
export const besideDeal = (state: DealState, random: Random): string =>
  fill(random.pick(besideDeals[state.stage.position] ?? ["Waiting for {contact}"]), valuesOf(state, random));
export const withDeal = (words: string, state: DealState, random: Random): string => sentence(fill(words, valuesOf(state, random)));

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
export const dollars = (minor: number): string => `$${whole.format(minor / 100)}`;
