package app_test

import (
	"strings"
	"testing"

	"teduh/internal/access"
)

// program asks as somebody's program does: the status must be the one told, and the answer as the document says.
func (w *world) program(as access.Role) func(status int, method, path, body string, headers ...string) answer {
	return func(status int, method, path, body string, headers ...string) answer {
		w.t.Helper()
		got := w.ask(as, method, path, body, headers...)
		if got.Code != status {
			w.t.Fatalf("%s %s: %d %s, want %d", method, path, got.Code, got.Body, status)
		}
		w.fits(method, path, body, got.ResponseRecorder)
		return got
	}
}

// tells asks that an answer holds words.
func (w *world) tells(got answer, words ...string) {
	w.t.Helper()
	for _, word := range words {
		if !strings.Contains(got.Body.String(), word) {
			w.t.Errorf("%q is missing: %s", word, got.Body)
		}
	}
}

func first(got answer) map[string]any { return got.JSON["items"].([]any)[0].(map[string]any) }

// A program carries the steps of a plan, its agreement and its reviews, the safety plan, the scales and the family's meetings.
func TestAPlanIsWorkedByJSON(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		base, ask := w.melatisCase("worker", ""), w.program("worker")
		goal := ask(201, "POST", base+"/goals", `{"aim":"restored","words":"Tidur nyenyak","measure":"malam"}`).JSON["id"].(string)
		ask(422, "POST", base+"/goals/"+goal+"/steps", `{"what":""}`)
		plan := ask(200, "POST", base+"/goals/"+goal+"/steps", `{"what":"Lampu kecil","who":"Ibu","due_on":"2027-01-02"}`)
		step := base + "/steps/" + plan.JSON["goals"].([]any)[0].(map[string]any)["steps"].([]any)[0].(map[string]any)["id"].(string)
		ask(428, "PATCH", step, `{"who":"Kakak"}`)
		w.tells(ask(200, "PATCH", step, `{"who":"Kakak"}`, "If-Match", `"1"`), `"who":"Kakak"`, `"what":"Lampu kecil"`)
		ask(412, "PATCH", step, `{"who":"Ayah"}`, "If-Match", `"1"`)
		ask(200, "PATCH", step, `{"done":true}`, "If-Match", `"2"`)
		ask(409, "PATCH", step, `{"drop":true,"reason":"Tidak perlu"}`, "If-Match", `"2"`)
		ask(422, "POST", base+"/plan/agreements", `{"manner":"spoken"}`)
		w.tells(ask(200, "POST", base+"/plan/agreements", `{"manner":"spoken","signer":"Melati","witness":"Ketua RT"}`), `"witness":"Ketua RT"`)
		ask(409, "POST", base+"/plan/agreements", `{"manner":"screen","read":true}`)
		w.tells(ask(200, "POST", base+"/plan/reviews", `{"changed":"Lebih tenang","held_on":"2026-11-20"}`), `"changed":"Lebih tenang"`, `"held_on":"2026-11-20"`)

		if empty := ask(200, "GET", base+"/safety-plan", ""); empty.JSON["version"] != 0.0 {
			t.Errorf("%s", empty.Body)
		}
		ask(422, "PUT", base+"/safety-plan", `{"signs":""}`)
		kept := ask(200, "PUT", base+"/safety-plan", `{"signs":"Mulai gelisah","helpers":[{"name":"Halimah","phone":"0800-0000-7777"}]}`)
		if kept.Header().Get("ETag") != `"1"` {
			t.Errorf("%v", kept.Header())
		}
		ask(412, "PUT", base+"/safety-plan", `{"signs":"Lain"}`)
		w.tells(ask(200, "PUT", base+"/safety-plan", `{"signs":"Tidak tidur"}`, "If-Match", `"1"`), `"signs":"Tidak tidur"`, `"helpers":[]`)

		ask(422, "POST", base+"/scales", `{"restored":{"before":11}}`)
		ask(200, "POST", base+"/scales", `{"restored":{"before":3}}`)
		w.tells(ask(200, "POST", base+"/scales", `{"restored":{"after":7}}`), `"restored":{"before":3,"after":7}`, `"strengthened":{"before":null,"after":null}`)

		met := ask(200, "POST", base+"/family-meetings", `{"took_part":"Ibu, Kakak","decided":"Bergantian menjaga","watches":"Kakak"}`)
		meeting := base + "/family-meetings/" + first(met)["id"].(string)
		w.tells(ask(200, "PUT", meeting, `{"took_part":"Ibu, Kakak, Nenek","decided":"Bergantian menjaga","watches":"Nenek"}`, "If-Match", `"1"`), `"watches":"Nenek"`)
		ask(412, "PUT", meeting, `{"took_part":"Ibu","decided":"Lain","watches":"Ibu"}`, "If-Match", `"1"`)
		w.tells(ask(200, "POST", meeting+"/strike", `{"reason":"Salah keluarga"}`), `"struck_reason":"Salah keluarga"`)
		ask(409, "POST", meeting+"/strike", `{"reason":"Salah keluarga"}`)
	})
}

