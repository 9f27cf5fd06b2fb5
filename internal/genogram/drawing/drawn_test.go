package drawing_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"teduh/internal/genogram/drawing"
	"teduh/internal/testkit/browser"
)

// drawAnew takes the drawing out of the page, puts it in again, and tells how many milliseconds pass until it is painted: the
// message comes after the frame that the callback belongs to.
const drawAnew = `window.drawn = 0; requestAnimationFrame(() => {
  const box = document.querySelector("#box"), text = box.dataset.drawing ??= box.innerHTML;
  box.innerHTML = ""; void box.offsetHeight;
  const began = performance.now();
  box.innerHTML = text;
  requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = () => { window.drawn = performance.now() - began };
    after.port2.postMessage(0);
  });
}); true`

// BenchmarkSixtyPeopleInABrowser tells how long Chromium takes to draw a family of sixty.
func BenchmarkSixtyPeopleInABrowser(b *testing.B) {
	sheet := drawing.Draw(sixty())
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `<!doctype html><meta charset="utf-8"><title>60</title><div id="box">`)
		_ = drawing.File(sheet, drawing.Words{ID: "g", Title: "60", Who: func(p drawing.Person) string { return p.Name }}).Render(r.Context(), w)
	}))
	defer server.Close()
	tab := browser.For(b)
	tab.Go(server.URL)
	var times []float64
	for b.Loop() {
		tab.Is(drawAnew)
		tab.Is(`window.drawn > 0`)
		took, err := chromedp.Run(tab.Ctx, chromedp.Evaluate[float64](`window.drawn`))
		tab.Must(err)
		times = append(times, took)
	}
	slices.Sort(times)
	b.ReportMetric(times[len(times)/2], "drawn-ms")
	b.ReportMetric(times[len(times)*95/100], "drawn-ms-p95")
}
