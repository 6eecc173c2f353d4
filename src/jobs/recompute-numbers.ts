import { areAnyDue, markOutdated } from "../domain/numbers/due-queries.ts";
import { calendarOf } from "../domain/numbers/organisation-calendar.ts";
import { recomputeNumbers } from "../domain/numbers/recompute-numbers.ts";
import { type OrganisationSetting, settingAt } from "../domain/numbers/setting-at.ts";
import { dayAt } from "../method/days.ts";
import { type App, asActor } from "../platform/context.ts";
import { eachOrganisation } from "./each-organisation.ts";

/** What one round of the job may take: then others in the queue have their turn, and what is left goes to its end. */
const roundMs = 5_000;
/** What everybody has in common is learnt anew once that is at most a fiftieth of the time. */
const share = 50;

interface Learnt extends OrganisationSetting {
  tookMs: number;
  madeAt: number;
}

const learnt = new WeakMap<object, Map<string, Learnt>>();

/** Works out whose numbers are due, organisation by organisation, and comes again while any are left. */
export async function recomputeNumbersJob(app: App): Promise<void> {
  const until = performance.now() + roundMs;
  let isLeft = false;
  await eachOrganisation(app, async (_, orgId) => {
    const isDue = () => asActor(app, "numbers", orgId, (db) => areAnyDue(db, orgId));
    if (!(await isDue())) return;
    const shared = await settingOf(app, orgId);
    while (performance.now() < until) if ((await recomputeNumbers(app, orgId, shared)) === 0) return;
    isLeft ||= await isDue();
  });
  if (isLeft) await askForNumbers(app);
}

/** Once an hour: in each organisation whose day has begun everybody is due. */
export const markOutdatedJob = (app: App): Promise<void> =>
  eachOrganisation(app, (_, orgId) =>
    asActor(app, "numbers", orgId, async (db) => {
      const now = app.clock.now();
      const { timeZone } = await calendarOf(db, orgId);
      await markOutdated(db, { orgId, today: dayAt(now, timeZone), now });
      if (await areAnyDue(db, orgId)) await askForNumbers(app);
    }),
  );

/** Puts the job into the queue, unless it waits there already. */
export async function askForNumbers(app: App): Promise<void> {
  await app.database.ownerPool.query(
    "select graphile_worker.add_job('recompute_numbers', '{}'::json, queue_name => 'recompute_numbers', job_key => 'recompute_numbers', max_attempts => 5)",
  );
}

async function settingOf(app: App, orgId: string): Promise<OrganisationSetting> {
  const ofApp = learnt.get(app.database) ?? new Map<string, Learnt>();
  learnt.set(app.database, ofApp);
  const now = app.clock.now();
  const found = ofApp.get(orgId);
  const isFresh = found && performance.now() - found.madeAt < share * found.tookMs;
  if (found && isFresh && dayAt(now, found.calendar.timeZone) === dayAt(new Date(found.day * 86_400_000 + 43_200_000), "UTC")) return found;
  const started = performance.now();
  const made = await settingAt(app, orgId, now);
  const ended = performance.now();
  ofApp.set(orgId, { ...made, tookMs: ended - started, madeAt: ended });
  return made;
}
