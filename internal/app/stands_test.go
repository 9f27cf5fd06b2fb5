package app_test

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"teduh/internal/access"
	"teduh/internal/db"
)

// answersLost makes the database what it is after the program was killed between its acts and their answers.
func (w *world) answersLost() {
	w.t.Helper()
	must(w.t, w.app.DB.Write(w.t.Context(), func(tx db.Tx) error {
		_, err := tx.Exec(w.t.Context(), `UPDATE claim SET status = NULL, answer = NULL, at = $1`, db.At(w.app.Config.Now().Add(-3600e9)))
		return err
	}))
}

// API: the same key and body answer as the first time, also after a crash between the act and its answer.
func TestAnAnswerThatWasNotKeptIsMadeFromWhatStands(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		first := w.ask("worker", "POST", "/api/v1/people", `{"name":"Melati","work":"penjahit"}`, "Idempotency-Key", "orang")
		path := first.Header().Get("Location")
		changed := w.ask("worker", "PATCH", path, `{"work":"guru"}`, "If-Match", `"1"`, "Idempotency-Key", "ubah")
		request := w.ask("worker", "POST", "/api/v1/requests", `{"narrative":"Ibu menelepon"}`, "Idempotency-Key", "cerita")
		reached := w.ask("worker", "POST", request.Header().Get("Location")+"/contacts", `{"how":"phone","reached":true}`, "Idempotency-Key", "kontak")
		w.answersLost()
		for _, x := range []struct {
			as                 access.Role
			method, path, body string
			key                string
			before             answer
		}{
			{"worker", "PATCH", path, `{"work":"guru"}`, "ubah", changed},
			{"worker", "POST", "/api/v1/requests", `{"narrative":"Ibu menelepon"}`, "cerita", request},
			{"worker", "POST", request.Header().Get("Location") + "/contacts", `{"how":"phone","reached":true}`, "kontak", reached},
			{"worker", "POST", "/api/v1/people", `{"name":"Melati","work":"penjahit"}`, "orang", first},
		} {
			for range 2 { // the second time from what was kept
				got := w.ask(x.as, x.method, x.path, x.body, "If-Match", `"1"`, "Idempotency-Key", x.key)
				if got.Code != x.before.Code || got.JSON["id"] != x.before.JSON["id"] || got.Header().Get("Location") != x.before.Header().Get("Location") {
					t.Errorf("%s %s: %d %s, first %d %s", x.method, x.path, got.Code, got.Body, x.before.Code, x.before.Body)
				}
			}
		}
		if total := w.ask("worker", "GET", "/api/v1/people?total=true", "").JSON["total"]; total != 1.0 {
			t.Errorf("%v people", total)
		}
	})
}

