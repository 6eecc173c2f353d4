const scales = new Map<string, number>();

/** How many minor units make one: 100 for dollars, 1 for yen. */
export function minorUnits(currency: string): number {
  let scale = scales.get(currency);
  if (scale === undefined) {
    const { maximumFractionDigits } = new Intl.NumberFormat("en-US", { style: "currency", currency }).resolvedOptions();
    scales.set(currency, (scale = 10 ** (maximumFractionDigits ?? 2)));
  }
  return scale;
}
