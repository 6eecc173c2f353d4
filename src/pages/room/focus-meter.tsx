import { type Focus, focusShares, type Stretch, wholePercents } from "../../method/focus.ts";
import type { RoomData } from "./room-data.ts";

/** Minutes on past, present and future so far; more than a tenth on the past is said quietly. */
function stretchesOf({ agenda, timings }: Pick<RoomData, "agenda" | "timings">): Stretch[] {
  const focus = new Map<string, Focus>(agenda.sections.map((section) => [section.id, section.focus]));
  return timings.map(({ sectionId, startedAt, endedAt }) => ({
    focus: focus.get(sectionId) ?? "present",
    from: startedAt.getTime(),
    until: endedAt?.getTime() ?? null,
  }));
}

export function FocusMeter({ room }: { room: RoomData }) {
  const stretches = stretchesOf(room);
  const shares = focusShares(stretches, room.now.getTime());
  const percents = wholePercents(shares);
  const words = `Past ${percents.past} % · present ${percents.present} % · future ${percents.future} %`;
  return (
    <kept-focus data-stretches={JSON.stringify(stretches)} data-now={room.now.getTime()} class={shares.tooMuchPast ? "too-much-past" : ""}>
      <svg class="meter" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect class="past" x="0" y="0" width={percents.past} height="8" />
        <rect class="present" x={percents.past} y="0" width={percents.present} height="8" />
        <rect class="future" x={percents.past + percents.present} y="0" width={percents.future} height="8" />
      </svg>
      <span data-words>{words}</span>
      <span class="warning">More than a tenth on the past. Aim for what comes next.</span>
    </kept-focus>
  );
}
