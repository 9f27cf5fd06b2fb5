package ui_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"teduh/internal/i18n"
	chrome "teduh/internal/testkit/browser"
	"teduh/internal/ui"
	"teduh/web/static"
)

// policy is as strict as the one the product sends with its pages.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

// desk is a server with the pages of the style guide that remembers what it
// was sent, and answers the keeping of drafts with a status to choose.
type desk struct {
	*httptest.Server
	mu          sync.Mutex
	draftStatus int
	drafts      []string
	notes       int
	held        chan struct{} // a posted note is answered when this is closed
	taken       chan struct{} // told when a note arrives
}

func openDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{draftStatus: http.StatusNoContent, held: make(chan struct{}), taken: make(chan struct{}, 3)}
	mux := http.NewServeMux()
	mux.Handle(static.Prefix, static.Handler())
	mux.HandleFunc("GET /page/{name}/{lang}", d.page)
	mux.HandleFunc("POST /notes/draft", d.keepDraft)
	mux.HandleFunc("POST /notes", d.takeNote)
	mux.HandleFunc("GET /suggest/villages", suggestVillages)
	mux.HandleFunc("GET /alerts", sendAlert)
	d.Server = httptest.NewServer(mux)
	t.Cleanup(d.Close)
	return d
}

func (d *desk) page(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Security-Policy", policy)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	ctx := i18n.With(r.Context(), i18n.Language(r.PathValue("lang")), i18n.Jakarta)
	_ = pages[r.PathValue("name")]().Render(ctx, w)
}

func (d *desk) keepDraft(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.draftStatus == http.StatusNoContent {
		d.drafts = append(d.drafts, r.PostFormValue("text"))
	}
	w.WriteHeader(d.draftStatus)
}

func (d *desk) takeNote(w http.ResponseWriter, _ *http.Request) {
	d.mu.Lock()
	d.notes++
	d.mu.Unlock()
	d.taken <- struct{}{}
	<-d.held
	w.WriteHeader(http.StatusNoContent)
}

func (d *desk) answerDraftsWith(status int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.draftStatus = status
}

func (d *desk) kept() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]string(nil), d.drafts...)
}

func suggestVillages(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, `{"items":[{"value":"21.72.04.1002","label":"Dompak","note":"Bukit Bestari"},{"value":"21.72.04.1003","label":"Dompak <b>Lama</b>"}]}`)
}

func sendAlert(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	ctx := i18n.With(r.Context(), i18n.ID, i18n.Jakarta)
	var alert strings.Builder
	_ = ui.UrgentAlert(ui.Alert{ID: "alert-9", Title: "Permintaan segera", Href: "/requests/9", Action: "/requests/9/take", Key: "k"}).Render(ctx, &alert)
	_, _ = fmt.Fprintf(w, "event: alert\ndata: %s\n\n", strings.ReplaceAll(alert.String(), "\n", "\ndata: "))
	_ = http.NewResponseController(w).Flush()
	<-r.Context().Done()
}

// browser is the tab of the tests, with the words of these stories.
type browser struct {
	*chrome.Test
	t *testing.T
}

func openBrowser(t *testing.T) *browser {
	t.Helper()
	return &browser{chrome.For(t), t}
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	b.Must(b.Do(steps...))
}

// press presses a key as a hand does: what the page forbids does not come.
func (b *browser) press(key, text string) {
	b.t.Helper()
	b.Must(b.Press(key, text))
}

// is waits until an expression of the page is true.
func (b *browser) is(expression string) {
	b.t.Helper()
	b.Is(expression)
}

func TestPagesFitEveryScreenAndTheConsoleIsSilent(t *testing.T) {
	d, b := openDesk(t), openBrowser(t)
	for _, width := range []int64{320, 360, 768, 1280} {
		b.do(chromedp.EmulateViewport(width, 800))
		for name := range pages {
			for _, lang := range i18n.Languages {
				b.do(chromedp.Navigate(d.URL + "/page/" + name + "/" + string(lang)))
				wide, err := b.TooWide()
				if err != nil {
					t.Fatal(err)
				}
				if wide > 0 {
					t.Errorf("%s in %s at %d px is %d px too wide", name, lang, width, wide)
				}
			}
		}
	}
	if troubles := b.Troubles(); len(troubles) > 0 {
		t.Errorf("console: %v", troubles)
	}
}

func TestSlashLeadsToTheSearch(t *testing.T) {
	d, b := openDesk(t), openBrowser(t)
	b.do(chromedp.EmulateViewport(1280, 800), chromedp.Navigate(d.URL+"/page/today/id"))
	b.press("/", "/")
	b.is(`document.activeElement.id === "cari" && document.activeElement.value === ""`)
}

func TestTheSummaryOfErrorsTakesTheFocus(t *testing.T) {
	d, b := openDesk(t), openBrowser(t)
	b.do(chromedp.Navigate(d.URL + "/page/form/id"))
	b.is(`document.activeElement.matches("[data-errors]")`)
}

const noteField = "#f-text"

