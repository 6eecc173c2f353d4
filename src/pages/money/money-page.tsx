import type { ExchangeRates } from "../../method/exchange.ts";
import { dayOf } from "../../method/day-numbers.ts";
import { type FiscalCalendar, fiscalPatterns, fiscalPeriods } from "../../method/fiscal-calendar.ts";
import { Select, TextArea } from "../../parts/field.tsx";
import type { Errors } from "../../parts/form-errors.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { count, fullDay, monthName, shortDay } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";

interface Props {
  c: Request;
  /** As saved, or as asked to be shown before it is saved. */
  calendar: FiscalCalendar;
  isSaved: boolean;
  today: number;
  rates: ExchangeRates;
  usesRank: boolean;
  /** Currencies among the deals. */
  inUse: readonly string[];
  lines: string;
  errors: Errors;
}

const patternWords: Record<FiscalCalendar["pattern"], string> = {
  months: "Calendar months",
  "4-4-5": "Weeks: 4, 4 and 5 to a quarter",
  "4-5-4": "Weeks: 4, 5 and 4 to a quarter",
  "5-4-4": "Weeks: 5, 4 and 4 to a quarter",
};
const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const months = Array.from({ length: 12 }, (_, n) => monthName(`2026-${String(n + 1).padStart(2, "0")}-01`));

export function MoneyPage(props: Props) {
  return (
    <Shell c={props.c} title="Calendar and money" current="set-up">
      <Head
        title="Calendar and money"
        lead="When your months, quarters and years begin, and what other currencies are worth."
        readers="Admins change it. It holds for everybody."
      >
        <a class="btn" href="/set-up">
          Set-up
        </a>
        <a class="btn" href="/quotas">
          Quotas
        </a>
        <a class="btn" href="/commission-rates">
          Commission rates
        </a>
      </Head>
      <div class="targets stack">
        <CalendarPart {...props} />
        <RatesPart {...props} />
        <RankPart usesRank={props.usesRank} />
      </div>
    </Shell>
  );
}

const options = (words: readonly string[]) => words.map((word, n) => ({ value: String(n + 1), words: word }));

function CalendarPart({ calendar, isSaved, today, errors }: Props) {
  return (
    <section class="sheet pad stack" id="calendar">
      <div>
        <h2>Fiscal calendar</h2>
        <p class="muted">Every month, quarter and year in Kept follows it: quotas, goals, results, pipeline and forecasts.</p>
      </div>
      {errors.calendar && (
        <div class="notice watch" role="alert">
          {errors.calendar}
        </div>
      )}
      <form method="post" action="/set-up/money/calendar" class="stack">
        <div class="fields">
          <Select name="starts_in" label="The year begins in" value={calendar.startsIn} options={options(months)} />
          <Select
            name="pattern"
            label="Made of"
            value={calendar.pattern}
            options={fiscalPatterns.map((value) => ({ value, words: patternWords[value] }))}
          />
          <Select
            name="week_starts"
            label="A week begins on"
            value={calendar.weekStarts}
            options={options(weekdays)}
            hint="Counts for weeks only."
          />
          <Select
            name="year_ends"
            label="A year of weeks ends"
            value={calendar.yearEnds}
            options={[
              { value: "nearest", words: "with the week nearest to the month’s end" },
              { value: "last", words: "with the last whole week of the month" },
            ]}
            hint="A 53rd week goes to the last month."
          />
        </div>
        <div class="row">
          <button class="btn primary">Save</button>
          <button class="btn" formmethod="get" formaction="/set-up/money">
            Show the next quarters
          </button>
          {!isSaved && <span class="small muted">Not saved yet.</span>}
        </div>
      </form>
      <Quarters calendar={calendar} today={today} />
    </section>
  );
}

