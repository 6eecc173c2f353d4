import type { Lookups, Named } from "../domain/imports/import-lookups.ts";
import { isSalesforceId, salesforceId } from "../domain/imports/salesforce-id.ts";

const nameAndMail = /^(.*\S)\s*[(<]\s*([^\s()<>]+@[^\s()<>]+)\s*[)>]$/;

/** Who is meant by a name, a mail address, an id, or “Name (address)”. Null when several people are; undefined when nobody is. */
export function personCalled({ people }: Pick<Lookups, "people">, text: string): Named | null | undefined {
  const found = people.get(text.toLowerCase());
  if (found !== undefined) return found;
  const [, name, mail] = nameAndMail.exec(text) ?? [];
  if (mail !== undefined && name !== undefined) return people.get(mail.toLowerCase()) ?? people.get(name.toLowerCase());
  if (!isSalesforceId(text)) return undefined;
  const id = salesforceId(text);
  return people.get(id.toLowerCase()) ?? people.get(id.slice(0, 15).toLowerCase());
}
