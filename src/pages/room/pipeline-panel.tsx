import { count, firstName, money } from "../../parts/words.ts";
import type { RoomData } from "./room-data.ts";

/** Volume by stage, and where it is thin. */
export function PipelinePanel({ room }: { room: RoomData }) {
  const { open } = room.panel;
  const stages = [
    ...Map.groupBy(
      open.toSorted((a, b) => a.stagePosition - b.stagePosition),
      ({ stage }) => stage,
    ),
  ].map(([stage, deals]) => ({
    stage,
    deals: deals.length,
    sum: deals.reduce((total, deal) => total + (deal.amountMinor ?? 0), 0),
    currency: deals[0]?.currency ?? "USD",
  }));
  const most = Math.max(1, ...stages.map(({ sum }) => sum));
  return (
    <>
      <div class="pad">
        <h2>{firstName(room.meeting.repName)}’s open pipeline</h2>
        <div class="small muted">
          {open.length === 0 ? "Nothing is open. Start with one name." : count(open.length, "open opportunity", "open opportunities")}
        </div>
      </div>
      {stages.map(({ stage, deals, sum, currency }) => (
        <div class="deal">
          <div class="spread">
            <span>{stage}</span>
            <b>{money(sum, currency)}</b>
          </div>
          <svg viewBox="0 0 100 4" height="8" width="100%" preserveAspectRatio="none" aria-hidden="true">
            <rect class="present" x="0" y="0" height="4" width={Math.round((sum / most) * 1000) / 10} />
          </svg>
          <div class="small muted">{count(deals, "deal")}</div>
        </div>
      ))}
    </>
  );
}
