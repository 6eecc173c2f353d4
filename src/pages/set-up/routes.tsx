import { auditRows } from "../../domain/organisations/audit-queries.ts";
import { changeOrganisation } from "../../domain/organisations/change-organisation.ts";
import { organisationForm } from "../../domain/organisations/organisation-form.ts";
import { organisationOf, setUpProgress } from "../../domain/organisations/organisation-queries.ts";
import { type Errors, errorsOf } from "../../parts/form-errors.ts";
import { leaveNotice } from "../../parts/notice.ts";
import { render } from "../../parts/render.tsx";
import { adminOf } from "../../platform/admin-of.ts";
import type { Http, Request } from "../../platform/http.ts";
import { AuditPage } from "./audit-page.tsx";
import { SetUpPage, type SettingValues } from "./set-up-page.tsx";

const auditPageSize = 200;

/** What of setting up is done and what comes next; the organisation's settings; who did and read what. */
export function routes(http: Http): void {
  http.get("/set-up", (c) => show(c));
  http.post("/set-up/organisation", change);
  http.get("/set-up/audit", showAudit);
}

async function show(c: Request, typed?: { values: SettingValues; errors: Errors }): Promise<Response> {
  const ctx = adminOf(c);
  const { progress, settings } = await ctx.tx(async (db) => ({
    progress: await setUpProgress(db, ctx),
    settings: await organisationOf(db, ctx.viewer.orgId),
  }));
  const page = <SetUpPage c={c} ctx={ctx} progress={progress} values={typed?.values ?? settings} errors={typed?.errors ?? {}} />;
  return render(c, page, typed ? 422 : 200);
}

async function change(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const form = await c.req.parseBody();
  const parsed = organisationForm.safeParse(form);
  if (!parsed.success) {
    const text = (name: string): string => String(form[name] ?? "");
    const values: SettingValues = {
      name: text("name"),
      currency: text("currency"),
      time_zone: text("time_zone"),
      agenda_notice_hours: text("agenda_notice_hours"),
      missed_grace_hours: text("missed_grace_hours"),
    };
    return show(c, { values, errors: errorsOf(parsed.error) });
  }
  await changeOrganisation(ctx, parsed.data);
  leaveNotice(c, "Saved.");
  return c.redirect("/set-up", 303);
}

async function showAudit(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const asked = c.req.query("kind");
  const kind = asked === "did" || asked === "read" ? asked : "all";
  const before = new Date(c.req.query("before") ?? "");
  const filter = { kind, before: Number.isNaN(before.getTime()) ? new Date("9999-01-01") : before, limit: auditPageSize + 1 } as const;
  const rows = await ctx.tx((db) => auditRows(db, ctx.viewer.orgId, filter));
  const older = rows.length > auditPageSize ? rows[auditPageSize - 1]?.at : undefined;
  return render(c, <AuditPage c={c} rows={rows.slice(0, auditPageSize)} kind={kind} older={older} zone={ctx.viewer.timeZone} />);
}
