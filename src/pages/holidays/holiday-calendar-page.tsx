import type { Holiday, HolidayCalendar } from "../../domain/holidays/holiday-queries.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { longDay, weekday } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import { nextWords, whoseWords } from "./holidays-page.tsx";

interface Props {
  c: Request;
  calendar: HolidayCalendar;
  days: Holiday[];
  today: string;
}

export function HolidayCalendarPage({ c, calendar, days, today }: Props) {
  // What has passed stands behind what is ahead.
  const years = [...Map.groupBy(days, ({ on }) => on.slice(0, 4))].toSorted(
    ([a], [b]) => Number(a < today.slice(0, 4)) - Number(b < today.slice(0, 4)),
  );
  return (
    <Shell c={c} title={`Holidays: ${calendar.name}`} current="set-up">
      <Head title={calendar.name} lead={nextWords(calendar)} readers="Everybody here sees which day is a holiday. Admins change it.">
        <a class="btn" href="/set-up/holidays">
          All calendars
        </a>
        <a class="btn primary" href={`/set-up/holidays/new?into=${calendar.id}`}>
          Add days
        </a>
      </Head>
      <div class="sheets">
        {years.map(([year, all]) => (
          <section class="sheet pad stack">
            <h2>{year}</h2>
            <ul class="lines">
              {all.map((day) => (
                <Day calendar={calendar} day={day} isPast={day.on < today} />
              ))}
            </ul>
          </section>
        ))}
        {days.length === 0 && (
          <section class="sheet empty">
            <h2>No days in it</h2>
            <p>Add some, or remove the calendar.</p>
          </section>
        )}
        <section class="sheet pad stack">
          <h2>For whom</h2>
          <p class="muted">{whoseWords(calendar)}. A person’s own calendar is chosen on their page, under Edit.</p>
          <form method="post" action={`/set-up/holidays/${calendar.id}/default`}>
            <input type="hidden" name="default" value={calendar.isDefault ? "no" : "yes"} />
            <button class="btn">{calendar.isDefault ? "No longer the default" : "Make it the default"}</button>
          </form>
          <h2 class="apart">Remove it</h2>
          <p class="muted">Its days are working days again. Whoever has it as their own has the default from then on.</p>
          <form method="post" action={`/set-up/holidays/${calendar.id}/remove`}>
            <button class="btn danger">Remove the calendar</button>
          </form>
        </section>
      </div>
    </Shell>
  );
}

function Day({ calendar, day: { on, name }, isPast }: { calendar: HolidayCalendar; day: Holiday; isPast: boolean }) {
  return (
    <li class="spread">
      <span class={isPast ? "muted" : undefined}>
        {name}{" "}
        <span class="muted small">
          {weekday(on)}, {longDay(on)}
        </span>
      </span>
      <form method="post" action={`/set-up/holidays/${calendar.id}/days/${on}/remove`}>
        <button class="link" aria-label={`Take away ${name}, ${longDay(on)}`}>
          Take away
        </button>
      </form>
    </li>
  );
}
