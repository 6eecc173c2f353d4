import { z } from "zod";
import { storyForViewer } from "../../domain/stories/story-access.ts";
import { leaveNotice } from "../../parts/notice.ts";
import { render } from "../../parts/render.tsx";
import { Head, Shell } from "../../parts/shell.tsx";
import { StoryPanel, type StoryWrong } from "../../parts/story-panel.tsx";
import { ctxOf, type Http, NotFound, type Request } from "../../platform/http.ts";
import { saveAllLines, saveNamedLine } from "./save-lines.ts";
import { storyData } from "./story-data.ts";

export function routes(http: Http): void {
  http.get("/opportunities/:id/story/:manager", (c) => show(c));
  http.post("/opportunities/:id/story/:manager", (c) =>
    (c.req.header("accept") ?? "").includes("application/json") ? autosave(c) : saveAll(c),
  );
}

async function show(c: Request, wrong?: StoryWrong, status?: 409 | 422): Promise<Response> {
  const ctx = ctxOf(c);
  const data = await ctx.tx((db) => storyData(db, ctx, c.req.param("id"), c.req.param("manager"), c.req.query("rep")));
  if (!data) throw new NotFound("This story");
  const { opportunityName, repName, managerName, opportunityId } = data.owners;
  return render(
    c,
    <Shell c={c} title={`Story: ${opportunityName}`} current="pipeline">
      <Head
        title={opportunityName}
        lead={data.owners.canWrite ? "Its story" : `Its story, as ${repName} and ${managerName} left it`}
        readers={`Only ${repName} and ${managerName} can read this.`}
      >
        <a class="btn" href={`/opportunities/${opportunityId}`}>
          The deal
        </a>
      </Head>
      {wrong && (
        <div class="notice watch" role="alert">
          {status === 409
            ? "This was also changed elsewhere. Both texts are here: keep what you want, then save again."
            : "Something could not be taken. It is marked below; what you typed is still here."}
        </div>
      )}
      <StoryPanel {...data} me={ctx.viewer.personId} zone={ctx.viewer.timeZone} wrong={wrong} />
    </Shell>,
    status,
  );
}

const saving = z.object({ field: z.string().max(200), value: z.string().max(20_000), version: z.coerce.number().int().min(0).catch(0) });

async function autosave(c: Request): Promise<Response> {
  const parsed = saving.safeParse(await c.req.parseBody());
  const unknown = { error: "This is not a line of this story." };
  if (!parsed.success) return c.json(unknown, 422);
  const answer = isOfDeal(c, parsed.data.field) ? await saveNamedLine(ctxOf(c), pairOf(c), parsed.data) : undefined;
  if (!answer) return c.json(unknown, 422);
  const { status, ...rest } = answer;
  return c.json(rest, status);
}

const pairOf = (c: Request) => ({ managerId: c.req.param("manager") ?? "" });
const isOfDeal = (c: Request, name: string): boolean => name.startsWith(`story ${c.req.param("id")} `);

async function saveAll(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  if (!(await ctx.tx((db) => storyForViewer(db, ctx, c.req.param("id"), c.req.param("manager"))))) throw new NotFound("This story");
  const form = Object.fromEntries(
    Object.entries(await c.req.parseBody()).filter(([name]) => isOfDeal(c, name) || name.startsWith("version ")),
  );
  const wrong = await saveAllLines(ctx, pairOf(c), form);
  if (wrong.conflicts > 0) return show(c, wrong, 409);
  if (Object.keys(wrong.errors).length > 0) return show(c, wrong, 422);
  leaveNotice(c, "Saved.");
  return c.redirect(`/opportunities/${c.req.param("id")}#story`, 303);
}
