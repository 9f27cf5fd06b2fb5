// «/» and Ctrl-K (⌘K) lead to the search field from anywhere. Where the field
// is not in view, as on a phone, they open the page of the search.
const typing = (el) => el.closest("input, textarea, select, [contenteditable]") !== null;

document.addEventListener("keydown", (event) => {
  const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target);
  const commandK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
  if (!slash && !commandK) return;
  const field = document.querySelector("[data-search]");
  if (!field || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  if (field.getClientRects().length === 0) {
    location.assign(field.form.action);
    return;
  }
  field.focus();
  field.select();
});