// A program of those who look after a case writes notes of supervision and conferences; others don't learn of the notes.
func TestSupervisionByJSON(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		base, head, worker := w.melatisCase("worker", ""), w.program("head"), w.program("worker")
		worker(403, "POST", base+"/supervision-notes", `{"minutes":30,"text":"Bicara"}`)
		head(422, "POST", base+"/supervision-notes", `{"minutes":0,"text":"Bicara"}`)
		noted := head(200, "POST", base+"/supervision-notes", `{"minutes":30,"text":"Bicara tentang batas","agreed":"Telepon sekolah"}`)
		w.tells(worker(200, "GET", base+"/supervision-notes", ""), "Bicara tentang batas", `"agreed":"Telepon sekolah"`)
		w.program("psychologist")(404, "GET", base+"/supervision-notes", "")
		note := base + "/supervision-notes/" + first(noted)["id"].(string) + "/strike"
		worker(403, "POST", note, `{"reason":"Salah"}`)
		w.tells(head(200, "POST", note, `{"reason":"Salah kasus"}`), `"struck_reason":"Salah kasus"`)
		worker(422, "POST", base+"/conferences", `{"about":"Sekolah","decided":"Bicara"}`)
		held := worker(200, "POST", base+"/conferences", `{"outside":"Wali kelas","about":"Sekolah","decided":"Bicara dengan wali kelas","tasks":[{"what":"Telepon wali kelas"}]}`)
		if one := first(held); len(one["tasks"].([]any)) != 1 || one["outside"] != "Wali kelas" {
			t.Errorf("%s", held.Body)
		}
		w.tells(worker(200, "POST", base+"/conferences/"+first(held)["id"].(string)+"/strike", `{"reason":"Salah kasus"}`), `"struck_reason":"Salah kasus"`)

		record := "/api/v1/colleagues/" + w.user("worker").String() + "/competence"
		worker(403, "PUT", record+"/profession", `{"profession":"social_worker"}`)
		w.tells(head(200, "PUT", record+"/profession", `{"profession":"social_worker"}`), `"profession":"social_worker"`)
		w.tells(worker(200, "POST", record+"/licences", `{"kind":"str","number":"STR 1","expires_on":"2029-12-31"}`), `"STR 1"`)
		worker(422, "POST", record+"/trainings", `{"name":"Konseling","held_on":"2099-05-02","hours":16}`)
		got := worker(200, "POST", record+"/trainings", `{"name":"Konseling","held_on":"2026-05-02","hours":16}`)
		training := got.JSON["trainings"].([]any)[0].(map[string]any)["id"].(string)
		if got = worker(200, "DELETE", record+"/entries/"+training, ""); len(got.JSON["trainings"].([]any)) != 0 {
			t.Errorf("%s", got.Body)
		}
		worker(404, "DELETE", record+"/entries/"+training, "")
	})
}

