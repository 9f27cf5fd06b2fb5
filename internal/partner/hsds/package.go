package hsds

import (
	"archive/zip"
	"bufio"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"path"
	"reflect"
	"slices"
	"strings"
)

// pack is a package being read: the rows of each table by what they hang on.
type pack struct {
	*reading
	files   map[string]*zip.File // by table
	waiting map[hook]*rows
	refused map[[2]string]bool // table and id of what was left out
	orgs    map[string]*Organization
	places  map[string]*Location
	terms   map[string]*TaxonomyTerm
	offers  map[string]*Program
	left    int64
}

// hook is what rows of a table hang on.
type hook struct{ table, parent, id string }

// rows of one table under one parent.
type rows struct {
	list  reflect.Value // of []T
	lines []int
	field string // that names the parent
	used  bool
}

// order in which tables are read: what hangs on something else first.
var order = []string{"taxonomy", "taxonomy_term", "attribute", "metadata", "language", "phone", "contact", "address", "accessibility", "schedule",
	"funding", "service_area", "required_document", "cost_option", "organization_identifier", "program", "location", "service_at_location"}

func readPackage(r *reading, archive *zip.Reader) {
	p := &pack{reading: r, files: named(archive), waiting: map[hook]*rows{}, refused: map[[2]string]bool{},
		orgs: map[string]*Organization{}, places: map[string]*Location{}, terms: map[string]*TaxonomyTerm{}, offers: map[string]*Program{}, left: MaxBytes}
	if p.files["organization"] == nil && p.files["service"] == nil {
		r.problem(&Problem{Code: "unknown_kind"})
		return
	}
	for _, name := range order {
		p.each(byName[name], func(at Place, v reflect.Value) { p.keep(byName[name], at, v) })
	}
	p.each(byName["organization"], p.organization)
	p.each(byName["service"], p.service)
	p.orphans()
}

// named finds the file of each table: by datapackage.json where there is one, by its usual name otherwise.
func named(archive *zip.Reader) map[string]*zip.File {
	byPath, found := map[string]*zip.File{}, map[string]*zip.File{}
	for _, f := range archive.File {
		byPath[strings.ToLower(path.Base(f.Name))] = f
	}
	for _, t := range tables {
		if f := byPath[t.file]; f != nil {
			found[t.name] = f
		}
	}
	for _, r := range resources(byPath["datapackage.json"]) {
		if f := byPath[strings.ToLower(path.Base(r.Path))]; f != nil && byName[r.Name] != nil {
			found[r.Name] = f
		}
	}
	return found
}

// resource of datapackage.json.
type resource struct {
	Name string `json:"name"`
	Path string `json:"path"`
}

func resources(f *zip.File) []resource {
	var described struct {
		Resources []resource `json:"resources"`
	}
	if f == nil {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return nil
	}
	err = json.NewDecoder(io.LimitReader(r, MaxRow)).Decode(&described)
	if errors.Join(err, r.Close()) != nil {
		return nil // the tables have their usual names
	}
	return described.Resources
}

// each gives the rows of a table that are right in themselves.
func (p *pack) each(t *table, fn func(Place, reflect.Value)) {
	f := p.files[t.name]
	if f == nil || p.gone {
		return
	}
	file, err := f.Open()
	if err != nil {
		p.problem(&Problem{Place: Place{File: t.file}, Code: "broken"})
		return
	}
	err = p.lines(t, &counted{file, p}, fn)
	if err = errors.Join(err, file.Close()); err != nil {
		p.wrongFile(t, err)
	}
}

// wrongFile tells why the rest of a table is not read.
func (p *pack) wrongFile(t *table, err error) {
	at, code := Place{File: t.file}, "broken"
	var wrong *csv.ParseError
	switch {
	case errors.As(err, &wrong):
		at.Row = wrong.Line
	case errors.Is(err, errTooLarge):
		code = "too_large"
	}
	p.problem(&Problem{Place: at, Code: code})
	p.gone = p.gone || code == "too_large"
}

var errTooLarge = errors.New("too large")

// counted stops a file that unpacks to more than a package may.
type counted struct {
	io.Reader
	p *pack
}

func (c *counted) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	if c.p.left -= int64(n); c.p.left < 0 {
		return 0, errTooLarge
	}
	return n, err
}

func (p *pack) lines(t *table, from io.Reader, fn func(Place, reflect.Value)) error {
	buffered := bufio.NewReaderSize(from, 64<<10)
	if mark, err := buffered.Peek(3); err == nil && string(mark) == "\xef\xbb\xbf" {
		_, _ = buffered.Discard(3)
	}
	r := csv.NewReader(buffered)
	r.FieldsPerRecord, r.ReuseRecord = -1, true
	header, err := r.Read()
	if errors.Is(err, io.EOF) {
		return nil
	} else if err != nil {
		return err
	}
	columns := make([]*column, len(header))
	for i, name := range header {
		columns[i] = t.column(strings.ToLower(strings.TrimSpace(name)))
	}
	for !p.gone {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		line, _ := r.FieldPos(0)
		at := Place{File: t.file, Row: line}
		if !p.row(at) {
			p.gone = true
			return nil
		}
		p.line(t, at, columns, record, fn)
	}
	return nil
}

