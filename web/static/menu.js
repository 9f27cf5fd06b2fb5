// Small panels. A <details data-menu> closes on Escape and on a press outside;
// [data-dialog="id"] opens the <dialog> of that id in place of following its
// link, [data-close] closes the dialog it stands in.
const closeMenus = (except) => {
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    if (menu !== except) menu.open = false;
  });
};

const openDialog = (event) => {
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (!dialog?.showModal) return;
  event.preventDefault();
  dialog.showModal();
};

document.addEventListener("click", (event) => {
  closeMenus(event.target.closest("details[data-menu]"));
  openDialog(event);
  // A dialog's own box is its backdrop: its content lies in elements inside.
  if (event.target.matches("dialog[open]") || event.target.closest("dialog [data-close]")) {
    event.preventDefault();
    event.target.closest("dialog").close();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.("details[data-menu][open]");
  closeMenus();
  menu?.querySelector("summary").focus();
});
