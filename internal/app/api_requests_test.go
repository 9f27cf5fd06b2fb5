package app_test

import (
	"net/http"
	"testing"

	"teduh/internal/access"
	"teduh/internal/person"
)

// told records a request and gives its address.
func (w *world) told(body string) string {
	w.t.Helper()
	got := w.ask("intake", "POST", "/api/v1/requests", body)
	if got.Code != http.StatusCreated || got.Header().Get("ETag") != `"1"` {
		w.t.Fatalf("%d %s", got.Code, got.Body)
	}
	return got.Header().Get("Location")
}

func TestRequestsByTheAPI(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		path := w.told(`{"narrative":"Suami mengancam dengan parang","danger_signs":["weapon"],"reporter":{"name":"Contoh","phone":"0800 1111"},"village_code":"21.72.04.1002","categories":["25"]}`)
		post := func(story, body string, status int, holds ...string) call {
			return call{story: story, as: "intake", method: "POST", path: "/api/v1/requests", body: body, status: status, holds: holds}
		}
		w.check([]call{
			{story: "opened", as: "worker", method: "GET", path: path, status: 200, holds: []string{`"urgency":"now"`, `"state":"new"`, `"number":"PM-`, `"outcome":null`, `"channel":"walk_in"`}},
			post("only what happened is needed", `{"narrative":"Anak tidak pulang"}`, 201, `"urgency":"week"`),
			post("nothing happened", `{"narrative":" "}`, 422, `"field":"narrative"`, `"required"`),
			post("without it", `{}`, 422, `"field":"narrative"`, `"required"`),
			post("words of no set", `{"narrative":"x","channel":"fax","kind":"gossip","danger_signs":["ghost"]}`, 422, `"field":"channel"`, `"field":"kind"`, `"field":"danger_signs[0]"`),
			post("no such category", `{"narrative":"x","categories":["99"]}`, 422, `"field":"categories"`),
			post("no village", `{"narrative":"x","village_code":"21.72"}`, 422, `"field":"village_code"`),
			post("about nobody", `{"narrative":"x","about":{"person_id":"7"}}`, 422, `"field":"about.person_id"`),
			post("tomorrow", `{"narrative":"x","arrived_at":"2999-01-01T00:00:00Z"}`, 422, `"field":"arrived_at"`, `"future"`),
			post("some day", `{"narrative":"x","arrived_at":"yesterday"}`, 422, `"field":"arrived_at"`),
			post("the urgency is no field", `{"narrative":"x","urgency":"now"}`, 422, `"unknown_field"`),
			{story: "the late ones", as: "worker", method: "GET", path: "/api/v1/requests?overdue=true&total=true", status: 200, holds: []string{`"total":0`}},
			{story: "by urgency", as: "worker", method: "GET", path: "/api/v1/requests?urgency=now&state=new&total=true", status: 200, holds: []string{`"total":1`, "parang"}, not: []string{"tidak pulang"}},
			{story: "by village", as: "worker", method: "GET", path: "/api/v1/requests?village=21.72.04.1002", status: 200, holds: []string{"parang"}, not: []string{"tidak pulang"}},
			{story: "by a state of no set", as: "worker", method: "GET", path: "/api/v1/requests?state=lost", status: 422, holds: []string{`"field":"state"`}},
			{story: "a visitor", method: "GET", path: path, status: 401, not: []string{"parang"}},
			{story: "an administrator", as: "admin", method: "GET", path: path, status: 403, not: []string{"parang"}},
			{story: "the facilitator sends in and does not read", as: "facilitator", method: "GET", path: path, status: 403, not: []string{"parang"}},
			{story: "for the own kelurahan", as: "facilitator", method: "POST", path: "/api/v1/requests", body: `{"narrative":"x","village_code":"21.72.04.1001"}`, status: 422, holds: []string{`"not_yours"`}},
		})
	})
}

