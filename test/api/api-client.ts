import { makeToken } from "../../src/domain/tokens/make-token.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import type { TestApp } from "../support/test-app.ts";

export interface Answer<T> {
  status: number;
  type: string;
  body: T;
  headers: Headers;
}

export type Call = <T = Record<string, unknown>>(
  path: string,
  options?: { method?: string; json?: unknown; text?: string; token?: string; headers?: Record<string, string> },
) => Promise<Answer<T>>;

/** Requests to /api/v1 with a token of that person. */
export async function clientOf(app: TestApp, ctx: Ctx): Promise<Call> {
  const own = (await makeToken(ctx, { id: newId(), name: "test" })) ?? "";
  return async (path, { method, json, text, token = own, headers = {} } = {}) => {
    const body = json === undefined ? text : JSON.stringify(json);
    const response = await app.http.request(`http://localhost/api/v1${path}`, {
      method: method ?? (body === undefined ? "GET" : "POST"),
      headers: { authorization: `Bearer ${token}`, "content-type": json === undefined ? "text/csv" : "application/json", ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const said = await response.text();
    return {
      status: response.status,
      type: response.headers.get("content-type") ?? "",
      body: said ? JSON.parse(said) : null,
      headers: response.headers,
    };
  };
}
