/** What the format of a cell makes of its number. */
export type CellFormat = "number" | "date" | "duration" | "percent" | { digits: number };

const builtIn = (id: number): CellFormat => {
  if (id === 9 || id === 10) return "percent";
  if (id === 46) return "duration";
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || id === 45 || id === 47 || (id >= 50 && id <= 58) ? "date" : "number";
};

/** The format behind a number of `numFmts`, or behind its code where the workbook defines it. */
export function cellFormat(id: number, code: string | undefined): CellFormat {
  if (code === undefined) return builtIn(id);
  if (/\[(h+|m+|s+)\]/i.test(code)) return "duration";
  // Words in quotes, escaped letters, colours and currencies in brackets are no part of the pattern.
  const bare = (code.split(";")[0] ?? "").replaceAll(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, "");
  if (bare.includes("%")) return "percent";
  if (/^0{2,}$/.test(bare)) return { digits: bare.length };
  return /[ymdhs]/i.test(bare) && !/general|[0#?]/i.test(bare.replaceAll(/s\.0+/gi, "s")) ? "date" : "number";
}

const two = (n: number): string => String(n).padStart(2, "0");

/** Decimals as a spreadsheet shows them: 15 digits; three decimals get a nought, so that they never look like thousands. */
function numberText(raw: string): string {
  if (/^-?\d{1,15}$/.test(raw)) return raw;
  const value = Number(raw);
  if (raw.trim() === "" || !Number.isFinite(value)) return raw;
  let text = String(Number(value.toPrecision(15)));
  if (text.includes("e")) text = Math.abs(value) < 1 ? value.toFixed(15).replace(/\.?0+$/, "") : BigInt(Math.round(value)).toString();
  return /\.\d{3}$/.test(text) ? `${text}0` : text;
}

const daysTo1970 = 25_569;
const daysTo1904 = 1462;
const lastDay = 2_958_465;

/** A count of days since 1900 or 1904 as a day, with the time of day where it has one. */
function dayText(raw: string, from1904: boolean): string {
  const value = Number(raw) + (from1904 ? daysTo1904 : 0);
  if (raw.trim() === "" || !Number.isFinite(value) || value < 0 || value >= lastDay + 1) return raw;
  const seconds = Math.round((value - Math.floor(value)) * 86_400);
  const time = `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  if (value < 1) return time;
  const whole = Math.floor(value) + (seconds === 86_400 ? 1 : 0);
  // Spreadsheets count a 29 February 1900 that never was.
  const days = whole < 60 ? whole + 1 : whole;
  const day = new Date((days - daysTo1970) * 86_400_000).toISOString().slice(0, 10);
  return seconds === 0 || seconds === 86_400 ? day : `${day} ${time}`;
}

export function formatted(raw: string, format: CellFormat, from1904: boolean): string {
  if (format === "number") return numberText(raw);
  if (format === "date") return dayText(raw, from1904);
  const value = Number(raw);
  if (raw.trim() === "" || !Number.isFinite(value)) return raw;
  if (format === "percent") return `${numberText(String(Number((value * 100).toPrecision(15))))}%`;
  if (format === "duration") {
    const seconds = Math.round(value * 86_400);
    return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  }
  return Number.isInteger(value) && value >= 0 ? raw.padStart(format.digits, "0") : numberText(raw);
}
