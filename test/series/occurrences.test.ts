import fc from "fast-check";
import { expect, test } from "vitest";
import { firstDay, instantAt, nextOccurrences, occurrences, type Slot } from "../../src/method/occurrences.ts";
import { cadenceOf, readRule, ruleFor, ruleInWords, weekDays } from "../../src/method/recurrence-rule.ts";

const slot = (values: Partial<Slot> = {}): Slot => ({
  rrule: "FREQ=WEEKLY;BYDAY=MO",
  startsOn: "2026-01-05",
  untilOn: null,
  localTime: "09:00",
  timeZone: "Europe/Zurich",
  ...values,
});
const starts = (found: { start: Date }[]) => found.map(({ start }) => start.toISOString());
const days = (found: { on: string }[]) => found.map(({ on }) => on);

test("a slot keeps its time on the wall across the change to summer time", () => {
  expect(starts(occurrences(slot(), { from: "2026-03-23", to: "2026-04-06" }))).toEqual([
    "2026-03-23T08:00:00.000Z",
    "2026-03-30T07:00:00.000Z",
    "2026-04-06T07:00:00.000Z",
  ]);
});

test("a time that the change to summer time skips moves forward, and only on that day", () => {
  const night = slot({ rrule: "FREQ=WEEKLY;BYDAY=SU", startsOn: "2026-03-22", localTime: "02:30" });
  expect(starts(occurrences(night, { from: "2026-03-22", to: "2026-04-05" }))).toEqual([
    "2026-03-22T01:30:00.000Z",
    "2026-03-29T01:30:00.000Z",
    "2026-04-05T00:30:00.000Z",
  ]);
});

test("a time that comes twice is the first of the two", () => {
  expect(instantAt("2026-10-25", "02:30", "Europe/Zurich").toISOString()).toBe("2026-10-25T00:30:00.000Z");
});

test("the 31st falls only in months that have one", () => {
  const monthEnd = slot({ rrule: "FREQ=MONTHLY;BYMONTHDAY=31" });
  expect(days(occurrences(monthEnd, { from: "2026-01-01", to: "2026-08-31" }))).toEqual([
    "2026-01-31",
    "2026-03-31",
    "2026-05-31",
    "2026-07-31",
    "2026-08-31",
  ]);
});

test("the first Monday and the last Friday of a month are found", () => {
  expect(days(nextOccurrences(slot({ rrule: "FREQ=MONTHLY;BYDAY=1MO" }), "2026-02-01", 3))).toEqual([
    "2026-02-02",
    "2026-03-02",
    "2026-04-06",
  ]);
  expect(days(nextOccurrences(slot({ rrule: "FREQ=MONTHLY;BYDAY=-1FR" }), "2026-02-01", 3))).toEqual([
    "2026-02-27",
    "2026-03-27",
    "2026-04-24",
  ]);
});

