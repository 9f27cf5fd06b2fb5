package app_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"teduh/internal/access"
)

// formOf puts a form of the office in use.
func (w *world) formOf(raw string) {
	w.t.Helper()
	ctx, head := w.t.Context(), w.actor(access.Head)
	e, err := w.app.Assessments.Begin(ctx, head)
	must(w.t, err)
	e, err = w.app.Assessments.SaveDraft(ctx, head, e.ID, e.Version, []byte(raw))
	must(w.t, err)
	must(w.t, w.app.Assessments.Publish(ctx, head, e.ID, e.Version))
}

// ownForm is a form of the office that keeps one question of the shipped one.
const ownForm = `{"resourceType":"Questionnaire","url":"urn:x:own","version":"1","title":"Asesmen kami","status":"active","language":"id","item":[
 {"linkId":"problem","type":"text","text":"Cerita klien"},{"linkId":"boat","type":"string","text":"Perahu siapa?"}]}`

// Without script the page after sending asks what the answers lead to; a wrong answer is told at its question, and nothing typed
// is lost.
func TestAnAssessmentIsFilledInWithoutScript(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		page := strings.Replace(w.melatisCase("worker", ""), "/api/v1/cases/", "/kasus/", 1) + "/asesmen"
		hidden := `data-item="pregnant_weeks" hidden`
		w.wantPage("not asked yet", w.ask("worker", "GET", page, ""), 200, []string{hidden, "Asesmen biopsikososial–spiritual"}, nil)
		w.wantPage("sent", w.post("worker", page, url.Values{"q-pregnant": {"true"}, "q-problem": {"Suami\r\npergi"}}), 303, nil, nil)
		w.wantPage("now it is asked", w.ask("worker", "GET", page, ""), 200, []string{`data-item="pregnant_weeks"`}, []string{hidden})
		w.wantPage("out of range", w.post("worker", page, url.Values{"q-pregnant_weeks": {"60"}, "q-history": {"Baru diketik"}}), 422,
			[]string{"Angka ini di luar batas.", `href="#f-q-pregnant-weeks"`, "Baru diketik", `value="60"`}, nil)
		w.wantPage("no such question", w.post("worker", page, url.Values{"q-perahu": {"Milik ayah"}}), 422, []string{"Pertanyaan ini tidak ada dalam kuesioner."}, nil)
		w.wantPage("a draft of no question", w.post("worker", strings.TrimSuffix(page, "asesmen")+"draf/assessment", url.Values{"q-perahu": {"Milik ayah"}}), 422, nil, nil)
		w.wantPage("what is asked", w.post("worker", page+"/ditanya", url.Values{"q-pregnant": {"false"}, "q-area_work": {"2"}}), 200,
			[]string{`"area_work_note"`, `"heavy":"1"`}, []string{"pregnant_weeks"})
		w.wantPage("to read", w.ask("psychologist", "GET", page, ""), 200, []string{"Ada yang sedang hamil?", "Suami"}, []string{"Simpan asesmen", "Usia kehamilan"})
		give := url.Values{"kind": {"data"}, "language": {"id"}, "text_version": {"1"}, "manner": {"screen"}, "read": {"1"}, "signer": {"Melati Kencana"}}
		w.wantPage("she agrees", w.post("worker", strings.TrimSuffix(page, "asesmen")+"persetujuan", give), 303, nil, nil)
		w.wantPage("to print", w.ask("psychologist", "GET", page+"/cetak", ""), 200, []string{"Ada yang sedang hamil?", "Suami", "Usia kehamilan"}, []string{"Simpan asesmen"})
	})
}

