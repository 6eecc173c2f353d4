import { addPerson } from "../../domain/people/add-person.ts";
import type { NewManager } from "../../domain/people/change-manager.ts";
import { changePerson } from "../../domain/people/change-person.ts";
import { possibleManagers, reportingLinesOf } from "../../domain/people/people-queries.ts";
import { personForViewer, recordReading } from "../../domain/people/person-access.ts";
import { day, type PersonDetails, personForm } from "../../domain/people/person-form.ts";
import { holidayCalendarChoices } from "../../domain/holidays/holiday-queries.ts";
import { organisationOf } from "../../domain/organisations/organisation-queries.ts";
import { type Errors, errorsOf } from "../../parts/form-errors.ts";
import { leaveNotice } from "../../parts/notice.ts";
import { render } from "../../parts/render.tsx";
import { fullDay } from "../../parts/words.ts";
import { adminOf } from "../../platform/admin-of.ts";
import { todayOf } from "../../platform/clock.ts";
import type { Http, Request } from "../../platform/http.ts";
import { isId, newId } from "../../platform/new-id.ts";
import { Refusal } from "../../platform/refusal.ts";
import { AddPersonPage, EditPersonPage, type ManagerValues, type PersonValues } from "./person-form-page.tsx";

/** What only an admin does: add a person, change what is known of them, give them another manager. */
export function personEditRoutes(http: Http): void {
  http.get("/people/new", (c) => showNew(c));
  http.post("/people/new", add);
  http.get("/people/:id/edit", (c) => showEdit(c));
  http.post("/people/:id/edit", change);
}

interface Typed {
  id?: string;
  values?: PersonValues;
  manager?: ManagerValues;
  errors: Errors;
}

async function showNew(c: Request, typed?: Typed): Promise<Response> {
  const ctx = adminOf(c);
  const { managers, settings, calendars } = await ctx.tx(async (db) => ({
    managers: await possibleManagers(db, ctx),
    settings: await organisationOf(db, ctx.viewer.orgId),
    calendars: await holidayCalendarChoices(db, ctx.viewer.orgId),
  }));
  const blank: PersonValues = {
    name: "",
    email: "",
    roles: ["rep"],
    team: "",
    time_zone: settings.time_zone,
    started_on: "",
    left_on: "",
    experience: "experienced",
    holiday_calendar_id: "",
  };
  const page = (
    <AddPersonPage
      c={c}
      id={typed?.id ?? newId()}
      values={typed?.values ?? blank}
      manager={typed?.manager?.manager ?? ""}
      managers={managers}
      calendars={calendars}
      errors={typed?.errors ?? {}}
    />
  );
  return render(c, page, typed ? 422 : 200);
}

const noManager: ManagerValues = { manager: "", from_on: "", manager_was: "", from_on_was: "" };

type Form = Record<string, string | File | (string | File)[]>;
const readForm = (c: Request): Promise<Form> => c.req.parseBody({ all: true });
const text = (form: Form, name: string): string => (typeof form[name] === "string" ? form[name] : "");

function valuesOf(form: Form): PersonValues {
  const roles = [form.roles ?? []].flat().filter((role): role is string => typeof role === "string");
  const names = ["name", "email", "team", "time_zone", "started_on", "left_on", "experience", "holiday_calendar_id"] as const;
  return { ...(Object.fromEntries(names.map((name) => [name, text(form, name)])) as Omit<PersonValues, "roles">), roles };
}

async function add(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const form = await readForm(c);
  const values = valuesOf(form);
  const id = isId(form.id) ? form.id : newId();
  const manager = text(form, "manager");
  const again = (errors: Errors) => showNew(c, { id, values, manager: { ...noManager, manager }, errors });
  const parsed = personForm.safeParse(values);
  if (!parsed.success) return again(errorsOf(parsed.error));
  const known = await ctx.tx((db) => possibleManagers(db, ctx));
  if (manager && !known.some((one) => one.id === manager)) return again({ manager: "Choose somebody from the list." });
  try {
    await addPerson(ctx, id, parsed.data, manager || null);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return again({ [error.field]: error.message });
  }
  leaveNotice(c, `${parsed.data.name} is added.`);
  return c.redirect(`/people/${id}`, 303);
}

