import type { Child } from "hono/jsx";
import type { MonthNews, Week, WeekRow } from "../../domain/meetings/week-access.ts";
import type { PairNews } from "../../domain/opportunities/pair-news-queries.ts";
import { dayAt } from "../../method/days.ts";
import { count, dayIn, list, longDay, money, monthName, shortDay, weekday } from "../../parts/words.ts";
import type { Viewer } from "../../platform/viewer.ts";

interface Props {
  row: WeekRow;
  week: Week;
  viewer: Viewer;
}

/** What this one-on-one is for, in words made from what is known now. Nothing known: what its kind is for. */
export function Reason({ row, viewer }: Props) {
  if (row.state === "excused") return <p>{row.excusedFor ?? "It falls out this time."}</p>;
  if (row.state === "closed") return <p>{heldWords(row)}</p>;
  const parts: Child[] = [];
  if (row.result) parts.push(<Result result={row.result} />);
  if (row.news) parts.push(<News news={row.news} row={row} viewer={viewer} />);
  else if (!row.lastMetAt && !row.result) parts.push("Your first one-on-one here.");
  const points = pointsWords(row);
  if (points) parts.push(points);
  if (parts.length === 0 || (parts.length === 1 && !row.news && !row.result && !points)) parts.push(row.purpose);
  return (
    <p>
      {parts.map((part, i) => (
        <>
          {i > 0 ? " " : ""}
          {part}
        </>
      ))}
    </p>
  );
}

function heldWords({ heldMinutes, promisedHere }: WeekRow): string {
  const took = heldMinutes === null ? "" : heldMinutes < 1 ? "Took less than a minute. " : `Took ${heldMinutes} min. `;
  return `${took}${promisedHere === 0 ? "No promise was made." : `${count(promisedHere, "promise")} made.`}`;
}

function Result({ result }: { result: MonthNews }) {
  const { month, isWhole, wonMinor, quotaMinor, currency, missed, agreed } = result;
  const sum = quotaMinor === null ? money(wonMinor, currency) : `${money(wonMinor, currency)} of ${money(quotaMinor, currency)}`;
  return (
    <>
      {monthName(month)}
      {isWhole ? "" : " so far"} <b>{sum}</b>.{" "}
      {missed > 1 ? (
        <>
          {ordinal(missed)} month below plan{isWhole ? "" : " before it"}:{" "}
          {agreed ? `the next step was agreed on ${longDay(dayIn(agreed.at, agreed.timeZone))}.` : <b>agree the next step</b>}
          {agreed ? "" : "."}
        </>
      ) : missed === 1 ? (
        isWhole ? (
          "Below plan: dig deeper."
        ) : (
          "The month before stayed below plan."
        )
      ) : isWhole && quotaMinor !== null ? (
        "Plan reached: celebrate it."
      ) : (
        ""
      )}
    </>
  );
}

const ordinal = (n: number): string => ["", "First", "Second", "Third", "Fourth"][n] ?? `${n}th`;

function News({ news, row, viewer }: { news: PairNews; row: WeekRow; viewer: Viewer }) {
  const day = dayAt(row.lastMetAt ?? row.plannedStart, viewer.timeZone);
  const counted = [news.created > 0 && `${news.created} new`, news.moved > 0 && `${news.moved} moved`].filter(Boolean).join(", ");
  const [first, ...more] = news.won;
  return (
    <>
      {counted ? <b>{counted}</b> : "Nothing new"}{" "}
      <a href={`/pipeline/since?rep=${row.repId}`}>
        since {weekday(day).slice(0, 3)} {shortDay(day)}.
      </a>
      {first && (
        <>
          {" "}
          {first.name} closed{first.amountMinor === null ? "" : `, ${money(first.amountMinor, first.currency)}`}
          {more.length > 0 ? `, and ${count(more.length, "more deal")} won` : ""}.
        </>
      )}
      {lateWords(news)}
    </>
  );
}

function lateWords({ lost, slipped }: PairNews): string {
  const words = [lost > 0 && `${lost} lost`, slipped > 0 && `${slipped} slipped to a later day`].filter(
    (part): part is string => part !== false,
  );
  return words.length === 0 ? "" : ` ${list(words)}.`;
}

function pointsWords({ pointsByRep, pointsByManager, side, repName, managerName }: WeekRow): string {
  if (pointsByRep + pointsByManager === 0) return "";
  const rep = side === "rep" ? "you" : (repName.split(/\s+/)[0] ?? repName);
  const manager = side === "manager" ? "you" : (managerName.split(/\s+/)[0] ?? managerName);
  const by = [pointsByRep > 0 && `${pointsByRep} from ${rep}`, pointsByManager > 0 && `${pointsByManager} from ${manager}`];
  return `${count(pointsByRep + pointsByManager, "point")}: ${by.filter(Boolean).join(", ")}.`;
}
