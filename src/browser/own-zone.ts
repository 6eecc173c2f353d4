/** <own-zone> around a list of time zones: chooses this device's own, unless somebody has chosen already. */
class OwnZone extends HTMLElement {
  connectedCallback(): void {
    const select = this.querySelector("select");
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (select && Array.from(select.options).some(({ value }) => value === zone)) select.value = zone;
  }
}
customElements.define("own-zone", OwnZone);