// line makes a thing of a row and gives it where it is right.
func (p *pack) line(t *table, at Place, columns []*column, record []string, fn func(Place, reflect.Value)) {
	v := reflect.New(t.of).Elem()
	for i, cell := range record {
		if i < len(columns) && columns[i] != nil && cell != "" {
			v.Field(columns[i].index).SetString(cell)
		}
	}
	c := p.checker(at)
	id := v.Field(t.cols[0].index).String()
	switch {
	case !c.columns(t, v, ""):
		p.refused[[2]string{t.name, strings.Clone(id)}] = true
	case !p.ids.new(t.name, id):
		c.report("id", "twice", id, false)
	default:
		fn(at, v)
	}
}

// keep puts a row of a table where the thing it hangs on will look for it.
func (p *pack) keep(t *table, at Place, v reflect.Value) {
	p.fill(t, v)
	switch x := v.Addr().Interface().(type) {
	case *Taxonomy:
		p.give(Entry{Place: at, Taxonomy: x})
		return
	case *TaxonomyTerm:
		p.term(at, x)
		return
	case *Attribute:
		p.attribute(t, at, x)
		return
	case *Metadata:
		p.hang(t, at.Row, v, hook{t.name, x.ResourceType, x.ResourceID}, "resource_id")
		return
	case *Location:
		p.places[x.ID] = x
	case *Program:
		p.offers[x.ID] = x
	case *ServiceAtLocation:
		if x.Location = p.places[x.LocationID]; x.Location == nil {
			p.lacks(at, "location_id", "location", x.LocationID)
			return
		}
	}
	for _, col := range t.cols {
		parent, isKey := strings.CutSuffix(col.name, "_id")
		if id := v.Field(col.index).String(); isKey && id != "" && holds(byName[parent], t) {
			p.hang(t, at.Row, v, hook{t.name, parent, id}, col.name)
		}
	}
}

// holds tells whether a table has a list of things of another.
func holds(parent, t *table) bool {
	return parent != nil && slices.ContainsFunc(parent.kids, func(k child) bool { return k.many && k.of == t.of })
}

// hang puts a row under what it names.
func (p *pack) hang(t *table, line int, v reflect.Value, on hook, field string) {
	under := p.waiting[on]
	if under == nil {
		under = &rows{list: reflect.MakeSlice(reflect.SliceOf(t.of), 0, 1), field: field}
		p.waiting[on] = under
	}
	under.list = reflect.Append(under.list, v)
	under.lines = append(under.lines, line)
}

// fill gives a thing the rows that hang on it.
func (p *pack) fill(t *table, v reflect.Value) {
	id := v.Field(t.cols[0].index).String()
	for _, k := range t.kids {
		if !k.many {
			continue
		}
		if under := p.waiting[hook{byType[k.of].name, t.name, id}]; under != nil {
			v.Field(k.index).Set(under.list)
			under.used = true
		}
	}
}

// term keeps a word whose taxonomy is there, or that names one without giving it.
func (p *pack) term(at Place, x *TaxonomyTerm) {
	if x.TaxonomyID != "" && !p.ids.has("taxonomy", x.TaxonomyID) {
		p.problem(&Problem{Place: at, Path: "taxonomy_id", Code: "no_taxonomy", Value: short(x.TaxonomyID)})
		return
	}
	p.terms[x.ID] = x
	p.give(Entry{Place: at, Term: x})
}

func (p *pack) attribute(t *table, at Place, x *Attribute) {
	if x.TaxonomyTerm = p.terms[x.TaxonomyTermID]; x.TaxonomyTerm == nil {
		p.problem(&Problem{Place: at, Path: "taxonomy_term_id", Code: "no_term", Value: short(x.TaxonomyTermID)})
		return
	}
	p.hang(t, at.Row, reflect.ValueOf(x).Elem(), hook{t.name, x.LinkEntity, x.LinkID}, "link_id")
}

// lacks reports a row whose parent is not there; nothing is said of one whose parent was refused, because that was said.
func (p *pack) lacks(at Place, field, parent, id string) {
	if !p.refused[[2]string{parent, id}] {
		p.problem(&Problem{Place: at, Path: field, Code: "no_parent", Value: short(id)})
	}
}

func (p *pack) organization(at Place, v reflect.Value) {
	p.fill(byName["organization"], v)
	x := v.Addr().Interface().(*Organization)
	p.orgs[x.ID] = x
	p.give(Entry{Place: at, Organization: x})
}

// service gives a service; one whose organization was refused is reported too, because someone will look for it.
func (p *pack) service(at Place, v reflect.Value) {
	p.fill(byName["service"], v)
	x := v.Addr().Interface().(*Service)
	x.Program = p.offers[x.ProgramID]
	if x.Organization = p.orgs[x.OrganizationID]; x.Organization == nil {
		p.problem(&Problem{Place: at, Path: "organization_id", Code: "no_parent", Value: short(x.OrganizationID)})
		return
	}
	p.give(Entry{Place: at, Service: x})
}

// orphans reports the rows that hang on nothing, table by table and line by line.
func (p *pack) orphans() {
	var list []*Problem
	for on, under := range p.waiting {
		known := byName[on.parent] != nil && p.ids.has(on.parent, on.id)
		if under.used || known || p.refused[[2]string{on.parent, on.id}] {
			continue
		}
		for _, line := range under.lines {
			list = append(list, &Problem{Place: Place{byName[on.table].file, line}, Path: under.field, Code: "no_parent", Value: short(on.id)})
		}
	}
	slices.SortFunc(list, func(a, b *Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Row-b.Row, strings.Compare(a.Path, b.Path))
	})
	for _, x := range list {
		p.problem(x)
	}
}
