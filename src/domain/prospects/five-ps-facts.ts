import { type FivePsFacts } from "../../method/five-ps.ts";
import { numbersOf, saidOf, tryParts } from "../../method/role-play-parts.ts";
import { hasStrategy, type StoryField, type StoryWords } from "../../method/story-gaps.ts";
import type { MeetingView } from "../meetings/meeting-access.ts";
import type { RolePlay } from "../role-plays/role-play-queries.ts";
import type { KeptProspect } from "./kept-prospects-queries.ts";
import type { Prospect } from "./prospect-queries.ts";

const wordsOf = (lines: ReadonlyMap<StoryField, { words: string } | string>): StoryWords =>
  Object.fromEntries([...lines].map(([field, line]) => [field, typeof line === "string" ? line : line.words]));

interface Known {
  meeting: MeetingView;
  rolePlays: readonly RolePlay[];
  /** As they stand, while they are being prepared or talked about. */
  live?: readonly Prospect[] | undefined;
  /** As they were kept. */
  kept?: readonly KeptProspect[] | undefined;
}

/** What was really done of the five P's in one one-on-one. */
export function fivePsFacts({ meeting, rolePlays, live, kept }: Known): FivePsFacts {
  const hasBegun = meeting.state === "open" || meeting.state === "closed";
  return {
    isPlanned: meeting.state !== "excused",
    agendaSent: meeting.agendaSentAt !== null,
    hasBegun,
    prospects:
      live?.map(({ reviewedAt, story }) => ({ isReviewed: reviewedAt !== null, hasStrategy: hasStrategy(wordsOf(story.lines)) })) ??
      kept?.map(({ reviewedAt, handedIn, atClose }) => ({
        isReviewed: reviewedAt !== null,
        hasStrategy: hasStrategy(wordsOf(atClose.size > 0 ? atClose : handedIn)),
      })),
    rolePlays: rolePlays.map(({ lines }) => ({
      tries: numbersOf(lines, tryParts).written.length,
      hasFeedback: saidOf(lines, "feedback") !== "",
    })),
  };
}
