// Urgent alerts, wherever one is in the app. One tab holds the connection and
// tells the others: a browser keeps only six connections to a host. The server
// sends «alert» events (the HTML of one alert, whose element has an id) and
// «gone» events (such an id); on connecting it sends all that still stand.
const region = document.querySelector("[data-alerts]");
const channel = new BroadcastChannel("teduh-alerts");
const standing = new Map();
const retryAfter = 15000; // ms
const title = document.title;

const mark = () => {
  document.title = region.childElementCount > 0 ? `● ${title}` : title;
};

const show = ({ id, html }) => {
  const old = document.getElementById(id);
  if (html === undefined) {
    old?.remove();
  } else if (!old) {
    region.insertAdjacentHTML("afterbegin", html);
  } else if (old.outerHTML !== html) {
    old.outerHTML = html;
  }
  mark();
};

const publish = (message) => {
  if (message.html === undefined) standing.delete(message.id);
  else standing.set(message.id, message.html);
  show(message);
  channel.postMessage(message);
};

const idOf = (html) => {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild?.id;
};

const listen = () => {
  const source = new EventSource(region.dataset.alerts);
  source.addEventListener("alert", ({ data }) => {
    const id = idOf(data);
    if (id) publish({ id, html: data.trim() });
  });
  source.addEventListener("gone", ({ data }) => publish({ id: data.trim() }));
  source.addEventListener("error", () => {
    // A refused connection is not tried again by the browser itself.
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, retryAfter);
  });
};

if (region) {
  channel.addEventListener("message", ({ data }) => {
    if (data.hello) standing.forEach((html, id) => channel.postMessage({ id, html }));
    else show(data);
  });
  channel.postMessage({ hello: true });
  if (navigator.locks) navigator.locks.request("teduh-alerts", () => new Promise(listen));
  else listen();
}
