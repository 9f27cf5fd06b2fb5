package app_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"

	"teduh/internal/app"
)

// document is the OpenAPI document as a stranger gets it.
func document(t *testing.T) (text []byte, doc map[string]any) {
	t.Helper()
	a, err := app.Open(t.Context(), app.Config{Dir: t.TempDir(), Demo: true}, true)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	got := httptest.NewRecorder()
	a.ServeHTTP(got, httptest.NewRequestWithContext(t.Context(), "GET", "/api/v1/openapi.json", nil))
	if got.Code != http.StatusOK || json.Unmarshal(got.Body.Bytes(), &doc) != nil {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	return got.Body.Bytes(), doc
}

// checker makes a validator of the document.
func checker(text []byte) (validator.Validator, error) {
	doc, err := libopenapi.NewDocument(text)
	if err != nil {
		return nil, err
	}
	v, errs := validator.NewValidator(doc)
	if len(errs) > 0 {
		return nil, errs[0]
	}
	return v, nil
}

// The document is OpenAPI 3.1 by its own schema, and every example in it fits.
func TestTheDocumentIsOpenAPI(t *testing.T) {
	t.Parallel()
	text, doc := document(t)
	if version, _ := doc["openapi"].(string); !strings.HasPrefix(version, "3.1.") {
		t.Errorf("it says it is OpenAPI %q", version)
	}
	v, err := checker(text)
	if err != nil {
		t.Fatal(err)
	}
	if ok, errs := v.ValidateDocument(); !ok {
		for _, e := range errs {
			t.Errorf("%s: %s %v", e.Message, e.Reason, e.SchemaValidationErrors)
		}
	}
	broken := bytes.Replace(text, []byte(`"title":"Teduh"`), []byte(`"titel":"Teduh"`), 1)
	if v, err = checker(broken); err != nil {
		return
	}
	if ok, _ := v.ValidateDocument(); ok {
		t.Error("a document without a title passes too: nothing is checked")
	}
}

// operations walks over the document's operations.
func operations(doc map[string]any, each func(method, path string, op map[string]any)) {
	for path, item := range doc["paths"].(map[string]any) {
		for method, op := range item.(map[string]any) {
			each(strings.ToUpper(method), path, op.(map[string]any))
		}
	}
}

// Every operation of the route table is described, and nothing else is.
func TestTheDocumentHoldsEveryOperationAndNoOther(t *testing.T) {
	t.Parallel()
	_, doc := document(t)
	rules := policy(t)
	described := []string{}
	operations(doc, func(method, path string, op map[string]any) {
		name := method + " " + path
		described = append(described, name)
		for _, word := range []string{"summary", "operationId", "description"} {
			if text, _ := op[word].(string); text == "" {
				t.Errorf("%s has no %s", name, word)
			}
		}
		if tags, _ := op["tags"].([]any); len(tags) != 1 {
			t.Errorf("%s has %d tags", name, len(tags))
		}
		checkAnswers(t, name, op)
		checkBody(t, name, op)
	})
	for _, r := range rules.rules {
		if strings.HasPrefix(r.path, "/api/v1/") && r.path != "/api/v1/openapi.json" && !slices.Contains(described, r.method+" "+r.path) {
			t.Errorf("%s %s is not described", r.method, r.path)
		}
	}
	if len(described) < 23 {
		t.Errorf("only %d operations: %v", len(described), described)
	}
}

func checkAnswers(t *testing.T, name string, op map[string]any) {
	t.Helper()
	answers := op["responses"].(map[string]any)
	wanted := []string{"400", "401", "403", "422", "429", "500", "503"}
	if !strings.HasPrefix(name, "GET ") {
		wanted = append(wanted, "409", "413", "415")
	}
	if strings.Contains(name, "{") {
		wanted = append(wanted, "404")
	}
	if strings.HasPrefix(name, "PATCH ") || slices.Contains([]string{"triage", "stage", "risk", "close"}, name[strings.LastIndexByte(name, '/')+1:]) {
		wanted = append(wanted, "412", "428")
	}
	for _, status := range wanted {
		if answers[status] == nil {
			t.Errorf("%s does not tell of %s", name, status)
		}
	}
	good := 0
	for status, a := range answers {
		content, _ := a.(map[string]any)["content"].(map[string]any)
		media, _ := content["application/json"].(map[string]any)
		if strings.HasSuffix(name, "/pdf") {
			media, _ = content["application/pdf"].(map[string]any)
		}
		if !strings.HasPrefix(status, "2") {
			continue
		}
		if good++; media["example"] == nil || media["schema"] == nil {
			t.Errorf("%s: %s has no example or no schema", name, status)
		}
	}
	if good == 0 {
		t.Errorf("%s never succeeds", name)
	}
}

func checkBody(t *testing.T, name string, op map[string]any) {
	t.Helper()
	body, ok := op["requestBody"].(map[string]any)
	bare := strings.HasPrefix(name, "GET ") || strings.HasPrefix(name, "DELETE ") || strings.HasSuffix(name, "/undo")
	if bare != !ok {
		t.Errorf("%s: a body is described: %t", name, ok)
	}
	if ok && body["content"].(map[string]any)["application/json"].(map[string]any)["example"] == nil {
		t.Errorf("%s has no example of its body", name)
	}
}

// What may be sent has a limit, and it stands in the document: API.md names 200, 500 and 100,000 characters.
func TestEveryTextThatMayBeSentHasALimit(t *testing.T) {
	t.Parallel()
	_, doc := document(t)
	limits, seen := map[float64]int{}, map[string]bool{}
	var look func(where string, schema map[string]any)
	look = func(where string, schema map[string]any) {
		if ref, ok := schema["$ref"].(string); ok {
			if strings.Contains(where, "[]") && seen[ref] {
				return // a thing that holds things of its own shape
			}
			seen[ref] = true
			schema = doc["components"].(map[string]any)["schemas"].(map[string]any)[ref[strings.LastIndexByte(ref, '/')+1:]].(map[string]any)
		}
		for _, inner := range asList(schema["anyOf"]) {
			look(where, inner.(map[string]any))
		}
		for name, p := range asMap(schema["properties"]) {
			look(where+"."+name, p.(map[string]any))
		}
		if isText(schema["type"]) && schema["enum"] == nil && schema["format"] == nil {
			most, ok := schema["maxLength"].(float64)
			if !ok {
				t.Errorf("%s has no limit", where)
			}
			limits[most]++
		}
		if items, ok := schema["items"].(map[string]any); ok {
			if schema["maxItems"] == nil {
				t.Errorf("%s may be endless", where)
			}
			if items["$ref"] != nil {
				look(where+"[]", items)
			}
		}
	}
	operations(doc, func(method, path string, op map[string]any) {
		for _, p := range asList(op["parameters"]) {
			p := p.(map[string]any)
			if p["in"] != "path" && p["name"] != "If-Match" && p["name"] != "by" {
				look(method+" "+path+"?"+p["name"].(string), p["schema"].(map[string]any))
			}
		}
		if body, ok := op["requestBody"].(map[string]any); ok {
			look(method+" "+path, body["content"].(map[string]any)["application/json"].(map[string]any)["schema"].(map[string]any))
		}
	})
	if limits[200] == 0 || limits[500] == 0 || limits[100_000] < 4 {
		t.Errorf("limits: %v", limits)
	}
}

func isText(kind any) bool {
	return kind == "string" || slices.Contains(asList(kind), any("string"))
}

func asList(v any) []any {
	list, _ := v.([]any)
	return list
}

func asMap(v any) map[string]any {
	m, _ := v.(map[string]any)
	return m
}

// The closed sets of the document are those of API.md.
func TestTheClosedSetsAreThoseThatWerePromised(t *testing.T) {
	t.Parallel()
	_, doc := document(t)
	schemas := doc["components"].(map[string]any)["schemas"].(map[string]any)
	for where, words := range map[string]string{
		"ToldJSON.channel":    "walk_in, phone, whatsapp, letter, referral_in, outreach, mobile_unit, portal, social_media, facilitator, event",
		"ToldJSON.kind":       "help_self, report_other, information, complaint, suggestion",
		"RequestJSON.urgency": "now, day, three_days, week",
		"RequestJSON.state":   "new, contacted, decided",
		"CaseJSON.stage":      "outreach, engagement, assessment, planning, intervention, evaluation, termination",
		"ReferralJSON.status": "draft, sent, received, accepted, declined, waitlisted, in_service, completed, not_attended, cancelled",
		"ClientJSON.kind":     "individual, family, group, organisation, community",
	} {
		name, field, _ := strings.Cut(where, ".")
		property := asMap(asMap(asMap(schemas[name])["properties"])[field])
		got := []string{}
		for _, word := range asList(property["enum"]) {
			if word != "" { // what somebody may not see
				got = append(got, fmt.Sprint(word))
			}
		}
		if strings.Join(got, ", ") != words {
			t.Errorf("%s: %v, want %s", where, got, words)
		}
	}
}

var realLooking = regexp.MustCompile(`\b\d{16}\b|\+62[1-9]|08[1-9]\d{6}|@(gmail|yahoo)`)

// Nobody real stands in an example.
func TestNoExampleLooksLikeSomebody(t *testing.T) {
	t.Parallel()
	text, _ := document(t)
	if found := realLooking.Find(text); found != nil {
		t.Errorf("%s", found)
	}
}

// fits checks an answer of the tables against the document.
func (w *world) fits(method, path, body string, got *httptest.ResponseRecorder) {
	w.t.Helper()
	v, err := w.documented()
	if err != nil {
		w.t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(w.t.Context(), method, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	answer := got.Result()
	answer.Body = io.NopCloser(bytes.NewReader(got.Body.Bytes()))
	if ok, errs := v.ValidateHttpResponse(r, answer); !ok {
		for _, e := range errs {
			w.t.Errorf("%s %s: %d does not fit the document: %s %s %v in %s", method, path, got.Code, e.Message, e.Reason, e.SchemaValidationErrors, got.Body)
		}
	}
}

// documented is the validator of the app's own document, made once for all tests.
func (w *world) documented() (validator.Validator, error) {
	theDocument.once.Do(func() {
		got := httptest.NewRecorder()
		w.app.ServeHTTP(got, httptest.NewRequestWithContext(w.t.Context(), "GET", "/api/v1/openapi.json", nil))
		theDocument.v, theDocument.err = checker(got.Body.Bytes())
	})
	return theDocument.v, theDocument.err
}

var theDocument struct {
	once sync.Once
	v    validator.Validator
	err  error
}
