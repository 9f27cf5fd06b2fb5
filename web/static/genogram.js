// The drawings of a family and of what surrounds it: arrow keys go from one person to the nearest in that
// direction, and the drawing can be printed or kept as a picture. Without this
// script every person is a link, and the drawing can be taken along as SVG.

const middle = (link) => {
  const box = link.getBoundingClientRect();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

// The nearest link in the direction of an arrow; what lies aside counts double.
const nearest = (from, links, key) => {
  const here = middle(from);
  const along = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  let best = null;
  let least = Infinity;
  for (const link of links) {
    const { x, y } = middle(link);
    const ahead = (x - here.x) * along[0] + (y - here.y) * along[1];
    const aside = Math.abs((x - here.x) * along[1]) + Math.abs((y - here.y) * along[0]);
    if (ahead > 8 && ahead + 2 * aside < least) {
      least = ahead + 2 * aside;
      best = link;
    }
  }
  return best;
};

for (const box of document.querySelectorAll("[data-genogram]")) {
  box.addEventListener("keydown", (event) => {
    const link = event.target.closest(".who");
    if (!link || !event.key.startsWith("Arrow")) return;
    const next = nearest(link, box.querySelectorAll(".who"), event.key);
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}

// A drawing that is wider than its box begins at whom it is about.
for (const box of document.querySelectorAll(".scroll--draw")) {
  const about = box.querySelector(".p--me, .eco--c");
  if (!about || box.scrollWidth <= box.clientWidth) continue;
  const { x, width } = about.getBoundingClientRect();
  box.scrollLeft += x + width / 2 - box.getBoundingClientRect().x - box.clientWidth / 2;
}

// Paints the file on a canvas twice as large and hands it out as PNG.
const asPicture = async (address, name) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(String(answer.status));
  const text = await answer.text();
  const image = new Image();
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * 2;
  canvas.height = image.naturalHeight * 2;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const link = document.createElement("a");
  link.href = canvas.toDataURL("image/png");
  link.download = name;
  link.click();
};

for (const button of document.querySelectorAll("[data-genogram-png]")) {
  button.hidden = false;
  button.addEventListener("click", () => asPicture(button.dataset.genogramPng, button.dataset.genogramName).catch(() => location.assign(button.dataset.genogramPng)));
}

for (const button of document.querySelectorAll("[data-genogram-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
