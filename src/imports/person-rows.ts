import type { Lookups } from "../domain/imports/import-lookups.ts";
import { plainKey } from "../domain/imports/import-fields.ts";
import { newId } from "../platform/new-id.ts";
import type { Converter } from "./row-converter.ts";
import type { RowReader } from "./row-reader.ts";

const roleWords: Record<string, string> = {
  rep: "rep",
  salesrep: "rep",
  salesperson: "rep",
  seller: "rep",
  ae: "rep",
  accountexecutive: "rep",
  salesagent: "rep",
  agent: "rep",
  manager: "manager",
  salesmanager: "manager",
  teamlead: "manager",
  leader: "leader",
  director: "leader",
  vp: "leader",
  vpsales: "leader",
  headofsales: "leader",
  admin: "admin",
  administrator: "admin",
  salesoperations: "admin",
  salesops: "admin",
};
const experienceWords: Record<string, string> = {
  new: "new",
  junior: "new",
  ramping: "new",
  developing: "developing",
  mid: "developing",
  intermediate: "developing",
  experienced: "experienced",
  senior: "experienced",
};
const isMail = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Turns a row into a person as `staged` holds one. */
export function personConverter(reader: RowReader, lookups: Lookups): Converter {
  const zones = new Map<string, boolean>();
  return () => {
    const email = reader.text("email")?.toLowerCase() ?? null;
    const name = nameOf(reader) ?? (email ? (email.split("@")[0] ?? email) : null);
    if (name === null) reader.problems.push("it has no name");
    else if (name.length > 200) reader.problems.push("the name has more than 200 letters");
    if (email && (email.length > 320 || !isMail.test(email))) reader.problems.push(`“${email}” is no mail address`);
    const roles = rolesOf(reader);
    const experience = wordOf(reader, "experience", experienceWords, "no level: new, developing or experienced");
    const zone = reader.text("time_zone");
    if (zone && !isZone(zone, zones)) reader.problems.push(`“${zone}” is no time zone; write it like Europe/Berlin`);
    const [started, left] = [reader.date("started_on")?.day ?? null, reader.date("left_on")?.day ?? null];
    if (started && left && left < started) reader.problems.push(`left on ${left}, before the start on ${started}`);
    const manager = reader.text("manager");
    if (manager && manager.length > 200) reader.problems.push("the manager's name has more than 200 letters");
    const [team, externalId] = [reader.text("team")?.slice(0, 200) ?? null, reader.text("external_id")];
    if (reader.problems.length > 0 || name === null) return null;
    return {
      values: [
        newId(),
        null,
        externalId,
        name,
        email,
        manager?.replaceAll(/\s+/g, " ") ?? null,
        team,
        roles && `{${roles.join(",")}}`,
        zone ?? lookups.timeZone,
        started,
        left,
        experience ?? "experienced",
      ],
      warning: null,
    };
  };
}

function nameOf(reader: RowReader): string | null {
  const whole = reader.text("name");
  const parts = [reader.text("first_name"), reader.text("last_name")].filter(Boolean).join(" ");
  return (whole ?? parts).replaceAll(/\s+/g, " ") || null;
}

function rolesOf(reader: RowReader): string[] | null {
  const text = reader.text("roles");
  if (text === null) return null;
  const roles = new Set<string>();
  for (const word of text.split(/[;,/|+&]/).filter((part) => part.trim())) {
    const role = roleWords[plainKey(word)];
    if (role) roles.add(role);
    else reader.problems.push(`“${word.trim()}” is no role: rep, manager, leader or admin`);
  }
  return [...roles];
}

function wordOf(reader: RowReader, field: string, words: Record<string, string>, complaint: string): string | null {
  const text = reader.text(field);
  if (text === null) return null;
  const word = words[plainKey(text)];
  if (!word) reader.problems.push(`“${text}” is ${complaint}`);
  return word ?? null;
}

function isZone(zone: string, known: Map<string, boolean>): boolean {
  let is = known.get(zone);
  if (is === undefined) {
    try {
      Temporal.Instant.from("2026-01-01T00:00Z").toZonedDateTimeISO(zone);
      is = true;
    } catch {
      is = false;
    }
    if (known.size < 2000) known.set(zone, is);
  }
  return is;
}
