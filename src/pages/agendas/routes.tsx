import { z } from "zod";
import { agendaOf } from "../../domain/agendas/agenda-queries.ts";
import { kindLines, kindOfSlug, panelsEver, versionsOf } from "../../domain/agendas/kind-queries.ts";
import { makeKind } from "../../domain/agendas/make-kind.ts";
import { newerSections } from "../../domain/agendas/newer-sections.ts";
import { retireKind } from "../../domain/agendas/retire-kind.ts";
import { saveAgenda } from "../../domain/agendas/save-agenda.ts";
import { type Errors, errorsOf } from "../../parts/form-errors.ts";
import { leaveNotice } from "../../parts/notice.ts";
import { render } from "../../parts/render.tsx";
import { adminOf } from "../../platform/admin-of.ts";
import { ctxOf, type Http, NotFound, type Request } from "../../platform/http.ts";
import { isAdmin } from "../../platform/viewer.ts";
import { isId, newId } from "../../platform/new-id.ts";
import { type AgendaForm, arranged, formOf, kindFields, readAgenda, typedAgenda } from "./agenda-form.ts";
import { AgendaPage } from "./agenda-page.tsx";
import { ruleOf } from "./agenda-words.ts";
import { AgendasPage } from "./agendas-page.tsx";
import { EditAgendaPage } from "./edit-agenda-page.tsx";
import { type KindForm, NewKindPage } from "./new-kind-page.tsx";

/** The agendas: everybody reads them, an admin changes them and adds kinds. */
export function routes(http: Http): void {
  http.get("/agendas", showAll);
  http.get("/agendas/new", (c) => showNew(c));
  http.post("/agendas", make);
  http.get("/agendas/:slug", showOne);
  http.get("/agendas/:slug/edit", (c) => showEdit(c));
  http.post("/agendas/:slug", save);
  http.post("/agendas/:slug/arrange", arrange);
  http.post("/agendas/:slug/newer", addNewer);
  http.post("/agendas/:slug/retire", retire);
}

const slugOf = (c: Request): string => c.req.param("slug") ?? "";

async function showAll(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const kinds = await ctx.tx((db) => kindLines(db, ctx.viewer.orgId));
  return render(c, <AgendasPage c={c} viewer={ctx.viewer} kinds={kinds} />);
}

async function showOne(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const { orgId } = ctx.viewer;
  const asked = c.req.query("version");
  const page = await ctx.tx(async (db) => {
    const kind = await kindOfSlug(db, orgId, slugOf(c));
    const versions = await versionsOf(db, orgId, kind.id);
    const wanted = asked === undefined ? versions[0] : versions.find(({ version }) => String(version) === asked);
    if (!wanted) throw new NotFound("This version");
    const agenda = await agendaOf(db, orgId, { agendaId: wanted.id, kindId: kind.id });
    const isNewest = wanted === versions[0];
    const everHad = await panelsEver(db, orgId, kind.id);
    const newer =
      isNewest && isAdmin(ctx.viewer) && !kind.archivedAt ? newerSections({ ...kind, sections: agenda.sections, everHad }) : undefined;
    return { kind, versions, agenda, newer };
  });
  return render(c, <AgendaPage c={c} viewer={ctx.viewer} {...page} />);
}

/** The agenda as it is, with the sections that the ready-made one has got since: the next version. */
async function addNewer(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const { orgId } = ctx.viewer;
  const slug = slugOf(c);
  const body = await c.req.parseBody();
  const [id, base] = [isId(body.id) ? body.id : newId(), Number(body.base)];
  const { kind, newer } = await ctx.tx(async (db) => {
    const kind = await kindOfSlug(db, orgId, slug);
    const { sections } = await agendaOf(db, orgId, { agendaId: null, kindId: kind.id });
    return { kind, newer: newerSections({ ...kind, sections, everHad: await panelsEver(db, orgId, kind.id) }) };
  });
  if (newer) {
    const { name, purpose, rrule, minutes } = kind;
    const { saved, version } = await saveAgenda(ctx, { id, slug, name, purpose, rrule, minutes, sections: newer.sections, base });
    if (saved) leaveNotice(c, `Saved as version ${version}. Planned one-on-ones use it from now on.`);
    else leaveNotice(c, `Somebody saved version ${version} meanwhile. Look at it, then add the sections to it.`, "watch");
  }
  return c.redirect(`/agendas/${slug}`, 303);
}

