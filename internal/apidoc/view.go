package apidoc

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/i18n"
	"teduh/internal/ui"
)

// view is the page: the groups of operations in the order of the document's tags.
type view struct {
	Base     string
	Version  string
	Groups   []group
	Refusals []refusal
}

type group struct {
	Name, Words string
	Operations  []operation
}

// operation is one of them, ready to be shown.
type operation struct {
	ID, Method, Path, Summary, Permission string
	Questions                             []field // of the address and of headers
	Body                                  []field
	Curl                                  string
	Answers                               []answer
	Refuses                               []string
}

type field struct {
	Name, Shape, Words string
	Needed             bool
}

type answer struct{ Status, Words, Example string }

type refusal struct{ Status, Code, Words string }

func viewOf(doc *huma.OpenAPI, base string) view {
	v := view{Base: base, Version: doc.Info.Version}
	for _, tag := range doc.Tags {
		g := group{Name: tag.Name, Words: tag.Description}
		for _, path := range slices.Sorted(maps.Keys(doc.Paths)) {
			item := doc.Paths[path]
			for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
				if op != nil && slices.Contains(op.Tags, tag.Name) {
					g.Operations = append(g.Operations, operationOf(doc, op, base))
				}
			}
		}
		v.Groups = append(v.Groups, g)
	}
	for _, name := range slices.Sorted(maps.Keys(doc.Components.Responses)) {
		r := doc.Components.Responses[name]
		for _, media := range r.Content {
			e, ok := media.Example.(interface{ GetStatus() int })
			if ok {
				v.Refusals = append(v.Refusals, refusal{Status: strconv.Itoa(e.GetStatus()), Code: name, Words: r.Description})
			}
		}
	}
	slices.SortFunc(v.Refusals, func(a, b refusal) int { return strings.Compare(a.Status, b.Status) })
	return v
}

func operationOf(doc *huma.OpenAPI, op *huma.Operation, base string) operation {
	o := operation{ID: strings.ToLower(op.OperationID), Method: op.Method, Path: op.Path, Summary: op.Summary,
		Permission: strings.TrimPrefix(op.Description, "Permission: ")}
	for _, p := range op.Parameters {
		o.Questions = append(o.Questions, field{Name: p.Name, Shape: shapeOf(p.Schema), Words: p.Description, Needed: p.Required})
	}
	o.Body = bodyOf(doc, op)
	o.Curl = curl(op, base)
	for _, status := range slices.Sorted(maps.Keys(op.Responses)) {
		r := op.Responses[status]
		if r.Ref != "" {
			o.Refuses = append(o.Refuses, status)
			continue
		}
		for _, media := range r.Content {
			o.Answers = append(o.Answers, answer{Status: status, Words: r.Description, Example: pretty(media.Example)})
		}
	}
	return o
}

// bodyOf lists the fields of a body, those within others by their whole name.
func bodyOf(doc *huma.OpenAPI, op *huma.Operation) []field {
	if op.RequestBody == nil {
		return nil
	}
	return fieldsOf(doc, op.RequestBody.Content["application/json"].Schema, "", nil)
}

// fieldsOf lists the fields of a shape; within are the shapes it stands in, so that one that holds itself is told once.
func fieldsOf(doc *huma.OpenAPI, s *huma.Schema, before string, within []*huma.Schema) (list []field) {
	s = resolved(doc, s)
	if slices.Contains(within, s) {
		return nil
	}
	within = append(slices.Clone(within), s)
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		p := s.Properties[name]
		list = append(list, field{Name: before + name, Shape: shapeOf(resolved(doc, p)), Words: p.Description, Needed: slices.Contains(s.Required, name)})
		inner := resolved(doc, p)
		if inner.Type == huma.TypeArray {
			inner, name = resolved(doc, inner.Items), name+"[]"
		}
		list = append(list, fieldsOf(doc, inner, before+name+".", within)...)
	}
	return list
}

// resolved follows a reference, and takes what a value is beside null.
func resolved(doc *huma.OpenAPI, s *huma.Schema) *huma.Schema {
	if len(s.AnyOf) > 0 {
		s = s.AnyOf[0]
	}
	if s.Ref != "" {
		return doc.Components.Schemas.SchemaFromRef(s.Ref)
	}
	return s
}

