package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pb33f/jsonschema/v6"

	"teduh/internal/access"
	"teduh/internal/app"
	"teduh/internal/partner/hsds"
)

// directory holds the Human Services Data Specification's documents against its own schemas.
type directory struct {
	folder   string
	app      *app.App
	compiler *jsonschema.Compiler
	schemas  map[string]*jsonschema.Schema
	held     int
}

// published is where the API's description says the schemas are; they are read from the folder.
const published = "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/"

// Load gives a schema that another one names. What lists hold is held against the schema of the thing itself.
func (d *directory) Load(url string) (any, error) {
	name := strings.TrimPrefix(strings.TrimPrefix(url, published), "compiled/")
	f, err := os.Open(filepath.Join(d.folder, filepath.Base(strings.Replace(name, "_list.json", ".json", 1))))
	if err != nil {
		return nil, err
	}
	doc, err := jsonschema.UnmarshalJSON(f)
	return doc, errors.Join(err, f.Close())
}

func newDirectory(folder string, a *app.App) *directory {
	d := &directory{folder: folder, app: a, compiler: jsonschema.NewCompiler(), schemas: map[string]*jsonschema.Schema{}}
	d.compiler.UseLoader(d)
	d.compiler.AssertFormat()
	return d
}

// hold validates a document against a schema: service.json, or a place in openapi.json.
func (d *directory) hold(what, schema string, doc any) error {
	s := d.schemas[schema]
	if s == nil {
		compiled, err := d.compiler.Compile(published + schema)
		if err != nil {
			return err
		}
		s, d.schemas[schema] = compiled, compiled
	}
	d.held++
	if err := s.Validate(doc); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// described is what is looked at of a schema file.
type described struct {
	Properties map[string]struct {
		Type  any
		Enum  []string
		Ref   string `json:"$ref"`
		Items struct {
			Ref string `json:"$ref"`
		}
	}
	Required        []string
	TabularRequired []string `json:"tabular_required"`
}

func (d *directory) described(table string) (s described, err error) {
	raw, err := os.ReadFile(filepath.Join(d.folder, table+".json"))
	if err != nil {
		return s, err
	}
	return s, json.Unmarshal(raw, &s)
}

// fields compares what the program knows of each field with the schemas.
func (d *directory) fields() (err error) {
	required := map[string][]string{}
	for _, f := range hsds.Fields() {
		s, bad := d.described(f.Table)
		if bad != nil {
			return bad
		}
		p, known := s.Properties[f.Name]
		nested := strings.TrimSuffix(p.Ref+p.Items.Ref, ".json")
		if !known || f.Required != slices.Contains(s.Required, f.Name) || !slices.Equal(f.Choices, p.Enum) || f.Number != (p.Type == "number") ||
			f.Nested != nested || f.Many != (p.Type == "array") {
			err = errors.Join(err, fmt.Errorf("%s.%s: the program has %+v, the schema %+v", f.Table, f.Name, f, p))
		}
		required[f.Table] = append(required[f.Table], f.Name)
		d.held++
	}
	for table, names := range required {
		s, bad := d.described(table)
		for _, name := range s.Required {
			if !slices.Contains(names, name) {
				bad = errors.Join(bad, fmt.Errorf("%s.%s is required and not known", table, name))
			}
		}
		err = errors.Join(err, bad)
	}
	return err
}

// sample holds what is written of a file of another publisher, nested and as a package.
func (d *directory) sample(path string) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var flat bytes.Buffer
	p := hsds.NewPackage(&flat, hsds.About{Name: "sample"})
	for e, problem := range hsds.Read(bytes.NewReader(raw), int64(len(raw))) {
		var bad error
		switch {
		case problem != nil: // the file has its faults
		case e.Organization != nil:
			bad = errors.Join(d.written("organization.json", e.Organization), p.Organization(e.Organization))
		default:
			bad = errors.Join(d.written("service.json", e.Service), p.Service(e.Service))
		}
		err = errors.Join(err, bad)
	}
	return errors.Join(err, p.Close(), d.tables(flat.Bytes()))
}

func (d *directory) written(schema string, thing any) error {
	raw, err := json.Marshal(thing)
	if err != nil {
		return err
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	return d.hold(fmt.Sprintf("%s %.60s…", schema, raw), schema, doc)
}

// tables holds each row of a package against its schema, and against what rows alone must have.
func (d *directory) tables(raw []byte) error {
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return err
	}
	var about struct {
		Resources []struct{ Name, Path string }
	}
	if err := within(archive, "datapackage.json", func(r io.Reader) error { return json.NewDecoder(r).Decode(&about) }); err != nil {
		return err
	}
	if len(about.Resources) == 0 {
		return errors.New("the package has no tables")
	}
	for _, r := range about.Resources {
		bad := within(archive, r.Path, func(from io.Reader) error { return d.table(r.Name, from) })
		err = errors.Join(err, bad)
	}
	return err
}

