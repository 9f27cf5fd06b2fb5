package app_test

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"teduh/internal/web"
)

// Whatever arrives that is no proper request is told so, in a problem document, and nothing of it is kept.
func TestWhatIsNoProperRequestIsToldSo(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		people := "/api/v1/people"
		deep := strings.Repeat("[", 200_000)
		post := func(story, body string, status int, holds ...string) call {
			return call{story: story, as: "worker", method: "POST", path: people, body: body, status: status, holds: holds}
		}
		w.check([]call{
			post("cut off", `{"name":"An`, 400, `"malformed"`),
			post("something after the end", `{"name":"An"} {}`, 400, `"malformed"`),
			post("bytes that are no UTF-8", "{\"name\":\"An\xff\"}", 400, `"malformed"`),
			post("NUL in a name", `{"name":"An\u0000i"}`, 400, `"malformed"`),
			post("half of a pair", `{"name":"A\ud83d i"}`, 400, `"malformed"`),
			post("the other half", `{"name":"A\ude00 i"}`, 400, `"malformed"`),
			post("a whole pair is a character", `{"name":"Ani \ud83d\ude00"}`, 201, "Ani 😀"),
			post("a backslash before a u is none", `{"name":"Ani \\u0000"}`, 201, `Ani \\u0000`),
			post("deep nesting", deep, 400, `"malformed"`),
			post("deep nesting that ends", `{"name":`+strings.Repeat("[", 40)+strings.Repeat("]", 40)+`}`, 400, `"malformed"`),
			post("brackets in a text are text", `{"name":"`+strings.Repeat("[", 60)+`"}`, 201),
			post("a number without end", `{"name":1e999}`, 400, `"malformed"`),
			post("null", `null`, 422, `"invalid"`),
			post("a list", `[]`, 422, `"invalid"`),
			post("another kind of value", `{"name":5,"sex":["f"]}`, 422, `"field":"name"`, `"field":"sex"`),
			post("an unknown field inside", `{"name":"Ani","phones":[{"number":"1","kind":"x"}]}`, 422, `"field":"phones[0].kind"`, `"unknown_field"`),
			post("a field in capitals is unknown", `{"NAME":"Ani"}`, 422, `"field":"NAME"`, `"unknown_field"`),
			post("over 1 MiB", `{"name":"`+strings.Repeat("a", 1<<20)+`"}`, 413, `"too_large"`, "1 MiB"),
			{story: "a form", as: "worker", method: "POST", path: people, body: "name=Ani", headers: []string{"Content-Type", "application/x-www-form-urlencoded"},
				status: 415, holds: []string{`"unsupported_media_type"`}},
			{story: "without a body", as: "worker", method: "POST", path: people, status: 400, holds: []string{`"malformed"`}},
			{story: "an address of nothing", as: "worker", method: "GET", path: "/api/v1/nothing", status: 404, holds: []string{`"not_found"`}},
			{story: "nor for a visitor", method: "GET", path: "/api/v1/nothing", status: 404, holds: []string{`"not_found"`}},
			{story: "no key in the address", as: "worker", method: "GET", path: "/api/v1/cases/7", status: 404, holds: []string{`"not_found"`}, not: []string{"path"}},
			{story: "another way to ask", as: "worker", method: "DELETE", path: people, status: 405, holds: []string{`"method_not_allowed"`}},
			{story: "NUL in a question", as: "worker", method: "GET", path: people + "?q=%00", status: 400, holds: []string{`"malformed"`}},
			{story: "no UTF-8 in a question", as: "worker", method: "GET", path: people + "?q=%ff", status: 400, holds: []string{`"malformed"`}},
			{story: "a broken escape in a question", as: "worker", method: "GET", path: people + "?q=%zz", status: 400, holds: []string{`"malformed"`}},
			{story: "an unknown question", as: "worker", method: "GET", path: people + "?nane=a", status: 422, holds: []string{`"field":"nane"`, `"unknown_field"`}},
			{story: "in English", as: "worker", method: "GET", path: "/api/v1/nothing", headers: []string{"Accept-Language", "en-GB,en;q=0.9"}, status: 404,
				holds: []string{"is not here"}},
			{story: "in Indonesian otherwise", as: "worker", method: "GET", path: "/api/v1/nothing", headers: []string{"Accept-Language", "de"}, status: 404,
				holds: []string{"tidak ada di sini"}},
			{story: "nothing of all this was kept", as: "worker", method: "GET", path: people + "?total=true", status: 200, holds: []string{`"total":3`}},
		})
		if got := w.ask("worker", "DELETE", people, ""); got.Header().Get("Allow") != "GET, HEAD, POST" {
			t.Errorf("Allow: %q", got.Header().Get("Allow"))
		}
	})
}

