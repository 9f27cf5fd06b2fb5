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

// pack is a package being read. What hangs on something is kept as it was written, and made a thing of only when what it
// hangs on is given: a row takes the memory of its text.
type pack struct {
	*reading
	files   map[string]*zip.File // by table
	waiting map[hook]*rows
	refused map[[2]string]bool // table and id of what was left out
	orgs    map[string]*Organization
	places  map[string]row // locations by id
	offers  map[string]row // programs by id
	terms   map[string]*TaxonomyTerm
	left    int64
}

// hook is what rows of a table hang on.
type hook struct{ table, parent, id string }

// rows of one table under one parent.
type rows struct {
	list  []row
	field string // that names the parent
}

// row as it was written, in the columns of its file.
type row struct {
	line    int
	columns []*column
	cells   []string
}

// order in which tables are read: what hangs on something else first.
var order = []string{"taxonomy", "taxonomy_term", "attribute", "metadata", "language", "phone", "contact", "address", "accessibility", "schedule",
	"funding", "service_area", "required_document", "cost_option", "organization_identifier", "program", "location", "service_at_location"}

func readPackage(r *reading, archive *zip.Reader) {
	p := &pack{reading: r, files: named(archive), waiting: map[hook]*rows{}, refused: map[[2]string]bool{},
		orgs: map[string]*Organization{}, places: map[string]row{}, terms: map[string]*TaxonomyTerm{}, offers: map[string]row{}, left: MaxBytes}
	if p.files["organization"] == nil && p.files["service"] == nil {
		r.problem(&Problem{Code: "unknown_kind"})
		return
	}
	for _, name := range order {
		p.each(byName[name], func(at Place, v reflect.Value, r row) { p.keep(byName[name], at, v, r) })
	}
	p.each(byName["organization"], func(at Place, _ reflect.Value, r row) { p.organization(at, r) })
	p.each(byName["service"], func(at Place, _ reflect.Value, r row) { p.service(at, r) })
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

// kept is told a row that is right in itself, with the thing it makes, which is another one's the next time.
type kept func(at Place, v reflect.Value, r row)

// each gives the rows of a table that are right in themselves.
func (p *pack) each(t *table, fn kept) {
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

func (p *pack) lines(t *table, from io.Reader, fn kept) error {
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
	scratch := reflect.New(t.of).Elem()
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
		scratch.SetZero()
		p.line(t, at, scratch, row{line, columns, record}, fn)
	}
	return nil
}

// line makes a thing of a row and tells it where it is right.
func (p *pack) line(t *table, at Place, v reflect.Value, r row, fn kept) {
	r.into(v)
	c := p.checker(at)
	ok := c.columns(t, v, "")
	id := v.Field(t.cols[0].index).String()
	switch {
	case !ok:
		p.refused[[2]string{t.name, strings.Clone(id)}] = true
	case !p.ids.new(t.name, id):
		c.report("id", "twice", id, false)
	default:
		fn(at, v, r)
	}
}

// into writes the cells into a thing.
func (r row) into(v reflect.Value) {
	for i, cell := range r.cells {
		if i < len(r.columns) && r.columns[i] != nil && cell != "" {
			v.Field(r.columns[i].index).SetString(cell)
		}
	}
}

// made is the thing of a row that was checked, with everything that hangs on it.
func (p *pack) made(t *table, r row) reflect.Value {
	v := reflect.New(t.of).Elem()
	r.into(v)
	(&checker{found: func(*Problem) {}}).columns(t, v, "") // what was told is left out again
	switch x := v.Addr().Interface().(type) {
	case *Attribute:
		x.TaxonomyTerm = p.terms[x.TaxonomyTermID]
	case *ServiceAtLocation:
		if place, known := p.places[x.LocationID]; known {
			x.Location = p.made(byName["location"], place).Addr().Interface().(*Location)
		}
	case *Service:
		if offer, known := p.offers[x.ProgramID]; known {
			x.Program = p.made(byName["program"], offer).Addr().Interface().(*Program)
		}
	}
	p.fill(t, v)
	return v
}

// keep puts a row of a table where the thing it hangs on will look for it.
func (p *pack) keep(t *table, at Place, v reflect.Value, r row) {
	r.cells = slices.Clone(r.cells)
	switch x := v.Addr().Interface().(type) {
	case *Taxonomy:
		p.give(Entry{Place: at, Taxonomy: p.made(t, r).Addr().Interface().(*Taxonomy)})
		return
	case *TaxonomyTerm:
		p.term(at, p.made(t, r).Addr().Interface().(*TaxonomyTerm))
		return
	case *Attribute:
		p.attribute(t, at, x, r)
		return
	case *Metadata:
		p.hang(hook{t.name, x.ResourceType, x.ResourceID}, r, "resource_id")
		return
	case *Location:
		p.places[x.ID] = r
	case *Program:
		p.offers[x.ID] = r
	case *ServiceAtLocation:
		if !p.ids.has("location", x.LocationID) {
			p.lacks(at, "location_id", "location", x.LocationID)
			return
		}
	}
	for _, col := range t.cols {
		parent, isKey := strings.CutSuffix(col.name, "_id")
		if id := v.Field(col.index).String(); isKey && id != "" && holds(byName[parent], t) {
			p.hang(hook{t.name, parent, id}, r, col.name)
		}
	}
}

// holds tells whether a table has a list of things of another.
func holds(parent, t *table) bool {
	return parent != nil && slices.ContainsFunc(parent.kids, func(k child) bool { return k.many && k.of == t.of })
}

// hang puts a row under what it names.
func (p *pack) hang(on hook, r row, field string) {
	under := p.waiting[on]
	if under == nil {
		under = &rows{field: field}
		p.waiting[on] = under
	}
	under.list = append(under.list, r)
}

// fill gives a thing the rows that hang on it. What hangs on a service is asked for once, and let go.
func (p *pack) fill(t *table, v reflect.Value) {
	id := v.Field(t.cols[0].index).String()
	for _, k := range t.kids {
		if !k.many {
			continue
		}
		on := hook{byType[k.of].name, t.name, id}
		under := p.waiting[on]
		if under == nil {
			continue
		}
		list := reflect.MakeSlice(reflect.SliceOf(k.of), len(under.list), len(under.list))
		for i, r := range under.list {
			list.Index(i).Set(p.made(byType[k.of], r))
		}
		v.Field(k.index).Set(list)
		if t.name == "service" || t.name == "service_at_location" {
			delete(p.waiting, on)
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

func (p *pack) attribute(t *table, at Place, x *Attribute, r row) {
	if p.terms[x.TaxonomyTermID] == nil {
		p.problem(&Problem{Place: at, Path: "taxonomy_term_id", Code: "no_term", Value: short(x.TaxonomyTermID)})
		return
	}
	p.hang(hook{t.name, x.LinkEntity, x.LinkID}, r, "link_id")
}

// lacks reports a row whose parent is not there; nothing is said of one whose parent was refused, because that was said.
func (p *pack) lacks(at Place, field, parent, id string) {
	if !p.refused[[2]string{parent, id}] {
		p.problem(&Problem{Place: at, Path: field, Code: "no_parent", Value: short(id)})
	}
}

func (p *pack) organization(at Place, r row) {
	x := p.made(byName["organization"], r).Addr().Interface().(*Organization)
	p.orgs[x.ID] = x
	p.give(Entry{Place: at, Organization: x})
}

// service gives a service; one whose organization was refused is reported too, because someone will look for it.
func (p *pack) service(at Place, r row) {
	x := p.made(byName["service"], r).Addr().Interface().(*Service)
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
		if known || p.refused[[2]string{on.parent, on.id}] {
			continue
		}
		for _, r := range under.list {
			list = append(list, &Problem{Place: Place{byName[on.table].file, r.line}, Path: under.field, Code: "no_parent", Value: short(on.id)})
		}
	}
	slices.SortFunc(list, func(a, b *Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Row-b.Row, strings.Compare(a.Path, b.Path))
	})
	for _, x := range list {
		p.problem(x)
	}
}
