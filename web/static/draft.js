// Nothing typed is lost. What is typed into a form that changes something
// stands in this tab's session storage until it was sent and taken. A form with
// data-draft="URL" also sends its fields there 800 ms after typing stops, says
// so in its [data-draft-state], and tries again: after a pause, when the network
// is back, when the tab is looked at again. An ended session (401) shows the
// [data-draft-signin] note; once signed in again, the text goes through.
const pause = 800; // ms after the last key
const longestWait = 30000; // ms between two tries
const keepaliveLimit = 60000; // bytes a browser sends for a page that goes away
const prefix = "teduh-draft:";

const owner = document.body.dataset.user ?? "";
const states = new WeakMap();
const kinds = "form[data-draft], form[data-once]";
const forms = () => [...document.querySelectorAll(kinds)].filter((form) => !form.querySelector("[type=password]"));
const storageKey = (form) => {
  const { pathname, search } = new URL(form.action);
  return prefix + (form.dataset.draft ?? pathname + search);
};

const stateOf = (form) => {
  if (!states.has(form)) states.set(form, { timer: 0, wait: 0, sending: false, changed: false, submitted: false });
  return states.get(form);
};

const fieldsOf = (form) => {
  const kept = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && name !== "form_key") kept.append(name, value);
  }
  return kept;
};

const keep = (form, submitted) => {
  try {
    const entry = { owner, submitted, fields: fieldsOf(form).toString() };
    sessionStorage.setItem(storageKey(form), JSON.stringify(entry));
  } catch {
    // Storage full or forbidden: the page itself still holds the text.
  }
};

const forget = (form) => sessionStorage.removeItem(storageKey(form));

const say = (form, kind) => {
  const line = form.querySelector("[data-draft-state]");
  if (!line) return;
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
  line.hidden = false;
  line.dataset.draftState = kind;
  line.querySelector("[data-draft-text]").textContent = line.dataset[kind].replace("{time}", clock.format(new Date()));
};

const askToSignIn = (form, needed) => {
  const note = form.querySelector("[data-draft-signin]");
  if (note) note.hidden = !needed;
};

const sendLater = (form, wait) => {
  if (!form.dataset.draft) return;
  const state = stateOf(form);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => send(form), wait);
};

const failed = (form, status) => {
  const state = stateOf(form);
  state.changed = true;
  askToSignIn(form, status === 401);
  say(form, "failed");
  // Refused for what it says, not for when it came: only new typing helps.
  if (status >= 400 && status < 500 && ![401, 408, 429].includes(status)) return;
  state.wait = Math.min(longestWait, Math.max(2000, state.wait * 2));
  sendLater(form, state.wait);
};

const saved = (form) => {
  const state = stateOf(form);
  state.wait = 0;
  askToSignIn(form, false);
  if (state.changed) {
    sendLater(form, pause);
    return;
  }
  forget(form);
  say(form, "saved");
};

const post = (form, keepalive) =>
  fetch(form.dataset.draft, {
    method: "POST",
    body: fieldsOf(form),
    headers: { Accept: "application/json" },
    redirect: "manual", // a redirect can only lead to the sign-in page
    keepalive,
  });

const send = async (form) => {
  const state = stateOf(form);
  if (state.sending || state.submitted || !form.isConnected) return;
  state.sending = true;
  state.changed = false;
  let status = 0;
  try {
    const answer = await post(form, false);
    status = answer.type === "opaqueredirect" ? 401 : answer.status;
  } catch {
    status = 0; // no network
  }
  state.sending = false;
  if (state.submitted) return;
  if (status >= 200 && status < 300) saved(form);
  else failed(form, status);
};

const pending = (form) => sessionStorage.getItem(storageKey(form)) !== null && !stateOf(form).submitted;

// The last chance of a page that is being left or put aside.
const sendNow = () => {
  for (const form of forms()) {
    if (!form.dataset.draft || !pending(form)) continue;
    const short = fieldsOf(form).toString().length < keepaliveLimit;
    post(form, short).then((answer) => answer.ok && forget(form), () => undefined);
  }
};

const putBack = (form, fields) => {
  const values = new URLSearchParams(fields);
  for (const field of form.elements) {
    if (!field.name || !values.has(field.name) || field.type === "hidden" || field.type === "file") continue;
    if (field.type === "checkbox" || field.type === "radio") field.checked = values.getAll(field.name).includes(field.value);
    else field.value = values.get(field.name);
  }
};

// What a crashed or failed page left behind comes back, but never to another
// user, and not after it was sent and the next page came.
const restore = (form) => {
  const text = sessionStorage.getItem(storageKey(form));
  if (!text) return;
  putBack(form, JSON.parse(text).fields);
  const fold = form.closest("details");
  if (fold) fold.open = true;
  form.dispatchEvent(new Event("change", { bubbles: true })); // for what follows from the fields
  sendLater(form, 0);
};

// What was sent is let go when a page of the same user answers. Where the answer
// is the sign-in page, or one that says what went wrong, it waits to come back.
const settle = () => {
  const came = performance.getEntriesByType("navigation")[0]?.type;
  const refused = owner === "" || document.querySelector("[data-trouble]") !== null;
  for (const key of Object.keys(sessionStorage).filter((name) => name.startsWith(prefix))) {
    const entry = JSON.parse(sessionStorage.getItem(key));
    if (refused) sessionStorage.setItem(key, JSON.stringify({ ...entry, submitted: false }));
    else if (entry.owner !== owner || (entry.submitted && came === "navigate")) sessionStorage.removeItem(key);
  }
};

const changed = ({ target }) => {
  const form = target.form;
  if (!form?.matches(kinds) || form.querySelector("[type=password]") || target.type === "file") return;
  const state = stateOf(form);
  state.changed = true;
  state.submitted = false;
  keep(form, false);
  sendLater(form, pause);
};

const submitted = (form) => {
  const state = stateOf(form);
  clearTimeout(state.timer);
  if (pending(form)) keep(form, true);
  state.submitted = true;
};

document.addEventListener("input", changed);
document.addEventListener("change", changed);
document.addEventListener("submit", ({ target }) => {
  if (target.matches(kinds)) submitted(target);
  // Who signs out leaves nothing on a shared computer.
  if (target.matches("form[data-sign-out]")) sessionStorage.clear();
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") sendNow();
});
for (const event of ["online", "focus"]) {
  window.addEventListener(event, () => forms().forEach((form) => pending(form) && sendLater(form, 0)));
}
settle();
forms().forEach(restore);
