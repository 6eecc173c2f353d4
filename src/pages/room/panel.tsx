import { CommitmentsPanel } from "./commitments-panel.tsx";
import { NewOpportunitiesPanel, OpportunitiesPanel } from "./opportunities-panel.tsx";
import { PipelinePanel } from "./pipeline-panel.tsx";
import { PracticePanel } from "./practice-panel.tsx";
import { PointsPanel } from "./points-panel.tsx";
import { ProspectsPanel } from "./prospects-panel.tsx";
import { ResultsPanel } from "./results-panel.tsx";
import type { RoomData } from "./room-data.ts";
import { WorkingPanel } from "./working-panel.tsx";
import { WrapUpPanel } from "./wrap-up-panel.tsx";

/** An agenda from before there was a panel for practice: its own section on what comes is for it. */
const practisesHere = ({ section, agenda }: RoomData): boolean =>
  section.panel === "none" && section.focus === "future" && agenda.sections.every(({ panel }) => panel !== "practice");

/** Without a section of their own the prospects stand before the other deals. */
const bringsProspects = ({ agenda, panel }: RoomData): boolean =>
  agenda.sections.every((section) => section.panel !== "prospects") && (panel.prospects?.list.length ?? 0) > 0;

/** What the section is about, beside the talk. */
export function Panel({ room }: { room: RoomData }) {
  switch (room.section.panel) {
    case "commitments":
      return <CommitmentsPanel room={room} />;
    case "results":
      return <ResultsPanel room={room} />;
    case "new_opportunities":
      return <NewOpportunitiesPanel room={room} />;
    case "prospects":
      return (
        <>
          <ProspectsPanel room={room} />
          {room.rolePlays.length > 0 && <PracticePanel room={room} />}
        </>
      );
    case "practice":
      return <PracticePanel room={room} />;
    case "opportunities":
      return (
        <>
          {bringsProspects(room) && <ProspectsPanel room={room} />}
          <OpportunitiesPanel room={room} />
        </>
      );
    case "pipeline":
      return <PipelinePanel room={room} />;
    case "working":
      return <WorkingPanel room={room} />;
    case "wrap_up":
      return <WrapUpPanel room={room} />;
    default:
      return (
        <>
          <PointsPanel room={room} />
          {practisesHere(room) && <PracticePanel room={room} />}
        </>
      );
  }
}
