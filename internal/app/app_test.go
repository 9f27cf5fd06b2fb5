package app_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"teduh/internal/access"
	"teduh/internal/app"
	"teduh/internal/db"
	"teduh/internal/partner"
	"teduh/internal/testkit/pg"
)

// engines runs a story on the whole app over each engine.
func engines(t *testing.T, story func(t *testing.T, w *world)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		story(t, open(t, app.Config{Dir: t.TempDir(), Demo: true}))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		empty := pg.Template(t, "empty", func(string) error { return nil })
		story(t, open(t, app.Config{Dir: t.TempDir(), Postgres: pg.Fresh(t, empty), Demo: true}))
	})
}

// world is a running app with the demo's staff.
type world struct {
	t     *testing.T
	app   *app.App
	token map[access.Role]string
}

func open(t *testing.T, c app.Config) *world {
	t.Helper()
	ctx := t.Context()
	a, err := app.Open(ctx, c, true)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, app: a, token: map[access.Role]string{}}
	t.Cleanup(func() {
		if err := w.app.Close(); err != nil {
			t.Error(err)
		}
	})
	system := access.SystemActor(access.Office{})
	unit, err := a.Access.AddUnit(ctx, system, access.Unit{Kind: "office", Name: "LK3 Bina Sejahtera", Region: "21.72", Zone: "Asia/Jakarta", Prefix: "LK3"})
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range access.Roles {
		w.hire(role, unit)
	}
	return w
}

// restart closes the app and opens it again on the same data.
func (w *world) restart() {
	w.t.Helper()
	c := w.app.Config
	err := w.app.Close()
	if err == nil {
		w.app, err = app.Open(w.t.Context(), c, true)
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

// newPartner makes an organisation of an office's network.
func newPartner(t *testing.T, a *app.App, office db.ID, name string) db.ID {
	t.Helper()
	id, err := a.Partners.AddPartner(t.Context(), access.SystemActor(access.Office{ID: office}), partner.Partner{Name: name, Kind: "foundation"})
	must(t, err)
	return id
}

func (w *world) hire(role access.Role, unit db.ID) {
	w.t.Helper()
	ctx, system := w.t.Context(), access.SystemActor(access.Office{})
	id, err := w.app.Access.AddUser(ctx, system, access.NewAccount{Email: string(role) + "@example.org", Name: string(role)})
	if err == nil {
		g := access.Grant{Role: role, Unit: unit}
		switch role {
		case access.Facilitator:
			g.Villages = []string{"21.72.04.1002"}
		case access.Partner:
			g.Partner = newPartner(w.t, w.app, unit, "Yayasan Bahari")
		}
		err = w.app.Access.Grant(ctx, system, id, g)
	}
	if err == nil {
		w.token[role], err = w.app.Access.NewToken(ctx, system, id, "test", time.Hour)
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

// answer is what came back.
type answer struct {
	*httptest.ResponseRecorder
	JSON map[string]any
}

// ask sends a request as someone; headers come as name and value in turn. An empty role is a visitor.
func (w *world) ask(role access.Role, method, path, body string, headers ...string) answer {
	w.t.Helper()
	var sent io.Reader
	if body != "" {
		sent = bytes.NewReader([]byte(body))
	}
	r := httptest.NewRequestWithContext(w.t.Context(), method, path, sent)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if role != "" {
		r.Header.Set("Authorization", "Bearer "+w.token[role])
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	got := answer{ResponseRecorder: httptest.NewRecorder()}
	w.app.ServeHTTP(got, r)
	if w.described(r) {
		w.fits(method, path, body, got.ResponseRecorder)
	}
	if strings.Contains(got.Header().Get("Content-Type"), "json") {
		if err := json.Unmarshal(got.Body.Bytes(), &got.JSON); err != nil {
			w.t.Fatalf("%s %s: %v in %s", method, path, err, got.Body)
		}
	}
	return got
}

// described tells whether the document knows what was asked: not where the address or the method is part of the story.
func (w *world) described(r *http.Request) bool {
	path := strings.TrimPrefix(r.URL.Path, "/api/v1")
	return path != r.URL.Path && path != "/nothing" && path != "/openapi.json" && r.Method != http.MethodDelete
}

// call is a line of a table of the API.
type call struct {
	story    string
	as       access.Role
	method   string
	path     string
	body     string
	headers  []string
	status   int
	holds    []string
	not      []string
	location bool
}

func (w *world) check(calls []call) {
	w.t.Helper()
	for _, c := range calls {
		got := w.ask(c.as, c.method, c.path, c.body, c.headers...)
		if got.Code != c.status {
			w.t.Errorf("%s: status %d, want %d: %s", c.story, got.Code, c.status, got.Body)
		}
		for _, text := range c.holds {
			if !strings.Contains(got.Body.String(), text) {
				w.t.Errorf("%s: %q is missing in %s", c.story, text, got.Body)
			}
		}
		for _, text := range c.not {
			if strings.Contains(got.Body.String(), text) {
				w.t.Errorf("%s: %q stands in %s", c.story, text, got.Body)
			}
		}
		if c.location && got.Header().Get("Location") == "" {
			w.t.Errorf("%s: no Location", c.story)
		}
		if c.status == http.StatusUnauthorized && got.Header().Get("WWW-Authenticate") == "" {
			w.t.Errorf("%s: no WWW-Authenticate", c.story)
		}
	}
}
