import type { Run } from "./import-settings.ts";

/** Writing takes about as long again as reading did. */
const writing = 1;

/** Seconds until it is likely done, judged by the rows so far; null while too few are. */
export function secondsLeft(run: Pick<Run, "rowsDone" | "rowsTotal" | "workBeganAt" | "state">, now: Date): number | null {
  const { rowsDone, rowsTotal, workBeganAt } = run;
  if (!workBeganAt || rowsDone < 1000 || rowsTotal <= 0) return null;
  const spent = (now.getTime() - workBeganAt.getTime()) / 1000;
  const whole = spent * (rowsTotal / rowsDone) * (run.state === "applying" ? 1 + writing : 1);
  return Math.max(0, Math.round(whole - spent));
}

export function timeLeftWords(seconds: number | null): string {
  if (seconds === null) return "";
  if (seconds < 50) return "Less than a minute left.";
  const minutes = Math.round(seconds / 60);
  return minutes <= 1 ? "About a minute left." : `About ${minutes} minutes left.`;
}
