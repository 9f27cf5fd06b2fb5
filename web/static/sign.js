// Signing with finger, pen or mouse: the strokes of a [data-sign] box become
// the path of an SVG, in whole numbers, in the hidden field beside it.
const wide = 600;
const high = 200;
const longest = 19000; // letters the server takes, less a little

let drawing = null;

const pathOf = (box) => box.querySelector(".sign__stroke");
const fieldOf = (box) => box.querySelector("input[type=hidden]");

const put = (box, path) => {
  pathOf(box).setAttribute("d", path);
  fieldOf(box).value = path;
};

const within = (value, most) => Math.max(0, Math.min(most, Math.round(value)));

const add = (letter, { clientX, clientY }) => {
  const place = drawing.querySelector("[data-sign-pad]").getBoundingClientRect();
  const x = within(((clientX - place.left) / place.width) * wide, wide);
  const y = within(((clientY - place.top) / place.height) * high, high);
  const path = fieldOf(drawing).value;
  const next = `${letter}${x} ${y}`;
  if (path.length < longest && !path.endsWith(next.slice(1))) put(drawing, path + next);
};

document.addEventListener("pointerdown", (event) => {
  const pad = event.target.closest?.("[data-sign-pad]");
  if (!pad || event.button !== 0) return;
  event.preventDefault();
  drawing = pad.closest("[data-sign]");
  add("M", event);
});
document.addEventListener("pointermove", (event) => drawing && add("L", event));
for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => (drawing = null));
document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-sign-clear]");
  if (button) put(button.closest("[data-sign]"), "");
});
document.querySelectorAll("[data-sign]").forEach((box) => (box.hidden = false));
