import type { KindLine } from "../../domain/agendas/kind-queries.ts";
import { Select } from "../../parts/field.tsx";
import type { Errors } from "../../parts/form-errors.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import type { Request } from "../../platform/http.ts";
import type { AgendaForm } from "./agenda-form.ts";
import { KindFields } from "./edit-agenda-page.tsx";

export type KindForm = Omit<AgendaForm, "sections" | "base"> & { like: string };

interface Props {
  c: Request;
  form: KindForm;
  errors: Errors;
  kinds: KindLine[];
}

export function NewKindPage({ c, form, errors, kinds }: Props) {
  return (
    <Shell c={c} title="Add a kind" current="agendas">
      <Head
        title="Add a kind of one-on-one"
        lead="One purpose, said in a sentence. Its agenda begins as a copy; change it on the next page."
      />
      <form method="post" action="/agendas" class="sheet pad stack narrow">
        <input type="hidden" name="id" value={form.id} />
        <KindFields form={form} errors={errors} isCustom={false} />
        <Select
          name="like"
          label="Begin with the agenda of"
          value={form.like}
          error={errors.like}
          options={kinds.map(({ slug, name }) => ({ value: slug, words: name }))}
        />
        <div class="row">
          <button class="btn primary">Add</button>
          <a href="/agendas">Not now</a>
        </div>
      </form>
    </Shell>
  );
}
