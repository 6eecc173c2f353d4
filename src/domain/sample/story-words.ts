/** What reps write about their deals; {contact} and {other} are people at {account}. */

// prettier-ignore
export const situations: readonly string[] = [
  "Three lines, scales from 2009 on two of them. {contact} runs the plant, {other} signs above 20k.",
  "Weigh by hand and type it in twice. {contact} wants it gone, {other} in purchasing has not been in the room yet.",
  "Present supplier for eleven years, service takes four days. {contact} is fed up, {other} is not.",
  "New hall opens in spring, nothing ordered for it so far. {contact} plans it, {other} holds the budget.",
  "Grew by a third, the packing line did not. {contact} has a night shift nobody wants.",
  "Part of a group since January: {contact} still decides, the group only looks above 50k.",
  "One site has ours, this one does not. {contact} has seen it there twice.",
  "Failed a weight inspection in summer. {contact} has to report every month until it is fixed.",
];

// prettier-ignore
export const motives: readonly string[] = [
  "Give away two grams a pack. {contact} worked out 61k a year without us: that is the money.",
  "Peace of mind before the audit. {contact} said “I do not want to explain it a second time”.",
  "Wants to be the one who got rid of the night shift.",
  "Fear of a stop: last one cost them a day and a customer.",
  "Speed. They turn orders away, and {contact} is measured on it.",
  "Looking good with the group: first plant that runs without paper.",
  "Trust. {contact} wants somebody who answers on the same day, price comes second.",
];

// prettier-ignore
export const needs: readonly string[] = [
  "{product}, in by the audit, figures straight into their own system.",
  "Two of them, washdown, and somebody on site in four hours if one stops.",
  "To see it run for a week with their own packs before they say yes.",
  "A paper for {other}: what it saves, in which month it has paid.",
  "One contract for scales and calibration, one number to call.",
  "Installed over a weekend. They cannot stop the line on a weekday.",
  "Training for both shifts, in two languages.",
];

/** By stage: how the last meeting ended, and what was closed on. */
// prettier-ignore
export const lastEndings: readonly (readonly (readonly [ended: string, closedOn: string])[])[] = [
  [
    ["Half an hour on the phone, {contact} talked most of it. Friendly, no date.", "A first visit. “Let me look at the calendar.”"],
    ["Met at the fair, ten minutes. {contact} asked about {product}.", "Not closed on anything. My fault."],
  ],
  [
    ["Walked line 2 with {contact}. The sum was done on the back of an envelope, not by us.", "A trial with their own packs. Yes, if {other} agrees."],
    ["Trial day went well, second shift wants to see it too.", "The throughput figures by Friday. Got a yes."],
    ["Moved twice by them, then twenty minutes standing in the hall.", "A second meeting with {other}. “Let me ask.”"],
  ],
  [
    ["Went through the proposal page by page. {contact} wrote figures next to ours.", "That it goes into the budget round. Yes."],
    ["Purchasing joined without notice and wanted 8 %. Stayed calm, asked what they give for it.", "A decision by month end. They did not want to say."],
    ["Reference call went over time, they asked each other questions. Good sign.", "Two lots, the first this quarter. {contact} likes it, {other} has to see."],
    ["{contact} said the price is not the problem, the installation week is.", "The week. Two dates are to come."],
  ],
  [
    ["Handshake with {contact}. Paper is with legal since then.", "Signature before the board. Yes, with a date."],
    ["{other} asked one question about service and then shook hands.", "The order number this week. Purchasing nods."],
    ["Short call: terms are the last point, {contact} suggests 45 days.", "45 days against the order this month. Waiting for the mail."],
  ],
];

// prettier-ignore
export const whatIfs: readonly string[] = [
  "If they need more time: what has to be true on that day for a yes? Then take that date.",
  "If purchasing wants 8 %: only against an order this month and both lines.",
  "If {other} is against it: ask {contact} to bring us together, half an hour, their figures on the table.",
  "If it is quiet until then: call {contact} on Thursday morning, not another mail.",
  "If they say too expensive: compared with what? Then the two grams.",
  "If the date slips again: offer the demo unit for the week, but only with a date for the decision.",
  "If legal takes longer: start with the smaller order, same terms.",
];
