import { again, partsOf } from "./more.js";

// A list remembers where one was. [data-list="/kasus"] keeps its address with
// the filters, how many parts were loaded, and how far one had read; the way back to the list from one of
// its things (the crumbs) leads there again. It is kept for the tab alone and
// goes with the sign-out.
const key = (list) => `teduh-list:${document.body.dataset.user}:${list}`;

const remembered = (list) => {
  try {
    return JSON.parse(sessionStorage.getItem(key(list)));
  } catch {
    return null;
  }
};

const list = document.querySelector("[data-list]");

if (list) {
  const here = location.pathname + location.search;
  const before = remembered(list.dataset.list);
  const keep = (back) => sessionStorage.setItem(key(list.dataset.list),
    JSON.stringify({ address: here, at: Math.round(scrollY), parts: partsOf(), back }));
  if (before?.back && before.address === here) again(before.parts ?? [], before.at);
  keep(false);
  addEventListener("pagehide", () => { if (sessionStorage.getItem(key(list.dataset.list)) !== null) keep(false); });
}

document.querySelectorAll(".crumbs a[href]").forEach((link) => {
  const before = remembered(link.getAttribute("href"));
  if (!before) return;
  const of = link.getAttribute("href");
  link.href = before.address;
  link.addEventListener("click", () => sessionStorage.setItem(key(of), JSON.stringify({ ...before, back: true })));
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-sign-out]")) return;
  Object.keys(sessionStorage).filter((k) => k.startsWith("teduh-list:")).forEach((k) => sessionStorage.removeItem(k));
});
