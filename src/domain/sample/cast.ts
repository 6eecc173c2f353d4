import { addDays, mondayOf } from "../../method/days.ts";
import { idOf } from "./random.ts";
import { atHour, day, dayOf, instant, randomFor, type Setting } from "./setting.ts";

export type Level = "new" | "developing" | "experienced";

/** What makes a rep's pipeline theirs. */
export interface Profile {
  level: Level;
  /** New opportunities a month. */
  deals: number;
  winRate: number;
  /** Days from first word to signature. */
  cycle: number;
  /** Size of their deals against the usual. */
  size: number;
  /** How far off they are when they state their own numbers. */
  vague: number;
  story?: "behind" | "ahead" | "starting";
}

export interface Person {
  key: string;
  id: string;
  name: string;
  firstName: string;
  role: "leader" | "manager" | "rep" | "admin";
  team: number;
  zone: string;
  startedOn: string;
  profile: Profile;
}

export interface TimeOff {
  personId: string;
  fromOn: string;
  untilOn: string;
}

export interface Cast {
  leader: Person;
  admin: Person;
  managers: Person[];
  /** By manager's id. */
  reps: Map<string, Person[]>;
  everybody: Person[];
  daysOff: TimeOff[];
}

export const teams = ["Food and drink", "Chemicals", "Logistics"] as const;

const usual: Record<Level, Omit<Profile, "level">> = {
  new: { deals: 7, winRate: 0.26, cycle: 58, size: 0.75, vague: 0.16 },
  developing: { deals: 9.2, winRate: 0.34, cycle: 52, size: 0.95, vague: 0.09 },
  experienced: { deals: 9.8, winRate: 0.4, cycle: 46, size: 1.2, vague: 0.04 },
};

type Line = [name: string, level: Level, startedDaysAgo: number, more?: Partial<Profile>];

// The first of each list by name is the one a newcomer tries first: Amina, and Alba with her.
const managers: [name: string, startedDaysAgo: number][] = [
  ["Amina Farrow", 1910],
  ["Daniel Osei", 1320],
  ["Petra Lindqvist", 2440],
];
const reps: Line[][] = [
  [
    ["Alba Renner", "developing", 980, { winRate: 0.36 }],
    ["Ben Tulloch", "new", 168],
    ["Ines Cardoso", "experienced", 1880, { story: "ahead", winRate: 0.45, size: 1.35, deals: 10.4 }],
    ["Jonah Pike", "developing", 1130, { story: "behind", winRate: 0.27, vague: 0.2 }],
    ["Keiko Arai", "experienced", 2210, { deals: 7, size: 1.5, cycle: 74 }],
    ["Marcus Bell", "new", 47, { story: "starting" }],
  ],
  [
    ["Carla Mendes", "experienced", 1710, { cycle: 58 }],
    ["Dev Rao", "developing", 820],
    ["Elif Kaya", "new", 214],
    ["Frida Holm", "experienced", 2900, { winRate: 0.38, deals: 8.6 }],
    ["Gareth Moss", "developing", 1260, { deals: 11.5, winRate: 0.26 }],
    ["Hana Novak", "developing", 760, { size: 1.15 }],
  ],
  [
    ["Leo Santoro", "experienced", 1540, { deals: 10.2 }],
    ["Maya Okonkwo", "developing", 930, { winRate: 0.37 }],
    ["Nils Berg", "new", 131],
    ["Olive Grant", "experienced", 2050, { size: 1.3, cycle: 63 }],
    ["Priya Sethi", "developing", 1010],
    ["Tomas Vidal", "new", 246],
  ],
];

function makePerson(
  setting: Setting,
  name: string,
  values: { role: Person["role"]; team: number; startedDaysAgo: number; profile?: Profile },
): Person {
  const key = name.toLowerCase().replaceAll(" ", ".");
  const startedOn = mondayOf(dayOf(setting, setting.now - values.startedDaysAgo * day));
  return {
    key,
    id: idOf(key, Date.parse(startedOn)),
    name,
    firstName: name.split(" ")[0] ?? name,
    role: values.role,
    team: values.team,
    zone: setting.teamZones[values.team] ?? setting.zone,
    startedOn,
    profile: values.profile ?? { level: "experienced", ...usual.experienced },
  };
}

