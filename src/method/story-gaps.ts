import { isDay } from "./days.ts";

/** The fields of a deal's story, in the order in which they are told. */
export const storyFields = [
  "situation",
  "motive",
  "needs",
  "last_met_on",
  "last_ended",
  "closed_on",
  "next_step",
  "next_step_on",
  "agreed",
  "agreed_by",
  "agreed_on",
  "what_if",
] as const;
export type StoryField = (typeof storyFields)[number];

export const storyDays: ReadonlySet<StoryField> = new Set(["last_met_on", "next_step_on", "agreed_on"]);
export const agreedAnswers = ["yes", "no", "not asked"] as const;

/** What is said of a deal, by field; days as YYYY-MM-DD. */
export type StoryWords = Partial<Record<StoryField, string>>;

const said = (story: StoryWords, field: StoryField): string => story[field]?.trim() ?? "";

/**
 * What to ask about a deal, from what its story does not say yet: at most three questions, what moves the deal first.
 *
 * @param story what is written, by field; days as YYYY-MM-DD
 * @param today YYYY-MM-DD: a next step whose day is past is asked for again
 * @returns questions as a person would ask them; none when the story is whole
 * @source Behavioral sales coaching: an A prospect is prepared when its next step is agreed by the customer
 */
export function storyGaps(story: StoryWords, today: string): string[] {
  const nextOn = said(story, "next_step_on");
  const agreed = said(story, "agreed");
  const asks = [
    said(story, "next_step") === "" && "What is the next step, and on which day?",
    said(story, "next_step") !== "" && nextOn === "" && "On which day is the next step?",
    said(story, "next_step") !== "" && nextOn !== "" && nextOn < today && "The day of the next step has passed. What happened?",
    said(story, "next_step") !== "" && agreed !== "yes" && "What would it take for the customer to agree to the next step?",
    agreed === "yes" && said(story, "agreed_by") === "" && "Who at the customer agreed?",
    said(story, "motive") === "" && "Why would they buy, and why now?",
    said(story, "closed_on") === "" && "What was closed on at the end of the last meeting?",
    said(story, "situation") === "" && "What is their situation today?",
    said(story, "needs") === "" && "What do they need, and how do you know?",
    said(story, "what_if") === "" && "What if they say no?",
  ];
  return asks.filter((ask) => ask !== false).slice(0, 3);
}

/** Is the strategy for a deal prepared: a next step, and what to do if it does not go that way? */
export const hasStrategy = (story: StoryWords): boolean => said(story, "next_step") !== "" && said(story, "what_if") !== "";

/**
 * What is wrong with a line of a story as typed, in a sentence; "" when nothing is.
 *
 * @param words what was typed; a day as YYYY-MM-DD, empty for none
 * @param today YYYY-MM-DD there: what has happened cannot be dated later
 */
export function storyProblem(field: StoryField, words: string, today: string): string {
  if (words.length > 4000) return "That is longer than 4,000 characters. Shorten it a little.";
  if (words === "") return "";
  if (field === "agreed" && !(agreedAnswers as readonly string[]).includes(words)) return "Say yes, no or not asked.";
  if (!storyDays.has(field)) return "";
  if (!isDay(words)) return "That day does not exist. Write it like 2026-03-02.";
  if (field !== "next_step_on" && words > today) return "That day is still to come.";
  return "";
}
