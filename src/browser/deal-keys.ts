/**
 * The Pipeline page by keyboard: ↓ and j, ↑ and k lead from deal to deal, Enter opens the one with the focus (it is a link),
 * / goes to the search. Nothing is taken from somebody who is typing. A form that sends itself does so when a choice changes.
 */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches("input, select, textarea"));

function step(by: 1 | -1): boolean {
  const deals = [...document.querySelectorAll<HTMLElement>(".deals tbody a.to-deal")];
  if (deals.length === 0) return false;
  const row = document.activeElement?.closest("tr");
  const at = deals.findIndex((deal) => row?.contains(deal));
  const next = deals[at < 0 ? (by > 0 ? 0 : deals.length - 1) : Math.min(deals.length - 1, Math.max(0, at + by))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !document.querySelector(".deals")) return;
  const search = document.querySelector<HTMLInputElement>("[data-search-key]");
  if (event.key === "/" && search) {
    search.focus();
    search.select();
  } else if (event.key === "j" || event.key === "ArrowDown" || event.key === "k" || event.key === "ArrowUp") {
    // The arrows scroll the page until somebody is among the deals.
    const isArrow = event.key.startsWith("Arrow");
    if (isArrow && !(event.target instanceof Element && event.target.closest(".deals"))) return;
    if (!step(event.key === "j" || event.key === "ArrowDown" ? 1 : -1)) return;
  } else return;
  event.preventDefault();
});

document.addEventListener("change", (event) => {
  const field = event.target;
  if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) return;
  // A day is typed part by part: it is sent when it is whole, or emptied.
  if (field.form?.matches("[data-sends-itself]") && field.type !== "search") field.form.requestSubmit();
});

let focused: string | undefined;
document.addEventListener("turbo:before-frame-render", () => (focused = document.activeElement?.id));
document.addEventListener("turbo:frame-render", () => {
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus();
});
