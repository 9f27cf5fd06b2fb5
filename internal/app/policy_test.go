package app_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"

	"teduh/internal/app"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/testkit/pg"
)

// cities runs a walk over each engine.
func cities(t *testing.T, walk func(t *testing.T, w *city)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		walk(t, newCity(t, app.Config{Dir: t.TempDir()}))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		empty := pg.Template(t, "empty", func(string) error { return nil })
		walk(t, newCity(t, app.Config{Dir: t.TempDir(), Postgres: pg.Fresh(t, empty)}))
	})
}

// POLICY 1: every address, for every role, everyone near a case and every kind of visitor, leading to something of each
// confidentiality at the own office, next door and in another city, answers as the policy file says.
func TestEveryAddressAnswersAsThePolicySays(t *testing.T) {
	t.Parallel()
	cities(t, func(t *testing.T, w *city) {
		p := policy(t)
		w.stopWriting()
		for _, route := range w.app.RouteNames() {
			if !slices.ContainsFunc(p.rules, func(r rule) bool { return r.String() == route }) {
				t.Errorf("%s has no line in the policy file", route)
			}
		}
		for _, r := range p.rules {
			if !slices.Contains(w.app.RouteNames(), r.String()) {
				t.Errorf("%s stands in the policy file and leads nowhere", r)
			}
			w.walk(p, r)
		}
		w.onlyStopped()
	})
}

// onlyStopped looks through the log: every accident was the walk's own stop.
func (w *city) onlyStopped() {
	w.t.Helper()
	for line := range bytes.Lines(log.Bytes()) {
		if bytes.Contains(line, []byte(`"accident"`)) && !bytes.Contains(line, []byte("the walk stops here")) {
			w.t.Errorf("an accident on the way: %s", line)
		}
	}
}

// walk asks for one address as everyone.
func (w *city) walk(p policyFile, r rule) {
	w.t.Helper()
	table, known := p.reach[r.behind]
	if known != r.leads() {
		w.t.Errorf("%s: what stands behind it has no rule", r)
		return
	}
	for _, who := range w.people {
		if !known {
			if class := classOf(w.ask(r, who, w.subjects[0])); r.may(who.role) == slices.Contains(refusals, class) || !r.may(who.role) && class != refusal(r, who) {
				w.t.Errorf("%s as %s: %s", r, who.name, class)
			}
			continue
		}
		w.each(r, table, who)
	}
}

// each asks for every subject as one of them; those who may not use the address at all ask for one of each place.
func (w *city) each(r rule, table reach, who someone) {
	w.t.Helper()
	var none *httptest.ResponseRecorder // what does not exist
	for _, s := range w.subjects {
		if !r.may(who.role) && s.level != casefile.Secret {
			continue
		}
		want := reached(w.t, r, table, who, s)
		got := w.ask(r, who, s)
		if class := classOf(got); class != want {
			w.t.Errorf("%s as %s, level %d %s: %s (%d), want %s", r, who.name, s.level, s.place, class, got.Code, want)
			continue
		}
		if want != "404" {
			continue
		}
		if none == nil {
			none = w.ask(r, who, w.nobody)
		}
		if a, b := faceless(got, s), faceless(none, w.nobody); a != b {
			w.t.Errorf("%s as %s, level %d %s: what is hidden differs from what does not exist:\n%s", r, who.name, s.level, s.place, apart(a, b))
		}
	}
}

// apart is where two answers begin to differ.
func apart(a, b string) string {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return fmt.Sprintf("%.90q\n%.90q", a[max(n-20, 0):], b[max(n-20, 0):])
}

var refusals = []string{"sign in", "401", "403"}

// refusal is how an address is refused to those who may not use it.
func refusal(r rule, who someone) string {
	switch {
	case who.role != "":
		return "403"
	case !strings.HasPrefix(r.path, "/api/"):
		return "sign in"
	}
	return "401"
}

