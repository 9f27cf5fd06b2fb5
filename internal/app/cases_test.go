package app_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"teduh/internal/access"
)

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

// melatisCase opens a case of Melati and gives its address.
func (w *world) melatisCase(as access.Role, more string) string {
	w.t.Helper()
	who := w.ask("intake", "POST", "/api/v1/people", `{"name":"Melati Kencana","accept_duplicates":true}`).JSON["id"].(string)
	got := w.ask(as, "POST", "/api/v1/cases", `{"client":{"kind":"individual","person_id":"`+who+`"}`+more+`}`)
	if got.Code != http.StatusCreated || got.Header().Get("ETag") != `"1"` {
		w.t.Fatalf("%d %s", got.Code, got.Body)
	}
	return got.Header().Get("Location")
}

func TestOpeningACaseByTheAPI(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		who := w.ask("intake", "POST", "/api/v1/people", melati).JSON["id"].(string)
		open := func(story, body string, status int, holds ...string) call {
			return call{story: story, as: "worker", method: "POST", path: "/api/v1/cases", body: body, status: status, holds: holds}
		}
		client := `{"client":{"kind":"individual","person_id":"` + who + `"}`
		w.check([]call{
			open("of a person", client+`,"categories":["25","8"]}`, 201, `"number":"LK3-`, `"main_category":"25"`, `"stage":"outreach"`, `"next_gate":[{"code":"first_contact","met":false}]`,
				`"person_id":"`+who+`"`, `"team":[]`, `"notes":[]`, `"village":"21.72.04.1002"`),
			open("of a group", `{"client":{"kind":"group","client_id":"`+w.group()+`"},"worker":"psychologist@example.org"}`, 201, `"kind":"group"`, `"name":"psychologist"`),
			open("of nobody", `{}`, 422, `"field":"client"`),
			open("of a kind of no set", `{"client":{"kind":"ghost"}}`, 422, `"field":"client.kind"`),
			open("of no id", `{"client":{"kind":"individual","person_id":"7"}}`, 422, `"field":"client.person_id"`),
			open("by nobody", client+`,"worker":"nobody@example.org"}`, 422, `"field":"worker"`),
			open("by someone who works no cases", client+`,"worker":"admin@example.org"}`, 422, `"field":"worker"`),
			open("through no door", client+`,"channel":"fax"}`, 422, `"field":"channel"`),
			open("in no village", client+`,"village":"21.72"}`, 422, `"field":"village"`),
			open("of no category", client+`,"categories":["99"]}`, 422, `"field":"categories"`),
			open("of no confidentiality", client+`,"confidentiality":4}`, 422, `"field":"confidentiality"`),
			{story: "not by the intake officer", as: "intake", method: "POST", path: "/api/v1/cases", body: client + `}`, status: 403},
		})
	})
}

func TestListsOfCasesByTheAPI(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.melatisCase("worker", `,"categories":["25"],"village":"21.72.04.1002"`)
		secret := w.melatisCase("psychologist", `,"categories":["8"],"confidentiality":2`)
		ask := func(story string, as access.Role, query string, holds, not []string) call {
			return call{story: story, as: as, method: "GET", path: "/api/v1/cases?total=true&" + query, status: 200, holds: holds, not: not}
		}
		none := []string{`"total":0`}
		w.check([]call{
			ask("all one may see", "worker", "", []string{`"total":1`, `"client":{"kind":"individual"`, `"worker":{"id":`, `"updated_at":"`}, []string{secret[len("/api/v1/cases/"):]}),
			ask("the head sees both", "head", "", []string{`"total":2`}, nil),
			ask("of a worker", "head", "worker=worker@example.org", []string{`"total":1`, `"main_category":"25"`}, nil),
			ask("of nobody", "head", "worker=nobody@example.org", none, nil),
			ask("by category", "head", "category=8", []string{`"total":1`}, []string{`"main_category":"25"`}),
			ask("by village", "head", "village=21.72.04.1002", []string{`"total":1`}, []string{`"main_category":"8"`}),
			ask("by confidentiality", "head", "confidentiality=2", []string{`"total":1`, `"main_category":"8"`}, nil),
			ask("open ones of a stage and a risk", "head", "status=open&stage=outreach&risk=none", []string{`"total":2`}, nil),
			ask("closed ones", "head", "status=closed", none, nil),
			ask("by name", "head", "q=kencana%20mel", []string{`"total":2`}, nil),
			ask("by another name", "head", "q=budi", none, nil),
			ask("by number", "head", "q=000001", []string{`"total":1`}, nil),
			ask("the oldest first", "head", "sort=opened_on&limit=1", []string{`"total":2`, `"main_category":"25"`}, nil),
			ask("the intake officer sees number, worker and state", "intake", "", []string{`"total":1`, `"number":"LK3-`, `"name":"worker"`}, []string{"Melati", `"25"`, `"none"`}),
			ask("and can't ask for the rest", "intake", "category=8&risk=high&village=21.72.04.1001", []string{`"total":1`}, nil),
			{story: "a stage of no set", as: "head", method: "GET", path: "/api/v1/cases?stage=waiting", status: 422, holds: []string{`"field":"stage"`}},
			{story: "a risk of no set", as: "head", method: "GET", path: "/api/v1/cases?risk=huge", status: 422, holds: []string{`"field":"risk"`}},
			{story: "an order of no set", as: "head", method: "GET", path: "/api/v1/cases?sort=name", status: 422, holds: []string{`"field":"sort"`}},
			{story: "a fourth confidentiality", as: "head", method: "GET", path: "/api/v1/cases?confidentiality=4", status: 422, holds: []string{`"field":"confidentiality"`}},
			{story: "not for those without cases", as: "viewer", method: "GET", path: "/api/v1/cases", status: 403, not: []string{"Melati"}},
			{story: "a secret one by its address", as: "worker", method: "GET", path: secret, status: 404, not: []string{"Melati"}},
		})
	})
}

