import { changeFields } from "./change-fields.ts";
import { opportunityFields } from "./opportunity-fields.ts";
/** What Kept can take from a file, and under which names other programs write it. */

import { activityFields, forecastFields, quotaFields } from "./more-import-fields.ts";

export const whats = ["people", "products", "accounts", "opportunities", "quotas", "activities", "forecasts", "changes"] as const;
export type What = (typeof whats)[number];
export const isWhat = (value: unknown): value is What => whats.includes(value as What);

/** Programs whose files Kept knows by their own signs. */
export const crms = ["salesforce", "hubspot", "pipedrive", "dynamics"] as const;
export type Crm = (typeof crms)[number];
export const crmNames: Record<Crm, string> = {
  salesforce: "Salesforce",
  hubspot: "HubSpot",
  pipedrive: "Pipedrive",
  dynamics: "Dynamics 365",
};
export const isCrm = (value: unknown): value is Crm => crms.includes(value as Crm);

export type FieldType = "text" | "date" | "month" | "money" | "whole";

export interface ImportField {
  key: string;
  words: string;
  type: FieldType;
  hint?: string;
  /** Column names as they appear in files; compared without case, spaces and punctuation. */
  aliases: readonly string[];
}

export interface Target {
  words: string;
  /** One of each group must be among the columns. */
  needs: readonly (readonly string[])[];
  fields: readonly ImportField[];
}

const people: readonly ImportField[] = [
  {
    key: "name",
    words: "Name",
    type: "text",
    aliases: [
      "name",
      "full name",
      "sales agent",
      "agent",
      "rep",
      "sales rep",
      "salesperson",
      "employee",
      "employee name",
      "user",
      "user name",
      "person",
      "vertriebsmitarbeiter",
      "mitarbeiter",
    ],
  },
  { key: "first_name", words: "First name", type: "text", aliases: ["first name", "given name", "forename"] },
  { key: "last_name", words: "Last name", type: "text", aliases: ["last name", "family name", "surname"] },
  {
    key: "email",
    words: "Mail address",
    type: "text",
    aliases: ["email", "e mail", "mail", "email address", "mail address", "work email"],
  },
  {
    key: "manager",
    words: "Manager",
    type: "text",
    hint: "by name or mail address",
    aliases: [
      "manager",
      "manager name",
      "manager email",
      "reports to",
      "sales manager",
      "supervisor",
      "team lead",
      "vorgesetzter",
      "vorgesetzte",
      "führungskraft",
    ],
  },
  {
    key: "team",
    words: "Team",
    type: "text",
    aliases: ["team", "regional office", "office", "region", "team name", "sales team", "department", "hubspot team"],
  },
  {
    key: "roles",
    words: "Role",
    type: "text",
    hint: "rep, manager, leader or admin",
    aliases: ["role", "roles", "kept role", "job role", "profile"],
  },
  { key: "time_zone", words: "Time zone", type: "text", hint: "such as Europe/Berlin", aliases: ["time zone", "timezone", "tz"] },
  {
    key: "started_on",
    words: "Started on",
    type: "date",
    aliases: ["started on", "start date", "hire date", "hired on", "joined", "started"],
  },
  { key: "left_on", words: "Left on", type: "date", aliases: ["left on", "leave date", "end date", "termination date", "left"] },
  {
    key: "experience",
    words: "Experience",
    type: "text",
    hint: "new, developing or experienced",
    aliases: ["experience", "experience level", "seniority", "level"],
  },
  {
    key: "external_id",
    words: "Id in your system",
    type: "text",
    aliases: ["id", "user id", "employee id", "person id", "owner id", "external id", "record id"],
  },
];

const products: readonly ImportField[] = [
  { key: "name", words: "Name", type: "text", aliases: ["product", "product name", "name", "item"] },
  { key: "series", words: "Series", type: "text", aliases: ["series", "product family", "family", "category", "line"] },
  { key: "list_price", words: "List price", type: "money", aliases: ["sales price", "list price", "price", "unit price", "msrp"] },
  { key: "currency", words: "Currency", type: "text", aliases: ["currency", "currency iso code", "price currency"] },
  {
    key: "external_id",
    words: "Id in your system",
    type: "text",
    aliases: ["product id", "id", "product code", "sku", "record id", "external id"],
  },
];

const accounts: readonly ImportField[] = [
  {
    key: "name",
    words: "Name",
    type: "text",
    aliases: ["account", "account name", "company", "company name", "name", "organization", "organisation", "customer"],
  },
  { key: "sector", words: "Sector", type: "text", aliases: ["sector", "industry"] },
  { key: "founded_in", words: "Founded in", type: "whole", aliases: ["year established", "founded", "founded in", "year founded"] },
  {
    key: "annual_revenue",
    words: "Annual revenue",
    type: "money",
    aliases: ["revenue", "annual revenue", "annual revenue in millions", "turnover"],
  },
  { key: "employees", words: "Employees", type: "whole", aliases: ["employees", "number of employees", "headcount"] },
  {
    key: "location",
    words: "Location",
    type: "text",
    aliases: ["office location", "location", "country", "billing country", "headquarters", "city"],
  },
  { key: "parent_name", words: "Parent company", type: "text", aliases: ["subsidiary of", "parent account", "parent company", "parent"] },
  {
    key: "external_id",
    words: "Id in your system",
    type: "text",
    aliases: ["account id", "company id", "id", "record id", "organization id", "external id"],
  },
];

export const targets: Record<What, Target> = {
  people: { words: "People", needs: [["name", "last_name", "email"]], fields: people },
  products: { words: "Products", needs: [["name"]], fields: products },
  accounts: { words: "Accounts", needs: [["name"]], fields: accounts },
  opportunities: { words: "Opportunities", needs: [["owner"], ["stage", "status"], ["external_id", "name"]], fields: opportunityFields },
  quotas: {
    words: "Quotas",
    needs: [["person"], ["month", "months"], ["amount", "months"]],
    fields: quotaFields,
  },
  activities: { words: "Activities", needs: [["person"], ["at"], ["type", "subject"]], fields: activityFields },
  forecasts: {
    words: "Forecasts",
    needs: [["person"], ["month", "months"], ["category", "categories"], ["amount", "months", "categories"]],
    fields: forecastFields,
  },
  changes: {
    words: "History of opportunities",
    needs: [["external_id"], ["at"], ["field", "to_stage"], ["new", "to_stage"]],
    fields: changeFields,
  },
};

const inColumns: Record<string, string> = { months: "a column for each period", categories: "a column for each category" };

/** What a field, or what may stand in for it, is called. */
export const fieldWords = (what: What, key: string): string =>
  targets[what].fields.find((field) => field.key === key)?.words ?? inColumns[key] ?? key;

/** Letters and digits only: "Deal - Title" and "deal_title" are one. */
export const plainKey = (words: string): string =>
  words
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");

/** Columns that say more than their field: a date of this name is the day the opportunity came into that stage. */
export const opensInStage: Record<string, string> = { engagedate: "Engaging" };

const millions = 1_000_000;
/** Files whose revenue is known to be in millions, by all their columns. */
const inMillions = new Set(["account sector year_established revenue employees office_location subsidiary_of"]);

/** What one stands for in the revenue column: as its name says, or as is known of such files. */
export function revenueUnit(header: readonly string[]): number {
  const says = header.some((name) => /revenue|turnover/i.test(name) && /\b(million|millions|mio|mm)\b/i.test(name.replaceAll("_", " ")));
  return says || inMillions.has(header.join(" ")) ? millions : 1;
}
