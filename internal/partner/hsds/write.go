package hsds

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/csv"
	"encoding/json"
	"errors"
	"hash"
	"hash/crc32"
	"io"
	"reflect"
)

// About describes a package.
type About struct {
	Name    string // lower-case letters and hyphens
	Title   string
	Created string // RFC 3339
}

// Package writes the flat shape: a zip of CSV tables with datapackage.json, as the schemas name them. The tables are kept
// compressed until Close, because a zip holds them one after the other and things come with rows of many. The same things in
// the same order give the same bytes.
type Package struct {
	about  About
	to     io.Writer
	tables map[string]*sheet
	ids    seenIDs
}

// sheet is a table being written.
type sheet struct {
	table *table
	body  bytes.Buffer
	press *flate.Writer
	csv   *csv.Writer
	sum   hash.Hash32
	size  uint64
}

// NewPackage begins a package.
func NewPackage(to io.Writer, about About) *Package {
	return &Package{about: about, to: to, tables: map[string]*sheet{}, ids: seenIDs{}}
}

// Organization writes an organization with everything in it.
func (p *Package) Organization(o *Organization) error { return p.put(reflect.ValueOf(*o), nil) }

// Service writes a service with everything in it. What it shares with others, such as a location, is written once.
func (p *Package) Service(s *Service) error { return p.put(reflect.ValueOf(*s), nil) }

// Taxonomy writes a taxonomy.
func (p *Package) Taxonomy(t *Taxonomy) error { return p.put(reflect.ValueOf(*t), nil) }

// Term writes a term.
func (p *Package) Term(t *TaxonomyTerm) error { return p.put(reflect.ValueOf(*t), nil) }

// parent is what a row hangs on.
type parent struct {
	table *table
	id    string
}

func (p *Package) put(v reflect.Value, on *parent) error {
	t := byType[v.Type()]
	id := v.Field(t.cols[0].index).String()
	if !p.ids.new(t.name, id) {
		return nil
	}
	s, err := p.sheet(t)
	if err != nil {
		return err
	}
	if err := s.csv.Write(record(t, v, on)); err != nil {
		return err
	}
	for _, k := range t.kids {
		field := v.Field(k.index)
		switch {
		case k.many:
			for i := range field.Len() {
				if err := p.put(field.Index(i), &parent{t, id}); err != nil {
					return err
				}
			}
		case !field.IsNil():
			if err := p.put(field.Elem(), nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// record is the row of a thing; what it stands in gives the key it does not name itself.
func record(t *table, v reflect.Value, on *parent) []string {
	cells := make([]string, len(t.cols))
	for i, c := range t.cols {
		cells[i] = v.Field(c.index).String()
		if cells[i] != "" {
			continue
		}
		switch {
		case on != nil && (c.name == on.table.name+"_id" || c.name == "link_id" || c.name == "resource_id"):
			cells[i] = on.id
		case on != nil && (c.name == "link_entity" || c.name == "resource_type"):
			cells[i] = on.table.name
		default:
			cells[i] = keyWithin(t, v, c.name)
		}
	}
	return cells
}

// keyWithin is the id of the single thing a thing holds: location_id of a service at a location.
func keyWithin(t *table, v reflect.Value, name string) string {
	for _, k := range t.kids {
		if field := v.Field(k.index); !k.many && byType[k.of].name+"_id" == name && !field.IsNil() {
			return field.Elem().Field(byType[k.of].cols[0].index).String()
		}
	}
	return ""
}

func (p *Package) sheet(t *table) (*sheet, error) {
	if s := p.tables[t.name]; s != nil {
		return s, nil
	}
	s := &sheet{table: t, sum: crc32.NewIEEE()}
	var err error
	if s.press, err = flate.NewWriter(&s.body, flate.BestSpeed); err != nil {
		return nil, err
	}
	s.csv = csv.NewWriter(s)
	p.tables[t.name] = s
	header := make([]string, len(t.cols))
	for i, c := range t.cols {
		header[i] = c.name
	}
	return s, s.csv.Write(header)
}

// Write compresses a piece of the table.
func (s *sheet) Write(b []byte) (int, error) {
	_, _ = s.sum.Write(b)
	s.size += uint64(len(b))
	return s.press.Write(b)
}

// Close writes the package.
func (p *Package) Close() error {
	archive := zip.NewWriter(p.to)
	err := p.describe(archive)
	for _, t := range tables {
		if s := p.tables[t.name]; s != nil && err == nil {
			err = s.into(archive)
		}
	}
	return errors.Join(err, archive.Close())
}

func (s *sheet) into(archive *zip.Writer) error {
	s.csv.Flush()
	if err := errors.Join(s.csv.Error(), s.press.Close()); err != nil {
		return err
	}
	w, err := archive.CreateRaw(&zip.FileHeader{Name: s.table.file, Method: zip.Deflate, CRC32: s.sum.Sum32(),
		CompressedSize64: uint64(s.body.Len()), UncompressedSize64: s.size})
	if err == nil {
		_, err = s.body.WriteTo(w)
	}
	return err
}

// describe writes datapackage.json: which tables there are, and what their columns hold.
func (p *Package) describe(archive *zip.Writer) error {
	type field struct {
		Name   string `json:"name"`
		Type   string `json:"type"`
		Format string `json:"format,omitempty"`
	}
	type schema struct {
		Fields []field `json:"fields"`
		Key    string  `json:"primaryKey"`
	}
	type described struct {
		Name    string `json:"name"`
		Path    string `json:"path"`
		Profile string `json:"profile"`
		Format  string `json:"format"`
		Media   string `json:"mediatype"`
		Schema  schema `json:"schema"`
	}
	list := []described{}
	for _, t := range tables {
		if p.tables[t.name] == nil {
			continue
		}
		d := described{t.name, t.file, "tabular-data-resource", "csv", "text/csv", schema{nil, "id"}}
		for _, c := range t.cols {
			f := field{Name: c.name, Type: c.kind}
			if c.kind == "time" {
				f.Format = "any" // with an offset from UTC
			}
			d.Schema.Fields = append(d.Schema.Fields, f)
		}
		list = append(list, d)
	}
	w, err := archive.CreateHeader(&zip.FileHeader{Name: "datapackage.json", Method: zip.Deflate})
	if err != nil {
		return err
	}
	to := json.NewEncoder(w)
	to.SetIndent("", " ")
	return to.Encode(map[string]any{"name": p.about.Name, "title": p.about.Title, "created": p.about.Created, "profile": "tabular-data-package",
		"hsds_version": Version, "resources": list})
}
