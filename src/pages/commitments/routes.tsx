import { z } from "zod";
import { commitmentsOfPerson, outcomesOfPairs } from "../../domain/commitments/commitment-queries.ts";
import { confirmCommitments } from "../../domain/commitments/confirm-commitments.ts";
import { repShown } from "../../domain/people/person-head-queries.ts";
import { listCommitments } from "../../domain/commitments/list-commitments.ts";
import { settleCommitment } from "../../domain/commitments/settle-commitment.ts";
import { dealStandings } from "../../domain/evidence/deal-standings.ts";
import { peopleOfRecords } from "../../domain/records/search-records.ts";
import { csv } from "../../parts/csv.ts";
import { leaveNotice } from "../../parts/notice.ts";
import { render } from "../../parts/render.tsx";
import { dayIn } from "../../parts/words.ts";
import type { Ctx } from "../../platform/context.ts";
import { isId } from "../../platform/new-id.ts";
import { ctxOf, type Http, type Request } from "../../platform/http.ts";
import { evidenceOffer } from "../evidence/evidence-offer.tsx";
import { CommitmentsPage } from "./commitments-page.tsx";

const settledShown = 60;
const halfYear = 182 * 86_400_000;

export function routes(http: Http): void {
  http.get("/commitments", (c) => show(c));
  http.get("/commitments.csv", exportCsv);
  http.post("/commitments/:id/settle", settle);
  http.post("/meetings/:id/confirm", async (c) => {
    const confirmed = await confirmCommitments(ctxOf(c), c.req.param("id"));
    leaveNotice(c, confirmed > 0 ? "Confirmed. It comes back at your next one-on-one." : "There was nothing left to confirm.");
    return c.redirect(`/meetings/${c.req.param("id")}/record`, 303);
  });
}

async function read(ctx: Ctx, withId?: string) {
  const { orgId, personId } = ctx.viewer;
  return ctx.tx(async (db) => {
    const found = await commitmentsOfPerson(db, orgId, { personId, withId, settledLimit: settledShown });
    const ids = [...found.open, ...found.waiting].map(({ opportunityId }) => opportunityId);
    return {
      ...found,
      standings: await dealStandings(db, { orgId, ids, at: ctx.clock.now() }),
      outcomes: await outcomesOfPairs(db, orgId, personId, new Date(ctx.clock.now().getTime() - halfYear)),
      rep: await repShown(db, ctx, withId),
      people: new Map((await peopleOfRecords(db, ctx)).map(({ id, name }) => [id, name])),
    };
  });
}

async function show(c: Request, problem = ""): Promise<Response> {
  const ctx = ctxOf(c);
  const withId = isId(c.req.query("with")) ? c.req.query("with") : undefined;
  const data = await read(ctx, withId);
  return render(
    c,
    <CommitmentsPage
      c={c}
      {...data}
      withId={withId}
      me={ctx.viewer.personId}
      today={dayIn(ctx.clock.now(), ctx.viewer.timeZone)}
      problem={problem}
    />,
    problem ? 422 : 200,
  );
}

const settling = z.object({
  outcome: z.enum(["kept", "partly", "missed", "dropped"], "Say how it went: kept, partly, missed or dropped."),
  words: z.string().trim().max(2000, "Use at most 2,000 characters."),
});

async function settle(c: Request): Promise<Response> {
  const parsed = settling.safeParse(await c.req.parseBody());
  if (!parsed.success) return show(c, parsed.error.issues[0]?.message ?? "Say how it went.");
  const ctx = ctxOf(c);
  const commitmentId = c.req.param("id") ?? "";
  await settleCommitment(ctx, { commitmentId, ...parsed.data, meetingId: null });
  const [settled] = await ctx.tx((db) => listCommitments(db, ctx, { id: commitmentId, after: null, limit: 1 }));
  const offer = settled && evidenceOffer(settled, "/commitments");
  leaveNotice(c, offer ? "Settled. Now write down what the customer gave, so that it backs the stage." : "Settled. The other sees it too.");
  return c.redirect(offer ?? "/commitments", 303);
}

async function exportCsv(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const { orgId, personId } = ctx.viewer;
  const { all, standings } = await ctx.tx(async (db) => {
    const { open, waiting, settled } = await commitmentsOfPerson(db, orgId, { personId, settledLimit: 5000 });
    const ids = [...open, ...waiting].map(({ opportunityId }) => opportunityId);
    return { all: [...open, ...waiting, ...settled], standings: await dealStandings(db, { orgId, ids, at: ctx.clock.now() }) };
  });
  const standingOf = ({ outcome, opportunityId }: (typeof all)[number]) =>
    outcome === null ? standings.get(opportunityId ?? "") : undefined;
  const rows = all.map((one) => [
    one.ownerName,
    one.words,
    one.dueOn,
    one.opportunityName ?? one.hangsOn,
    standingOf(one)?.stage ?? null,
    standingOf(one)?.verified?.verifiedName ?? null,
    one.outcome ?? "open",
    one.outcomeWords,
    one.outcomeAt ? dayIn(one.outcomeAt, ctx.viewer.timeZone) : "",
  ]);
  return csv(
    c,
    "kept-commitments.csv",
    ["owner", "commitment", "due", "hangs on", "stage", "verified stage", "state", "why", "settled"],
    rows,
  );
}