// A program draws a family: a child beside its mother, how they stand to each other, and takes it back.
func TestAFamilyIsDrawnByJSON(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		page, mother, son := drawnFamily(w)
		base, ask := strings.Replace(page, "/keluarga/", "/api/v1/families/", 1), w.program("worker")
		ask(422, "POST", base+"/people", `{"to":"`+mother+`","as":"aunt","place":"kin","name":"Rohani"}`)
		drawn := ask(200, "POST", base+"/people", `{"to":"`+mother+`","as":"parent","manner":"biological","place":"kin","name":"Rohani","sex":"f","died_precision":"unknown"}`)
		w.tells(drawn, `"name":"Rohani"`, `"dead":true`)
		ask(409, "POST", base+"/people", `{"to":"`+mother+`","as":"sibling","place":"kin","name":"Arif Kencana","sex":"m","birth_date":"2014-03-02"}`)
		tied := ask(200, "POST", base+"/lines", `{"from":"`+mother+`","to":"`+son+`","kind":"bond","manner":"close"}`)
		w.tells(tied, `"kind":"close"`)
		ask(422, "POST", base+"/lines", `{"from":"`+mother+`","to":"`+son+`","kind":"bond","manner":"angry"}`)
		line := tied.JSON["ties"].([]any)[0].(map[string]any)["id"].(string)
		if got := ask(200, "DELETE", base+"/lines/"+line, ""); len(got.JSON["ties"].([]any)) != 0 {
			t.Errorf("%s", got.Body)
		}
		w.tells(ask(200, "POST", base+"/undo", ""), `"kind":"close"`)
		ask(404, "DELETE", base+"/lines/"+mother, "")
	})
}

// A program of the head carries the office's form from one place to another: begins a draft, writes it, puts it in force; and brings
// an instrument in. Nobody else may.
func TestFormsAreCarriedByJSON(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		head := w.program("head")
		w.program("worker")(403, "POST", "/api/v1/assessment-forms", `{}`)
		begun := head(201, "POST", "/api/v1/assessment-forms", `{}`)
		draft := "/api/v1/assessment-forms/" + begun.JSON["id"].(string)
		was := head(200, "GET", draft, "")
		w.tells(was, `"resourceType":"Questionnaire"`, `"linkId":"problem"`)
		shorter := `{"questionnaire":{"resourceType":"Questionnaire","status":"draft","language":"id","title":"Asesmen kami","item":[{"linkId":"problem","type":"text","text":"Apa yang terjadi?"}]}}`
		head(428, "PUT", draft, shorter)
		head(422, "PUT", draft, `{"questionnaire":{"resourceType":"Patient"}}`, "If-Match", was.Header().Get("ETag"))
		kept := head(200, "PUT", draft, shorter, "If-Match", was.Header().Get("ETag"))
		w.tells(kept, `"title":"Asesmen kami"`, `"state":"draft"`)
		head(412, "PUT", draft, shorter, "If-Match", was.Header().Get("ETag"))
		w.tells(head(200, "POST", draft+"/state", `{"state":"published"}`, "If-Match", kept.Header().Get("ETag")), `"state":"published"`)
		w.tells(w.program("worker")(200, "GET", "/api/v1/assessment-form", ""), "Apa yang terjadi?")

		mood := `{"questionnaire":{"resourceType":"Questionnaire","url":"https://example.org/q/suasana","version":"1","status":"draft","title":"Suasana","item":[` +
			`{"linkId":"1","type":"integer","text":"Seberapa tenang hari ini?","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/minValue","valueInteger":0},{"url":"http://hl7.org/fhir/StructureDefinition/maxValue","valueInteger":10}]}]},` +
			`"scoring":{"questionnaire":"https://example.org/q/suasana|1","scales":[{"code":"calm","title":{"id":"Tenang"},"method":"sum","items":["1"],"better":"higher"}]}}`
		got := w.ask("head", "POST", "/api/v1/instruments", mood)
		if got.Code != 200 {
			t.Fatalf("%d %s", got.Code, got.Body)
		}
		w.tells(got, `"name":"suasana"`, `"state":"draft"`)
		w.tells(head(200, "POST", "/api/v1/instruments/suasana/1/publication", `{"state":"published"}`), `"state":"published"`)
		head(409, "POST", "/api/v1/instruments/suasana/1/publication", `{"state":"published"}`)
		head(422, "POST", "/api/v1/instruments", `{"questionnaire":{"resourceType":"Questionnaire","item":[]}}`)
	})
}
