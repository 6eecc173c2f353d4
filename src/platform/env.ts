import { resolve } from "node:path";
import { z } from "zod";
import { PlainError } from "./plain-error.ts";
import { projectRoot } from "./project-root.ts";

const text = z.string().trim().min(1).optional();

const schema = z.object({
  PORT: z.coerce.number({ error: "PORT must be a number" }).int().min(0).max(65535).default(3000),
  HOST: z.string().trim().min(1).default("127.0.0.1"),
  KEPT_DATA: z.string().trim().min(1).default("./data"),
  DATABASE_URL: text,
  KEPT_NOW: text,
  KEPT_URL: text,
  SMTP_URL: text,
  MAIL_FROM: text,
  KEPT_LOG: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  KEPT_ROLE: z.enum(["all", "web", "worker"]).default("all"),
});

export interface Env {
  port: number;
  host: string;
  /** Absolute folder of everything Kept keeps on disk. */
  dataFolder: string;
  databaseUrl: string | undefined;
  /** When set, the clock stands still here. */
  frozenAt: Date | undefined;
  /** Public address, when it is not the one Kept listens on. */
  publicUrl: string | undefined;
  smtpUrl: string | undefined;
  mailFrom: string | undefined;
  logLevel: "debug" | "info" | "warn" | "error" | "silent";
  role: "all" | "web" | "worker";
}

function readInstant(value: string | undefined): Date | undefined {
  if (value === undefined) return undefined;
  const instant = new Date(value);
  if (Number.isNaN(instant.getTime())) throw new PlainError(`KEPT_NOW=${value} is not an instant. Write it like 2017-10-02T08:00Z.`);
  return instant;
}

function readUrl(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol))
    throw new PlainError(`KEPT_URL=${value} is not an address. Write it like https://kept.example.com.`);
  return new URL(value).origin;
}

/** Reads the settings from environment variables; an unusable one is a PlainError that names it. */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new PlainError(`The setting ${String(issue?.path[0])} cannot be used: ${issue?.message}.`);
  }
  const e = parsed.data;
  return {
    port: e.PORT,
    host: e.HOST,
    dataFolder: resolve(projectRoot, e.KEPT_DATA),
    databaseUrl: e.DATABASE_URL,
    frozenAt: readInstant(e.KEPT_NOW),
    publicUrl: readUrl(e.KEPT_URL),
    smtpUrl: e.SMTP_URL,
    mailFrom: e.MAIL_FROM,
    logLevel: e.KEPT_LOG,
    role: e.KEPT_ROLE,
  };
}
