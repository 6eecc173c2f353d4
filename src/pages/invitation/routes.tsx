import { z } from "zod";
import { password } from "../../domain/organisations/organisation-form.ts";
import { acceptInvitation } from "../../domain/people/accept-invitation.ts";
import { type Invitation, invitationBy } from "../../domain/people/invitation-access.ts";
import { leaveNotice } from "../../parts/notice.ts";
import { render } from "../../parts/render.tsx";
import { deviceOf, type Http, type Request } from "../../platform/http.ts";
import { Refusal } from "../../platform/refusal.ts";
import { InvitationPage, InvitationProblem } from "./invitation-page.tsx";

/** The link of an invitation: whoever has it chooses a password, once. */
export function routes(http: Http): void {
  http.get("/invitation/:token", show);
  http.post("/invitation/:token", accept);
}

const tokenOf = (c: Request): string => c.req.param("token") ?? "";

async function show(c: Request): Promise<Response> {
  const state = await invitationBy(c.get("app"), tokenOf(c));
  if (typeof state === "string") return problem(c, state);
  return render(c, <InvitationPage c={c} token={tokenOf(c)} invitation={state} errors={{}} />);
}

function problem(c: Request, state: "unknown" | "used" | "expired"): Response {
  // Sent twice: the first one has opened the session.
  if (state === "used" && c.get("viewer") && c.req.method === "POST") return c.redirect("/", 303);
  return render(c, <InvitationProblem c={c} state={state} />, state === "unknown" ? 404 : 409);
}

const known = z.object({ password: z.string().min(1, "Write your password.").max(1000, "At most 1,000 characters.") });
const chosen = z
  .object({ password, again: z.string() })
  .refine((form) => form.password === form.again, { path: ["again"], message: "The two are not the same. Write it once more." });

async function accept(c: Request): Promise<Response> {
  const app = c.get("app");
  const state = await invitationBy(app, tokenOf(c));
  if (typeof state === "string") return problem(c, state);
  const parsed = (state.way === "choose" ? chosen : known).safeParse(await c.req.parseBody());
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return again(c, state, { [String(issue?.path[0])]: issue?.message });
  }
  try {
    const cookie = await acceptInvitation(app, state, { password: parsed.data.password, ...deviceOf(c) });
    c.header("set-cookie", cookie, { append: true });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.field === "link" ? problem(c, "used") : again(c, state, { [error.field]: error.message });
  }
  leaveNotice(c, `Welcome to ${state.orgName}.`);
  return c.redirect("/", 303);
}

const again = (c: Request, invitation: Invitation, errors: Record<string, string | undefined>): Response =>
  render(c, <InvitationPage c={c} token={tokenOf(c)} invitation={invitation} errors={errors} />, 422);