// reached is what the policy file says of a subject behind an address.
func reached(t *testing.T, r rule, table reach, who someone, s subject) string {
	t.Helper()
	if !r.may(who.role) {
		return refusal(r, who)
	}
	answers, ok := table[who.name]
	if !ok {
		if answers, ok = table["everyone"]; !ok {
			t.Errorf("%s: %s has no row in the rule %s", r, who.name, r.behind)
			return ""
		}
	}
	if s.place != "own" && r.behind != "open" {
		return "404"
	}
	return answers[s.level-1]
}

// classOf is what an answer means to the one who asked.
func classOf(got *httptest.ResponseRecorder) string {
	switch code := got.Code; {
	case code == http.StatusSeeOther && strings.HasPrefix(got.Header().Get("Location"), "/masuk?"):
		return "sign in"
	case code == http.StatusInternalServerError, code == http.StatusConflict, code < 400: // accidents of another kind are found in the log
		return "yes"
	default:
		return strconv.Itoa(code)
	}
}

// faceless is an answer without what was asked for: the ids of the address.
func faceless(got *httptest.ResponseRecorder, s subject) string {
	var head strings.Builder
	_ = got.Header().Write(&head) // a strings.Builder takes all
	text := head.String() + got.Body.String()
	for word, id := range s.ids {
		if len(id) == idLength && word != "team" && word != "walled" && word != "team-psychologist" && word != "unit" {
			text = strings.ReplaceAll(text, id, "…")
		}
	}
	return text
}

// stopWriting lets every act go as far as its trace in the journal and no further, so that the walk changes nothing.
func (w *city) stopWriting() {
	w.t.Helper()
	statements := []string{`CREATE TRIGGER walk BEFORE INSERT ON change BEGIN SELECT RAISE(ABORT, 'the walk stops here'); END`}
	if w.app.DB.Engine() == db.Postgres {
		statements = []string{`CREATE FUNCTION walk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the walk stops here'; END $$`,
			`CREATE TRIGGER walk BEFORE INSERT ON change FOR EACH ROW EXECUTE FUNCTION walk()`}
	}
	must(w.t, w.app.DB.Write(w.t.Context(), func(tx db.Tx) error {
		for _, s := range statements {
			if _, err := tx.Exec(w.t.Context(), s); err != nil {
				return err
			}
		}
		return nil
	}))
}

// ask sends what a person or a program would send there.
func (w *city) ask(r rule, who someone, s subject) *httptest.ResponseRecorder {
	w.t.Helper()
	body, kind := w.sent(r, s)
	var headers []string
	if strings.HasPrefix(r.path, "/api/") {
		headers = []string{"If-Match", `"` + s.version(r) + `"`}
	}
	return w.send(r.method, who, r.address(s.ids), body, append(headers, "Content-Type", kind)...)
}

// send sends a request as someone; headers come as name and value in turn.
func (w *city) send(method string, who someone, address, body string, headers ...string) *httptest.ResponseRecorder {
	w.t.Helper()
	req := httptest.NewRequestWithContext(w.t.Context(), method, address, strings.NewReader(body))
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i+1] != "" {
			req.Header.Set(headers[i], headers[i+1])
		}
	}
	if who.token != "" {
		req.Header.Set("Authorization", "Bearer "+who.token)
	}
	got := httptest.NewRecorder()
	w.app.ServeHTTP(got, req)
	return got
}

func (s subject) version(r rule) string {
	if strings.HasPrefix(r.path, "/api/v1/people") || strings.HasPrefix(r.path, "/orang/") {
		return s.ids["person version"]
	}
	for _, part := range []string{"/appointments", "/goals/", "/steps/", "/family-meetings/", "/safety-plan", "/sessions/", "/letters/", "/partners/", "/services/"} {
		if strings.Contains(r.path, part) {
			return "1"
		}
	}
	if strings.HasPrefix(r.path, "/api/v1/requests") || strings.HasPrefix(r.path, "/api/v1/referrals/") || strings.HasSuffix(r.path, "/assessment") {
		return "2"
	}
	return s.ids["case version"]
}
