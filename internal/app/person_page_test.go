package app_test

import (
	"net/http"
	"net/url"
	"regexp"
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
			"a year":                {url.Values{"birth_date_y": {"1984"}}, `"birth_precision":"year"`},
			"an age":                {url.Values{"age": {"40"}}, `"birth_precision":"estimate"`},
			"a day":                 {url.Values{"birth_date_d": {"1"}, "birth_date_m": {"5"}, "birth_date_y": {"1990"}}, `"birth_precision":"day"`},
			"died in a year":        {url.Values{"died_on_y": {"2019"}}, `"died_precision":"year"`},
			"died in a month":       {url.Values{"died_on_m": {"3"}, "died_on_y": {"2019"}}, `"died_on":"2019-03-01","died_precision":"month"`},
			"died, nobody knows":    {url.Values{"died": {"1"}}, `"died_on":null,"died_precision":"unknown"`},
			"died as a small child": {url.Values{"birth_date_d": {"1"}, "birth_date_m": {"5"}, "birth_date_y": {"1990"}, "died_on_y": {"1990"}}, `"died_precision":"year"`},
		} {
			x.typed.Set("name", "Orang "+story)
			kept := w.post("intake", "/orang/baru", x.typed)
			w.wantPage(story, w.ask("intake", "GET", "/api/v1/people/"+kept.Header().Get("Location")[len("/orang/"):], ""), 200, []string{x.want}, nil)
		}
		w.wantPage("no age", w.post("intake", "/orang/baru", url.Values{"name": {"X"}, "age": {"dua"}}), 422, []string{`value="dua"`}, nil)
		w.wantPage("dead before birth", w.post("intake", "/orang/baru", url.Values{"name": {"X"}, "birth_date_y": {"1990"}, "died_on_y": {"1989"}}), 422, []string{`value="1989"`, "sesudah lahir"}, nil)
		w.wantPage("no year of death", w.post("intake", "/orang/baru", url.Values{"name": {"X"}, "died_on_m": {"2"}}), 422, nil, nil)
		w.wantPage("no village", w.post("intake", "/orang/baru", url.Values{"name": {"X"}, "elsewhere": {"Zzzyx"}}), 422, []string{`value="Zzzyx"`}, nil)
	})
}

func TestTwoRecordsAreMergedAndMadeTwoAgainOnThePage(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		kept := w.person(`{"name":"Siti Aminah","work":"penjahit","birth_date":"1984-03-12"}`)
		gone := w.person(`{"name":"Sitti Aminah","work":"guru","aid":"PKH","birth_date":"1984-03-12","accept_duplicates":true}`)
		w.wantPage("the twin is offered", w.ask("worker", "GET", "/orang/"+kept+"/gabung", ""), 200, []string{gone}, nil)
		w.wantPage("each fact is chosen", w.ask("worker", "GET", "/orang/"+kept+"/gabung?dengan="+gone, ""), 200,
			[]string{"penjahit", "guru", "PKH", "tidak diketahui"}, []string{"take_birth_date"})
		typed := url.Values{"act": {"merge"}, "other": {gone}, "version": {"1"}, "other_version": {"2"}, "take_aid": {"gone"}, "take_work": {"kept"}}
		w.wantPage("a lost race", w.post("worker", "/orang/"+kept+"/gabung", typed), 409, []string{"PKH"}, nil)
		typed.Set("other_version", "1")
		if done := w.post("worker", "/orang/"+kept+"/gabung", typed); done.Code != http.StatusSeeOther {
			w.wantPage("merged", done, 303, nil, nil)
		}
		page := w.ask("worker", "GET", "/orang/"+gone, "")
		w.wantPage("either address leads to the one", page, 200, []string{"PKH", "penjahit", "Digabung dari"}, []string{"guru"})
		w.wantPage("one is left", w.ask("worker", "GET", "/api/v1/people?total=true", ""), 200, []string{`"total":1`}, nil)
		back := regexp.MustCompile(`/orang/[0-9a-f-]{36}/pisah/[0-9a-f-]{36}`).FindString(page.Body.String())
		w.post("worker", back, url.Values{})
		w.wantPage("two again", w.ask("worker", "GET", "/orang/"+gone, ""), 200, []string{"guru", "PKH"}, []string{"penjahit"})
		w.wantPage("and the kept as it was", w.ask("worker", "GET", "/orang/"+kept, ""), 200, []string{"penjahit"}, []string{"PKH", "Digabung dari"})
	})
}

func TestASafetyMarkIsSetAndEndedOnThePage(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		id := w.person(`{"name":"Darwis"}`)
		w.wantPage("none chosen", w.post("worker", "/orang/"+id+"/tanda", url.Values{}), 422, []string{"Pilih tanda"}, nil)
		w.post("intake", "/orang/"+id+"/tanda", url.Values{"kind": {"weapon"}})
		page := w.ask("worker", "GET", "/orang/"+id, "")
		w.wantPage("beside the name in the list", w.ask("worker", "GET", "/keluarga?q=darwis", ""), 200, []string{"Ada senjata"}, nil)
		w.wantPage("not for the supervisor", w.ask("supervisor", "GET", "/orang/"+id, ""), 200, nil, []string{"Ada senjata"})
		made := w.ask("worker", "POST", "/api/v1/cases", `{"client":{"kind":"individual","person_id":"`+id+`"},"categories":["25"]}`)
		w.wantPage("in the head of the case", w.ask("worker", "GET", "/kasus/"+made.JSON["id"].(string), ""), 200, []string{"Ada senjata"}, nil)
		end := regexp.MustCompile(`/orang/[0-9a-f-]{36}/tanda/[0-9a-f-]{36}/akhiri`).FindString(page.Body.String())
		w.post("worker", end, url.Values{})
		w.wantPage("ended", w.ask("worker", "GET", "/keluarga?q=darwis", ""), 200, nil, []string{"Ada senjata"})
	})
}
