package app

import (
	"net/http"
	"regexp"
	"strings"

	"teduh/internal/journal"
)

// collections are where a thing of a kind stands, by the collection it was sent to.
var collections = map[string]string{"/api/v1/people": "person", "/api/v1/requests": "request", "/api/v1/cases": "case"}

// wholeAfter are the acts on a thing that are answered with the whole of it.
var wholeAfter = regexp.MustCompile(`^(/api/v1/(?:people|requests|cases)/[^/]+)(?:/stage|/risk|/close|/contacts)?$`)

// answerFromWhatStands answers a request whose act was kept and whose answer was not, because the program ended in between:
// with the thing as it stands. It tells whether there is such an answer.
func (a *App) answerFromWhatStands(w http.ResponseWriter, r *http.Request, claim journal.Claim, found journal.Claimed, next http.Handler) bool {
	path, status := standsAt(r, found)
	if path == "" {
		return false
	}
	ask := r.Clone(r.Context())
	ask.Method, ask.Body, ask.ContentLength = http.MethodGet, http.NoBody, 0
	ask.URL.Path, ask.URL.RawPath, ask.URL.RawQuery = path, "", ""
	ask.Header.Del("If-Match")
	answer := &recorder{ResponseWriter: w}
	next.ServeHTTP(answer, ask)
	if answer.status != http.StatusOK {
		return false // one may send it in and not read it, or it is out of reach by now
	}
	answer.status = status
	if status == http.StatusCreated {
		w.Header().Set("Location", path)
	}
	a.keepAnswer(r, claim, answer)
	w.Header().Set("Idempotent-Replayed", "true")
	answer.flush()
	return true
}

// standsAt is the address of what an act made or changed, and the status the act is answered with.
func standsAt(r *http.Request, found journal.Claimed) (path string, status int) {
	if kind, ok := collections[r.URL.Path]; ok && r.Method == http.MethodPost && kind == found.Kind {
		return r.URL.Path + "/" + found.Subject.String(), http.StatusCreated
	}
	whole := wholeAfter.FindStringSubmatch(r.URL.Path)
	switch {
	case whole == nil || r.Method != http.MethodPost && r.Method != http.MethodPatch:
		return "", 0
	case strings.HasSuffix(r.URL.Path, "/contacts"):
		return whole[1], http.StatusCreated
	}
	return whole[1], http.StatusOK
}
