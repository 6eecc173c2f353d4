import type { Choices } from "../../domain/imports/import-access.ts";
import { makeFormer } from "../../domain/imports/import-matches.ts";
import type { Answers, Mapped } from "../../domain/imports/import-settings.ts";
import { Field, Select } from "../../parts/field.tsx";
import type { Errors } from "../../parts/form-errors.ts";
import { count } from "../../parts/words.ts";

/** Choices beside the people who are here. */
export const leaveOut = "Leave these rows out";
export const hasLeft = "Make a person who has left";

type Typed = Record<string, string> | undefined;

interface OwnersProps {
  owners: Mapped[];
  answers: Answers["owners"];
  choices: Choices;
  errors: Errors;
  typed: Typed;
}

/** Names of people in the file that fit nobody, or more than one. What is said is remembered for the next file. */
export function Owners({ owners, answers, choices, errors, typed }: OwnersProps) {
  const chosen = ({ value, to }: Mapped) =>
    answers?.[value] === "" ? leaveOut : answers?.[value] === makeFormer ? hasLeft : (to?.name ?? "");
  const bearers = (name: string) => choices.people.filter((person) => person.name.toLowerCase() === name.toLowerCase()).length;
  return (
    <section class="sheet pad stack" aria-labelledby="owners">
      <h2 id="owners">{count(owners.length, "name")} that Kept does not know</h2>
      <p class="muted">
        Say who each one is: somebody here, “{hasLeft}”, or “{leaveOut}”. It is remembered for the next file from this system. Rows of a
        name left empty are left out and listed below.
      </p>
      <datalist id="people-known">
        <option value={hasLeft}></option>
        <option value={leaveOut}></option>
        {choices.people.map(({ name, email }) => (
          <option value={email ?? name}>{name}</option>
        ))}
      </datalist>
      <div class="fields">
        {owners.map((one, i) => (
          <Field
            name={`owner_${i}`}
            label={one.value}
            hint={`${count(one.rows, "row")}${bearers(one.value) > 1 ? `; ${bearers(one.value)} people have this name: choose by mail address` : ""}`}
            list="people-known"
            value={typed?.[`owner_${i}`] ?? chosen(one)}
            error={errors[`owner_${i}`]}
          />
        ))}
      </div>
    </section>
  );
}

/** New accounts that are called much like one that is here. */
export function Accounts({ accounts, typed }: { accounts: Mapped[]; typed: Typed }) {
  return (
    <fieldset class="stack tight">
      <legend>Accounts that may be here already</legend>
      <div class="fields">
        {accounts.map(({ value, rows, to }, i) => (
          <Select
            name={`account_${i}`}
            label={value}
            hint={count(rows, "row")}
            value={typed?.[`account_${i}`] ?? ""}
            options={[{ value: "", words: "a new account" }, ...(to ? [{ value: to.id, words: `it is “${to.name}”` }] : [])]}
          />
        ))}
      </div>
    </fieldset>
  );
}
