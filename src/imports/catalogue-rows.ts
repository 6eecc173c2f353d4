import type { Lookups } from "../domain/imports/import-lookups.ts";
import { newId } from "../platform/new-id.ts";
import type { Converter } from "./row-converter.ts";
import type { RowReader } from "./row-reader.ts";

const tidy = (text: string | null): string | null => text?.replaceAll(/\s+/g, " ") ?? null;

function nameAndKey(reader: RowReader): [string | null, string | null] {
  const name = tidy(reader.text("name"));
  if (name === null && reader.problems.length === 0) reader.problems.push("it has no name");
  return [name, reader.text("external_id") ?? (name === null ? null : `name:${name.toLowerCase()}`)];
}

export function accountConverter(reader: RowReader, _lookups: Lookups, scale: number, unit: number): Converter {
  return () => {
    const [name, key] = nameAndKey(reader);
    const values = [
      newId(),
      key,
      name,
      reader.text("sector"),
      reader.text("location"),
      tidy(reader.text("parent_name")),
      reader.whole("employees"),
      reader.money("annual_revenue", scale, unit),
      reader.whole("founded_in"),
    ];
    return reader.problems.length > 0 ? null : { values, warning: null };
  };
}

export function productConverter(reader: RowReader, lookups: Lookups, scale: number): Converter {
  return () => {
    const [name, key] = nameAndKey(reader);
    const currency = reader.text("currency")?.toUpperCase() ?? lookups.currency;
    if (!/^[A-Z]{3}$/.test(currency)) reader.problems.push(`“${currency}” is no currency`);
    const values = [newId(), key, name, reader.text("series"), reader.money("list_price", scale), currency];
    return reader.problems.length > 0 ? null : { values, warning: null };
  };
}
