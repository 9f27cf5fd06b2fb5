package app_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"teduh/internal/access"
	chrome "teduh/internal/testkit/browser"
)

// A visit is planned from a case, seen in the week and on its day, and moved; a meeting that clashes is warned of. What was
// kept and what was missed is said, and the week is taken along without a name in it.
func TestAWorkersWeek(t *testing.T) {
	for _, width := range []int64{1280, 360} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			t.Parallel()
			w, base := desks(t)
			page := w.opened(access.Worker, "Melati Kencana")
			b := desk(t, base, access.Worker, width)
			_, day := monday()
			visit := aVisit(t, b, base+page, day)
			inTheCalendar(t, b, base, day, visit)
			moved(b, base, visit, day)
			clashed(b, base, day)
			told(t, b, base+page)
			takenAlong(b, base, day)
			settled(t, b, base)
		})
	}
}

// setTo fills a field of a day or a time, whose keys differ from browser to browser.
func setTo(b *chrome.Test, name, value string) {
	b.Is(fmt.Sprintf(`(e => { e.value = %q; e.dispatchEvent(new Event("input", {bubbles: true})); return e.value === %[1]q })(document.querySelector("[name=%s]"))`, value, name))
}

// aVisit is planned for ten o'clock from the page of a case; it answers the address of the appointment.
func aVisit(t *testing.T, b *chrome.Test, page, day string) string {
	t.Helper()
	b.Go(page)
	b.Says("Belum ada janji temu yang direncanakan.")
	b.Leave("Buat janji temu")
	b.Says("Melati Kencana")
	b.Tick("Kunjungan rumah")
	setTo(b, "day", day)
	setTo(b, "clock", "10:00")
	b.Write("Lamanya", "1 jam")
	b.Write("Tempat", "Kampung Bugis")
	clean(t, b)
	b.Leave("Simpan janji temu")
	b.Says("Janji temu tersimpan.")
	b.Says("10.00–11.00")
	clean(t, b)
	address := b.Path()
	b.Go(page)
	b.Is(fmt.Sprintf(`document.querySelector("a[href='%s']") !== null`, address))
	return address
}

// inTheCalendar finds the visit in its week and on its day, by the links of the calendar.
func inTheCalendar(t *testing.T, b *chrome.Test, base, day, visit string) {
	t.Helper()
	b.Leave("Jadwal")
	b.Leave("Minggu")
	b.Is(`location.search.includes("tampilan=minggu")`)
	shown := fmt.Sprintf(`document.querySelector("main a[href='%s']")`, visit)
	b.Click("a[rel=next]")
	b.Is(shown + `?.closest("li").innerText.includes("10.00") ?? false`)
	clean(t, b)
	b.Click("a[rel=next]")
	b.Is(shown + ` === null && location.search.includes("tampilan=minggu")`)
	b.Click("a[rel=prev]")
	b.Is(shown + ` !== null`)
	b.Leave("Hari")
	b.Is(`location.search.includes("tampilan=hari")`)
	b.Go(base + "/jadwal?hari=" + day)
	b.Is(shown + `?.innerText.includes("Melati Kencana") ?? false`)
	clean(t, b)
}

// moved puts the visit to two o'clock.
func moved(b *chrome.Test, base, visit, day string) {
	b.Go(base + visit)
	b.Leave("Ubah janji temu")
	setTo(b, "clock", "14:00")
	b.Leave("Simpan perubahan")
	b.Says("Perubahan janji temu tersimpan.")
	b.Says("14.00–15.00")
	b.Says("Dipindahkan 1 kali")
	b.Go(base + "/jadwal?hari=" + day)
	b.Says("14.00–15.00")
}

// clashed plans a meeting into the visit: it is warned of, nothing typed is lost, and it is kept once that is accepted.
func clashed(b *chrome.Test, base, day string) {
	b.Go(base + "/jadwal/baru")
	b.Write("Dengan siapa atau tentang apa", "Rapat mitra")
	b.Tick("Rapat atau supervisi")
	setTo(b, "day", day)
	setTo(b, "clock", "14:30")
	b.Leave("Simpan janji temu")
	b.Forget() // the refusal is told in the console
	b.Says("worker sudah ada janji lain pukul 14.00–15.00.")
	b.Is(`document.querySelector("[name=title]").value === "Rapat mitra" && document.querySelector("[name=clock]").value === "14:30"`)
	b.Tick("Tetap simpan waktu ini")
	b.Leave("Simpan janji temu")
	b.Says("Janji temu tersimpan.")
}

// told says of one meeting of this morning that it was kept, and of another that nobody came.
func told(t *testing.T, b *chrome.Test, page string) {
	t.Helper()
	earlier := time.Now().In(time.FixedZone("WIB", 7*3600)).Add(-2 * time.Hour)
	for _, x := range []struct{ act, said, then string }{
		{"Terlaksana", "Janji temu tercatat terlaksana.", "Tulis catatan sesi"},
		{"Klien tidak datang", "Tercatat: klien tidak datang.", "Kembalikan menjadi rencana"},
	} {
		b.Go(page)
		b.Leave("Buat janji temu")
		setTo(b, "day", earlier.Format(time.DateOnly))
		setTo(b, "clock", earlier.Format("15:04"))
		b.Leave("Simpan janji temu")
		b.Forget() // it is past, which is warned of and told in the console
		b.Says("Waktu ini sudah lewat.")
		b.Tick("Tetap simpan waktu ini")
		b.Leave("Simpan janji temu")
		b.Leave(x.act)
		b.Says(x.said)
		b.Says(x.then)
		clean(t, b)
	}
}

// takenAlong reads the week that another calendar would take: it says when, and names nobody.
func takenAlong(b *chrome.Test, base, day string) {
	b.Go(base + "/jadwal?tampilan=minggu&hari=" + day)
	b.Is(`(e => e.href.endsWith(".ics?hari=" + "` + day + `") && fetch(e.href).then(a => a.text()).then(text => { window.week = text }) && true)
    ([...document.querySelectorAll("a[href]")].find(e => e.innerText.trim() === "Bawa minggu saya (.ics)"))`)
	b.Is(`(window.week ?? "").startsWith("BEGIN:VCALENDAR")`)
	start := strings.ReplaceAll(day, "-", "") + "T070000Z" // two o'clock in Jakarta
	b.Is(`window.week.match(/BEGIN:VEVENT/g).length === 2 && window.week.includes("DTSTART:` + start + `") && !window.week.includes("Melati") && !window.week.includes("Rapat mitra")`)
}
