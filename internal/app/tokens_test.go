package app_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"teduh/internal/access"
)

// signedIn is the cookie of somebody who came by a one-time link.
func (w *world) signedIn(role access.Role) []string {
	w.t.Helper()
	ctx, system := w.t.Context(), access.SystemActor(access.Office{})
	account, err := w.app.Access.FindUser(ctx, string(role)+"@example.org")
	if err != nil {
		w.t.Fatal(err)
	}
	link, err := w.app.Access.Link(ctx, system, account.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	login, err := w.app.Access.UseLink(ctx, link, "kapal kecil di laut tenang", access.Attempt{})
	if err != nil {
		w.t.Fatal(err)
	}
	return []string{"Cookie", access.CookieName + "=" + login}
}

var tokenShown = regexp.MustCompile(`teduh_[A-Za-z0-9_-]{43}`)

// A worker makes a token, uses it, finds it listed but never shown again, and takes it back; nobody else can.
func TestATokenOfOnesOwn(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		worker := w.signedIn("worker")
		form := func(who []string, path string, f url.Values) answer {
			return w.ask("", "POST", path, f.Encode(), append([]string{"Content-Type", "application/x-www-form-urlencoded"}, who...)...)
		}
		wrong := form(worker, "/profil/token", url.Values{"token_name": {""}, "token_days": {"9999"}})
		if wrong.Code != http.StatusUnprocessableEntity || tokenShown.MatchString(wrong.Body.String()) {
			t.Errorf("without a name: %d", wrong.Code)
		}
		made := form(worker, "/profil/token", url.Values{"token_name": {"Ponsel pendataan"}, "token_days": {"30"}})
		token := tokenShown.FindString(made.Body.String())
		if made.Code != http.StatusOK || token == "" {
			t.Fatalf("%d, no token on the page", made.Code)
		}
		bearer := []string{"Authorization", "Bearer " + token}
		w.check([]call{{story: "it acts for the worker", method: "GET", path: "/api/v1/me", headers: bearer, status: 200, holds: []string{"worker@example.org"}}})
		if again := form(bearer, "/profil/token", url.Values{"token_name": {"Anaknya"}, "token_days": {"365"}}); again.Code != http.StatusConflict || tokenShown.MatchString(again.Body.String()) {
			t.Errorf("a token made a token: %d", again.Code)
		}
		page := w.ask("", "GET", "/profil", "", worker...).Body.String()
		if !strings.Contains(page, "Ponsel pendataan") || strings.Contains(page, token) || !strings.Contains(page, `href="/api/docs"`) {
			t.Error("the list of tokens is not as it should be")
		}
		end := regexp.MustCompile(`/profil/token/[0-9a-f-]{36}/cabut`).FindString(page)
		head := w.signedIn("head")
		if strings.Contains(w.ask("", "GET", "/profil", "", head...).Body.String(), "Ponsel pendataan") {
			t.Error("the head sees the worker's token")
		}
		if got := form(head, end, nil); got.Code != http.StatusNotFound {
			t.Errorf("another one's token was taken back: %d", got.Code)
		}
		if got := form(worker, end, nil); got.Code != http.StatusSeeOther {
			t.Errorf("taking it back: %d", got.Code)
		}
		w.check([]call{{story: "it is dead at once", method: "GET", path: "/api/v1/me", headers: bearer, status: 401}})
	})
}
