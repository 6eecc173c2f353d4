import { describe, expect, test } from "vitest";
import { makePair } from "../builders/company.ts";
import { newId } from "../../src/platform/new-id.ts";
import { clientOf } from "../api/api-client.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();
const { rep } = await makePair(app);

describe("every answer", () => {
  test.each(["/sign-in", "/healthz", "/nothing-here", "/api/v1/openapi.json"])("%s says what a browser may do with it", async (path) => {
    const { headers } = await app.request(path);
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(headers.get("x-powered-by")).toBeNull();
  });

  test("pages hold no script and no style within them", async () => {
    for (const path of ["/sign-in", "/week", "/account", "/account/tokens"]) {
      const html = await (await app.request(path, { as: rep })).text();
      expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
      expect(html).not.toMatch(/\son\w+="|\sstyle="|javascript:/);
    }
  });

  test("pages of somebody are not kept by anything on the way", async () => {
    expect((await app.request("/week", { as: rep })).headers.get("cache-control")).toContain("no-store");
  });

  test("behind https says to stay there", async () => {
    const secure = await makeTestApp({ KEPT_URL: "https://kept.example.com" });
    expect(
      (await secure.request("/sign-in", { headers: { origin: "https://kept.example.com" } })).headers.get("strict-transport-security"),
    ).toContain("max-age");
  });
});

describe("a page that is loaded when somebody first asks for it", () => {
  const page = { accept: "text/html" };
  test("answers what is not there as every other does", async () => {
    const others = await (await app.request("/nothing-here", { as: rep, headers: page })).text();
    for (const path of ["/imports/no/such/page", "/agendas/none/of/these"]) {
      const answer = await app.request(path, { as: rep, headers: page });
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain(/<h1[^>]*>.*?<\/h1>/s.exec(others)?.[0]);
    }
    expect((await app.request(`/imports/${newId()}`, { as: rep, headers: page })).status).toBe(404);
  });

  test("asks who is not signed in to sign in and leads back", async () => {
    const answer = await app.request("/quotas?page=2", { headers: page });
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/sign-in?next=%2Fquotas%3Fpage%3D2"]);
  });

  test("is counted under its own name", async () => {
    await app.request("/set-up/holidays/new", { as: rep, headers: page });
    expect(await (await app.request("/metrics")).text()).toContain('route="/set-up/holidays/new"');
  });
});

describe("a form sent from another site", () => {
  const form = { name: "x" };
  test.each(["https://evil.example", "null", "http://localhost.evil.example"])("from %s is refused", async (origin) => {
    expect((await app.request("/account", { as: rep, form, headers: { origin } })).status).toBe(403);
    expect((await app.request("/sign-out", { as: rep, form: {}, headers: { origin } })).status).toBe(403);
  });
  test("as text, without a form's own content type, too", async () => {
    const headers = { origin: "https://evil.example", "content-type": "text/plain" };
    expect((await app.request("/account", { as: rep, body: "name=x", headers })).status).toBe(403);
  });
});

const statusOf = async (cookie: string) => (await app.request("/week", { as: { cookie } })).status;
const openSession = async () => {
  const { orgId, personId: id, name } = rep.viewer;
  const row = await app.database.auth.selectFrom("person").select(["email", "user_id"]).where("id", "=", id).executeTakeFirstOrThrow();
  return (await app.signIn.openSession({ orgId, id, name, email: row.email ?? "", userId: row.user_id })).split(";")[0] ?? "";
};

describe("a session", () => {
  test("opens pages with the cookie we signed, and with no other", async () => {
    const cookie = await openSession();
    expect(await statusOf(cookie)).toBe(200);
    const [name = "", value = ""] = cookie.split("=");
    const [token = "", signature = ""] = decodeURIComponent(value).split(".");
    for (const forged of [`${token}`, `${token}.`, `${token}.${"A".repeat(signature.length)}`, `${token}x.${signature}`, "%", ".", ""])
      expect(await statusOf(`${name}=${encodeURIComponent(forged)}`)).toBe(303);
  });

  test("ends when it is revoked or its time is over", async () => {
    const cookie = await openSession();
    await app.database.ownerPool.query(`update auth_session set "expiresAt" = now() - interval '1 second'`);
    expect(await statusOf(cookie)).toBe(303);
    const another = await openSession();
    expect(await statusOf(another)).toBe(200);
    await app.database.ownerPool.query("delete from auth_session");
    expect(await statusOf(another)).toBe(303);
  });

  test("is made longer once a day, by being used", async () => {
    const cookie = await openSession();
    await app.database.ownerPool.query(
      `update auth_session set "updatedAt" = now() - interval '2 days', "expiresAt" = now() + interval '1 hour'`,
    );
    expect(await statusOf(cookie)).toBe(200);
    const { rows } = await app.database.ownerPool.query(
      `select bool_and("expiresAt" > now() + interval '10 days') as longer from auth_session`,
    );
    expect(rows).toEqual([{ longer: true }]);
  });
});

describe("limits", () => {
  test("a form of many megabytes is refused", async () => {
    expect((await app.request("/account", { as: rep, form: { name: "x".repeat(3 * 2 ** 20) } })).status).toBe(413);
  });
});

test("/metrics answers Prometheus with durations and connections, and nothing about anybody", async () => {
  await app.request("/week", { as: rep });
  const call = await clientOf(app, rep);
  await call(`/people/${newId()}`);
  const response = await app.request("/metrics");
  const text = await response.text();
  expect(response.headers.get("content-type")).toContain("text/plain");
  expect(text).toMatch(/kept_http_seconds_bucket\{.*route="\/week"/);
  // The API is loaded when asked for, and still names its routes.
  expect(text).toMatch(/kept_http_seconds_bucket\{.*route="\/api\/v1\/people\/:personId",status="404"/);
  expect(text).toMatch(/kept_db_connections\{state="total"\} \d/);
  expect(text).toContain("process_resident_memory_bytes");
  expect(text).not.toContain(rep.viewer.personId);
  expect(text).not.toContain("Rico");
});
