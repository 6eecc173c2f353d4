import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { NotFound } from "../../platform/http.ts";
import { type VerifiedDeal, verifiedStages } from "../evidence/verified-stages.ts";
import { type MetBefore, metBefore } from "../meetings/met-before-queries.ts";
import { type PersonView, personForViewer, recordReading } from "../people/person-access.ts";
import { type OpenWorth, openWorth } from "../preparations/briefing-queries.ts";
import { opportunityNews, type OwnerNews } from "./opportunity-news.ts";
import { treeOf } from "./pipeline-queries.ts";

export interface SinceLastMet {
  rep: PersonView;
  /** The one-on-ones one can look back to, the latest first. */
  met: MetBefore[];
  /** The one looked back to; undefined when they have never met, then it is the last thirty days. */
  last: MetBefore | undefined;
  since: Date;
  news: OwnerNews;
  /** The verified stage of the deals named in the news that are open. */
  verified: Map<string, VerifiedDeal>;
  /** Open when they met, and open at the end of what is asked. */
  openThen: OpenWorth[];
  openNow: OpenWorth[];
}

const thirtyDays = 30 * 86_400_000;

/** What has become of one rep's pipeline since a pair last met, up to an instant: for the rep and those above. */
export async function sinceLastMet(
  db: Db,
  ctx: Ctx,
  { repId, meetingId, at }: { repId: string; meetingId?: string | undefined; at: Date },
): Promise<SinceLastMet> {
  const { orgId } = ctx.viewer;
  if (!(await treeOf(db, ctx)).some(({ id }) => id === repId)) throw new NotFound("This pipeline");
  const rep = await personForViewer(db, ctx, repId);
  await recordReading(db, ctx, rep, "pipeline");
  const met = await metBefore(db, ctx, repId, at);
  const last = met.find(({ id }) => id === meetingId) ?? met[0];
  const since = last?.heldAt ?? new Date(at.getTime() - thirtyDays);
  const news = (await opportunityNews(db, { orgId, ownerIds: [repId], after: since, until: at, ownUsualFor: ctx.viewer.personId })).get(
    repId,
  );
  if (!news) throw new NotFound("This pipeline");
  return {
    rep,
    met,
    last,
    since,
    news,
    verified: await verifiedStages(db, { orgId, deals: openIn(news), at, dated: false }),
    openThen: await openWorth(db, { orgId, ownerId: repId, at: since }),
    openNow: await openWorth(db, { orgId, ownerId: repId, at }),
  };
}

const openIn = ({ created, moved, slipped, amountChanged, stuck }: OwnerNews) => [
  ...new Map([...created, ...moved, ...slipped, ...amountChanged, ...stuck].map((deal) => [deal.id, deal])).values(),
];