// shapeOf is a value's kind and bounds in short: "string, 1–200", "day | month".
func shapeOf(s *huma.Schema) string {
	if len(s.Enum) > 0 {
		words := []string{}
		for _, e := range s.Enum {
			if e != nil && e != "" {
				words = append(words, fmt.Sprint(e))
			}
		}
		return strings.Join(words, " | ")
	}
	shape := s.Type
	if s.Format != "" {
		shape = s.Format
	}
	if s.Type == huma.TypeArray && s.Items != nil && s.Items.Ref == "" {
		shape = shapeOf(s.Items) + " …"
	}
	switch {
	case s.MaxLength != nil:
		shape += fmt.Sprintf(" ≤ %d", *s.MaxLength)
	case s.Minimum != nil && s.Maximum != nil:
		shape += fmt.Sprintf(" %g–%g", *s.Minimum, *s.Maximum)
	}
	return shape
}

// curl is how a request looks on a command line.
func curl(op *huma.Operation, base string) string {
	lines := []string{"curl " + base + strings.ReplaceAll(op.Path, "{id}", "$ID"), `-H "Authorization: Bearer $TOKEN"`}
	if op.Method != http.MethodGet {
		lines[0] = "curl -X " + op.Method + " " + base + strings.ReplaceAll(op.Path, "{id}", "$ID")
	}
	for _, p := range op.Parameters {
		if p.Name == "If-Match" {
			lines = append(lines, `-H 'If-Match: "1"'`)
		}
	}
	if op.RequestBody != nil {
		body, err := json.Marshal(op.RequestBody.Content["application/json"].Example)
		if err != nil {
			body = nil // an example was read from JSON; it goes back into it
		}
		lines = append(lines, `-H "Content-Type: application/json"`, "-d '"+strings.ReplaceAll(string(body), "'", `'\''`)+"'")
	}
	return strings.Join(lines, " \\\n  ")
}

func pretty(example any) string {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(example); err != nil {
		return ""
	}
	return strings.TrimSpace(out.String())
}

func titleOf(ctx context.Context) string { return i18n.T(ctx, "docs.title") }

// tone gives each way of asking its colour.
func (o operation) tone() ui.Tone {
	switch o.Method {
	case http.MethodGet:
		return ui.Teal
	case http.MethodPatch:
		return ui.Amber
	}
	return ui.Green
}

func fieldTable(ctx context.Context, id, caption string, fields []field) ui.TableProps {
	t := ui.TableProps{ID: id, Caption: caption, Columns: []ui.Column{{Text: i18n.T(ctx, "docs.name")}, {Text: i18n.T(ctx, "docs.shape")}, {Text: i18n.T(ctx, "docs.meaning")}}}
	for _, f := range fields {
		words := f.Words
		if f.Needed {
			words = strings.TrimSpace(i18n.T(ctx, "docs.needed") + " " + words)
		}
		t.Rows = append(t.Rows, []ui.Cell{{Body: ui.Verbatim(f.Name)}, {Text: f.Shape}, {Text: words}})
	}
	return t
}

func refusalTable(ctx context.Context, list []refusal) ui.TableProps {
	t := ui.TableProps{ID: "t-refusals", Caption: i18n.T(ctx, "docs.refusals"), Columns: []ui.Column{{Text: i18n.T(ctx, "docs.status")}, {Text: i18n.T(ctx, "docs.meaning")}}}
	for _, r := range list {
		t.Rows = append(t.Rows, []ui.Cell{{Text: r.Status}, {Text: r.Words}})
	}
	return t
}

// rules are what holds for every operation.
func rules(ctx context.Context) []ui.Fact {
	return []ui.Fact{
		{Label: i18n.T(ctx, "docs.rule.sign_in"), Value: i18n.T(ctx, "docs.rule.sign_in_words")},
		{Label: i18n.T(ctx, "docs.rule.errors"), Value: i18n.T(ctx, "docs.rule.errors_words")},
		{Label: i18n.T(ctx, "docs.rule.lists"), Value: i18n.T(ctx, "docs.rule.lists_words")},
		{Label: i18n.T(ctx, "docs.rule.versions"), Value: i18n.T(ctx, "docs.rule.versions_words")},
		{Label: i18n.T(ctx, "docs.rule.repeat"), Value: i18n.T(ctx, "docs.rule.repeat_words")},
		{Label: i18n.T(ctx, "docs.rule.strict"), Value: i18n.T(ctx, "docs.rule.strict_words")},
	}
}
