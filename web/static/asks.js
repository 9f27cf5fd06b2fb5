// A form with data-asks="URL" shows each question ([data-item]) the moment it is
// asked and hides it while it is not, and shows what is reckoned from the others
// ([data-reckoned]). What is asked is told by the server, which alone knows the
// form's conditions. Without script the page after sending shows the same.
const pause = 150; // ms, so that several changes ask once

const timers = new WeakMap();

const told = async (form) => {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (name.startsWith("q-")) fields.append(name, value);
  }
  try {
    const answer = await fetch(form.dataset.asks, { method: "POST", body: fields, headers: { Accept: "application/json" }, redirect: "manual" });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null; // no network: what stands there stays
  }
};

const refresh = async (form) => {
  const answer = await told(form);
  if (!answer) return;
  const asked = new Set(answer.asked);
  for (const part of form.querySelectorAll("[data-item]")) part.hidden = part.dataset.item !== "" && !asked.has(part.dataset.item);
  for (const number of form.querySelectorAll("[data-reckoned]")) number.textContent = answer.reckoned[number.dataset.reckoned] || "–";
};

const later = (form) => {
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => refresh(form), pause));
};

document.addEventListener("change", ({ target }) => {
  const form = target.closest("form[data-asks]");
  if (form) later(form);
});