func TestChangingACaseByTheAPI(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		path := w.melatisCase("worker", "")
		change := func(story, version, body string, status int, holds ...string) call {
			return call{story: story, as: "head", method: "PATCH", path: path, body: body, headers: []string{"If-Match", `"` + version + `"`}, status: status, holds: holds}
		}
		w.check([]call{
			{story: "without the version", as: "head", method: "PATCH", path: path, body: `{"village":""}`, status: 428},
			change("a change of nothing", "1", `{}`, 200, `"version":1`),
			change("the team", "1", `{"team":["psychologist@example.org"]}`, 200, `"team":[{"id":`, `"name":"psychologist"`, `"version":2`),
			change("a lost race", "1", `{"team":[]}`, 412, "version_changed", `"current":2`),
			change("nobody in the team", "2", `{"team":["nobody"]}`, 422, `"field":"team"`),
			change("no village", "2", `{"village":"nowhere"}`, 422, `"field":"village"`),
			change("no category", "2", `{"categories":["99"]}`, 422, `"field":"categories"`),
			change("no confidentiality", "2", `{"confidentiality":0}`, 422, `"field":"confidentiality"`),
			change("secret needs a head among the named", "2", `{"confidentiality":3,"named":["nobody"]}`, 422, `"field":"named"`),
			change("a rung of no ladder", "2", `{"resolution_level":"moon"}`, 422, `"field":"resolution_level"`),
			change("a higher rung needs a reason", "2", `{"resolution_level":"ministry"}`, 422, `"field":"reason"`),
			change("two things are changed both or none", "2", `{"resolution_level":"kelurahan","categories":["99"]}`, 422, `"field":"categories"`),
			change("none was", "2", `{}`, 200, `"resolution_level":"lk3"`, `"version":2`),
			change("both", "2", `{"resolution_level":"kelurahan","categories":["25"]}`, 200, `"resolution_level":"kelurahan"`, `"main_category":"25"`, `"version":3`),
			change("nobody in charge", "3", `{"worker":""}`, 422, `"field":"worker"`),
			change("another worker", "3", `{"worker":"psychologist@example.org","confidentiality":2}`, 200, `"confidentiality":2`, `"worker":{"id":`, `"version":4`),
			{story: "whose case it is no longer", as: "worker", method: "GET", path: path, status: 404},
		})
	})
}

