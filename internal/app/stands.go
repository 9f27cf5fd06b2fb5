package app

import (
	"bytes"
	"io"
	"maps"
	"net/http"
	"strings"

	"teduh/internal/journal"
	"teduh/internal/web"
)

// repeat is a request that came again, or at the same time as another with the same key.
type repeat struct {
	*http.Request
	claim journal.Claim
	body  []byte
	next  http.Handler
}

// answerFromWhatStands answers a request whose act was kept and whose answer was not, because the program ended in between: the
// operation is asked for it anew (web.Act). It tells whether there is such an answer. A form has none: a page is drawn after
// it, and the one-time key only keeps it from being written twice.
func (a *App) answerFromWhatStands(w http.ResponseWriter, r repeat, found journal.Claimed) bool {
	if !strings.HasPrefix(r.URL.Path, "/api/v1/") {
		return false
	}
	ask := r.Clone(web.WithMade(r.Context(), web.Made{Kind: found.Kind, ID: found.Subject}))
	ask.Body = io.NopCloser(bytes.NewReader(r.body))
	answer := &recorder{ResponseWriter: bare{header: http.Header{}}}
	r.next.ServeHTTP(answer, ask)
	if answer.status >= http.StatusBadRequest {
		return false // one may send it in and not read it, or it is out of reach by now
	}
	a.keepAnswer(r.Request, r.claim, answer)
	maps.Copy(w.Header(), answer.Header())
	w.Header().Set("Idempotent-Replayed", "true")
	answer.ResponseWriter = w
	answer.flush()
	return true
}

// bare takes the header of an answer that may not be the one that is sent.
type bare struct{ header http.Header }

// Header implements http.ResponseWriter.
func (b bare) Header() http.Header { return b.header }

// Write implements http.ResponseWriter; the recorder before it keeps what is written.
func (b bare) Write(p []byte) (int, error) { return len(p), nil }

// WriteHeader implements http.ResponseWriter.
func (b bare) WriteHeader(int) {}
