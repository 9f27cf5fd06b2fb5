package app_test

import (
	"net/http"
	"net/url"
	"testing"
)

func TestEveryFactOfAPersonIsEnteredAndSeen(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		typed := url.Values{"name": {"Bunga"}, "protected": {"1"}, "real_name": {"Melati Kencana"}, "call_name": {"Bu Bunga"}, "aliases": {"Mela, Mel"},
			"sex": {"f"}, "birth_date_y": {"1990"}, "birth_date_m": {"5"}, "birth_place": {"Dabo"}, "nik": {"2172049905900001"}, "kk": {"2172041905050001"},
			"phone_0": {"0800-0000-1234"}, "call_0": {"1"}, "hours_0": {"sesudah magrib"}, "phone_1": {"0800-0000-9999"}, "message_1": {"1"},
			"village": {"21.72.04.1002"}, "rt": {"03"}, "rw": {"07"}, "street": {"Jalan Sultan 4"}, "landmark": {"belakang surau"},
			"religion": {"islam"}, "marital": {"separated"}, "education": {"junior"}, "work": {"penjahit"}, "disability": {"kursi roda"}, "languages": {"Melayu"},
			"welfare_status": {"desil 2"}, "aid": {"PKH"}, "emergency": {"Halimah, ibu"}, "died_on_d": {"31"}, "died_on_m": {"2"}, "died_on_y": {"2026"}}
		w.wantPage("a day that does not exist loses nothing", w.post("intake", "/orang/baru", typed), 422,
			[]string{"Melati Kencana", "sesudah magrib", "belakang surau", "kursi roda", "desil 2", `value="1990"`, `value="31"`}, nil)
		for _, part := range []string{"d", "m", "y"} {
			typed.Del("died_on_" + part)
		}
		kept := w.post("intake", "/orang/baru", typed)
		page := kept.Header().Get("Location")
		if kept.Code != http.StatusSeeOther {
			t.Fatalf("%d", kept.Code)
		}
		facts := []string{"Bunga", "(nama samaran)", "Melati Kencana", "Bu Bunga", "Mela, Mel", "Perempuan", "Mei 1990", "Dabo", "2172049905900001", "2172041905050001",
			"0800-0000-1234", "sesudah magrib", "jangan ditelepon, boleh ditinggali pesan", "Dompak", "03/07", "Jalan Sultan 4", "belakang surau",
			"Islam", "Pisah", "SMP", "penjahit", "kursi roda", "Melayu", "desil 2", "PKH", "Halimah, ibu", "NIK ini rekaan"}
		w.wantPage("the page", w.ask("supervisor", "GET", page, ""), 200, facts, []string{"Siapa yang membaca"})
		w.wantPage("the head sees who read", w.ask("head", "GET", page, ""), 200, []string{"Siapa yang membaca"}, nil)
		w.wantPage("the form holds it all", w.ask("worker", "GET", page+"/ubah", ""), 200,
			[]string{"Melati Kencana", "sesudah magrib", "belakang surau", "kursi roda", "desil 2", `value="1990"`}, nil)
		typed.Set("version", "1")
		typed.Set("village", "")
		typed.Set("elsewhere", "Sungai Enam")
		typed.Set("elsewhere_code", "21.01.06.1011")
		if changed := w.post("worker", page+"/ubah", typed); changed.Code != http.StatusSeeOther {
			w.wantPage("a village elsewhere", changed, 303, nil, nil)
		}
		w.wantPage("lost race", w.post("worker", page+"/ubah", typed), 409, []string{"Melati Kencana", "Yang tersimpan sekarang"}, nil)
	})
}

func TestAGuessedAgeAndAYearAloneAreKeptAsWhatTheyAre(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		for story, x := range map[string]struct {
			typed url.Values
			want  string
		}{
			"a year": {url.Values{"birth_date_y": {"1984"}}, `"birth_precision":"year"`},
			"an age": {url.Values{"age": {"40"}}, `"birth_precision":"estimate"`},
			"a day":  {url.Values{"birth_date_d": {"1"}, "birth_date_m": {"5"}, "birth_date_y": {"1990"}}, `"birth_precision":"day"`},
		} {
			x.typed.Set("name", "Orang "+story)
			kept := w.post("intake", "/orang/baru", x.typed)
			w.wantPage(story, w.ask("intake", "GET", "/api/v1/people/"+kept.Header().Get("Location")[len("/orang/"):], ""), 200, []string{x.want}, nil)
		}
		w.wantPage("no age", w.post("intake", "/orang/baru", url.Values{"name": {"X"}, "age": {"dua"}}), 422, []string{`value="dua"`}, nil)
		w.wantPage("no village", w.post("intake", "/orang/baru", url.Values{"name": {"X"}, "elsewhere": {"Zzzyx"}}), 422, []string{`value="Zzzyx"`}, nil)
	})
}
