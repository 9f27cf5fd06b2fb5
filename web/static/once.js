// A form marked data-once is sent once, however often its button is pressed.
// The server holds the same promise by the form's key; this spares the wait.
const releaseAfter = 15000; // ms: a lost answer must not lock the form for good

const release = (form) => {
  delete form.dataset.busy;
  form.querySelectorAll(".htmx-request").forEach((button) => button.classList.remove("htmx-request"));
};

const send = (event) => {
  const form = event.target;
  if (!form.matches("form[data-once]")) return;
  if (form.dataset.busy) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.busy = "1";
  event.submitter?.classList.add("htmx-request");
  setTimeout(() => release(form), releaseAfter);
};

// In the capturing phase: before htmx, which listens on the form itself.
document.addEventListener("submit", send, true);

// A page that comes back from the browser's memory can be sent again, and so
// can a form whose answer htmx has put in place.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-busy]").forEach(release);
});
document.addEventListener("htmx:finally:request", (event) => {
  const form = event.target.closest?.("form[data-busy]");
  if (form) release(form);
});
