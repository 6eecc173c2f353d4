import type { Cast, Person } from "./cast.ts";
import type { Quotas } from "./plan-quotas.ts";
import { idOf, type Random } from "./random.ts";
import { addMonths, day, firstOfMonth, instant, periodsOf, randomFor, type Setting } from "./setting.ts";

const dreams = [
  "Take the family to Lisbon in May, paid from one quarter.",
  "Put the deposit down on a flat with a balcony before Christmas.",
  "Be the one the plant managers in my region call first.",
  "Work four days a week from spring and still earn what I earn now.",
  "Win a customer with ten sites, from the first call to the signature, on my own.",
  "Pay my sister’s last year at university.",
  "Three weeks of walking in Nepal without looking at the phone once.",
  "Stand on the stage at the kick-off, for the fewest lost deals this time.",
  "Buy back the boat my father sold.",
  "Be ready to lead a team by the end of the year, and have people say so.",
  "A kitchen that eight people can cook in.",
  "Clear the loan. All of it, this year.",
] as const;

interface Said {
  person: Person;
  managerId: string;
  year: string;
  at: number;
  amount: number;
  key: string;
}

/** Each rep's own goals: most have said what would be awesome, some also a quarter; who has just started has not yet. */
export function addGoals(setting: Setting, cast: Cast, quotas: Quotas): void {
  const { year } = periodsOf(setting, setting.today);
  const next = addMonths(year, 12);
  let turn = 0;
  for (const [managerId, reps] of cast.reps)
    for (const person of reps) {
      const random = randomFor(`goals ${person.key}`);
      addCommission(setting, person, random);
      const asked = [...(quotas.get(person.id) ?? [])].reduce(
        (sum, [month, minor]) => (month >= year && month < next ? sum + minor : sum),
        0,
      );
      const place = turn++;
      if (person.profile.story === "starting" || asked === 0) continue;
      // Said at the start of the year, or some weeks into the job; never later than a day before now.
      const begun = Math.max(Date.parse(`${year}T09:30Z`) + random.int(5, 20) * day, Date.parse(`${person.startedOn}T09:30Z`) + 25 * day);
      const at = Math.min(begun, setting.now - 2 * day);
      const amount = Math.round((asked * random.between(1.01, 1.1)) / 1_000_00) * 1_000_00;
      const said = { person, managerId, year, at, amount, key: `${person.key} ${year}` };
      // Some said less at first, and took heart.
      if (place % 5 === 2) sayYear(setting, { ...said, at: at - day, amount: asked, key: `${said.key} first` }, place + 3);
      sayYear(setting, said, place);
      if (place % 3 === 0) sayQuarter(setting, said, random);
    }
}

function sayYear({ rows }: Setting, { person, managerId, year, at, amount, key }: Said, place: number): void {
  const row = { person_id: person.id, manager_id: managerId, amount_minor: amount, currency: "USD", said_at: instant(at) };
  rows.add("aspiration", { ...row, id: idOf(`aspiration ${key}`, at), year_on: year, words: dreams[place % dreams.length] ?? dreams[0] });
  rows.add("goal", { ...row, id: idOf(`goal ${key}`, at), horizon: "year", period_on: year });
}

/** The quarter that runs: a number of their own for it. */
function sayQuarter(setting: Setting, { person, managerId, amount, key, at }: Said, random: Random): void {
  const { rows, today, now } = setting;
  const { quarter } = periodsOf(setting, today);
  const said = Math.min(Math.max(at, Date.parse(`${quarter}T08:00Z`) + random.int(1, 9) * day), now - day);
  rows.add("goal", {
    id: idOf(`goal of the quarter ${key}`, said),
    person_id: person.id,
    manager_id: managerId,
    horizon: "quarter",
    period_on: quarter,
    amount_minor: Math.round((amount * random.between(0.25, 0.3)) / 1_000_00) * 1_000_00,
    currency: "USD",
    said_at: instant(said),
  });
}

const basisPoints = { new: 600, developing: 750, experienced: 900 } as const;

/** A rate since they began, and for those longer here a better one since the first of a January. */
function addCommission({ rows, today, now }: Setting, { id, startedOn, profile }: Person, random: Random): void {
  const base = basisPoints[profile.level] + 25 * random.int(-1, 1);
  const january = `${today.slice(0, 4)}-01-01`;
  const rate = (fromOn: string, points: number) =>
    rows.add("commission_rate", {
      person_id: id,
      from_on: fromOn,
      basis_points: points,
      set_at: instant(Math.min(Date.parse(`${fromOn}T08:00Z`), now)),
    });
  rate(startedOn, startedOn < january ? base - 50 : base);
  if (startedOn < january) rate(january, base);
}

/** Rates of the currencies the company buys and sells in, month by month for two years. */
export function addExchangeRates({ rows, today, now }: Setting): void {
  const random = randomFor("exchange rates");
  for (const [currency, about] of [
    ["CHF", 1.13],
    ["EUR", 1.08],
  ] as const) {
    let rate = about;
    for (let back = 24; back >= 0; back--) {
      const from = Temporal.PlainDate.from(firstOfMonth(today)).subtract({ months: back }).toString();
      rate *= random.between(0.99, 1.01);
      rows.add("exchange_rate", {
        into_currency: "USD",
        currency,
        from_on: from,
        rate: Number(rate.toFixed(4)),
        set_at: instant(Math.min(Date.parse(`${from}T08:00Z`), now)),
      });
    }
  }
}
