package app_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// A worker has the same meeting open twice: the second saving shows what stands beside what was typed, and goes through once
// it was read. The head strikes it in the end.
func TestAFamilyMeetingOnItsPage(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		page := strings.Replace(w.melatisCase("worker", ""), "/api/v1/cases/", "/kasus/", 1) + "/musyawarah"
		said := url.Values{"took_part": {"Ibu\nKakak"}, "decided": {"Bergantian menjaga nenek"}, "watches": {"Kakak"}}
		w.wantPage("held", w.post("worker", page, said), 303, nil, nil)
		shown := w.ask("worker", "GET", page, "").Body.String()
		one := page + "/" + regexp.MustCompile(`musyawarah/([0-9a-f-]{36})/ubah`).FindStringSubmatch(shown)[1]
		w.wantPage("the head may strike it and not change it", w.ask("head", "GET", page, ""), 200, []string{one + "/coret"}, []string{one + "/ubah"})
		w.wantPage("the form as it stands", w.ask("worker", "GET", one+"/ubah", ""), 200,
			[]string{"Bergantian menjaga nenek", `name="version" value="1"`}, nil)
		said.Set("version", "1")
		said.Set("decided", "Nenek tinggal bersama Kakak")
		w.wantPage("changed", w.post("worker", one+"/ubah", said), 303, nil, nil)
		said.Set("decided", "Nenek tinggal bersama Ibu")
		w.wantPage("a lost race", w.post("worker", one+"/ubah", said), 409,
			[]string{"Yang tersimpan sekarang", "Nenek tinggal bersama Kakak", "Nenek tinggal bersama Ibu", `name="version" value="2"`}, nil)
		said.Set("version", "2")
		w.wantPage("after it was read", w.post("worker", one+"/ubah", said), 303, nil, nil)
		w.wantPage("struck without a reason", w.post("head", one+"/coret", url.Values{}), 422, nil, []string{"<del>"})
		w.wantPage("struck", w.post("head", one+"/coret", url.Values{"reason": {"Salah keluarga"}}), 303, nil, nil)
		w.wantPage("stays to be read", w.ask("worker", "GET", page, ""), 200,
			[]string{"<del>", "Nenek tinggal bersama Ibu", "Salah keluarga"}, []string{one + "/ubah", one + "/coret"})
		said.Set("version", "4")
		w.wantPage("changed after it was struck", w.post("worker", one+"/ubah", said), 409, []string{"sudah dicoret", "Nenek tinggal bersama Ibu"}, nil)
		w.wantPage("on the timeline", w.ask("worker", "GET", strings.TrimSuffix(page, "musyawarah")+"riwayat", ""), 200,
			[]string{"mengubah catatan musyawarah keluarga", "mencoret catatan musyawarah keluarga"}, nil)
	})
}
