package web

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/db"
	"teduh/internal/fault"
)

// Made is what an act of a request made or changed first, when the request comes again and its answer was lost.
type Made struct {
	Kind string // of the journal's subject: person, note …
	ID   db.ID
}

// Of is the id where the act made a thing of this kind; anything else counts as not found.
func (m Made) Of(kind string) (db.ID, error) {
	if m.Kind != kind {
		return db.ID{}, fault.NotFound()
	}
	return m.ID, nil
}

type madeKey struct{}

// WithMade asks an operation for the answer to an act that was kept, instead of for the act.
func WithMade(ctx context.Context, m Made) context.Context {
	return context.WithValue(ctx, madeKey{}, m)
}

// Act registers an operation that writes. fn does it; again gives its answer when the act was kept and the answer was lost,
// because the program ended in between: it writes nothing, and reads no more than fn's answer tells.
func Act[I, O any](a *API, op huma.Operation, permission string, fn func(context.Context, *I) (*O, error), again func(context.Context, *I, Made) (*O, error)) {
	register(a, op, permission, func(ctx context.Context, in *I) (*O, error) {
		if m, lost := ctx.Value(madeKey{}).(Made); lost {
			return again(ctx, in, m)
		}
		return fn(ctx, in)
	})
}

// Operation registers an operation that only reads.
func Operation[I, O any](a *API, op huma.Operation, permission string, fn func(context.Context, *I) (*O, error)) {
	if op.Method != http.MethodGet && !strings.HasSuffix(op.Path, "/search") && a.err == nil {
		a.err = &notRepeatable{op.Method, op.Path}
	}
	register(a, op, permission, func(ctx context.Context, in *I) (*O, error) {
		if _, lost := ctx.Value(madeKey{}).(Made); lost {
			return nil, fault.NotFound()
		}
		return fn(ctx, in)
	})
}

// notRepeatable stops the start: a repeated request would do twice what should be done once.
type notRepeatable struct{ method, path string }

// Error names the operation.
func (e *notRepeatable) Error() string {
	return "web: operation " + e.method + " " + e.path + " writes and is not registered by Act"
}
