// Who came: a tap on a cell of [data-attend] and a choice of a member are sent
// at once, one after the other, and everything [data-live] is put in place as
// the answer has it, so that what a colleague marked meanwhile is seen, too.
// Without an answer the form is sent as it would be without script.
let last = Promise.resolve();

const page = async (form, fields) => {
  const answer = await fetch(form.action, {
    method: "POST",
    headers: { Accept: "text/html" },
    body: new URLSearchParams(fields),
  });
  if (!answer.ok) throw new Error(answer.status);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
};

// refresh puts in place what differs; the focus stays where it was.
const refresh = (fresh) => {
  const held = document.activeElement?.id;
  for (const part of document.querySelectorAll("[data-live]")) {
    const now = fresh.getElementById(part.id);
    if (now && !now.isEqualNode(part)) part.replaceWith(document.adoptNode(now));
  }
  if (held && document.activeElement?.id !== held) document.getElementById(held)?.focus();
};

const send = (form, fields, otherwise) => {
  last = last.then(async () => {
    try {
      const fresh = await page(form, fields);
      if (!fresh.querySelector("[data-attend]")) throw new Error("elsewhere");
      refresh(fresh);
    } catch {
      otherwise();
    }
  });
};

const others = (form) =>
  [...form.querySelectorAll("input[type=hidden]:not([name=form_key])")]
    .filter((input) => !input.closest("[data-toggle]"))
    .map((input) => [input.name, input.value]);

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-attend] button[data-mark], button[data-mark-all]");
  if (!button || button.dataset.plain) return;
  event.preventDefault();
  const { form, name, value } = button;
  send(form, [...others(form), [name, value]], () => {
    button.dataset.plain = "yes";
    form.requestSubmit(button);
  });
});

document.addEventListener("change", (event) => {
  const choice = event.target.closest("[data-attend] [data-toggle]");
  if (!choice) return;
  const form = event.target.form;
  const fields = [...choice.querySelectorAll("input")].filter((input) => input.type === "hidden" || input.checked);
  send(form, [...others(form), ...fields.map((input) => [input.name, input.value])], () => form.requestSubmit());
});
