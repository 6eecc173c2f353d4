/**
 * When a page refreshes in place, what somebody is typing stays: editors, dirty fields, and open details are left alone.
 * A form that could not be sent keeps its words, here and on this device, and says so.
 */
const isDirty = (field: Element): boolean =>
  (field instanceof HTMLInputElement &&
    (field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue)) ||
  (field instanceof HTMLTextAreaElement && field.value !== field.defaultValue) ||
  (field instanceof HTMLSelectElement && [...field.options].some((option) => option.selected !== option.defaultSelected));

document.addEventListener("turbo:before-morph-element", (event) => {
  const current = event.target as Element;
  const next = (event as CustomEvent<{ newElement?: Element }>).detail.newElement;
  if (current.localName === "kept-note" && next?.id === current.id) return event.preventDefault();
  if (current.localName === "kept-note-state" && next) return event.preventDefault();
  if (current.localName === "kept-timer" && next) {
    // It writes its own text: it takes the new figures and goes on.
    for (const { name, value } of next.attributes) if (name !== "class") current.setAttribute(name, value);
    return event.preventDefault();
  }
  if (current.localName === "kept-live") return;
  if (
    next &&
    next.localName === current.localName &&
    current.matches("input:not([type=hidden]), textarea, select") &&
    (isDirty(current) || current === document.activeElement) &&
    !sent.has(current.closest("form") as HTMLFormElement)
  ) {
    event.preventDefault();
    markAs(current, next);
  }
});

/** What says whether a field is right, and where that is said. Nothing of what it holds, and nothing by which it is saved. */
const marks = ["aria-invalid", "aria-describedby", "aria-errormessage", "class"];

/** A field that keeps what is typed still takes over, or loses, the mark that it is wrong. */
function markAs(field: Element, next: Element): void {
  for (const name of marks) {
    const mark = next.getAttribute(name);
    if (mark === null) field.removeAttribute(name);
    else field.setAttribute(name, mark);
  }
}

document.addEventListener("turbo:before-morph-attribute", (event) => {
  const { attributeName } = (event as CustomEvent<{ attributeName: string }>).detail;
  const target = event.target as Element;
  if (attributeName === "open" && (target.localName === "details" || target.localName === "dialog")) event.preventDefault();
  if (attributeName === "class" && (target.localName === "kept-timer" || target.hasAttribute("data-here"))) event.preventDefault();
});

/** Forms whose words have arrived: their fields may be emptied by the next refresh. */
const sent = new WeakSet<HTMLFormElement>();
const draftKey = (form: HTMLFormElement): string => `kept form ${location.pathname} ${form.dataset.draft ?? ""}`;

document.addEventListener("input", (event) => {
  const form = (event.target as Element).closest<HTMLFormElement>("form[data-draft]");
  if (!form) return;
  sent.delete(form);
  const values = Object.fromEntries([...new FormData(form).entries()].filter(([, value]) => typeof value === "string"));
  localStorage.setItem(draftKey(form), JSON.stringify(values));
});

interface Submitted {
  success: boolean;
  fetchResponse?: { isHTML: boolean; statusCode: number; responseText: Promise<string> };
}

document.addEventListener("turbo:submit-end", (event) => {
  const { success, fetchResponse } = (event as CustomEvent<Submitted>).detail;
  const form = event.target as HTMLFormElement;
  if (!success) return void sayWhyNot(fetchResponse);
  sent.add(form);
  localStorage.removeItem(draftKey(form));
  if (form.dataset.draft !== undefined) form.reset();
});

document.addEventListener("turbo:fetch-request-error", (event) => {
  event.preventDefault();
  say("No connection: nothing was sent. What you typed is kept here; press the button again when the connection is back.");
});

/** A refusal that is no page of its own changes nothing on the screen: its words are said beside the form. */
async function sayWhyNot(response: Submitted["fetchResponse"]): Promise<void> {
  if (!response || response.isHTML) return;
  if (response.statusCode === 401)
    return say("You are signed out: nothing was sent. Sign in again in another tab, then press the button here again.");
  say((await response.responseText).slice(0, 300) || "This could not be sent. What you typed is still here.");
}

function say(words: string): void {
  let place = document.querySelector<HTMLElement>("#kept-says");
  if (!place) {
    place = Object.assign(document.createElement("div"), { id: "kept-says", className: "notice watch says" });
    place.setAttribute("role", "alert");
    document.body.append(place);
  }
  place.textContent = words;
  setTimeout(() => place.remove(), 15_000);
}

function restoreDrafts(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-draft]")) {
    const text = localStorage.getItem(draftKey(form));
    if (!text) continue;
    for (const [name, value] of Object.entries(JSON.parse(text) as Record<string, string>)) {
      const field = form.elements.namedItem(name);
      if (
        field instanceof HTMLTextAreaElement ||
        (field instanceof HTMLInputElement && field.type !== "hidden") ||
        field instanceof HTMLSelectElement
      ) {
        if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = true;
        else field.value = value;
      }
    }
  }
}
document.addEventListener("turbo:load", restoreDrafts);
