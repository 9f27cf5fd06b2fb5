package app_test

import (
	"fmt"
	"strings"
	"testing"

	"teduh/internal/access"
	chrome "teduh/internal/testkit/browser"
)

// A worker asks the PHQ-9, and weeks later lets the client answer alone on her own phone: one question at a time. Her last
// answer speaks of death; she is told where help is, and the worker sees what to do. The score has become better all the same.
func TestAMotherIsAskedHowSheIs(t *testing.T) {
	for _, width := range []int64{1280, 360} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			t.Parallel()
			w, base := desks(t)
			page := base + w.opened(access.Worker, "Melati Kencana")
			b := desk(t, base, access.Worker, width)
			askedByWorker(t, b, page)
			link := linkFor(t, b)
			phone := chrome.For(t)
			phone.Must(phone.Size(360, 740))
			answeredAlone(t, phone, base, link)
			readByWorker(t, b, page)
			settled(t, b, base)
			settled(t, phone, base)
		})
	}
}

// askedByWorker leaves two questions open first, and is told which.
func askedByWorker(t *testing.T, b *chrome.Test, page string) {
	t.Helper()
	b.Go(page + "/instrumen")
	b.Says("Belum ada hasil.")
	clean(t, b)
	b.Write("Instrumen", "PHQ-9: suasana hati dua minggu terakhir")
	b.Leave("Tanyakan sekarang")
	b.Says("belum divalidasi")
	for i, answer := range strings.Split("22221120-", "") {
		if answer != "-" {
			b.Is(fmt.Sprintf(`(document.querySelector("input[name=q-%d][value='%s']").click(), true)`, i+1, answer))
		}
	}
	b.Leave("Simpan jawaban")
	b.Says("Pertanyaan ini belum dijawab.")
	b.Forget() // what is refused answers 422, and the console says so
	clean(t, b)
	b.Is(`document.querySelector("input[name=q-1][value='2']").checked`)
	b.Is(`(document.querySelector("input[name=q-9][value='0']").click(), true)`)
	b.Leave("Simpan jawaban")
	b.Says("Jawaban tersimpan dan dinilai.")
	b.Says("Sedang")
	b.Says("Saringan, bukan diagnosis.")
	clean(t, b)
}

// linkFor makes a link and reads it from the page, the only place where it stands.
func linkFor(t *testing.T, b *chrome.Test) string {
	t.Helper()
	b.Leave("Instrumen")
	b.PressOn("Biarkan klien mengisi sendiri")
	clean(t, b)
	b.Is(`(document.querySelector("form[action$=tanya] [name=instrument]").value = "phq-9 1") === "phq-9 1"`)
	b.Leave("Mulai")
	b.Says("Tautan untuk klien")
	b.Says("Menunggu klien")
	text, err := b.Text()
	b.Must(err)
	_, rest, ok := strings.Cut(text, "/isi/")
	if !ok {
		t.Fatalf("no link on the page: %s", text)
	}
	return "/isi/" + strings.Fields(rest)[0]
}

func answeredAlone(t *testing.T, b *chrome.Test, base, link string) {
	t.Helper()
	b.Go(base + link)
	b.Says("Hanya petugas yang mendampingi Anda")
	clean(t, b)
	for i, answer := range strings.Split("110000001", "") {
		b.Is(fmt.Sprintf(`document.querySelector("input[name=q-%d]") !== null`, i+1))
		b.Is(fmt.Sprintf(`(document.querySelector("input[name=q-%d][value='%s']").click(), true)`, i+1, answer))
		b.Leave("Lanjut")
	}
	b.Is(`document.querySelector("input[name=q-difficulty]") !== null`)
	b.Leave("Lanjut")
	b.Says("Semua pertanyaan sudah selesai")
	clean(t, b)
	b.Leave("Kirim jawaban")
	b.Says("Anda tidak sendirian.")
	clean(t, b)
	b.Go(base + link)
	b.Says("Jawaban sudah dikirim.")
	b.Forget() // a link that has gone answers 410, and the console says so
}

func readByWorker(t *testing.T, b *chrome.Test, page string) {
	t.Helper()
	b.Go(page + "/instrumen")
	b.Says("Tinjau risiko sekarang.")
	b.Says("Membaik")
	b.Is(`document.querySelectorAll(".chart__point").length === 2`)
	clean(t, b)
	b.Go(page)
	b.Says("Tinjau risiko karena satu jawaban")
}

// Answers that were not sent come back to their own questions of their own case, and to no other: a tab that was left in the
// middle of one client's answers must not put them before the next client.
func TestUnsentAnswersStayWithTheirQuestions(t *testing.T) {
	t.Parallel()
	w, base := desks(t)
	hers, his := base+w.opened(access.Worker, "Melati Kencana"), base+w.opened(access.Worker, "Ramli Saodah")
	b := desk(t, base, access.Worker, 1280)
	asks := func(page, instrument string) { b.Go(page + "/instrumen/isi?language=id&instrument=" + instrument) }
	chosen := func(n int) string {
		return fmt.Sprintf(`document.querySelectorAll("input[name^=q-]:checked").length === %d`, n)
	}
	asks(hers, "phq-9+1")
	b.Is(`(document.querySelector("input[name=q-1][value='3']").click(), document.querySelector("input[name=q-2][value='2']").click(), true)`)
	b.Is(chosen(2))
	b.Is(`document.querySelector("[data-draft-state=saved]") !== null`)
	asks(hers, "gad-7+1")
	b.Is(chosen(0))
	asks(his, "phq-9+1")
	b.Is(chosen(0))
	b.Go(hers + "/instrumen")
	b.Says("Ada jawaban yang Anda catat dan belum disimpan")
	b.Is(`(sessionStorage.clear(), true)`)
	b.Leave("Lanjutkan")
	b.Is(chosen(2))
	asks(hers, "phq-9+1")
	b.Is(chosen(2))
	settled(t, b, base)
}

// A worker who hands the tablet over is signed out of it, and nothing that was typed there stays for whoever holds it.
func TestATabletIsHandedOverEmpty(t *testing.T) {
	t.Parallel()
	w, base := desks(t)
	page := base + w.opened(access.Worker, "Melati Kencana")
	b := desk(t, base, access.Worker, 360)
	b.Go(page + "/instrumen/isi?language=id&instrument=phq-9+1")
	b.Is(`(document.querySelector("input[name=q-1][value='3']").click(), true)`)
	b.Is(`Object.keys(sessionStorage).length > 0`)
	b.Go(page + "/instrumen")
	b.PressOn("Biarkan klien mengisi sendiri")
	b.Tick("Di perangkat ini")
	b.Leave("Mulai")
	b.Is(`location.pathname.startsWith("/isi/")`)
	b.Is(`Object.keys(sessionStorage).filter((key) => !key.includes("/isi/")).length === 0`)
	b.Go(page)
	b.Is(`location.pathname.startsWith("/masuk")`)
}
