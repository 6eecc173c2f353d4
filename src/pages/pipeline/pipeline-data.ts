import { z } from "zod";
import {
  type Group,
  type GroupTotal,
  type Member,
  openTotals,
  type PipelineFilter,
  type PipelineRow,
  pipelineRows,
  pipelineSorts,
  stagesOf,
  treeOf,
} from "../../domain/opportunities/pipeline-queries.ts";
import { personForViewer, recordReading } from "../../domain/people/person-access.ts";
import { type Forecast, forecastsOn } from "../../domain/forecasts/forecast-queries.ts";
import { addDays, isDay, startOfDay } from "../../method/days.ts";
import { dayIn } from "../../parts/words.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { NotFound } from "../../platform/http.ts";
import { isManager } from "../../platform/viewer.ts";

export const pageSize = 50;

const query = z.object({
  asOf: z.string().default(""),
  rep: z.string().default(""),
  manager: z.string().default(""),
  stage: z.uuid().nullable().catch(null),
  q: z
    .string()
    .transform((words) => words.replaceAll("\u0000", "").trim().slice(0, 200))
    .catch(""),
  sort: z.enum(pipelineSorts).catch("amount"),
  dir: z.enum(["asc", "desc"]).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});
export type PipelineQuery = z.output<typeof query>;

export interface PipelineData {
  asked: PipelineQuery;
  /** What was wrong with the day asked for. */
  problem: string;
  /** The day shown, and whether it is today. */
  day: string;
  isToday: boolean;
  tree: Member[];
  /** Whose deals: a rep, a manager's people, or everybody of the viewer. */
  of: Member;
  groups: (Group & { name: string })[];
  totals: GroupTotal[];
  stages: { id: string; name: string; outcome: "open" | "won" | "lost" }[];
  /** Undefined where totals by manager are shown instead. */
  list: { rows: PipelineRow[]; total: number } | undefined;
  /** What was last said about the periods that run on that day. */
  forecasts: Forecast[];
  currency: string;
  me: string;
  /** The viewer manages or sets up, and so may expect to see others' deals here. */
  mayHavePeople: boolean;
}

const downward = new Set(["amount", "changed"]);
export const isDescending = ({ sort, dir }: PipelineQuery): boolean => (dir ?? (downward.has(sort) ? "desc" : "asc")) === "desc";

function readDay(asOf: string, today: string): { day: string; problem: string } {
  if (asOf === "") return { day: today, problem: "" };
  if (!isDay(asOf)) return { day: today, problem: "That day does not exist. This is today." };
  if (asOf > today) return { day: today, problem: "That day is still to come. This is today." };
  return { day: asOf, problem: "" };
}

/** A person and everybody below them. */
function below(tree: readonly Member[], top: string): string[] {
  const children = Map.groupBy(tree, ({ managerId }) => managerId);
  const found: string[] = [];
  const waiting = [top];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.includes(id)) continue;
    found.push(id);
    waiting.push(...(children.get(id) ?? []).map((member) => member.id));
  }
  return found;
}

/** Managers one level down with all their people, and those who report directly; a rep or a team of reps is one group. */
function groupsOf(tree: readonly Member[], of: Member, me: string): { groups: (Group & { name: string })[]; isLeader: boolean } {
  const managers = new Set(tree.map(({ managerId }) => managerId));
  const direct = tree.filter(({ managerId, id }) => managerId === of.id && id !== of.id);
  const heads = direct.filter(({ id }) => managers.has(id));
  if (heads.length === 0)
    return { groups: [{ key: of.id, name: of.name, ownerIds: [of.id, ...direct.map(({ id }) => id)] }], isLeader: false };
  const rest = [of.id, ...direct.filter(({ id }) => !managers.has(id)).map(({ id }) => id)];
  const groups = heads.map(({ id, name }) => ({ key: id, name, ownerIds: below(tree, id) }));
  return {
    groups: [...groups, { key: "direct", name: of.id === me ? "Directly yours" : `Directly ${of.name}’s`, ownerIds: rest }],
    isLeader: true,
  };
}

/** The reps' figures added up; a manager's own, which are about the same deals, only where no rep has said anything. */
async function forecastsFor(
  db: Db,
  asked: { orgId: string; day: string; currency: string },
  { of, tree, ownerIds }: { of: Member; tree: readonly Member[]; ownerIds: readonly string[] },
): Promise<Forecast[]> {
  const managers = new Set(tree.map(({ managerId }) => managerId));
  const said = await forecastsOn(db, { ...asked, personIds: ownerIds.filter((id) => !managers.has(id)) });
  return said.length > 0 ? said : forecastsOn(db, { ...asked, personIds: [of.id] });
}

export async function pipelineData(ctx: Ctx, raw: Record<string, string>, { whole = false } = {}): Promise<PipelineData> {
  const asked = query.parse(raw);
  const { timeZone, orgId, personId: me, currency } = ctx.viewer;
  const now = ctx.clock.now();
  const today = dayIn(now, timeZone);
  const { day, problem } = readDay(asked.asOf, today);
  const at = day === today ? now : new Date(startOfDay(addDays(day, 1), timeZone).getTime() - 1);
  return ctx.tx(async (db) => {
    const tree = await treeOf(db, ctx);
    const of = tree.find(({ id }) => id === (asked.rep || asked.manager || me));
    if (!of) throw new NotFound("This pipeline");
    if (of.id !== me) await recordReading(db, ctx, await personForViewer(db, ctx, of.id), "pipeline");
    const { groups, isLeader } = asked.rep
      ? { groups: [{ key: of.id, name: of.name, ownerIds: [of.id] }], isLeader: false }
      : groupsOf(tree, of, me);
    const filter: PipelineFilter = {
      text: asked.q,
      stageId: asked.stage,
      sort: asked.sort,
      descending: isDescending(asked),
      limit: whole ? 100_000 : pageSize,
      offset: whole ? 0 : (asked.page - 1) * pageSize,
    };
    const ownerIds = groups.flatMap((group) => group.ownerIds);
    return {
      asked,
      problem,
      day,
      isToday: day === today,
      tree,
      of,
      groups: isLeader ? groups : [],
      totals: await openTotals(db, { orgId, groups, at }),
      stages: await stagesOf(db, orgId),
      list: isLeader && !whole ? undefined : await pipelineRows(db, { orgId, ownerIds, at, outcomes: ["open"] }, filter),
      forecasts: await forecastsFor(db, { orgId, day, currency }, { of, tree, ownerIds }),
      currency,
      me,
      mayHavePeople: isManager(ctx.viewer) || ctx.viewer.roles.has("admin"),
    };
  });
}
