let sending = 0;
document.addEventListener("turbo:submit-start", () => void (sending += 1));
document.addEventListener("turbo:submit-end", () => void (sending = Math.max(0, sending - 1)));

/**
 * <kept-live topics="meeting:… week">: when one of the topics changes on the server, the page refreshes in place.
 * Turbo morphs the page, so what somebody is typing and where they have scrolled stays.
 */
class KeptLive extends HTMLElement {
  #source: EventSource | undefined;
  #timer: number | undefined;

  connectedCallback(): void {
    const topics = this.getAttribute("topics") ?? "";
    this.#source = new EventSource(`/live?topics=${encodeURIComponent(topics)}&since=${this.dataset.since ?? ""}`);
    this.#source.addEventListener("changed", (event) => this.#refresh((event as MessageEvent<string>).data));
  }

  disconnectedCallback(): void {
    this.#source?.close();
    clearTimeout(this.#timer);
  }

  #refresh(topic: string): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      // A refresh would cut off the answer to what is being sent: it would be written, and its words would stay in the field.
      if (sending > 0) return this.#refresh(topic);
      const frames = [...document.querySelectorAll<HTMLElement & { reload?: () => void }>("turbo-frame[data-topics]")];
      const wanted = frames.filter((frame) => frame.dataset.topics?.split(" ").includes(topic));
      if (frames.length === 0) window.Turbo?.session.refresh(document.baseURI);
      for (const frame of wanted) frame.reload?.();
    }, 60);
  }
}
customElements.define("kept-live", KeptLive);
