import { sql } from "kysely";
import type { Grade } from "../../method/prospect-grade.ts";
import type { TollStage } from "../../method/verified-stage.ts";
import type { Db } from "../../platform/database.ts";
import { onceATransaction } from "../../platform/once-a-transaction.ts";

export interface ProcessStage extends TollStage {
  /** What the customer should experience. */
  experience: string;
  /** Per cent. */
  probability: number;
}

/** A stage of an earlier version that this one has no more; deals may still carry it. */
export interface FormerStage extends TollStage {
  isFormer: true;
  /** The stage before it in that version, as far as this one has it: there it would stand. Null where none is left. */
  afterStageId: string | null;
}

export interface CarriedStage {
  stageId: string;
  asStageId: string;
}

export type RuleField = "stage" | "verified stage" | "backed" | "closes within" | "amount" | "changed within";
export interface ProcessRule {
  grade: Grade;
  field: RuleField;
  stageId: string | null;
  /** Days, or minor units of the organisation's currency. */
  number: number | null;
}

export interface ProcessVersion {
  id: string;
  version: number;
  name: string;
  /** In force from then until the next version is. */
  validFrom: Date;
  publishedBy: string | null;
}

export interface Process extends ProcessVersion {
  /** In their order; at least one. */
  stages: ProcessStage[];
  /** Taken out by this version or one before it, in the order they had. */
  former: FormerStage[];
  /** What the deals count as that still stand in a stage it does not have, where that was said. */
  carried: CarriedStage[];
  rules: ProcessRule[];
}

/** Does it ask anything of the customer? If not, there is no verified stage. */
export const hasTolls = (process: Process | null): process is Process =>
  process !== null && process.stages.some(({ tolls }) => tolls.length > 0);

/** All versions, newest first. */
export const processVersions = (db: Db, orgId: string): Promise<ProcessVersion[]> =>
  versions(db, orgId).orderBy("v.version", "desc").execute();

/** The version in force at an instant; null while there was none. */
export const processAt = (db: Db, orgId: string, at: Date): Promise<Process | null> =>
  onceATransaction(db, `process ${orgId} ${at.getTime()}`, () => readProcessAt(db, orgId, at));

async function readProcessAt(db: Db, orgId: string, at: Date): Promise<Process | null> {
  const found = await versions(db, orgId).where("v.valid_from", "<=", at).orderBy("v.version", "desc").limit(1).executeTakeFirst();
  return found ? withStages(db, orgId, found) : null;
}

export async function processOfVersion(db: Db, orgId: string, version: number): Promise<Process | null> {
  const found = await versions(db, orgId).where("v.version", "=", version).executeTakeFirst();
  return found ? withStages(db, orgId, found) : null;
}

const versions = (db: Db, orgId: string) =>
  db
    .selectFrom("process_version as v")
    .leftJoin("person as p", (on) => on.onRef("p.org_id", "=", "v.org_id").onRef("p.id", "=", "v.published_by"))
    .select(["v.id", "v.version", "v.name", "v.valid_from as validFrom", "p.name as publishedBy"])
    .where("v.org_id", "=", orgId);

/** One query for everything below a version. */
async function withStages(db: Db, orgId: string, version: ProcessVersion): Promise<Process> {
  const { rows } = await sql<Pick<Process, "stages" | "former" | "carried" | "rules">>`
    select coalesce((
      select json_agg(json_build_object('stageId', t.stage_id, 'name', s.name, 'experience', t.experience, 'probability', t.probability,
        'tolls', coalesce((
          select json_agg(json_build_object('verifierId', v.verifier_id, 'words', v.words, 'who', v.who) order by v.position)
          from process_verifier v where v.org_id = t.org_id and v.version_id = t.version_id and v.stage_id = t.stage_id), '[]'))
        order by t.position)
      from process_stage t join stage s on s.org_id = t.org_id and s.id = t.stage_id
      where t.org_id = ${orgId} and t.version_id = ${version.id}), '[]') as stages,
    coalesce((
      select json_agg(json_build_object('stageId', t.stage_id, 'name', s.name, 'isFormer', true, 'afterStageId', (
          select b.stage_id from process_stage b
          where b.org_id = t.org_id and b.version_id = t.version_id and b.position < t.position and exists (
            select 1 from process_stage n where n.org_id = b.org_id and n.version_id = ${version.id} and n.stage_id = b.stage_id)
          order by b.position desc limit 1),
        'tolls', coalesce((
          select json_agg(json_build_object('verifierId', v.verifier_id, 'words', v.words, 'who', v.who) order by v.position)
          from process_verifier v where v.org_id = t.org_id and v.version_id = t.version_id and v.stage_id = t.stage_id), '[]'))
        order by t.version desc, t.position)
      from (
        select distinct on (x.stage_id) x.*, v.version from process_stage x
          join process_version v on v.org_id = x.org_id and v.id = x.version_id
        where x.org_id = ${orgId} and v.version < ${version.version} order by x.stage_id, v.version desc) t
      join stage s on s.org_id = t.org_id and s.id = t.stage_id
      where not exists (
        select 1 from process_stage n where n.org_id = t.org_id and n.version_id = ${version.id} and n.stage_id = t.stage_id)), '[]') as former,
    coalesce((
      select json_agg(json_build_object('stageId', c.stage_id, 'asStageId', c.as_stage_id))
      from process_carried c where c.org_id = ${orgId} and c.version_id = ${version.id}), '[]') as carried,
    coalesce((
      select json_agg(json_build_object('grade', r.grade, 'field', r.field, 'stageId', r.stage_id, 'number', r.number) order by r.grade, r.position)
      from process_rule r where r.org_id = ${orgId} and r.version_id = ${version.id}), '[]') as rules`.execute(db);
  const { stages = [], former = [], carried = [], rules = [] } = rows[0] ?? {};
  return { ...version, stages, former, carried, rules };
}
