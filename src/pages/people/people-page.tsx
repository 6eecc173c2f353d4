import type { PeopleFilter, PeopleSort, PersonRow } from "../../domain/people/people-queries.ts";
import { Field, Select } from "../../parts/field.tsx";
import { Head, Shell } from "../../parts/shell.tsx";
import { count, dayIn, fullDay, list, shortDay, timeIn } from "../../parts/words.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Request } from "../../platform/http.ts";
import { isAdmin } from "../../platform/viewer.ts";
import { experienceWords, roleWords } from "./person-words.ts";

type Filter = Omit<PeopleFilter, "limit" | "offset"> & { page: number };

interface Props {
  c: Request;
  ctx: Ctx;
  rows: PersonRow[];
  total: number;
  filter: Filter;
  pageSize: number;
}

const queryOf = ({ text, show, sort, descending, page }: Filter): string => {
  const query = new URLSearchParams({
    ...(text ? { q: text } : {}),
    ...(show === "here" ? {} : { show }),
    ...(sort === "name" && !descending ? {} : { sort: `${sort}${descending ? "-down" : ""}` }),
    ...(page > 1 ? { page: String(page) } : {}),
  }).toString();
  return query ? `?${query}` : "";
};

export function PeoplePage({ c, ctx, rows, total, filter, pageSize }: Props) {
  const admin = isAdmin(ctx.viewer);
  const isFiltered = filter.text !== "" || filter.show !== "here";
  return (
    <Shell c={c} title="People" current="people">
      <Head title="People" lead={admin ? `Everybody at ${ctx.viewer.orgName}.` : "Everybody who reports to you, directly or further down."}>
        <a class="btn" href={`/people.csv${queryOf({ ...filter, page: 1 })}`} data-turbo="false">
          Export CSV
        </a>
        <a class="btn" href="/quotas">
          Quotas
        </a>
        <a class="btn" href="/commission-rates">
          Commission rates
        </a>
        {admin && <AdminActions isSample={ctx.viewer.isSample} />}
      </Head>
      {total === 0 && !isFiltered ? <Nobody admin={admin} /> : <Filters filter={filter} />}
      {rows.length > 0 && <Table ctx={ctx} rows={rows} filter={filter} />}
      {rows.length === 0 && isFiltered && (
        <section class="sheet empty">
          <h2>Nobody found</h2>
          <p>
            {filter.show === "no-address" && !filter.text
              ? "Everybody here has a mail address or an account."
              : "No name, mail address, team or manager matches."}
          </p>
          <a class="btn" href="/people">
            Show everybody
          </a>
        </section>
      )}
      {total > pageSize && <Pages total={total} filter={filter} pageSize={pageSize} />}
    </Shell>
  );
}

function AdminActions({ isSample }: { isSample: boolean }) {
  return (
    <>
      <a class="btn" href="/imports/new?what=people">
        Bring from a file
      </a>
      {!isSample && (
        <form method="post" action="/people/invite">
          <button class="btn">Invite everybody not yet invited</button>
        </form>
      )}
      <a class="btn primary" href="/people/new">
        Add a person
      </a>
    </>
  );
}

function Nobody({ admin }: { admin: boolean }) {
  return (
    <section class="sheet empty">
      <h2>Nobody here yet</h2>
      <p>
        {admin
          ? "Add people one by one, or bring them all from a file."
          : "Nobody reports to you yet. Ask your admin to set you as somebody’s manager."}
      </p>
    </section>
  );
}

function Filters({ filter }: { filter: Filter }) {
  return (
    <form method="get" action="/people" class="filters" role="search">
      <Field name="q" label="Find" type="search" value={filter.text} />
      <Select
        name="show"
        label="Show"
        value={filter.show}
        options={[
          { value: "here", words: "People here" },
          { value: "no-address", words: "People without a mail address" },
          { value: "left", words: "People who left" },
          { value: "all", words: "All" },
        ]}
      />
      {filter.sort !== "name" || filter.descending ? (
        <input type="hidden" name="sort" value={`${filter.sort}${filter.descending ? "-down" : ""}`} />
      ) : null}
      <button class="btn">Find</button>
    </form>
  );
}

