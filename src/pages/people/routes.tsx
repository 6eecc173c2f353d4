import { inviteEveryone } from "../../domain/people/invite-everyone.ts";
import { peopleOf, type PeopleFilter, peopleShown, peopleSorts } from "../../domain/people/people-queries.ts";
import { pageAsked, textAsked } from "../../parts/asked.ts";
import { csv } from "../../parts/csv.ts";
import { leaveNotice } from "../../parts/notice.ts";
import { render } from "../../parts/render.tsx";
import { count, dayIn, list } from "../../parts/words.ts";
import { adminOf } from "../../platform/admin-of.ts";
import type { Ctx } from "../../platform/context.ts";
import { ctxOf, type Http, NotFound, type Request } from "../../platform/http.ts";
import { Refusal } from "../../platform/refusal.ts";
import { isAdmin, isManager } from "../../platform/viewer.ts";
import { PeoplePage } from "./people-page.tsx";
import { personEditRoutes } from "./person-edit-routes.tsx";
import { personRoutes } from "./person-routes.tsx";
import { experienceWords, roleWords } from "./person-words.ts";

const pageSize = 100;
const mostExported = 100_000;

/** The people one manages, or all of them for an admin: a list, a page for each, changes, invitations, days off. */
export function routes(http: Http): void {
  http.get("/people", show);
  http.get("/people.csv", exportPeople);
  http.post("/people/invite", invite);
  personEditRoutes(http);
  personRoutes(http);
}

/** Somebody who neither manages nor administers has no list; their own page is their account. */
function listerOf(c: Request): Ctx {
  const ctx = ctxOf(c);
  if (!isAdmin(ctx.viewer) && !isManager(ctx.viewer)) throw new NotFound();
  return ctx;
}

function filterOf(c: Request): Omit<PeopleFilter, "limit" | "offset"> & { page: number } {
  const { sort, show, q, page } = c.req.query();
  const [name, direction] = (sort ?? "name").split("-");
  return {
    text: textAsked(q),
    show: peopleShown.find((one) => one === show) ?? "here",
    sort: peopleSorts.find((one) => one === name) ?? "name",
    descending: direction === "down",
    page: pageAsked(page),
  };
}

async function show(c: Request): Promise<Response> {
  const ctx = listerOf(c);
  const filter = filterOf(c);
  const { rows, total } = await ctx.tx((db) => peopleOf(db, ctx, { ...filter, limit: pageSize, offset: (filter.page - 1) * pageSize }));
  return render(c, <PeoplePage c={c} ctx={ctx} rows={rows} total={total} filter={filter} pageSize={pageSize} />);
}

async function exportPeople(c: Request): Promise<Response> {
  const ctx = listerOf(c);
  const { rows } = await ctx.tx((db) => peopleOf(db, ctx, { ...filterOf(c), limit: mostExported, offset: 0 }));
  const head = ["name", "email", "roles", "manager", "team", "time zone", "experience", "started on", "left on", "next one-on-one"];
  return csv(
    c,
    "kept-people.csv",
    head,
    rows.map((row) => [
      row.name,
      row.email,
      list(row.roles.map((role) => roleWords[role])),
      row.managerName,
      row.team,
      row.timeZone,
      experienceWords[row.experience],
      row.startedOn,
      row.leftOn,
      row.nextMeeting && dayIn(row.nextMeeting, ctx.viewer.timeZone),
    ]),
  );
}

async function invite(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  try {
    const invited = await inviteEveryone(ctx);
    const how = ctx.env.smtpUrl
      ? "The mails are on their way."
      : "No mail server is set, so nothing was sent: open each invitation here and hand its link over.";
    leaveNotice(
      c,
      invited === 0 ? "Everybody with a mail address is invited already." : `${count(invited, "person is", "people are")} invited. ${how}`,
    );
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    leaveNotice(c, error.message, "watch");
    return c.redirect("/people", 303);
  }
  return c.redirect("/outbox", 303);
}
