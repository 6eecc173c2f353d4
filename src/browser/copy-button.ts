/** <copy-button value="…">: copies its value; a button inside does the work. */
class CopyButton extends HTMLElement {
  connectedCallback(): void {
    this.querySelector("button")?.addEventListener("click", () => void this.#copy());
  }

  async #copy(): Promise<void> {
    const button = this.querySelector("button");
    if (!button) return;
    await navigator.clipboard.writeText(this.getAttribute("value") ?? "");
    button.textContent = "Copied";
  }
}
customElements.define("copy-button", CopyButton);
