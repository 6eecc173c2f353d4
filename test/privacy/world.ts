import type pg from "pg";
import { draftFromStages } from "../../src/domain/processes/process-draft.ts";
import { refused } from "../../src/method/estimate.ts";
import type { App, Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { type Company, makeCompany, makePerson } from "../builders/company.ts";

export type Row = Record<string, unknown>;

/** One row of a table that everybody then tries to read, repeat, change and take away. */
export interface Target {
  /** The table, and what is special about the row: "note_doc: private of the rep". */
  name: string;
  table: string;
  row: Row;
  /** Columns that say who wrote it: a newcomer puts themselves there. */
  author?: string[];
  /** Column that is set to itself, to see whether the row may be changed. */
  change?: string;
}

export interface Viewer {
  org: string | null;
  person: string | null;
  actor: "person" | "job" | "numbers" | "import" | "set-up" | null;
}

export interface World {
  viewers: Record<string, Viewer>;
  targets: Target[];
  /** Everything of a meeting that was held before its rep was handed over to the later manager. */
  before: Target[];
  ours: Side;
  theirs: Side;
}

export interface Side {
  company: Company;
  people: Record<string, Ctx>;
  ids: Record<string, string>;
}

const at = new Date("2026-02-20T10:00:00Z");
/** The moment at which everybody tries: what is written down says so. */
const now = new Date("2026-03-02T09:00:00Z");

export async function put(owner: pg.Pool, table: string, row: Row): Promise<void> {
  const names = Object.keys(row);
  await owner.query(
    `insert into ${table} (${names.map((name) => `"${name}"`).join(", ")}) values (${names.map((_, i) => `$${i + 1}`).join(", ")})`,
    Object.values(row),
  );
}

async function makePeople(app: App, company: Company): Promise<Record<string, Ctx>> {
  const leader = await makePerson(app, company, { roles: ["leader"] });
  const manager = await makePerson(app, company, { roles: ["manager"], manager: leader });
  const laterManager = await makePerson(app, company, { roles: ["manager"] });
  return {
    leader,
    manager,
    laterManager,
    rep: await makePerson(app, company, { manager }),
    peer: await makePerson(app, company, { manager }),
    handedOver: await makePerson(app, company, { manager: laterManager, from: "2026-02-25" }),
    coCoach: await makePerson(app, company, { roles: ["manager"] }),
    otherManager: await makePerson(app, company, { roles: ["manager"], manager: leader }),
    admin: await makePerson(app, company, { roles: ["admin"] }),
  };
}

const person = (side: Side, name: string): Viewer => ({
  org: side.company.orgId,
  person: side.people[name]?.viewer.personId ?? "",
  actor: "person",
});

export async function makeWorld(app: App): Promise<World> {
  const ours = await makeSide(app, "Ours");
  const theirs = await makeSide(app, "Theirs");
  const org = ours.side.company.orgId;
  const names = ["rep", "manager", "coCoach", "leader", "laterManager", "peer", "otherManager", "admin"];
  return {
    ours: ours.side,
    theirs: theirs.side,
    targets: ours.targets,
    before: ours.before,
    viewers: {
      ...Object.fromEntries(names.map((name) => [name, person(ours.side, name)])),
      foreignRep: person(theirs.side, "rep"),
      foreignManager: person(theirs.side, "manager"),
      foreignAdmin: person(theirs.side, "admin"),
      job: { org, person: null, actor: "job" },
      numbers: { org, person: null, actor: "numbers" },
      import: { org, person: null, actor: "import" },
      setUp: { org, person: null, actor: "set-up" },
      nobody: { org, person: null, actor: null },
      stranger: { org: null, person: null, actor: null },
    },
  };
}

async function makeSide(app: App, name: string) {
  const company = await makeCompany(app, { name });
  const people = await makePeople(app, company);
  const owner = app.database.ownerPool;
  const org = company.orgId;
  const id = (who: string) => people[who]?.viewer.personId ?? "";
  const agenda = await owner.query(
    "select a.id, a.kind_id, (select array_agg(s.id order by position) from section s where s.agenda_id = a.id) as sections from agenda a where org_id = $1 and kind_id = $2",
    [org, company.kinds.get("deal-strategy")],
  );
  const { id: agendaId, kind_id: kindId, sections } = agenda.rows[0] as { id: string; kind_id: string; sections: string[] };
  const stage = (await owner.query("select id from stage where org_id = $1 order by position", [org])).rows[0].id as string;
  const made: Target[] = [];
  const add = async (name: string, row: Row, more: Pick<Target, "author" | "change"> = {}) => {
    const table = name.split(":")[0] as string;
    await put(owner, table, row);
    made.push({ name, table, row, ...more });
    return row;
  };
  /** Rows that exist already. */
  const have = (name: string, row: Row, more: Pick<Target, "author" | "change"> = {}) =>
    void made.push({ name, table: name.split(":")[0] as string, row, ...more });

  have("organisation", { org_id: org, name, created_at: at }, { change: "name" });
  have("person", { org_id: org, id: id("rep"), name: "A rep", time_zone: "UTC", created_at: at }, { change: "name" });
  have("person_role", { org_id: org, person_id: id("rep"), role: "rep", from_on: "2020-01-01" }, { change: "until_on" });
  have(
    "reporting_line",
    { org_id: org, person_id: id("rep"), manager_id: id("manager"), from_on: "2020-01-01", until_on: "2020-02-01" },
    { change: "until_on" },
  );
  have(
    "kind",
    { org_id: org, id: kindId, slug: `k-${newId()}`, name: "K", purpose: "", rrule: "FREQ=WEEKLY", minutes: 30, position: 9 },
    { change: "purpose" },
  );
  have("agenda", { org_id: org, id: agendaId, kind_id: kindId, version: 9, created_at: at }, { change: "version" });
  have(
    "section",
    { org_id: org, id: sections[0], agenda_id: agendaId, position: 90, title: "S", minutes: 5, focus: "past", panel: "none" },
    { change: "title" },
  );
  const prompt = (await owner.query("select id, section_id from prompt where org_id = $1 limit 1", [org])).rows[0];
  have("prompt", { org_id: org, id: prompt.id, section_id: prompt.section_id, position: 90, words: "P" }, { change: "words" });
  have("stage", { org_id: org, id: stage, name: `S ${newId()}`, position: 9 }, { change: "name" });

  const run = newId();
  const account = newId();
  const product = newId();
  const series = newId();
  await add(
    "api_token",
    { org_id: org, id: newId(), person_id: id("rep"), name: "t", token_hash: newId(), created_at: at },
    { author: ["person_id"], change: "name" },
  );
  await add(
    "time_off",
    {
      org_id: org,
      id: newId(),
      person_id: id("rep"),
      from_on: "2026-05-01",
      until_on: "2026-05-02",
      created_by: id("rep"),
      created_at: at,
    },
    { author: ["created_by"], change: "from_on" },
  );
  const calendar = newId();
  await add("holiday_calendar", { org_id: org, id: calendar, name: `H ${calendar}`, created_at: at }, { change: "name" });
  await add("holiday", { org_id: org, calendar_id: calendar, on_day: "2026-05-01", name: "H", created_at: at }, { change: "name" });
  await add(
    "quota",
    { org_id: org, person_id: id("rep"), month: "2026-02-01", amount_minor: 5, currency: "USD" },
    { change: "amount_minor" },
  );
  const numbers = { org_id: org, person_id: id("rep"), as_of: "2026-02-20", made_at: at, shape: 1, numbers: "{}" };
  await add("stored_numbers", { ...numbers, basis: "quota" }, { change: "shape" });
  await add("stored_numbers: against own goals", { ...numbers, basis: "goal" }, { change: "shape" });
  const word = { org_id: org, id: newId(), person_id: id("rep"), horizon: "month", period_on: "2026-02-01", likely_minor: 5 };
  await add("own_word", { ...word, currency: "USD", said_at: at }, { author: ["person_id"], change: "likely_minor" });
  const period = { horizon: "month", period_on: "2026-02-01", from_on: "2026-02-01", until_on: "2026-03-01" };
  const forecast = {
    org_id: org,
    person_id: id("rep"),
    ...period,
    moment: "start",
    as_of: "2026-02-01",
    made_at: at,
    currency: "USD",
    time_zone: "UTC",
  };
  await add("period_forecast", forecast, { change: "won_minor" });
  // Handed over on the 25th: January was the manager's, February is the later manager's.
  const line = { org_id: org, person_id: id("handedOver"), manager_id: id("manager"), from_on: "2020-01-01", until_on: "2026-02-25" };
  await put(owner, "reporting_line", line);
  const ofHandedOver = { ...forecast, person_id: id("handedOver") };
  await add("period_forecast: of the rep handed over", ofHandedOver, { change: "won_minor" });
  const january = { period_on: "2026-01-01", from_on: "2026-01-01", until_on: "2026-02-01", as_of: "2026-01-01" };
  await add("period_forecast: before the rep was handed over", { ...ofHandedOver, ...january }, { change: "won_minor" });
  await add(
    "back_test",
    { org_id: org, made_at: at, took_ms: 1, shape: 1, report: JSON.stringify(refused("deals", 0, 1, "opportunities")) },
    { change: "shape" },
  );
  await add("late_history", { org_id: org, made_in: "1", from_on: "2026-02-01" }, { change: "from_on" });
  await add("forecast_state", { org_id: org, state: "s", made_at: at, took_ms: 1 }, { change: "state" });
  const shared = { as_of: "2026-02-20", made_at: at, took_ms: 1, shape: 1, setting: Buffer.from("s") };
  await add("numbers_setting", { org_id: org, ...shared }, { change: "shape" });
  await add("numbers_due", { org_id: org, person_id: id("rep"), made_in: "1", since: at }, { change: "since" });
  const ofQuota = { org_id: org, person_id: id("rep"), month: "2026-01-01", amount_minor: 5, currency: "USD" };
  await add("quota_past", { ...ofQuota, until_at: at }, { change: "amount_minor" });
  await add(
    "exchange_rate",
    { org_id: org, into_currency: "USD", currency: "CHF", from_on: "2026-01-01", rate: "1.1", set_at: at },
    { change: "rate" },
  );
  await add(
    "commission_rate",
    { org_id: org, person_id: id("rep"), from_on: "2026-01-01", basis_points: 800, set_at: at },
    { change: "basis_points" },
  );
  await add("consent", { org_id: org, rep_id: id("rep"), manager_id: id("manager"), given_at: at }, { change: "given_at" });
  const ofGoal = { org_id: org, person_id: id("rep"), manager_id: id("manager"), amount_minor: 5, currency: "USD", said_at: at };
  await add("goal", { ...ofGoal, id: newId(), horizon: "year", period_on: "2026-01-01" }, { change: "amount_minor" });
  await add("aspiration", { ...ofGoal, id: newId(), year_on: "2026-01-01", words: "w" }, { change: "words" });
  await add("account", { org_id: org, id: account, source: "t", external_id: newId(), name: "A" }, { change: "name" });
  await add("product", { org_id: org, id: product, source: "t", external_id: newId(), name: "P", currency: "USD" }, { change: "name" });
  await add("list_price", { org_id: org, product_id: product, at, list_price_minor: 5, currency: "USD" }, { change: "list_price_minor" });
  await add("pipeline_version", { org_id: org, slot: newId(), writes: 5 }, { change: "writes" });
  await add(
    "import_shape",
    {
      org_id: org,
      id: newId(),
      fingerprint: "f",
      what: "people",
      file_name: "f",
      header: ["a"],
      answers: "{}",
      learned_at: at,
      used_at: at,
    },
    { change: "file_name" },
  );
  await add(
    "import_run",
    { org_id: org, id: run, what: "people", source: "t", file_name: "f", state: "applied", created_at: at },
    { change: "state" },
  );
  await add("import_row", { org_id: org, run_id: run, line: 1, outcome: "failed", reason: "r", cells: ["c"] }, { change: "reason" });
  await add("import_before", { org_id: org, run_id: run, line: 1, noun: "quota", before: "{}" }, { change: "before" });
  const call = { org_id: org, key: newId(), body_sha256: "s", run_id: run, status: 200, answer: "a", created_at: at };
  await add("push_key", call, { change: "answer" });
  await add(
    "forecast",
    {
      org_id: org,
      person_id: id("rep"),
      period_on: "2026-01-01",
      months: 3,
      category: "commit",
      as_of: "2026-02-20",
      amount_minor: 5,
      currency: "USD",
    },
    { change: "amount_minor" },
  );
  await add("import_match", { org_id: org, source: "t", kind: "person", value: "N", decided_at: at }, { change: "value" });
  await add("row_before_import", { org_id: org, run_id: run, kind: "account", id: account, row: "{}" }, { change: "row" });
  await add("import_sighting", { org_id: org, run_id: run, part: 0 }, { change: "seen" });
  await add(
    "series",
    {
      org_id: org,
      id: series,
      kind_id: kindId,
      manager_id: id("manager"),
      rep_id: id("rep"),
      co_coach_id: id("coCoach"),
      rrule: "FREQ=WEEKLY",
      starts_on: "2026-01-01",
      local_time: "10:00",
      time_zone: "UTC",
      minutes: 30,
      created_at: at,
    },
    { change: "place" },
  );
  await add(
    "event",
    { org_id: org, id: newId(), actor_id: id("rep"), actor: "person", verb: "v", noun: "n", at },
    { author: ["actor_id", "actor"], change: "verb" },
  );
  await add(
    "reading",
    { org_id: org, id: newId(), reader_id: id("leader"), person_id: id("rep"), what: "w", at },
    { author: ["reader_id"], change: "what" },
  );
  const mail = newId();
  await add("mail", { org_id: org, id: mail, to_id: id("rep"), purpose: "summary", subject: "s", created_at: at }, { change: "subject" });
  await add("mail_body", { org_id: org, mail_id: mail, to_id: id("rep"), purpose: "summary", words: "w", html: "h" }, { change: "words" });
  const notice = newId();
  await add(
    "mail: address",
    { org_id: org, id: notice, to_id: id("rep"), purpose: "address", subject: "s", created_at: at },
    { change: "subject" },
  );
  await add(
    "mail_body: address",
    { org_id: org, mail_id: notice, to_id: id("rep"), purpose: "address", words: "w", html: "h" },
    { change: "words" },
  );
  const invitation = newId();
  await add(
    "mail: invitation",
    { org_id: org, id: invitation, to_id: id("peer"), purpose: "invitation", subject: "s", created_at: at },
    { change: "subject" },
  );
  await add(
    "mail_body: invitation",
    { org_id: org, mail_id: invitation, to_id: id("peer"), purpose: "invitation", words: "w", html: "h" },
    { change: "words" },
  );
  await add(
    "access_link",
    { org_id: org, id: newId(), purpose: "invitation", token_hash: newId(), person_id: id("rep"), created_at: at },
    { change: "used_at" },
  );

  const verifier = newId();
  const version = newId();
  const ofVersion = { org_id: org, version_id: version, stage_id: stage, position: 0 };
  await add("verifier", { org_id: org, id: verifier, created_at: at }, { change: "created_at" });
  await add(
    "process_version",
    { org_id: org, id: version, version: 9, name: "P", valid_from: "2027-01-01T00:00Z", published_by: id("admin") },
    { author: ["published_by"], change: "name" },
  );
  await add("process_stage", { ...ofVersion, probability: 10 }, { change: "probability" });
  await add("process_verifier", { ...ofVersion, verifier_id: verifier, words: "W" }, { change: "words" });
  await add("process_rule", { ...ofVersion, grade: "A", field: "stage" }, { change: "number" });
  await add("process_carried", { org_id: org, version_id: version, stage_id: stage, as_stage_id: stage }, { change: "as_stage_id" });
  await add(
    "process_draft",
    { org_id: org, base: 1, revision: newId(), typed: JSON.stringify(draftFromStages([])), changed_by: id("admin"), changed_at: at },
    { author: ["changed_by"], change: "base" },
  );

  const context: PairContext = { org, kindId, agendaId, sections, stage, account, product, verifier, add };
  const opportunity = await addPipeline(context, id("rep"), "");
  await add(
    "activity: of a colleague on the rep's deal",
    { org_id: org, id: newId(), source: "t", external_id: newId(), type: "call", person_id: id("peer"), at, opportunity_id: opportunity },
    { change: "subject" },
  );
  await add(
    "replaced_change",
    { org_id: org, run_id: run, opportunity_id: opportunity, at, field: "name", source: "t" },
    { change: "after" },
  );
  const meeting = newId();
  await addMeeting(context, { meeting, series, opportunity, manager: id("manager"), rep: id("rep"), coCoach: id("coCoach") });
  await addStory(context, { opportunity, manager: id("manager"), rep: id("rep") });
  const targets = made.splice(0);
  const earlier = newId();
  const handedOver = await addPipeline(context, id("handedOver"), ": of the rep handed over");
  targets.push(...made.splice(0));
  await addStory(context, { opportunity: handedOver, manager: id("manager"), rep: id("handedOver") });
  const before = { ...ofGoal, person_id: id("handedOver") };
  await add("goal", { ...before, id: newId(), horizon: "year", period_on: "2026-01-01" }, { change: "amount_minor" });
  await add("aspiration", { ...before, id: newId(), year_on: "2026-01-01", words: "w" }, { change: "words" });
  await addMeeting(context, { meeting: earlier, series: null, opportunity, manager: id("manager"), rep: id("handedOver"), coCoach: null });
  return {
    side: { company, people, ids: { meeting, earlier, opportunity, series, account, stage, kindId, agendaId } },
    targets,
    before: made,
  };
}

interface PairContext {
  org: string;
  kindId: string;
  agendaId: string;
  sections: string[];
  stage: string;
  account: string;
  product: string;
  verifier: string;
  add(name: string, row: Row, more?: Pick<Target, "author" | "change">): Promise<Row>;
}

async function addPipeline({ org, stage, account, product, verifier, add }: PairContext, owner: string, suffix: string): Promise<string> {
  const id = newId();
  await add(
    `opportunity${suffix}`,
    {
      org_id: org,
      id,
      source: "t",
      external_id: id,
      name: "O",
      owner_id: owner,
      account_id: account,
      product_id: product,
      stage_id: stage,
      currency: "USD",
      created_at: at,
      last_change_at: at,
    },
    { change: "name" },
  );
  await add(
    `opportunity_change${suffix}`,
    { org_id: org, opportunity_id: id, at, field: "name", after: "O", source: "t" },
    { change: "after" },
  );
  const ofDeal = { org_id: org, id: newId(), opportunity_id: id };
  await add(
    `evidence${suffix}`,
    { ...ofDeal, verifier_id: verifier, given_on: "2026-02-20", customer_person: "C", words: "W", recorded_by: owner, recorded_at: now },
    { author: ["recorded_by"], change: "withdrawn_why" },
  );
  await add(`prospect_grade${suffix}`, { ...ofDeal, grade: "A", by_id: owner, at: now }, { author: ["by_id"], change: "grade" });
  await add(
    `activity${suffix}`,
    { org_id: org, id: newId(), source: "t", external_id: newId(), type: "call", person_id: owner, at, opportunity_id: id },
    { change: "subject" },
  );
  return id;
}

/** A deal prepared and talked about, and a role-play about it. */
async function addProspects(add: PairContext["add"], here: Row, { opportunity, rep }: Pair): Promise<void> {
  const deal = { ...here, opportunity_id: opportunity };
  await add("prepared_prospect", { ...deal, name: "O", stage: "S", currency: "USD", kept_at: at }, { change: "reviewed_at" });
  await add("prospect_line", { ...deal, taken: "hand-in", field: "needs", words: "n" }, { change: "words" });
  await add("prospect_line: at the close", { ...deal, taken: "close", field: "needs", words: "n" }, { change: "words" });
  const play = newId();
  await add("role_play", { ...here, id: play, about: "O", by_id: rep, created_at: at }, { author: ["by_id"], change: "done_at" });
  const line = { ...here, role_play_id: play, part: "situation", words: "s", by_id: rep, at };
  await add("role_play_line", line, { author: ["by_id"], change: "words" });
}

/** What a pair says of a deal, and what it said before. */
async function addStory(
  { org, add }: PairContext,
  { opportunity, manager, rep }: Pick<Pair, "opportunity" | "manager" | "rep">,
): Promise<void> {
  const line = { org_id: org, opportunity_id: opportunity, rep_id: rep, manager_id: manager, field: "needs", by_id: rep, at };
  await add("story_line", { ...line, words: "n", version: 2 }, { author: ["by_id"], change: "words" });
  await add("story_past", { ...line, words: "m", version: 1, until_at: at }, { author: ["by_id"], change: "words" });
}

interface Pair {
  meeting: string;
  series: string | null;
  opportunity: string;
  manager: string;
  rep: string;
  coCoach: string | null;
}

/** An open meeting with every kind of row in it. */
async function addMeeting({ org, kindId, agendaId, sections, add }: PairContext, pair: Pair): Promise<void> {
  const { meeting, manager, rep, coCoach } = pair;
  const three = { manager_id: manager, rep_id: rep, co_coach_id: coCoach };
  const slot = { org_id: org, series_id: pair.series, kind_id: kindId, ...three, minutes: 30, time_zone: "UTC", created_at: at };
  await add(
    "meeting",
    { ...slot, id: meeting, occurrence_on: "2026-02-20", planned_start: at, state: "open", opened_at: at, agenda_id: agendaId },
    { change: "place" },
  );
  await add(
    "meeting: planned",
    { ...slot, id: newId(), occurrence_on: "2026-03-20", planned_start: "2026-03-20T10:00Z" },
    { change: "place" },
  );
  await add(
    "access_link: confirmation",
    { org_id: org, id: newId(), purpose: "confirmation", token_hash: newId(), person_id: rep, meeting_id: meeting, created_at: at },
    { change: "used_at" },
  );
  const here = { org_id: org, meeting_id: meeting };
  await add(
    "meeting_reason",
    { ...here, id: newId(), what: "moved", reason: "r", by_id: rep, at },
    { author: ["by_id"], change: "reason" },
  );
  await add("point", { ...here, id: newId(), added_by: rep, words: "p", created_at: at }, { author: ["added_by"], change: "done_at" });
  await add("preparation", { ...here, rep_id: rep, started_at: at, submitted_at: at }, { change: "nudged_at" });
  await add("preparation_figure", { ...here, measure: "month_plan", stated: 1 }, { change: "stated" });
  await add("preparation_answer", { ...here, question: "q", words: "a", updated_at: at }, { change: "words" });
  await add(
    "section_timing",
    { ...here, id: newId(), section_id: sections[0], started_at: at, ended_at: at, started_by: rep },
    { author: ["started_by"], change: "ended_at" },
  );
  const shared = newId();
  const ofRep = newId();
  const ofManager = newId();
  for (const [name, id, owner] of [
    ["", shared, null],
    [": private of the rep", ofRep, rep],
    [": private of the manager", ofManager, manager],
  ] as const) {
    await add(`note_doc${name}`, { ...here, id, owner_id: owner, created_at: at }, { change: "created_at" });
    await add(
      `note_update${name}`,
      { org_id: org, doc_id: id, update: Buffer.from("u"), by_id: owner ?? rep, at },
      { author: ["by_id"], change: "at" },
    );
    await add(`note_text${name}`, { org_id: org, doc_id: id, section_id: sections[0], words: "w" }, { change: "words" });
    await add(
      `record_text${name}`,
      { ...here, part: owner ? "private note" : "note", part_id: id, owner_id: owner, ...three, held_at: at, words: "w" },
      { change: "words" },
    );
  }
  await add(
    "entry",
    { ...here, id: newId(), by_id: rep, side: "working", about: "people", words: "e", created_at: at },
    { author: ["by_id"], change: "theme" },
  );
  await add(
    "pivot",
    { ...here, id: newId(), section_id: sections[0], choice: "praise", by_id: manager, at },
    { author: ["by_id"], change: "choice" },
  );
  await add(
    "next_step",
    { ...here, id: newId(), months_missed: 2, words: "n", by_id: rep, at },
    { author: ["by_id"], change: "months_missed" },
  );
  await add(
    "listed_opportunity",
    { ...here, opportunity_id: pair.opportunity, list: "new", name: "O", stage: "S", currency: "USD" },
    { change: "words" },
  );
  await addProspects(add, here, pair);
  const commitment = newId();
  await add(
    "commitment",
    { ...here, id: commitment, ...three, owner_id: rep, due_on: "2026-03-10", created_by: rep, created_at: at },
    { author: ["created_by"], change: "due_on" },
  );
  await add("commitment_words", { org_id: org, commitment_id: commitment, ...three, words: "c" }, { change: "outcome_words" });
  await add("summary", { ...here, words: "s", made_at: at }, { change: "words" });
  await add("remark", { ...here, id: newId(), by_id: rep, words: "r", at }, { author: ["by_id"], change: "words" });
}
