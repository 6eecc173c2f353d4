import { z } from "zod";
import { makeToken } from "../../domain/tokens/make-token.ts";
import { revokeToken } from "../../domain/tokens/revoke-token.ts";
import { ownTokens } from "../../domain/tokens/token-queries.ts";
import { errorsOf, type Errors } from "../../parts/form-errors.ts";
import { leaveNotice } from "../../parts/notice.ts";
import { render } from "../../parts/render.tsx";
import { ctxOf, type Http, type Request } from "../../platform/http.ts";
import { TokensPage } from "./tokens-page.tsx";

const form = z.object({
  id: z.uuid("Load this page again, then try once more."),
  name: z
    .string()
    .transform((name) => name.replaceAll("\u0000", "").trim())
    .pipe(z.string().min(1, "Give it a name, so that you know later what uses it.").max(100, "Use at most 100 characters.")),
});

export function routes(http: Http): void {
  http.get("/account/tokens", (c) => show(c, {}));
  http.post("/account/tokens", async (c) => {
    const ctx = ctxOf(c);
    const typed = await c.req.parseBody();
    const parsed = form.safeParse(typed);
    if (!parsed.success) return show(c, { errors: errorsOf(parsed.error), name: String(typed.name ?? "") });
    const token = await makeToken(ctx, parsed.data);
    if (token) return show(c, { token });
    leaveNotice(c, "That token was made already. It is shown only once: if you did not copy it, revoke it and make another.", "watch");
    return c.redirect("/account/tokens", 303);
  });
  http.post("/account/tokens/:id/revoke", async (c) => {
    await revokeToken(ctxOf(c), c.req.param("id"));
    leaveNotice(c, "The token is revoked: whatever used it is shut out from now on.");
    return c.redirect("/account/tokens", 303);
  });
}

async function show(c: Request, state: { errors?: Errors; name?: string; token?: string }): Promise<Response> {
  const ctx = ctxOf(c);
  return render(c, <TokensPage c={c} viewer={ctx.viewer} tokens={await ownTokens(ctx)} {...state} />, state.errors ? 422 : 200);
}
