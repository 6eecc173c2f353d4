import type { OpportunityAt } from "../../domain/opportunities/opportunities-as-of.ts";
import { OwnWordLine } from "../../parts/own-word-line.tsx";
import { refusalWords } from "../../parts/refusal-words.ts";
import { stageName } from "../../parts/stage-cell.tsx";
import { WithoutRate } from "../../parts/without-rate.tsx";
import { count, firstName, money } from "../../parts/words.ts";
import { mostOf } from "../coverage/coverage-chart.tsx";
import { CoverRow } from "../coverage/enough-part.tsx";
import { type RoomData, worthOf } from "./room-data.ts";

interface StageRow {
  name: string;
  deals: OpportunityAt[];
  /** Those whose verified stage this is. */
  verified: OpportunityAt[];
}

/** Every stage that is claimed, or verified, by an open deal. */
function stagesOf({ open, verified }: RoomData["panel"]): StageRow[] {
  const inOrder = open.toSorted((a, b) => a.stagePosition - b.stagePosition);
  const claimed = Map.groupBy(inOrder, ({ stageId }) => stageId);
  const backed = Map.groupBy(inOrder, ({ id }) => verified.get(id)?.verifiedStageId ?? "");
  const rows = [...claimed].map(([stageId, deals]): StageRow => {
    const [first] = deals;
    return { name: stageName(first?.stage ?? "", verified.get(first?.id ?? "")), deals, verified: backed.get(stageId) ?? [] };
  });
  const before = [...backed].flatMap(([stageId, deals]): StageRow[] => {
    const name = verified.get(deals[0]?.id ?? "")?.verifiedName;
    return claimed.has(stageId) || !name ? [] : [{ name, deals: [], verified: deals }];
  });
  return [...before, ...rows];
}

/** Month, quarter and year end out of the rep's own numbers, as on the page of coverage. */
function Enough({ room }: { room: RoomData }) {
  const { numbers: shown } = room.panel;
  if (!shown) return null;
  const { numbers, horizons, refusal } = shown;
  if (!numbers)
    return <p class="pad small muted">{refusal ? refusalWords(refusal).what : "Whether it is enough is not worked out yet."}</p>;
  const most = mostOf(horizons, numbers);
  return (
    <section class="pad covers room-covers" aria-label="Enough to reach the goal?">
      {horizons.map((one) => (
        <CoverRow shown={one} numbers={numbers} most={most} />
      ))}
      <p class="small muted">
        Bar: all that is open. Upright mark: what own numbers need.{" "}
        <a href={`/people/${room.meeting.repId}/coverage`}>Where it comes from</a>
      </p>
    </section>
  );
}

/** Volume by stage, claimed and verified, and where it is thin. */
export function PipelinePanel({ room }: { room: RoomData }) {
  const { open, verified } = room.panel;
  const stages = stagesOf(room.panel);
  const sumOf = (deals: readonly OpportunityAt[]): number => worthOf(room, deals).minor;
  const { leftOut } = worthOf(room, open);
  const most = Math.max(1, ...stages.flatMap((stage) => [sumOf(stage.deals), sumOf(stage.verified)]));
  const wide = (deals: readonly OpportunityAt[]) => Math.round((sumOf(deals) / most) * 1000) / 10;
  const { currency } = room;
  const both = verified.size > 0;
  return (
    <>
      <div class="pad">
        <h2>{firstName(room.meeting.repName)}’s open pipeline</h2>
        <div class="small muted">
          {open.length === 0 ? "Nothing is open. Start with one name." : count(open.length, "open opportunity", "open opportunities")}
        </div>
        {leftOut.length > 0 && (
          <p class="small muted">
            <WithoutRate leftOut={leftOut} viewer={null} />
          </p>
        )}
        <OwnWordLine words={room.panel.words} name={room.meeting.repName} personId={room.meeting.repId} />
      </div>
      <Enough room={room} />
      {stages.map((stage) => (
        <div class="deal">
          <div class="spread">
            <span>{stage.name}</span>
            <b>{money(sumOf(stage.deals), currency)}</b>
          </div>
          <svg viewBox="0 0 100 4" height="8" width="100%" preserveAspectRatio="none" aria-hidden="true">
            <rect class="present" x="0" y="0" height={both ? 2 : 4} width={wide(stage.deals)} />
            {both && <rect class="future" x="0" y="2" height="2" width={wide(stage.verified)} />}
          </svg>
          <div class="small muted">
            {both
              ? `${count(stage.deals.length, "deal")} claimed; verified ${count(stage.verified.length, "deal")}, ${money(sumOf(stage.verified), currency)}`
              : count(stage.deals.length, "deal")}
          </div>
        </div>
      ))}
    </>
  );
}
