import { HTTPException } from "hono/http-exception";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { type PersonView, personForViewer } from "../people/person-access.ts";

/** The rep whose goals these are: for themselves and whoever is of their pair. What of it the viewer may read the policies say. */
export async function repWithGoals(db: Db, ctx: Pick<Ctx, "viewer" | "clock">, id: string | undefined): Promise<PersonView> {
  const person = await personForViewer(db, ctx, id);
  if (person.standing !== "self" && person.standing !== "pair")
    throw new HTTPException(403, { message: `Only ${person.name} and their manager read what ${person.name} wants to reach.` });
  return person;
}

/** The rep, to say something of their own goals. */
export async function repToSay(db: Db, ctx: Pick<Ctx, "viewer" | "clock">, id: string | undefined): Promise<PersonView> {
  const person = await repWithGoals(db, ctx, id);
  if (person.standing !== "self") throw new HTTPException(403, { message: `Only ${person.name} says what ${person.name} wants to reach.` });
  return person;
}