func TestADraftIsKeptAsOneTypes(t *testing.T) {
	d, b := openDesk(t), openBrowser(t)
	b.do(chromedp.Navigate(d.URL+"/page/case/id"), chromedp.SendKeys(noteField, "Ia takut. "))
	b.is(`sessionStorage.length === 0 && document.querySelector("[data-draft-text]").textContent !== "Draf tersimpan 08.20"`)
	if kept := d.kept(); len(kept) == 0 || kept[len(kept)-1] != "Ia takut. Melati menelepon." {
		t.Errorf("kept: %q", kept)
	}
}

func TestAnEndedSessionLosesNoText(t *testing.T) {
	d, b := openDesk(t), openBrowser(t)
	d.answerDraftsWith(http.StatusUnauthorized)
	b.do(chromedp.Navigate(d.URL+"/page/case/id"), chromedp.SendKeys(noteField, "Lalu pulang. "))
	b.is(`!document.querySelector("[data-draft-signin]").hidden && sessionStorage.length === 1`)
	d.answerDraftsWith(http.StatusNoContent)
	b.is(`window.dispatchEvent(new Event("focus")), document.querySelector("[data-draft-signin]").hidden && sessionStorage.length === 0`)
	if kept := d.kept(); len(kept) == 0 || kept[len(kept)-1] != "Lalu pulang. Melati menelepon." {
		t.Errorf("kept: %q", kept)
	}
}

func TestTextOfACrashedPageComesBack(t *testing.T) {
	d, b := openDesk(t), openBrowser(t)
	d.answerDraftsWith(http.StatusServiceUnavailable)
	b.do(chromedp.Navigate(d.URL+"/page/case/id"), chromedp.SendKeys(noteField, "Belum sampai. "))
	b.is(`document.querySelector("[data-draft-state]").dataset.draftState === "failed"`)
	b.do(chromedp.Navigate("about:blank"), chromedp.Navigate(d.URL+"/page/case/id"))
	b.is(`document.querySelector("#f-text").value === "Belum sampai. Melati menelepon."`)
	d.answerDraftsWith(http.StatusNoContent)
	b.is(`window.dispatchEvent(new Event("online")), sessionStorage.length === 0`)
}

func TestAnotherUserNeverSeesTheTextLeftBehind(t *testing.T) {
	d, b := openDesk(t), openBrowser(t)
	b.do(chromedp.Navigate(d.URL + "/page/case/id"))
	b.is(`sessionStorage.setItem("teduh-draft:/notes/draft", JSON.stringify({owner: "k2", submitted: false, fields: "text=rahasia"})), true`)
	b.do(chromedp.Navigate(d.URL + "/page/case/en"))
	b.is(`document.querySelector("#f-text").value === "Melati menelepon." && sessionStorage.length === 0`)
}

func TestAFormIsSentOnce(t *testing.T) {
	d, b := openDesk(t), openBrowser(t)
	b.do(chromedp.Navigate(d.URL + "/page/case/id"))
	b.is(`(() => { const form = document.querySelector("#catatan"); for (let i = 0; i < 3; i++) form.requestSubmit(); return form.dataset.busy === "1"; })()`)
	<-d.taken
	close(d.held)
	b.is(`performance.getEntriesByType("navigation").length === 1`)
	if d.notes != 1 {
		t.Errorf("%d notes were taken", d.notes)
	}
}

func TestTypeAheadByKeyboard(t *testing.T) {
	d, b := openDesk(t), openBrowser(t)
	b.do(chromedp.Navigate(d.URL+"/page/form/id"), chromedp.SendKeys("#f-village-name", "dom"))
	b.is(`document.querySelectorAll("[role=option]").length === 2 && !document.querySelector("[role=option] b")`)
	b.is(`document.querySelector("[data-suggest-told]").textContent.startsWith("2 pilihan")`)
	b.press("ArrowDown", "")
	b.press("Enter", "\r")
	b.is(`document.querySelector("[name=village_code]").value === "21.72.04.1002" && document.querySelector("#f-village-name").value === "Dompak"`)
	b.press("x", "x")
	b.is(`document.querySelector("[name=village_code]").value === ""`)
}

func TestAnUrgentAlertAppearsWhereverOneIs(t *testing.T) {
	d, b := openDesk(t), openBrowser(t)
	b.do(chromedp.Navigate(d.URL + "/page/today/id"))
	b.is(`document.querySelector(".alerts #alert-9") !== null && document.title.startsWith("●")`)
}

func TestMenusOpenWithoutScriptAndCloseByEscape(t *testing.T) {
	d, b := openDesk(t), openBrowser(t)
	b.do(chromedp.EmulateViewport(360, 740), chromedp.Navigate(d.URL+"/page/today/id"), chromedp.Click(".dock-menu > summary"))
	b.is(`document.querySelector(".dock-menu").open && document.querySelector(".dock-menu__panel").getBoundingClientRect().top >= 0`)
	keepScreenshot(b, "menu-360.png")
	b.press("Escape", "")
	b.is(`!document.querySelector(".dock-menu").open`)
}

func keepScreenshot(b *browser, name string) {
	folder := os.Getenv("TEDUH_STYLE_GUIDE")
	if folder == "" {
		return
	}
	picture, err := chromedp.Run(b.Ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(folder+"/"+name, picture, 0o600)
	}
	if err != nil {
		b.t.Fatal(err)
	}
}