const columns: { sort: PeopleSort | null; words: string }[] = [
  { sort: "name", words: "Name" },
  { sort: null, words: "Roles" },
  { sort: "manager", words: "Manager" },
  { sort: "team", words: "Team" },
  { sort: "experience", words: "Experience" },
  { sort: "next", words: "Next one-on-one" },
  { sort: "started", words: "Here since" },
];

function Table({ ctx, rows, filter }: { ctx: Ctx; rows: PersonRow[]; filter: Filter }) {
  const admin = isAdmin(ctx.viewer);
  return (
    <section class="sheet scroll" tabindex={0} role="region" aria-label="People">
      <table>
        <thead>
          <tr>
            {columns.map(({ sort, words }) => (
              <ColumnHead sort={sort} words={words} filter={filter} />
            ))}
            {admin && <th scope="col">Sign-in</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              <td>
                <a href={`/people/${row.id}`}>{row.name}</a>
                <div class="muted small">{row.email}</div>
              </td>
              <td>{list(row.roles.map((role) => roleWords[role]))}</td>
              <td>{row.managerName ?? "–"}</td>
              <td>{row.team ?? "–"}</td>
              <td>{experienceWords[row.experience]}</td>
              <td>
                {row.nextMeeting
                  ? `${shortDay(dayIn(row.nextMeeting, ctx.viewer.timeZone))}, ${timeIn(row.nextMeeting, ctx.viewer.timeZone)}`
                  : row.roles.includes("rep") && !row.leftOn
                    ? "None planned"
                    : "–"}
              </td>
              <td>
                {row.startedOn ? fullDay(row.startedOn) : "–"}
                {row.leftOn && <div class="muted small">left {fullDay(row.leftOn)}</div>}
              </td>
              {admin && (
                <td>
                  <SignInState row={row} isSample={ctx.viewer.isSample} zone={ctx.viewer.timeZone} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ColumnHead({ sort, words, filter }: { sort: PeopleSort | null; words: string; filter: Filter }) {
  if (!sort) return <th scope="col">{words}</th>;
  const isCurrent = filter.sort === sort;
  const descending = isCurrent && !filter.descending;
  return (
    <th scope="col" aria-sort={isCurrent ? (filter.descending ? "descending" : "ascending") : undefined}>
      <a href={`/people${queryOf({ ...filter, sort, descending, page: 1 })}`}>{words}</a>
    </th>
  );
}

function SignInState({ row, isSample, zone }: { row: PersonRow; isSample: boolean; zone: string }) {
  if (isSample) return <span class="tag">One click</span>;
  if (row.leftOn && !row.hasAccount) return <>–</>;
  if (row.hasAccount) return <span class="tag kept">Has an account</span>;
  if (row.invitedAt) return <span class="tag watch">Invited {shortDay(dayIn(row.invitedAt, zone))}</span>;
  return <span class="tag">{row.email ? "Not invited" : "No mail address"}</span>;
}

function Pages({ total, filter, pageSize }: { total: number; filter: Filter; pageSize: number }) {
  const last = Math.ceil(total / pageSize);
  return (
    <nav class="row pages" aria-label="Pages">
      {filter.page > 1 && (
        <a class="btn" href={`/people${queryOf({ ...filter, page: filter.page - 1 })}`}>
          Before
        </a>
      )}
      <span class="muted">
        Page {filter.page} of {last}, {count(total, "person", "people")}
      </span>
      {filter.page < last && (
        <a class="btn" href={`/people${queryOf({ ...filter, page: filter.page + 1 })}`}>
          Next
        </a>
      )}
    </nav>
  );
}
