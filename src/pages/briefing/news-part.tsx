import { dealWords } from "../../parts/deal-words.ts";
import type { OpportunityAt } from "../../domain/opportunities/opportunities-as-of.ts";
import type { OwnerNews } from "../../domain/opportunities/opportunity-news.ts";
import type { VerifiedStage } from "../../method/verified-stage.ts";
import { StageLine } from "../../parts/stage-cell.tsx";
import { count, dayIn, list, longDay, money, shortDay } from "../../parts/words.ts";
import type { Deals } from "./briefing-data.ts";

const most = 6;
const worth = (deal: OpportunityAt): number => deal.amountMinor ?? 0;
const priceOf = (deal: OpportunityAt): string =>
  deal.amountMinor === null ? "no amount" : `${money(deal.amountMinor, deal.currency)}${deal.isListPrice ? " at list price" : ""}`;
/** Many CRMs empty the amount of what is lost: that says nothing of what it was worth. */
const isWiped = (deal: OpportunityAt): boolean => deal.outcome === "lost" && worth(deal) === 0;

const closes = (deal: OpportunityAt): string =>
  deal.closeOn ? `${deal.outcome === "open" ? "closes" : "closed"} ${shortDay(deal.closeOn)}` : "";

interface ListProps<Deal extends OpportunityAt> {
  title: string;
  deals: readonly Deal[];
  /** How many are named; the rest is counted. */
  most: number;
  /** Of those that are open. */
  verified: ReadonlyMap<string, VerifiedStage>;
  /** What happened: said of the stage claimed, which stands after it with the one verified. */
  say?: (deal: Deal) => string;
  /** Words after the stage. */
  then?: (deal: Deal) => string;
}

/** The heaviest of one sort of news, and how many more there are. */
function NewsList<Deal extends OpportunityAt>({ title, deals, most, verified, say, then }: ListProps<Deal>) {
  if (deals.length === 0) return null;
  const shown = deals.toSorted((a, b) => worth(b) - worth(a)).slice(0, most);
  return (
    <div>
      <h3>
        {title} <span class="muted">{deals.length}</span>
      </h3>
      <ul class="news">
        {shown.map((deal) => (
          <li>
            <a href={`/opportunities/${deal.id}`}>{dealWords(deal)}</a>
            {isWiped(deal) ? "" : `, ${priceOf(deal)}`}
            {deal.outcome !== "won" && deal.outcome !== "lost" && (
              <span class="muted">
                {" "}
                {say?.(deal)} <StageLine claimed={deal.stage} verified={verified.get(deal.id)} full /> {then?.(deal)}
              </span>
            )}
          </li>
        ))}
      </ul>
      {deals.length > most && (
        <p class="small muted">
          And {count(deals.length - most, "more", "more")}
          {shown[0]?.outcome === "open" && (
            <>
              : <a href={`/pipeline?rep=${shown[0].ownerId}`}>see the pipeline</a>
            </>
          )}
          .
        </p>
      )}
    </div>
  );
}

/** What has happened in the pipeline since the pair last met. */
export function News({ deals, ownerId, zone, neverMet }: { deals: Deals; ownerId: string; zone: string; neverMet: boolean }) {
  const { news, open } = deals;
  const number = open.reduce((total, one) => total + one.count, 0);
  return (
    <section class="sheet pad stack tight" aria-labelledby="news">
      <div>
        <h2 id="news">Since {longDay(dayIn(deals.since, zone))}</h2>
        <p class="muted">
          {neverMet ? "You two have not met yet; these are the last thirty days. " : "The day you two last met. "}
          Open now: {count(number, "opportunity", "opportunities")}
          {number > 0 && `, ${list(open.map(({ sum, currency }) => money(sum, currency)))}`}.
        </p>
      </div>
      {isQuiet(news) && <p>Nothing has changed since.</p>}
      <NewsLists news={news} most={most} verified={deals.verified} zone={zone} />
      <p class="small no-print">
        <a href={`/pipeline/since?rep=${ownerId}`}>All that has changed since</a>
      </p>
    </section>
  );
}

/** Does it hold nothing that changed? What is stuck has not. */
export const isQuiet = (news: OwnerNews): boolean =>
  [news.created, news.moved, news.won, news.lost, news.slipped, news.vanished, news.amountChanged].every((list) => list.length === 0);

interface NewsProps {
  news: OwnerNews;
  most: number;
  verified: ReadonlyMap<string, VerifiedStage>;
  zone: string;
}

/** Every sort of news with its deals, the heaviest first. */
export function NewsLists({ news, most, verified, zone }: NewsProps) {
  const all = { most, verified };
  return (
    <>
      <NewsList {...all} title="Won" deals={news.won} />
      <NewsList {...all} title="Lost" deals={news.lost} />
      <NewsList {...all} title="New" deals={news.created} then={closes} />
      <NewsList {...all} title="Moved" deals={news.moved} say={(deal) => `from ${deal.fromStage} to`} />
      <NewsList
        {...all}
        title="Gone from the export"
        deals={news.vanished}
        then={(deal) => `no longer there since ${shortDay(dayIn(deal.lastChangeAt, zone))}`}
      />
      <NewsList
        {...all}
        title="Slipped"
        deals={news.slipped}
        say={(deal) => `from ${shortDay(deal.fromDay)} to ${shortDay(deal.toDay)},`}
      />
      <NewsList
        {...all}
        title="Changed in amount"
        deals={news.amountChanged}
        say={(deal) => (deal.fromMinor === null ? "had no amount," : `was ${money(deal.fromMinor, deal.fromCurrency)},`)}
      />
      <NewsList
        {...all}
        title={`Stuck, nothing for more than ${news.stuckAfterDays} days:`}
        deals={news.stuck}
        say={(deal) => `${deal.quietDays} days in`}
      />
    </>
  );
}
