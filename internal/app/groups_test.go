package app_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"teduh/internal/access"
	chrome "teduh/internal/testkit/browser"
)

// remaja opens a case of a youth group by the API.
func (w *world) remaja() string {
	w.t.Helper()
	got := w.ask("worker", "POST", "/api/v1/cases", `{"client":{"kind":"group","client_id":"`+w.group()+`"}}`)
	if got.Code != 201 {
		w.t.Fatalf("%d %s", got.Code, got.Body)
	}
	return got.Header().Get("Location")
}

// A program keeps a group's members and sessions and marks who came; every answer is as the document says.
func TestGroupsByJSON(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		base := w.remaja()
		ask := func(status int, method, path, body string, headers ...string) answer {
			t.Helper()
			got := w.ask("worker", method, path, body, headers...)
			if got.Code != status {
				t.Fatalf("%s %s: %d %s, want %d", method, path, got.Code, got.Body, status)
			}
			w.fits(method, path, body, got.ResponseRecorder)
			return got
		}
		arif := ask(201, "POST", base+"/members", `{"name":"Arif","joined_on":"2026-01-05"}`).JSON["id"].(string)
		bunga := ask(201, "POST", base+"/members", `{"person_id":"`+w.person(`{"name":"Bunga Lestari"}`)+`","joined_on":"2026-01-12"}`).JSON["id"].(string)
		ask(422, "POST", base+"/members", `{"person_id":"7"}`)
		ask(422, "POST", base+"/members", `{}`)
		held := ask(201, "POST", base+"/sessions", `{"held_at":"2026-01-06T02:00:00Z","minutes":90,"theme":"Berteman","place":"Balai RT"}`)
		one := held.Header().Get("Location")
		if !strings.HasSuffix(one, "/sessions/"+held.JSON["id"].(string)) || held.Header().Get("ETag") != `"1"` {
			t.Errorf("%v", held.Header())
		}
		ask(422, "POST", base+"/sessions", `{"held_at":"2026-01-06T02:00:00Z","theme":"x","led_by":"nobody@example.org"}`)
		ahead := ask(201, "POST", base+"/sessions", `{"held_at":"`+time.Now().Add(48*time.Hour).UTC().Format(time.RFC3339)+`","theme":"Nanti"}`).Header().Get("Location")
		mark := func(member, state string) string {
			return fmt.Sprintf(`{"marks":[{"member_id":%q,"state":%s}]}`, member, state)
		}
		ask(409, "POST", ahead+"/attendance", mark(arif, `"present"`))
		if got := ask(200, "POST", one+"/attendance", mark(arif, `"late"`)); got.JSON["came"] != 1.0 || got.JSON["marked"] != 1.0 {
			t.Errorf("%s", got.Body)
		}
		for _, body := range []string{mark(bunga, `"present"`), mark(arif, `"asleep"`), mark("7", `"late"`), mark(held.JSON["id"].(string), `"late"`)} {
			ask(422, "POST", one+"/attendance", body)
		}
		ask(200, "POST", one+"/attendance", mark(arif, `null`))
		ask(200, "POST", one+"/attendance", `{"rest_present":true}`)
		ask(428, "PATCH", one, `{"place":"Aula"}`)
		if got := ask(200, "PATCH", one, `{"place":"Aula","minutes":60,"held_at":"2026-01-07T02:00:00Z"}`, "If-Match", `"1"`); got.JSON["theme"] != "Berteman" || got.JSON["place"] != "Aula" {
			t.Errorf("%s", got.Body)
		}
		ask(412, "PATCH", one, `{"place":"Aula"}`, "If-Match", `"1"`)
		list := ask(200, "GET", base+"/sessions?limit=1", "")
		if next, ok := list.JSON["next"].(string); !ok || len(ask(200, "GET", base+"/sessions?limit=1&cursor="+url.QueryEscape(next), "").JSON["items"].([]any)) != 1 {
			t.Errorf("%s", list.Body)
		}
		ask(422, "GET", base+"/sessions?cursor=x", "")
		ask(200, "POST", base+"/members/"+bunga+"/leave", `{"left_on":"2026-02-01"}`)
		ask(422, "POST", base+"/members/"+bunga+"/leave", `{"left_on":"2025-02-01"}`)
		if members := ask(200, "GET", base+"/members", ""); len(members.JSON["items"].([]any)) != 2 || !strings.Contains(members.Body.String(), `"left_on":"2026-02-01"`) {
			t.Errorf("%s", members.Body)
		}
		note := ask(201, "POST", base+"/notes", `{"kind":"group","text":"Arif bercerita","member":"`+arif+`","sign":true}`)
		if who := note.JSON["member"].(map[string]any); who["name"] != "Arif" {
			t.Errorf("%s", note.Body)
		}
		ask(422, "POST", base+"/notes", `{"kind":"group","text":"x","member":"7"}`)
		if shared := ask(200, "GET", base+"/notes?shared=true", ""); strings.Contains(shared.Body.String(), "Arif bercerita") {
			t.Errorf("%s", shared.Body)
		}
		ask(200, "GET", base+"/notes?member="+arif, "")
		ask(403, "POST", base+"/notes", `{"kind":"psychological","text":"x"}`)
		ask(422, "POST", one+"/cancel", `{"reason":""}`)
		if got := ask(200, "POST", one+"/cancel", `{"reason":"Hujan lebat"}`); got.JSON["cancelled_at"] == nil {
			t.Errorf("%s", got.Body)
		}
		ask(409, "POST", one+"/attendance", `{"rest_present":true}`)
		ask(404, "GET", w.melatisCase("worker", "")+"/sessions/"+held.JSON["id"].(string), "")
		own := w.ask("psychologist", "POST", "/api/v1/cases", `{"client":{"kind":"individual","person_id":"`+w.person(`{"name":"Arif Klien"}`)+`"}}`).Header().Get("Location")
		clinical := w.ask("psychologist", "POST", own+"/notes", `{"kind":"psychological","text":"Wawancara","named":["worker@example.org"],"sign":true}`)
		w.fits("POST", own+"/notes", "", clinical.ResponseRecorder)
		if clinical.Code != 201 || !strings.Contains(clinical.Body.String(), `"named":[{"id":`) {
			t.Errorf("%d %s", clinical.Code, clinical.Body)
		}
	})
}

