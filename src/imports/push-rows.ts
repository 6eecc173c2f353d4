import { createHash } from "node:crypto";
import { HTTPException } from "hono/http-exception";
import type pg from "pg";
import { applyOpportunityRows, type OpportunityRow, type UnusableRow } from "../domain/imports/apply-opportunity-rows.ts";
import { targets, type What } from "../domain/imports/import-fields.ts";
import { type Lookups, readLookups } from "../domain/imports/import-lookups.ts";
import { knowRemembered } from "../domain/imports/import-matches.ts";
import { keepOutcome, takeTurn } from "../domain/imports/keep-outcome.ts";
import {
  type Answered,
  boundTime,
  keepAnswer,
  readFates,
  recordPush,
  type RowFate,
  startPushRun,
  takeKey,
} from "../domain/imports/push-run.ts";
import { type Job, makeStaged, type Value } from "../domain/imports/staging.ts";
import { todayOf } from "../platform/clock.ts";
import type { Ctx } from "../platform/context.ts";
import { newId } from "../platform/new-id.ts";
import { PlainError } from "../platform/plain-error.ts";
import { copyLine, copyRows } from "./copy-rows.ts";
import { stagings } from "./stage-file.ts";

/** Rows of `staged` that a pushed row becomes, or why it cannot be used. */
export type Pushed = { values: Value[][] } | { problem: string };

/** A call as it came. */
export interface Call {
  /** The address it came to. */
  name: string;
  key: string;
  /** The body as it was sent. */
  text: string;
}

export interface Push extends Call {
  what: What;
  /** Where the ids come from; the same word as that of the files of that CRM. */
  source: string;
  rows: readonly unknown[];
  convert(row: unknown, lookups: Lookups): Pushed;
}

interface Done {
  runId: string;
  fates: readonly RowFate[];
}

const ways = { lockWait: "55P03", tooLong: "57014" };

/**
 * Does the work of a call in one transaction with its run and its answer. The same call again is answered as it was the
 * first time and does nothing.
 */
async function answerOnce(ctx: Ctx, call: Call, work: (client: pg.ClientBase, sha256: string) => Promise<Done>): Promise<Answered> {
  const { orgId, personId } = ctx.viewer;
  const sha256 = createHash("sha256").update(`${call.name}\n${call.text}`).digest("hex");
  const now = ctx.clock.now();
  try {
    const done = await ctx.database.withClient({ orgId, personId, actor: "import", now }, async (client) => {
      await boundTime(client);
      const before = await takeKey(client, orgId, call.key, sha256, now);
      if (before) return before;
      const { runId, fates } = await work(client, sha256);
      await recordPush(client, orgId, { runId, personId, now });
      const answer = answerOf(runId, fates);
      await keepAnswer(client, orgId, { key: call.key, sha256, runId, now, answer });
      return answer;
    });
    if (done !== "other") return done;
  } catch (error) {
    throw refusalOf(error);
  }
  throw new HTTPException(422, { message: "This Idempotency-Key was sent with another body. A new call needs a new key." });
}

/** Takes in all rows of a call that can be used. */
export function pushRows(ctx: Ctx, push: Push): Promise<Answered> {
  const { orgId, personId } = ctx.viewer;
  return answerOnce(ctx, push, async (client, sha256) => {
    await takeTurn(client, orgId);
    const runId = newId();
    const run = { what: push.what, source: push.source, name: push.name, rows: push.rows.length, bytes: Buffer.byteLength(push.text) };
    await startPushRun(client, orgId, { ...run, runId, sha256, personId, now: ctx.clock.now() });
    const lookups = await readLookups(client, orgId, push.source);
    await knowRemembered(client, orgId, push.source, lookups);
    const staging = stagings[push.what];
    await makeStaged(client, staging);
    const columns = ["line", "reason", "warning", "cells", ...staging.columns.map(({ name }) => name)];
    await copyRows(client, `staged (${columns.join(", ")})`, linesOf(push, lookups, staging.columns.length));
    const job = jobOf(ctx, push, lookups, runId);
    const counts = await staging.settle(client, job);
    await staging.apply(client, job);
    await keepOutcome(client, job, { state: "applied", counts, settings: { answers: {} } });
    return { runId, fates: await readFates(client) };
  });
}

