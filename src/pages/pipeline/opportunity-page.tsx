import type { DatedChange } from "../../domain/opportunities/history-queries.ts";
import type { OpportunityView } from "../../domain/opportunities/opportunity-access.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { StageCell } from "../../parts/stage-cell.tsx";
import { StoryPanel } from "../../parts/story-panel.tsx";
import { count, dayIn, fullDay, money, timeIn } from "../../parts/words.ts";
import type { EvidenceData } from "../evidence/evidence-data.ts";
import { EvidencePanel } from "../evidence/evidence-panel.tsx";
import type { StoryData } from "../stories/story-data.ts";
import type { Request } from "../../platform/http.ts";

interface Props {
  c: Request;
  deal: OpportunityView;
  history: DatedChange[];
  story: StoryData | undefined;
  evidence: EvidenceData;
  me: string;
  now: Date;
  zone: string;
}

const fields: Record<DatedChange["field"], string> = {
  created: "Created",
  name: "Name",
  owner: "Owner",
  account: "Account",
  product: "Product",
  stage: "Stage",
  amount: "Amount",
  close_on: "Close date",
  forecast_category: "Forecast category",
  next_step: "Next step",
  vanished: "Gone from the export",
};

/** One opportunity as it stands, and everything that has happened to it, with the day. */
export function OpportunityPage({ c, deal, history, story, evidence, me, now, zone }: Props) {
  const quiet = Math.floor((now.getTime() - deal.lastChangeAt.getTime()) / 86_400_000);
  return (
    <Shell c={c} title={deal.name} current="pipeline">
      <Head
        title={deal.name}
        lead={[deal.accountName, deal.productName].filter((words) => words && !deal.name.includes(words)).join(", ")}
        readers={`${deal.owner.standing === "self" ? "You" : deal.owner.name} and those above can see this.`}
      >
        <a class="btn" href={deal.owner.standing === "self" ? "/pipeline" : `/pipeline?rep=${deal.ownerId}`}>
          {deal.owner.standing === "self" ? "Your pipeline" : `${deal.owner.name}’s pipeline`}
        </a>
      </Head>
      <section class="sheet pad" aria-label="As it stands">
        <dl class="facts">
          <dt>Stage</dt>
          <dd>
            <StageCell claimed={deal.stage} verified={evidence.verified} full now={now} />
            {deal.outcome === "vanished" && (
              <span class="muted"> No longer in the export since {fullDay(dayIn(deal.lastChangeAt, zone))}: not counted as open.</span>
            )}
          </dd>
          <dt>Amount</dt>
          <dd>
            {deal.amountMinor === null ? "none given" : money(deal.amountMinor, deal.currency)}
            {deal.isListPrice && <span class="muted"> the product’s list price: the deal has no amount of its own</span>}
          </dd>
          <dt>{deal.outcome === "open" || deal.outcome === "vanished" ? "Expected to close" : "Closed"}</dt>
          <dd>{deal.closeOn ? fullDay(deal.closeOn) : "no day given"}</dd>
          <dt>Owner</dt>
          <dd>{deal.owner.name}</dd>
          {deal.forecastCategory && (
            <>
              <dt>Forecast category</dt>
              <dd>{deal.forecastCategory}</dd>
            </>
          )}
          <dt>Next step</dt>
          <dd>{deal.nextStep ?? "none written down"}</dd>
          <dt>Last change</dt>
          <dd>
            {fullDay(dayIn(deal.lastChangeAt, zone))}
            {deal.outcome === "open" && quiet > 0 && <span class="muted">, {count(quiet, "day")} ago</span>}
          </dd>
        </dl>
      </section>
      <EvidencePanel c={c} data={evidence} />
      {story && <StoryPanel {...story} me={me} zone={zone} />}
      <History history={history} zone={zone} currency={deal.currency} />
    </Shell>
  );
}

function History({ history, zone, currency }: { history: DatedChange[]; zone: string; currency: string }) {
  return (
    <section class="sheet">
      <h2 class="pad">History</h2>
      <div class="scroll" tabindex={0} role="region" aria-label="History">
        <table>
          <thead>
            <tr>
              <th>Day</th>
              <th>What</th>
              <th>From</th>
              <th>To</th>
              <th>Source</th>
            </tr>
          </thead>
          <tbody>
            {history.map((change) => (
              <tr>
                <td class="nowrap">
                  {fullDay(dayIn(change.at, zone))} <span class="muted">{timeIn(change.at, zone)}</span>
                </td>
                <td>{fields[change.field]}</td>
                <td>{valueWords(change.field, change.before, currency, zone)}</td>
                <td>{valueWords(change.field, change.after, currency, zone)}</td>
                <td class="muted">{change.source}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function valueWords(field: DatedChange["field"], value: string | null, currency: string, zone: string): string {
  if (value === null) return "–";
  if (field === "amount" && /^-?\d+$/.test(value)) return money(Number(value), currency);
  if (field === "close_on" && /^\d{4}-\d{2}-\d{2}$/.test(value)) return fullDay(value);
  if (field === "created") {
    const at = new Date(value);
    return Number.isNaN(at.getTime()) ? value : fullDay(dayIn(at, zone));
  }
  return value;
}
