import { Select } from "./field.tsx";

const zones = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];

interface Props {
  value: string;
  name?: string;
  label?: string;
  hint?: string;
  error?: string | undefined;
}

/** Every time zone by its place. One chosen elsewhere under another name stays in the list. */
export function ZoneSelect({ value, name = "time_zone", label = "Time zone", ...rest }: Props) {
  const names = value === "" || zones.includes(value) ? zones : [value, ...zones];
  const options = names.map((zone) => ({ value: zone, words: zone.replaceAll("_", " ").replaceAll("/", " / ") }));
  return <Select name={name} label={label} value={value} options={options} required {...rest} />;
}