function Quarters({ calendar, today }: { calendar: FiscalCalendar; today: number }) {
  const quarters = [];
  const inWeeks = calendar.pattern !== "months";
  for (let at = today; quarters.length < 4;) {
    const { quarter } = fiscalPeriods(calendar, at);
    quarters.push(quarter);
    at = quarter.until;
  }
  return (
    <div class="scroll" tabindex={0} role="region" aria-label="The next four quarters">
      <table>
        <thead>
          <tr>
            <th scope="col">Quarter</th>
            <th scope="col">First day</th>
            <th scope="col">Last day</th>
            <th scope="col">Months begin on</th>
            {inWeeks && (
              <th scope="col" class="num">
                Weeks
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {quarters.map(({ label, from, until }) => (
            <tr>
              <th scope="row">{label}</th>
              <td>{fullDay(dayOf(from))}</td>
              <td>{fullDay(dayOf(until - 1))}</td>
              <td>{monthBegins(calendar, from, until).join(", ")}</td>
              {inWeeks && <td class="num">{(until - from) / 7}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function monthBegins(calendar: FiscalCalendar, from: number, until: number): string[] {
  const begins = [];
  for (let at = from; at < until;) {
    const { month } = fiscalPeriods(calendar, at);
    begins.push(`${monthName(month.month)} on ${shortDay(dayOf(month.from))}`);
    at = month.until;
  }
  return begins;
}

function RatesPart({ rates, inUse, lines, errors }: Props) {
  const missing = inUse.filter((currency) => currency !== rates.into && !rates.dated.has(currency));
  return (
    <section class="sheet pad stack" id="rates">
      <div>
        <h2>Exchange rates into {rates.into}</h2>
        <p class="muted">
          A won deal counts by the rate on or before the day it closed, an open one by the rate of the day looked from. Your own currency is
          changed under Set-up.
        </p>
      </div>
      {missing.length > 0 && (
        <div class="notice watch">Deals in {missing.join(", ")} have no rate and are left out of every sum until there is one.</div>
      )}
      {[...rates.dated].map(([currency, dated]) => (
        <details>
          <summary>
            {currency}: {Number(dated[0]?.rate)} since {fullDay(dayOf(dated[0]?.from ?? 0))}
            <span class="muted"> · {count(dated.length, "rate")}</span>
          </summary>
          <ul class="lines">
            {dated.map(({ from, rate }) => (
              <li class="spread">
                <span>
                  1 {currency} = {Number(rate)} {rates.into} <span class="muted small">from {fullDay(dayOf(from))}</span>
                </span>
                <form method="post" action={`/set-up/money/rates/${currency}/${dayOf(from)}/remove`}>
                  <button class="link" aria-label={`Take away the rate of ${currency} from ${fullDay(dayOf(from))}`}>
                    Take away
                  </button>
                </form>
              </li>
            ))}
          </ul>
        </details>
      ))}
      <form method="post" action="/set-up/money/rates" enctype="multipart/form-data" data-turbo="false" class="stack">
        <TextArea
          name="lines"
          label="Add rates, one in each line"
          value={lines}
          error={errors.lines}
          rows={4}
          placeholder={`CHF, 2026-01-01, 1.1316`}
          hint={`Currency, first day, what one of it is worth in ${rates.into}. Paste as many lines as you like; the same day again corrects it.`}
        />
        <div class="field">
          <label for="field-file">Or a CSV file of such lines</label>
          <input id="field-file" type="file" name="file" accept=".csv,.txt,text/csv,text/plain" />
        </div>
        <div>
          <button class="btn primary">Add rates</button>
        </div>
      </form>
    </section>
  );
}

function RankPart({ usesRank }: { usesRank: boolean }) {
  return (
    <section class="sheet pad stack" id="rank">
      <div>
        <h2>Rank</h2>
        <p class="muted">
          {usesRank
            ? "On: each rep sees their own place among those with the same manager, and nobody else’s."
            : "Off: nobody is ranked anywhere. On, each rep would see their own place among those with the same manager, and nobody else’s."}
        </p>
      </div>
      <form method="post" action="/set-up/money/rank">
        <input type="hidden" name="on" value={usesRank ? "no" : "yes"} />
        <button class="btn">{usesRank ? "Turn rank off" : "Turn rank on"}</button>
      </form>
    </section>
  );
}
