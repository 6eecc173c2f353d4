interface Named {
  name: string;
  accountName: string | null;
  /** Where it is known. */
  productName?: string | null | undefined;
}

/**
 * Whose a deal is, where its name does not say it: the account, or that there is none yet where it is called after its product
 * alone; "" where it has a name of its own.
 */
export function besideDeal({ name, accountName, productName }: Named): string {
  if (accountName !== null) return name.includes(accountName) ? "" : accountName;
  return productName && name.startsWith(productName) ? "no account yet" : "";
}

/** A deal in one line: many CRMs have several of one product before they have an account. */
export const dealWords = (deal: Named): string => [deal.name, besideDeal(deal)].filter(Boolean).join(", ");

/** What of a deal changed. */
export const changeWords = {
  created: "Created",
  name: "Name",
  owner: "Owner",
  account: "Account",
  product: "Product",
  stage: "Stage",
  amount: "Amount",
  currency: "Currency",
  close_on: "Close date",
  forecast_category: "Forecast category",
  next_step: "Next step",
  vanished: "Gone from the export",
};
