package browser

import (
	"encoding/json"
	"fmt"

	"github.com/chromedp/chromedp"
)

// What follows finds things as a person does: by the words on them.

// found marks the first visible element that a person would take for the one with these words; it answers what it was.
const found = `((words, kinds, field) => {
  document.querySelectorAll("[data-found]").forEach(e => e.removeAttribute("data-found"));
  const said = e => (e.innerText || e.value || e.getAttribute("aria-label") || "").replace(/\s+/g, " ").trim();
  const boxes = "[type=radio], [type=checkbox]";
  const seen = e => e.getClientRects().length > 0 && (!field || e.control && !e.control.matches(boxes));
  const all = [...document.querySelectorAll(kinds)].filter(seen);
  const one = all.find(e => said(e) === words) ?? all.find(e => said(e).startsWith(words));
  if (!one) return "";
  let target = one;
  if (one.tagName === "LABEL" && one.control) { target = one.control.matches(boxes) ? one : one.control; }
  target.setAttribute("data-found", "1");
  target.scrollIntoView({block: "center", behavior: "instant"});
  return target.tagName.toLowerCase();
})`

func (b *Test) find(words, kinds string, field bool) string {
	b.t.Helper()
	told, err := json.Marshal([]any{words, kinds, field})
	b.Must(err)
	call := fmt.Sprintf("%s(...%s)", found, told)
	b.Must(b.Wait(call + ` !== ""`))
	tag, err := chromedp.Run(b.Ctx, chromedp.Evaluate[string](call))
	b.Must(err)
	return tag
}

// PressOn presses the button, or follows the link, with these words.
func (b *Test) PressOn(words string) {
	b.t.Helper()
	b.find(words, "button, a[href], summary, [type=submit]", false)
	b.Click("[data-found]")
}

// Leave the page by the button or link with these words, and wait for the next one.
func (b *Test) Leave(words string) {
	b.t.Helper()
	b.Must(b.Wait(`(window.stillHere = true)`))
	b.PressOn(words)
	b.Is(`!window.stillHere && document.readyState === "complete"`)
}

// Write into the field with this label, instead of what stands there.
func (b *Test) Write(label, text string) {
	b.t.Helper()
	switch b.find(label, "label", true) {
	case "select":
		b.choose(text)
	default:
		b.Must(b.Wait(`(e => { e.focus(); e.select?.(); return document.activeElement === e })(document.querySelector("[data-found]"))`))
		b.Must(b.Type(text))
	}
}

func (b *Test) choose(option string) {
	b.t.Helper()
	told, err := json.Marshal(option)
	b.Must(err)
	b.Is(`(words => { const s = document.querySelector("[data-found]"); const o = [...s.options].find(o => o.text.trim().startsWith(words));
    if (!o) return false; s.value = o.value; s.dispatchEvent(new Event("change", {bubbles: true})); return true })(` + string(told) + `)`)
}

// Tick the box, radio button or chip with these words.
func (b *Test) Tick(words string) {
	b.t.Helper()
	b.find(words, "label", false)
	b.Click("[data-found]")
}

// TickIn ticks a choice within the group of choices with these words.
func (b *Test) TickIn(group, words string) {
	b.t.Helper()
	told, err := json.Marshal([]string{group, words})
	b.Must(err)
	b.Is(`(([group, words]) => {
    const set = [...document.querySelectorAll("fieldset")].find(f => f.querySelector("legend")?.innerText.trim().startsWith(group));
    const one = set && [...set.querySelectorAll("label")].find(l => l.innerText.trim() === words);
    one?.click();
    return one?.control.checked ?? false })(` + string(told) + `)`)
}

// Find what has these words; it is marked with the attribute data-found.
func (b *Test) Find(words string) {
	b.t.Helper()
	b.find(words, "button, a[href], summary, [type=submit]", false)
}

// Focused tells whether what has the focus is called by these words, and insists that the focus is seen: by a ring, or a
// shadow, of itself or of its label.
func (b *Test) Focused(words string) bool {
	b.t.Helper()
	told, err := json.Marshal(words)
	b.Must(err)
	is, err := chromedp.Run(b.Ctx, chromedp.Evaluate[string](`(words => {
    const e = document.activeElement, label = e.labels?.[0] ?? e.closest("label"), shown = [e, label].filter(Boolean);
    const name = (e.getAttribute("aria-label") || label?.innerText || e.innerText || "").trim();
    if (!name.startsWith(words)) return "";
    return shown.some(s => { const c = getComputedStyle(s); return c.outlineStyle !== "none" || c.boxShadow !== "none" }) ? "seen" : "unseen" })(`+string(told)+`)`))
	b.Must(err)
	if is == "unseen" {
		b.t.Errorf("the focus on %q is not seen", words)
	}
	return is != ""
}