// The office puts another form in use while a worker fills in the old one: the answers stay under the edition they were given in,
// what was typed is shown, and a draft still opens.
func TestTheFormChangesUnderAWorker(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		opened := strings.Replace(w.melatisCase("worker", ""), "/api/v1/cases/", "/kasus/", 1)
		page := opened + "/asesmen"
		w.wantPage("the old form", w.post("worker", page, url.Values{"q-faith": {"holds"}, "q-problem": {"Tidak sekolah"}}), 303, nil, nil)
		edition := regexp.MustCompile(`name="edition" value="([^"]+)"`).FindStringSubmatch(w.ask("worker", "GET", page, "").Body.String())[1]
		typed := url.Values{"edition": {edition}, "q-spirit": {"Doa pagi"}, "q-problem": {"Sering bolos"}}
		w.wantPage("typed", w.post("worker", opened+"/draf/assessment", typed), 200, []string{"saved_at"}, nil)
		w.formOf(ownForm)
		w.wantPage("the draft under the new form", w.ask("worker", "GET", page, ""), 200,
			[]string{"Asesmen kami", "Perahu siapa?", "Sering bolos", "Yang Anda ketik pada pertanyaan lama", "Doa pagi", "Jawaban pada edisi bawaan", "Menguatkan"}, nil)
		w.wantPage("sent from the old one", w.post("worker", page, typed), 409, []string{"Formulir asesmen diganti", "Sering bolos", "Doa pagi"}, nil)
		w.wantPage("typed still", w.post("worker", opened+"/draf/assessment", typed), 200, []string{"saved_at"}, nil)
		w.wantPage("sent anew", w.post("worker", page, url.Values{"edition": {"1"}, "q-problem": {"Sering bolos"}, "q-boat": {"Milik paman"}}), 303, nil, nil)
		w.wantPage("both to read", w.ask("psychologist", "GET", page, ""), 200, []string{"Cerita klien", "Sering bolos", "Milik paman", "Keyakinan saat ini terasa", "Menguatkan"}, []string{"Doa pagi"})
		w.wantPage("side by side", w.ask("psychologist", "GET", page+"/dahulu", ""), 200, []string{"Apa yang membuat klien datang?", "Tidak sekolah", "Sering bolos"}, nil)
		w.wantPage("nothing at another time", w.ask("psychologist", "GET", page+"/dahulu?ke=9", ""), 404, nil, nil)
	})
}

// Over the JSON: answers by question over the version that was read, a problem area that becomes one goal, and the same scope.
func TestAnAssessmentIsWrittenByMachines(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		at := w.melatisCase("worker", "") + "/assessment"
		ask := func(as access.Role, status int, method, path, body string, holds ...string) {
			t.Helper()
			w.check([]call{{story: method + " " + body, as: as, method: method, path: path, body: body, status: status, holds: holds}})
		}
		put := func(as access.Role, status int, version, body string, holds ...string) {
			t.Helper()
			w.check([]call{{story: version + " " + body, as: as, method: "PUT", path: at, body: body, headers: []string{"If-Match", version}, status: status, holds: holds}})
		}
		ask("worker", 200, "GET", at, "", `"version":1`, `"answers":[]`, `"status":"in-progress"`)
		ask("worker", 428, "PUT", at, `{"answers":{}}`, "if_match_missing")
		put("worker", 200, `"1"`, `{"answers":{"problem":[" Tidak sekolah "],"area_couple":["3"],"area_couple_note":["Ayah pergi"],"language":[""]}}`,
			`"version":2`, `"values":["Tidak sekolah"]`, `"item":"area_couple","name":"Hubungan suami istri","score":"3","weight":3,"note":"Ayah pergi","goal_id":null`,
			`"questionnaire":"urn:teduh:questionnaire:assessment|teduh-1"`, `"linkId":"heavy","text":"Bidang yang berat atau sangat berat","answer":[{"valueInteger":1}]`,
			`"answer":[{"valueCoding":{"system":"urn:teduh:answer","code":"3","display":"Sangat berat"},"item":[{"linkId":"area_couple_note"`)
		put("worker", 412, `"1"`, `{"answers":{"problem":["Lain"]}}`, "version_changed")
		put("worker", 409, `"2"`, `{"edition":"7","answers":{"problem":["Lain"]}}`, "form_changed")
		put("worker", 422, `"2"`, `{"answers":{"area_couple":["9"]}}`, `"field":"q-area_couple"`, `"code":"option"`)
		put("worker", 422, `"2"`, `{"answers":{"perahu":["1"]}}`, `"code":"unknown"`)
		put("supervisor", 403, `"2"`, `{"answers":{"problem":["Lain"]}}`, "forbidden")
		put("intake", 403, `"2"`, `{"answers":{"problem":["Lain"]}}`, "forbidden")
		ask("worker", 201, "POST", at+"/goals", `{"item":"area_couple"}`, `"words":"Hubungan suami istri: Ayah pergi"`, `"baseline":"3 – sangat berat"`, `"who":"worker"`)
		goal := regexp.MustCompile(`"goal_id":"([0-9a-f-]{36})"`).FindStringSubmatch(w.ask("worker", "GET", at, "").Body.String())
		if goal == nil {
			t.Fatal("the area does not tell its goal")
		}
		ask("worker", 201, "POST", at+"/goals", `{"item":"area_couple"}`, goal[1])
		ask("worker", 422, "POST", at+"/goals", `{"item":"area_work"}`, `"field":"item"`)
		ask("worker", 200, "GET", "/api/v1/assessment-form", "", `"resourceType":"Questionnaire"`, `"version":"teduh-1"`)
		w.formOf(ownForm)
		ask("worker", 200, "GET", "/api/v1/assessment-form", "", `"url":"urn:x:own"`)
		ask("worker", 200, "GET", at, "", `"former":[{"item":"area_couple"`, `"edition":"teduh-1"`)
	})
}
