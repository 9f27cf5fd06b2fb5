// After a refused form its summary of errors takes the focus, so that readers
// of screens hear it first and the keyboard stands at its links.
const focusErrors = (root) => root.querySelector("[data-errors]")?.focus();

focusErrors(document);
document.addEventListener("htmx:after:swap", (event) => focusErrors(event.target));
