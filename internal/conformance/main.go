// Command conformance holds what the API gives out against the standards it names: every questionnaire and every set of
// answers of the demo office against FHIR R4's own JSON schema, and the directory against the schemas of the Human Services
// Data Specification, where the folder that holds them is given.
//
//	scripts/conformance [FOLDER] [SCHEMA]
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"time"

	"github.com/pb33f/jsonschema/v6"

	"teduh/internal/access"
	"teduh/internal/app"
	"teduh/internal/form"
)

func main() {
	if len(os.Args) < 2 || len(os.Args) > 3 {
		fmt.Fprintln(os.Stderr, "conformance: give the path of fhir.schema.json, and the folder of HSDS 3.0 if it is to be held too")
		os.Exit(2)
	}
	if err := run(context.Background(), os.Stdout, os.Args[1], os.Args[2:]...); err != nil {
		fmt.Fprintln(os.Stderr, "conformance:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer, path string, folders ...string) (err error) {
	schema, err := compiled(path)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "teduh-conformance-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	a, err := app.Open(ctx, app.Config{Dir: dir, Demo: true}, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if _, err := a.Demo(ctx); err != nil {
		return err
	}
	user, err := a.Access.FindUser(ctx, head)
	if err != nil {
		return err
	}
	o := office{app: a, schema: schema}
	if o.token, err = a.Access.NewToken(ctx, access.SystemActor(access.Office{}), user.ID, "conformance", time.Hour); err != nil {
		return err
	}
	err = errors.Join(o.questionnaires(), o.assessment(), o.written(), o.answers())
	_, _ = fmt.Fprintf(out, "%d questionnaires and %d sets of answers follow FHIR R4\n", o.forms, o.sets)
	if o.forms == 0 || o.sets == 0 {
		err = errors.Join(err, errors.New("nothing was looked at"))
	}
	for _, folder := range folders {
		err = errors.Join(err, newDirectory(folder, a).run(ctx, out))
	}
	return err
}

const head = "kepala@demo.teduh.example"

func compiled(path string) (*jsonschema.Schema, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	doc, err := jsonschema.UnmarshalJSON(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("fhir.schema.json", doc); err != nil {
		return nil, err
	}
	return c.Compile("fhir.schema.json")
}

// office asks the API as its head does.
type office struct {
	app    *app.App
	schema *jsonschema.Schema
	token  string
	forms  int
	sets   int
}

func (o *office) get(path string, into any) error {
	r := httptest.NewRequest(http.MethodGet, "/api/v1"+path, nil)
	r.Header.Set("Authorization", "Bearer "+o.token)
	w := httptest.NewRecorder()
	o.app.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		return fmt.Errorf("GET %s: %d %s", path, w.Code, w.Body)
	}
	return json.Unmarshal(w.Body.Bytes(), into)
}

// hold validates one resource.
func (o *office) hold(what string, resource any) error {
	if err := o.schema.Validate(resource); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

func (o *office) questionnaires() (err error) {
	var list struct {
		Items []struct{ Name, Version string }
	}
	if err := o.get("/instruments", &list); err != nil {
		return err
	}
	for _, e := range list.Items {
		var resource any
		path := "/instruments/" + e.Name + "/" + e.Version
		bad := o.get(path, &resource)
		if bad == nil {
			bad = o.hold(path, resource)
		}
		err = errors.Join(err, bad)
		o.forms++
	}
	return err
}

// assessment holds the form that cases are assessed by.
func (o *office) assessment() error {
	var resource any
	if err := o.get("/assessment-form", &resource); err != nil {
		return err
	}
	o.forms++
	return o.hold("/assessment-form", resource)
}

// written holds a definition that has everything a form can have, as the program writes it.
func (o *office) written() error {
	n := func(x float64) *float64 { return &x }
	d, problems := form.Build(form.Definition{URL: "urn:teduh:questionnaire:whole", Version: "1", Title: form.Words{"id": "Semua", "en": "Everything"}, Items: []form.Item{
		{ID: "read", Type: form.Display, Text: form.Words{"en": "Only in the other language"}},
		{ID: "group", Type: form.Group, Text: form.Words{"id": "Bagian"}, Help: form.Words{"id": "Bantuan"}, Items: []form.Item{
			{ID: "whole", Prefix: "1.", Type: form.Integer, Required: true, Least: n(1), Most: n(30), Stage: "assessment", Help: form.Words{"id": "Angka", "en": "A number"}},
			{ID: "part", Type: form.Decimal, Least: n(0.5), When: []form.Condition{{Question: "whole", Operator: ">=", Answer: "2"}}},
			{ID: "yes", Type: form.Boolean, Relevant: "${whole} > 1"},
			{ID: "day", Type: form.Date, All: true, When: []form.Condition{{Question: "yes", Operator: "exists", Answer: "true"}, {Question: "part", Operator: "=", Answer: "1.5"}}},
			{ID: "weight", Type: form.Choice, Area: true, Options: []form.Option{{Code: "none", Text: form.Words{"id": "Tidak", "en": "None"}, Value: n(0)}, {System: "urn:x", Code: "heavy", Value: n(3)}}},
			{ID: "several", Type: form.Choice, Repeats: true, Options: []form.Option{{Code: "a"}}, When: []form.Condition{{Question: "weight", Operator: "=", Answer: "heavy"}, {Question: "day", Operator: "=", Answer: "2026-11-25"}}},
			{ID: "sum", Type: form.Decimal, Calculation: "${weight} + ${part}"}}},
	}})
	if len(problems) > 0 {
		return fmt.Errorf("written: %+v", problems)
	}
	raw, err := d.JSON()
	if err != nil {
		return err
	}
	return o.holdWritten("written", raw)
}

func (o *office) holdWritten(what string, raw []byte) error {
	resource, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	o.forms++
	return o.hold(what, resource)
}

func (o *office) answers() (err error) {
	for cursor := ""; ; {
		var page struct {
			Items []struct{ ID string }
			Next  string
		}
		if err := o.get("/cases?limit=200"+cursor, &page); err != nil {
			return err
		}
		for _, c := range page.Items {
			err = errors.Join(err, o.answersOf(c.ID))
		}
		if page.Next == "" {
			return err
		}
		cursor = "&cursor=" + strings.ReplaceAll(page.Next, "+", "%2B")
	}
}

func (o *office) answersOf(id string) (err error) {
	var list struct{ Items []struct{ Response any } }
	if err := o.get("/cases/"+id+"/answerings", &list); err != nil {
		return err
	}
	for _, x := range list.Items {
		err = errors.Join(err, o.hold("answers in "+id, x.Response))
		o.sets++
	}
	var assessed struct{ Response any }
	if err := o.get("/cases/"+id+"/assessment", &assessed); err != nil {
		return err
	}
	o.sets++
	return errors.Join(err, o.hold("assessment of "+id, assessed.Response))
}