test("every second week keeps its rhythm wherever one starts to look", () => {
  const every2 = slot({ rrule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO" });
  expect(days(occurrences(every2, { from: "2026-01-06", to: "2026-02-20" }))).toEqual(["2026-01-19", "2026-02-02", "2026-02-16"]);
});

test("the last day of a series is included, and nothing follows it", () => {
  expect(days(occurrences(slot({ untilOn: "2026-01-19" }), { from: "2026-01-01", to: "2026-12-31" }))).toEqual([
    "2026-01-05",
    "2026-01-12",
    "2026-01-19",
  ]);
  expect(days(nextOccurrences(slot({ rrule: "FREQ=WEEKLY;BYDAY=MO;UNTIL=20260112T000000Z" }), "2026-01-01", 5))).toHaveLength(2);
  expect(days(nextOccurrences(slot({ rrule: "FREQ=WEEKLY;BYDAY=MO;COUNT=3" }), "2026-01-10", 5))).toEqual(["2026-01-12", "2026-01-19"]);
});

test("an occurrence says who is off that day", () => {
  const off = [{ personId: "anna", fromOn: "2026-01-10", untilOn: "2026-01-12" }];
  expect(occurrences(slot(), { from: "2026-01-05", to: "2026-01-19" }, off).map(({ off }) => off)).toEqual([[], ["anna"], []]);
});

test("a rule that never happens gives no dates and does not hang", () => {
  expect(nextOccurrences(slot({ rrule: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30" }), "2026-01-01", 5)).toEqual([]);
});

test("rules that are not understood are refused with the reason", () => {
  const wrong = [
    "",
    "FREQ=HOURLY",
    "FREQ=WEEKLY;BYDAY=XX",
    "FREQ=WEEKLY;INTERVAL=0",
    "FREQ=WEEKLY;FOO=1",
    "FREQ=MONTHLY;BYMONTHDAY=32",
    "FREQ=WEEKLY;COUNT=2;UNTIL=20260101",
    "FREQ=WEEKLY;UNTIL=20260230",
    "FREQ=WEEKLY\nFREQ=DAILY",
    "BYDAY=MO",
  ];
  expect(wrong.filter((rule) => "freq" in readRule(rule))).toEqual([]);
  expect(readRule("FREQ=WEEKLY;FOO=1")).toEqual({ wrong: "“FOO=1” is not a part of a rule that Kept knows." });
  expect(readRule("rrule:freq=weekly;byday=tu")).toHaveProperty("freq", "WEEKLY");
});

test("a rule reads as words", () => {
  expect(ruleInWords("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")).toBe("Every second Tuesday");
  expect(ruleInWords("FREQ=MONTHLY;BYDAY=-1FR")).toBe("The last Friday of the month");
});

const zones = [
  "Europe/Zurich",
  "America/New_York",
  "Australia/Lord_Howe",
  "America/Santiago",
  "Asia/Kolkata",
  "Pacific/Apia",
  "UTC",
  "Africa/Casablanca",
];
const anySlot = fc.record({
  cadence: fc.constantFrom("weekly" as const, "every 2 weeks" as const, "every 3 weeks" as const, "monthly" as const),
  day: fc.constantFrom(...weekDays),
  week: fc.constantFrom(1, 2, 3, 4, -1),
  offset: fc.integer({ min: 0, max: 2000 }),
  minutes: fc.integer({ min: 0, max: 24 * 60 - 1 }),
  timeZone: fc.constantFrom(...zones),
});

test("whatever the slot: ordered, on its weekday, at its time unless that time does not exist, and back to its cadence", () => {
  fc.assert(
    fc.property(anySlot, ({ cadence, day, week, offset, minutes, timeZone }) => {
      const startsOn = Temporal.PlainDate.from("2022-01-01").add({ days: offset }).toString();
      const localTime = `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
      const rrule = ruleFor(cadence, day, week);
      const found = nextOccurrences({ rrule, startsOn, untilOn: null, localTime, timeZone }, startsOn, 40);
      expect(found).toHaveLength(40);
      for (const [i, { on, start }] of found.entries()) {
        expect(on >= startsOn).toBe(true);
        expect(Temporal.PlainDate.from(on).dayOfWeek).toBe(weekDays.indexOf(day) + 1);
        expect(i === 0 || start > (found[i - 1]?.start ?? start)).toBe(true);
        const wall = Temporal.Instant.fromEpochMilliseconds(start.getTime()).toZonedDateTimeISO(timeZone).toPlainDateTime();
        const wanted = Temporal.PlainDate.from(on).toPlainDateTime(localTime);
        const jump = wanted.until(wall).total("minutes");
        // A skipped hour (or the half hour of Lord Howe) moves forward; nothing else moves.
        expect(jump === 0 || (jump > 0 && jump <= 60)).toBe(true);
      }
      expect(cadenceOf(rrule)).toEqual({ cadence, day, week: cadence === "monthly" ? week : 1 });
    }),
    { numRuns: 150 },
  );
});

test("looking at a range in two halves finds what looking at it whole finds", () => {
  fc.assert(
    fc.property(anySlot, fc.integer({ min: 1, max: 300 }), ({ cadence, day, week, offset, timeZone }, cut) => {
      const first = Temporal.PlainDate.from("2024-01-01").add({ days: offset });
      const one = { rrule: ruleFor(cadence, day, week), startsOn: "2024-01-01", untilOn: null, localTime: "10:15", timeZone };
      const range = (from: number, to: number) =>
        occurrences(one, { from: first.add({ days: from }).toString(), to: first.add({ days: to }).toString() });
      expect([...range(0, cut), ...range(cut + 1, 400)]).toEqual(range(0, 400));
    }),
    { numRuns: 80 },
  );
});

test("every second Tuesday from a Thursday on begins with the next Tuesday", () => {
  expect(firstDay("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2026-03-05")).toBe("2026-03-10");
  expect(firstDay("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2026-03-10")).toBe("2026-03-10");
  expect(firstDay("FREQ=MONTHLY;BYDAY=1MO", "2026-03-05")).toBe("2026-03-05");
});
