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
      const frames = [...document.querySelectorAll<HTMLElement & { reload?: () => void }>("turbo-frame[data-topics]")];
      const wanted = frames.filter((frame) => frame.dataset.topics?.split(" ").includes(topic));
      if (frames.length === 0) window.Turbo?.session.refresh(document.baseURI);
      for (const frame of wanted) frame.reload?.();
    }, 60);
  }
}
customElements.define("kept-live", KeptLive);
