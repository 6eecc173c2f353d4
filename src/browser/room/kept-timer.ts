/** <kept-timer data-started data-minutes data-now>: time left of a section, by the server's clock; warns before it runs over. */
// A minute before the end; a short section warns in its last quarter.
const longestWarning = 60_000;

class KeptTimer extends HTMLElement {
  #timer: number | undefined;
  #arrived = performance.now();
  static observedAttributes = ["data-now", "data-started"];

  connectedCallback(): void {
    this.#tick();
    this.#timer = window.setInterval(() => this.#tick(), 1_000);
  }

  disconnectedCallback(): void {
    clearInterval(this.#timer);
  }

  attributeChangedCallback(): void {
    this.#arrived = performance.now();
    this.#tick();
  }

  #tick(): void {
    const now = Number(this.dataset.now) + performance.now() - this.#arrived;
    const left = Number(this.dataset.started) + Number(this.dataset.minutes) * 60_000 - now;
    const spent = now - Number(this.dataset.started);
    const counting = this.dataset.mode === "spent" ? Math.max(0, spent) : Math.abs(left);
    const seconds = this.dataset.mode === "spent" ? Math.floor(counting / 1000) : Math.ceil(counting / 1000);
    const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    const warnAt = Math.min(longestWarning, Number(this.dataset.minutes) * 15_000);
    const over = left < 0 && this.dataset.mode !== "spent";
    this.textContent = over ? `${text} over` : text;
    this.classList.toggle("watch", left <= warnAt && left >= 0 && this.dataset.mode !== "spent");
    this.classList.toggle("over", over);
    this.#say(left, warnAt);
  }

  #said = "";
  /** Screen readers hear it twice: shortly before the end, and at the end. */
  #say(left: number, warnAt: number): void {
    const place = document.querySelector("[data-timer-said]");
    if (!place || this.dataset.mode === "spent") return;
    const words =
      left < 0
        ? `${this.dataset.title}: the time is used up.`
        : left <= warnAt
          ? `${this.dataset.title}: ${Math.max(1, Math.round(left / 1000))} seconds left.`
          : "";
    const said = left < 0 ? "over" : words && "soon";
    if (said !== this.#said) place.textContent = words;
    this.#said = said;
  }
}
customElements.define("kept-timer", KeptTimer);
