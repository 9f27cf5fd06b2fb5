// The search field above all pages. «/» and Ctrl-K (⌘K) lead to it from
// anywhere; where it is not in view, as on a phone, they open the page of the
// search. While one types, data-search answers with options for the listbox
// below (ARIA combobox); an empty field shows what was opened last. What is
// typed goes by POST, so that it stands in no address.
const pause = 150; // ms after the last key
const waiting = new WeakMap();

const typing = (el) => el.closest("input, textarea, select, [contenteditable]") !== null;

const parts = (input) => ({
  list: document.getElementById(input.getAttribute("aria-controls")),
  told: input.form.querySelector("[data-search-told]"),
});

const hits = (list) => [...list.querySelectorAll("a[role=option]")];

const close = (input) => {
  const { list } = parts(input);
  clearTimeout(waiting.get(input)?.timer);
  waiting.get(input)?.abort?.abort();
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
};

const show = (input, html) => {
  const { list, told } = parts(input);
  list.innerHTML = html; // made by the server, which escapes it
  const options = hits(list);
  options.forEach((option, i) => { option.id = `${input.id}-pilihan-${i}`; });
  list.hidden = list.children.length === 0 || document.activeElement !== input;
  input.setAttribute("aria-expanded", String(!list.hidden));
  input.removeAttribute("aria-activedescendant");
  if (options.length > 0) told.textContent = told.dataset.found.replace("{n}", options.length);
  else told.textContent = input.value.trim() === "" ? "" : told.dataset.none;
};

const ask = async (input) => {
  const abort = new AbortController();
  waiting.get(input)?.abort?.abort();
  waiting.set(input, { abort });
  try {
    const body = new URLSearchParams({ q: input.value.trim() });
    const answer = await fetch(input.dataset.search, { method: "POST", body, signal: abort.signal });
    if (answer.ok) show(input, await answer.text());
  } catch (error) {
    if (error.name !== "AbortError") close(input); // no network: the field stays a plain one
  }
};

const move = (input, step) => {
  const options = hits(parts(input).list);
  if (options.length === 0) return;
  const at = options.findIndex((o) => o.getAttribute("aria-selected") === "true");
  const next = options[at < 0 ? (step > 0 ? 0 : options.length - 1) : (at + step + options.length) % options.length];
  options.forEach((o) => o.setAttribute("aria-selected", String(o === next)));
  input.setAttribute("aria-activedescendant", next.id);
  next.scrollIntoView({ block: "nearest" });
};

const keyInField = (event, input) => {
  const { list } = parts(input);
  const active = document.getElementById(input.getAttribute("aria-activedescendant"));
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (list.hidden) ask(input);
    else move(input, event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && active && !list.hidden) {
    event.preventDefault();
    active.click();
  } else if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    close(input);
  }
};

document.addEventListener("keydown", (event) => {
  if (event.target.matches?.("[data-search]")) keyInField(event, event.target);
  const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target);
  const commandK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
  if (!slash && !commandK) return;
  const fields = [...document.querySelectorAll("[data-search]")];
  if (fields.length === 0 || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  const field = fields.find((f) => f.getClientRects().length > 0);
  if (!field) {
    location.assign(fields[0].form.action);
    return;
  }
  field.focus();
  field.select();
});

document.addEventListener("input", ({ target: input }) => {
  if (!input.matches("[data-search]")) return;
  clearTimeout(waiting.get(input)?.timer);
  waiting.set(input, { ...waiting.get(input), timer: setTimeout(() => ask(input), pause) });
});

document.addEventListener("focusin", ({ target: input }) => {
  if (input.matches?.("[data-search]") && input.value.trim() === "") ask(input);
});

document.addEventListener("focusout", ({ target: input }) => {
  if (input.matches?.("[data-search]")) close(input);
});

// A press on an option follows its link before the field loses the focus.
document.addEventListener("mousedown", (event) => {
  if (event.target.closest(".search__list")) event.preventDefault();
});
