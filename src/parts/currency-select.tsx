import { Select } from "./field.tsx";

const names = new Intl.DisplayNames("en", { type: "currency" });
const options = Intl.supportedValuesOf("currency").map((code) => ({ value: code, words: `${code} · ${names.of(code) ?? code}` }));

export function CurrencySelect({ value, error, hint }: { value: string; error?: string | undefined; hint?: string }) {
  return <Select name="currency" label="Currency" value={value} options={options} required error={error} {...(hint ? { hint } : {})} />;
}
