package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
)

// API is where domains register their JSON operations, under /api/v1.
type API struct {
	huma    huma.API
	config  Config
	problem func(ctx context.Context, err error) *Problem
	ops     []string
	err     error
}

// Problem is an error as RFC 9457 tells it, with Teduh's stable code and the fields in the reader's language. It never
// repeats what was sent.
type Problem struct {
	Type      string         `json:"type"`
	Title     string         `json:"title"`
	Status    int            `json:"status"`
	Detail    string         `json:"detail,omitempty"`
	Code      string         `json:"code"`
	Errors    []ProblemField `json:"errors,omitempty"`
	Reference string         `json:"reference,omitempty"`
	Current   any            `json:"current,omitempty" doc:"what stands now, where the state refused the act"`
}

// ProblemField is one wrong field.
type ProblemField struct {
	Field   string `json:"field"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Error implements error.
func (p *Problem) Error() string { return p.Code }

// GetStatus implements huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType implements huma.ContentTypeFilter.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// NewAPI makes the API on a mux of its own. problem turns any error into a Problem, logging what is an accident.
func NewAPI(c Config, version string, problem func(ctx context.Context, err error) *Problem) (*API, *http.ServeMux) {
	mux := http.NewServeMux()
	hc := huma.DefaultConfig("Teduh", version)
	hc.OpenAPIPath, hc.DocsPath, hc.SchemasPath = "/api/v1/openapi", "", ""
	hc.CreateHooks = nil
	hc.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer"}}
	hc.Components.Schemas.RegisterTypeAlias(reflect.TypeFor[db.Time](), reflect.TypeFor[time.Time]())
	hc.Security = []map[string][]string{{"token": {}}}
	huma.NewErrorWithContext = func(hctx huma.Context, status int, _ string, errs ...error) huma.StatusError {
		return refused(hctx.Context(), status, errs)
	}
	huma.NewError = func(status int, _ string, errs ...error) huma.StatusError {
		return refused(context.Background(), status, errs)
	}
	return &API{huma: humago.New(mux, hc), config: c, problem: problem}, mux
}

// OpenAPI is the description made from the registered operations.
func (a *API) OpenAPI() *huma.OpenAPI { return a.huma.OpenAPI() }

// Operations lists "METHOD path permission" of every operation, for the policy's test and the documentation page.
func (a *API) Operations() []string { return slices.Clone(a.ops) }

// Err tells whether an operation was registered without a known permission; the program must not start then.
func (a *API) Err() error { return a.err }

// Operation registers one JSON operation with its permission. fn gets decoded and checked input.
func Operation[I, O any](a *API, op huma.Operation, permission string, fn func(ctx context.Context, in *I) (*O, error)) {
	if !a.config.Known(permission) && a.err == nil {
		a.err = fmt.Errorf("web: operation %s %s names no known permission (%q)", op.Method, op.Path, permission)
	}
	op.Path = "/api/v1" + op.Path
	op.OperationID = op.Method + strings.NewReplacer("/", "-", "{", "", "}", "", "_", "-").Replace(strings.TrimPrefix(op.Path, "/api/v1"))
	op.Description = strings.TrimSpace(op.Description + "\n\nPermission: " + permission)
	op.Errors = []int{400, 401, 403, 404, 422}
	op.Middlewares = append(op.Middlewares, a.allow(permission))
	a.ops = append(a.ops, op.Method+" "+op.Path+" "+permission)
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := fn(ctx, in)
		if err != nil {
			return nil, a.problem(ctx, err)
		}
		return out, nil
	})
	a.readsItsAddress(op.Method, op.Path)
}

// readsItsAddress stops the start where an address has a parameter that the input does not read: the operation would
// answer «not found» for ever.
func (a *API) readsItsAddress(method, path string) {
	item := a.huma.OpenAPI().Paths[path]
	op := map[string]*huma.Operation{http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodPut: item.Put,
		http.MethodPatch: item.Patch, http.MethodDelete: item.Delete}[method]
	declared := 0
	for _, p := range op.Parameters {
		if p.In == "path" {
			declared++
		}
	}
	if declared != strings.Count(path, "{") && a.err == nil {
		a.err = fmt.Errorf("web: operation %s %s does not read its address", method, path)
	}
}

// allow asks for the permission before anything of the request is decoded.
func (a *API) allow(permission string) func(huma.Context, func(huma.Context)) {
	return func(hctx huma.Context, next func(huma.Context)) {
		err := a.config.Allow(hctx.Context(), permission)
		if err == nil {
			next(hctx)
			return
		}
		p := a.problem(hctx.Context(), err)
		if p.Status == http.StatusUnauthorized {
			hctx.SetHeader("WWW-Authenticate", "Bearer")
		}
		_ = huma.WriteErr(a.huma, hctx, p.Status, "", p) // an error means the caller has gone
	}
}

// refused is what the decoder found wrong, without what was sent.
func refused(ctx context.Context, status int, errs []error) *Problem {
	for _, err := range errs {
		if p, ok := errors.AsType[*Problem](err); ok {
			return p
		}
	}
	code, key := codeOf(status)
	p := &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Code: code, Detail: i18n.T(ctx, key, "max", 1)}
	for _, err := range errs {
		if d, ok := err.(huma.ErrorDetailer); ok {
			p.Errors = append(p.Errors, wrongField(ctx, d.ErrorDetail()))
		}
	}
	return p
}

func codeOf(status int) (code, key string) {
	switch status {
	case http.StatusBadRequest:
		return "malformed", "error.malformed"
	case http.StatusRequestEntityTooLarge:
		return "too_large", "error.too_large"
	case http.StatusUnsupportedMediaType:
		return "unsupported_media_type", "error.media_type"
	case http.StatusUnprocessableEntity:
		return "invalid", "error.invalid"
	case http.StatusNotAcceptable:
		return "not_acceptable", "error.media_type"
	}
	return "error", "error.accident"
}

// wrongField names the field and a code; the decoder's own English message stays inside.
func wrongField(ctx context.Context, d *huma.ErrorDetail) ProblemField {
	field := strings.TrimPrefix(strings.TrimPrefix(d.Location, "body."), "query.")
	code, key := "invalid", "error.field"
	switch {
	case d.Message == "unexpected property":
		code, key = "unknown_field", "error.unknown_field"
	case strings.HasPrefix(d.Message, "expected required property"):
		name := strings.Fields(strings.TrimPrefix(d.Message, "expected required property "))[0]
		code, key, field = "required", "error.required", joinField(field, name)
	case strings.HasPrefix(d.Message, "expected length <="):
		code, key = "too_long", "error.too_long_plain"
	case strings.HasPrefix(d.Message, "expected value to be one of"):
		code, key = "unknown", "error.choice"
	}
	return ProblemField{Field: field, Code: code, Message: i18n.T(ctx, key)}
}

func joinField(parent, name string) string {
	if parent == "" || parent == "body" {
		return name
	}
	return parent + "." + name
}

// IfMatch reads the version a change was made from; a missing header is 428.
func IfMatch(header string) (int64, error) {
	if header == "" {
		return 0, &fault.Error{Status: http.StatusPreconditionRequired, Code: "if_match_missing", Key: "error.if_match"}
	}
	v, err := strconv.ParseInt(strings.Trim(strings.TrimPrefix(header, "W/"), `"`), 10, 64)
	if err != nil {
		return 0, fault.Malformed()
	}
	return v, nil
}

// ETag writes a version as an ETag.
func ETag(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }

// Page is a list of the API.
type Page[T any] struct {
	Items []T     `json:"items"`
	Next  *string `json:"next" doc:"cursor of the next page, null at the end"`
	Total *int64  `json:"total,omitempty" doc:"exact number of all, only when asked for"`
}
