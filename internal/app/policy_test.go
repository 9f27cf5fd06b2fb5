package app_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"teduh/internal/access"
	"teduh/internal/app"
	"teduh/internal/db"
)

// rule is a line of the policy file.
type rule struct {
	method, path string
	roles        []string
}

func policy(t *testing.T) (rules []rule) {
	t.Helper()
	raw, err := os.ReadFile("testdata/policy.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(raw)) {
		if f := strings.Fields(line); len(f) > 2 && f[0] != "#" && strings.HasPrefix(f[1], "/") {
			rules = append(rules, rule{f[0], f[1], f[2:]})
		}
	}
	return rules
}

var hole = regexp.MustCompile(`\{[a-z]+\}`)

// Every route has a line in the policy file, and every role and the visitor get from every route what the file says.
func TestEveryRouteAnswersEachRoleAsThePolicySays(t *testing.T) {
	t.Parallel()
	a, err := app.Open(t.Context(), app.Config{Dir: t.TempDir(), Demo: true}, true)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	accounts, err := a.Demo(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	rules := policy(t)
	for _, route := range a.RouteNames() {
		if !slices.ContainsFunc(rules, func(r rule) bool { return r.method+" "+r.path == route }) {
			t.Errorf("%s has no line in the policy file", route)
		}
	}
	tokens := map[access.Role]string{"": ""}
	for _, acc := range accounts.Accounts {
		user, err := a.Access.FindUser(t.Context(), acc.Email)
		if err != nil {
			t.Fatal(err)
		}
		if tokens[acc.Role], err = a.Access.NewToken(t.Context(), access.SystemActor(access.Office{}), user.ID, "policy", 0); err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range rules {
		for role, token := range tokens {
			status := ask(t, a, r, token)
			if got, want := allowed(status, r, token), may(r, role); got != want {
				t.Errorf("%s %s as %q: %d, allowed should be %v", r.method, r.path, role, status, want)
			}
		}
	}
	if len(tokens) != len(access.Roles)+1 {
		t.Errorf("%d kinds of actors were asked", len(tokens))
	}
}

func may(r rule, role access.Role) bool {
	return r.roles[0] == "everyone" || role != "" && (r.roles[0] == "signed-in" || slices.Contains(r.roles, string(role)))
}

// ask sends a request that does nothing: to a thing that is not there, with an empty body.
func ask(t *testing.T, a *app.App, r rule, token string) int {
	t.Helper()
	path := hole.ReplaceAllString(r.path, db.NewID().String())
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	if path == "/peringatan" { // a stream goes on until its reader leaves
		ctx, cancel = context.WithTimeout(ctx, 200*time.Millisecond)
		defer cancel()
	}
	req := httptest.NewRequestWithContext(ctx, r.method, path, strings.NewReader("{}"))
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	if strings.HasPrefix(path, "/api/") {
		req.Header.Set("Content-Type", "application/json")
	}
	w := httptest.NewRecorder()
	a.ServeHTTP(w, req)
	if w.Code >= 500 {
		t.Errorf("%s %s: %d", r.method, path, w.Code)
	}
	return w.Code
}

// allowed tells a refusal by role or sign-in from every other answer.
func allowed(status int, r rule, token string) bool {
	toSignIn := token == "" && r.method == http.MethodGet && status == http.StatusSeeOther
	return status != http.StatusForbidden && status != http.StatusUnauthorized && !toSignIn
}