async function showEdit(c: Request, typed?: { form: AgendaForm; errors: Errors; status?: 200 | 409 }): Promise<Response> {
  const ctx = adminOf(c);
  const { orgId } = ctx.viewer;
  const { kind, agenda } = await ctx.tx(async (db) => {
    const kind = await kindOfSlug(db, orgId, slugOf(c));
    return { kind, agenda: await agendaOf(db, orgId, { agendaId: null, kindId: kind.id }) };
  });
  const form = typed?.form ?? formOf(kind, agenda);
  return render(c, <EditAgendaPage c={c} kind={kind} form={form} errors={typed?.errors ?? {}} />, typed ? (typed.status ?? 422) : 200);
}

/** Moves, adds or removes a section in the form; nothing is saved yet. */
async function arrange(c: Request): Promise<Response> {
  adminOf(c);
  const body = await c.req.parseBody({ all: true });
  const form = typedAgenda(body);
  return showEdit(c, { form: { ...form, sections: arranged(form.sections, String(body.what ?? "")) }, errors: {}, status: 200 });
}

async function save(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const form = typedAgenda(await c.req.parseBody({ all: true }));
  const read = readAgenda(form);
  if ("errors" in read) return showEdit(c, { form, errors: read.errors });
  const { cadence, ...agenda } = read.agenda;
  const slug = slugOf(c);
  const before = await ctx.tx((db) => kindOfSlug(db, ctx.viewer.orgId, slug));
  const { saved, version } = await saveAgenda(ctx, { ...agenda, slug, rrule: ruleOf(cadence, before.rrule) });
  if (!saved) {
    const words = `Somebody saved version ${version} while you were writing. Yours is still here: look at theirs in another tab, then save again to make it the next version.`;
    return showEdit(c, { form: { ...form, base: String(version) }, errors: { form: words }, status: 409 });
  }
  leaveNotice(c, version > agenda.base ? `Saved as version ${version}. Planned one-on-ones use it from now on.` : "Saved.");
  return c.redirect(`/agendas/${slug}`, 303);
}

const newKind = z.object({ ...kindFields, like: z.string().min(1, "Choose an agenda to begin with.") });

async function showNew(c: Request, typed?: { form: KindForm; errors: Errors }): Promise<Response> {
  const ctx = adminOf(c);
  const kinds = await ctx.tx((db) => kindLines(db, ctx.viewer.orgId));
  const form = typed?.form ?? { id: newId(), name: "", purpose: "", cadence: "weekly", minutes: "30", like: kinds[0]?.slug ?? "" };
  return render(c, <NewKindPage c={c} form={form} errors={typed?.errors ?? {}} kinds={kinds} />, typed ? 422 : 200);
}

async function make(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const body = await c.req.parseBody();
  const form = { ...typedAgenda(body), like: String(body.like ?? "") };
  const parsed = newKind.safeParse(form);
  if (!parsed.success) return showNew(c, { form, errors: errorsOf(parsed.error) });
  const { cadence, ...values } = parsed.data;
  const slug = await makeKind(ctx, { ...values, rrule: ruleOf(cadence === "custom" ? "weekly" : cadence, "") });
  leaveNotice(c, `${values.name} is there. Now make the agenda its own.`);
  return c.redirect(`/agendas/${slug}/edit`, 303);
}

async function retire(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const retired = (await c.req.parseBody()).retired === "yes";
  await retireKind(ctx, slugOf(c), retired);
  leaveNotice(c, retired ? "Retired: nobody can make a new series with it. What is planned stays." : "It is back on the list.");
  return c.redirect(`/agendas/${slugOf(c)}`, 303);
}
