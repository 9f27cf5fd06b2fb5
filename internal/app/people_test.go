package app_test

import (
	"net/http"
	"strings"
	"testing"
)

const melati = `{"name":"Melati Kencana","sex":"f","birth_date":"1990-05-01","nik":"2172049905900001",` +
	`"phones":[{"number":"0800-0000-1234","safe_to_call":true}],"address":{"village_code":"21.72.04.1002","rw":"03","rt":"01","street":"Jalan Rahasia 7"}}`

func TestPeopleByTheAPI(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		made := w.ask("intake", "POST", "/api/v1/people", melati)
		if made.Code != http.StatusCreated || made.Header().Get("ETag") != `"1"` {
			t.Fatalf("%d %s", made.Code, made.Body)
		}
		id, _ := made.JSON["id"].(string)
		path := "/api/v1/people/" + id
		if made.Header().Get("Location") != path {
			t.Errorf("Location %q", made.Header().Get("Location"))
		}
		sealed := []string{"2172049905900001", "1234", "Jalan Rahasia"}
		w.check([]call{
			{story: "a twin is told of and nothing written", as: "worker", method: "POST", path: "/api/v1/people", body: melati, status: 200,
				holds: []string{`"duplicates":[{"id":"` + id + `","name":"Melati Kencana","why":"nik"}]`}, not: []string{`"version"`}},
			{story: "nothing was written", as: "worker", method: "GET", path: "/api/v1/people?total=true", status: 200,
				holds: []string{`"total":1`, `"next":null`, `"village_code":"21.72.04.1002"`}, not: sealed},
			{story: "they are different people", as: "worker", method: "POST", path: "/api/v1/people", status: 201, location: true,
				body: strings.Replace(melati, "{", `{"accept_duplicates":true,`, 1), not: []string{"duplicates"}},
			{story: "by the beginnings of words", as: "worker", method: "GET", path: "/api/v1/people?q=ken%20mel&limit=1&total=true", status: 200,
				holds: []string{`"total":2`, "Melati Kencana"}, not: append(sealed, `"next":null`)},
			{story: "by NIK in the body", as: "worker", method: "POST", path: "/api/v1/people/search", body: `{"q":"2172 0499 0590 0001"}`, status: 200,
				holds: []string{id}, not: sealed},
			{story: "by phone in the body", as: "worker", method: "POST", path: "/api/v1/people/search", body: `{"q":"+6280000001234"}`, status: 200,
				holds: []string{id}, not: sealed},
			{story: "nobody has that number", as: "worker", method: "GET", path: "/api/v1/people?q=08110000000", status: 200, holds: []string{`"items":[]`}, not: []string{id}},
			{story: "opened", as: "intake", method: "GET", path: path, status: 200,
				holds: []string{`"nik":"2172049905900001"`, `"number":"+6280000001234"`, `"safe_to_call":true`, `"street":"Jalan Rahasia 7"`, `"nik_invented"`}},
			{story: "no such person", as: "worker", method: "GET", path: "/api/v1/people/0190a1b2-0000-7000-8000-000000000000", status: 404, not: []string{"Melati"}},
			{story: "no id at all", as: "worker", method: "GET", path: "/api/v1/people/7", status: 404},
			{story: "a visitor", as: "", method: "GET", path: path, status: 401, not: []string{"Melati"}},
			{story: "an administrator sees nobody", as: "admin", method: "GET", path: path, status: 403, not: []string{"Melati"}},
			{story: "nor does the facilitator", as: "facilitator", method: "GET", path: "/api/v1/people?q=melati", status: 403, not: []string{"Melati"}},
			{story: "a supervisor reads", as: "supervisor", method: "GET", path: path, status: 200},
			{story: "and does not write", as: "supervisor", method: "POST", path: "/api/v1/people", body: `{"name":"Ani"}`, status: 403},
			{story: "an unknown field", as: "worker", method: "POST", path: "/api/v1/people", body: `{"name":"Ani","nick":"An"}`, status: 422,
				holds: []string{`"unknown_field"`, "nick"}, not: []string{`"An"`}},
			{story: "no name", as: "worker", method: "POST", path: "/api/v1/people", body: `{"sex":"f"}`, status: 422, holds: []string{`"field":"name"`, `"required"`}},
			{story: "an empty name", as: "worker", method: "POST", path: "/api/v1/people", body: `{"name":"  "}`, status: 422, holds: []string{`"field":"name"`, `"required"`}},
			{story: "a name too long", as: "worker", method: "POST", path: "/api/v1/people", body: `{"name":"` + strings.Repeat("a", 201) + `"}`, status: 422,
				holds: []string{`"field":"name"`, `"too_long"`}, not: []string{"aaaa"}},
			{story: "200 letters are a name", as: "worker", method: "POST", path: "/api/v1/people", body: `{"name":"` + strings.Repeat("ä", 200) + `"}`, status: 201},
			{story: "a line too long", as: "worker", method: "POST", path: "/api/v1/people", body: `{"name":"Ani","work":"` + strings.Repeat("a", 501) + `"}`, status: 422,
				holds: []string{`"field":"work"`, `"too_long"`}},
			{story: "a day of no calendar", as: "worker", method: "POST", path: "/api/v1/people", body: `{"name":"Ani","birth_date":"1990-02-30"}`, status: 422,
				holds: []string{`"field":"birth_date"`, `"impossible"`}},
			{story: "born tomorrow", as: "worker", method: "POST", path: "/api/v1/people", body: `{"name":"Ani","birth_date":"2999-01-01"}`, status: 422, holds: []string{`"future"`}},
			{story: "a village of no list", as: "worker", method: "POST", path: "/api/v1/people", body: `{"name":"Ani","address":{"village_code":"99.99.99.9999"}}`, status: 422,
				holds: []string{`"field":"address.village_code"`}},
			{story: "a malformed NIK is kept", as: "worker", method: "POST", path: "/api/v1/people", body: `{"name":"Ani","nik":"12-ab"}`, status: 201,
				holds: []string{`"nik":"12-ab"`, `"code":"nik_form"`}},
			{story: "cut off", as: "worker", method: "POST", path: "/api/v1/people", body: `{"name":"An`, status: 400},
		})
	})
}

