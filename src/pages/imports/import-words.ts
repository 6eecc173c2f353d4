import type { What } from "../../domain/imports/import-fields.ts";
import type { Delimiter, Encoding, Run, RunState } from "../../domain/imports/import-settings.ts";

const stateWords: Record<RunState, string> = {
  uploaded: "Waiting",
  checking: "Being looked over",
  needs_answers: "Needs an answer",
  checked: "Ready to take in",
  applying: "Being taken in",
  applied: "Taken in",
  failed: "Could not be read",
  cancelled: "Dropped",
  undone: "Taken back",
};

const stateTone: Record<RunState, string> = {
  uploaded: "",
  checking: "",
  needs_answers: "watch",
  checked: "watch",
  applying: "",
  applied: "kept",
  failed: "missed",
  cancelled: "",
  undone: "",
};

/** A file that was announced by its bytes waits for nobody. */
export const stateOf = ({ state, settings }: Pick<Run, "state" | "settings">): { words: string; tone: string } =>
  state === "checked" && settings.sameAs ? { words: "Nothing new", tone: "" } : { words: stateWords[state], tone: stateTone[state] };

export const oneAndMany: Record<What, [string, string]> = {
  people: ["person", "people"],
  products: ["product", "products"],
  accounts: ["account", "accounts"],
  opportunities: ["opportunity", "opportunities"],
  quotas: ["quota", "quotas"],
  activities: ["activity", "activities"],
  forecasts: ["forecast", "forecasts"],
  changes: ["change", "changes"],
};

export const encodingWords: Record<Encoding, string> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16",
  "windows-1252": "Windows-1252",
};

export const delimiterWords: Record<Delimiter, string> = { ",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars" };

/** As a form names them: a tab would be lost there. */
export const delimiterNames = Object.entries(delimiterWords).map(([mark, words]) => ({ value: mark === "\t" ? "tab" : mark, words }));

export const isAtWork = ({ state }: Pick<Run, "state">): boolean => state === "uploaded" || state === "checking" || state === "applying";

export function sizeWords(bytes: number | null): string {
  if (bytes === null) return "";
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${Math.round(bytes / 100_000) / 10} MB`;
}
