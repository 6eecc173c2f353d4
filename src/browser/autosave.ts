/**
 * <kept-autosave> around a form: saves what is typed, field by field, and never loses it.
 *
 * Each changed field is kept on this device at once, sent half a second later, and forgotten here only when the server
 * says it is saved. A lost connection, an expired session, a crash or a closed tab leave it here; it is sent again.
 * The server answers 200 {"version": n}; 409 {"theirs": "…", "version": n} when another tab saved the field meanwhile:
 * then both texts are kept, this one's below the other's (beside it where there is one line only), and shown to the writer.
 * 422 {"error": "…"} is shown at the field (#<id of the field>-error); with a version the words are stored all the same.
 * The version a field was typed over is its data-version; a hidden field "version <name>" follows it, for the form as a whole.
 */
interface Draft {
  value: string;
  base: string;
}

// Somebody who presses a button waits at most this long for what is still being saved.
const longestSettling = 2_000;
const retryAfter = [1_000, 2_000, 5_000, 10_000];

interface Answer {
  version?: number;
  theirs?: string;
  error?: string;
  show?: unknown;
}

/** Something between here and the server may answer with no JSON at all. */
async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return response.ok ? {} : { error: text.slice(0, 300) || "This could not be saved. Your words are kept on this device." };
  }
}

class KeptAutosave extends HTMLElement {
  #form: HTMLFormElement | null = null;
  #timers = new Map<string, number>();
  #busy = new Set<string>();
  #isPassing = false;
  #failures = 0;
  #retry: number | undefined;