/** Takes in opportunities, as an export of them would be: with dated changes, and nothing gone that is not among them. */
export function pushOpportunities(
  ctx: Ctx,
  call: Call & { source: string; rows: readonly (OpportunityRow | UnusableRow)[] },
): Promise<Answered> {
  const { orgId, personId } = ctx.viewer;
  return answerOnce(ctx, call, async (client) => {
    const push = { orgId, source: call.source, label: call.name, createdBy: personId };
    const { runId, listed, outcomes, remarks } = await applyOpportunityRows(ctx, client, push, call.rows);
    const made = [...outcomes].map(([line, outcome]): RowFate => ({ line, outcome, reason: remarks.get(line) ?? null }));
    const refused = listed.map(({ line, reason }): RowFate => ({ line, outcome: "refused", reason }));
    return { runId, fates: [...made, ...refused].toSorted((a, b) => a.line - b.line) };
  });
}

function refusalOf(error: unknown): unknown {
  const { code } = error as { code?: string };
  if (code === ways.lockWait)
    return new HTTPException(409, { message: "Another import is being taken in. Send the same call again in a minute." });
  if (code === ways.tooLong)
    return new HTTPException(409, { message: "It took longer than a minute, so nothing was taken in. Send fewer rows a call." });
  if (error instanceof PlainError) return new HTTPException(422, { message: [error.message, error.hint].filter(Boolean).join(" ") });
  return error;
}

async function* linesOf(push: Push, lookups: Lookups, width: number): AsyncGenerator<string> {
  const nothing = Array.from({ length: width }, () => null);
  let text = "";
  for (const [n, row] of push.rows.entries()) {
    const made = push.convert(row, lookups);
    if ("values" in made) for (const values of made.values) text += copyLine([n + 1, null, null, cellsOf(row), ...values]);
    else text += copyLine([n + 1, made.problem, null, cellsOf(row), ...nothing]);
    if (text.length < 1 << 16) continue;
    yield text;
    text = "";
  }
  yield text;
}

/** The row as it is shown in the list of those to look at. */
export function cellsOf(row: unknown): string {
  try {
    const values = typeof row === "object" && row !== null ? Object.values(row) : [row];
    const cells = values.map((value) => (typeof value === "string" ? value : (JSON.stringify(value) ?? "")));
    return JSON.stringify(cells.slice(0, 50).map((cell) => cell.replaceAll("\0", "").slice(0, 1000).toWellFormed()));
  } catch {
    return "[]";
  }
}

const jobOf = (ctx: Ctx, { what, source }: Push, lookups: Lookups, runId: string): Job => ({
  orgId: ctx.viewer.orgId,
  runId,
  source,
  currency: lookups.currency,
  timeZone: lookups.timeZone,
  exportedAt: ctx.clock.now(),
  isLate: false,
  covers: "part",
  now: ctx.clock.now(),
  today: todayOf(ctx),
  provided: new Set(targets[what].fields.map(({ key }) => key)),
  newStages: [],
  newProducts: [],
});

/** Rows of a call are counted from 0, lines of a file from 1. */
const inRows = (reason: string): string => reason.replace(/\bin (?:line|row) (\d+)$/, (_, line: string) => `in row ${Number(line) - 1}`);

function answerOf(importId: string, fates: readonly RowFate[]): Answered {
  const count = (outcome: RowFate["outcome"]) => fates.filter((fate) => fate.outcome === outcome).length;
  const counts = {
    rows: fates.length,
    created: count("created"),
    changed: count("changed"),
    unchanged: count("unchanged"),
    refused: count("refused"),
  };
  const rows = fates.map(({ line, outcome, reason }) => ({
    row: line - 1,
    outcome,
    ...(reason === null ? {} : { reason: inRows(reason) }),
  }));
  if (counts.refused < counts.rows) return { status: 200, body: JSON.stringify({ importId, counts, rows }) };
  const detail = `None of the ${counts.rows} rows can be used. The first: ${rows[0]?.reason ?? ""}.`;
  const problem = { type: "about:blank", title: "Something in it cannot be used", status: 422, detail };
  return { status: 422, body: JSON.stringify({ ...problem, importId, counts, rows }) };
}
