import { storyForViewer, type StoryOwners } from "../../domain/stories/story-access.ts";
import { noStory, type PastLine, storiesOf, type Story, storyPast } from "../../domain/stories/story-queries.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";

export interface StoryData {
  owners: StoryOwners;
  story: Story;
  past: PastLine[];
}

/** Everything <StoryPanel> shows; undefined for whoever is not of the pair. */
export async function storyData(
  db: Db,
  ctx: Pick<Ctx, "viewer" | "clock">,
  opportunityId: string | undefined,
  managerId?: string,
  formerRepId?: string,
): Promise<StoryData | undefined> {
  const owners = await storyForViewer(db, ctx, opportunityId, managerId, formerRepId);
  if (!owners) return undefined;
  const { opportunityId: id } = owners;
  return {
    owners,
    story: (await storiesOf(db, owners, [id])).get(id) ?? noStory(id),
    past: await storyPast(db, owners, id),
  };
}
