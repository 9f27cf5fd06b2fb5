package app_test

import (
	"fmt"
	"testing"

	"teduh/internal/access"
	chrome "teduh/internal/testkit/browser"
)

// A head adds a question that is asked only after another answer, tries the form out, moves a question by keyboard and puts the
// form to use, without ever seeing code.
func TestAHeadBuildsAQuestion(t *testing.T) {
	for _, width := range []int64{1280, 360} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			t.Parallel()
			w, base := desks(t)
			page := w.opened(access.Worker, "Melati Kencana")
			b := desk(t, base, access.Head, width)
			b.Go(base + "/pengaturan")
			b.Leave("Formulir asesmen")
			clean(t, b)
			b.Leave("Buat rancangan")
			b.Says("Sama dengan yang dipakai sekarang.")
			clean(t, b)
			b.Leave("Tambah bagian")
			clean(t, b)
			b.Write("Kata-kata (Indonesia)", "Rumah")
			b.Write("Pertanyaan pertama (Indonesia)", "Apa yang paling disukai di rumah?")
			b.Leave("Simpan")
			b.Says("Tersimpan dalam rancangan.")
			addQuestion(t, b)
			b.Is(`document.querySelector("#b-rumah [name=up][value=siapa_pemiliknya]").focus() || true`)
			b.Must(b.Press("Enter", "\r"))
			b.Is(`[...document.querySelectorAll("#b-rumah .rows [name=up]")].map(b => b.value).join() === "siapa_pemiliknya,apa_yang_paling_disukai_di_rumah"`)
			b.Is(`location.hash === "#b-siapa_pemiliknya" && document.querySelector(":target").matches("a.rows__link")`)
			b.Leave("Urungkan perubahan terakhir")
			b.Says("Perubahan terakhir diurungkan.")
			tryOut(t, b, base)
			b.Go(base + "/pengaturan/asesmen/1")
			b.PressOn("3 perubahan dari yang dipakai sekarang")
			b.Says("Siapa pemiliknya?")
			b.Is(`(document.querySelector("#h-publish").scrollIntoView({block: "center"}), true)`)
			clean(t, b)
			b.Leave("Pakai formulir ini")
			b.Says("Formulir ini sekarang ditanyakan dalam kasus.")
			clean(t, b)
			settled(t, b, base)
			askedInACase(t, desk(t, base, access.Worker, width), base, page)
		})
	}
}

// askedInACase is the worker's side: the new question is there, waits for the other answer, and is kept.
func askedInACase(t *testing.T, b *chrome.Test, base, page string) {
	t.Helper()
	b.Go(base + page + "/asesmen")
	b.Is(`document.querySelector("[data-item=siapa_pemiliknya]").hidden`)
	b.Is(`(document.querySelectorAll("main details").forEach(d => d.open = true), true)`)
	b.Is(`(() => { const asked = [...document.querySelectorAll("[data-item]")].find(i => i.innerText.startsWith("Perlu pendamping")); asked.querySelector("[value=true]").click(); return true; })()`)
	b.Is(`!document.querySelector("[data-item=siapa_pemiliknya]").hidden`)
	b.Is(`(document.querySelector("[data-item=siapa_pemiliknya] input").click(), true)`)
	clean(t, b)
	b.Leave("Simpan asesmen")
	b.Go(base + page + "/asesmen")
	b.Is(`document.querySelector("[data-item=siapa_pemiliknya] input").checked && !document.querySelector("[data-item=siapa_pemiliknya]").hidden`)
	settled(t, b, base)
}

// addQuestion makes one with two answers and a condition picked from a list.
func addQuestion(t *testing.T, b *chrome.Test) {
	t.Helper()
	b.Is(`(document.querySelector("#b-rumah a[href*='butir-baru']").click(), true)`)
	b.Says("Kapan ditanyakan")
	b.Write("Kata-kata (Indonesia)", "Siapa pemiliknya?")
	b.Write("Jenis jawaban", "Pilih satu")
	b.Is(`(document.querySelector("[name=option_id_0]").value = "Milik sendiri", document.querySelector("[name=option_id_1]").value = "Sewa", true)`)
	b.Write("Tergantung pada jawaban", "Perlu pendamping atau juru bahasa?")
	b.Leave("Tambah syarat")
	b.Is(`document.querySelector("[name=option_id_1]").value === "Sewa" && document.querySelector("[name=answer_0]") !== null`)
	clean(t, b)
	b.Leave("Simpan")
	b.Says("Tersimpan dalam rancangan.")
	b.Is(`document.querySelector("#b-rumah").innerText.includes("Bersyarat")`)
}

// tryOut answers the question that the new one hangs on.
func tryOut(t *testing.T, b *chrome.Test, base string) {
	t.Helper()
	b.Go(base + "/pengaturan/asesmen/1/pratinjau")
	clean(t, b)
	b.Is(`document.querySelector("[data-item=siapa_pemiliknya]").hidden`)
	b.Is(`(document.querySelector("[name^=q-][value=true]") || {}).name !== undefined`)
	b.Is(`(() => { const asked = [...document.querySelectorAll("[data-item]")].find(i => i.innerText.startsWith("Perlu pendamping")); asked.querySelector("[value=true]").click(); return true; })()`)
	b.Is(`!document.querySelector("[data-item=siapa_pemiliknya]").hidden`)
	b.Leave("Lihat lagi dengan jawaban ini")
	b.Is(`!document.querySelector("[data-item=siapa_pemiliknya]").hidden`)
	b.Says("Milik sendiri")
}
