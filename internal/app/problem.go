package app

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/journal"
	"teduh/internal/web"
)

// problem tells an error to a machine, in the language it asked for.
func problem(ctx context.Context, err error) *web.Problem {
	if errors.Is(err, journal.ErrClaimed) {
		err = fault.Conflict("already_received", "error.already_received")
	}
	e, ok := fault.As(err)
	if !ok {
		p := &web.Problem{Type: "about:blank", Status: http.StatusInternalServerError, Code: "error", Detail: i18n.T(ctx, "error.accident")}
		if unavailable(err) {
			p.Status, p.Code, p.Detail = http.StatusServiceUnavailable, "unavailable", i18n.T(ctx, "error.unavailable")
		}
		p.Title, p.Reference = http.StatusText(p.Status), accident(ctx, err)
		return p
	}
	p := &web.Problem{Type: "about:blank", Title: http.StatusText(e.Status), Status: e.Status, Code: e.Code,
		Detail: i18n.T(ctx, e.Key, e.Args...), Current: e.Data}
	for _, f := range e.Fields {
		p.Errors = append(p.Errors, web.ProblemField{Field: f.Field, Code: f.Code, Message: i18n.T(ctx, f.Key, f.Args...)})
	}
	return p
}

// unavailable tells whether nothing is wrong with what was sent: the disk is full or the database away, and later it may go
// through.
func unavailable(err error) bool { return errors.Is(err, db.ErrFull) || errors.Is(err, db.ErrAway) }

// failAPI answers what is refused before an operation is reached.
func (a *App) failAPI(w http.ResponseWriter, r *http.Request, err error) {
	p := problem(r.Context(), err)
	maps.Copy(w.Header(), p.GetHeaders())
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // an error means the caller has gone
}
