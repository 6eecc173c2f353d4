import { addDays, mondayOf } from "../../method/days.ts";
import type { Cast } from "./cast.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Deal } from "./deals.ts";
import { idOf } from "./random.ts";
import { atHour, dayOf, day, hour, onWorkday, type Setting } from "./setting.ts";

/** A file of the CRM that the admin took in. */
export interface Export {
  id: string;
  /** The Monday of it. */
  on: string;
  /** What it says is known from then on, and since the one before. */
  at: number;
  since: number;
}

const weeks = 3;

/** The CRM's pipeline of the last Mondays, the latest last. */
export function exportsOf(setting: Setting): Export[] {
  const thisWeek = mondayOf(setting.today);
  const last = atHour(setting, thisWeek, 8.6) + hour > setting.now ? addDays(thisWeek, -7) : thisWeek;
  return Array.from({ length: weeks }, (_, n) => {
    const on = addDays(last, -7 * (weeks - 1 - n));
    const at = atHour(setting, on, 8.5);
    return { id: idOf(`export ${on}`, at), on, at, since: atHour(setting, addDays(on, -7), 8.5) };
  });
}

/** Which of them brought in what happened at an instant; what is newer was heard of otherwise. */
export const exportAt = (exports: readonly Export[], at: number): string | null =>
  exports.find((one) => one.since < at && at <= one.at)?.id ?? null;

/** One open deal of Alba's that the CRM did not have any more in the last of them. */
export function makeVanished(setting: Setting, { accounts, products, stages }: Catalogue, { managers, reps }: Cast): Deal {
  const owner = reps.get(managers[0]?.id ?? "")?.[0];
  const account = accounts.findLast(({ team }) => team === owner?.team);
  const product = products[1];
  const [prospecting, qualified] = stages;
  const vanishedAt = exportsOf(setting).at(-1)?.at ?? setting.now;
  if (!owner || !account || !product || !prospecting || !qualified) throw new Error("the sample company has nobody to lose a deal");
  const createdAt = atHour(setting, dayOf(setting, onWorkday(setting, setting.now - 64 * day)), 11.25);
  const later = atHour(setting, dayOf(setting, onWorkday(setting, setting.now - 41 * day)), 15.5);
  const closeOn = dayOf(setting, onWorkday(setting, setting.now + 24 * day));
  return {
    id: idOf(`deal ${owner.key} vanished`, createdAt),
    externalId: `${owner.key}-000`,
    owner,
    account,
    product,
    name: `${account.name}, trial bench`,
    createdAt,
    changes: [
      { at: createdAt, field: "stage", after: prospecting.id },
      { at: createdAt, field: "forecast_category", after: "Pipeline" },
      { at: createdAt, field: "amount", after: "640000" },
      { at: createdAt, field: "close_on", after: closeOn },
      { at: later, field: "stage", after: qualified.id },
    ],
    vanishedAt,
  };
}
