import type { PersonView } from "../../domain/people/person-access.ts";
import type { Found, RecordLine } from "../../domain/records/search-records.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { count, dayIn, fullDay, shortDay } from "../../parts/words.ts";
import { PersonTabs } from "../people/person-tabs.tsx";
import type { Request } from "../../platform/http.ts";

interface Props {
  c: Request;
  people: { id: string; name: string }[];
  found: Found[];
  lines: RecordLine[];
  words: string;
  withId: string | undefined;
  /** Where these are one rep's. */
  rep: PersonView | null;
  zone: string;
  pageSize: number;
}

/** The log of every one-on-one of the viewer's pairs: searchable, exportable. */
export function RecordsPage({ c, people, found, lines, words, withId, rep, zone, pageSize }: Props) {
  const nobody = people.length === 0;
  const query = withId ? `?with=${withId}` : "";
  return (
    <Shell c={c} title="Record" current="records">
      <Head
        title={withId ? `Record with ${people.find(({ id }) => id === withId)?.name ?? "them"}` : "Record"}
        lead="Every one-on-one you held, and everything you two wrote down."
        readers="You find only what your own pairs wrote. Your private notes are found by you alone."
      >
        {!nobody && (
          <a class="btn" href={`/records.csv${query}`} data-turbo="false">
            Export CSV
          </a>
        )}
      </Head>
      {rep && <PersonTabs person={rep} current="record" />}
      {nobody ? (
        <section class="sheet empty">
          <h2>Nothing here yet</h2>
          <p>Close your first one-on-one: its record appears here, for you two alone.</p>
          <a class="btn" href="/week">
            Go to your week
          </a>
        </section>
      ) : (
        <>
          <Search people={people} words={words} withId={withId} />
          {words ? <FoundList found={found} words={words} zone={zone} /> : <Lines lines={lines.slice(0, pageSize)} zone={zone} />}
          {!words && lines.length > pageSize && (
            <p>
              <a
                class="btn"
                href={`/records?${new URLSearchParams({ ...(withId ? { with: withId } : {}), before: lines[pageSize - 1]?.heldAt.toISOString() ?? "" }).toString()}`}
              >
                Older
              </a>
            </p>
          )}
        </>
      )}
    </Shell>
  );
}

function Search({ people, words, withId }: Pick<Props, "people" | "words" | "withId">) {
  return (
    <form action="/records" class="row no-print search">
      <label class="visually-hidden" for="search-words">
        Words to find
      </label>
      <input id="search-words" type="search" name="q" value={words} placeholder="Find words in notes, promises, remarks" class="grow" />
      <label class="visually-hidden" for="search-with">
        With whom
      </label>
      <select id="search-with" name="with" class="narrow">
        <option value="">with anybody</option>
        {people.map((person) => (
          <option value={person.id} selected={person.id === withId}>
            with {person.name}
          </option>
        ))}
      </select>
      <button class="btn">Find</button>
    </form>
  );
}

function FoundList({ found, words, zone }: { found: Found[]; words: string; zone: string }) {
  if (found.length === 0)
    return (
      <section class="sheet empty">
        <h2>Nothing found for “{words}”</h2>
        <p>Every word has to be in the same note or promise. Try fewer words.</p>
      </section>
    );
  return (
    <section class="sheet">
      <h2 class="pad">{found.length === 100 ? "The newest 100 places" : count(found.length, "place")}</h2>
      {found.map((one) => (
        <a class="found" href={`/meetings/${one.meetingId}/record`}>
          <div class="small muted">
            {fullDay(dayIn(one.heldAt, zone))} · with {one.withName} · {one.part}
          </div>
          <div class="written">{one.words.length > 280 ? `${one.words.slice(0, 280)}…` : one.words}</div>
        </a>
      ))}
    </section>
  );
}

function Lines({ lines, zone }: { lines: RecordLine[]; zone: string }) {
  return (
    <section class="sheet">
      <div class="scroll" tabindex={0} role="region" aria-label="One-on-ones held">
        <table>
          <thead>
            <tr>
              <th>Day</th>
              <th>With</th>
              <th>Kind</th>
              <th class="num">Promises</th>
              <th class="num">Settled</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr>
                <td>
                  <a href={`/meetings/${line.id}/record`}>
                    {shortDay(dayIn(line.heldAt, zone))} {dayIn(line.heldAt, zone).slice(0, 4)}
                  </a>
                </td>
                <td>{line.withName}</td>
                <td>{line.kindName}</td>
                <td class="num">{line.commitments}</td>
                <td class="num">{line.settled}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
