import { leverSays, togetherWords, worthWords } from "../method/gain-words.ts";
import { type LeverSteps, noSteps } from "../method/lever-steps.ts";
import { type Baseline, type Lever, levers } from "../method/levers.ts";

/**
 * <kept-gains data-baseline="…" data-currency="USD">: moves the figures beside the sliders as they are moved, with the method's own
 * functions and without a request. Without it the form inside is sent, and the server works out the same.
 */
class KeptGains extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("input", this.#say);
    document.addEventListener("turbo:render", this.#say);
    for (const button of this.querySelectorAll<HTMLElement>("[data-without-script]")) button.hidden = true;
    this.#say();
  }

  disconnectedCallback(): void {
    document.removeEventListener("turbo:render", this.#say);
  }

  readonly #say = (): void => {
    const baseline = JSON.parse(this.dataset.baseline ?? "{}") as Baseline;
    const currency = this.dataset.currency ?? "USD";
    const steps: LeverSteps = { ...noSteps };
    for (const slider of this.querySelectorAll<HTMLInputElement>("input[type=range]")) {
      const lever = levers.find((one) => one === slider.dataset.lever);
      if (!lever) continue;
      steps[lever] = Number(slider.value);
      this.#sayOne(slider, lever, baseline, currency);
    }
    const together = togetherWords(steps, baseline, currency);
    if (!together) return;
    for (const part of ["share", "money", "range", "commission"] as const) this.#write(`[data-together=${part}]`, together[part]);
    const assumption = this.querySelector<HTMLElement>("[data-assumption]");
    if (assumption) assumption.hidden = !together.assumesTimeIsUsed;
  };

  #sayOne(slider: HTMLInputElement, lever: Lever, baseline: Baseline, currency: string): void {
    const steps = Number(slider.value);
    const row = slider.closest<HTMLElement>("[data-row]");
    const says = leverSays(lever, steps, baseline);
    const { worth, range } = worthWords(lever, steps, baseline, currency);
    slider.setAttribute("aria-valuetext", `${says}, worth ${worth} a year`);
    const write = (what: string, words: string) => {
      const place = row?.querySelector(`[data-says=${what}]`);
      if (place && place.textContent !== words) place.textContent = words;
    };
    write("level", says);
    write("worth", worth);
    write("range", range);
    const goal = row?.querySelector<HTMLAnchorElement>("a[data-goal]");
    if (goal) {
      const link = new URL(goal.href);
      link.searchParams.set("steps", String(Math.max(1, steps)));
      goal.href = link.pathname + link.search;
      goal.hidden = steps === 0;
    }
  }

  #write(selector: string, words: string): void {
    const place = this.querySelector(selector);
    if (place && place.textContent !== words) place.textContent = words;
  }
}
customElements.define("kept-gains", KeptGains);
