package app_test

import (
	"fmt"
	"testing"

	"teduh/internal/access"
	chrome "teduh/internal/testkit/browser"
)

// A worker fills in the assessment: a question shows the moment it is asked, heavy areas are counted, a part unfolds by its link,
// and a heavy area becomes a goal.
func TestAWorkerFillsInTheAssessment(t *testing.T) {
	for _, width := range []int64{1280, 360} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			t.Parallel()
			w, base := desks(t)
			page := base + w.opened(access.Worker, "Melati Kencana") + "/asesmen"
			w.ask(access.Worker, "POST", "/api/v1/cases/"+page[len(base+"/kasus/"):len(page)-len("/asesmen")]+"/consents", `{"kind":"data","manner":"screen","read":true}`)
			b := desk(t, base, access.Worker, width)
			b.Go(page)
			clean(t, b)
			filledIn(b)
			clean(t, b)
			settled(t, b, base)
			b.Leave("Simpan asesmen")
			b.Says("Asesmen tersimpan.")
			b.Is(`document.querySelector("[name=q-pregnant_weeks]").value === "12" && !document.querySelector("[data-item=pregnant_weeks]").hidden`)
			madeGoal(b, page)
			clean(t, b)
			settled(t, b, base)
			b.Go(page + "/cetak")
			for _, said := range []string{"Usia kehamilan (minggu)", "Sangat berat", "Tidak pulang dua bulan", "Bidang yang berat atau sangat berat"} {
				b.Says(said)
			}
			clean(t, b)
			settled(t, b, base)
		})
	}
}

func filledIn(b *chrome.Test) {
	weeks := `document.querySelector("[data-item=pregnant_weeks]")`
	b.Is(weeks + `.hidden`)
	b.Is(`!document.getElementById("b-g_body").closest("details").open`)
	b.PressOn("Tubuh dan kesehatan")
	b.Is(`document.getElementById("b-g_body").closest("details").open`)
	b.TickIn("Ada yang sedang hamil?", "Tidak")
	b.TickIn("Ada yang sedang hamil?", "Ya")
	b.Is(`!` + weeks + `.hidden`)
	b.Write("Usia kehamilan (minggu)", "12")
	b.PressOn("Keluarga 0 dari")
	b.TickIn("Hubungan suami istri", "Sangat berat")
	b.Is(`!document.querySelector("[data-item=area_couple_note]").hidden`)
	b.Fill("[name=q-area_couple_note]", "Tidak pulang dua bulan")
	b.Is(`document.querySelector("[data-reckoned=heavy]").textContent.trim() === "1"`)
}

func madeGoal(b *chrome.Test, page string) {
	b.Leave("Jadikan tujuan")
	b.Says("Tujuan dibuat dari asesmen.")
	b.Says("Hubungan suami istri: Tidak pulang dua bulan")
	b.Go(page)
	b.Leave("Lihat tujuannya")
	b.Says("Hubungan suami istri: Tidak pulang dua bulan")
}
