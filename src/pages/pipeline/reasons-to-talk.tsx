import type { PipelineDeal } from "../../domain/opportunities/deal-list-queries.ts";
import { daysBetween } from "../../method/days.ts";
import { StageLine } from "../../parts/stage-cell.tsx";
import { count, money } from "../../parts/words.ts";
import { slippedWords } from "./deal-columns.tsx";
import type { PipelineData } from "./pipeline-data.ts";
import { type PipelineQuery, pipelineLink } from "./pipeline-query.ts";

interface Tile {
  title: string;
  number: number;
  words: string;
  only: PipelineQuery["only"];
}

function tilesOf({ list, closing, isVerified }: PipelineData): Tile[] {
  if (!list) return [];
  const { ahead, stuck, slipped, overdue, old } = list.counts;
  return [
    ...(isVerified ? [{ title: "Claimed ahead", number: ahead, words: "of what the customer has given", only: "ahead" } as const] : []),
    { title: "Stuck", number: stuck, words: "nothing has changed for long", only: "stuck" },
    { title: "Slipped", number: slipped, words: "closes later than first said", only: "slipped" },
    { title: "Overdue", number: overdue, words: "should have closed by now", only: "overdue" },
    ...(closing
      ? [{ title: "Old", number: old, words: `open for more than ${count(closing.upperDays, "day")}`, only: "old" } as const]
      : []),
  ];
}

/** What gives reason to talk, counted; each number shows its deals. */
export function ConcernStrip({ data }: { data: PipelineData }) {
  const { asked } = data;
  return (
    <nav class="sheet strip concerns" aria-label="What gives reason to talk">
      {tilesOf(data).map(({ title, number, words, only }) => {
        const isChosen = asked.only === only;
        return (
          <a href={pipelineLink(asked, { only: isChosen ? null : only })} aria-current={isChosen ? "true" : undefined}>
            <span class="title">{title}</span>
            <span class={`big${number > 0 ? " late" : ""}`}>{number.toLocaleString("en-US")}</span>
            <span class="small muted">{words}</span>
          </a>
        );
      })}
    </nav>
  );
}

function reasonsOf(deal: PipelineDeal, { closing, shown, onPage }: PipelineData): string[] {
  const verified = onPage.verified.get(deal.id);
  const missing = verified && verified.aheadBy > 0 ? verified.missing[0] : undefined;
  return [
    ...(missing ? [`${deal.stage} without: ${missing.words.replace(/\.$/, "")}`] : []),
    ...(deal.horizon === "overdue" && deal.closeOn ? [`should have closed ${count(daysBetween(deal.closeOn, shown.day), "day")} ago`] : []),
    ...(deal.isStuck ? [`no change for ${count(deal.quietDays, "day")}`] : []),
    ...(deal.slips > 0 ? [slippedWords(deal)] : []),
    ...(closing && deal.ageDays > closing.upperDays ? [`open for ${count(deal.ageDays, "day")}`] : []),
  ];
}

/** The few deals that give most reason to talk, each with its reasons. */
export function TalkList({ data }: { data: PipelineData }) {
  const { list, asked, tree } = data;
  if (!list || list.talk.length === 0) return null;
  const manyReps = tree.length > 1 && !asked.rep;
  return (
    <section class="sheet pad talk" aria-labelledby="talk">
      <h2 id="talk">Talk about {list.talk.length === 1 ? "this one" : "these first"}</h2>
      <ol>
        {list.talk.map((deal) => (
          <li>
            <div>
              <a class="to-deal" href={`/opportunities/${deal.id}`} data-turbo-frame="_top">
                {deal.name}
              </a>
              <span class="muted">
                {" "}
                {manyReps && `${deal.ownerName} · `}
                <StageLine claimed={deal.stage} verified={data.onPage.verified.get(deal.id)} />
              </span>
            </div>
            <div class="why">{reasonsOf(deal, data).join(" · ")}</div>
            <div class="num">
              {deal.amountMinor === null ? <span class="muted">no amount</span> : money(deal.amountMinor, deal.currency)}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
