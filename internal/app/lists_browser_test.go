package app_test

import (
	"fmt"
	"testing"

	"teduh/internal/access"
	chrome "teduh/internal/testkit/browser"
)

// rows is how many rows a list of cases shows.
const rows = `document.querySelectorAll("tbody tr").length`

// A long list is read on in place: the focus goes to the first new row, and coming back from a case, by the browser or by the
// crumbs, the list stands where it was left.
func TestALongListIsReadOnInPlace(t *testing.T) {
	for _, width := range []int64{1280, 360} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			t.Parallel()
			w, base := desks(t)
			for i := range 120 {
				w.opened(access.Worker, fmt.Sprintf("Klien %c%c Sama", 'A'+i/26, 'A'+i%26))
			}
			b := desk(t, base, access.Worker, width)
			b.Go(base + "/kasus")
			b.Is(rows + " === 50 && (window.stays = true)")
			b.Find("Muat berikutnya")
			b.Must(b.Wait(`(e => { e.focus(); return document.activeElement === e })(document.querySelector("[data-found]"))`))
			b.Must(b.Press("Enter", "\r"))
			b.Is(rows + ` === 100 && window.stays && document.activeElement === document.querySelectorAll("tbody tr .rows__link")[50]`)
			b.Is(`document.querySelector("[data-paged-told]").textContent === "Ditambahkan: 50"`)
			b.PressOn("Muat berikutnya")
			b.Is(rows + ` === 120 && window.stays && document.querySelector(".next-page") === null`)
			b.Is(`document.querySelector("[data-paged-told]").textContent === "Ditambahkan: 20. Semuanya sudah tampil."`)
			b.Is(`new Set([...document.querySelectorAll("tbody tr .rows__link")].map(a => a.href)).size === 120`)
			clean(t, b)
			intoACase(b)
			b.Must(b.Wait(`(history.back(), true)`))
			comesBack(b)
			b.Must(b.Wait(`(window.anew = false, location.reload(), true)`))
			b.Is(`window.anew === undefined`)
			comesBack(b)
			intoACase(b)
			b.Click(".crumbs a")
			comesBack(b)
			settled(t, b, base)
		})
	}
}

// intoACase opens the case of the 105th row.
func intoACase(b *chrome.Test) {
	b.Is(`(document.querySelectorAll("tbody tr .rows__link")[104].scrollIntoView({block: "center", behavior: "instant"}), true)`)
	b.Is(`history.state.at === Math.round(scrollY) && scrollY > 0`)
	b.Is(`(document.querySelectorAll("tbody tr .rows__link")[104].click(), true)`)
	b.Is(`document.querySelector(".crumbs") !== null && document.readyState === "complete"`)
}

// comesBack insists that the list is as long as it was, and its 105th row is in view.
func comesBack(b *chrome.Test) {
	b.Is(`location.pathname === "/kasus" && ` + rows + ` === 120`)
	b.Is(`(r => r.top >= 0 && r.bottom <= innerHeight)(document.querySelectorAll("tbody tr .rows__link")[104].getBoundingClientRect())`)
}

// clean insists that axe finds nothing on the page.
func clean(t *testing.T, b *chrome.Test) {
	t.Helper()
	found, err := b.Axe()
	b.Must(err)
	for _, f := range found {
		t.Errorf("%s: %s %v", f.ID, f.Help, f.Nodes)
	}
}

// The history goes on below its days: what happened on a day that stands there already goes under it.
func TestTheHistoryOfACaseIsReadOnInPlace(t *testing.T) {
	t.Parallel()
	w, base := desks(t)
	page := w.opened(access.Worker, "Melati Kencana")
	for i := range 70 {
		w.ask(access.Worker, "POST", "/api/v1"+"/cases/"+page[len("/kasus/"):]+"/notes", fmt.Sprintf(`{"kind":"phone","text":"Telepon ke-%d","sign":true}`, i+1))
	}
	b := desk(t, base, access.Worker, 1280)
	b.Go(base + page + "/riwayat")
	b.Is(`(window.before = document.querySelectorAll(".timeline > li").length) > 20 && (window.stays = true)`)
	b.PressOn("Muat berikutnya")
	b.Is(`window.stays && document.querySelectorAll(".timeline > li").length > window.before`)
	b.Is(`document.activeElement === document.querySelectorAll(".timeline > li")[window.before]`)
	b.Is(`new Set([...document.querySelectorAll(".timeline__day")].map(e => e.textContent)).size === document.querySelectorAll(".timeline__day").length`)
	b.Go(base + page)
	b.Is(`document.querySelectorAll(".timeline > li").length === 20 && (window.stays = true)`)
	b.PressOn("Muat berikutnya")
	b.Is(`window.stays && document.querySelectorAll(".timeline > li").length === 40`)
	b.Says("Telepon ke-31")
	settled(t, b, base)
}

// A list that can't be fetched, because the session has ended, leads to the sign-in as any link does.
func TestReadingOnAfterTheSessionEnded(t *testing.T) {
	t.Parallel()
	w, base := desks(t)
	for i := range 51 {
		w.opened(access.Worker, fmt.Sprintf("Klien %c%c Sama", 'A'+i/26, 'A'+i%26))
	}
	b := desk(t, base, access.Worker, 1280)
	b.Go(base + "/kasus")
	ended(t, w, access.Worker)
	b.PressOn("Muat berikutnya")
	b.Is(`location.pathname === "/masuk"`)
}

// A worker keeps a view of new cases with fewer columns, opens it again from the list, and reads on within it.
func TestAViewOfCasesIsKeptAndOpenedAgain(t *testing.T) {
	for _, width := range []int64{1280, 360} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			t.Parallel()
			w, base := desks(t)
			for i := range 60 {
				w.opened(access.Worker, fmt.Sprintf("Klien %c%c Sama", 'A'+i/26, 'A'+i%26))
			}
			b := desk(t, base, access.Worker, width)
			b.Go(base + "/kasus")
			b.PressOn("Saring lebih lanjut")
			b.Write("Tahap", "Penjangkauan")
			b.Leave("Terapkan")
			b.PressOn("Kolom")
			b.Is(`[...document.querySelectorAll("thead th")].some(h => h.textContent === "Kategori")`)
			b.Tick("Kategori")
			b.Leave("Tampilkan")
			b.Is(`![...document.querySelectorAll("thead th")].some(h => h.textContent === "Kategori") && location.search.includes("tahap=outreach")`)
			b.PressOn("Tampilan saya")
			b.Write("Nama tampilan", "Baru masuk")
			b.Leave("Simpan tampilan")
			b.Go(base + "/kasus?status=closed&milik=semua")
			b.Is(rows + " === 0")
			b.Leave("Baru masuk")
			b.Is(`location.search.includes("tahap=outreach") && ` + rows + ` === 50`)
			b.PressOn("Muat berikutnya")
			b.Is(rows + ` === 60 && [...document.querySelectorAll("tbody tr")].every(r => r.children.length === document.querySelectorAll("thead th").length)`)
			clean(t, b)
			b.Go(base + "/kasus?status=open")
			b.PressOn("Tampilan saya")
			b.Leave("Hapus")
			b.Is(`![...document.querySelectorAll(".chip")].some(c => c.innerText.includes("Baru masuk"))`)
			settled(t, b, base)
		})
	}
}
