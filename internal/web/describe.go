package web

import (
	"encoding/json"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// How a refusal of each status is described; every operation refers to those it can answer with.
var refusals = map[int]struct{ name, words, code string }{
	http.StatusBadRequest:            {"malformed", "What was sent could not be read.", "malformed"},
	http.StatusUnauthorized:          {"unauthorized", "No sign-in, or one that ended.", "unauthorized"},
	http.StatusForbidden:             {"forbidden", "Not among what the account's roles may do.", "forbidden"},
	http.StatusNotFound:              {"not_found", "Not there, or nothing the account may know of.", "not_found"},
	http.StatusConflict:              {"conflict", "The state of the thing does not allow the act; the code says why.", "conflict"},
	http.StatusPreconditionFailed:    {"version_changed", "Somebody else was first; current is the version that stands.", "version_changed"},
	http.StatusRequestEntityTooLarge: {"too_large", "The body is over 1 MiB.", "too_large"},
	http.StatusUnsupportedMediaType:  {"unsupported_media_type", "The body is no application/json.", "unsupported_media_type"},
	http.StatusUnprocessableEntity:   {"invalid", "Fields are wrong or unknown; errors names each of them.", "invalid"},
	http.StatusPreconditionRequired:  {"if_match_missing", "If-Match is missing.", "if_match_missing"},
	http.StatusTooManyRequests:       {"too_many", "Too many tries; Retry-After says how long to wait.", "too_many"},
	http.StatusInternalServerError:   {"accident", "Something failed on this side; the reference finds it in the log.", "error"},
	http.StatusServiceUnavailable:    {"unavailable", "The database is away or the disk is full; Retry-After says when to come back.", "unavailable"},
}

// describeRefusals puts every refusal into the document once.
func describeRefusals(doc *huma.OpenAPI) {
	problem := doc.Components.Schemas.Schema(reflect.TypeFor[Problem](), true, "Problem")
	doc.Components.Responses = map[string]*huma.Response{}
	for status, r := range refusals {
		p := &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Code: r.code, Detail: r.words}
		switch status {
		case http.StatusUnprocessableEntity:
			p.Errors = []ProblemField{{Field: "limit", Code: "out_of_range", Message: "At most 200."}}
		case http.StatusPreconditionFailed:
			p.Current = 4
		case http.StatusInternalServerError, http.StatusServiceUnavailable:
			p.Reference = "K7XQ2M4A"
		}
		doc.Components.Responses[r.name] = &huma.Response{Description: r.words, Headers: headersOf(p),
			Content: map[string]*huma.MediaType{p.ContentType(""): {Schema: problem, Example: p}}}
	}
}

// headersOf are the headers that come with a refusal.
func headersOf(p *Problem) map[string]*huma.Param {
	h := map[string]*huma.Param{}
	for name := range p.GetHeaders() {
		kind := "string"
		if name == "Retry-After" {
			kind = "integer"
		}
		h[name] = &huma.Param{Schema: &huma.Schema{Type: kind}}
	}
	return h
}

// refusalsOf are the statuses an operation can refuse with.
func refusalsOf(op huma.Operation, in reflect.Type) []int {
	list := []int{400, 401, 403, 422, 429, 500, 503}
	if strings.Contains(op.Path, "{") {
		list = append(list, 404)
	}
	if op.Method != http.MethodGet {
		list = append(list, 409, 413, 415)
	}
	if _, ok := in.FieldByName("IfMatch"); ok {
		list = append(list, 412, 428)
	}
	return list
}

// keyParameter describes the header with which a request may be repeated.
func keyParameter() *huma.Param {
	most := maxKeyLength
	return &huma.Param{Name: "Idempotency-Key", In: "header", Schema: &huma.Schema{Type: "string", MaxLength: &most},
		Description: "Any text. The same key and body within 48 hours answers as the first time and does nothing twice."}
}

const maxKeyLength = 200

// Sent is a request's body by an example, as it would be typed.
func Sent(example string) *huma.RequestBody {
	var value any
	if err := json.Unmarshal([]byte(example), &value); err != nil {
		panic("web: the example of a body is no JSON: " + example) // a slip in our own text, met at the first start
	}
	return &huma.RequestBody{Content: map[string]*huma.MediaType{"application/json": {Example: value}}}
}

