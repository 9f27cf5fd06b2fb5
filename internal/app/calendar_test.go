package app_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"teduh/internal/access"
)

// monday is next Monday, nine o'clock in Jakarta (UTC+7), as both doors say it.
func monday() (at time.Time, day string) {
	now := time.Now().In(time.FixedZone("WIB", 7*3600))
	at = time.Date(now.Year(), now.Month(), now.Day()+7-(int(now.Weekday())+6)%7, 9, 0, 0, 0, now.Location())
	return at, at.Format(time.DateOnly)
}

// send posts a form as a browser does.
func (w *world) send(role access.Role, path string, form url.Values) answer {
	w.t.Helper()
	return w.ask(role, "POST", path, form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
}

func rfc(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// A worker makes an appointment on a page, is warned of a clash, moves it by the API, and notes that it is cancelled.
func TestAppointmentsByPageAndAPI(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		at, day := monday()
		made := w.ask("intake", "POST", "/api/v1/people", melati)
		melatis := made.JSON["id"].(string)
		opened := w.ask("worker", "POST", "/api/v1/cases", `{"client":{"kind":"individual","person_id":"`+melatis+`"}}`)
		caseID, number := opened.JSON["id"].(string), opened.JSON["number"].(string)
		form := url.Values{"case": {caseID}, "kind": {"home_visit"}, "day": {day}, "clock": {"09.00"}, "minutes": {"90"}, "place": {"Kampung Bugis"}, "about": {"Berkenalan"}}
		got := w.send("worker", "/jadwal/baru", form)
		path := got.Header().Get("Location")
		if got.Code != 303 || !strings.HasPrefix(path, "/jadwal/") {
			t.Fatalf("%d %s %s", got.Code, path, got.Body)
		}
		id := strings.TrimPrefix(path, "/jadwal/")
		again := w.send("worker", "/jadwal/baru", url.Values{"title": {"Rapat"}, "kind": {"internal"}, "day": {day}, "clock": {"10:00"}, "minutes": {"30"}})
		if again.Code != 409 || !strings.Contains(again.Body.String(), "worker sudah ada janji lain pukul 09.00–10.30.") || !strings.Contains(again.Body.String(), `value="Rapat"`) {
			t.Errorf("%d, the clash is not told or what was typed is gone: %s", again.Code, again.Body)
		}
		one, list := "/api/v1/appointments/"+id, "/api/v1/appointments?from="+rfc(at.Add(-time.Hour))
		w.check([]call{
			{story: "the page", as: "worker", method: "GET", path: path, status: 200, holds: []string{"Kampung Bugis", "Berkenalan", number, "09.00–10.30"}},
			{story: "the week", as: "worker", method: "GET", path: "/jadwal?tampilan=minggu&hari=" + day, status: 200, holds: []string{"09.00–10.30", "Melati", path}, not: []string{"Berkenalan"}},
			{story: "the day", as: "worker", method: "GET", path: "/jadwal?hari=" + day, status: 200, holds: []string{"cal-s4 cal-n6"}},
			{story: "the next day is free", as: "worker", method: "GET", path: "/jadwal?hari=" + at.AddDate(0, 0, 1).Format(time.DateOnly), status: 200, not: []string{path}},
			{story: "no such day", as: "worker", method: "GET", path: "/jadwal?hari=2026-02-30", status: 422},
			{story: "on paper", as: "worker", method: "GET", path: "/jadwal/cetak?hari=" + day, status: 200, holds: []string{"09.00–10.30", "Melati"}},
			{story: "on the case", as: "worker", method: "GET", path: "/kasus/" + caseID, status: 200, holds: []string{"Janji berikutnya", path, "/jadwal/baru?kasus=" + caseID}},
			{story: "on the person", as: "worker", method: "GET", path: "/orang/" + melatis, status: 200, holds: []string{"Janji berikutnya", path, number, "/jadwal/baru?orang=" + melatis}, not: []string{"Kampung Bugis"}},
			{story: "intake does not learn whose case it is", as: "intake", method: "GET", path: "/orang/" + melatis, status: 200, holds: []string{"Belum ada janji temu yang direncanakan"}, not: []string{path, number}},
			{story: "in the history", as: "worker", method: "GET", path: "/kasus/" + caseID + "/riwayat?jenis=janji", status: 200, holds: []string{"membuat janji temu: Kunjungan rumah"}},
			{story: "by the API", as: "worker", method: "GET", path: list, status: 200, holds: []string{`"id":"` + id + `"`, `"busy":false`, `"place":"Kampung Bugis"`, `"next":null`, rfc(at)}},
			{story: "of the case", as: "head", method: "GET", path: list + "&case=" + caseID, status: 200, holds: []string{id}, not: []string{"Kampung Bugis"}},
			{story: "the team", as: "head", method: "GET", path: list + "&worker=all", status: 200, holds: []string{id}},
			{story: "the team is not for all", as: "worker", method: "GET", path: list + "&worker=all", status: 403},
			{story: "nobody's", as: "worker", method: "GET", path: list + "&worker=siapa@example.org", status: 200, not: []string{id}},
			{story: "intake sees the number", as: "intake", method: "GET", path: one, status: 200, holds: []string{number, `"name":null`}, not: []string{"Melati", "Kampung Bugis", "Berkenalan"}},
			{story: "without If-Match", as: "worker", method: "PATCH", path: one, body: `{"kind":"phone"}`, status: 428},
			{story: "of an old version", as: "worker", method: "PATCH", path: one, body: `{"kind":"phone"}`, headers: []string{"If-Match", `"7"`}, status: 412, holds: []string{`"current":1`}},
			{story: "an unknown field", as: "worker", method: "PATCH", path: one, body: `{"room":"1"}`, headers: []string{"If-Match", `"1"`}, status: 422, holds: []string{"room"}},
			{story: "moved", as: "worker", method: "PATCH", path: one, body: `{"from":"` + rfc(at.Add(2*time.Hour)) + `","to":"` + rfc(at.Add(3*time.Hour)) + `"}`,
				headers: []string{"If-Match", `"1"`}, status: 200, holds: []string{`"moved":1`, `"version":2`, rfc(at.Add(2 * time.Hour))}},
			{story: "cancelled without a word", as: "worker", method: "PATCH", path: one, body: `{"state":"cancelled"}`, headers: []string{"If-Match", `"2"`}, status: 422, holds: []string{`"word"`}},
			{story: "cancelled", as: "worker", method: "PATCH", path: one, body: `{"state":"cancelled","word":"Klien sakit"}`, headers: []string{"If-Match", `"2"`}, status: 200, holds: []string{"Klien sakit"}},
			{story: "two subjects", as: "worker", method: "POST", path: "/api/v1/appointments", body: `{"kind":"office","from":"` + rfc(at) + `","to":"` + rfc(at.Add(time.Hour)) + `","case_id":"` + caseID + `","person_id":"` + made.JSON["id"].(string) + `"}`, status: 422},
			{story: "at night", as: "worker", method: "POST", path: "/api/v1/appointments", body: `{"kind":"office","title":"x","from":"` + rfc(at.Add(12*time.Hour)) + `","to":"` + rfc(at.Add(13*time.Hour)) + `"}`, status: 409,
				holds: []string{"appointment_warnings", `"code":"outside_hours"`}},
			{story: "at night all the same", as: "worker", method: "POST", path: "/api/v1/appointments", body: `{"kind":"office","title":"x","accept_warnings":true,"from":"` + rfc(at.Add(12*time.Hour)) + `","to":"` + rfc(at.Add(13*time.Hour)) + `"}`,
				headers: []string{"Idempotency-Key", "malam"}, status: 201, holds: []string{`"title":"x"`}, location: true},
			{story: "the same again", as: "worker", method: "POST", path: "/api/v1/appointments", body: `{"kind":"office","title":"x","accept_warnings":true,"from":"` + rfc(at.Add(12*time.Hour)) + `","to":"` + rfc(at.Add(13*time.Hour)) + `"}`,
				headers: []string{"Idempotency-Key", "malam"}, status: 201, holds: []string{`"title":"x"`}},
		})
		page := w.ask("worker", "GET", list+"&limit=1", "")
		next, _ := page.JSON["next"].(string)
		second := w.ask("worker", "GET", list+"&limit=1&cursor="+next, "")
		if next == "" || strings.Contains(second.Body.String(), id) || !strings.Contains(second.Body.String(), `"title":"x"`) || second.JSON["next"] != nil {
			t.Errorf("the pages are %s and %s", page.Body, second.Body)
		}
	})
}

