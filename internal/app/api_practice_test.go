package app_test

import (
	"strings"
	"testing"
)

// A program records a consent, hands its receipt out, withdraws it; writes a goal, scores it and gives it up. Every answer is as
// the document says.
func TestConsentsAndGoalsByJSON(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		base := w.melatisCase("worker", "")
		ask := func(status int, method, path, body string, headers ...string) answer {
			t.Helper()
			got := w.ask("worker", method, path, body, headers...)
			if got.Code != status {
				t.Fatalf("%s %s: %d %s, want %d", method, path, got.Code, got.Body, status)
			}
			w.fits(method, path, body, got.ResponseRecorder)
			return got
		}
		ask(422, "POST", base+"/consents", `{"kind":"referral","manner":"spoken","witness":"Ketua RT"}`)
		ask(422, "POST", base+"/consents", `{"kind":"service","manner":"screen"}`)
		given := ask(201, "POST", base+"/consents", `{"kind":"referral","manner":"spoken","witness":"Ketua RT","recipient":"RSUD","data":"nama"}`)
		one := base + "/consents/" + given.JSON["id"].(string)
		if r := ask(200, "GET", one+"/receipt", ""); r.JSON["schema_version"] != "ISO/IEC TS 27560:2023" || r.JSON["recipient_third_parties"] != "RSUD" {
			t.Errorf("%s", r.Body)
		}
		if x := ask(200, "POST", one+"/withdraw", `{}`); x.JSON["stands"] != false || x.JSON["withdrawn_at"] == nil {
			t.Errorf("%s", x.Body)
		}
		ask(404, "POST", one+"/withdraw", `{}`)
		if list := ask(200, "GET", base+"/consents", ""); len(list.JSON["items"].([]any)) != 1 {
			t.Errorf("%s", list.Body)
		}
		goal := ask(201, "POST", base+"/goals", `{"aim":"restored","words":"Tidur nyenyak","measure":"malam","first_step":{"what":"Lampu kecil","due_on":"2027-01-02"}}`)
		if goal.Header().Get("ETag") != `"1"` || !strings.Contains(goal.Body.String(), `"due_on":"2027-01-02"`) {
			t.Errorf("%v %s", goal.Header(), goal.Body)
		}
		this := base + "/goals/" + goal.JSON["id"].(string)
		ask(428, "PATCH", this, `{"score":1}`)
		ask(422, "PATCH", this, `{"target":"Lima malam"}`, "If-Match", `"1"`)
		ask(200, "PATCH", this, `{"target":"Lima malam","reason":"Lebih jelas"}`, "If-Match", `"1"`)
		ask(412, "PATCH", this, `{"score":1}`, "If-Match", `"1"`)
		ask(200, "PATCH", this, `{"score":1}`, "If-Match", `"2"`)
		if plan := ask(200, "GET", base+"/plan", ""); plan.JSON["t_score"] != 60.0 || plan.JSON["scored"] != 1.0 {
			t.Errorf("%s", plan.Body)
		}
		ask(200, "PATCH", this, `{"drop":true,"reason":"Sudah tenang"}`, "If-Match", `"3"`)
		if plan := ask(200, "GET", base+"/plan", ""); plan.JSON["t_score"] != nil || len(plan.JSON["dropped"].([]any)) != 1 {
			t.Errorf("%s", plan.Body)
		}
	})
}
