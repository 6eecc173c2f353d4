import { z } from "@hono/zod-openapi";

/** The pieces that several operations are made of. */
export const id = z.uuid("This is not an id.");
export const instant = z.iso.datetime();
export const day = z.iso.date("Write a day like 2026-03-02.");

const withoutNul = [/^[^\0]*$/, "It may not contain a NUL."] as const;

/** Words to be stored or looked for, as they come; and the same without blanks around them. */
export const asWritten = (most: number) =>
  z
    .string()
    .max(most)
    .regex(...withoutNul);
export const trimmed = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(...withoutNul);

export const pathId = (name: string) => z.uuid("This is not an id.").openapi({ param: { name, in: "path", required: true } });

export const Person = z.object({ id, name: z.string() }).openapi("PersonName");

const mostOnAPage = 200;
export const limit = z.coerce
  .number("limit is a number")
  .int()
  .min(1)
  .max(mostOnAPage)
  .default(50)
  .openapi({ type: "integer", minimum: 1, maximum: mostOnAPage, default: 50, param: { name: "limit", in: "query", required: false } });

export const cursor = z
  .string()
  .max(500)
  .optional()
  .openapi({ description: "What the page before gave as `next`.", param: { name: "cursor", in: "query", required: false } });

export const page = <T extends z.ZodType>(item: T, name: string) =>
  z
    .object({
      data: z.array(item),
      next: z.string().nullable().openapi({ description: "Ask with cursor=… for what follows; null when this is the last page." }),
    })
    .openapi(name);

export const iso = (value: Date | null): string | null => value?.toISOString() ?? null;
export const json = <T extends z.ZodType>(schema: T, description: string) => ({ description, content: { "application/json": { schema } } });

/** The body of a request, which has to be there. */
export const jsonBody = <T extends z.ZodType>(schema: T, example?: object) => ({
  required: true as const,
  content: { "application/json": { schema, ...(example && { example }) } },
});

/** Of a path: an id, or `me`. */
export const personOrMe = z.object({
  personId: z.union([z.literal("me"), pathId("personId")]).openapi({ param: { name: "personId", in: "path", required: true } }),
});