async function showEdit(c: Request, typed?: Typed): Promise<Response> {
  const ctx = adminOf(c);
  const { person, managers, lines, calendars } = await ctx.tx(async (db) => {
    const person = await personForViewer(db, ctx, c.req.param("id"));
    await recordReading(db, ctx, person, "details");
    return {
      person,
      managers: await possibleManagers(db, ctx, person.id),
      lines: await reportingLinesOf(db, ctx, person.id),
      calendars: await holidayCalendarChoices(db, ctx.viewer.orgId),
    };
  });
  const stored: PersonValues = {
    name: person.name,
    email: person.email ?? "",
    roles: person.roles,
    team: person.team ?? "",
    time_zone: person.timeZone,
    started_on: person.startedOn ?? "",
    left_on: person.leftOn ?? "",
    experience: person.experience,
    holiday_calendar_id: person.holidayCalendarId ?? "",
  };
  const page = (
    <EditPersonPage
      c={c}
      person={person}
      values={typed?.values ?? stored}
      manager={typed?.manager ?? asNow(person.managerId ?? "", todayOf(ctx))}
      managers={managers}
      lines={lines}
      calendars={calendars}
      errors={typed?.errors ?? {}}
    />
  );
  return render(c, page, typed ? 422 : 200);
}

const asNow = (manager: string, today: string): ManagerValues => ({ manager, from_on: today, manager_was: manager, from_on_was: today });

const managerOf = (form: Form): ManagerValues => ({
  manager: text(form, "manager"),
  from_on: text(form, "from_on"),
  manager_was: text(form, "manager_was"),
  from_on_was: text(form, "from_on_was"),
});

/** What is said about the manager, where anything was changed: a form sent for something else leaves a change to come alone. */
function newManager(said: ManagerValues): { manager?: NewManager; errors: Errors } {
  if (said.manager === said.manager_was && said.from_on === said.from_on_was) return { errors: {} };
  const from = day.safeParse(said.from_on);
  const errors: Errors = {
    ...(from.success ? {} : { from_on: from.error.issues[0]?.message }),
    ...(said.manager && !isId(said.manager) ? { manager: "Choose somebody from the list." } : {}),
  };
  return from.success && !errors.manager ? { manager: { managerId: said.manager || null, fromOn: from.data }, errors } : { errors };
}

async function change(c: Request): Promise<Response> {
  adminOf(c);
  const form = await readForm(c);
  const [values, said] = [valuesOf(form), managerOf(form)];
  const parsed = personForm.safeParse(values);
  const { manager, errors } = newManager(said);
  const again = (wrong: Errors) => showEdit(c, { values, manager: said, errors: wrong });
  if (!parsed.success) return again({ ...errorsOf(parsed.error), ...errors });
  if (Object.keys(errors).length > 0) return again(errors);
  return saveChange(c, parsed.data, manager, again);
}

async function saveChange(
  c: Request,
  details: PersonDetails,
  manager: NewManager | undefined,
  again: (errors: Errors) => Promise<Response>,
): Promise<Response> {
  const id = c.req.param("id") ?? "";
  try {
    const { signsInWith } = await changePerson(adminOf(c), id, details, manager);
    const saved = manager ? `Saved. The manager changes on ${fullDay(manager.fromOn)}; what was before stays as it was.` : "Saved.";
    if (signsInWith)
      leaveNotice(
        c,
        `${saved} They still sign in with ${signsInWith}: that account is not this organisation’s alone, or the new address has one.`,
        "watch",
      );
    else leaveNotice(c, saved);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return again({ [error.field]: error.message });
  }
  return c.redirect(`/people/${id}`, 303);
}
