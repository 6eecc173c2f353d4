import { z } from "zod";
import { type VerifiedDeal, verifiedStages } from "../../domain/evidence/verified-stages.ts";
import { type MetBefore, metBefore } from "../../domain/meetings/met-before-queries.ts";
import { opportunityNews, type OwnerNews } from "../../domain/opportunities/opportunity-news.ts";
import { treeOf } from "../../domain/opportunities/pipeline-queries.ts";
import { type PersonView, personForViewer, recordReading } from "../../domain/people/person-access.ts";
import { type OpenWorth, openWorth } from "../../domain/preparations/briefing-queries.ts";
import type { Ctx } from "../../platform/context.ts";
import { NotFound } from "../../platform/http.ts";
import { type ShownDay, shownDay } from "./shown-day.ts";

const query = z.object({ rep: z.string().default(""), meeting: z.string().default(""), asOf: z.string().default("") });

export interface SinceData {
  rep: PersonView;
  shown: ShownDay;
  /** The one-on-ones one can look back to, the latest first. */
  met: MetBefore[];
  /** The one looked back to; undefined when they have never met, then it is the last thirty days. */
  last: MetBefore | undefined;
  since: Date;
  news: OwnerNews;
  /** The verified stage of the deals named in the news that are open. */
  verified: Map<string, VerifiedDeal>;
  /** Open when they met, and open at the end of the day shown. */
  openThen: OpenWorth[];
  openNow: OpenWorth[];
}

const thirtyDays = 30 * 86_400_000;

/** What has become of one rep's pipeline since a pair last met: the difference of two instants. */
export async function sinceData(ctx: Ctx, raw: Record<string, string>): Promise<SinceData> {
  const asked = query.parse(raw);
  const { orgId, personId: me, timeZone } = ctx.viewer;
  const shown = shownDay(asked.asOf, ctx.clock.now(), timeZone);
  return ctx.tx(async (db) => {
    const repId = asked.rep || me;
    if (!(await treeOf(db, ctx)).some(({ id }) => id === repId)) throw new NotFound("This pipeline");
    const rep = await personForViewer(db, ctx, repId);
    await recordReading(db, ctx, rep, "pipeline");
    const met = await metBefore(db, ctx, repId, shown.at);
    const last = met.find(({ id }) => id === asked.meeting) ?? met[0];
    const since = last?.heldAt ?? new Date(shown.at.getTime() - thirtyDays);
    const news = (await opportunityNews(db, { orgId, ownerIds: [repId], after: since, until: shown.at, byOwnUsual: true })).get(repId);
    if (!news) throw new NotFound("This pipeline");
    return {
      rep,
      shown,
      met,
      last,
      since,
      news,
      verified: await verifiedStages(db, { orgId, deals: openIn(news), at: shown.at, dated: false }),
      openThen: await openWorth(db, { orgId, ownerId: repId, at: since }),
      openNow: await openWorth(db, { orgId, ownerId: repId, at: shown.at }),
    };
  });
}

const openIn = ({ created, moved, slipped, amountChanged, stuck }: OwnerNews) => [
  ...new Map([...created, ...moved, ...slipped, ...amountChanged, ...stuck].map((deal) => [deal.id, deal])).values(),
];