// Answers that were lost are made again: members, sessions, and who came.
func TestWhatStandsOfAGroupAnswersAgain(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		base, n := w.remaja(), 0
		twice := func(method, path, body string, match ...string) answer {
			t.Helper()
			n++
			headers := append([]string{"Idempotency-Key", fmt.Sprint("kelompok ", n)}, match...)
			first := w.ask("worker", method, path, body, headers...)
			w.answersLost()
			again := w.ask("worker", method, path, body, headers...)
			if first.Code >= 300 || again.Code != first.Code || again.Body.String() != first.Body.String() || again.Header().Get("Location") != first.Header().Get("Location") {
				t.Fatalf("%s %s:\n%d %s\nfirst\n%d %s", method, path, again.Code, again.Body, first.Code, first.Body)
			}
			return first
		}
		member := twice("POST", base+"/members", `{"name":"Arif","joined_on":"2026-01-05"}`).JSON["id"].(string)
		one := twice("POST", base+"/sessions", `{"held_at":"2026-01-06T02:00:00Z","theme":"Berteman"}`).Header().Get("Location")
		twice("PATCH", one, `{"place":"Aula"}`, "If-Match", `"1"`)
		twice("POST", one+"/attendance", `{"rest_present":true}`)
		twice("POST", base+"/members/"+member+"/leave", `{"left_on":"2026-02-01"}`)
		twice("POST", one+"/cancel", `{"reason":"Salah catat"}`)
		if items := w.ask("worker", "GET", base+"/members", "").JSON["items"].([]any); len(items) != 1 {
			t.Errorf("%d members", len(items))
		}
	})
}

// A worker gathers a group, marks who came by tapping, by keyboard and as a whole column, and writes for all and for one.
func TestAGroupMeets(t *testing.T) {
	for _, width := range []int64{1280, 360} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			t.Parallel()
			w, base := desks(t)
			page := base + strings.Replace(w.remaja(), "/api/v1/cases", "/kasus", 1) + "/kelompok"
			b := desk(t, base, access.Worker, width)
			b.Go(page)
			b.Says("Belum ada sesi.")
			clean(t, b)
			for _, name := range []string{"Arif", "Bunga", "Citra"} {
				if name != "Arif" {
					b.PressOn("Tambah anggota")
				}
				b.Write("Nama anggota", name)
				write3(b, "joined_on", "5", "1", "2026")
				b.Leave("Tambahkan")
				b.Says("Anggota tersimpan.")
			}
			b.Write("Tema", "Berteman")
			write3(b, "held", "6", "1", "2026")
			b.Write("Jam mulai", "09.00")
			b.Leave("Simpan sesi")
			b.Says("Sesi tersimpan.")
			clean(t, b)
			b.Go(page)
			if width > 1000 {
				tapped(t, b)
			} else {
				toggled(t, b)
			}
			clean(t, b)
			settled(t, b, base)
			b.Go(page)
			b.Says("2 dari 3")
			b.Leave("Berteman")
			b.Write("Jalannya sesi", "Kelompok bermain peran")
			b.Leave("Simpan dan tandatangani")
			b.Says("Kelompok bermain peran")
			b.Leave("Catatan untuk anggota ini")
			b.Write("Tentang Arif", "Arif menangis")
			b.Is(`(document.querySelector("#utas [name=act][value=sign]").click(), true)`)
			b.Is(`document.body.innerText.includes("Arif menangis")`)
			clean(t, b)
			settled(t, b, base)
			b.Leave("Cetak daftar hadir")
			b.Is(`document.querySelectorAll(".sheet__list tbody tr").length === 3 && !document.body.innerText.includes("menangis")`)
			clean(t, b)
		})
	}
}

