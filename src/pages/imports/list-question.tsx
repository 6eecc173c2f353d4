import type { Found, ListFacts, Run } from "../../domain/imports/import-settings.ts";
import { Select } from "../../parts/field.tsx";
import { count, fullDay } from "../../parts/words.ts";

type Typed = Record<string, string> | undefined;

/** Whether one id is one deal in this file and in an earlier one: what is decided is remembered for files with these columns. */
export function ListQuestion({ found, suggested, typed }: { found: Found; suggested: string; typed: Typed }) {
  const candidates = found.list?.candidates ?? [];
  const chosen = typed?.list ?? suggested;
  const clash = candidates.find(({ differ }) => differ > 0);
  const [one] = candidates;
  return (
    <fieldset class="stack tight">
      <legend>
        {candidates.length === 1 && one
          ? `Is this the same list as ${one.fileName} of ${fullDay(one.day)}?`
          : "Is this the same list as an earlier file?"}
      </legend>
      <p class="muted small">
        In the same list one id is one deal: what is otherwise in this file has changed, and what is not in it has gone. What you say is
        remembered for files with these columns.
      </p>
      {candidates.map((list) => (
        <label class="choice">
          <input type="radio" name="list" value={list.source} required checked={chosen === list.source} />
          <span>
            {candidates.length === 1 ? "Yes" : `The same as ${list.fileName} of ${fullDay(list.day)}`}
            {reasons(list)}
          </span>
        </label>
      ))}
      <label class="choice">
        <input type="radio" name="list" value="new" required checked={chosen === "new"} />
        <span>{candidates.length === 1 ? "No, another list" : "A list of its own"}: nothing that is here is written over</span>
      </label>
      {clash && <Clash list={clash} />}
    </fieldset>
  );
}

function reasons({ shared, agree, differ, isSameShape, isNearShape }: ListFacts): string {
  const columns = isSameShape ? "the same columns" : isNearShape ? "nearly the same columns" : "other columns";
  if (shared === 0) return `: it has ${columns}, and none of its ids`;
  const same = agree > 0 ? `${count(agree, "id is the same deal", "ids are the same deals")} there` : "";
  const other = differ > 0 ? `${count(differ, "id is another deal", "ids are other deals")} there and would be written over` : "";
  return `: it has ${columns}; ${[same, other].filter(Boolean).join(", ")}`;
}

function Clash({ list }: { list: ListFacts }) {
  return (
    <div class="sheet scroll" tabindex={0} role="region" aria-label="Ids that are other deals">
      <table>
        <caption class="visually-hidden">Ids that are another deal in {list.fileName}</caption>
        <thead>
          <tr>
            <th scope="col">Id</th>
            <th scope="col">Here</th>
            <th scope="col">In this file</th>
          </tr>
        </thead>
        <tbody>
          {list.examples.map(({ id, here, given }) => (
            <tr>
              <td>{id}</td>
              <td>{here}</td>
              <td>{given}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Where it is decided already: to be put otherwise. */
export function ListChoice({ run, found, typed }: { run: Run; found: Found; typed: Typed }) {
  const { list } = found;
  if (!list || list.candidates.length === 0) return null;
  return (
    <Select
      name="list"
      label="The same list as"
      hint="In the same list one id is one deal."
      value={typed?.list ?? run.settings.answers.list ?? (list.isNew ? "new" : list.source)}
      options={[
        ...list.candidates.map(({ source, fileName, day }) => ({ value: source, words: `${fileName} of ${fullDay(day)}` })),
        { value: "new", words: "none: a list of its own" },
      ]}
    />
  );
}
