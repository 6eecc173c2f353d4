export interface ReadyMadeStage {
  name: string;
  /** A CRM's stage whose name matches is taken to be this one. */
  alike: RegExp;
  experience: string;
  probability: number;
  verifiers: readonly (readonly [words: string, who: string])[];
}

export interface ReadyMadeProcess {
  slug: "transactional" | "enterprise";
  name: string;
  /** For whom it is. */
  purpose: string;
  stages: readonly ReadyMadeStage[];
}

const first = /prospect|lead|new|contact|target|appoint|suspect|open/i;
const second = /qualif|discover|engag|analys|need|connect/i;
const middle = /demo|eval|valid|solution|present|trial|pilot|proof|test/i;
const offer = /propos|offer|quote|value|decision maker|buy-?in/i;
const last = /negot|agree|commit|contract|verbal|decision|clos|legal|procure/i;

/** Two ways of selling to begin with. Every toll is something the customer does, never something the rep does. */
export const readyMadeProcesses: readonly ReadyMadeProcess[] = [
  {
    slug: "transactional",
    name: "Transactional",
    purpose: "One buyer or two, a known product, weeks rather than quarters.",
    stages: [
      {
        name: "First contact",
        alike: first,
        experience: "Somebody who has read about them before calling, and asks instead of pitching.",
        probability: 10,
        verifiers: [["Customer accepted the meeting", "Whoever has the need"]],
      },
      {
        name: "Need understood",
        alike: second,
        experience: "They hear their own problem said back, with what it costs them.",
        probability: 30,
        verifiers: [
          ["Customer said what the problem costs them today", "Whoever has the need"],
          ["Customer named who decides and by when", "Whoever has the need"],
        ],
      },
      {
        name: "Offer",
        alike: offer,
        experience: "An offer in their words, with nothing in it they did not ask for.",
        probability: 60,
        verifiers: [
          ["Customer went through the offer with us", "Whoever decides"],
          ["Customer said what is still in the way", "Whoever decides"],
        ],
      },
      {
        name: "Decision",
        alike: last,
        experience: "Buying is easier than not buying: one page, one date, one name to call.",
        probability: 85,
        verifiers: [["Customer agreed a day to sign", "Whoever decides"]],
      },
    ],
  },
  {
    slug: "enterprise",
    name: "Enterprise",
    purpose: "Several people decide, with procurement and legal, over months.",
    stages: [
      {
        name: "Opening",
        alike: first,
        experience: "A reason to talk that is about their business, not about our product.",
        probability: 5,
        verifiers: [["Customer accepted the meeting", "Somebody who owns the problem"]],
      },
      {
        name: "Discovery",
        alike: second,
        experience: "They learn something about their own situation from our questions.",
        probability: 15,
        verifiers: [
          ["Customer sent the data we asked for", "Somebody who owns the problem"],
          ["Customer introduced us to who owns the budget", "Our sponsor"],
        ],
      },
      {
        name: "Proof",
        alike: middle,
        experience: "They see it work with their own data, and their people say so.",
        probability: 40,
        verifiers: [
          ["Customer gave access for the trial", "IT, or who runs the process"],
          ["Customer confirmed in writing that the trial met their criteria", "Those who will use it"],
        ],
      },
      {
        name: "Proposal",
        alike: offer,
        experience: "A proposal their sponsor can defend without us in the room.",
        probability: 60,
        verifiers: [
          ["Customer worked through the business case with us", "Who owns the budget"],
          ["Customer agreed a closure plan with dates", "Our sponsor and who owns the budget"],
        ],
      },
      {
        name: "Agreement",
        alike: last,
        experience: "No surprise: legal and procurement were there in time and know each step.",
        probability: 85,
        verifiers: [
          ["Customer’s legal and procurement returned the contract", "Legal and procurement"],
          ["Customer put the signature in their calendar", "Who signs"],
        ],
      },
    ],
  },
];

/** Which of the organisation's stages each ready-made one is most like: by its name, or else by its place; the order is kept. */
export function placesFor(ready: readonly ReadyMadeStage[], stages: readonly { name: string }[]): number[] {
  let at = 0;
  return ready.map(({ alike }, index) => {
    const named = stages.findIndex(({ name }, place) => place >= at && alike.test(name));
    const byPlace = ready.length < 2 ? 0 : Math.round((index * (stages.length - 1)) / (ready.length - 1));
    at = Math.max(at, named >= 0 ? named : byPlace);
    return at;
  });
}
