import type { TollStage } from "../../method/verified-stage.ts";
import { verifiedStage } from "../../method/verified-stage.ts";
import type { Tables } from "../../platform/schema-types.ts";
import type { VerifiedDeal } from "../evidence/verified-stages.ts";
import { stagePlans, verifierId, verifiersAt } from "./sales-process.ts";
import type { Setting } from "./setting.ts";
import type { World } from "./world.ts";

interface Given {
  verifier_id: string;
  recorded_at: Date;
  withdrawn_at?: Date | null;
}

const given = new WeakMap<Setting, Map<string, Given[]>>();

function givenTo(setting: Setting, opportunityId: string): readonly Given[] {
  const all = setting.rows.byTable.get("evidence" satisfies keyof Tables) as (Given & { opportunity_id: string })[] | undefined;
  const byDeal = given.get(setting) ?? Map.groupBy(all ?? [], ({ opportunity_id }) => opportunity_id);
  given.set(setting, byDeal);
  return byDeal.get(opportunityId) ?? [];
}

/** The verified stage of what was listed in a one-on-one, as it stood when that closed. */
export function verifiedThen(
  { setting, catalogue }: World,
  listed: readonly { opportunityId: string; stage: string }[],
  at: number,
): Map<string, VerifiedDeal> {
  const stages = catalogue.stages.filter(({ outcome }) => outcome === "open");
  const process: TollStage[] = stages.map(({ id, name, position }) => ({
    stageId: id,
    name,
    tolls: verifiersAt(setting, stagePlans[position], at).map(({ key, words, who }) => ({
      verifierId: verifierId(setting, key),
      words,
      who,
    })),
  }));
  const found = new Map<string, VerifiedDeal>();
  for (const { opportunityId, stage } of listed) {
    const claimed = stages.find(({ name }) => name === stage);
    if (!claimed) continue;
    const paid = givenTo(setting, opportunityId).filter(
      ({ recorded_at, withdrawn_at }) => recorded_at.getTime() <= at && !(withdrawn_at && withdrawn_at.getTime() <= at),
    );
    const verified = verifiedStage(process, claimed.id, new Set(paid.map(({ verifier_id }) => verifier_id)));
    found.set(opportunityId, { ...verified, aheadSince: null });
  }
  return found;
}
