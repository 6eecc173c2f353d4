import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import type { Lookups, Named } from "../domain/imports/import-lookups.ts";
import type { What } from "../domain/imports/import-fields.ts";
import type { Answered } from "../domain/imports/push-run.ts";
import { type Call, type Pushed, pushRows } from "../imports/push-rows.ts";
import { hasHiddenTurn } from "../method/hidden-signs.ts";
import type { Ctx } from "../platform/context.ts";
import { ctxOf, type Request } from "../platform/http.ts";
import { isAdmin } from "../platform/viewer.ts";
import { type Api, refusals, z } from "./api.ts";
import { problem } from "./problem.ts";
import { id, json } from "./shapes.ts";

export const mostRows = 10_000;
const mostBytes = 10 * 2 ** 20;

const isPlain = (value: string): boolean => !value.includes("\0") && value.isWellFormed();
/** Words of at most so many letters; of spaces alone they are none. */
export const words = (most: number) =>
  z
    .string("this has to be text")
    .max(most, `this has more than ${most} letters`)
    .refine(isPlain, "this holds a NUL or half a letter, which is no text")
    .refine((value) => !hasHiddenTurn(value), "this holds a hidden sign that turns the direction of writing")
    .transform((value) => value.trim().replaceAll(/\s+/g, " "));
export const needed = (most: number) => words(most).refine((value) => value !== "", "this is empty");
export const perhaps = (most: number) =>
  words(most)
    .transform((value) => value || null)
    .nullable()
    .optional();

export const currencyCode = z.string().regex(/^[A-Z]{3}$/, "write a currency like USD");
const mostMinor = Number.MAX_SAFE_INTEGER;
export const minor = z
  .int("write a whole number in the smallest unit of the currency")
  .max(mostMinor)
  .min(-mostMinor)
  .openapi({ description: "In the smallest unit of the currency." });

const Row = z.object({
  row: z.int().openapi({ description: "Its place in what was sent, from 0." }),
  outcome: z.enum(["created", "changed", "unchanged", "refused"]),
  reason: z.string().optional().openapi({ description: "Why it was refused, or what about it could not be taken." }),
});
const PushOut = z
  .object({
    importId: id.openapi({ description: "The run, as GET /imports/{importId} shows it." }),
    counts: z.object({ rows: z.int(), created: z.int(), changed: z.int(), unchanged: z.int(), refused: z.int() }).openapi({
      description: "created, changed, unchanged and refused add up to rows.",
    }),
    rows: z.array(Row),
  })
  .openapi("Push", {
    description:
      "What became of each row. Rows that cannot be used are refused with a reason and the others go in; when none can be used the answer is 422 with the same lists.",
  });

const noKey =
  "Send this header with a word of your own for this call, such as 2026-11-22-nightly: if the line breaks, the same call sent again with the same key is done once.";

/** Request and answers of an operation that takes rows. */
export function pushShape(rowName: string, example: object) {
  const rows = z
    .array(z.unknown())
    .min(1, "Send at least one row.")
    .max(mostRows, `Send at most ${mostRows.toLocaleString("en-US")} rows a call.`)
    .openapi({ type: "array", items: { $ref: `#/components/schemas/${rowName}` }, minItems: 1, maxItems: mostRows });
  const header = z
    .string(noKey)
    .min(1, noKey)
    .max(200)
    .regex(/^[\x21-\x7e]+$/, "Use letters, digits and signs without spaces.")
    .openapi({
      param: { in: "header", required: true },
      description:
        "Chosen by you for each call. Sent again with the same body within three days, the call does nothing and gets the same answer.",
      example: "2026-11-22-nightly",
    });
  const source = z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, "Use small letters, digits and dashes.")
    .default("csv")
    .openapi({
      description:
        "Whose ids these are. salesforce, hubspot, pipedrive, dynamics and csv (any other) are also what files of theirs are: what you upload and what you push are then the same things.",
    });
  const body = { schema: z.object({ source, rows }).openapi(`${rowName}s`), example: { rows: [example] } };
  return {
    request: { headers: z.object({ "idempotency-key": header }), body: { required: true, content: { "application/json": body } } },
    responses: { 200: json(PushOut, "What became of each row"), 413: refusals[422], ...refusals },
  };
}

/** How much one call may hold. */
export function limitPush(api: Api, path: string): void {
  api.use(path, async (c, next) => {
    if (c.req.method !== "POST") return next();
    const tooMuch = () => problem(c, 413, "A call may hold 10 MB. Send fewer rows at a time.");
    return bodyLimit({ maxSize: mostBytes, onError: tooMuch })(c, async () => {
      // Read once as text: the key of the call is bound to it.
      await c.req.text();
      await next();
    });
  });
}

/** Why a row does not fit its shape, in words. */
export function misfit(error: z.ZodError): string {
  const { path, message, code } = error.issues[0] ?? { path: [], message: "it does not fit", code: "custom" };
  const keys = code === "unrecognized_keys" ? (error.issues[0] as { keys?: string[] }).keys : undefined;
  if (keys) return `there is no field ${keys.slice(0, 3).join(", ").replaceAll("\0", "").slice(0, 100)}`;
  const at = path.map(String).join(".");
  return at === "" ? "it is no object with the fields of a row" : `${at}: ${message}`;
}

interface Parsed<T> {
  what: What;
  schema: z.ZodType<T>;
  convert(row: T, lookups: Lookups): Pushed;
}

interface Given {
  source: string;
  rows: readonly unknown[];
}

export function pusherOf(c: Request): Ctx {
  const ctx = ctxOf(c);
  if (!isAdmin(ctx.viewer)) throw new HTTPException(403, { message: "Pushing is for admins: use a token of one." });
  return ctx;
}

export const callOf = async (c: Request): Promise<Call> => ({
  name: `POST ${c.req.path}`,
  key: c.req.header("idempotency-key") ?? "",
  text: await c.req.text(),
});

/** Takes in what was sent, for an admin, and answers row by row. */
export async function answerPush<T>(c: Request, given: Given, parsed: Parsed<T>): Promise<never> {
  const ctx = pusherOf(c);
  const answered = await pushRows(ctx, {
    ...given,
    ...(await callOf(c)),
    what: parsed.what,
    convert: (row, lookups) => {
      const read = parsed.schema.safeParse(row);
      return read.success ? parsed.convert(read.data, lookups) : { problem: misfit(read.error) };
    },
  });
  return sendAnswer(c, answered);
}

/** The very text that was kept under the key of the call: a route's type asks for the object it would be written from. */
export const sendAnswer = (c: Request, { status, body }: Answered): never =>
  c.body(body, status, { "content-type": status === 200 ? "application/json" : "application/problem+json" }) as never;

/** A person by mail address, your id, Kept's id, or a name that only one bears. */
export function personIn(words: string, { people, byId }: Lookups): Named | string {
  const found = people.get(words.toLowerCase()) ?? byId.get(words.toLowerCase());
  if (found) return found;
  return people.has(words.toLowerCase()) ? `more than one person is called “${words}”` : `nobody here is called “${words}”`;
}
