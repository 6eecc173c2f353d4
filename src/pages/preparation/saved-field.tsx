import type { Child } from "hono/jsx";
import type { PreparationData } from "./preparation-data.ts";

interface Props {
  /** The question it answers; also the field's name. */
  name: string;
  label: Child;
  hint?: string | undefined;
  data: PreparationData;
  /** What was typed and could not be taken; else what is saved is shown. */
  value?: string | undefined;
  error?: string | undefined;
}

/** Names hold spaces and titles; ids do not. */
const idOf = (name: string): string => `field-${Buffer.from(name).toString("base64url")}`;

function parts({ name, hint, data, value }: Props) {
  const saved = data.preparation.answers.get(name);
  const id = idOf(name);
  return { id, words: value ?? saved?.words ?? "", version: saved?.version ?? 0, described: `${hint ? `${id}-hint ` : ""}${id}-error` };
}

function Around({ props, id, version, children }: { props: Props; id: string; version: number; children?: Child }) {
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {children}
      {/* For browsers without script: the version these words were typed over. */}
      <input type="hidden" name={`version ${props.name}`} value={version} data-no-autosave />
      {props.hint && (
        <div class="hint" id={`${id}-hint`}>
          {props.hint}
        </div>
      )}
      <div class="error" id={`${id}-error`}>
        {props.error}
      </div>
    </div>
  );
}

/** A text that is saved while it is typed. */
export function SavedText(props: Props & { rows?: number }) {
  const { id, words, version, described } = parts(props);
  return (
    <Around props={props} id={id} version={version}>
      <textarea
        id={id}
        name={props.name}
        rows={props.rows ?? 3}
        maxlength={10_000}
        data-version={String(version)}
        aria-describedby={described}
        aria-invalid={props.error ? "true" : undefined}
        readonly={!props.data.canWrite}
      >
        {words}
      </textarea>
    </Around>
  );
}

/** One line that is saved while it is typed. */
export function SavedInput(props: Props & { inputmode: "numeric" | "decimal" }) {
  const { id, words, version, described } = parts(props);
  return (
    <Around props={props} id={id} version={version}>
      <input
        id={id}
        name={props.name}
        value={words}
        inputmode={props.inputmode}
        maxlength={100}
        autocomplete="off"
        data-version={String(version)}
        aria-describedby={described}
        aria-invalid={props.error ? "true" : undefined}
        readonly={!props.data.canWrite}
      />
    </Around>
  );
}