// Stages have gates, closing has an outcome, and what is not met is named.
func TestStagesAndClosingByTheAPI(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		path := w.melatisCase("worker", "")
		at := func(as access.Role, story, act, version, body string, status int, holds ...string) call {
			return call{story: story, as: as, method: "POST", path: path + "/" + act, body: body, headers: []string{"If-Match", `"` + version + `"`}, status: status, holds: holds}
		}
		closing := `{"reason":"goals_reached","outcome":{"overcome":"less","restored":{"before":3,"after":7},"strengthened":{"before":4,"after":8}},"client_word":"lega",`
		w.check([]call{
			at("worker", "what is missing is named", "stage", "1", `{"to":"assessment"}`, 409, "gate_not_met", `{"code":"first_contact","met":false}`, `{"code":"consent_service","met":false}`),
			at("worker", "a reason does not help the worker", "stage", "1", `{"to":"assessment","reason":"mendesak sekali"}`, 409, "gate_not_met"),
			at("worker", "a stage of no set", "stage", "1", `{"to":"heaven"}`, 422, `"field":"to"`),
			at("head", "the head passes with a reason", "stage", "1", `{"to":"assessment","reason":"mendesak sekali"}`, 200, `"stage":"assessment"`, `"version":2`),
			at("head", "back without a reason", "stage", "2", `{"to":"outreach","reason":null}`, 422, `"field":"reason"`),
			at("head", "to where it is", "stage", "2", `{"to":"assessment"}`, 409, "same_stage"),
			at("worker", "a risk of no set", "risk", "2", `{"level":"huge","reason":"x"}`, 422, `"field":"level"`),
			at("worker", "a risk without a reason", "risk", "2", `{"level":"low"}`, 422, `"field":"reason"`),
			at("worker", "a risk", "risk", "2", `{"level":"low","reason":"belum ada ancaman"}`, 200, `"risk":"low"`, `"version":3`),
			at("worker", "no reason of any set", "close", "3", `{"reason":"bored","outcome":{"restored":{"before":1,"after":2},"strengthened":{"before":1,"after":2}},"no_follow_up":"pindah"}`, 422, `"field":"reason"`),
			at("worker", "off the scale", "close", "3", `{"reason":"withdrew","outcome":{"overcome":"same","restored":{"before":1,"after":11},"strengthened":{"before":1,"after":2}},"no_follow_up":"pindah"}`, 422,
				`"field":"outcome.restored.after"`),
			at("worker", "no follow-up and no reason", "close", "3", closing+`"follow_up_on":null}`, 422, `"field":"follow_up_on"`),
			at("worker", "a day of no calendar", "close", "3", closing+`"follow_up_on":"2027-02-30"}`, 422, `"field":"follow_up_on"`),
			{story: "a task is open", as: "worker", method: "POST", path: path + "/tasks", body: `{"what":"Telepon wali kelas","for":"worker@example.org","due_on":"2027-01-04"}`, status: 201, holds: []string{`"due_on":"2027-01-04"`}},
			{story: "a task of nothing", as: "worker", method: "POST", path: path + "/tasks", body: `{"what":""}`, status: 422, holds: []string{`"field":"what"`}},
			{story: "a task for nobody", as: "worker", method: "POST", path: path + "/tasks", body: `{"what":"x","for":"nobody"}`, status: 422, holds: []string{`"field":"for"`}},
			at("worker", "what is open is named", "close", "3", closing+`"follow_up_on":"2027-02-24"}`, 409, `"unsettled"`, `"open_tasks":`),
		})
	})
}

func TestNotesByTheAPI(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		path := w.melatisCase("worker", "")
		for i := range 25 {
			w.ask("worker", "POST", path+"/notes", fmt.Sprintf(`{"kind":"phone","happened_at":"2026-01-%02dT02:00:00Z","text":"catatan %d","sign":true}`, i+1, i+1))
		}
		write := func(story, body string, status int, holds ...string) call {
			return call{story: story, as: "worker", method: "POST", path: path + "/notes", body: body, status: status, holds: holds}
		}
		w.check([]call{
			{story: "the newest 20 in the case", as: "worker", method: "GET", path: path, status: 200, holds: []string{"catatan 25", `catatan 6"`}, not: []string{`catatan 5"`}},
			{story: "a page", as: "worker", method: "GET", path: path + "/notes?limit=2", status: 200, holds: []string{"catatan 25", "catatan 24"}, not: []string{"catatan 23", `"next":null`}},
			{story: "by word", as: "worker", method: "GET", path: path + "/notes?word=catatan%2017", status: 200, holds: []string{}},
			{story: "by kind", as: "worker", method: "GET", path: path + "/notes?kind=counselling", status: 200, holds: []string{`"items":[]`}},
			{story: "by a kind of no set", as: "worker", method: "GET", path: path + "/notes?kind=gossip", status: 422, holds: []string{`"field":"kind"`}},
			write("an own draft", `{"kind":"counselling","text":"belum selesai"}`, 201, `"signed_at":null`, `"addenda":[]`),
			write("without text", `{"kind":"phone","text":""}`, 422, `"field":"text"`),
			write("of no kind", `{"kind":"gossip","text":"x"}`, 422, `"field":"kind"`),
			write("of tomorrow", `{"kind":"phone","text":"x","happened_at":"2999-01-01T00:00:00Z"}`, 422, `"field":"happened_at"`),
			write("of no service", `{"kind":"phone","text":"x","services":["magic"]}`, 422, `"field":"services"`),
			write("longer than a day", `{"kind":"phone","text":"x","minutes":1441}`, 422, `"field":"minutes"`),
			write("100,000 letters are a text", `{"kind":"phone","text":"`+strings.Repeat("ä", 100_000)+`"}`, 201),
			write("one more is not", `{"kind":"phone","text":"`+strings.Repeat("ä", 100_001)+`"}`, 422, `"field":"text"`, `"too_long"`),
			{story: "the colleague reads", as: "psychologist", method: "GET", path: path + "/notes", status: 200},
			{story: "and does not write", as: "psychologist", method: "POST", path: path + "/notes", body: `{"kind":"phone","text":"x"}`, status: 403},
			{story: "the timeline in English", as: "worker", method: "GET", path: path + "/timeline?limit=1", headers: []string{"Accept-Language", "en"}, status: 200, holds: []string{`"code":"note.written"`}, not: []string{`"next":null`}},
			{story: "the timeline is not for all", as: "intake", method: "GET", path: path + "/timeline", status: 403},
		})
	})
}

