// «Muat berikutnya» takes the next rows into the list that stands there. The
// link of [data-paged] leads to the next page; with script that page is fetched,
// the rows of its [data-items] are put below ours, a part of it headed like our
// last one ([data-group]) goes into that, and the link moves on. Readers of
// screens are told how many came, and the focus goes to the first of them. How
// far one has read is kept with the page in the browser's history, so that going
// back, and loading the page anew, shows as much again.
const most = 20; // parts that are fetched anew on coming back
const rest = 200; // ms without scrolling before the place is kept

const fetched = async (href) => {
  const answer = await fetch(href, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(answer.status);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
};

const lists = (part) => [...part.querySelectorAll("[data-items]")];
const group = (list) => list.closest("[data-group]");

// place puts the rows of one list below those we have and answers them.
const place = (list, part) => {
  const last = lists(part).at(-1);
  const rows = [...list.children];
  if (!group(list) || group(list).dataset.group === group(last).dataset.group) last.append(...rows);
  else group(last).after(group(list));
  return rows;
};

const step = (part, next) => {
  const link = part.querySelector(":scope > .next-page a");
  const further = next.querySelector(":scope > .next-page a");
  if (further) link.href = further.getAttribute("href");
  else link.parentElement.remove();
};

// append adds the next part and answers its rows; none when the page has no such list.
const append = async (part) => {
  const link = part.querySelector(":scope > .next-page a");
  const at = [...document.querySelectorAll("[data-paged]")].indexOf(part);
  const page = await fetched(link.href);
  const next = page.querySelectorAll("[data-paged]")[at];
  if (!next || lists(next).length === 0 || lists(part).length === 0) return [];
  const rows = lists(next).flatMap((list) => place(list, part));
  step(part, next);
  part.dataset.parts = Number(part.dataset.parts ?? 0) + 1;
  return rows;
};

// partsOf is how many parts were added to each list of the page.
export const partsOf = () => [...document.querySelectorAll("[data-paged]")].map((part) => Number(part.dataset.parts ?? 0));

const remember = () => {
  const parts = partsOf();
  if (parts.some((n) => n > 0)) history.replaceState({ ...history.state, parts, at: Math.round(scrollY) }, "");
};

const tell = (part, count) => {
  const told = part.querySelector(":scope > [data-paged-told]");
  const words = part.querySelector(":scope > .next-page") ? told.dataset.more : told.dataset.all;
  told.textContent = words.replace("{n}", count);
};

const focusOn = (row) => {
  const link = row.querySelector(".rows__link");
  if (!link) row.tabIndex = -1;
  (link ?? row).focus();
};

const more = async (link, part) => {
  if (part.ariaBusy === "true") return;
  part.ariaBusy = "true";
  link.classList.add("htmx-request");
  let rows = [];
  try {
    rows = await append(part);
  } catch {
    // No network, or an ended session: the page itself says so.
  }
  part.ariaBusy = "false";
  link.classList.remove("htmx-request");
  if (rows.length === 0) {
    location.assign(link.href);
    return;
  }
  tell(part, rows.length);
  focusOn(rows[0]);
  remember();
};

// again adds as many parts as there were, and goes to where one stood.
export const again = async (parts, at) => {
  const all = [...document.querySelectorAll("[data-paged]")];
  try {
    for (const [i, n] of parts.entries()) {
      for (let k = 0; k < Math.min(n, most) && all[i]?.querySelector(":scope > .next-page"); k++) await append(all[i]);
    }
  } catch {
    // What could not be fetched waits behind the link.
  }
  scrollTo(0, at);
  remember();
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-paged] > .next-page a");
  if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  more(link, link.closest("[data-paged]"));
});

let resting = 0;
addEventListener("scroll", () => {
  clearTimeout(resting);
  resting = setTimeout(remember, rest);
}, { passive: true });

if (history.state?.parts) again(history.state.parts, history.state.at);
