import { z } from "zod";
import type { Agenda } from "../../domain/agendas/agenda-queries.ts";
import type { Kind } from "../../domain/agendas/kind-queries.ts";
import type { SectionPlan } from "../../domain/agendas/ready-made-kinds.ts";
import { cadenceOf } from "../../method/recurrence-rule.ts";
import { type Errors, errorsOf } from "../../parts/form-errors.ts";
import { isId, newId } from "../../platform/new-id.ts";
import { cadences, focuses, panels } from "./agenda-words.ts";

export interface SectionForm {
  title: string;
  minutes: string;
  focus: string;
  panel: string;
  /** One a line. */
  prompts: string;
}

/** What is in the form, as typed. */
export interface AgendaForm {
  id: string;
  base: string;
  name: string;
  purpose: string;
  cadence: string;
  minutes: string;
  sections: SectionForm[];
}

const mostSections = 20;
const mostPrompts = 12;

const minutes = (low: number, high: number) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,3}$/, `Give whole minutes, ${low} to ${high}.`)
    .transform(Number)
    .refine((n) => n >= low && n <= high, `Give whole minutes, ${low} to ${high}.`);

export const kindFields = {
  id: z.string().refine(isId, "This form is broken: open it again."),
  name: z.string().trim().min(1, "Give it a name.").max(100, "A name has 100 characters at most."),
  purpose: z
    .string()
    .trim()
    .min(1, "Say what it is for, in a sentence.")
    .max(500, "That is longer than 500 characters. Shorten it a little."),
  cadence: z.enum([...cadences, "custom"], "Choose how often."),
  minutes: minutes(5, 480),
};

const promptsOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");

const sectionFields = z.object({
  title: z.string().trim().min(1, "Give the section a name.").max(100, "A name has 100 characters at most."),
  minutes: minutes(1, 240),
  focus: z.enum(focuses, "Choose past, present or future."),
  panel: z.enum(panels, "Choose what stands beside it."),
  prompts: z
    .string()
    .transform(promptsOf)
    .refine((lines) => lines.length <= mostPrompts, `Keep it to ${mostPrompts} questions: nobody asks more in one section.`)
    .refine((lines) => lines.every((line) => line.length <= 500), "A question has 500 characters at most."),
});

const agendaFields = z.object({ ...kindFields, base: z.coerce.number().int().min(1), sections: z.array(sectionFields) });

export type ReadAgenda = Omit<z.output<typeof agendaFields>, "sections"> & { sections: SectionPlan[] };

/** Reads the form whole: an agenda, or what to mend, by field: "name", or "title-2" for that of the third section. */
export function readAgenda(form: AgendaForm): { agenda: ReadAgenda } | { errors: Errors } {
  const parsed = agendaFields.safeParse(form);
  const errors: Errors = parsed.success ? {} : errorsOf(parsed.error);
  if (!parsed.success)
    for (const { path, message } of parsed.error.issues)
      if (path[0] === "sections" && path.length > 2) errors[`${String(path[2])}-${String(path[1])}`] ??= message;
  if (form.sections.length === 0) errors.form = "An agenda needs at least one section. Add one.";
  if (form.sections.length > mostSections) errors.form = `An agenda has ${mostSections} sections at most. Remove some.`;
  const seen = new Set<string>();
  for (const [index, { title }] of form.sections.entries()) {
    const name = title.trim().toLowerCase();
    if (name !== "" && seen.has(name)) errors[`title-${index}`] ??= "Another section has this name already.";
    seen.add(name);
  }
  if (!parsed.success || Object.keys(errors).length > 0) return { errors };
  return { agenda: parsed.data };
}

export const formOf = (kind: Kind, agenda: Agenda): AgendaForm => ({
  id: newId(),
  base: String(agenda.version),
  name: kind.name,
  purpose: kind.purpose,
  cadence: cadenceOf(kind.rrule).cadence,
  minutes: String(kind.minutes),
  sections: agenda.sections.map((section) => ({ ...section, minutes: String(section.minutes), prompts: section.prompts.join("\n") })),
});

const texts = (value: unknown): string[] => (value === undefined ? [] : [value].flat().map((one) => (typeof one === "string" ? one : "")));

/** Everything typed, however odd: what is missing is empty. */
export function typedAgenda(body: Record<string, unknown>): AgendaForm {
  const text = (name: string): string => texts(body[name])[0] ?? "";
  const [titles, lengths, foci, beside, prompts] = ["title", "section_minutes", "focus", "panel", "prompts"].map((name) =>
    texts(body[name]),
  );
  return {
    id: text("id"),
    base: text("base"),
    name: text("name"),
    purpose: text("purpose"),
    cadence: text("cadence"),
    minutes: text("minutes"),
    sections: (titles ?? []).slice(0, 200).map((title, index) => ({
      title,
      minutes: lengths?.[index] ?? "",
      focus: foci?.[index] ?? "",
      panel: beside?.[index] ?? "",
      prompts: prompts?.[index] ?? "",
    })),
  };
}

const fresh: SectionForm = { title: "", minutes: "5", focus: "future", panel: "none", prompts: "" };

/** The sections after "up 2", "down 0", "remove 3" or "add"; anything else leaves them as they are. */
export function arranged(sections: readonly SectionForm[], what: string): SectionForm[] {
  if (what === "add") return [...sections, fresh];
  const [verb, at] = what.split(" ");
  const index = Number(at);
  const moved = sections[index];
  if (!moved) return [...sections];
  const others = sections.toSpliced(index, 1);
  if (verb === "remove") return others;
  const to = verb === "up" ? index - 1 : index + 1;
  return to < 0 || to > others.length ? [...sections] : others.toSpliced(to, 0, moved);
}
