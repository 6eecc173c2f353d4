import type { ImportField } from "./import-fields.ts";

/** Columns of a history export: one row a change of one field of one deal. Salesforce's field and stage history, HubSpot's property history. */
export const changeFields: readonly ImportField[] = [
  {
    key: "external_id",
    words: "Id of the opportunity",
    type: "text",
    aliases: ["opportunity id", "deal id", "object id", "record id", "deal record id", "parent id", "id", "external id"],
  },
  {
    key: "field",
    words: "What changed",
    type: "text",
    hint: "stage, amount, close date, owner, …",
    aliases: ["field event", "field", "field name", "property", "property name", "property label", "changed field", "what changed", "what"],
  },
  {
    key: "old",
    words: "Value before",
    type: "text",
    aliases: ["old value", "previous value", "old", "before", "from", "value before", "from stage"],
  },
  {
    key: "new",
    words: "Value after",
    type: "text",
    aliases: ["new value", "new", "after", "to", "value after", "property value", "value"],
  },
  { key: "to_stage", words: "Stage after", type: "text", hint: "in a history of stages alone", aliases: ["to stage", "new stage"] },
  {
    key: "at",
    words: "Changed on",
    type: "date",
    aliases: [
      "edit date",
      "changed on",
      "changed at",
      "change date",
      "date of change",
      "modified date",
      "last modified",
      "last modified date",
      "timestamp",
      "created date",
      "date",
      "at",
      "when",
    ],
  },
];

const names: Record<string, string> = {
  stage: "stage",
  stagename: "stage",
  dealstage: "stage",
  salesstage: "stage",
  opportunitystage: "stage",
  phase: "stage",
  amount: "amount",
  dealamount: "amount",
  value: "amount",
  estrevenue: "amount",
  closedate: "close_on",
  expectedclosedate: "close_on",
  estclosedate: "close_on",
  owner: "owner",
  opportunityowner: "owner",
  dealowner: "owner",
  ownerassignment: "owner",
  hubspotownerid: "owner",
  ownerid: "owner",
  forecastcategory: "forecast_category",
  forecastcategoryname: "forecast_category",
  hsmanualforecastcategory: "forecast_category",
  nextstep: "next_step",
  hsnextstep: "next_step",
  name: "name",
  dealname: "name",
  opportunityname: "name",
  product: "product",
  account: "account",
  accountname: "account",
};

/** Which field of an opportunity a plain name of a property means; undefined for those of which no history is kept. */
export const changedFieldOf = (plainName: string): string | undefined => names[plainName];