// Whatever writes answers the same again: the status, the body to the letter, and where the thing stands; and it is written once.
func TestEveryActIsAnsweredTheSameAfterACrash(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		acts := 0
		twice := func(as access.Role, method, path, body string, match ...string) answer {
			t.Helper()
			acts++
			headers := append([]string{"Idempotency-Key", "kunci " + strconv.Itoa(acts)}, match...)
			first := w.ask(as, method, path, body, headers...)
			if first.Code >= 300 {
				t.Fatalf("%s %s: %d %s", method, path, first.Code, first.Body)
			}
			w.answersLost()
			again := w.ask(as, method, path, body, headers...)
			for _, name := range []string{"Location", "Etag", "Content-Type"} {
				if first.Header().Get(name) != again.Header().Get(name) {
					t.Errorf("%s %s: %s is %q, was %q", method, path, name, again.Header().Get(name), first.Header().Get(name))
				}
			}
			if again.Code != first.Code || again.Body.String() != first.Body.String() || again.Header().Get("Idempotent-Replayed") != "true" {
				t.Errorf("%s %s:\n%d %s\nfirst\n%d %s", method, path, again.Code, again.Body, first.Code, first.Body)
			}
			other := w.ask(as, method, path, strings.Replace(body, "{", `{"ignored":1,`, 1), headers...)
			if other.Code != http.StatusUnprocessableEntity || other.JSON["code"] != "idempotency_mismatch" {
				t.Errorf("%s %s with another body: %d %s", method, path, other.Code, other.Body)
			}
			return first
		}
		person := twice("worker", "POST", "/api/v1/people", `{"name":"Melati"}`)
		twice("worker", "PATCH", person.Header().Get("Location"), `{"work":"guru"}`, "If-Match", `"1"`)
		request := twice("worker", "POST", "/api/v1/requests", `{"narrative":"Ibu menelepon"}`).Header().Get("Location")
		twice("facilitator", "POST", "/api/v1/requests", `{"narrative":"Dari kelurahan","village_code":"21.72.04.1002"}`)
		twice("worker", "PATCH", request, `{"urgency":"day"}`, "If-Match", `"1"`)
		twice("worker", "POST", request+"/contacts", `{"how":"phone","reached":true,"note":"Ibu datang besok"}`)
		triaged := twice("worker", "POST", request+"/triage", fmt.Sprintf(`{"outcome":"case","note":"perlu didampingi","client":{"kind":"individual","person_id":%q}}`,
			person.JSON["id"]), "If-Match", w.ask("worker", "GET", request, "").Header().Get("Etag"))
		if number := triaged.JSON["case"].(map[string]any)["number"]; number != "LK3-2026-000001" {
			t.Errorf("triage opened %v", number)
		}
		opened := twice("worker", "POST", "/api/v1/cases", fmt.Sprintf(`{"client":{"kind":"individual","person_id":%q},"categories":["25"]}`, person.JSON["id"])).Header().Get("Location")
		twice("worker", "POST", opened+"/notes", `{"kind":"phone","text":"Ibu menelepon","sign":true,"minutes":20}`)
		twice("worker", "POST", opened+"/notes", `{"kind":"phone","text":"Belum selesai"}`)
		twice("worker", "POST", opened+"/tasks", `{"what":"Telepon wali kelas","due_on":"2027-01-04"}`)
		version := func() string { return w.ask("worker", "GET", opened, "").Header().Get("Etag") }
		twice("worker", "POST", opened+"/risk", `{"level":"medium","reason":"ada kekerasan"}`, "If-Match", version())
		twice("worker", "PATCH", opened, `{"village":"21.72.04.1002"}`, "If-Match", version())
		twice("head", "POST", opened+"/stage", `{"to":"engagement","reason":"sudah disepakati"}`, "If-Match", version())
		appointment := twice("worker", "POST", "/api/v1/appointments", `{"kind":"office","from":"2026-12-24T02:00:00Z","to":"2026-12-24T03:00:00Z","title":"Rapat","accept_warnings":true}`)
		twice("worker", "PATCH", appointment.Header().Get("Location"), `{"title":"Rapat tim","accept_warnings":true}`, "If-Match", appointment.Header().Get("Etag"))
		for path, want := range map[string]float64{"/people": 1, "/requests": 2, "/cases": 2} {
			if total := w.ask("worker", "GET", "/api/v1"+path+"?total=true", "").JSON["total"]; total != want {
				t.Errorf("%v of %s", total, path)
			}
		}
		if notes := w.ask("worker", "GET", opened+"/notes", "").JSON["items"].([]any); len(notes) != 2 {
			t.Errorf("%d notes", len(notes))
		}
	})
}

// Whoever may send a request in and not read it is told that it was received once others have worked on it, and nothing of that.
func TestAFacilitatorsRepeatTellsNothingOfWhatBecameOfTheRequest(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		const body = `{"narrative":"Dari kelurahan","village_code":"21.72.04.1002"}`
		sent := w.ask("facilitator", "POST", "/api/v1/requests", body, "Idempotency-Key", "kelurahan")
		w.ask("worker", "PATCH", sent.Header().Get("Location"), `{"urgency":"now"}`, "If-Match", `"1"`)
		w.answersLost()
		again := w.ask("facilitator", "POST", "/api/v1/requests", body, "Idempotency-Key", "kelurahan")
		if again.Code != http.StatusConflict || again.JSON["current"] != sent.JSON["id"] || again.JSON["urgency"] != nil {
			t.Errorf("%d %s", again.Code, again.Body)
		}
	})
}
