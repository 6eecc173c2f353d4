/** The room's keys: Alt+Shift and a letter or arrow. Each presses the control on the page that carries the same data-key. */
const byKey: Record<string, string> = {
  ArrowRight: "next",
  ArrowLeft: "previous",
  KeyN: "notes",
  KeyP: "private",
  KeyW: "what-else",
  KeyC: "commitments",
  KeyF: "finish",
};

document.addEventListener("keydown", (event) => {
  if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return;
  const target = document.querySelector<HTMLElement>(`[data-key="${byKey[event.code] ?? "none"}"]`);
  if (!target) return;
  event.preventDefault();
  const editor = target.querySelector<HTMLElement>("[contenteditable]");
  if (editor) editor.focus();
  else if (target instanceof HTMLButtonElement || target instanceof HTMLAnchorElement) target.click();
  else target.focus();
});
