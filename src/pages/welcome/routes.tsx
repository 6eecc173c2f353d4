import { openSampleCompany } from "../../domain/organisations/open-sample-company.ts";
import { setUpForm } from "../../domain/organisations/organisation-form.ts";
import { sampleCompany, setUpLinkState } from "../../domain/organisations/set-up-link.ts";
import { setUpOrganisation } from "../../domain/organisations/set-up-organisation.ts";
import { errorsOf } from "../../parts/form-errors.ts";
import { leaveNotice } from "../../parts/notice.ts";
import { render } from "../../parts/render.tsx";
import { deviceOf, type Http, type Request } from "../../platform/http.ts";
import { isId, newId } from "../../platform/new-id.ts";
import { LinkProblem, type SetUpValues, WelcomePage } from "./welcome-page.tsx";

/** The set-up link that is printed where Kept starts. */
export function routes(http: Http): void {
  http.get("/welcome/:token", show);
  http.post("/welcome/:token/sample", openSample);
  http.post("/welcome/:token/company", setUp);
}

const tokenOf = (c: Request): string => c.req.param("token") ?? "";

/** The page to show instead when the link is not good; nothing of the place is told. */
async function problemWith(c: Request): Promise<Response | undefined> {
  const state = await setUpLinkState(c.get("app"), tokenOf(c));
  if (state === "good") return undefined;
  return render(c, <LinkProblem c={c} alreadySetUp={state === "already set up"} />, state === "wrong" ? 404 : 409);
}

async function show(c: Request): Promise<Response> {
  const problem = await problemWith(c);
  if (problem) return problem;
  const values: SetUpValues = {
    org: newId(),
    person: newId(),
    company: "",
    currency: "USD",
    time_zone: "UTC",
    name: "",
    email: "",
    manages: true,
  };
  return render(
    c,
    <WelcomePage c={c} token={tokenOf(c)} hasSample={await sampleCompany(c.get("app"))} values={values} errors={{}} fresh />,
  );
}

async function openSample(c: Request): Promise<Response> {
  const problem = await problemWith(c);
  if (problem) return problem;
  await openSampleCompany(c.get("app"));
  return c.redirect("/sign-in", 303);
}

async function setUp(c: Request): Promise<Response> {
  const problem = await problemWith(c);
  if (problem) return problem;
  const app = c.get("app");
  const form = await c.req.parseBody();
  const text = (name: string): string => String(form[name] ?? "");
  const parsed = setUpForm.safeParse({ ...form, manages: form.manages === "yes" });
  const ids = { orgId: isId(form.org) ? form.org : newId(), personId: isId(form.person) ? form.person : newId() };
  if (!parsed.success) {
    const values: SetUpValues = {
      org: ids.orgId,
      person: ids.personId,
      company: text("company"),
      currency: text("currency"),
      time_zone: text("time_zone"),
      name: text("name"),
      email: text("email"),
      manages: form.manages === "yes",
    };
    const errors = errorsOf(parsed.error);
    return render(c, <WelcomePage c={c} token={tokenOf(c)} hasSample={await sampleCompany(app)} values={values} errors={errors} />, 422);
  }
  const cookie = await setUpOrganisation(app, tokenOf(c), ids, parsed.data, deviceOf(c));
  if (!cookie) return render(c, <LinkProblem c={c} alreadySetUp />, 409);
  c.header("set-cookie", cookie, { append: true });
  leaveNotice(c, `${parsed.data.company} is set up. Next: its people.`);
  return c.redirect("/set-up", 303);
}
