package app_test

import "testing"

// What stands below a case's address is reached by it.
func TestWorkingOnACaseByTheAPI(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		made := w.ask("intake", "POST", "/api/v1/people", melati)
		opened := w.ask("worker", "POST", "/api/v1/cases", `{"client":{"kind":"individual","person_id":"`+made.JSON["id"].(string)+`"},"categories":["25"]}`)
		path := "/api/v1/cases/" + opened.JSON["id"].(string)
		w.check([]call{
			{story: "a note", as: "worker", method: "POST", path: path + "/notes", body: `{"kind":"phone","text":"Ibu menelepon","sign":true}`, status: 201,
				holds: []string{"Ibu menelepon"}},
			{story: "the notes", as: "worker", method: "GET", path: path + "/notes", status: 200, holds: []string{"Ibu menelepon", `"next":null`}},
			{story: "in the case", as: "head", method: "GET", path: path, status: 200, holds: []string{"Ibu menelepon", `"referrals":[]`}},
			{story: "the risk", as: "worker", method: "POST", path: path + "/risk", body: `{"level":"low","reason":"belum ada ancaman"}`, headers: []string{"If-Match", opened.Header().Get("ETag")},
				status: 412, holds: []string{`"current":2`}},
			{story: "the risk again", as: "worker", method: "POST", path: path + "/risk", body: `{"level":"low","reason":"belum ada ancaman"}`, headers: []string{"If-Match", `"2"`},
				status: 200, holds: []string{`"risk":"low"`}},
			{story: "a task", as: "worker", method: "POST", path: path + "/tasks", body: `{"what":"Telepon wali kelas"}`, status: 201, holds: []string{"Telepon wali kelas"}},
			{story: "the village", as: "worker", method: "PATCH", path: path, body: `{"village":"21.72.04.1002"}`, headers: []string{"If-Match", `"3"`}, status: 200,
				holds: []string{`"village":"21.72.04.1002"`}},
			{story: "the next stage", as: "worker", method: "POST", path: path + "/stage", body: `{"to":"engagement"}`, headers: []string{"If-Match", `"4"`}, status: 200,
				holds: []string{`"stage":"engagement"`}},
			{story: "the timeline", as: "worker", method: "GET", path: path + "/timeline", status: 200, holds: []string{"case.opened", "note.signed"}},
			{story: "not for the intake officer", as: "intake", method: "GET", path: path + "/notes", status: 403, not: []string{"Ibu"}},
		})
	})
}
