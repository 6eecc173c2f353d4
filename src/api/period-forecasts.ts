import { ownTree } from "../domain/people/list-people.ts";
import { personForViewer, recordReading } from "../domain/people/person-access.ts";
import { wordHorizons, wordsSaid } from "../domain/own-words/own-word-queries.ts";
import { sayOwnWord } from "../domain/own-words/say-own-word.ts";
import { keptForecasts } from "../domain/period-forecasts/period-forecast-queries.ts";
import { NotFound, ctxOf } from "../platform/http.ts";
import { newId } from "../platform/new-id.ts";
import { Refusal } from "../platform/refusal.ts";
import { type Api, createRoute, refusals, security, z } from "./api.ts";
import { day, id, json, jsonBody } from "./shapes.ts";

const amount = (description: string) => z.int().nullable().openapi({ description });
const chance = z.number().nullable();

const PeriodForecast = z
  .object({
    personId: id,
    horizon: z.enum(wordHorizons),
    from: day,
    until: day.openapi({ description: "The first day after it." }),
    moment: z.enum(["start", "now"]).openapi({ description: "As of the first day of the period, kept to be scored; or as it stands." }),
    asOf: day,
    currency: z.string().openapi({ description: "Of all amounts: the organisation's when it was worked out." }),
    claimedMinor: amount("Won so far, and open deals expected to close within it by the chance of the stage claimed."),
    verifiedMinor: amount("The same by the stage verified."),
    wordMinor: amount("The own word; of `start` as it stood ten days in, of `now` see own-words."),
    wordLeastMinor: amount("At least."),
    wordMostMinor: amount("At most."),
    modelMinor: amount("What the model expects."),
    modelLowMinor: amount("Four times in five it lies between this"),
    modelHighMinor: amount("and this."),
    trailingMinor: amount("The mean of the last three whole months, for as long a period."),
    chances: z
      .object({ "80": chance, "100": chance, "120": chance })
      .openapi({ description: "Chances the model gives to reach 80, 100 and 120 % of it." }),
    quotaMinor: amount("Quota of the period."),
    wonMinor: z.int().openapi({ description: "Won within it so far; once it is over, what came." }),
    isOver: z.boolean(),
  })
  .openapi("PeriodForecast");

const OwnWord = z
  .object({
    id,
    personId: id,
    horizon: z.enum(wordHorizons),
    periodOn: day.openapi({ description: "The first of the calendar month by which the first month of the period is called." }),
    likelyMinor: z.int(),
    leastMinor: z.int().nullable(),
    mostMinor: z.int().nullable(),
    currency: z.string(),
    saidAt: z.iso.datetime(),
  })
  .openapi("OwnWord");

const list = createRoute({
  method: "get",
  path: "/period-forecasts",
  operationId: "listPeriodForecasts",
  tags: ["Forecasts"],
  summary: "What months and quarters of you and everybody below you will bring: claimed, verified, own word, model; and what came",
  security,
  request: { query: z.object({ personId: id.optional(), horizon: z.enum(wordHorizons).optional() }) },
  responses: {
    200: json(z.object({ data: z.array(PeriodForecast) }).openapi("PeriodForecasts"), "At most 10,000, the latest periods first"),
    ...refusals,
  },
});

const words = createRoute({
  method: "get",
  path: "/own-words",
  operationId: "listOwnWords",
  tags: ["Forecasts"],
  summary: "Every own word of one person, of you or somebody below you, about periods that begin between two days",
  security,
  request: { query: z.object({ personId: id.optional(), from: day.optional(), until: day.optional() }) },
  responses: { 200: json(z.object({ data: z.array(OwnWord) }).openapi("OwnWords"), "At most 1,000, the latest first"), ...refusals },
});

const NewOwnWord = z
  .strictObject({
    horizon: z.enum(wordHorizons),
    on: day.openapi({ description: "Any day of the period." }),
    likelyMinor: z.int().min(0).max(1e15),
    leastMinor: z.int().min(0).max(1e15).nullable().default(null),
    mostMinor: z.int().min(0).max(1e15).nullable().default(null),
    id: id.optional().openapi({ description: "The same id twice is one word." }),
  })
  .openapi("NewOwnWord");

const say = createRoute({
  method: "post",
  path: "/own-words",
  operationId: "sayOwnWord",
  tags: ["Forecasts"],
  summary: "Say what you will close; it is kept beside what you said before",
  security,
  request: { body: jsonBody(NewOwnWord) },
  responses: { 201: json(z.object({ id }).openapi("SaidOwnWord"), "Said"), ...refusals },
});

export function periodForecasts(api: Api): void {
  api.openapi(list, async (c) => {
    const ctx = ctxOf(c);
    const { personId, horizon } = c.req.valid("query");
    const rows = await ctx.tx(async (db) => {
      const tree = await ownTree(db, ctx);
      const personIds = personId ? tree.filter((person) => person === personId) : tree;
      if (personId && personIds.length > 0) await recordReading(db, ctx, await personForViewer(db, ctx, personId), "forecast");
      return keptForecasts(db, { orgId: ctx.viewer.orgId, personIds, horizon, limit: 10_000 });
    });
    return c.json({ data: rows.map(shape) }, 200);
  });
  api.openapi(words, async (c) => {
    const ctx = ctxOf(c);
    const { personId = ctx.viewer.personId, from = "1900-01-01", until = "9999-12-31" } = c.req.valid("query");
    const said = await ctx.tx(async (db) => {
      if (!(await ownTree(db, ctx)).includes(personId)) throw new NotFound("This person");
      await recordReading(db, ctx, await personForViewer(db, ctx, personId), "forecast");
      return wordsSaid(db, { orgId: ctx.viewer.orgId, personId, from, until });
    });
    const data = said.map(({ likely, least, most, saidAt, saidIn: _in, ...word }) => ({
      ...word,
      likelyMinor: likely,
      leastMinor: least,
      mostMinor: most,
      saidAt: saidAt.toISOString(),
    }));
    return c.json({ data }, 200);
  });
  api.openapi(say, async (c) => {
    const { id: given, likelyMinor, leastMinor, mostMinor, ...word } = c.req.valid("json");
    const wordId = given ?? newId();
    const said = sayOwnWord(ctxOf(c), { ...word, id: wordId, likely: likelyMinor, least: leastMinor, most: mostMinor });
    await said.catch((error: unknown) => {
      // By the names that programs know the fields by.
      throw error instanceof Refusal && error.field !== "on" ? new Refusal(`${error.field}Minor`, error.message) : error;
    });
    return c.json({ id: wordId }, 201);
  });
}

type Kept = Awaited<ReturnType<typeof keptForecasts>>[number];

const shape = (row: Kept): z.infer<typeof PeriodForecast> => ({
  personId: row.person_id,
  horizon: row.horizon,
  from: row.from_on,
  until: row.until_on,
  moment: row.moment,
  asOf: row.as_of,
  currency: row.currency,
  claimedMinor: row.claimed_minor,
  verifiedMinor: row.verified_minor,
  wordMinor: row.word_minor,
  wordLeastMinor: row.word_least_minor,
  wordMostMinor: row.word_most_minor,
  modelMinor: row.model_minor,
  modelLowMinor: row.model_low_minor,
  modelHighMinor: row.model_high_minor,
  trailingMinor: row.trailing_minor,
  chances: { "80": row.chance_80, "100": row.chance_100, "120": row.chance_120 },
  quotaMinor: row.quota_minor,
  wonMinor: row.won_minor,
  isOver: row.is_over,
});
