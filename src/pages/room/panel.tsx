import { CommitmentsPanel } from "./commitments-panel.tsx";
import { NewOpportunitiesPanel, OpportunitiesPanel } from "./opportunities-panel.tsx";
import { PipelinePanel } from "./pipeline-panel.tsx";
import { PointsPanel } from "./points-panel.tsx";
import { ResultsPanel } from "./results-panel.tsx";
import type { RoomData } from "./room-data.ts";
import { WorkingPanel } from "./working-panel.tsx";
import { WrapUpPanel } from "./wrap-up-panel.tsx";

/** What the section is about, beside the talk. */
export function Panel({ room }: { room: RoomData }) {
  switch (room.section.panel) {
    case "commitments":
      return <CommitmentsPanel room={room} />;
    case "results":
      return <ResultsPanel room={room} />;
    case "new_opportunities":
      return <NewOpportunitiesPanel room={room} />;
    case "opportunities":
      return <OpportunitiesPanel room={room} />;
    case "pipeline":
      return <PipelinePanel room={room} />;
    case "working":
      return <WorkingPanel room={room} />;
    case "wrap_up":
      return <WrapUpPanel room={room} />;
    default:
      return <PointsPanel room={room} />;
  }
}
