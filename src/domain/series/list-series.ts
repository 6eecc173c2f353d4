import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { seriesRows, type SeriesView } from "./series-access.ts";

export type ListedSeries = Omit<SeriesView, "mayChange">;

/** Every series the viewer may know of, running or ended, page by page. */
export async function listSeries(
  db: Db,
  ctx: Pick<Ctx, "viewer">,
  { after, limit }: { after: string | null; limit: number },
): Promise<ListedSeries[]> {
  let query = seriesRows(db, ctx.viewer.orgId);
  if (after) query = query.where("s.id", ">", after);
  const rows = await query.orderBy("s.id").limit(limit).execute();
  return rows.map((row) => ({ ...row, localTime: row.localTime.slice(0, 5) }));
}