/** Everybody of the company, with who reports to whom and when they are away. */
export function makeCast(setting: Setting): Cast {
  const leader = makePerson(setting, "Ruth Calloway", { role: "leader", team: 0, startedDaysAgo: 2610 });
  const admin = makePerson(setting, "Noor Haddad", { role: "admin", team: 0, startedDaysAgo: 1480 });
  const bosses = managers.map(([name, startedDaysAgo], team) => makePerson(setting, name, { role: "manager", team, startedDaysAgo }));
  const teamsOf = new Map(
    bosses.map((boss, team) => [
      boss.id,
      (reps[team] ?? []).map(([name, level, startedDaysAgo, more]) =>
        makePerson(setting, name, { role: "rep", team, startedDaysAgo, profile: { level, ...usual[level], ...more } }),
      ),
    ]),
  );
  const everybody = [leader, admin, ...bosses, ...[...teamsOf.values()].flat()];
  return { leader, admin, managers: bosses, reps: teamsOf, everybody, daysOff: everybody.flatMap((person) => daysOffOf(setting, person)) };
}

const stretch = (setting: Setting, person: Person, fromDaysAgo: number, length: number): TimeOff => {
  const fromOn = dayOf(setting, setting.now - fromDaysAgo * day);
  return { personId: person.id, fromOn, untilOn: addDays(fromOn, length - 1) };
};

/** A week or so in the past half year, a single day now and then, and for some a week that is coming. Never this week. */
function daysOffOf(setting: Setting, person: Person): TimeOff[] {
  const random = randomFor(`off ${person.key}`);
  // A manager's week off stops six reps' one-on-ones: those are further back.
  const past = person.role === "rep" ? random.int(30, 150) : random.int(100, 150);
  const away = [stretch(setting, person, past, random.pick([5, 7, 9])), stretch(setting, person, past + random.int(30, 60), 1)];
  if (random.chance(0.4)) away.push(stretch(setting, person, -random.int(17, 45), random.pick([2, 5, 7])));
  return away.filter(({ fromOn }) => fromOn > addDays(person.startedOn, 20));
}

export function addCast({ rows, now, ...setting }: Setting, { leader, managers: bosses, reps: teamsOf, everybody, daysOff }: Cast): void {
  for (const person of everybody) {
    const { role } = person;
    rows.add("person", {
      id: person.id,
      name: person.name,
      email: `${person.key}@kept-sample.example`,
      team: role === "manager" || role === "rep" ? teams[person.team] : role === "leader" ? "Sales" : "Sales operations",
      time_zone: person.zone,
      started_on: person.startedOn,
      experience: person.profile.level,
      created_at: instant(atHour(setting, person.startedOn, 9)),
    });
    rows.add("person_role", { person_id: person.id, role, from_on: person.startedOn });
  }
  const report = (person: Person, manager: Person) =>
    rows.add("reporting_line", {
      person_id: person.id,
      manager_id: manager.id,
      from_on: person.startedOn > manager.startedOn ? person.startedOn : manager.startedOn,
    });
  for (const boss of bosses) {
    report(boss, leader);
    for (const rep of teamsOf.get(boss.id) ?? []) report(rep, boss);
  }
  for (const { personId, fromOn, untilOn } of daysOff)
    rows.add("time_off", {
      id: idOf(`off ${personId} ${fromOn}`, Date.parse(fromOn) - 30 * day),
      person_id: personId,
      from_on: fromOn,
      until_on: untilOn,
      created_by: personId,
      created_at: instant(Math.min(now - day, Date.parse(fromOn) - 30 * day)),
    });
}

// prettier-ignore
export const contactNames = [
  "Helena Brandt", "Oscar Lind", "Mira Joshi", "Victor Salas", "Nadia Petrova", "Tim Oakes", "Yara Haddou", "Paul Grenier", "Sofia Rinaldi", "Kofi Mensah", "Ingrid Dahl", "Ravi Menon",
  "Claire Dubois", "Adam Kowal", "Lena Fuchs", "Marco Tessari", "Grace Adeyemi", "Simon Hale", "Eva Lorenz", "Joaquin Reyes", "Birgit Halle", "Owen Marsh", "Samira Aziz", "Pavel Dvorak",
] as const;
