import { dayNumber, dayOf } from "../../method/day-numbers.ts";
import { exchangeSum } from "../../method/exchange-sum.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { WithoutRate } from "../../parts/without-rate.tsx";
import { count, fullDay, list, money, weekday } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import { PersonTabs } from "../people/person-tabs.tsx";
import { isAdmin, type Viewer } from "../../platform/viewer.ts";
import { AheadByRep } from "./ahead-by-rep.tsx";
import { AgainstTargets } from "./against-targets.tsx";
import { ByManager } from "./by-manager.tsx";
import { DealTable } from "./deal-table.tsx";
import { ForecastPart } from "./forecast-part.tsx";
import type { PipelineData } from "./pipeline-data.ts";
import { PipelineFilters, WhoseAndWhen } from "./pipeline-filters.tsx";
import { pipelineLink } from "./pipeline-query.ts";
import { ConcernStrip, TalkList } from "./reasons-to-talk.tsx";
import { sumWords, VolumeCharts } from "./volume-charts.tsx";

interface Props {
  c: Request;
  data: PipelineData;
  zone: string;
  chosen: readonly string[] | undefined;
}

/** The open pipeline of a rep, a team or a tree, now or on any past day. */
export function PipelinePage({ c, data, zone, chosen }: Props) {
  const { of, me, tree } = data;
  const readers =
    tree.length > 1
      ? "You see the opportunities of those who report to you. Whoever you report to sees them too."
      : "You and those you report to can see this.";
  return (
    <Shell c={c} title="Pipeline" current="pipeline">
      <turbo-frame id="pipeline" data-turbo-action="advance">
        <Head title={of.id === me ? "Pipeline" : `Pipeline: ${of.name}`} lead={<Lead data={data} />} readers={readers}>
          <Actions data={data} />
        </Head>
        {data.rep && <PersonTabs person={data.rep} current="pipeline" />}
        <Together data={data} viewer={c.get("viewer")} />
        {data.shown.problem && (
          <div class="notice watch" role="alert">
            {data.shown.problem}
          </div>
        )}
        {!data.shown.isToday && <PastDay data={data} zone={zone} />}
        <WhoseAndWhen data={data} />
        <Body data={data} zone={zone} chosen={chosen} viewer={c.get("viewer")} />
      </turbo-frame>
    </Shell>
  );
}

function Lead({ data: { totals, currency, shown } }: { data: PipelineData }) {
  const deals = totals.reduce((sum, total) => sum + total.deals, 0);
  return `${count(deals, "open opportunity", "open opportunities")}, ${sumWords(totals, currency)}, ${shown.isToday ? "now" : `on ${fullDay(shown.day)}`}.`;
}

/** Several currencies also as one sum, saying by which rates; what has none is named. */
function Together({ data, viewer }: { data: PipelineData; viewer: Viewer | null }) {
  const sum = exchangeSum(data.rates, data.totals, dayNumber(data.shown.day));
  if (sum.rates.length === 0 && sum.leftOut.length === 0) return null;
  const by = sum.rates.map(({ currency, from }) => `${currency} by the rate of ${fullDay(dayOf(from))}`);
  return (
    <p class="muted">
      {(by.length > 0 || data.totals.some(({ currency }) => currency === data.currency)) &&
        `Together ${money(sum.minor, data.currency)}${by.length > 0 ? `: ${list(by)}` : ""}. `}
      <WithoutRate leftOut={sum.leftOut} viewer={viewer} />
    </p>
  );
}

function Actions({ data: { of, me, asked, totals, groups, tree, mayHavePeople } }: { data: PipelineData }) {
  const ofOneRep = asked.rep !== "" || (tree.length === 1 && !mayHavePeople);
  return (
    <>
      {ofOneRep && (
        <a class="btn" href={of.id === me ? "/pipeline/since" : `/pipeline/since?rep=${of.id}`} target="_top">
          Since you last met
        </a>
      )}
      {of.id !== me && (
        <a class="btn" href={pipelineLink(asked, { rep: "", manager: "" })}>
          Everybody
        </a>
      )}
      {groups.length > 0 &&
        (asked.view === "deals" ? (
          <a class="btn" href={pipelineLink(asked, { view: "", q: "", stage: null, horizon: null, only: null, grade: null })}>
            By manager
          </a>
        ) : (
          <>
            <a class="btn" href={pipelineLink(asked, { view: asked.view === "targets" ? "" : "targets" })}>
              {asked.view === "targets" ? "Without the quota" : "Against quota"}
            </a>
            <a class="btn" href={pipelineLink(asked, { view: "deals" })}>
              Every deal
            </a>
          </>
        ))}
      {totals.length > 0 && (
        <a class="btn" href={pipelineLink(asked, {}, "/pipeline.csv")} data-turbo="false" target="_top">
          Export CSV
        </a>
      )}
    </>
  );
}

/** Says on every page of a past day that it is one. */
function PastDay({ data: { shown, asked }, zone }: { data: PipelineData; zone: string }) {
  return (
    <div class="notice watch past-day" role="status">
      <span>
        As it stood at the end of <b>{`${weekday(shown.day)}, ${fullDay(shown.day)}`}</b> ({zone.replaceAll("_", " ")}). Nothing of what
        came later is in it.
      </span>
      <a class="no-print" href={pipelineLink(asked, { asOf: "" })}>
        Back to today
      </a>
    </div>
  );
}

function Body({ data, zone, chosen, viewer }: Omit<Props, "c"> & { viewer: Viewer | null }) {
  if (data.totals.length === 0) return <Empty data={data} isAdmin={viewer !== null && isAdmin(viewer)} />;
  const { list, closing, groups } = data;
  return (
    <>
      {list && <ConcernStrip data={data} />}
      {list && <TalkList data={data} />}
      <VolumeCharts data={data} />
      <AgainstTargets data={data} />
      {groups.length > 0 && !list && <ByManager data={data} />}
      {list && <PipelineFilters data={data} />}
      {list && <DealTable data={data} zone={zone} chosen={chosen} />}
      {list && closing && (
        <p class="small muted closing">
          Age is measured against your own organisation: half of the last {count(closing.deals, "deal")} it won took at most{" "}
          {count(closing.medianDays, "day")}, three in four at most {count(closing.upperDays, "day")}.
        </p>
      )}
      {list && <AheadByRep data={data} />}
      <ForecastPart forecasts={data.forecasts} currency={data.currency} calendar={data.calendar} />
    </>
  );
}

function Empty({ data, isAdmin: setsUp }: { data: PipelineData; isAdmin: boolean }) {
  const { tree, me, shown } = data;
  if (!tree.some(({ id }) => id !== me) && data.mayHavePeople)
    return (
      <section class="sheet empty">
        <h2>Nobody reports to you yet</h2>
        <p>
          Here you see the opportunities of your people, and your own.
          {setsUp
            ? " What you have brought in is seen by its owners and those they report to."
            : " An admin says who reports to whom, under People."}
        </p>
        {setsUp && <SetUpLinks />}
      </section>
    );
  return (
    <section class="sheet empty">
      <h2>{shown.isToday ? "Nothing is open" : `Nothing was open on ${fullDay(shown.day)}`}</h2>
      <p>
        Opportunities come from your CRM: an admin imports them under Set-up. Their history is kept, so that any past day can be seen here.
      </p>
      {setsUp && <SetUpLinks />}
    </section>
  );
}

const SetUpLinks = () => (
  <p class="row">
    <a class="btn" href="/imports" target="_top">
      Imports
    </a>
    <a class="btn" href="/people" target="_top">
      Who reports to whom
    </a>
  </p>
);
