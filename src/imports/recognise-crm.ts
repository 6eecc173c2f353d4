import { type Crm, plainKey } from "../domain/imports/import-fields.ts";

/** Which program wrote the file, told by what only its files have. Null when nothing tells. */
export function recogniseCrm(header: readonly string[], first: readonly (readonly string[])[]): Crm | null {
  if (isDynamics(header)) return "dynamics";
  if (isPipedrive(header)) return "pipedrive";
  const keys = header.map(plainKey);
  if (isHubSpot(keys)) return "hubspot";
  return isSalesforce(keys, header, first) ? "salesforce" : null;
}

/** Its first columns are there to find the rows again, and say that nobody should touch them, in the language of the user. */
function isDynamics(header: readonly string[]): boolean {
  const [one, two, three] = header.slice(0, 3).map((name) => /^\((.{3,40}?)\)\s*\S/.exec(name)?.[1]);
  return header.some((name) => /^\(do not modify\)/i.test(name)) || (one !== undefined && one === two && two === three);
}

/** Every column is called after what it belongs to: “Deal - Title”, and so in every language. */
function isPipedrive(header: readonly string[]): boolean {
  const owners = header.map((name) => /^(\S.{0,24}?) - \S/.exec(name)?.[1]).filter((name) => name !== undefined);
  const named = owners.filter((name) => /^(deal|person|organi[sz]ation|lead|activity)$/i.test(name));
  return named.length >= 2 || (owners.length >= 3 && owners.length === header.length && new Set(owners).size <= 4);
}

const hubSpotOnly = [
  "dealname",
  "dealstage",
  "dealowner",
  "dealprobability",
  "dealtype",
  "createdbyuserid",
  "hubspotteam",
  "amountincompanycurrency",
  "weightedamountincompanycurrency",
  "associatedcompanyprimary",
  "associatedcompanyidsprimary",
  "associatedcontactids",
  "isclosedwon",
  "isclosednumeric",
  "closedwonreason",
  "forecastprobability",
];

function isHubSpot(keys: readonly string[]): boolean {
  const signs = keys.filter((key) => hubSpotOnly.includes(key)).length;
  return keys[0] === "recordid" ? signs >= 1 : signs >= 4 && keys.includes("pipeline");
}

const salesforceOnly = [
  "opportunityowner",
  "opportunityowneremail",
  "opportunityname",
  "opportunityid",
  "fiscalperiod",
  "ownerrole",
  "stageduration",
  "expectedrevenue",
  "opportunityowneralias",
  "forecastcategory",
];
/** Names only this program's reports give to an opportunity's own fields. */
const salesforceSure = new Set([
  "opportunityowner",
  "opportunityowneremail",
  "opportunityowneralias",
  "ownerrole",
  "stageduration",
  "fiscalperiod",
]);

function isSalesforce(keys: readonly string[], header: readonly string[], first: readonly (readonly string[])[]): boolean {
  const ids = keys.indexOf("opportunityid");
  if (ids !== -1 && first.length > 0 && first.every((cells) => /^006[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/.test(cells[ids]?.trim() ?? "")))
    return true;
  const signs = keys.filter((key) => salesforceOnly.includes(key));
  const currencies = header.filter((name, at) => name !== "" && header[at - 1]?.toLowerCase() === `${name.toLowerCase()} currency`).length;
  return signs.length + currencies >= 2 && (signs.some((key) => salesforceSure.has(key)) || currencies > 0);
}
