import { expect, test } from "vitest";
import { makeTestApp } from "../support/test-app.ts";

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: { type?: string | string[]; nullable?: boolean; anyOf?: object[] };
}

interface Document {
  openapi: string;
  paths: Record<
    string,
    Record<string, { operationId: string; security?: object[]; parameters?: Parameter[]; responses: Record<string, object> }>
  >;
  components: { securitySchemes: object; schemas: Record<string, object> };
}

const app = await makeTestApp();
const response = await app.request("/api/v1/openapi.json");
const document = (await response.json()) as Document;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, path, operation })),
);

test("the document is OpenAPI 3.1, open to everybody, and names every operation once", () => {
  expect(response.status).toBe(200);
  expect(document.openapi).toBe("3.1.0");
  expect(operations.length).toBeGreaterThanOrEqual(16);
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(document.components.securitySchemes).toMatchObject({ token: { type: "http", scheme: "bearer" } });
});

test.each(operations)("$name: its path parameters are required, and it says what it refuses", ({ path, operation }) => {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
  const parameters = (operation.parameters ?? []).filter((parameter) => parameter.in === "path");
  expect(parameters.map(({ name }) => name)).toEqual(inPath);
  for (const parameter of parameters) {
    expect(parameter.required).toBe(true);
    expect(JSON.stringify(parameter.schema)).not.toContain("null");
  }
  expect(operation.security).toEqual([{ token: [] }]);
  expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(["400", "401", "404", "422", "429"]));
});

test("the readable page shows every operation and runs no script of its own", async () => {
  const page = await app.request("/api");
  const html = await page.text();
  expect(page.status).toBe(200);
  for (const { path } of operations) expect(html).toContain(`/api/v1${path}`);
  expect(html).not.toMatch(/<script(?![^>]*src="\/)/);
  expect(html).not.toMatch(/(src|href)="https?:/);
});

test("an example shows every field its shape requires, and no other", () => {
  const shapes = Object.entries(
    document.components.schemas as Record<string, { example?: object; required?: string[]; properties?: object }>,
  );
  const withExample = shapes.filter(([, { example }]) => example !== undefined);
  expect(withExample.map(([name]) => name)).toEqual(
    expect.arrayContaining(["DealMoment", "SinceLastMet", "Prospects", "RolePlay", "Stage", "SalesProcessVersion", "RememberedMatch"]),
  );
  for (const [name, { example = {}, required = [], properties = {} }] of withExample) {
    expect({ name, lacking: required.filter((field) => !(field in example)) }).toEqual({ name, lacking: [] });
    expect({ name, unknown: Object.keys(example).filter((field) => !(field in properties)) }).toEqual({ name, unknown: [] });
  }
});
