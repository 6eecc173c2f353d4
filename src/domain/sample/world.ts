import type { Cast } from "./cast.ts";
import type { Catalogue } from "./catalogue.ts";
import { type Sale, salesOf } from "./deal-state.ts";
import type { Deal } from "./deals.ts";
import type { Meeting } from "./meetings.ts";
import type { Quotas } from "./plan-quotas.ts";
import type { Setting } from "./setting.ts";

/** All that is known before anybody says a word in a one-on-one. */
export interface World {
  setting: Setting;
  catalogue: Catalogue;
  cast: Cast;
  dealsOf: Map<string, Deal[]>;
  salesOf: Map<string, Sale[]>;
  quotas: Quotas;
  /** In order of time, by pair. */
  meetingsOf: Map<string, Meeting[]>;
}

export const pairOf = ({ manager, rep }: Pick<Meeting, "manager" | "rep">): string => `${manager.id} ${rep.id}`;

export function makeWorld(
  known: Pick<World, "setting" | "catalogue" | "cast" | "quotas">,
  deals: readonly Deal[],
  meetings: readonly Meeting[],
): World {
  const dealsOf = Map.groupBy(deals, ({ owner }) => owner.id);
  return {
    ...known,
    dealsOf,
    salesOf: new Map([...dealsOf].map(([id, own]) => [id, salesOf(own, known.catalogue)])),
    meetingsOf: Map.groupBy(meetings, pairOf),
  };
}
