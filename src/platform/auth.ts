import { betterAuth } from "better-auth";
import { makeSignature } from "better-auth/crypto";
import type { Database } from "./database.ts";
import type { Env } from "./env.ts";
import { leastPasswordLength } from "./password-length.ts";

/** The library that keeps accounts, passwords and sessions, set to our tables and our limits. */
export function makeAuth(database: Database, env: Env, secret: string) {
  return betterAuth({
    appName: "Kept",
    baseURL: env.publicUrl ?? "http://kept.invalid",
    basePath: "/sign-in",
    secret,
    database: { db: database.auth, type: "postgres" },
    telemetry: { enabled: false },
    logger: { disabled: true },
    user: { modelName: "auth_user" },
    session: {
      modelName: "auth_session",
      expiresIn: 60 * 60 * 24 * 14,
      updateAge: 60 * 60 * 24,
      additionalFields: {
        orgId: { type: "string", required: false, input: false },
        personId: { type: "string", required: false, input: false },
      },
    },
    account: { modelName: "auth_account" },
    verification: { modelName: "auth_verification" },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      autoSignIn: false,
      minPasswordLength: leastPasswordLength,
      maxPasswordLength: 200,
    },
    rateLimit: {
      enabled: true,
      storage: "database",
      modelName: "auth_rate_limit",
      window: 60,
      max: 100,
      customRules: { "/sign-in/email": { window: 60, max: 10 } },
    },
    advanced: {
      cookiePrefix: "kept",
      useSecureCookies: env.publicUrl?.startsWith("https:") ?? false,
      defaultCookieAttributes: { sameSite: "lax", httpOnly: true, path: "/" },
      ipAddress: { ipAddressHeaders: ["x-kept-client"] },
      // Our own middleware checks the origin of every write, this one's too.
      disableCSRFCheck: true,
      disableOriginCheck: true,
    },
  });
}

export type Auth = ReturnType<typeof makeAuth>;

/** The library, loaded when somebody first signs in or out: it is a third of what the program would otherwise keep in memory. */
export type AuthWhenNeeded = () => Promise<Auth>;

export { makeSignature };
