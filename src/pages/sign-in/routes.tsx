import { companiesHere } from "../../domain/organisations/companies-here-queries.ts";
import { type SamplePerson, samplePeople } from "../../domain/people/sample-people-queries.ts";
import { render } from "../../parts/render.tsx";
import { todayOf } from "../../platform/clock.ts";
import { clientOf, deviceOf, type Http, type Request } from "../../platform/http.ts";
import { isAdmin, isManager, type Viewer } from "../../platform/viewer.ts";
import { SignInPage } from "./sign-in-page.tsx";

/** Only a path of our own: nobody may send a person who signs in to another site. Browsers leave out a tab, and read "//" then. */
const safePath = (path: string): string => (/^\/(?![/\\])\P{Cc}*$/u.test(path) ? path : "/");

/** Where somebody begins: their week, or set-up for an admin who has no one-on-ones. */
const homeOf = (viewer: Viewer | null): string => {
  if (!viewer) return "/sign-in";
  return isAdmin(viewer) && !isManager(viewer) && !viewer.roles.has("rep") ? "/set-up" : "/week";
};

export function routes(http: Http): void {
  http.get("/", (c) => c.redirect(homeOf(c.get("viewer")), 303));
  http.get("/sign-in", showSignIn);
  http.post("/sign-in", trySignIn);
  http.post("/sign-in/sample", signInAsSample);
  http.post("/sign-out", async (c) => {
    for (const cookie of await c.get("app").signIn.signOut(c.req.raw.headers)) c.header("set-cookie", cookie, { append: true });
    return c.redirect("/sign-in", 303);
  });
}

async function whatIsHere(c: Request): Promise<{ hasCompany: boolean; sample: SamplePerson[] }> {
  const app = c.get("app");
  const { hasOwn, hasSample } = await companiesHere(app);
  return { hasCompany: hasOwn, sample: hasSample ? await samplePeople(app) : [] };
}

async function showSignIn(c: Request): Promise<Response> {
  return render(c, <SignInPage c={c} {...await whatIsHere(c)} next={c.req.query("next") ?? ""} email="" error="" />);
}

async function trySignIn(c: Request): Promise<Response> {
  const form = await c.req.parseBody();
  const email = String(form.email ?? "")
    .trim()
    .slice(0, 320);
  const answer = await c
    .get("app")
    .signIn.withPassword(email, String(form.password ?? "").slice(0, 1000), clientOf(c), c.req.header("user-agent") ?? "");
  if (!answer.ok) {
    const error =
      answer.status === 429
        ? "Too many tries. Wait a minute, then try again."
        : "That mail address and password do not belong together. Check both, or ask your admin for a new invitation.";
    return render(c, <SignInPage c={c} {...await whatIsHere(c)} next={String(form.next ?? "")} email={email} error={error} />, 422);
  }
  const { user, token } = (await answer.json()) as { user: { id: string }; token: string };
  const app = c.get("app");
  if ((await app.signIn.placesOf(user.id, todayOf(app))).length === 0) {
    await app.signIn.endSessionOf(token);
    const error = "This account belongs to nobody here any more. Ask your admin if that is a mistake.";
    return render(c, <SignInPage c={c} {...await whatIsHere(c)} next={String(form.next ?? "")} email={email} error={error} />, 422);
  }
  for (const cookie of answer.headers.getSetCookie()) c.header("set-cookie", cookie, { append: true });
  return c.redirect(safePath(String(form.next ?? "")), 303);
}

/** One click, and only into the sample company. */
async function signInAsSample(c: Request): Promise<Response> {
  const form = await c.req.parseBody();
  const app = c.get("app");
  const person = (await samplePeople(app)).find(({ id }) => id === form.person);
  if (!person) return c.text("That person is not in the sample company.", 404);
  c.header("set-cookie", await app.signIn.openSession(person, deviceOf(c)));
  return c.redirect(safePath(String(form.next ?? "")), 303);
}
