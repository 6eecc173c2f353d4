/**
 * <kept-preview> around a form with a button named "show": when a field changes, the page that button leads to is asked for
 * and its part with the id in data-part is put in place here. Without script the button does the same.
 */
class KeptPreview extends HTMLElement {
  #timer: number | undefined;
  #asked = 0;

  connectedCallback(): void {
    this.addEventListener("change", this.#onChange);
  }

  disconnectedCallback(): void {
    this.removeEventListener("change", this.#onChange);
    clearTimeout(this.#timer);
  }

  #onChange = (): void => {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#show(), 120);
  };

  async #show(): Promise<void> {
    const form = this.querySelector("form");
    const button = form?.querySelector<HTMLButtonElement>("button[name=show]");
    const part = document.getElementById(this.dataset.part ?? "");
    if (!form || !button || !part) return;
    const mine = ++this.#asked;
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form, button)) if (typeof value === "string") query.append(name, value);
    try {
      const response = await fetch(`${button.formAction}?${query}`, { headers: { accept: "text/html" } });
      if (!response.ok || mine !== this.#asked) return;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.getElementById(part.id);
      if (fresh) part.replaceChildren(...fresh.childNodes);
    } catch {
      // No connection: the dates shown stay until the next change.
    }
  }
}
customElements.define("kept-preview", KeptPreview);
