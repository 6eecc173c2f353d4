import { allRoles } from "../../domain/people/person-form.ts";
import type { ReportingLine } from "../../domain/people/people-queries.ts";
import type { PersonView } from "../../domain/people/person-access.ts";
import { Field, Select } from "../../parts/field.tsx";
import type { Errors } from "../../parts/form-errors.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { firstName, fullDay } from "../../parts/words.ts";
import { ZoneSelect } from "../../parts/zone-select.tsx";
import type { Request } from "../../platform/http.ts";
import { experienceWords, roleHints, roleWords } from "./person-words.ts";

export interface PersonValues {
  name: string;
  email: string;
  roles: readonly string[];
  team: string;
  time_zone: string;
  started_on: string;
  left_on: string;
  experience: string;
  holiday_calendar_id: string;
}

/** The manager chosen and from when, and both as they stood when the page came. */
export interface ManagerValues {
  manager: string;
  from_on: string;
  manager_was: string;
  from_on_was: string;
}

type Calendars = readonly { id: string; name: string; isDefault: boolean }[];

interface AddProps {
  c: Request;
  id: string;
  values: PersonValues;
  manager: string;
  managers: { id: string; name: string }[];
  calendars: Calendars;
  errors: Errors;
}

export function AddPersonPage({ c, id, values, manager, managers, calendars, errors }: AddProps) {
  return (
    <Shell c={c} title="Add a person" current="people">
      <Head title="Add a person" lead="They are invited afterwards, from their page." />
      <form method="post" action="/people/new" class="sheet pad stack">
        <input type="hidden" name="id" value={id} />
        <PersonFields values={values} calendars={calendars} errors={errors} />
        <ManagerSelect value={manager} managers={managers} error={errors.manager} />
        <div class="row">
          <button class="btn primary">Add</button>
          <a href="/people">Not now</a>
        </div>
      </form>
    </Shell>
  );
}

function PersonFields({
  values,
  calendars,
  errors,
  mayLeave,
}: {
  values: PersonValues;
  calendars: Calendars;
  errors: Errors;
  mayLeave?: boolean;
}) {
  return (
    <>
      <div class="fields">
        <Field name="name" label="Name" value={values.name} error={errors.name} required />
        <Field name="email" label="Mail address" type="email" value={values.email} error={errors.email} hint="They sign in with it." />
      </div>
      <Roles chosen={values.roles} error={errors.roles} />
      <div class="fields">
        <Field name="team" label="Team" value={values.team} error={errors.team} />
        <Select
          name="experience"
          label="Experience"
          value={values.experience}
          error={errors.experience}
          options={Object.entries(experienceWords).map(([value, words]) => ({ value, words }))}
        />
        <ZoneSelect value={values.time_zone} error={errors.time_zone} />
      </div>
      {calendars.length > 0 && (
        <HolidaySelect calendars={calendars} value={values.holiday_calendar_id} error={errors.holiday_calendar_id} />
      )}
      <div class="fields">
        <Field name="started_on" label="First day" type="date" value={values.started_on} error={errors.started_on} />
        {mayLeave && (
          <Field
            name="left_on"
            label="Gone from"
            type="date"
            value={values.left_on}
            error={errors.left_on}
            hint="From this day on they cannot sign in and their fixed slots end. Their history stays."
          />
        )}
      </div>
    </>
  );
}

/** The default one changes for everybody who has none of their own. */
function HolidaySelect({ calendars, value, error }: { calendars: Calendars; value: string; error: string | undefined }) {
  const standard = calendars.find(({ isDefault }) => isDefault);
  const options = [
    { value: "", words: standard ? `As everybody: ${standard.name}` : "None" },
    ...calendars.map(({ id, name }) => ({ value: id, words: name })),
  ];
  return <Select name="holiday_calendar_id" label="Holidays" value={value} options={options} error={error} />;
}

function Roles({ chosen, error }: { chosen: readonly string[]; error: string | undefined }) {
  return (
    <fieldset class="field" aria-describedby={error ? "field-roles-error" : undefined}>
      <legend>Roles</legend>
      <div class="choices">
        {allRoles.map((role) => (
          <label class="choice">
            <input type="checkbox" name="roles" value={role} checked={chosen.includes(role)} />
            <span>
              {roleWords[role]} <span class="muted small">{roleHints[role]}</span>
            </span>
          </label>
        ))}
      </div>
      <div class="error" id="field-roles-error">
        {error}
      </div>
    </fieldset>
  );
}

function ManagerSelect({ value, managers, error }: { value: string; managers: AddProps["managers"]; error: string | undefined }) {
  const options = [{ value: "", words: "Nobody" }, ...managers.map(({ id, name }) => ({ value: id, words: name }))];
  return (
    <Select name="manager" label="Manager" value={value} options={options} error={error} hint="Anybody with the role manager or leader." />
  );
}

interface EditProps {
  c: Request;
  person: PersonView;
  values: PersonValues;
  manager: ManagerValues;
  managers: { id: string; name: string }[];
  lines: ReportingLine[];
  calendars: Calendars;
  errors: Errors;
}

export function EditPersonPage({ c, person, values, manager, managers, lines, calendars, errors }: EditProps) {
  const first = firstName(person.name);
  return (
    <Shell c={c} title={`Edit ${person.name}`} current="people">
      <Head title={person.name} lead="What Kept knows of them." readers={`Admins only. ${first} sees that you opened this page.`}>
        <a class="btn" href={`/people/${person.id}`}>
          Back to {first}
        </a>
      </Head>
      <form method="post" action={`/people/${person.id}/edit`} class="sheet pad stack">
        <PersonFields values={values} calendars={calendars} errors={errors} mayLeave />
        <fieldset class="field stack">
          <legend>Reports to</legend>
          <input type="hidden" name="manager_was" value={manager.manager_was} />
          <input type="hidden" name="from_on_was" value={manager.from_on_was} />
          <p class="muted small">
            A change holds from a day on. What was before stays, and the fixed slots go on in the same rhythm with the new manager.
          </p>
          <div class="fields">
            <ManagerSelect value={manager.manager} managers={withCurrent(managers, person)} error={errors.manager} />
            <Field
              name="from_on"
              label="Changes from"
              type="date"
              value={manager.from_on}
              error={errors.from_on}
              hint="From this day on the manager chosen holds. Leave both as they are, and nothing changes."
            />
          </div>
          <Lines lines={lines} />
        </fieldset>
        <div>
          <button class="btn primary">Save</button>
        </div>
      </form>
    </Shell>
  );
}

function Lines({ lines }: Pick<EditProps, "lines">) {
  if (lines.length === 0) return null;
  return (
    <ul class="lines" aria-label="Reported and reports to">
      {lines.map(({ managerName, fromOn, untilOn }) => (
        <li class="spread">
          <span>{managerName}</span>
          <span class="muted small">{untilOn ? `${fullDay(fromOn)} to ${fullDay(untilOn)}` : `since ${fullDay(fromOn)}`}</span>
        </li>
      ))}
    </ul>
  );
}

/** The present manager stays in the list, also without the role. */
const withCurrent = (managers: EditProps["managers"], person: PersonView): EditProps["managers"] =>
  person.managerId && !managers.some(({ id }) => id === person.managerId)
    ? [{ id: person.managerId, name: person.managerName ?? "" }, ...managers]
    : managers;
