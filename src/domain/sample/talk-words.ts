type About = "process" | "people";
export interface EntryWords {
  side: "working" | "not working";
  about: About;
  theme: string;
  words: string;
}

const entry = (side: EntryWords["side"], about: About, theme: string, words: string): EntryWords => ({ side, about, theme, words });

/** What reps say is working and what is not. */
export const entryWords: readonly EntryWords[] = [
  entry("working", "process", "Trials", "Trials on the customer's own packs: they argue with the scale instead of with me."),
  entry("working", "process", "Trials", "Leaving the bench scale for a week after the trial."),
  entry("working", "process", "Questions", "Asking what giveaway costs them before showing anything."),
  entry("working", "process", "Proposals", "Two-page proposals. They get read, and they come back with questions."),
  entry("working", "process", "References", "A reference call in the same trade, set up before they ask for one."),
  entry("working", "process", "Calendar", "Fixing the next meeting before I leave the room."),
  entry("working", "people", "Service", "Taking a service technician along to the second visit."),
  entry("working", "people", "Team", "Swapping call notes with a colleague on Fridays."),
  entry("working", "people", "Purchasing", "Meeting purchasing early, together with the plant manager."),
  entry("working", "process", "Existing customers", "Calibration visits as a way in: four openings this quarter came from them."),
  entry("working", "process", "Mornings", "Calls to new accounts before nine."),
  entry("working", "people", "Customers", "Plant managers talk to each other: two introductions this month."),
  entry("not working", "process", "Quotes", "Quotes for Connect take nine days to come back, customers go cold."),
  entry("not working", "process", "Quotes", "Every change in a quote goes through three hands."),
  entry("not working", "process", "Delivery", "Delivery dates for the checkweighers change after we promised them."),
  entry("not working", "process", "Demo units", "Only one washdown demo unit for all three teams."),
  entry("not working", "process", "Leads", "Web leads without a phone number. Half of them are students."),
  entry("not working", "people", "Purchasing", "Purchasing gets called in at the end and starts from zero."),
  entry("not working", "people", "Service", "Service tells the customer a different date than I did."),
  entry("not working", "process", "System", "Too many fields after each visit, so notes are written on Friday from memory."),
  entry("not working", "people", "Decision makers", "Too often with the quality manager only, who likes it and cannot sign."),
  entry("not working", "process", "Price list", "The new price list is not in the proposal template yet."),
  entry("not working", "people", "Team", "Nobody covers my accounts when I am away."),
  entry("not working", "process", "Tenders", "Tenders we had no part in writing. Two weeks of work for a third place."),
];

export const repPoints: readonly string[] = [
  "Pricing for Connect when they take five lines",
  "Demo unit: who has it in the next two weeks?",
  "Territory line towards Eastmere",
  "How to get past purchasing at {account}",
  "Trade fair: do we go, and who?",
  "Delivery times for the C3",
  "Holiday cover",
  "Is a discount for two sites all right?",
  "Training on the washdown frame",
  "{account} wants a rental, do we do that?",
  "Service contract and scales in one offer",
  "What do I say when they ask for the cheaper frame?",
  "A second pair of eyes on the {account} proposal",
  "Reference in the same trade as {account}",
];

export const managerPoints: readonly string[] = [
  "Forecast for the quarter, in your own words",
  "{account}: who signs?",
  "Calibration plans: where are we?",
  "Notes after visits",
  "Dates for joint visits next month",
  "New price list from the first",
  "Which deals would you give up on?",
];

export const smallTalk: readonly string[] = [
  "Back from a long weekend at the lake.",
  "Daughter starts school on Monday.",
  "Marathon training goes on, knee is better.",
  "New kitchen, still no oven.",
  "Short night, teething baby.",
  "Moved flats, boxes everywhere.",
  "Choir concert on Saturday.",
  "First frost, the garden is done for the year.",
  "Team won on Sunday, in good spirits.",
  "Parents are visiting this week.",
  "First time on skis since the operation.",
  "Slow train, good book.",
  "New neighbour plays the trumpet.",
  "Son passed his driving test.",
  "Still tired from the night flight.",
  "Booked the summer, finally.",
  "Dog is well again.",
  "Painted the hallway on Sunday.",
  "Looking forward to the long weekend.",
  "Cold is nearly gone.",
  "Learning Portuguese in the car.",
  "Birthday next week, big table, many cousins.",
];

export const allKept: readonly string[] = [
  "All done. What helped: doing them the day after we met.",
  "All done, one of them on the way home.",
  "Everything kept. Easier than it looked.",
  "All of it done. The second one opened a door.",
  "Done, all of them, and written down where they belong.",
];
export const notYet: readonly string[] = [
  "Smaller steps this time.",
  "What got in the way: two days of quotes.",
  "Still worth doing, so with a day of its own now.",
  "Was too big for one week.",
];