func TestWorkingOnARequestByTheAPI(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		path := w.told(`{"narrative":"Anak tidak pulang"}`)
		match := func(version string) []string { return []string{"If-Match", `"` + version + `"`} }
		w.check([]call{
			{story: "nobody answered", as: "intake", method: "POST", path: path + "/contacts", body: `{"how":"phone","reached":false}`, status: 201, holds: []string{`"state":"new"`}},
			{story: "a way of no set", as: "intake", method: "POST", path: path + "/contacts", body: `{"how":"smoke","reached":true}`, status: 422, holds: []string{`"field":"how"`}},
			{story: "before it arrived", as: "intake", method: "POST", path: path + "/contacts", body: `{"how":"phone","reached":true,"at":"2000-01-01T00:00:00Z"}`, status: 422, holds: []string{`"field":"at"`}},
			{story: "reached", as: "intake", method: "POST", path: path + "/contacts", body: `{"how":"phone","reached":true,"note":"besok datang"}`, status: 201, holds: []string{`"state":"contacted"`}, not: []string{`"contacted_at":null`}},
			{story: "without the version", as: "intake", method: "PATCH", path: path, body: `{"urgency":"now"}`, status: 428, holds: []string{"if_match_missing"}},
			{story: "a version of no kind", as: "intake", method: "PATCH", path: path, body: `{"urgency":"now"}`, headers: []string{"If-Match", "*"}, status: 400},
			{story: "an old version", as: "intake", method: "PATCH", path: path, body: `{"urgency":"now"}`, headers: match("1"), status: 412, holds: []string{"version_changed", `"current":3`}},
			{story: "a change of nothing", as: "intake", method: "PATCH", path: path, body: `{}`, headers: match("3"), status: 200, holds: []string{`"version":3`}},
			{story: "a change of nothing in an old version", as: "intake", method: "PATCH", path: path, body: `{}`, headers: match("2"), status: 412},
			{story: "more pressing, and taken", as: "intake", method: "PATCH", path: path, body: `{"urgency":"now","assigned_to":"worker@example.org"}`, headers: match("3"), status: 200,
				holds: []string{`"urgency":"now"`, `"assigned_to":{"id":`, `"name":"worker"`, `"version":4`}},
			{story: "less pressing without a reason", as: "intake", method: "PATCH", path: path, body: `{"urgency":"week"}`, headers: match("4"), status: 422, holds: []string{`"field":"reason"`}},
			{story: "by nobody", as: "intake", method: "PATCH", path: path, body: `{"assigned_to":"nobody@example.org"}`, headers: match("4"), status: 422, holds: []string{`"field":"assigned_to"`}},
			{story: "the intake officer does not decide", as: "intake", method: "POST", path: path + "/triage", body: `{"outcome":"informed","note":"dijelaskan"}`, headers: match("4"), status: 403},
			{story: "the worker does, with the version", as: "worker", method: "POST", path: path + "/triage", body: `{"outcome":"informed","note":"dijelaskan"}`, status: 428},
			{story: "with a sentence", as: "worker", method: "POST", path: path + "/triage", body: `{"outcome":"informed","note":""}`, headers: match("4"), status: 422, holds: []string{`"field":"note"`}},
			{story: "decided", as: "worker", method: "POST", path: path + "/triage", body: `{"outcome":"informed","note":"dijelaskan"}`, headers: match("4"), status: 200,
				holds: []string{`"state":"decided"`, `"outcome":"informed"`, `"case":null`}},
			{story: "and no more to do", as: "worker", method: "POST", path: path + "/contacts", body: `{"how":"phone","reached":true}`, status: 409, holds: []string{`"decided"`}},
		})
	})
}

