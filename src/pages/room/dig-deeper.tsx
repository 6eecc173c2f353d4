import { effortFor } from "../../method/effort-for.ts";
import { refusalWords } from "../../parts/refusal-words.ts";
import { count, firstName, list, money, monthName, shortMoney, wholeMoney } from "../../parts/words.ts";
import { findingWords, verdictWords } from "../coverage/coverage-words.ts";
import { toFind } from "../coverage/coverage-data.ts";
import { type RoomData, worthOf } from "./room-data.ts";

interface Missed {
  month: string;
  wonMinor: number;
  planMinor: number;
  currency: string;
}

/** A month below plan: the questions first, then the A prospects, what the result took, what was done, and what has to be found. */
export function DigDeeper({ room, missed }: { room: RoomData; missed: Missed }) {
  const rep = firstName(room.meeting.repName);
  const month = monthName(missed.month);
  return (
    <div class="dig">
      <h3>
        {month} was {money(missed.planMinor - missed.wonMinor, missed.currency)} short
      </h3>
      <p class="q">What would have had to be in the pipeline, and by when? Which activities would have put it there?</p>
      <p class="small muted">Ask {rep} before you look for the answer together.</p>
      <details>
        <summary class="small">Look together</summary>
        <dl class="facts small">
          <dt>A prospects</dt>
          <dd>{prospectsWords(room)}</dd>
          <dt>What it took</dt>
          <dd>{effortWords(room, missed)}</dd>
          <dt>To find now</dt>
          <dd>{toFindWords(room)}</dd>
        </dl>
      </details>
    </div>
  );
}

function prospectsWords(room: RoomData): string {
  const closing = room.panel.results?.aProspects ?? [];
  if (closing.length === 0) return "None is ready to be closed: that is where to begin.";
  const { minor, leftOut } = worthOf(room, closing);
  const without = leftOut.length > 0 ? `, without those in ${list(leftOut.map(({ currency }) => currency))}, which have no rate` : "";
  return `${count(closing.length, "deal")} ready to be closed, ${money(minor, room.currency)}${without}.`;
}

/** "$44,500 at $2,930 a deal takes 16 deals: 87 calls and 40 meetings. Done in October: 60 calls and 41 meetings." */
function effortWords({ panel: { numbers, results } }: RoomData, { month, planMinor, currency }: Missed): string {
  if (!numbers?.numbers) return numbers?.refusal ? refusalWords(numbers.refusal).what : "Not worked out yet.";
  const { dealSize, activities } = numbers.numbers;
  if (!dealSize.known) return refusalWords(dealSize.refusal).what;
  const known = activities.types.flatMap(({ type, perWin }) => (perWin.known ? [{ type, each: perWin.value.each }] : []));
  const { deals, activities: needed } = effortFor(planMinor, dealSize.value.minor, known);
  const took = `${wholeMoney(planMinor, currency)} at ${wholeMoney(dealSize.value.minor, currency)} a deal takes ${count(deals, "deal")}`;
  if (needed.length === 0) return `${took}. Too few activities are known to say how many that takes.`;
  const done = needed.map(({ type }) => kindOf(results?.done.get(type) ?? 0, type));
  return `${took}: ${list(needed.map(({ type, many }) => kindOf(many, type)))}. Done in ${monthName(month)}: ${list(done)}.`;
}

const kinds = new Set(["call", "meeting", "mail", "demo"]);
const kindOf = (many: number, type: string): string => (kinds.has(type) ? count(many, type) : `${many.toLocaleString("en-US")} ${type}`);

function toFindWords({ panel: { numbers }, meeting }: RoomData): string {
  if (!numbers?.numbers || !numbers.made) return numbers?.refusal ? refusalWords(numbers.refusal).what : "Not worked out yet.";
  const gap = toFind(numbers.horizons);
  const words = gap && findingWords(gap, numbers.made.asOf, { isSelf: meeting.side === "rep", name: firstName(meeting.repName) });
  if (words) return `${words.goal}${words.effect}`;
  const [month] = numbers.horizons;
  if (!month) return "Nothing can be said.";
  const { head, rest } = verdictWords(month, numbers.numbers);
  return `${head} ${rest}`;
}

/** The goal of the month that runs is won already. */
export function ReachedAlready({ room }: { room: RoomData }) {
  const month = room.panel.numbers?.horizons.find(({ horizon }) => horizon === "month");
  const numbers = room.panel.numbers?.numbers;
  if (!month?.goal || !numbers || month.goal.goalMinor <= 0 || month.goal.gapMinor > 0) return null;
  const { goalMinor } = month.goal;
  return (
    <div class="celebrate">
      <h3>The {month.isOwn ? "goal" : "plan"} of this month is reached already</h3>
      <p class="q">
        {firstName(room.meeting.repName)} has closed {shortMoney(month.figures.won.minor, numbers.currency)} of{" "}
        {shortMoney(goalMinor, numbers.currency)}, with the month still running. Say so.
      </p>
    </div>
  );
}
