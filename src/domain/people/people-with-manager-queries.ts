import type { Db } from "../../platform/database.ts";

/** The people `p` of an organisation, each with their line `l` and manager `m` on a day, where they report to somebody. */
export const peopleWithManager = (db: Db, orgId: string, today: string) =>
  db
    .selectFrom("person as p")
    .leftJoin("reporting_line as l", (on) =>
      on
        .onRef("l.org_id", "=", "p.org_id")
        .onRef("l.person_id", "=", "p.id")
        .on("l.from_on", "<=", today)
        .on((eb) => eb.or([eb("l.until_on", "is", null), eb("l.until_on", ">", today)])),
    )
    .leftJoin("person as m", (on) => on.onRef("m.org_id", "=", "l.org_id").onRef("m.id", "=", "l.manager_id"))
    .where("p.org_id", "=", orgId);