// Every outcome of triage, with what it asks for and what it refuses.
func TestEveryOutcomeOfTriageByTheAPI(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		who := w.ask("intake", "POST", "/api/v1/people", melati).JSON["id"].(string)
		opened := w.ask("worker", "POST", "/api/v1/cases", `{"client":{"kind":"individual","person_id":"`+who+`"}}`).JSON["id"].(string)
		other := w.told(`{"narrative":"sama"}`)
		other = other[len("/api/v1/requests/"):]
		group := w.group()
		decide := func(story, body string, status int, holds ...string) call {
			path := w.told(`{"narrative":"Anak tidak pulang"}`)
			return call{story: story, as: "worker", method: "POST", path: path + "/triage", body: body, headers: []string{"If-Match", `"1"`}, status: status, holds: holds}
		}
		w.check([]call{
			decide("a case", `{"outcome":"case","note":"perlu","client":{"kind":"individual","person_id":"`+who+`"}}`, 200, `"outcome":"case"`, `"case":{"id":"`, `"number":"LK3-`),
			decide("a case of someone new", `{"outcome":"case","note":"perlu","new_name":"Contoh Baru"}`, 200, `"case":{"id":"`),
			decide("a case of a group", `{"outcome":"case","note":"perlu","client":{"kind":"group","client_id":"`+group+`"}}`, 200, `"case":{"id":"`),
			decide("for another worker", `{"outcome":"case","note":"perlu","client":{"kind":"individual","person_id":"`+who+`"},"worker":"psychologist@example.org","confidentiality":2}`, 200, `"case":{"id":"`),
			decide("a case of nobody", `{"outcome":"case","note":"perlu","client":{"kind":"individual"}}`, 422, `"field":"client.person_id"`),
			decide("of no id", `{"outcome":"case","note":"perlu","client":{"kind":"individual","person_id":"7"}}`, 422, `"field":"client.person_id"`),
			decide("of a family nobody knows", `{"outcome":"case","note":"perlu","client":{"kind":"family","family_id":"`+who+`"}}`, 422, `"field":"client.family_id"`),
			decide("of a community nobody knows", `{"outcome":"case","note":"perlu","client":{"kind":"community","client_id":"`+who+`"}}`, 422, `"field":"client.client_id"`),
			decide("of no kind", `{"outcome":"case","note":"perlu","client":{"kind":"ghost"}}`, 422, `"field":"client.kind"`),
			decide("for nobody", `{"outcome":"case","note":"perlu","client":{"kind":"individual","person_id":"`+who+`"},"worker":"nobody"}`, 422, `"field":"worker"`),
			decide("a fourth confidentiality", `{"outcome":"case","note":"perlu","new_name":"A","confidentiality":4}`, 422, `"field":"confidentiality"`),
			decide("an existing case", `{"outcome":"existing_case","note":"sama","case_id":"`+opened+`"}`, 200, `"case":{"id":"`+opened+`"`),
			decide("a case nobody knows", `{"outcome":"existing_case","note":"sama","case_id":"`+who+`"}`, 422, `"field":"case_id"`),
			decide("which case?", `{"outcome":"existing_case","note":"sama"}`, 422, `"field":"case_id"`),
			decide("a duplicate", `{"outcome":"duplicate","note":"sama","request_id":"`+other+`"}`, 200, `"outcome":"duplicate"`),
			decide("of what?", `{"outcome":"duplicate","note":"sama"}`, 422, `"field":"request_id"`),
			decide("out of the area", `{"outcome":"out_of_area","note":"wilayah lain"}`, 200, `"outcome":"out_of_area"`),
			decide("to an id of no unit", `{"outcome":"out_of_area","note":"wilayah lain","unit_id":"7"}`, 422, `"field":"unit_id"`),
			decide("to no unit", `{"outcome":"out_of_area","note":"wilayah lain","unit_id":"`+who+`"}`, 422, `"field":"unit_id"`),
			decide("referred", `{"outcome":"referred","note":"ke puskesmas"}`, 200, `"outcome":"referred"`),
			decide("resolved nearby", `{"outcome":"resolved_nearby","note":"oleh RT"}`, 200, `"outcome":"resolved_nearby"`),
			decide("withdrawn", `{"outcome":"withdrawn","note":"dicabut"}`, 200, `"outcome":"withdrawn"`),
			decide("unreachable without a try", `{"outcome":"unreachable","note":"tidak diangkat"}`, 409, `"no_tries"`),
			decide("an outcome of no set", `{"outcome":"forgotten","note":"entah"}`, 422, `"field":"outcome"`),
		})
	})
}

// group keeps a group of people as a client and gives its id.
func (w *world) group() string {
	w.t.Helper()
	a, err := w.app.Access.ByToken(w.t.Context(), w.token["worker"])
	if err != nil {
		w.t.Fatal(err)
	}
	kept, _, err := w.app.People.AddBody(w.t.Context(), a, person.Client{Kind: "group", Name: "Kelompok Contoh", BodyKind: "women_group"}, true)
	if err != nil {
		w.t.Fatal(err)
	}
	return kept.ID.String()
}

func TestWhoAmIByTheAPI(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		for _, role := range access.Roles {
			w.check([]call{{story: string(role), as: role, method: "GET", path: "/api/v1/me", status: 200, not: []string{"token", "hash"},
				holds: []string{`"email":"` + string(role) + `@example.org"`, `"role":"` + string(role) + `"`, `"name":"LK3 Bina Sejahtera"`, `"region":"21.72"`, `"time_zone":"Asia/Jakarta"`}}})
		}
		w.check([]call{
			{story: "a visitor", method: "GET", path: "/api/v1/me", status: 401, holds: []string{`"unauthorized"`}},
			{story: "a bad token", method: "GET", path: "/api/v1/me", headers: []string{"Authorization", "Bearer teduh_nothing"}, status: 401, holds: []string{`"unauthorized"`}},
			{story: "an ended session", method: "GET", path: "/api/v1/me", headers: []string{"Cookie", access.CookieName + "=gone"}, status: 401},
		})
	})
}
