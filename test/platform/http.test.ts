import { describe, expect, test } from "vitest";
import { makePair } from "../builders/company.ts";
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

describe("limits", () => {
  test("a form of many megabytes is refused", async () => {
    expect((await app.request("/account", { as: rep, form: { name: "x".repeat(3 * 2 ** 20) } })).status).toBe(413);
  });
});

test("/metrics answers Prometheus with durations and connections, and nothing about anybody", async () => {
  await app.request("/week", { as: rep });
  const response = await app.request("/metrics");
  const text = await response.text();
  expect(response.headers.get("content-type")).toContain("text/plain");
  expect(text).toMatch(/kept_http_seconds_bucket\{.*route="\/week"/);
  expect(text).toMatch(/kept_db_connections\{state="total"\} \d/);
  expect(text).toContain("process_resident_memory_bytes");
  expect(text).not.toContain(rep.viewer.personId);
  expect(text).not.toContain("Rico");
});
