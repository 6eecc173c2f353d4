import { connectionTo } from "./notes-connection.ts";

const words = {
  saved: "Saved on this device and on the server.",
  saving: "Saving…",
  offline: "No connection. What you type is kept on this device and sent when it is back.",
  locked: "The meeting is closed and its record is locked.",
};

/** <kept-note-state>: says where the notes are safe, and who else is here. */
class KeptNoteState extends HTMLElement {
  #stop: (() => void) | undefined;

  connectedCallback(): void {
    const connection = connectionTo(this.dataset.meeting ?? "", this.dataset.owner ?? "");
    const show = () =>
      this.#show(
        connection.state,
        [...connection.awareness.getStates().entries()].filter(([id]) => id !== connection.awareness.clientID),
      );
    connection.addEventListener("state", show);
    connection.addEventListener("people", show);
    this.#stop = () => {
      connection.removeEventListener("state", show);
      connection.removeEventListener("people", show);
    };
    show();
  }

  disconnectedCallback(): void {
    this.#stop?.();
  }

  #show(state: keyof typeof words, others: [number, Record<string, unknown>][]): void {
    const names = others
      .map(([, value]) => (value.user as { name?: string } | undefined)?.name)
      .filter((name) => name !== undefined && name !== this.dataset.name);
    const here = document.querySelector("[data-here]");
    const person = (here as HTMLElement | null)?.dataset.here ?? "";
    if (here) {
      here.textContent = names.length > 0 ? `${person} is here` : `${person} is not here`;
      here.classList.toggle("kept", names.length > 0);
    }
    const text = names.length > 0 && state === "saved" ? `Both of you can write. ${words.saved}` : words[state];
    if (this.textContent !== text) this.textContent = text;
    this.dataset.state = state;
  }
}
customElements.define("kept-note-state", KeptNoteState);