func TestReportsByTheAPI(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		for range 5 {
			w.melatisCase("worker", `,"categories":["25"],"village":"21.72.04.1002"`)
		}
		w.melatisCase("worker", `,"categories":["8"],"village":"21.72.04.1002"`)
		year := time.Now().In(time.FixedZone("WIB", 7*3600)).Year()
		path := fmt.Sprintf("/api/v1/reports/cases?year=%d", year)
		w.check([]call{
			{story: "by both", as: "viewer", method: "GET", path: path, status: 200, holds: []string{`"cells":[{"category":"25","village":"21.72.04.1002","count":5}]`, `"suppressed":1`}, not: []string{"Melati"}},
			{story: "by village", as: "auditor", method: "GET", path: path + "&by=village", status: 200, holds: []string{`{"village":"21.72.04.1002","count":6}`, `"suppressed":0`}},
			{story: "by nothing known", as: "viewer", method: "GET", path: path + "&by=weather", status: 422, holds: []string{`"field":"by"`}},
			{story: "of a year of no calendar", as: "viewer", method: "GET", path: "/api/v1/reports/cases?year=-1", status: 422, holds: []string{`"field":"year"`}},
			{story: "of another year", as: "viewer", method: "GET", path: "/api/v1/reports/cases?year=2001", status: 200, holds: []string{`"cells":[]`}},
			{story: "not for a worker", as: "worker", method: "GET", path: path, status: 403},
		})
	})
}

func TestAppointmentsByTheAPI(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		path := w.melatisCase("worker", "")
		id := path[len("/api/v1/cases/"):]
		day := time.Now().UTC().AddDate(0, 0, 7)
		from := time.Date(day.Year(), day.Month(), day.Day(), 3, 0, 0, 0, time.UTC)
		body := fmt.Sprintf(`{"kind":"office","from":%q,"to":%q,"case_id":%q,"accept_warnings":true,"title":"Sesi"}`, from.Format(time.RFC3339), from.Add(time.Hour).Format(time.RFC3339), id)
		made := w.ask("worker", "POST", "/api/v1/appointments", body)
		if made.Code != http.StatusCreated || made.Header().Get("ETag") != `"1"` {
			t.Fatalf("%d %s", made.Code, made.Body)
		}
		one := made.Header().Get("Location")
		list := "/api/v1/appointments?from=" + from.Format(time.RFC3339) + "&to=" + from.Add(time.Hour).Format(time.RFC3339)
		w.check([]call{
			{story: "opened", as: "worker", method: "GET", path: one, status: 200, holds: []string{`"kind":"office"`, `"state":"planned"`, `"case":{"id":"` + id + `"`, `"request":null`}},
			{story: "in the list", as: "worker", method: "GET", path: list, status: 200, holds: []string{`"title":"Sesi"`, `"next":null`}},
			{story: "of a colleague", as: "head", method: "GET", path: list + "&worker=worker@example.org", status: 200, holds: []string{`"items":[{`}},
			{story: "of no kind", as: "worker", method: "POST", path: "/api/v1/appointments", body: strings.Replace(body, "office", "moon", 1), status: 422, holds: []string{`"field":"kind"`}},
			{story: "of no case", as: "worker", method: "POST", path: "/api/v1/appointments", body: strings.Replace(body, id, "7", 1), status: 422, holds: []string{`"field":"case_id"`}},
			{story: "without the version", as: "worker", method: "PATCH", path: one, body: `{"state":"cancelled","word":"hujan"}`, status: 428},
			{story: "cancelled", as: "worker", method: "PATCH", path: one, body: `{"state":"cancelled","word":"hujan"}`, headers: []string{"If-Match", `"1"`}, status: 200, holds: []string{`"state":"cancelled"`, `"version":2`}},
			{story: "a lost race", as: "worker", method: "PATCH", path: one, body: `{"title":"x"}`, headers: []string{"If-Match", `"1"`}, status: 412, holds: []string{`"current":2`}},
			{story: "an unknown field", as: "worker", method: "PATCH", path: one, body: `{"colour":"red"}`, headers: []string{"If-Match", `"2"`}, status: 422, holds: []string{`"unknown_field"`}},
			{story: "a visitor", method: "GET", path: one, status: 401, not: []string{"Sesi"}},
			{story: "not for those without a calendar", as: "admin", method: "GET", path: one, status: 403, not: []string{"Sesi"}},
		})
	})
}
