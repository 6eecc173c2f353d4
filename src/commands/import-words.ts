import { targets } from "../domain/imports/import-fields.ts";
import type { Found, Run } from "../domain/imports/import-settings.ts";

const n = (value: number) => value.toLocaleString("en-US");
const rowsWords = (rows: number) => (rows === 1 ? "1 row" : `${n(rows)} rows`);

/** What became of a file, in one line and the notes beneath it. */
export function outcomeWords(run: Run): string {
  const lines = [
    `${run.fileName}: ${run.what}, ${rowsWords(run.rowsTotal)}: ${n(run.rowsNew)} new, ${n(run.rowsChanged)} changed, ${n(run.rowsSame)} the same, ${n(run.rowsFailed)} failed.`,
  ];
  const found = run.settings.found;
  if (!found) return lines.join("\n");
  lines.push(...found.notes);
  if (found.exportedFrom?.how === "end") lines.push(`exported on ${found.exportedOn}, as “${found.exportedFrom.words}” at its end says.`);
  const gone =
    found.vanishing?.covers === "whole" ? found.vanishing.gone : found.vanishing?.covers === "owners" ? found.vanishing.ofOwners : 0;
  if (gone > 0) lines.push(`${n(gone)} open deals are not in it any more: marked as gone from the export.`);
  for (const { value, rows, to } of found.products.slice(0, 20))
    lines.push(to ? `product “${value}” (${rowsWords(rows)}) is “${to.name}”.` : `product “${value}” (${rowsWords(rows)}) is new.`);
  if (found.newStages.length > 0)
    lines.push(`new stages: ${found.newStages.map(({ name, outcome }) => `${name} (${outcome})`).join(", ")}.`);
  if (found.newAccounts > 0) lines.push(`${n(found.newAccounts)} accounts were only named here; they were made.`);
  if (found.newManagers.length > 0) lines.push(`managers named but not listed, made as people: ${found.newManagers.join(", ")}.`);
  if (run.what === "opportunities" && found.undatedRows > 0)
    lines.push(`${rowsWords(found.undatedRows)} without a date: known from ${found.exportedOn}, the day of the export.`);
  return lines.join("\n  ");
}

export function questionWords(run: Run): string {
  if (run.problem && run.settings.found?.isGuessed) return guessWords(run, run.settings.found);
  if (run.problem) return `${run.problem} Use --answers column:FIELD=COLUMN.`;
  const vanishing = run.settings.found?.vanishing;
  if (vanishing?.mustAsk)
    return `${n(vanishing.gone)} of ${n(vanishing.open)} open deals are not in it. Say what it holds: --answers covers=whole (they have gone), covers=owners (those of the owners in it have gone: ${n(vanishing.ofOwners)}) or covers=part (nothing has gone).`;
  const fields = run.what ? targets[run.what].fields : [];
  const asked = (run.settings.found?.questions ?? []).map(({ kind, field, example }) => {
    if (kind === "sheet") return `Several of its sheets fit (${run.settings.found?.sheets.join(", ")}): --answers sheet=NAME.`;
    if (kind === "list") return listWords(run);
    if (kind === "outcomes") return stageQuestionWords(run);
    if (kind === "pipelines")
      return `The deals run through ${run.settings.found?.pipelines.map(({ name }) => `“${name}”`).join(", ")}, and “${example}” is a stage of several: --answers stages=one (they are one stage) or stages=apart, and pipelines=NAME|NAME to take in only those.`;
    const words = fields.find(({ key }) => key === field)?.words ?? field;
    return kind === "date"
      ? `“${example}” in ${words} can be read in several ways: --answers dates=dmy (the day first) or dates=mdy (the month first).`
      : `“${example}” in ${words} can be a thousand or a decimal: --answers numbers=point (the point is the decimal mark) or numbers=comma.`;
  });
  return asked.join(" ");
}

/** What the page would fill in, ready to be sent back: a guess is never taken without a word. */
function guessWords({ what }: Run, { columns, header }: Found): string {
  const said = Object.entries(columns).flatMap(([field, at]) => (at === null ? [] : [`column:${field}=${header[at]}`]));
  return `The names of its columns do not say which is which. By what stands in them: --what ${what} --answers "${said.join(",")}". Put right what is wrong in it, and say it so.`;
}

function listWords(run: Run): string {
  const candidates = run.settings.found?.list?.candidates ?? [];
  const told = candidates.map(
    ({ source, fileName, day, agree, differ, examples: [one] }) =>
      `${fileName} of ${day} (list=${source}): ${n(agree)} of its ids are the same deals there, ${n(differ)} others${one ? `, such as ${one.id}: ${one.here} here, ${one.given} in the file` : ""}`,
  );
  return `Is it the same list as an earlier file? ${told.join("; ")}. Say --answers list=same (the first of these) or list=new (a list of its own; nothing is written over).`;
}

function stageQuestionWords(run: Run): string {
  const open = (run.settings.found?.sensed ?? []).filter(({ isSure }) => !isSure);
  const told = open.map(({ name, rows, outcome, why }) => `“${name}” (${rowsWords(rows)}; ${why}${outcome ? `; perhaps ${outcome}` : ""})`);
  return `Are deals in ${told.join(", ")} open, won or lost? Say it for each: --answers ${open.map(({ name, outcome }) => `outcome:${name}=${outcome ?? "won"}`).join(",")}.`;
}
