import type { Child } from "hono/jsx";

interface Common {
  name: string;
  label: string;
  value?: string | number | null | undefined;
  hint?: string;
  error?: string | undefined;
  required?: boolean;
}

interface InputProps extends Common {
  type?: "text" | "email" | "password" | "number" | "date" | "time" | "datetime-local" | "search" | "url";
  autocomplete?: string;
  min?: string | number;
  max?: string | number;
  step?: string | number;
  inputmode?: "numeric" | "decimal";
  maxlength?: number;
  list?: string;
  autofocus?: boolean;
}

const describedBy = (id: string, hint?: string, error?: string) =>
  [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;

/** Label, input, hint and what is wrong with it, tied together for everybody. */
export function Field({ name, label, value, hint, error, required, ...input }: InputProps) {
  const id = `field-${name}`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        name={name}
        value={value ?? ""}
        required={required}
        aria-invalid={error ? "true" : undefined}
        aria-describedby={describedBy(id, hint, error)}
        {...input}
      />
      <Below id={id} hint={hint} error={error} />
    </div>
  );
}

export function TextArea({
  name,
  label,
  value,
  hint,
  error,
  required,
  rows,
  placeholder,
}: Common & { rows?: number; placeholder?: string }) {
  const id = `field-${name}`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        name={name}
        rows={rows ?? 4}
        required={required}
        placeholder={placeholder}
        aria-invalid={error ? "true" : undefined}
        aria-describedby={describedBy(id, hint, error)}
      >
        {value ?? ""}
      </textarea>
      <Below id={id} hint={hint} error={error} />
    </div>
  );
}

export function Select({
  name,
  label,
  value,
  hint,
  error,
  required,
  options,
}: Common & { options: readonly { value: string; words: string }[] }) {
  const id = `field-${name}`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        name={name}
        required={required}
        aria-invalid={error ? "true" : undefined}
        aria-describedby={describedBy(id, hint, error)}
      >
        {options.map((option) => (
          <option value={option.value} selected={option.value === String(value ?? "")}>
            {option.words}
          </option>
        ))}
      </select>
      <Below id={id} hint={hint} error={error} />
    </div>
  );
}

function Below({ id, hint, error }: { id: string; hint: string | undefined; error: string | undefined }): Child {
  return (
    <>
      {hint && (
        <div class="hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      <div class="error" id={`${id}-error`}>
        {error}
      </div>
    </>
  );
}
