/** A button with data-print prints the page; without script it stays hidden and the browser's own menu prints as well. */
const show = (): void => {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-print]")) button.hidden = false;
};
document.addEventListener("turbo:load", show);
document.addEventListener("turbo:render", show);
document.addEventListener("click", (event) => {
  if ((event.target as Element).closest("button[data-print]")) window.print();
});
