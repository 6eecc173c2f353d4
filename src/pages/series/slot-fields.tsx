import { dayName, weekDays, weekName } from "../../method/recurrence-rule.ts";
import { Field, Select } from "../../parts/field.tsx";
import type { Errors } from "../../parts/form-errors.ts";
import { ZoneSelect } from "../../parts/zone-select.tsx";
import { cadences, type SlotForm } from "./series-form.ts";

interface Props {
  form: SlotForm;
  errors: Errors;
  fromLabel: string;
  managers: { id: string; name: string }[];
}

const days = weekDays.map((day) => ({ value: day, words: dayName(day) }));
const weeks = [1, 2, 3, 4, -1].map((week) => ({ value: String(week), words: `The ${weekName(week)} one` }));

/** When and where: the same fields for a new slot and a changed one. */
export function SlotFields({ form, errors, fromLabel, managers }: Props) {
  const coaches = managers.filter(({ id }) => id !== form.manager && !form.reps.includes(id));
  return (
    <>
      <div class="fields">
        <Select name="cadence" label="How often" value={form.cadence} options={cadences} error={errors.cadence} />
        <div class="not-custom">
          <Select name="day" label="Weekday" value={form.day} options={days} error={errors.day} />
        </div>
        <div class="only-monthly">
          <Select name="week" label="Which one of the month" value={form.week} options={weeks} error={errors.week} />
        </div>
      </div>
      <div class="only-custom">
        <Field
          name="rule"
          label="Rule"
          value={form.rule}
          error={errors.rule}
          hint="As calendars write it (RFC 5545), such as FREQ=MONTHLY;BYDAY=2TU. Used only with “a rule of your own”."
        />
      </div>
      <div class="fields">
        <Field name="time" label="Time" type="time" value={form.time} error={errors.time} required />
        <ZoneSelect value={form.zone} error={errors.zone} hint="The time stays the same on the wall there, summer and winter." />
        <Field
          name="minutes"
          label="Minutes"
          type="number"
          min={5}
          max={480}
          inputmode="numeric"
          value={form.minutes}
          error={errors.minutes}
          required
        />
      </div>
      <div class="fields">
        <Field name="from" label={fromLabel} type="date" value={form.from} error={errors.from} required />
        <Field name="place" label="Place or call link" value={form.place} error={errors.place} maxlength={500} />
        {coaches.length > 0 && (
          <Select
            name="co_coach"
            label="Co-coach (if any)"
            value={form.coCoach}
            error={errors.coCoach}
            options={[{ value: "", words: "Nobody" }, ...coaches.map(({ id, name }) => ({ value: id, words: name }))]}
          />
        )}
      </div>
    </>
  );
}
