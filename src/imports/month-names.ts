const languages = ["en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "hu", "ro", "tr"];
const plain = (name: string): string =>
  name
    .normalize("NFKD")
    .replaceAll(/[\u0300-\u036f.]/g, "")
    .toLowerCase();

let months: Map<string, number> | undefined;

/** Names and their short forms; one that means different months in two languages means that of the first. */
function names(): Map<string, number> {
  const found = new Map<string, number>();
  for (const language of languages)
    for (const length of ["long", "short"] as const)
      for (let month = 0; month < 12; month++) {
        const format = new Intl.DateTimeFormat(language, { month: length, day: "numeric", timeZone: "UTC" });
        const parts = format.formatToParts(Date.UTC(2026, month, 1));
        const name = plain(parts.find(({ type }) => type === "month")?.value ?? "");
        if (name.length >= 3 && !found.has(name)) found.set(name, month + 1);
      }
  return found;
}

/** 1 to 12 for a month's name in the languages of Europe; 0 for what is none. */
export function monthCalled(name: string): number {
  if (name === "") return 0;
  months ??= names();
  const key = plain(name);
  return months.get(key) ?? (key.length > 3 ? 0 : (months.get(key.slice(0, 3)) ?? 0));
}
