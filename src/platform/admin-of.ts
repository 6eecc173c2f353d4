import type { Ctx } from "./context.ts";
import { ctxOf, NotFound, type Request } from "./http.ts";
import { isAdmin } from "./viewer.ts";

/** The signed-in admin's context; for anybody else the page is not there. */
export function adminOf(c: Request): Ctx {
  const ctx = ctxOf(c);
  if (!isAdmin(ctx.viewer)) throw new NotFound();
  return ctx;
}
