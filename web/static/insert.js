// Puts a word into the text field one was last in, at the cursor: a button with data-insert="word". Without script the word is
// there to be typed.
let last = null;

document.addEventListener("focusin", (e) => {
  if (e.target.matches("[data-takes]")) last = e.target;
});

document.addEventListener("click", (e) => {
  const button = e.target.closest("[data-insert]");
  if (!button) return;
  const field = last ?? document.querySelector("textarea[data-takes]");
  if (!field) return;
  field.setRangeText(button.dataset.insert, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});

for (const button of document.querySelectorAll("[data-insert]")) button.hidden = false;
