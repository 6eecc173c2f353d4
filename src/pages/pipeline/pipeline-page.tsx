import { Head, Shell } from "../../parts/shell.tsx";
import { count, fullDay } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import { DealTable } from "./deal-table.tsx";
import { ForecastPart } from "./forecast-part.tsx";
import type { PipelineData } from "./pipeline-data.ts";
import { pipelineLink } from "./pipeline-link.ts";
import { StageVolume, sumWords } from "./stage-volume.tsx";

/** The open pipeline of a rep, a team or a tree, now or on any past day. */
export function PipelinePage({ c, data, zone }: { c: Request; data: PipelineData; zone: string }) {
  const { totals, of, me, tree, asked, list } = data;
  const deals = totals.reduce((sum, total) => sum + total.deals, 0);
  const isFiltered = asked.q !== "" || asked.stage !== null;
  const readers =
    tree.length > 1
      ? "You see the opportunities of those who report to you. Whoever you report to sees them too."
      : "You and those you report to can see this.";
  return (
    <Shell c={c} title="Pipeline" current="pipeline">
      <Head
        title={of.id === me ? "Pipeline" : `Pipeline: ${of.name}`}
        lead={`${count(deals, "open opportunity", "open opportunities")}, ${sumWords(totals, data.currency)}, ${data.isToday ? "now" : `on ${fullDay(data.day)}`}.`}
        readers={readers}
      >
        {of.id !== me && (
          <a class="btn" href={pipelineLink(asked, { rep: "", manager: "" })}>
            Everybody
          </a>
        )}
        {deals > 0 && (
          <a class="btn" href={pipelineLink(asked, {}, "/pipeline.csv")} data-turbo="false">
            Export CSV
          </a>
        )}
      </Head>
      {data.problem && (
        <div class="notice watch" role="alert">
          {data.problem}
        </div>
      )}
      <Filters data={data} />
      {deals === 0 ? (
        <Empty data={data} />
      ) : (
        <>
          <StageVolume totals={totals} stages={data.stages} currency={data.currency} />
          <ForecastPart forecasts={data.forecasts} currency={data.currency} />
          {data.groups.length > 0 && <ByManager data={data} />}
          {list && list.total === 0 && isFiltered && <p class="pad">Nothing open matches. Take a filter away.</p>}
          {list && list.rows.length > 0 && <DealTable data={data} zone={zone} />}
        </>
      )}
    </Shell>
  );
}

function Empty({ data }: { data: PipelineData }) {
  const { tree, me } = data;
  if (!tree.some(({ id }) => id !== me) && data.mayHavePeople)
    return (
      <section class="sheet empty">
        <h2>Nobody reports to you yet</h2>
        <p>Here you see the opportunities of your people, and your own. An admin says who reports to whom, under People.</p>
      </section>
    );
  return (
    <section class="sheet empty">
      <h2>{data.isToday ? "Nothing is open" : `Nothing was open on ${fullDay(data.day)}`}</h2>
      <p>
        Opportunities come from your CRM: an admin imports them under Set-up. Their history is kept, so that any past day can be seen here.
      </p>
    </section>
  );
}

function Filters({ data: { asked, tree, stages, groups, isToday, day, me } }: { data: PipelineData }) {
  const managers = new Set(tree.map(({ managerId }) => managerId));
  const reps = tree.filter(({ id }) => id !== me && !managers.has(id));
  return (
    <form class="filters no-print" action="/pipeline" method="get">
      {asked.manager && <input type="hidden" name="manager" value={asked.manager} />}
      <div class="field">
        <label for="as-of">On the day</label>
        <input id="as-of" type="date" name="asOf" value={isToday ? "" : day} />
      </div>
      {reps.length > 0 && reps.length <= 200 && (
        <div class="field">
          <label for="rep">Rep</label>
          <select id="rep" name="rep">
            <option value="">Everybody</option>
            {reps.map(({ id, name }) => (
              <option value={id} selected={id === asked.rep}>
                {name}
              </option>
            ))}
          </select>
        </div>
      )}
      {groups.length === 0 && (
        <>
          <div class="field">
            <label for="stage">Stage</label>
            <select id="stage" name="stage">
              <option value="">All</option>
              {stages
                .filter(({ outcome }) => outcome === "open")
                .map(({ id, name }) => (
                  <option value={id} selected={id === asked.stage}>
                    {name}
                  </option>
                ))}
            </select>
          </div>
          <div class="field">
            <label for="q">Name or account</label>
            <input id="q" type="search" name="q" value={asked.q} maxlength={200} />
          </div>
        </>
      )}
      <button class="btn">Show</button>
    </form>
  );
}

function ByManager({ data: { groups, totals, asked, currency } }: { data: PipelineData }) {
  return (
    <section class="sheet">
      <h2 class="pad">By manager</h2>
      <div class="scroll" tabindex={0} role="region" aria-label="Open volume by manager">
        <table>
          <thead>
            <tr>
              <th>Manager</th>
              <th class="num">People</th>
              <th class="num">Deals</th>
              <th class="num">Volume</th>
            </tr>
          </thead>
          <tbody>
            {groups.map(({ key, name, ownerIds }) => {
              const mine = totals.filter((total) => total.key === key);
              if (key === "direct" && mine.length === 0) return null;
              return (
                <tr>
                  <td>{key === "direct" ? name : <a href={pipelineLink(asked, { manager: key })}>{name}</a>}</td>
                  <td class="num">{key === "direct" ? ownerIds.length : ownerIds.length - 1}</td>
                  <td class="num">{mine.reduce((sum, { deals }) => sum + deals, 0).toLocaleString("en-US")}</td>
                  <td class="num">{sumWords(mine, currency)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