  connectedCallback(): void {
    this.#form = this.querySelector("form");
    if (!this.#form) return;
    this.#form.addEventListener("input", this.#onInput);
    this.#form.addEventListener("change", this.#onInput);
    this.#form.addEventListener("submit", this.#onSubmit);
    window.addEventListener("online", this.#sendAll);
    this.#restore();
  }

  disconnectedCallback(): void {
    window.removeEventListener("online", this.#sendAll);
    clearTimeout(this.#retry);
    for (const name of this.#timers.keys()) void this.#send(name);
  }

  get #prefix(): string {
    return `kept draft ${this.dataset.owner ?? ""} ${new URL(this.#form?.action ?? "", location.href).pathname} `;
  }

  #onInput = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    if (!field.name || field.closest("[data-no-autosave]")) return;
    this.#keep(field);
    clearTimeout(this.#timers.get(field.name));
    this.#timers.set(
      field.name,
      window.setTimeout(() => void this.#send(field.name), event.type === "change" ? 0 : 500),
    );
    this.#say("Saving…");
  };

  /** A form is sent whole only when nothing of it is on its way by itself: else its own last save would look like another tab's. */
  #onSubmit = (event: SubmitEvent): void => {
    if (this.#isPassing || (this.#busy.size === 0 && this.#timers.size === 0)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void this.#submitOnceSettled(event.submitter);
  };

  async #submitOnceSettled(submitter: HTMLElement | null): Promise<void> {
    await this.#settled();
    this.#isPassing = true;
    this.#form?.requestSubmit(submitter);
    this.#isPassing = false;
  }

  async #settled(): Promise<void> {
    for (const [name, timer] of this.#timers) {
      clearTimeout(timer);
      void this.#send(name);
    }
    for (let waited = 0; waited < longestSettling && (this.#busy.size > 0 || this.#timers.size > 0); waited += 20)
      await new Promise((resolve) => setTimeout(resolve, 20));
  }

  #field(name: string): HTMLInputElement | null {
    const found = this.#form?.elements.namedItem(name);
    return found instanceof RadioNodeList ? (found[0] as HTMLInputElement) : (found as HTMLInputElement | null);
  }

  #valueOf(name: string): string {
    const found = this.#form?.elements.namedItem(name);
    if (found instanceof RadioNodeList) return found.value;
    const field = found as HTMLInputElement | null;
    if (field?.type === "checkbox") return field.checked ? field.value : "";
    return field?.value ?? "";
  }

  #keep(field: HTMLInputElement): void {
    const draft: Draft = { value: this.#valueOf(field.name), base: field.dataset.version ?? "" };
    try {
      localStorage.setItem(this.#prefix + field.name, JSON.stringify(draft));
    } catch {
      // Private mode without storage: the field itself still holds it until it is saved.
    }
  }

  #draft(name: string): Draft | undefined {
    try {
      const text = localStorage.getItem(this.#prefix + name);
      return text ? (JSON.parse(text) as Draft) : undefined;
    } catch {
      return undefined;
    }
  }

  #restore(): void {
    let some = false;
    for (const element of Array.from(this.#form?.elements ?? [])) {
      const field = element as HTMLInputElement;
      const draft = field.name ? this.#draft(field.name) : undefined;
      if (!draft || draft.value === this.#valueOf(field.name)) {
        if (draft) localStorage.removeItem(this.#prefix + field.name);
        continue;
      }
      if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === draft.value;
      else field.value = draft.value;
      if (draft.base) this.#setVersion(field, Number(draft.base));
      some = true;
    }
    if (some) this.#sendAll();
  }

  #sendAll = (): void => {
    const names = new Set(Array.from(this.#form?.elements ?? []).map((element) => (element as HTMLInputElement).name));
    for (const name of names) if (name && this.#draft(name)) void this.#send(name);
  };

  async #send(name: string): Promise<void> {
    const field = this.#field(name);
    if (!field || !this.#form || this.#busy.has(name)) return;
    this.#timers.delete(name);
    this.#busy.add(name);
    const value = this.#valueOf(name);
    const body = new URLSearchParams({ field: name, value, version: field.dataset.version ?? "" });
    try {
      const response = await fetch(this.#form.action, {
        method: "POST",
        body,
        headers: { accept: "application/json" },
        keepalive: body.toString().length < 60_000,
      });
      await this.#answered(response, field, name, value);
    } catch {
      this.#failed("Not saved yet: no connection. Your words are kept on this device and sent when it is back.");
    } finally {
      this.#busy.delete(name);
      if (this.#valueOf(name) !== value && !this.#timers.has(name)) void this.#send(name);
    }
  }

  async #answered(response: Response, field: HTMLInputElement, name: string, sent: string): Promise<void> {
    if (response.status === 401)
      return this.#failed("You are signed out. Your words are kept on this device: sign in again in another tab, then go on here.");
    if (response.status >= 500) return this.#failed("The server is not answering. Your words are kept on this device and sent again.");
    const answer = await answerOf(response);
    this.#failures = 0;
    if (answer.version !== undefined) this.#setVersion(field, answer.version);
    if (response.status === 409 && answer.theirs !== undefined) return this.#joinBoth(field, answer.theirs);
    this.#showError(field, response.ok ? "" : (answer.error ?? "This could not be saved."));
    if ((response.ok || answer.version !== undefined) && this.#valueOf(name) === sent) localStorage.removeItem(this.#prefix + name);
    if (!response.ok) return this.#say(answer.error ?? "This could not be saved. Your words are kept on this device.");
    this.#say("Saved");
    if (answer.show) window.Turbo?.session.refresh(document.baseURI);
  }

  #setVersion(field: HTMLInputElement, version: number): void {
    field.dataset.version = String(version);
    const beside = this.#form?.elements.namedItem(`version ${field.name}`);
    if (beside instanceof HTMLInputElement) beside.value = String(version);
  }

  /** Another tab or device saved other words here meanwhile: keep both, theirs first. */
  #joinBoth(field: HTMLInputElement, theirs: string): void {
    if (field.tagName === "TEXTAREA") {
      if (theirs !== "" && !field.value.includes(theirs)) field.value = `${theirs}\n${field.value}`;
      this.#say("This was also changed in another tab. Both texts are here: keep what you want.");
      // Once this answer is dealt with, what is here now goes out, over the version just learnt.
      window.setTimeout(() => void this.#send(field.name));
    } else {
      this.#showError(field, `In another tab you wrote “${theirs}”. What you wrote here is saved when you change it again.`);
      this.#say("This was also changed in another tab.");
    }
    this.#keep(field);
  }

  #showError(field: HTMLInputElement, message: string): void {
    field.setAttribute("aria-invalid", message ? "true" : "false");
    const place = document.getElementById(`${field.id}-error`);
    if (place) place.textContent = message;
  }

  #failed(message: string): void {
    this.#say(message);
    clearTimeout(this.#retry);
    this.#retry = window.setTimeout(this.#sendAll, retryAfter[Math.min(this.#failures++, retryAfter.length - 1)]);
  }

  #say(message: string): void {
    const place = this.querySelector("[data-status]");
    if (place) place.textContent = message;
  }
}
customElements.define("kept-autosave", KeptAutosave);
