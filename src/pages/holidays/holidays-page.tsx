import type { HolidayCalendar } from "../../domain/holidays/holiday-queries.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { count, fullDay } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";

export function HolidaysPage({ c, calendars }: { c: Request; calendars: HolidayCalendar[] }) {
  return (
    <Shell c={c} title="Holidays" current="set-up">
      <Head
        title="Holidays"
        lead="A one-on-one on a holiday of either person says so beforehand, and is excused when nobody moves it."
        readers="Everybody here sees which day is a holiday. Admins change it."
      >
        <a class="btn" href="/set-up">
          Set-up
        </a>
        {calendars.length > 0 && (
          <a class="btn primary" href="/set-up/holidays/new">
            Add a calendar
          </a>
        )}
      </Head>
      {calendars.length === 0 ? (
        <section class="sheet empty">
          <h2>No holiday calendar yet</h2>
          <p>
            Bring the public holidays of your country or region, from a calendar file or as a list. The first calendar holds for everybody;
            people elsewhere are given their own on their page.
          </p>
          <a class="btn primary" href="/set-up/holidays/new">
            Add the first calendar
          </a>
        </section>
      ) : (
        <ul class="sheet steps" aria-label="Holiday calendars">
          {calendars.map((calendar) => (
            <li class="step">
              <div>
                <h2>
                  <a href={`/set-up/holidays/${calendar.id}`}>{calendar.name}</a>
                </h2>
                <p class="muted">
                  {count(calendar.days, "day")}. {nextWords(calendar)}
                </p>
              </div>
              <div class="row">
                <span class="muted small">{whoseWords(calendar)}</span>
                {calendar.isDefault && <span class="tag kept">Default</span>}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Shell>
  );
}

export const nextWords = ({ nextOn, nextName }: HolidayCalendar): string =>
  nextOn ? `Next: ${nextName}, ${fullDay(nextOn)}.` : "No day of it is ahead: bring the next year.";

export const whoseWords = ({ isDefault, people }: HolidayCalendar): string => {
  const own = people > 0 ? `${count(people, "person has", "people have")} it as their own` : "";
  if (!isDefault) return own || "Nobody has it yet";
  return own ? `Everybody without their own; ${own}` : "Everybody without their own";
};
