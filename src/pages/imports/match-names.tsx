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
      <h2 id="owners">{headOf(owners.length, owners.filter((one) => chosen(one) === "").length)}</h2>
      <p class="muted">
        Say who each one is: somebody here, “{hasLeft}”, or “{leaveOut}”. It is remembered for the next file from this system. Rows of a
        name left empty are left out and listed.
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
            hint={[count(one.rows, "row"), bearers(one.value) > 1 ? manyBear(bearers(one.value)) : likeOf(one, choices)]
              .filter(Boolean)
              .join("; ")}
            list="people-known"
            value={typed?.[`owner_${i}`] ?? chosen(one)}
            error={errors[`owner_${i}`]}
          />
        ))}
      </div>
    </section>
  );
}

const headOf = (all: number, unknown: number): string =>
  unknown === 0
    ? `${count(all, "name")}, and who ${all === 1 ? "it is" : "they are"}`
    : `${count(unknown, "name")} that Kept does not know${all > unknown ? `, and ${all - unknown} that you have said` : ""}`;

const manyBear = (bearers: number): string => `${bearers} people have this name: choose by mail address`;

/** The words of a name without accents, in no order: “Klein, Jorg” is much like “Jörg Klein”. */
const bareName = (name: string): string =>
  (
    name
      .normalize("NFKD")
      .replaceAll(/\p{M}/gu, "")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
    .toSorted()
    .join(" ");

/** Suggested, never taken by itself. */
function likeOf({ value, to }: Mapped, choices: Choices): string {
  const like = to ? undefined : choices.people.find(({ name }) => bareName(name) === bareName(value));
  return like ? `much like ${like.name}${like.email ? `, ${like.email}` : ""}` : "";
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