// Of a secret case nothing stands in any view of those not named: the time is taken. What one takes along says not even that
// it was a home visit.
func TestASecretAppointmentIsNowhere(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		at, day := monday()
		made := w.ask("intake", "POST", "/api/v1/people", melati)
		opened := w.ask("worker", "POST", "/api/v1/cases", `{"client":{"kind":"individual","person_id":"`+made.JSON["id"].(string)+`"}}`)
		caseID := opened.JSON["id"].(string)
		secret := w.ask("worker", "PATCH", "/api/v1/cases/"+caseID, `{"confidentiality":3,"named":["`+w.keyOf("head")+`"]}`, "If-Match", opened.Header().Get("ETag"))
		if secret.Code != 200 {
			t.Fatalf("%d %s", secret.Code, secret.Body)
		}
		kept := w.ask("worker", "POST", "/api/v1/appointments", `{"kind":"home_visit","case_id":"`+caseID+`","place":"Rumah aman","about":"Penanda","from":"`+rfc(at)+`","to":"`+rfc(at.Add(time.Hour))+`"}`)
		id := kept.JSON["id"].(string)
		worker := w.keyOf("worker")
		words := []string{"Melati", id, caseID, opened.JSON["number"].(string), "Rumah aman", "Penanda", "Kunjungan rumah", "home_visit"}
		from := rfc(at.Add(-time.Hour))
		for _, as := range []access.Role{"psychologist", "intake"} {
			for _, path := range []string{"/jadwal?hari=" + day + "&siapa=" + worker, "/jadwal?tampilan=minggu&hari=" + day + "&siapa=" + worker,
				"/jadwal/cetak?hari=" + day + "&siapa=" + worker, "/api/v1/appointments?worker=worker@example.org&from=" + from} {
				got := w.ask(as, "GET", path, "")
				if !strings.Contains(got.Body.String(), "Terisi") && !strings.Contains(got.Body.String(), `"busy":true`) {
					t.Errorf("%s at %s does not see that time is taken: %s", as, path, got.Body)
				}
				for _, word := range words {
					if strings.Contains(got.Body.String(), word) {
						t.Errorf("%s at %s reads %q", as, path, word)
					}
				}
			}
			got := w.ask(as, "GET", "/api/v1/appointments?case="+caseID+"&from="+from, "")
			if !strings.Contains(got.Body.String(), `"items":[]`) {
				t.Errorf("%s finds by the case: %s", as, got.Body)
			}
			clash := w.send(as, "/jadwal/baru", url.Values{"title": {"Rapat"}, "kind": {"internal"}, "day": {day}, "clock": {"09:30"}, "minutes": {"30"}, "workers": {worker}})
			for _, word := range words {
				if clash.Code != 409 || strings.Contains(strings.ReplaceAll(clash.Body.String(), `value="home_visit"`, ""), word) && word != "Kunjungan rumah" {
					t.Errorf("the clash tells %s of %q: %d", as, word, clash.Code)
				}
			}
		}
		file := w.ask("worker", "GET", "/jadwal/minggu.ics?hari="+day, "")
		text := file.Body.String()
		if file.Code != 200 || !strings.Contains(text, "DTSTART:"+at.UTC().Format("20060102T150405Z")) || !strings.Contains(text, "SUMMARY:Janji temu\r\n") ||
			!strings.HasPrefix(file.Header().Get("Content-Type"), "text/calendar") {
			t.Errorf("%d %s", file.Code, text)
		}
		for _, word := range words {
			if word != id && strings.Contains(text, word) {
				t.Errorf("what is taken along tells %q", word)
			}
		}
	})
}

// keyOf is the key of someone by their role.
func (w *world) keyOf(role access.Role) string {
	w.t.Helper()
	return w.ask(role, "GET", "/api/v1/me", "").JSON["user"].(map[string]any)["id"].(string)
}
