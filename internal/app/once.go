package app

import (
	"bytes"
	"crypto/hmac"
	"encoding/json"
	"io"
	"log/slog"
	"maps"
	"mime"
	"net/http"
	"time"
	"unicode/utf8"

	"teduh/internal/access"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/web"
)

// A key answers for 48 hours; the first of two requests with it at once has this long to finish before the other is told
// to come back.
const (
	claimLasts = 48 * time.Hour
	claimWait  = 5 * time.Second
	maxKey     = 200
)

// kept is an answer as it is kept for a repeated request.
type kept struct {
	Header http.Header `json:"header"`
	Body   []byte      `json:"body"`
}

// once makes a JSON request with an Idempotency-Key answer the second time as it did the first.
func (a *App) once(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key := r.Header.Get("Idempotency-Key")
		if key == "" || r.Method == http.MethodGet {
			next.ServeHTTP(w, r)
			return
		}
		if bad := checkKey(key); bad != nil {
			a.fail(w, r, fault.Invalid(bad))
			return
		}
		a.claimed(w, r, "api:"+key, next)
	})
}

func checkKey(key string) *fault.Error {
	if !utf8.ValidString(key) {
		return fault.Field("Idempotency-Key", "invalid", "error.field")
	}
	return web.Length("Idempotency-Key", key, 1, maxKey)
}

// onceForm does the same for a form with its one-time form_key: a double click is one record.
func (a *App) onceForm(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost || !isForm(r) {
			next.ServeHTTP(w, r)
			return
		}
		ctx, err := a.identify(w, r)
		if err != nil || access.From(ctx).Kind != access.User {
			next.ServeHTTP(w, r)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
		if err != nil {
			a.fail(w, r.WithContext(ctx), fault.TooLarge(1))
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		key := formKey(body)
		if key == "" {
			next.ServeHTTP(w, r)
			return
		}
		a.claimed(w, r.WithContext(ctx), "form:"+key, next)
	})
}

// claimed runs the handler under a claim and keeps its answer, or answers from what was kept.
func (a *App) claimed(w http.ResponseWriter, r *http.Request, key string, next http.Handler) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	if err != nil {
		a.fail(w, r, fault.TooLarge(1))
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	claim := &journal.Claim{Account: access.From(r.Context()).User, Key: key,
		BodyHash: a.Vault.Blind("claim "+r.Method+" "+r.URL.Path, string(body))}
	again := repeat{r, *claim, body, next}
	if a.answerAgain(w, again) {
		return
	}
	answer := &recorder{ResponseWriter: w}
	next.ServeHTTP(answer, r.WithContext(journal.WithClaim(r.Context(), claim)))
	if claim.Lost {
		a.waitForFirst(w, again)
		return
	}
	if claim.Held || answer.status < 400 {
		a.keepAnswer(r, *claim, answer)
	}
	answer.flush()
}

// answerAgain answers from what was kept, and tells whether it did.
func (a *App) answerAgain(w http.ResponseWriter, r repeat) bool {
	found, err := a.Journal.FindClaim(r.Context(), r.claim)
	if fault.Is(err, "not_found") {
		return false
	}
	if err != nil {
		a.fail(w, r.Request, err)
		return true
	}
	if !hmac.Equal(found.BodyHash, r.claim.BodyHash) {
		a.fail(w, r.Request, &fault.Error{Status: http.StatusUnprocessableEntity, Code: "idempotency_mismatch", Key: "error.idempotency"})
		return true
	}
	if found.Status == 0 {
		a.waitForFirst(w, r)
		return true
	}
	a.replay(w, r.Request, found)
	return true
}

// waitForFirst waits until the request that took the claim has kept its answer. One that is older than the wait has ended
// without: it is answered from what stands.
func (a *App) waitForFirst(w http.ResponseWriter, r repeat) {
	deadline := time.NewTimer(claimWait)
	defer deadline.Stop()
	for {
		found, err := a.Journal.FindClaim(r.Context(), r.claim)
		if err == nil && found.Status != 0 {
			a.replay(w, r.Request, found)
			return
		}
		if err == nil && a.Config.Now().Sub(found.At.Time) > claimWait {
			if !a.answerFromWhatStands(w, r, found) {
				a.fail(w, r.Request, alreadyReceived(found))
			}
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-deadline.C:
			a.fail(w, r.Request, alreadyReceived(found))
			return
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// alreadyReceived names what was made, where the answer can't be given.
func alreadyReceived(found journal.Claimed) error {
	return fault.Conflict("already_received", "error.already_received").With(found.Subject.String())
}

func (a *App) replay(w http.ResponseWriter, r *http.Request, found journal.Claimed) {
	plain, err := a.Vault.Brief().Open("answer", found.Answer)
	var k kept
	if err == nil {
		err = json.Unmarshal([]byte(plain), &k)
	}
	if err != nil {
		a.fail(w, r, err)
		return
	}
	maps.Copy(w.Header(), k.Header)
	w.Header().Set("Idempotent-Replayed", "true")
	w.WriteHeader(found.Status)
	_, _ = w.Write(k.Body) // an error means the caller has gone
}

func (a *App) keepAnswer(r *http.Request, claim journal.Claim, answer *recorder) {
	plain, err := json.Marshal(kept{Header: lasting(answer.ResponseWriter.Header()), Body: answer.body.Bytes()})
	if err == nil {
		var sealed []byte
		if sealed, err = a.Vault.Brief().Seal("answer", string(plain)); err == nil {
			err = a.Journal.Answer(r.Context(), claim, answer.status, sealed)
		}
	}
	if err != nil {
		slog.ErrorContext(r.Context(), "the answer of a claim could not be kept", "error", err)
	}
}

// lasting are the headers that belong to the answer and not to the connection.
func lasting(h http.Header) http.Header {
	out := http.Header{}
	for _, name := range []string{"Content-Type", "Location", "Etag", "Set-Cookie"} {
		if v, ok := h[name]; ok {
			out[name] = v
		}
	}
	return out
}

// recorder holds an answer back until it is kept.
type recorder struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (rec *recorder) WriteHeader(status int) {
	if rec.status == 0 {
		rec.status = status
	}
}

func (rec *recorder) Write(b []byte) (int, error) {
	rec.WriteHeader(http.StatusOK)
	return rec.body.Write(b)
}

func (rec *recorder) flush() {
	rec.WriteHeader(http.StatusOK)
	rec.ResponseWriter.WriteHeader(rec.status)
	_, _ = rec.ResponseWriter.Write(rec.body.Bytes()) // an error means the caller has gone
}

// formKey finds form_key in a posted body without reading the rest.
func formKey(body []byte) string {
	for pair := range bytes.SplitSeq(body, []byte("&")) {
		if value, ok := bytes.CutPrefix(pair, []byte("form_key=")); ok && len(value) <= maxKey {
			return string(value)
		}
	}
	return ""
}

// isForm tells whether a form's fields were sent, also where their encoding is named with them.
func isForm(r *http.Request) bool {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && kind == "application/x-www-form-urlencoded"
}