// write3 fills the three inputs of a day.
func write3(b *chrome.Test, name, day, month, year string) {
	for part, value := range map[string]string{"_d": day, "_m": month, "_y": year} {
		b.Fill("[name="+name+part+"]", value)
	}
}

// tapped marks on the grid: two taps make Arif late, Enter on the keyboard marks Bunga, the column the rest; then Citra is absent.
func tapped(t *testing.T, b *chrome.Test) {
	t.Helper()
	cell := func(row int) string { return fmt.Sprintf(".attend tbody tr:nth-child(%d) .attend__cell", row) }
	is := func(row int, word string) {
		b.Is(fmt.Sprintf(`document.querySelector(%q).innerText.trim().startsWith(%q)`, cell(row), word))
	}
	b.Is(`(window.stillHere = true)`)
	b.Click(cell(1))
	is(1, "Hadir")
	b.Click(cell(1))
	is(1, "Telat")
	b.Is(fmt.Sprintf(`(document.querySelector(%q).focus(), true)`, cell(2)))
	b.Must(b.Press("Enter", "\r"))
	is(2, "Hadir")
	b.Is(fmt.Sprintf(`document.activeElement === document.querySelector(%q)`, cell(2))) // the focus stays
	b.PressOn("Semua hadir")
	is(3, "Hadir")
	is(1, "Telat")
	for _, word := range []string{"Telat", "Izin", "Absen"} {
		b.Click(cell(3))
		is(3, word)
	}
	b.Is(`document.querySelector(".attend__sum").innerText === "2 dari 3" && window.stillHere`)
}

// toggled marks on a phone: one session, a big switch for each.
func toggled(t *testing.T, b *chrome.Test) {
	t.Helper()
	b.Is(`document.querySelector(".attend").getClientRects().length === 0`) // the grid is for wide screens
	b.Is(`(window.stillHere = true)`)
	state := func(row, option int) string {
		return fmt.Sprintf(".attend-list li:nth-child(%d) .attend-list__state:nth-child(%d)", row, option)
	}
	marked := func(row, option int) {
		b.Is(fmt.Sprintf(`document.querySelector(%q).checked && document.querySelector(%q).value !== ""`, state(row, option)+" input", fmt.Sprintf(".attend-list li:nth-child(%d) input[type=hidden]", row)))
	}
	b.Click(state(1, 2))
	marked(1, 2)
	b.PressOn("Semua hadir")
	marked(2, 1)
	marked(3, 1)
	b.Click(state(3, 4))
	b.Is(fmt.Sprintf(`document.querySelector(%q).value === "absent"`, ".attend-list li:nth-child(3) input[type=hidden]"))
	b.Is(`window.stillHere`)
}

// What a mother says alone is marked as hers, is found on her side and not on the father's, and does not go onto paper for all.
func TestAPrivateNoteOfAMother(t *testing.T) {
	for _, width := range []int64{1280, 360} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			t.Parallel()
			w, base := desks(t)
			mother, father := w.person(`{"name":"Siti Rahmat"}`), w.person(`{"name":"Budi Rahmat"}`)
			family := w.post("worker", "/keluarga/baru", url.Values{"accept": {"1"}, "name": {"Keluarga Rahmat"}, "member": {mother, father}, "role_" + mother: {"spouse"}, "role_" + father: {"head"}}).Header().Get("Location")
			opened := w.ask("worker", "POST", "/api/v1/cases", `{"client":{"kind":"family","family_id":"`+strings.TrimPrefix(family, "/keluarga/")+`"}}`)
			page := base + strings.Replace(opened.Header().Get("Location"), "/api/v1/cases", "/kasus", 1)
			w.ask("worker", "POST", opened.Header().Get("Location")+"/consents", `{"kind":"data","manner":"screen","read":true}`)
			b := desk(t, base, access.Worker, width)
			b.Go(page)
			b.Write("Untuk siapa catatan ini", "Catatan pribadi Siti Rahmat")
			b.Write("Apa yang terjadi?", "Ibu ingin pulang ke orang tuanya")
			clean(t, b)
			b.Leave("Simpan dan tandatangani")
			b.Says("Catatan pribadi Siti Rahmat")
			b.Says("Ibu ingin pulang")
			clean(t, b)
			settled(t, b, base)
			b.Leave("Budi Rahmat")
			b.Is(`!document.body.innerText.includes("Ibu ingin pulang")`)
			b.Go(page + "/cetak")
			b.Is(`document.body.innerText.includes("Untuk semua, tanpa catatan pribadi.") && !document.body.innerText.includes("Ibu ingin pulang")`)
			b.Leave("Siti Rahmat")
			b.Says("Ibu ingin pulang")
			b.Leave("Budi Rahmat")
			b.Is(`!document.body.innerText.includes("Ibu ingin pulang")`)
			clean(t, b)
			settled(t, b, base)
		})
	}
}
