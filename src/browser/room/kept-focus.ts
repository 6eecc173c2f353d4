import { type Focus, focusShares, type Stretch, wholePercents } from "../../method/focus.ts";

/** <kept-focus>: the focus meter, kept moving between two answers of the server. Its svg and words come from the server. */
class KeptFocus extends HTMLElement {
  #timer: number | undefined;

  connectedCallback(): void {
    this.#timer = window.setInterval(() => this.#tick(), 5_000);
  }

  disconnectedCallback(): void {
    clearInterval(this.#timer);
  }

  #arrived = performance.now();
  #seen = "";

  #tick(): void {
    const { stretches = "[]", now = "0" } = this.dataset;
    if (this.#seen !== now) {
      this.#seen = now;
      this.#arrived = performance.now();
    }
    const shares = focusShares(JSON.parse(stretches) as Stretch[], Number(now) + performance.now() - this.#arrived);
    const percents = wholePercents(shares);
    let x = 0;
    for (const focus of ["past", "present", "future"] as Focus[]) {
      const bar = this.querySelector(`rect.${focus}`);
      bar?.setAttribute("x", String(x));
      bar?.setAttribute("width", String(percents[focus]));
      x += percents[focus];
    }
    const words = this.querySelector("[data-words]");
    if (words && shares.total > 0)
      words.textContent = `Past ${percents.past} % · present ${percents.present} % · future ${percents.future} %`;
    this.classList.toggle("too-much-past", shares.tooMuchPast);
  }
}
customElements.define("kept-focus", KeptFocus);
