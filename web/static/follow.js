// A part marked data-follow shows work that goes on. It is fetched anew until it
// is gone from the page; then the page shows what became of the work.
const pause = 1000; // ms between two looks

const follow = async () => {
  const part = document.querySelector("[data-follow]");
  if (!part) return;
  try {
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.status);
    const next = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-follow]");
    if (!next) {
      location.reload();
      return;
    }
    const [bar, told] = [part.querySelector("progress"), next.querySelector("progress")];
    bar.value = told.value;
    bar.max = told.max;
    part.querySelector("progress").previousElementSibling.replaceWith(next.querySelector("progress").previousElementSibling);
  } catch {
    // The connection is gone for a while; the next look may find it again.
  }
  setTimeout(follow, pause);
};

setTimeout(follow, pause);
