/**
 * Who may do what with which row: the table "who sees what" of the model, one line a kind of row.
 * Names are those of `makeWorld`; a row is of the pair rep and manager (with coCoach), unless it says otherwise.
 * laterManager, peer (another rep of the same manager) and otherManager (beside the manager, under the same leader) belong to our
 * organisation; everybody called foreign does not. nobody has an organisation and no actor, stranger has neither.
 */
export interface May {
  select: string;
  insert: string;
  update: string;
  delete: string;
}

const all = "rep manager coCoach leader laterManager peer otherManager admin";
const pair = "rep manager coCoach";
const none = "";

const may = (select: string, insert: string, update: string, remove: string): May => ({ select, insert, update, delete: remove });

/** Sign-in is kept_auth's alone: the application's role reads and writes none of it. */
const signInOnly = may(none, none, none, none);

export const matrix: Record<string, May> = {
  auth_account: signInOnly,
  auth_rate_limit: signInOnly,
  auth_session: signInOnly,
  auth_user: signInOnly,
  auth_verification: signInOnly,

  // The organisation and its people: who they are, not what they do.
  organisation: may(`${all} job numbers import setUp`, "setUp", "admin", none),
  person: may("rep manager coCoach leader admin job numbers import setUp", "admin import setUp", "rep admin import setUp", "admin"),
  person_role: may("rep manager coCoach leader admin job import setUp", "admin import setUp", "admin import setUp", "admin import"),
  reporting_line: may("rep manager leader admin job import setUp", "admin import setUp", "admin import setUp", "admin import"),
  time_off: may(
    "rep manager leader admin job setUp",
    "rep manager leader admin setUp",
    "rep manager leader admin",
    "rep manager leader admin",
  ),
  // Which day is a holiday, everybody sees; admins say it.
  holiday_calendar: may(`${all} job numbers import setUp`, "admin setUp", "admin", "admin"),
  holiday: may(`${all} job numbers import setUp`, "admin setUp", "admin", "admin"),
  api_token: may("rep", all, "rep", none),
  access_link: may("rep admin", "admin setUp", none, "admin"),
  "access_link: confirmation": may("rep admin", `${pair} job`, none, none),

  // Reference data of the organisation.
  account: may(`${all} import setUp`, "import setUp", "import setUp", "import"),
  product: may(`${all} numbers import setUp`, "import setUp", "import setUp", "import"),
  // Written by triggers alone, whenever a product comes to cost something else.
  list_price: may(`${all} numbers import setUp`, none, none, "import"),
  stage: may(`${all} numbers import setUp`, "admin import setUp", "admin import setUp", none),
  kind: may(`${all} job setUp`, "admin setUp", "admin", none),
  agenda: may(`${all} job setUp`, "admin setUp", none, none),
  section: may(`${all} job setUp`, "admin setUp", none, none),
  prompt: may(`${all} job setUp`, "admin setUp", none, none),
  import_run: may("admin import", "admin import setUp", "admin import", "admin import"),
  import_shape: may("admin import", "admin import", "admin import", "admin import"),
  import_row: may("admin import", "admin import setUp", "admin import", "admin import"),
  import_sighting: may("import", "import setUp", none, "import"),
  import_match: may("admin import", "admin import", "admin import", "admin import"),
  replaced_change: may("import", "import", none, "import"),
  row_before_import: may("import", "import", none, "import"),

  // The pipeline: one's own, one's own reps', one's own tree. The admin sets up imports and reads none of it.
  opportunity: may("rep manager leader numbers import setUp", "import setUp", "import setUp", "import"),
  "opportunity: of the rep handed over": may("laterManager numbers import setUp", "import setUp", "import setUp", "import"),
  opportunity_change: may("rep manager leader numbers import setUp", "import setUp", none, "import"),
  // How often the pipeline was written is counted by triggers alone.
  pipeline_version: may(none, none, none, none),
  "opportunity_change: of the rep handed over": may("laterManager numbers import setUp", "import setUp", none, "import"),
  // What is asked for is the company's: managers ask it of their own reps, admins of anybody.
  quota: may(
    "rep manager leader admin numbers import setUp",
    "manager admin import setUp",
    "manager admin import setUp",
    "manager admin import",
  ),
  quota_past: may("rep manager leader admin", none, none, none),
  exchange_rate: may(`${all} job numbers import setUp`, "admin setUp", "admin", "admin"),
  commission_rate: may("rep manager admin numbers", "manager admin setUp", "manager admin", "manager admin"),
  // What is wanted is the rep's own: they say it, their pair reads it. Numbers are worked out from the amounts, never from the words.
  goal: may(`${pair} numbers`, "rep setUp", none, none),
  aspiration: may(pair, "rep setUp", none, none),
  consent: may("rep manager", "rep setUp", none, "rep"),
  activity: may("rep manager leader numbers import setUp", "import setUp", "import", "import"),
  // Whoever sees the deal now sees what was done for it before, by whomever.
  "activity: of a colleague on the rep's deal": may("rep manager leader peer numbers import setUp", "import setUp", "import", "import"),
  "activity: of the rep handed over": may("laterManager numbers import setUp", "import setUp", "import", "import"),
  // Numbers worked out in the background: against quota for whoever sees the pipeline, against own goals for the pair.
  stored_numbers: may("rep manager leader numbers", "numbers", "numbers", "numbers"),
  "stored_numbers: against own goals": may(`${pair} numbers`, "numbers", "numbers", "numbers"),
  numbers_setting: may("numbers", "numbers", "numbers", "numbers"),
  numbers_due: may("rep manager leader numbers", "numbers", "numbers", "numbers"),
  // The own word: amounts, not notes. Said by oneself alone, and never written over.
  own_word: may("rep manager leader numbers", `${all} setUp`, none, none),
  period_forecast: may("rep manager leader numbers", "numbers", "numbers", "numbers"),
  "period_forecast: of the rep handed over": may("laterManager numbers", "numbers", "numbers", "numbers"),
  // What was stays with whoever was above them then.
  "period_forecast: before the rep was handed over": may("manager leader laterManager numbers", "numbers", "numbers", "numbers"),
  // Shares of everybody together, for whoever reads a pipeline beyond their own.
  back_test: may("manager coCoach leader laterManager otherManager numbers", "numbers", "numbers", none),
  late_history: may("numbers", "numbers", none, "numbers"),
  forecast_state: may(`${all} numbers`, "numbers", "numbers", none),
  forecast: may("rep manager leader import setUp", "import setUp", "import", "import"),
  import_before: may("import", "import", "import", "import"),
  push_key: may("import", "import", none, "import"),

  // The sales process is everybody's to read; a version is written once, and never changed.
  verifier: may(`${all} job numbers import setUp`, "admin setUp", none, none),
  process_version: may(`${all} job numbers import setUp`, "admin setUp", none, none),
  process_stage: may(`${all} job numbers import setUp`, "admin setUp", none, none),
  process_verifier: may(`${all} job numbers import setUp`, "admin setUp", none, none),
  process_rule: may(`${all} job numbers import setUp`, "admin setUp", none, none),
  process_carried: may(`${all} job numbers import setUp`, "admin setUp", none, none),
  process_draft: may("admin", "admin", "admin", "admin"),
  // What backs a deal goes with the deal; an import brings none, and nobody deletes any.
  evidence: may("rep manager leader numbers import setUp", "rep manager leader setUp", "rep manager leader", none),
  "evidence: of the rep handed over": may("laterManager numbers import setUp", "laterManager setUp", "laterManager", none),
  prospect_grade: may("rep manager leader numbers import setUp", "rep manager leader setUp", none, none),
  "prospect_grade: of the rep handed over": may("laterManager numbers import setUp", "laterManager setUp", none, none),

  // That there is a one-on-one: the pair, the tree above it, and names and times for the admin.
  series: may(`${pair} leader admin job setUp`, "manager admin setUp", "manager admin job", none),
  meeting: may(`${pair} leader admin job setUp`, "manager admin job setUp", `${pair} job`, none),
  "meeting: planned": may(`${pair} leader admin job setUp`, "manager admin job setUp", `${pair} job`, "manager admin job"),
  section_timing: may(`${pair} leader`, `${pair} setUp`, pair, none),
  preparation: may(`${pair} leader job`, "rep setUp", pair, none),

  // What is said in it: the pair, nobody else.
  meeting_reason: may(pair, `${pair} setUp`, none, none),
  point: may(pair, `${pair} setUp`, pair, none),
  preparation_figure: may(pair, "rep setUp", "rep", none),
  preparation_answer: may(pair, "rep setUp", "rep", none),
  note_doc: may(pair, `${pair} setUp`, none, none),
  note_update: may(pair, `${pair} setUp`, none, none),
  note_text: may(pair, `${pair} setUp`, none, none),
  entry: may(pair, `${pair} setUp`, pair, none),
  pivot: may(pair, "manager coCoach setUp", none, none),
  next_step: may(pair, `${pair} setUp`, pair, none),
  listed_opportunity: may(pair, `${pair} setUp`, pair, none),
  summary: may(pair, `${pair} setUp`, none, none),
  // A remark goes beneath a closed meeting; this one is open.
  remark: may(pair, "setUp", none, none),
  record_text: may(pair, `${pair} setUp`, none, none),
  // A commitment may be counted by the leader above; its words are the pair's.
  commitment: may(`${pair} leader job`, `${pair} setUp`, pair, none),
  commitment_words: may(pair, `${pair} setUp`, pair, none),

  prepared_prospect: may(pair, "rep setUp", "rep", none),
  prospect_line: may(pair, "rep setUp", "rep", none),
  "prospect_line: at the close": may(pair, `${pair} setUp`, none, none),
  role_play: may(pair, `${pair} setUp`, pair, none),
  role_play_line: may(pair, `${pair} setUp`, pair, none),
  // The story of a deal is the pair's, though the deal is the whole tree's to see.
  story_line: may(pair, `${pair} setUp`, pair, none),
  story_past: may(pair, "setUp", none, none),

  // Private notes are the writer's alone.
  "note_doc: private of the rep": may("rep", "rep setUp", none, none),
  "note_update: private of the rep": may("rep", "rep setUp", none, none),
  "note_text: private of the rep": may("rep", "rep setUp", none, none),
  "record_text: private of the rep": may("rep", "rep setUp", none, none),
  "note_doc: private of the manager": may("manager", "manager setUp", none, none),
  "note_update: private of the manager": may("manager", "manager setUp", none, none),
  "note_text: private of the manager": may("manager", "manager setUp", none, none),
  "record_text: private of the manager": may("manager", "manager setUp", none, none),

  // Mail: that there is some is the admin's to see, what it says is not, but for an invitation nobody could send.
  mail: may("rep admin job", "rep manager coCoach leader admin job setUp", "job", none),
  mail_body: may("rep", "rep manager coCoach leader admin job setUp", none, none),
  // A file of people that changes an address tells both: all that an import may say.
  "mail: address": may("rep admin job", "rep manager coCoach leader admin job import setUp", "job", none),
  "mail_body: address": may("rep", "rep manager coCoach leader admin job import setUp", none, none),
  "mail: invitation": may("peer admin job", "peer manager leader admin job setUp", "job", none),
  "mail_body: invitation": may("peer admin", "peer manager leader admin job setUp", none, none),

  // Who did what, who read whom: no content.
  event: may("rep admin", `${all} job numbers import setUp`, none, none),
  reading: may("rep leader admin", all, none, none),
};
