package app_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// A worker writes a goal, mistypes a step, changes the goal twice at once, and prints the plan for the family.
func TestAPlanOnItsPage(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		opened := strings.Replace(w.melatisCase("worker", ""), "/api/v1/cases/", "/kasus/", 1)
		page := opened + "/rencana"
		goal := url.Values{"aim": {"overcome"}, "words": {"Tidur nyenyak"}, "measure": {"Malam tanpa mimpi buruk"}, "baseline": {"Dua malam"}, "target": {"Lima malam"},
			"level_p2": {"Setiap malam"}, "what": {"Lampu dinyalakan"}, "who": {"Ibu"}, "due_d": {"1"}, "due_m": {"12"}, "due_y": {"2026"}}
		w.wantPage("written", w.post("worker", opened+"/tujuan", goal), 303, nil, nil)
		one := opened + regexp.MustCompile(`/tujuan/[0-9a-f-]{36}`).FindString(w.ask("worker", "GET", page, "").Body.String())
		refused := w.post("worker", one+"/langkah", url.Values{"step_what": {"Kakak membacakan cerita"}, "step_who": {"Kakak"}, "step_due_d": {"31"}, "step_due_m": {"2"}, "step_due_y": {"2027"}})
		w.wantPage("a day that does not exist", refused, 422, []string{`id="f-step-what" name="step_what" type="text" value="Kakak membacakan cerita"`}, nil)
		if n := strings.Count(refused.Body.String(), "Kakak membacakan cerita"); n != 1 {
			t.Errorf("what was typed into the step stands in %d places", n)
		}
		w.wantPage("the goal as it stands", w.ask("worker", "GET", one+"/ubah", ""), 200, []string{"Dua malam", "Setiap malam", `name="version" value="1"`}, nil)
		goal.Set("version", "1")
		goal.Set("reason", "Ibu memilih angka lain")
		goal.Set("target", "Empat malam")
		w.wantPage("changed", w.post("worker", one+"/ubah", goal), 303, nil, nil)
		goal.Set("target", "Enam malam")
		lost := w.post("head", one+"/ubah", goal)
		w.wantPage("a lost race", lost, 409, []string{"Yang tersimpan sekarang", "Empat malam", "Enam malam", `name="version" value="2"`}, nil)
		goal.Set("version", "2")
		w.wantPage("after it was read", w.post("head", one+"/ubah", goal), 303, nil, nil)
		w.wantPage("for the family", w.ask("worker", "GET", page+"/cetak", ""), 200, []string{"Rencana kita bersama", "Tidur nyenyak", "Enam malam", "Lampu dinyalakan", "1 Desember 2026"},
			[]string{"Ibu memilih angka lain", "Malam tanpa mimpi buruk"})
		w.wantPage("nothing agreed", w.post("worker", opened+"/sepakat", url.Values{"manner": {"screen"}}), 422, []string{"Centang bahwa klien setuju"}, nil)
		body, kind := signedPaper(t, url.Values{"manner": {"paper"}, "signer": {"Ibu Melati"}})
		w.wantPage("on paper, photographed", w.ask("worker", "POST", opened+"/sepakat", body, "Content-Type", kind), 303, nil, nil)
		w.wantPage("kept with the photograph", w.ask("worker", "GET", page, ""), 200, []string{"Ibu Melati", "Lihat kertasnya", opened + "/berkas/"}, nil)
		w.wantPage("given up without a reason", w.post("worker", one+"/batal", url.Values{"version": {"4"}}), 422, []string{`id="f-drop-reason"`}, nil)
		w.wantPage("given up", w.post("worker", one+"/batal", url.Values{"version": {"4"}, "drop_reason": {"Ibu sudah tenang"}}), 303, nil, nil)
		w.wantPage("stays to be read", w.ask("worker", "GET", page, ""), 200, []string{"Tujuan yang dihentikan", "Ibu sudah tenang"}, nil)
		w.wantPage("on the timeline", w.ask("worker", "GET", opened+"/riwayat", ""), 200, []string{"mengubah tujuan", "menghentikan tujuan", "menyepakati rencana"}, nil)
	})
}
