package app_test

import (
	"net/http"
	"testing"

	"teduh/internal/access"
	"teduh/internal/db"
)

// API: the same key and body answer as the first time, also after a crash between the act and its answer.
func TestAnAnswerThatWasNotKeptIsMadeFromWhatStands(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		first := w.ask("worker", "POST", "/api/v1/people", `{"name":"Melati","work":"penjahit"}`, "Idempotency-Key", "orang")
		path := first.Header().Get("Location")
		changed := w.ask("worker", "PATCH", path, `{"work":"guru"}`, "If-Match", `"1"`, "Idempotency-Key", "ubah")
		request := w.ask("worker", "POST", "/api/v1/requests", `{"narrative":"Ibu menelepon"}`, "Idempotency-Key", "cerita")
		sent := w.ask("facilitator", "POST", "/api/v1/requests", `{"narrative":"Dari kelurahan","village_code":"21.72.04.1002"}`, "Idempotency-Key", "kelurahan")
		reached := w.ask("worker", "POST", request.Header().Get("Location")+"/contacts", `{"how":"phone","reached":true}`, "Idempotency-Key", "kontak")
		must(t, w.app.DB.Write(t.Context(), func(tx db.Tx) error {
			_, err := tx.Exec(t.Context(), `UPDATE claim SET status = NULL, answer = NULL, at = $1`, db.At(w.app.Config.Now().Add(-3600e9)))
			return err
		}))
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
		again := w.ask("facilitator", "POST", "/api/v1/requests", `{"narrative":"Dari kelurahan","village_code":"21.72.04.1002"}`, "Idempotency-Key", "kelurahan")
		if again.Code != http.StatusConflict || again.JSON["current"] != sent.JSON["id"] {
			t.Errorf("one who may not read it: %d %s", again.Code, again.Body)
		}
	})
}
