import type { Lookups, Named } from "../domain/imports/import-lookups.ts";
import type { Answers } from "../domain/imports/import-settings.ts";
import type { RowReader } from "./row-reader.ts";

const mailIn = /[\w.+'-]+@[\w-]+(\.[\w-]+)+/;

/** Who is named there: as the admin has said, else by name, mail address or id. Notes what is wrong with the row. */
export function findPerson(reader: RowReader, field: string, lookups: Lookups, answers: Answers): Named | null {
  const text = reader.text(field);
  if (text === null) {
    reader.problems.push("it names no person");
    return null;
  }
  const answer = answers.owners?.[text];
  if (answer === "") {
    reader.problems.push(`“${text}” is left out`);
    return null;
  }
  if (answer) return { id: answer, name: text };
  const found = lookups.people.get(text.toLowerCase()) ?? lookups.people.get(mailIn.exec(text)?.[0].toLowerCase() ?? "");
  if (found) return found;
  const isTwice = lookups.people.has(text.toLowerCase());
  reader.problems.push(isTwice ? `more than one person is called “${text}”` : `nobody here is called “${text}”`);
  return null;
}
