package web

import (
	"context"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"teduh/internal/db"
)

// API is where domains register their JSON operations, under /api/v1.
type API struct {
	huma    huma.API
	config  Config
	problem func(ctx context.Context, err error) *Problem
	ops     []string
	err     error
}

// What the document says of the whole API.
const apiWords = `JSON in UTF-8; names in snake_case, ids as UUID, instants in RFC 3339 UTC, days as YYYY-MM-DD.

Lists are ` + "`{\"items\":[…],\"next\":\"cursor or null\"}`" + ` with ` + "`total`" + ` only when ` + "`total=true`" + ` asks for it.
A single thing carries its version as ETag; a change of it needs If-Match with that ETag.
Errors are problem documents (RFC 9457) in Indonesian, or in English where Accept-Language asks for it.`

// tags group the operations.
var tags = []*huma.Tag{
	{Name: "account", Description: "Who is asking"},
	{Name: "people", Description: "People the office knows"},
	{Name: "requests", Description: "Requests and reports from every door, and what becomes of them"},
	{Name: "cases", Description: "Cases, their notes and stages"},
	{Name: "groups", Description: "Members of a group, its sessions and who came"},
	{Name: "supervision", Description: "Caseload of a team, approvals, competence of workers"},
	{Name: "consents", Description: "What a client agreed to, and its receipts"},
	{Name: "assessment", Description: "The assessment of a case by the office's form, as FHIR R4"},
	{Name: "plan", Description: "Goals and steps of a case, and how far they were reached"},
	{Name: "referrals", Description: "Clients sent to partners' services, from both sides"},
	{Name: "letters", Description: "Letters of cases, their papers and templates"},
	{Name: "appointments", Description: "Appointments of the office's calendar"},
	{Name: "instruments", Description: "Questionnaires and what was answered to them, as FHIR R4"},
	{Name: "partners", Description: "The directory of the network: partners, and the services they offer"},
	{Name: "reports", Description: "Counts, small cells suppressed"},
}

// NewAPI makes the API on a mux of its own. problem turns any error into a Problem, logging what is an accident.
func NewAPI(c Config, version string, problem func(ctx context.Context, err error) *Problem) (*API, *http.ServeMux) {
	mux := http.NewServeMux()
	hc := huma.DefaultConfig("Teduh", version)
	hc.OpenAPIPath, hc.DocsPath, hc.SchemasPath = "", "", ""
	hc.CreateHooks = nil
	hc.RejectUnknownQueryParameters = true
	strict := huma.Format{Marshal: huma.DefaultJSONFormat.Marshal, Unmarshal: readJSON}
	hc.Formats = map[string]huma.Format{"application/json": strict, "json": strict}
	huma.ValidateStrictCasing = true
	hc.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer"}}
	hc.Components.Schemas.RegisterTypeAlias(reflect.TypeFor[db.Time](), reflect.TypeFor[time.Time]())
	hc.Security = []map[string][]string{{"token": {}}}
	huma.NewErrorWithContext = func(hctx huma.Context, status int, _ string, errs ...error) huma.StatusError {
		return refused(hctx.Context(), status, errs)
	}
	huma.NewError = func(status int, _ string, errs ...error) huma.StatusError {
		return refused(context.Background(), status, errs)
	}
	hc.Info.Description = apiWords
	hc.Servers = []*huma.Server{{URL: "/", Description: "this installation"}}
	hc.Tags = tags
	describeRefusals(hc.OpenAPI)
	return &API{huma: humago.New(mux, hc), config: c, problem: problem}, mux
}

// OpenAPI is the description made from the registered operations.
func (a *API) OpenAPI() *huma.OpenAPI { return a.huma.OpenAPI() }

// Operations lists "METHOD path permission" of every operation, for the policy's test and the documentation page.
func (a *API) Operations() []string { return slices.Clone(a.ops) }

// Err tells whether an operation was registered without a known permission; the program must not start then.
func (a *API) Err() error { return a.err }

// register puts one JSON operation with its permission into the API. fn gets decoded and checked input.
func register[I, O any](a *API, op huma.Operation, permission string, fn func(ctx context.Context, in *I) (*O, error)) {
	if !a.config.Known(permission) && a.err == nil {
		a.err = fmt.Errorf("web: operation %s %s names no known permission (%q)", op.Method, op.Path, permission)
	}
	op.Path = "/api/v1" + op.Path
	op.OperationID = op.Method + strings.NewReplacer("/", "-", "{", "", "}", "", "_", "-").Replace(strings.TrimPrefix(op.Path, "/api/v1"))
	op.Description = strings.TrimSpace(op.Description + "\n\nPermission: " + permission)
	describe(&op, reflect.TypeFor[I]())
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
	admitNull(a.OpenAPI())
	showAnswers(a.OpenAPI(), a.described(op.Method, op.Path))
}

// described is an operation as the document has it.
func (a *API) described(method, path string) *huma.Operation {
	item := a.OpenAPI().Paths[path]
	return map[string]*huma.Operation{http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodPut: item.Put,
		http.MethodPatch: item.Patch, http.MethodDelete: item.Delete}[method]
}

// readsItsAddress stops the start where an address has a parameter that the input does not read: the operation would
// answer «not found» for ever.
func (a *API) readsItsAddress(method, path string) {
	declared := 0
	for _, p := range a.described(method, path).Parameters {
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
		for name, values := range p.GetHeaders() {
			hctx.SetHeader(name, values[0])
		}
		_ = huma.WriteErr(a.huma, hctx, p.Status, "", p) // an error means the caller has gone
	}
}