func TestChangingAPersonByTheAPI(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		made := w.ask("intake", "POST", "/api/v1/people", melati)
		path := "/api/v1/people/" + made.JSON["id"].(string)
		w.check([]call{
			{story: "without If-Match", as: "worker", method: "PATCH", path: path, body: `{"work":"penjahit"}`, status: 428, holds: []string{"if_match_missing"}},
			{story: "one fact", as: "worker", method: "PATCH", path: path, body: `{"work":"penjahit"}`, headers: []string{"If-Match", `"1"`}, status: 200,
				holds: []string{`"work":"penjahit"`, `"nik":"2172049905900001"`, `"version":2`, "Jalan Rahasia 7"}},
			{story: "a lost race", as: "worker", method: "PATCH", path: path, body: `{"work":"guru"}`, headers: []string{"If-Match", `"1"`}, status: 412,
				holds: []string{"version_changed", `"current":2`}},
			{story: "null empties", as: "worker", method: "PATCH", path: path, body: `{"nik":null,"phones":null}`, headers: []string{"If-Match", `"2"`}, status: 200,
				holds: []string{`"nik":null`, `"phones":[]`, `"work":"penjahit"`}},
			{story: "not found by what was emptied", as: "worker", method: "POST", path: "/api/v1/people/search", body: `{"q":"2172049905900001"}`, status: 200, holds: []string{`"items":[]`}},
			{story: "unknown field", as: "worker", method: "PATCH", path: path, body: `{"level":1}`, headers: []string{"If-Match", `"3"`}, status: 422, holds: []string{"unknown_field"}},
			{story: "a confidential address leaves the list", as: "worker", method: "PATCH", path: path, body: `{"address":{"village_code":"21.72.04.1002","confidential":true}}`,
				headers: []string{"If-Match", `"3"`}, status: 200, holds: []string{`"village_code":"21.72.04.1002"`}},
			{story: "in the list it is null", as: "worker", method: "GET", path: "/api/v1/people", status: 200, holds: []string{`"village_code":null`}, not: []string{"21.72.04"}},
			{story: "nor does the filter tell", as: "worker", method: "GET", path: "/api/v1/people?village=21.72.04.1002", status: 200, holds: []string{`"items":[]`}},
			{story: "another reader cannot write", as: "supervisor", method: "PATCH", path: path, body: `{"work":"x"}`, headers: []string{"If-Match", `"4"`}, status: 403},
		})
	})
}
