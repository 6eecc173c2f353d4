import { besideDeal } from "../../parts/deal-words.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { StoryPanel } from "../../parts/story-panel.tsx";
import { firstName } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import { EvidencePanel } from "../evidence/evidence-panel.tsx";
import type { DealData } from "./deal-data.ts";
import { DealStrip } from "./deal-facts-strip.tsx";
import { CommitmentsPart, DealDetails, NextStepPart } from "./deal-side.tsx";
import { DealTimeLine } from "./deal-time-line.tsx";

interface Props {
  c: Request;
  data: DealData;
  me: string;
  zone: string;
}

function readersOf({ deal, story }: DealData): string {
  const who = deal.owner.standing === "self" ? "You and those you report to see this." : `${deal.owner.name} and those above see this.`;
  if (!story) return who;
  const { repName, managerName } = story.owners;
  return `${who} The story and the promises are read by ${firstName(repName)} and ${firstName(managerName)} alone.`;
}

function sentence(parts: readonly (string | null)[]): string {
  const words = parts.filter(Boolean).join(", ");
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** Stories that another pair has left, for whoever may read them. */
function StoriesBefore({ data: { deal, storiesBefore } }: { data: DealData }) {
  if (storiesBefore.length === 0) return null;
  return (
    <section class="sheet pad stack tight" aria-labelledby="stories-before">
      <h2 id="stories-before">Its story before</h2>
      <ul>
        {storiesBefore.map(({ repId, repName, managerId, managerName }) => (
          <li>
            <a href={`/opportunities/${deal.id}/story/${managerId}?rep=${repId}`}>{`As ${repName} and ${managerName} told it`}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** One deal: where it stands, what comes next, what the customer has given, its story, and everything that has happened to it. */
export function OpportunityPage({ c, data, me, zone }: Props) {
  const { deal, evidence, story } = data;
  const isOwn = deal.owner.standing === "self";
  const lead = [
    isOwn ? "" : deal.owner.name,
    besideDeal(deal),
    deal.productName && !deal.name.includes(deal.productName) ? deal.productName : "",
  ];
  return (
    <Shell c={c} title={deal.name} current="pipeline">
      <Head title={deal.name} lead={sentence(lead)} readers={readersOf(data)}>
        <a class="btn" href={isOwn ? "/pipeline" : `/pipeline?rep=${deal.ownerId}`}>
          {isOwn ? "Your pipeline" : `${firstName(deal.owner.name)}’s pipeline`}
        </a>
      </Head>
      <DealStrip data={data} zone={zone} />
      <div class="deal-page">
        <div class="stack">
          <NextStepPart data={data} />
          <EvidencePanel c={c} data={evidence} />
          {story && <StoryPanel {...story} me={me} zone={zone} />}
          <StoriesBefore data={data} />
        </div>
        <div class="stack">
          <CommitmentsPart data={data} zone={zone} />
          <DealDetails data={data} zone={zone} />
        </div>
      </div>
      <DealTimeLine data={data} zone={zone} />
    </Shell>
  );
}
