import { z } from "zod";
import { discardDraft, heldDraft, openStages, saveDraft, startDraft } from "../../domain/processes/draft-queries.ts";
import { previewProcess } from "../../domain/processes/preview-process.ts";
import {
  arranged,
  type DraftProcess,
  draftFromProcess,
  draftFromReadyMade,
  draftFromStages,
} from "../../domain/processes/process-draft.ts";
import { processAt, processOfVersion, processVersions } from "../../domain/processes/process-queries.ts";
import { stagesStillCarried } from "../../domain/processes/stages-still-carried.ts";
import { publishProcess } from "../../domain/processes/publish-process.ts";
import { type DraftErrors, readDraft } from "../../domain/processes/read-draft.ts";
import { readyMadeProcesses } from "../../domain/processes/ready-made-processes.ts";
import { leaveNotice } from "../../parts/notice.ts";
import { render } from "../../parts/render.tsx";
import { adminOf } from "../../platform/admin-of.ts";
import { ctxOf, type Http, NotFound, type Request } from "../../platform/http.ts";
import { Refusal } from "../../platform/refusal.ts";
import { typedDraft } from "./draft-form.ts";
import { EditDraftPage } from "./edit-draft-page.tsx";
import { PreviewPage } from "./preview-page.tsx";
import { ProcessPage } from "./process-page.tsx";

/** The sales process: everybody reads it, an admin writes the next version and publishes it. */
export function routes(http: Http): void {
  http.get("/process", show);
  http.post("/process/draft/start", start);
  http.get("/process/draft", (c) => showDraft(c));
  http.post("/process/draft", save);
  http.post("/process/draft/discard", discard);
  http.get("/process/preview", preview);
  http.post("/process/publish", publish);
}

async function show(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const { orgId, currency } = ctx.viewer;
  const asked = c.req.query("version");
  const page = await ctx.tx(async (db) => {
    const process =
      asked === undefined
        ? await processAt(db, orgId, ctx.clock.now())
        : /^\d{1,6}$/.test(asked)
          ? await processOfVersion(db, orgId, Number(asked))
          : null;
    if (asked !== undefined && !process) throw new NotFound("This version");
    return {
      process,
      versions: await processVersions(db, orgId),
      draft: await heldDraft(db, orgId),
      stages: await openStages(db, orgId),
    };
  });
  const carried = page.process ? await stagesStillCarried(ctx, page.process.stages) : [];
  return render(c, <ProcessPage c={c} {...page} carried={carried} currency={currency} />);
}

async function start(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const { orgId, currency } = ctx.viewer;
  const from = String((await c.req.parseBody()).from ?? "");
  const { process, stages, version } = await ctx.tx(async (db) => ({
    process: await processAt(db, orgId, ctx.clock.now()),
    stages: await openStages(db, orgId),
    version: (await processVersions(db, orgId))[0]?.version ?? 0,
  }));
  const ready = readyMadeProcesses.find(({ slug }) => slug === from);
  const draft = ready
    ? draftFromReadyMade(ready, stages)
    : from === "current" && process
      ? draftFromProcess(process, currency)
      : draftFromStages(stages);
  await startDraft(ctx, draft, version);
  return c.redirect("/process/draft", 303);
}

interface Typed {
  draft: DraftProcess;
  errors: DraftErrors;
  status: 409 | 422;
}

async function showDraft(c: Request, typed?: Typed): Promise<Response> {
  const ctx = adminOf(c);
  const { orgId, currency } = ctx.viewer;
  const { held, stages } = await ctx.tx(async (db) => ({ held: await heldDraft(db, orgId), stages: await openStages(db, orgId) }));
  if (!held) return c.redirect("/process", 303);
  const page = { draft: typed?.draft ?? held.draft, errors: typed?.errors ?? {}, revision: held.revision };
  return render(c, <EditDraftPage c={c} {...page} stages={stages} currency={currency} />, typed?.status ?? 200);
}

/** Every button of the form saves the draft; what it then does is its value. */
async function save(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const body = await c.req.parseBody({ all: true });
  const what = typeof body.what === "string" ? body.what : "save";
  const draft = arranged(typedDraft(body), what);
  const revision = z.uuid().safeParse(body.revision);
  if (!revision.success || !(await saveDraft(ctx, draft, revision.data))) {
    const words =
      "Somebody else saved or published the draft while you were writing. Yours is still here: look at theirs in another tab, then save again to replace it.";
    return showDraft(c, { draft, errors: { form: words }, status: 409 });
  }
  const isDone = what === "save" || what === "preview";
  const stages = await ctx.tx((db) => openStages(db, ctx.viewer.orgId));
  const read = readDraft(draft, stages, ctx.viewer.currency);
  if (isDone && "errors" in read) return showDraft(c, { draft, errors: read.errors, status: 422 });
  if (what === "save") leaveNotice(c, "Saved. Nothing counts before it is published.");
  return c.redirect(what === "preview" ? "/process/preview" : `/process/draft${anchorOf(draft, what)}`, 303);
}

/** Back to where the button was. */
function anchorOf(draft: DraftProcess, what: string): string {
  const [, noun, id] = what.split(" ");
  if (noun === "rule") return "#rules";
  const stage = draft.stages.find(({ stageId, verifiers }) => stageId === id || verifiers.some((one) => one.id === id));
  return stage ? `#stage-${stage.stageId}` : "";
}

async function discard(c: Request): Promise<Response> {
  await discardDraft(adminOf(c));
  leaveNotice(c, "The draft is discarded. What is in force stays.");
  return c.redirect("/process", 303);
}

async function preview(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const { orgId, currency } = ctx.viewer;
  const { held, stages } = await ctx.tx(async (db) => ({ held: await heldDraft(db, orgId), stages: await openStages(db, orgId) }));
  if (!held) return c.redirect("/process", 303);
  const read = readDraft(held.draft, stages, currency);
  if ("errors" in read) return showDraft(c, { draft: held.draft, errors: read.errors, status: 422 });
  const counts = await previewProcess(ctx, read.process);
  return render(
    c,
    <PreviewPage c={c} process={read.process} preview={counts} revision={held.revision} version={held.base + 1} currency={currency} />,
  );
}

const publishing = z.object({ id: z.uuid(), revision: z.uuid() });

async function publish(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const parsed = publishing.safeParse(await c.req.parseBody());
  if (!parsed.success) return c.redirect("/process/preview", 303);
  try {
    const version = await publishProcess(ctx, parsed.data);
    leaveNotice(c, `Version ${version} is in force from now on. Every deal shows its verified stage by it.`);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    leaveNotice(c, error.message, "watch");
    return c.redirect(error.field === "draft" ? "/process/draft" : "/process", 303);
  }
  return c.redirect("/process", 303);
}
