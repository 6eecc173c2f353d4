import type { App } from "../../platform/context.ts";
import { keptSetting, learnSetting } from "./kept-setting.ts";
import { recomputeNumbers } from "./recompute-numbers.ts";

/** Works out everybody's numbers that are due in one organisation, learning first what they have in common where that is not known. */
export async function recomputeAllDue(app: App, orgId: string): Promise<void> {
  const shared = (await keptSetting(app, orgId)) ?? (await learnSetting(app, orgId));
  while ((await recomputeNumbers(app, orgId, shared)) > 0);
}