// Lists have limits, and a cursor that no list gave is told so.
func TestLimitsAndCursorsOfEveryList(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		id := w.ask("intake", "POST", "/api/v1/people", melati).JSON["id"].(string)
		opened := w.ask("worker", "POST", "/api/v1/cases", `{"client":{"kind":"individual","person_id":"`+id+`"}}`).JSON["id"].(string)
		for _, list := range []string{"/people", "/requests", "/cases", "/appointments", "/cases/" + opened + "/notes", "/cases/" + opened + "/timeline"} {
			path := "/api/v1" + list
			w.check([]call{
				{story: list + " of none", as: "worker", method: "GET", path: path + "?limit=0", status: 422, holds: []string{`"field":"limit"`, `"out_of_range"`, "1"}},
				{story: list + " of too many", as: "worker", method: "GET", path: path + "?limit=201", status: 422, holds: []string{`"field":"limit"`, "200"}},
				{story: list + " of words", as: "worker", method: "GET", path: path + "?limit=ten", status: 422, holds: []string{`"field":"limit"`}},
				{story: list + " of too large a number", as: "worker", method: "GET", path: path + "?limit=99999999999999999999", status: 422, holds: []string{`"field":"limit"`}},
				{story: list + " from nowhere", as: "worker", method: "GET", path: path + "?cursor=bm93aGVyZQ", status: 422, holds: []string{`"field":"cursor"`}},
				{story: list + " from a broken place", as: "worker", method: "GET", path: path + "?cursor=%22%27--", status: 422, holds: []string{`"field":"cursor"`}},
				{story: list + " from a made place", as: "worker", method: "GET", path: path + "?cursor=" + web.Cursor("d", "some day", opened), status: 422, holds: []string{`"field":"cursor"`}},
				{story: list + " from another made place", as: "worker", method: "GET", path: path + "?cursor=" + web.Cursor("a\x00b", opened), status: 422, holds: []string{`"field":"cursor"`}},
				{story: list + " of 200", as: "worker", method: "GET", path: path + "?limit=200", status: 200, holds: []string{`"items":`, `"next":null`}, not: []string{`"total"`}},
			})
		}
	})
}

// A list walked by its cursors shows everything once, in each of its orders; a cursor is of its own order alone.
func TestAListIsWalkedByItsCursors(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		id := w.ask("intake", "POST", "/api/v1/people", melati).JSON["id"].(string)
		for range 5 {
			w.ask("worker", "POST", "/api/v1/cases", `{"client":{"kind":"individual","person_id":"`+id+`"}}`)
		}
		var lastCursor string
		for _, sort := range []string{"-opened_on", "opened_on", "-updated_at"} {
			seen := map[string]bool{}
			for cursor, pages := "", 0; ; pages++ {
				got := w.ask("worker", "GET", "/api/v1/cases?limit=2&total=true&sort="+sort+"&cursor="+cursor, "")
				if got.Code != http.StatusOK || got.JSON["total"] != 5.0 || pages > 3 {
					t.Fatalf("%s, page %d: %d %s", sort, pages, got.Code, got.Body)
				}
				for _, item := range got.JSON["items"].([]any) {
					number := item.(map[string]any)["number"].(string)
					if seen[number] {
						t.Errorf("%s: %s stands there twice", sort, number)
					}
					seen[number] = true
				}
				next, more := got.JSON["next"].(string)
				if !more {
					break
				}
				cursor, lastCursor = next, next
			}
			if len(seen) != 5 {
				t.Errorf("%s: %d of 5", sort, len(seen))
			}
		}
		w.check([]call{{story: "a cursor of another order", as: "worker", method: "GET", path: "/api/v1/cases?sort=opened_on&cursor=" + lastCursor, status: 422,
			holds: []string{`"field":"cursor"`}}})
	})
}

