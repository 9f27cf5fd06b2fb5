// Type-ahead: an input with data-suggest="URL" asks it with ?q= and shows the
// answer {"items":[{"value","label","note"}]} as a listbox (ARIA combobox).
// The chosen value goes into the hidden field beside it; typing on clears it.
// data-suggest-with="name" sends another field's value along. Without script
// the server reads the typed words, so the form works as well.
const pause = 200; // ms after the last key
const waiting = new WeakMap();

const parts = (input) => {
  const box = input.closest("[data-suggest-box]");
  return {
    list: box.querySelector("[role=listbox]"),
    chosen: box.querySelector("[data-suggest-value]"),
    told: box.querySelector("[data-suggest-told]"),
  };
};

const close = (input) => {
  const { list } = parts(input);
  list.hidden = true;
  list.replaceChildren();
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
};

const option = (input, item, index) => {
  const element = document.createElement("li");
  element.id = `${input.id}-option-${index}`;
  element.role = "option";
  element.className = "suggest__option";
  element.dataset.value = item.value;
  element.dataset.label = item.label;
  element.append(Object.assign(document.createElement("span"), { textContent: item.label }));
  if (item.note) element.append(Object.assign(document.createElement("span"), { textContent: item.note, className: "xs muted" }));
  return element;
};

const show = (input, items) => {
  const { list, told } = parts(input);
  list.replaceChildren(...items.map((item, index) => option(input, item, index)));
  list.hidden = items.length === 0;
  input.setAttribute("aria-expanded", String(items.length > 0));
  input.removeAttribute("aria-activedescendant");
  told.textContent = items.length > 0 ? told.dataset.found.replace("{n}", items.length) : told.dataset.none;
};

const ask = async (input) => {
  const url = new URL(input.dataset.suggest, location.href);
  url.searchParams.set("q", input.value.trim());
  const beside = input.dataset.suggestWith;
  if (beside) url.searchParams.set(beside, input.form.elements[beside]?.value ?? "");
  const abort = new AbortController();
  waiting.get(input)?.abort?.abort();
  waiting.set(input, { abort });
  try {
    const answer = await fetch(url, { headers: { Accept: "application/json" }, signal: abort.signal });
    if (answer.ok) show(input, (await answer.json()).items);
  } catch {
    close(input); // no network, or newer typing: the field stays a plain one
  }
};

const choose = (input, element) => {
  const { chosen } = parts(input);
  input.value = element.dataset.label;
  chosen.value = element.dataset.value;
  chosen.dispatchEvent(new Event("change", { bubbles: true }));
  close(input);
};

const move = (input, step) => {
  const options = [...parts(input).list.children];
  if (options.length === 0) return;
  const at = options.findIndex((o) => o.getAttribute("aria-selected") === "true");
  const next = options[(at + step + options.length + (at < 0 && step < 0 ? 1 : 0)) % options.length];
  options.forEach((o) => o.setAttribute("aria-selected", String(o === next)));
  input.setAttribute("aria-activedescendant", next.id);
  next.scrollIntoView({ block: "nearest" });
};

document.addEventListener("input", ({ target: input }) => {
  if (!input.matches("[data-suggest]")) return;
  parts(input).chosen.value = "";
  clearTimeout(waiting.get(input)?.timer);
  if (input.value.trim() === "") {
    close(input);
    return;
  }
  waiting.set(input, { ...waiting.get(input), timer: setTimeout(() => ask(input), pause) });
});

document.addEventListener("keydown", (event) => {
  const input = event.target;
  if (!input.matches?.("[data-suggest]")) return;
  const active = document.getElementById(input.getAttribute("aria-activedescendant"));
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    move(input, event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && active) {
    event.preventDefault();
    choose(input, active);
  } else if (event.key === "Escape") {
    close(input);
  }
});

document.addEventListener("mousedown", (event) => {
  const element = event.target.closest(".suggest__option");
  if (!element) return;
  event.preventDefault(); // the input keeps the focus
  choose(element.closest("[data-suggest-box]").querySelector("[data-suggest]"), element);
});

document.addEventListener("focusout", ({ target }) => {
  if (target.matches?.("[data-suggest]")) close(target);
});