export const pipelineWords: readonly string[] = [
  "{late} deals in Proposal or later, {early} before that. Early is {balance}.",
  "Open in all: {open} deals, {value}. Next quarter depends on what starts now.",
  "If half of Agreed comes in, the month is made. The one after is thin.",
  "Two mornings a week for new accounts, otherwise {month} will be empty.",
  "More calibration customers to ask: that is where the small ones come from.",
  "Too much in one account. Needs three more names in the same trade.",
];

export const whatISaw: readonly string[] = [
  "Visit at {account}: asked for the giveaway figure in the first ten minutes and waited for the answer.",
  "Call with {account}: good opening, then eleven minutes of product. The customer stopped asking.",
  "Joined the {account} call. Two questions in a row without waiting for the first answer.",
  "Visit at {account}: the plant manager did the talking, and named the budget without being asked.",
  "Call with {account}: agreed the next meeting with a date before hanging up.",
  "Sat in at {account}: price came up early. Stayed calm, asked what they compare it with.",
];

export const practice: readonly string[] = [
  "What if they say “send me a price”? Three tries. Best: ask what the price would have to pay for.",
  "What if purchasing wants 8 %? Practised giving only against a date. Second try was clear.",
  "Asking “and what happens if you leave it as it is?”, then silence. Felt long, was four seconds.",
  "Opening without the company story. Started with their line instead. Polished the first sentence.",
  "What if the quality manager says “I decide”? Ask who else would notice. Worked on the tone.",
  "Closing a visit: summary in their words, then the next date. Do it at every visit this month.",
];

export const skillLines: readonly string[] = [
  "Very good: listens longer than last time.",
  "Well done with the pause after the question.",
  "Clear progress since the first try.",
];

/** In a leader's one-on-one with a manager: about coaching, never about what a pair said. */
export const leaderSaw: readonly string[] = [
  "Sat in on two one-on-ones. Questions first, answers later than in spring.",
  "The wrap-up got short, both times. What else was asked once only.",
  "Preparation is up: most reps come with their own numbers now.",
  "The experienced ones get little time. Ask them what would make it worth their hour.",
  "Agenda kept, the past took less than five minutes.",
];
export const leaderPractice: readonly string[] = [
  "Practised holding back advice: three questions before the first suggestion.",
  "What if the rep says “just tell me”? Inform, then ask what they make of it.",
  "Practised the difficult one: two missed months without sounding like a verdict.",
  "Asking “what else?” until it is quiet. Tried it on each other.",
];
export const leaderEntries: readonly EntryWords[] = [
  entry("working", "process", "Preparation", "Reps state their own numbers first. The talk starts further on."),
  entry("working", "people", "Joint visits", "One joint visit a week keeps me near the customers."),
  entry("not working", "process", "Calendar", "One-on-ones get moved for quotes that could wait."),
  entry("not working", "people", "New reps", "Two new reps at once, the middle of the team gets too little."),
];
export const leaderPoints: readonly string[] = [
  "Hiring for the spring",
  "Demo units for the teams",
  "Who goes to the trade fair",
  "Time for the middle of the team",
  "Calibration targets",
  "A second washdown unit",
];

export const movedReasons: readonly string[] = [
  "Visit at {account} had to take this time",
  "Trade fair set-up took the morning",
  "Customer in the house",
  "Budget meeting ran over",
  "Train cancelled",
  "Line trial at {account} took longer",
];
export const excusedReasons: readonly string[] = [
  "Ill",
  "Emergency at home",
  "Accident on the way to a customer, nobody hurt",
  "Stock count, all hands needed",
];
export const noPromiseReasons: readonly string[] = [
  "Everything from last time is still running.",
  "Short talk before the holiday, nothing new to take on.",
  "Ran out of time after the {account} call came in.",
];
export const remarkWords: readonly string[] = [
  "{contact} called after we met: the date holds.",
  "Small correction: the trial is on Wednesday, not Tuesday.",
  "Sent the reference list the same afternoon.",
  "Got the order number, so that one is done.",
];
export const privateWords: readonly string[] = [
  "Seems tired. Ask about it next time, without notes.",
  "Ready for the bigger accounts. Talk to Ruth about it.",
  "I talked too much again in the middle.",
  "Do not bring up the forecast first next time.",
  "Wanted to ask about the territory and did not.",
];
export const nextStepWords: readonly string[] = [
  "Weekly half hour on first meetings until the month is made, starting Tuesday",
  "Three joint visits in the next four weeks, {manager} drives",
  "Swap two stale accounts for two that buy every year",
  "Plan the month backwards from the quota: eleven openings by the 15th",
];
