package app_test

import (
	"net/http"
	"strings"
	"testing"

	"teduh/internal/access"
)

// The page of the API is for everyone, in both languages, complete, and tells nothing of the office.
func TestThePageOfTheAPI(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.melatisCase("worker", "")
		for language, words := range map[string]string{"id": "Yang berlaku di mana-mana", "en": "What holds everywhere"} {
			got := w.ask("", "GET", "/api/docs", "", "Cookie", access.LanguageCookie+"="+language)
			page := got.Body.String()
			if got.Code != http.StatusOK || !strings.HasPrefix(got.Header().Get("Content-Type"), "text/html") || !strings.Contains(page, words) {
				t.Errorf("%s: %d %s", language, got.Code, got.Header().Get("Content-Type"))
			}
			for _, hidden := range []string{"Melati", "LK3 Bina", "example.org"} {
				if strings.Contains(page, hidden) {
					t.Errorf("%s: it tells of %s", language, hidden)
				}
			}
		}
		page := w.ask("", "GET", "/api/docs", "").Body.String()
		for _, name := range w.app.RouteNames() {
			method, path, _ := strings.Cut(name, " ")
			if !strings.HasPrefix(path, "/api/v1/") || path == "/api/v1/openapi.json" {
				continue
			}
			id := strings.ToLower(method + strings.NewReplacer("/", "-", "{", "", "}", "").Replace(strings.TrimPrefix(path, "/api/v1")))
			if !strings.Contains(page, `href="#`+id+`"`) || !strings.Contains(page, `id="`+id+`"`) {
				t.Errorf("%s stands in no place of its own (%s)", name, id)
			}
		}
		if !strings.Contains(page, "curl -X POST http://example.com/api/v1/people") {
			t.Error("no example of a command")
		}
	})
}

// The document is fetched again only when it changed.
func TestTheDocumentIsFetchedOnce(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		first := w.ask("", "GET", "/api/v1/openapi.json", "")
		again := w.ask("", "GET", "/api/v1/openapi.json", "", "If-None-Match", first.Header().Get("ETag"))
		if first.Code != http.StatusOK || again.Code != http.StatusNotModified || again.Body.Len() != 0 {
			t.Errorf("%d, then %d", first.Code, again.Code)
		}
	})
}
