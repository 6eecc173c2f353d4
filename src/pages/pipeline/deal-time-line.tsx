import { sourceWords } from "../../domain/imports/import-lists.ts";
import type { Child } from "hono/jsx";
import type { Activity } from "../../domain/activities/activity-queries.ts";
import type { DatedChange } from "../../domain/opportunities/history-queries.ts";
import { daysBetween } from "../../method/days.ts";
import { changeWords } from "../../parts/deal-words.ts";
import { count, dayIn, fullDay, money, shortDay, timeIn } from "../../parts/words.ts";
import type { DealData } from "./deal-data.ts";

interface Moment {
  at: Date;
  kind: "change" | "activity" | "evidence";
  lines: Child[];
  source: string;
}

/** Everything that has happened to a deal, the latest first: changes, activities, and what the customer gave. */
export function DealTimeLine({ data, zone }: { data: DealData; zone: string }) {
  const moments = [...changesOf(data, zone), ...data.activities.map(activityOf), ...evidenceOf(data)].toSorted(
    (a, b) => b.at.getTime() - a.at.getTime(),
  );
  const days = [...Map.groupBy(moments, ({ at }) => dayIn(at, zone))];
  const recent = days.slice(0, 12);
  const older = days.slice(12);
  return (
    <section class="sheet pad" aria-labelledby="time-line">
      <h2 id="time-line">What has happened</h2>
      <Days days={recent} zone={zone} />
      {older.length > 0 && (
        <details>
          <summary>Earlier: {count(older.length, "day")}</summary>
          <Days days={older} zone={zone} />
        </details>
      )}
    </section>
  );
}

function Days({ days, zone }: { days: readonly (readonly [string, readonly Moment[]])[]; zone: string }) {
  return (
    <ol class="time-line">
      {days.map(([day, moments]) => (
        <li>
          <h3>{fullDay(day)}</h3>
          {moments.map(({ at, kind, lines, source }) => (
            <div class={`moment ${kind}`}>
              <span class="small muted">{timeIn(at, zone)}</span>
              <ul>
                {lines.map((line) => (
                  <li>{line}</li>
                ))}
              </ul>
              <span class="small muted">{source}</span>
            </div>
          ))}
        </li>
      ))}
    </ol>
  );
}

/** The changes of one instant and source belong together. */
function changesOf({ history, deal }: DealData, zone: string): Moment[] {
  const currencyAt = currenciesOf(history, deal.currency);
  const together = Map.groupBy(history, ({ at, source }) => `${at.getTime()} ${source}`);
  return [...together.values()].flatMap((changes): Moment[] => {
    const [first] = changes;
    if (!first) return [];
    const made = changes.find(({ field }) => field === "created");
    const said = changes.filter(
      ({ field, before, after }) => field !== "created" && (before !== null || (after !== null && field !== "currency")),
    );
    const lines = said.map((change) => changeLine(change, currencyAt, zone));
    return [{ at: first.at, kind: "change", lines: made ? [<b>Created</b>, ...lines] : lines, source: sourceWords(first.source) }];
  });
}

/** The currency from an instant on, or until it: `history` is the latest first. */
function currenciesOf(history: readonly DatedChange[], own: string) {
  const changes = history.filter(({ field }) => field === "currency");
  return (at: Date, side: "from" | "until"): string => {
    const isBefore = (one: DatedChange) => one.at < at || (side === "from" && one.at <= at);
    return changes.find(isBefore)?.after ?? changes.at(-1)?.before ?? own;
  };
}

function changeLine({ field, before, after, at }: DatedChange, currencyAt: ReturnType<typeof currenciesOf>, zone: string): Child {
  const words = (value: string | null, side: "from" | "until" = "until") => valueWords(field, value, currencyAt(at, side), zone);
  if (field === "vanished") return <b>{after === null ? "Back in the export" : changeWords.vanished}</b>;
  if (before === null)
    return (
      <>
        {changeWords[field]}: <b>{words(after, "from")}</b>
      </>
    );
  return (
    <>
      {changeWords[field]} from {words(before)} to <b>{words(after, "from")}</b>
      {field === "close_on" && <Moved before={before} after={after} />}
    </>
  );
}

const isDate = (value: string | null): value is string => value !== null && /^\d{4}-\d{2}-\d{2}$/.test(value);

function Moved({ before, after }: { before: string | null; after: string | null }) {
  if (!isDate(before) || !isDate(after) || before === after) return null;
  const days = daysBetween(before, after);
  return (
    <span class={days > 0 ? "late" : "muted"}>
      , {count(Math.abs(days), "day")} {days > 0 ? "later" : "earlier"}
    </span>
  );
}

function valueWords(field: DatedChange["field"], value: string | null, currency: string, zone: string): string {
  if (value === null) return "none";
  if (field === "amount" && /^-?\d+$/.test(value)) return money(Number(value), currency);
  if (field === "close_on" && isDate(value)) return fullDay(value);
  const at = field === "created" ? new Date(value) : undefined;
  return at && !Number.isNaN(at.getTime()) ? fullDay(dayIn(at, zone)) : value;
}

const activityOf = ({ at, type, personName, subject, isDone }: Activity): Moment => ({
  at,
  kind: "activity",
  lines: [
    <>
      <b>{type.slice(0, 1).toUpperCase() + type.slice(1)}</b> by {personName}
      {subject && `: ${subject}`}
      {!isDone && <span class="muted"> planned</span>}
    </>,
  ],
  source: "",
});

const evidenceOf = ({ evidence }: DealData): Moment[] =>
  evidence.evidence.flatMap((one): Moment[] => [
    {
      at: one.recordedAt,
      kind: "evidence",
      lines: [
        <>
          <b>The customer gave:</b> {one.verifierWords}, {one.customerPerson}, {shortDay(one.givenOn)}
        </>,
      ],
      source: `recorded by ${one.recordedBy}`,
    },
    ...(one.withdrawnAt
      ? [
          {
            at: one.withdrawnAt,
            kind: "evidence" as const,
            lines: [`Withdrawn: ${one.verifierWords}`],
            source: `by ${one.withdrawnBy ?? "somebody"}`,
          },
        ]
      : []),
  ]);
