import type { KnownSection } from "./room/late-words.ts";

/**
 * <kept-late-notes data-meeting data-owner data-sections>: on the record of a closed one-on-one. When this device still holds
 * words that never reached the server (it was offline when the other one closed), they are shown, to be added as a remark.
 */
class KeptLateNotes extends HTMLElement {
  connectedCallback(): void {
    void this.#look().catch(() => {});
  }

  async #look(): Promise<void> {
    const { meeting = "", owner = "" } = this.dataset;
    const kept = (await indexedDB.databases()).filter(({ name }) => name?.startsWith(`kept notes ${meeting} `) && name.endsWith(owner));
    if (kept.length === 0) return;
    const { lateWords } = await import("./room/late-words.ts");
    const words = await lateWords(meeting, owner, JSON.parse(this.dataset.sections ?? "[]") as KnownSection[]);
    if (words === "") {
      for (const { name } of kept) if (name) indexedDB.deleteDatabase(name);
      return;
    }
    const area = this.querySelector("textarea");
    if (!area) return;
    area.value = words;
    this.hidden = false;
    this.querySelector("[data-drop]")?.addEventListener("click", () => {
      for (const { name } of kept) if (name) indexedDB.deleteDatabase(name);
      this.hidden = true;
    });
  }
}
customElements.define("kept-late-notes", KeptLateNotes);