// A body that ends before its announced length is malformed, with and without a key.
func TestABodyCutOffOnTheWay(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		server := httptest.NewServer(w.app)
		t.Cleanup(server.Close)
		for _, key := range []string{"", "Idempotency-Key: once\r\n"} {
			conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", server.Listener.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			_, err = fmt.Fprintf(conn, "POST /api/v1/people HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n%sContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"name\":\"Ani\"}",
				w.token["worker"], key)
			if err == nil {
				err = conn.(*net.TCPConn).CloseWrite()
			}
			if err != nil {
				t.Fatal(err)
			}
			line, err := bufio.NewReader(conn).ReadString('\n')
			if err != nil || !strings.Contains(line, " 400 ") {
				t.Errorf("%q, %v", line, err)
			}
			_ = conn.Close()
		}
		w.check([]call{{story: "nobody was kept", as: "worker", method: "GET", path: "/api/v1/people?total=true", status: 200, holds: []string{`"total":0`}}})
	})
}

// The same key and body answer alike, after a restart too; another body is a mistake; a key is a text of 200 characters.
func TestTheSameKeyAnswersAlike(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		key := []string{"Idempotency-Key", "kunjungan-1"}
		first := w.ask("intake", "POST", "/api/v1/people", melati, key...)
		w.restart()
		again := w.ask("intake", "POST", "/api/v1/people", melati, key...)
		if first.Code != http.StatusCreated || again.Code != first.Code || again.Body.String() != first.Body.String() {
			t.Errorf("%d %s, then %d %s", first.Code, first.Body, again.Code, again.Body)
		}
		for _, name := range []string{"Location", "ETag", "Content-Type"} {
			if again.Header().Get(name) != first.Header().Get(name) {
				t.Errorf("%s: %q, then %q", name, first.Header().Get(name), again.Header().Get(name))
			}
		}
		w.check([]call{
			{story: "another body", as: "intake", method: "POST", path: "/api/v1/people", body: `{"name":"Ani"}`, headers: key, status: 422, holds: []string{"idempotency_mismatch"}},
			{story: "another account's own key", as: "worker", method: "POST", path: "/api/v1/people", body: `{"name":"Ani"}`, headers: key, status: 201},
			{story: "a key too long", as: "intake", method: "POST", path: "/api/v1/people", body: `{"name":"Budi"}`, headers: []string{"Idempotency-Key", strings.Repeat("k", 201)},
				status: 422, holds: []string{`"field":"Idempotency-Key"`}},
			{story: "a key that is no text", as: "intake", method: "POST", path: "/api/v1/people", body: `{"name":"Budi"}`, headers: []string{"Idempotency-Key", "\xff\xfe"},
				status: 422, holds: []string{`"field":"Idempotency-Key"`}},
			{story: "200 letters are a key", as: "intake", method: "POST", path: "/api/v1/people", body: `{"name":"Budi"}`, headers: []string{"Idempotency-Key", strings.Repeat("ä", 200)},
				status: 201},
			{story: "what was refused may be sent again mended", as: "intake", method: "POST", path: "/api/v1/people", body: `{"name":""}`, headers: []string{"Idempotency-Key", "k2"}, status: 422},
			{story: "mended", as: "intake", method: "POST", path: "/api/v1/people", body: `{"name":"Citra"}`, headers: []string{"Idempotency-Key", "k2"}, status: 201},
			{story: "four people and no more", as: "intake", method: "GET", path: "/api/v1/people?total=true", status: 200, holds: []string{`"total":4`}},
		})
	})
}

// Ten at once with one key make one person, and all are told of the same.
func TestTenAtOnceWithOneKey(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		answers := make(chan answer, 10)
		for range cap(answers) {
			go func() {
				answers <- w.ask("intake", "POST", "/api/v1/people", `{"name":"Ani","accept_duplicates":true}`, "Idempotency-Key", "sekali")
			}()
		}
		ids := map[any]int{}
		for range cap(answers) {
			got := <-answers
			if got.Code != http.StatusCreated {
				t.Errorf("%d %s", got.Code, got.Body)
			}
			ids[got.JSON["id"]]++
		}
		if len(ids) != 1 {
			t.Errorf("%d people", len(ids))
		}
	})
}
