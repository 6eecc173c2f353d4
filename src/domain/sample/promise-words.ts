import type { HangsOn } from "../commitments/commitment-queries.ts";

export interface PromiseWords {
  hangsOn: HangsOn;
  words: string;
  hangsWords: string;
}

const promise = (hangsOn: HangsOn, words: string, hangsWords = ""): PromiseWords => ({ hangsOn, words, hangsWords });

/** Hang on a deal, by the stage it is at. */
// prettier-ignore
export const dealPromises: readonly (readonly PromiseWords[])[] = [
  [
    promise("opportunity", "Get a first meeting with {contact} at {account}", "First meeting"),
    promise("opportunity", "Ask {account} what the giveaway costs them a year", "Reason to act"),
    promise("opportunity", "Find out who pays for {product} at {account}", "Budget owner"),
    promise("opportunity", "Call {contact} at {account} before nine", "First meeting"),
    promise("opportunity", "Ask {contact} who else at {account} has this problem", "Second contact"),
    promise("opportunity", "Send {account} three questions, not a brochure", "Reason to act"),
    promise("opportunity", "Decide on {account}: a meeting by then, or let it go", "First meeting"),
  ],
  [
    promise("opportunity", "Agree the trial date with {contact} at {account}", "Trial"),
    promise("opportunity", "Meet the plant manager at {account}, not only {contact}", "Second contact"),
    promise("opportunity", "Have {account} send the throughput figures", "Customer data"),
    promise("opportunity", "Write down with {contact} at {account} who decides and by when", "Decision plan"),
    promise("opportunity", "Take a service technician along to {account}", "Second visit"),
    promise("opportunity", "Ask {contact} what the trial at {account} has to show", "Trial"),
  ],
  [
    promise("opportunity", "Walk {contact} through the {account} proposal in person", "Proposal"),
    promise("opportunity", "Set up a reference call for {account}", "Reference"),
    promise("opportunity", "Ask {contact} at {account} what is missing for a yes", "Decision"),
    promise("opportunity", "Meet the one who signs at {account}", "Signature"),
    promise("opportunity", "Offer {account} two lots, with a date for each", "Proposal"),
    promise("opportunity", "Ask {account} what they give for 8 %", "Price"),
  ],
  [
    promise("opportunity", "Ask {contact} at {account} for the board date in writing", "Closure plan"),
    promise("opportunity", "Get the order number from {account}", "Order"),
    promise("opportunity", "Fix the installation week with {account}", "Delivery"),
  ],
];

export const otherPromises: readonly PromiseWords[] = [
  promise("pipeline gap", "Open three new accounts from the calibration list", "Three openings"),
  promise("pipeline gap", "Book two first meetings in the same trade", "Two first meetings"),
  promise("pipeline gap", "Call the ten customers with scales older than eight years", "Ten calls"),
  promise("pipeline gap", "Ask three customers for an introduction", "Three introductions"),
  promise("activity", "Block two mornings a week for calls before nine", "Calls before nine"),
  promise("activity", "Write visit notes on the day of the visit", "Visit notes"),
  promise("activity", "Leave every visit with a dated next step", "Dated next steps"),
  promise("activity", "Send proposals of two pages, not five", "Proposals"),
  promise("skill", "Ask what happens if they leave it as it is, and wait", "Questions"),
  promise("skill", "Try the price question from the practice at two visits", "Price talk"),
  promise("skill", "Record one call and note where the customer stopped talking", "Listening"),
  promise("action", "Clear out deals that have not moved for two months"),
  promise("action", "Hand over the accounts for the week off"),
  promise("action", "Update close dates before Friday"),
  promise("action", "Write up what worked in the trial for the others"),
];

export const managerPromises: readonly PromiseWords[] = [
  promise("action", "Sort out the demo unit for the next two weeks"),
  promise("action", "Ask for the Connect quote to come back within three days"),
  promise("action", "Get an answer on the discount for two sites"),
  promise("action", "Talk to service about dates given to customers"),
  promise("action", "Find a reference in the same trade"),
  promise("action", "Read the proposal before it goes out"),
  promise("action", "Clear the territory question with the neighbouring team"),
  promise("action", "Come along to the next visit at {account}"),
  promise("action", "Put in a word with purchasing at {account}"),
  promise("action", "Get the new price list into the proposal template"),
  promise("action", "Free Friday morning of internal calls"),
  promise("action", "Introduce you to the technician for the washdown frames"),
  promise("action", "Send the two questions I use when they ask for a price"),
  promise("action", "Ask the other teams what they do about rentals"),
];

export const leaderPromises: readonly PromiseWords[] = [
  promise("action", "Ask for a second washdown demo unit"),
  promise("action", "Bring the quote times to the next board meeting"),
  promise("action", "Sit in on one of the one-on-ones next month"),
];
export const coachPromises: readonly PromiseWords[] = [
  promise("skill", "Ask three questions before the first suggestion, every one-on-one this week", "Asking"),
  promise("activity", "Two joint visits with the middle of the team", "Joint visits"),
  promise("skill", "Ask what else until it is quiet", "Wrap-up"),
  promise("action", "Move no one-on-one for an internal meeting"),
  promise("activity", "Nudge nobody: ask why preparation is late instead", "Preparation"),
];

/** What became of a promise, in a word; the empty ones went without saying. */
export const outcomeWords = {
  kept: ["", "", "", "Done on the day.", "Done a day early.", "Easier than expected.", "Done, and it helped."],
  partly: ["About half of it.", "Started, the rest by Friday.", "Twice out of five times.", "Began well, then the week got full."],
  missed: ["The week was gone with the audit.", "Forgot it, honestly.", "Did not get to it.", "Put it off, no good reason."],
  dropped: ["Overtaken by the new plan.", "Not the right thing any more.", "Somebody else did it first."],
} as const;

/** The same for one that hung on a deal. */
export const dealOutcomeWords = {
  kept: ["", "", "Took one call.", "Done, they were glad we asked.", "Done, and it led to a second meeting.", "Done a day early."],
  partly: ["Called, no answer yet.", "Half of it, the rest comes by mail.", "Met, but no date yet.", "Draft is there, not sent."],
  missed: ["Customer was away.", "Waited for the quote and did not ask.", "Tried once, then let it lie.", "Forgot it, honestly."],
  dropped: ["No longer needed, the customer stopped it.", "They bought elsewhere.", "The customer put it off until next year."],
} as const;