func within(archive *zip.Reader, name string, read func(io.Reader) error) error {
	f, err := archive.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(read(f), f.Close())
}

func (d *directory) table(name string, from io.Reader) error {
	s, err := d.described(name)
	if err != nil {
		return err
	}
	records, err := csv.NewReader(from).ReadAll()
	if err != nil || len(records) < 2 {
		return errors.Join(err, fmt.Errorf("%s has %d lines", name, len(records)))
	}
	for _, record := range records[1:] {
		doc := map[string]any{}
		for i, column := range records[0] {
			p, known := s.Properties[column]
			switch {
			case !known:
				err = errors.Join(err, fmt.Errorf("%s has a column %s", name, column))
			case record[i] == "" && !slices.Contains(s.Required, column):
			case p.Type == "number":
				doc[column] = json.Number(record[i])
			default:
				doc[column] = record[i]
			}
		}
		for _, column := range s.TabularRequired {
			if doc[column] == nil {
				err = errors.Join(err, fmt.Errorf("%s: a row without %s: %v", name, column, slices.Sorted(maps.Keys(doc))))
			}
		}
		err = errors.Join(err, d.hold(name+" "+strings.Join(record, ","), name+".json", doc))
	}
	return err
}

// run holds everything the directory writes.
func (d *directory) run(ctx context.Context, out io.Writer) error {
	err := errors.Join(d.fields(), d.sample("internal/partner/hsds/testdata/foreign.json"))
	before := d.held
	err = errors.Join(err, d.answers(), d.files(ctx))
	_, _ = fmt.Fprintf(out, "%d fields, rows and documents follow HSDS %s, %d of them of the demo office\n", d.held, hsds.Version, d.held-before)
	return err
}

// answers asks every address of the open directory, and for each thing that a list holds.
func (d *directory) answers() (err error) {
	if _, bad := d.get("/", ""); bad != nil {
		return bad
	}
	for _, list := range []string{"/services", "/organizations", "/service_at_locations", "/taxonomies", "/taxonomy_terms"} {
		for _, asked := range []string{"?per_page=500", "?per_page=2&page=2", "?per_page=500&full=true", "?search=tidak-ada-yang-begini"} {
			doc, bad := d.get(list, asked)
			err = errors.Join(err, bad)
			if asked != "?per_page=500" || bad != nil {
				continue
			}
			items, _ := doc.(map[string]any)["contents"].([]any)
			if len(items) == 0 {
				err = errors.Join(err, fmt.Errorf("%s is empty", list))
			}
			for _, x := range items {
				_, bad := d.get(list+"/{id}", x.(map[string]any)["id"].(string))
				err = errors.Join(err, bad)
			}
		}
	}
	return err
}

// get asks an address and holds the answer against the specification's own description of it.
func (d *directory) get(path, asked string) (any, error) {
	address := "/hsds" + path + asked
	if strings.HasSuffix(path, "{id}") {
		address = "/hsds" + strings.TrimSuffix(path, "{id}") + asked
	}
	w := httptest.NewRecorder()
	d.app.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
	if w.Code != http.StatusOK {
		return nil, fmt.Errorf("%s: %d %s", address, w.Code, w.Body)
	}
	doc, err := jsonschema.UnmarshalJSON(w.Body)
	if err != nil {
		return nil, err
	}
	place := "openapi.json#/paths/" + strings.ReplaceAll(strings.ReplaceAll(path, "~", "~0"), "/", "~1") + "/get/responses/200/content/application~1json/schema"
	return doc, d.hold(address, place, doc)
}

// files holds what the demo office's directory is taken along as.
func (d *directory) files(ctx context.Context) error {
	office, err := d.app.Access.FindUnit(ctx, "")
	if err != nil {
		return err
	}
	system := access.SystemActor(office.Office())
	var flat, nested bytes.Buffer
	if _, err := d.app.Exchange.Export(ctx, system, &flat, ".zip"); err != nil {
		return err
	}
	if _, err := d.app.Exchange.Export(ctx, system, &nested, ".json"); err != nil {
		return err
	}
	doc, err := jsonschema.UnmarshalJSON(&nested)
	if err != nil {
		return err
	}
	services, _ := doc.([]any)
	if len(services) == 0 {
		return errors.New("the demo office has no public service")
	}
	for i, s := range services {
		err = errors.Join(err, d.hold(fmt.Sprint("exported service ", i), "service.json", s))
	}
	return errors.Join(err, d.tables(flat.Bytes()))
}