// Answer describes a good answer by its shape, for an operation that has several.
func (a *API) Answer(words string, shape reflect.Type) *huma.Response {
	schema := a.OpenAPI().Components.Schemas.Schema(shape, true, shape.Name())
	return &huma.Response{Description: words, Content: map[string]*huma.MediaType{"application/json": {Schema: schema}}}
}

// describe adds what is the same for all operations: refusals before the registration, examples after it.
func describe(op *huma.Operation, in reflect.Type) {
	if op.Responses == nil {
		op.Responses = map[string]*huma.Response{}
	}
	for _, status := range refusalsOf(*op, in) {
		op.Responses[strconv.Itoa(status)] = &huma.Response{Ref: "#/components/responses/" + refusals[status].name}
	}
	if op.Method != http.MethodGet {
		op.Parameters = append(op.Parameters, keyParameter())
	}
}

// admitNull lets the closed sets that may be null hold it: JSON Schema asks for that, Huma does not write it.
func admitNull(doc *huma.OpenAPI) {
	for _, s := range doc.Components.Schemas.Map() {
		for _, p := range s.Properties {
			if p.Nullable && len(p.Enum) > 0 && p.Enum[len(p.Enum)-1] != nil {
				p.Enum = append(p.Enum, nil)
			}
		}
	}
}

// OrNull is a thing within an answer that may be missing: null then.
type OrNull[T any] struct{ Thing *T }

// MarshalJSON implements json.Marshaler.
func (o OrNull[T]) MarshalJSON() ([]byte, error) { return json.Marshal(o.Thing) }

// Schema implements huma.SchemaProvider.
func (o OrNull[T]) Schema(r huma.Registry) *huma.Schema {
	return &huma.Schema{AnyOf: []*huma.Schema{huma.SchemaFromType(r, reflect.TypeFor[*T]()), {Type: "null"}}}
}

// showAnswers gives each good answer an example made from its schema.
func showAnswers(doc *huma.OpenAPI, op *huma.Operation) {
	for _, r := range op.Responses {
		for _, media := range r.Content {
			if media.Example == nil {
				media.Example = exampleOf(doc.Components.Schemas, media.Schema)
			}
		}
	}
}

// Made-up values of the examples.
const (
	exampleID   = "0197a3c2-5b1e-7d40-8a6f-3c2b1e0d4f5a"
	exampleTime = "2026-11-24T02:00:00Z"
	exampleDay  = "2026-11-24"
)

// exampleOf makes a value that fits a schema: its own example, the first of a closed set, or something plain. Within are the
// shapes it stands in: a list of things of such a shape is empty.
func exampleOf(registry huma.Registry, s *huma.Schema, within ...string) any {
	if s.Ref != "" {
		within = append(slices.Clone(within), s.Ref)
		s = registry.SchemaFromRef(s.Ref)
	}
	switch {
	case len(s.Examples) > 0:
		return s.Examples[0]
	case len(s.Enum) > 0:
		return s.Enum[0]
	}
	switch s.Type {
	case huma.TypeObject:
		value := map[string]any{}
		for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
			value[name] = exampleOfField(registry, name, s.Properties[name], within)
		}
		return value
	case huma.TypeArray:
		if slices.Contains(within, s.Items.Ref) && s.Items.Ref != "" {
			return []any{}
		}
		return []any{exampleOf(registry, s.Items, within...)}
	case huma.TypeBoolean:
		return false
	case huma.TypeInteger, huma.TypeNumber:
		return 1
	}
	return exampleText(s)
}

func exampleText(s *huma.Schema) any {
	switch {
	case len(s.AnyOf) > 0 || len(s.OneOf) > 0 || s.Nullable && s.Format == "":
		return nil
	case s.Format == "date-time":
		return exampleTime
	case s.Format == "date":
		return exampleDay
	case s.Format == "uuid":
		return exampleID
	}
	return ""
}

func exampleOfField(registry huma.Registry, name string, s *huma.Schema, within []string) any {
	value := exampleOf(registry, s, within...)
	if value == "" && (name == "id" || strings.HasSuffix(name, "_id")) {
		return exampleID
	}
	return value
}
