export type Focus = "past" | "present" | "future";
export type Panel =
  | "none"
  | "commitments"
  | "results"
  | "new_opportunities"
  | "prospects"
  | "opportunities"
  | "pipeline"
  | "practice"
  | "working"
  | "points"
  | "wrap_up";

export interface SectionPlan {
  title: string;
  minutes: number;
  focus: Focus;
  panel: Panel;
  prompts: string[];
}

export interface KindPlan {
  slug: string;
  name: string;
  purpose: string;
  /** How often, unless the series says otherwise (RFC 5545). */
  rrule: string;
  minutes: number;
  sections: SectionPlan[];
}

const connect: SectionPlan = { title: "Connect", minutes: 1, focus: "present", panel: "none", prompts: ["How are you, apart from work?"] };
const lastPromises = (minutes: number): SectionPlan => ({
  title: "Last promises",
  minutes,
  focus: "past",
  panel: "commitments",
  prompts: ["What did you promise last time, and how did it go?", "What did I promise you, and did I do it?"],
});
const wrapUp = (minutes: number): SectionPlan => ({
  title: "What’s next",
  minutes,
  focus: "future",
  panel: "wrap_up",
  prompts: ["What will you do by next time?", "What else?"],
});

/** The five programmes every organisation starts with; an admin changes them or adds more. */
export const readyMadeKinds: readonly KindPlan[] = [
  {
    slug: "results-review",
    name: "Results review",
    purpose: "Where the month stands, and what moves it. Everyone, once a month.",
    rrule: "FREQ=MONTHLY;BYDAY=1MO",
    minutes: 20,
    sections: [
      connect,
      { ...lastPromises(1), prompts: ["What became of each promise from last time?"] },
      {
        title: "Results",
        minutes: 5,
        focus: "present",
        panel: "results",
        prompts: ["Where do you stand against plan, in your own numbers?", "Where would you like to be?"],
      },
      {
        title: "Enough in the pipeline",
        minutes: 6,
        focus: "future",
        panel: "pipeline",
        prompts: ["Is there enough to reach the goal this quarter?", "What would you have to start now?"],
      },
      { title: "Points", minutes: 2, focus: "future", panel: "points", prompts: ["What else is on your mind?"] },
      wrapUp(5),
    ],
  },
  {
    slug: "deal-strategy",
    name: "Deal strategy",
    purpose: "The deals in hand: what the customer has done, and what comes next. Weekly or every two weeks.",
    rrule: "FREQ=WEEKLY",
    minutes: 45,
    sections: [
      connect,
      lastPromises(3),
      {
        title: "New opportunities",
        minutes: 5,
        focus: "present",
        panel: "new_opportunities",
        prompts: ["Which opportunities are new since we met?", "What does this customer need, and how do you know?"],
      },
      {
        title: "Prospects",
        minutes: 12,
        focus: "present",
        panel: "prospects",
        prompts: [
          "How did the last meeting with them end, and what did you close on?",
          "What has the customer agreed to do next?",
          "And if they do not do it?",
        ],
      },
      {
        title: "Deals in motion",
        minutes: 6,
        focus: "present",
        panel: "opportunities",
        prompts: ["Which deals have you moved forward since we met, and what is the best way to keep each moving?"],
      },
      {
        title: "Practice",
        minutes: 5,
        focus: "future",
        panel: "practice",
        prompts: ["What if they answer this? What if they answer that?", "Once more: what would you change?"],
      },
      {
        title: "Pipeline balance",
        minutes: 4,
        focus: "future",
        panel: "pipeline",
        prompts: ["Where is the pipeline thin: early, middle or late?", "What do you need more of, and by when?"],
      },
      {
        title: "Working and not working",
        minutes: 4,
        focus: "present",
        panel: "working",
        prompts: ["What is working? What is not?", "Is that about process or about people?"],
      },
      { title: "Points", minutes: 1, focus: "future", panel: "points", prompts: ["What else should we talk about?"] },
      wrapUp(4),
    ],
  },
  {
    slug: "skill-coaching",
    name: "Skill coaching",
    purpose: "Watch the work, then polish one skill. Once a month or more, for new and experienced alike.",
    rrule: "FREQ=MONTHLY;BYDAY=2TU",
    minutes: 60,
    sections: [
      { ...connect, minutes: 2 },
      lastPromises(4),
      {
        title: "What I saw",
        minutes: 12,
        focus: "present",
        panel: "none",
        prompts: ["How do you think it went?", "What did the customer do when you asked?"],
      },
      {
        title: "Practice",
        minutes: 24,
        focus: "future",
        panel: "practice",
        prompts: ["What if the customer answers this? What if they answer that?", "Once more: what would you change?"],
      },
      {
        title: "Working and not working",
        minutes: 6,
        focus: "present",
        panel: "working",
        prompts: ["What is working for you? What is not?"],
      },
      { title: "Points", minutes: 4, focus: "future", panel: "points", prompts: ["What else would help you?"] },
      wrapUp(8),
    ],
  },
  {
    slug: "all-round-monthly",
    name: "All-round monthly",
    purpose: "Everything once a month: six looks of five minutes, the first for connecting and last promises.",
    rrule: "FREQ=MONTHLY;BYDAY=1WE",
    minutes: 30,
    sections: [
      { ...connect, minutes: 2 },
      { ...lastPromises(3) },
      {
        title: "Results",
        minutes: 5,
        focus: "present",
        panel: "results",
        prompts: ["Where do you stand, and where would you like to be?"],
      },
      {
        title: "New and existing opportunities",
        minutes: 5,
        focus: "present",
        panel: "opportunities",
        prompts: ["What is new? What became of the deals we listed last time?"],
      },
      { title: "Pipeline balance", minutes: 5, focus: "future", panel: "pipeline", prompts: ["Is there enough ahead of you?"] },
      {
        title: "Working and not working",
        minutes: 5,
        focus: "present",
        panel: "working",
        prompts: ["What is working? What is not?", "Process or people?"],
      },
      wrapUp(5),
    ],
  },
  {
    slug: "weekly-hour",
    name: "Weekly hour",
    purpose: "One hour a week for somebody new or somebody with many deals at once.",
    rrule: "FREQ=WEEKLY",
    minutes: 60,
    sections: [
      { ...connect, minutes: 2 },
      lastPromises(4),
      {
        title: "Results",
        minutes: 6,
        focus: "present",
        panel: "results",
        prompts: ["Where do you stand against plan, in your own numbers?"],
      },
      {
        title: "New opportunities",
        minutes: 8,
        focus: "present",
        panel: "new_opportunities",
        prompts: ["Which opportunities are new since we met?"],
      },
      {
        title: "Deals in motion",
        minutes: 14,
        focus: "present",
        panel: "opportunities",
        prompts: ["Which deals have moved, and what keeps each moving?", "What has the customer agreed to do next?"],
      },
      { title: "Pipeline balance", minutes: 6, focus: "future", panel: "pipeline", prompts: ["What do you need more of, and by when?"] },
      { title: "Working and not working", minutes: 6, focus: "present", panel: "working", prompts: ["What is working? What is not?"] },
      { title: "Points", minutes: 4, focus: "future", panel: "points", prompts: ["What else is on your mind?"] },
      wrapUp(10),
    ],
  },
];

/** The agenda goes through prospects: then the rep prepares them. */
export const hasProspects = (sections: readonly { panel: Panel }[]): boolean =>
  sections.some(({ panel }) => panel === "prospects" || panel === "opportunities");

/** The agenda has what the five P's are about: prospects to review, or something to practise. */
export const hasFivePs = (sections: readonly { panel: Panel }[]): boolean =>
  hasProspects(sections) || sections.some(({ panel }) => panel === "practice");
