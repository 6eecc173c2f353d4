import { countDue, markOutdated } from "../domain/numbers/due-queries.ts";
import { keptSetting } from "../domain/numbers/kept-setting.ts";
import { calendarOf } from "../domain/organisations/organisation-calendar.ts";
import { recomputeAllDue } from "../domain/numbers/recompute-all-due.ts";
import { atATime, recomputeNumbers } from "../domain/numbers/recompute-numbers.ts";
import { forecastsMade } from "../domain/period-forecasts/period-forecast-queries.ts";
import { dayAt } from "../method/days.ts";
import { type App, asActor } from "../platform/context.ts";
import { apart } from "./apart.ts";
import { askFor } from "./ask-for.ts";
import { eachOrganisation, oneByOne } from "./each-organisation.ts";

/** More people than these are worked out in a process of their own, and so is what everybody has in common: pages do not wait for it. */
const fewPeople = 2 * atATime;

/** Works out whose numbers are due, organisation by organisation. */
export const recomputeNumbersJob = (app: App): Promise<void> =>
  oneByOne(app, async (orgId) => {
    const due = await asActor(app, "numbers", orgId, (db) => countDue(db, orgId, fewPeople + 1));
    if (due === 0) return;
    const shared = due > fewPeople ? undefined : await keptSetting(app, orgId);
    if (!shared) await apart(["numbers", "--org-id", orgId], () => recomputeAllDue(app, orgId));
    else while ((await recomputeNumbers(app, orgId, shared)) > 0);
    // Somebody who has just begun looks at the forecast within the minute: the first is made at once, later ones every five minutes.
    if (!(await asActor(app, "numbers", orgId, (db) => forecastsMade(db, orgId))))
      await askFor(app, "keep_forecasts", "cron keep_forecasts");
  });

/** Once an hour: in each organisation whose day has begun everybody is due. */
export const markOutdatedJob = (app: App): Promise<void> =>
  eachOrganisation(app, (_, orgId) =>
    asActor(app, "numbers", orgId, async (db) => {
      const now = app.clock.now();
      const { timeZone } = await calendarOf(db, orgId);
      await markOutdated(db, { orgId, today: dayAt(now, timeZone), now });
      if ((await countDue(db, orgId, 1)) > 0) await askForNumbers(app);
    }),
  );

export const askForNumbers = (app: App): Promise<void> => askFor(app, "recompute_numbers", "recompute_numbers");
