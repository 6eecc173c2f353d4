// A promise is one sentence: Enter writes it down, Shift+Enter begins a new line, and Ctrl or Cmd with Enter writes down several.
// An Enter that only ends a word of an input method is not meant for us.
document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.key !== "Enter" || event.isComposing || event.shiftKey || event.altKey || event.repeat) return;
  if (!(field instanceof HTMLTextAreaElement) || !field.hasAttribute("data-enter-submits")) return;
  const isMeant = event.ctrlKey || event.metaKey || !field.value.trim().includes("\n");
  if (!isMeant) return;
  event.preventDefault();
  // Nothing typed yet is nothing to send, and no reason to scold.
  if (field.value.trim() !== "") field.form?.requestSubmit();
});
