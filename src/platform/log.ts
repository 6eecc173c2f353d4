import pino from "pino";
import type { Env } from "./env.ts";

export type Log = pino.Logger;

/** JSON lines on stdout. Log ids, counts and durations: never names, mail addresses or anybody's words. */
export const makeLog = (env: Pick<Env, "logLevel">): Log =>
  pino({
    level: env.logLevel,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });
