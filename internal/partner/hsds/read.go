package hsds

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"reflect"
)

// Read recognises a file by its bytes and goes through it. Taxonomies and their terms come first, organizations before the
// services that name them. A file may be read several times; each time it is gone through anew.
//
// A nested file is read in the memory of one service at a time, and of the keys it has seen; a package in the memory of its
// tables but services.csv.
func Read(from io.ReaderAt, size int64) iter.Seq2[Entry, *Problem] {
	return func(yield func(Entry, *Problem) bool) {
		r := &reading{ids: seenIDs{}, yield: yield}
		start := make([]byte, min(size, 4))
		n, _ := io.ReadFull(io.NewSectionReader(from, 0, size), start)
		switch {
		case size > MaxBytes:
			r.problem(&Problem{Code: "too_large"})
		case bytes.HasPrefix(start[:n], []byte("PK\x03\x04")):
			archive, err := zip.NewReader(from, size)
			if err != nil {
				r.problem(&Problem{Code: "broken"})
				return
			}
			readPackage(r, archive)
		default:
			readNested(r, io.NewSectionReader(from, 0, size))
		}
	}
}

// reading is what is known on the way through a file. Nothing is given any more once the reader has gone.
type reading struct {
	ids   seenIDs
	rows  int
	gone  bool
	yield func(Entry, *Problem) bool
}

func (r *reading) give(e Entry) {
	if !r.gone {
		r.gone = !r.yield(e, nil)
	}
}

func (r *reading) problem(p *Problem) {
	if !r.gone {
		r.gone = !r.yield(Entry{Place: p.Place}, p)
	}
}

// row counts one more; false where there are too many.
func (r *reading) row(at Place) bool {
	if r.rows++; r.rows > MaxRows {
		r.problem(&Problem{Place: at, Code: "too_many"})
		return false
	}
	return !r.gone
}

func (r *reading) checker(at Place) *checker {
	return &checker{place: at, found: r.problem, ids: r.ids}
}

// nested is a file of services with everything in them.
type nested struct {
	*reading
	bounds *bounded
	json   *json.Decoder
	index  int
}

func readNested(r *reading, from io.Reader) {
	b := &bounded{from: bufio.NewReaderSize(from, 64<<10), left: MaxRow}
	if mark, err := b.from.Peek(3); err == nil && string(mark) == "\xef\xbb\xbf" {
		_, _ = b.from.Discard(3)
	}
	n := &nested{reading: r, bounds: b, json: json.NewDecoder(b)}
	if err := n.values(); err != nil && !errors.Is(err, io.EOF) {
		code := "broken"
		if errors.Is(err, errRowTooLarge) {
			code = "row_too_large"
		}
		r.problem(&Problem{Place: Place{Row: n.index + 1}, Code: code})
	}
}

// values reads what stands in the file one after the other: arrays and pages of services, or services themselves.
func (n *nested) values() error {
	first := true
	for !n.gone {
		n.bounds.left = MaxRow
		if !first { // one a line: read whole, which is faster
			if err := n.service(); err != nil {
				return err
			}
			continue
		}
		first = false
		token, err := n.json.Token()
		switch {
		case errors.Is(err, io.EOF):
			n.problem(&Problem{Code: "unknown_kind"})
			return nil
		case err != nil:
			return err
		case token == json.Delim('['):
			err = n.items()
		case token == json.Delim('{'):
			err = n.object()
		default:
			n.problem(&Problem{Code: "unknown_kind"})
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// items reads an array that was begun.
func (n *nested) items() error {
	for n.json.More() && !n.gone {
		if err := n.service(); err != nil {
			return err
		}
	}
	if n.gone {
		return nil
	}
	_, err := n.json.Token()
	return err
}

// object reads an object that was begun: a page of services, or a service.
func (n *nested) object() error {
	fields, page := map[string]json.RawMessage{}, false
	for n.json.More() && !n.gone {
		key, err := n.json.Token()
		if err != nil {
			return err
		}
		if key == "contents" {
			page = true
			if open, err := n.json.Token(); err != nil {
				return err
			} else if open != json.Delim('[') {
				n.problem(&Problem{Path: "contents", Code: "kind"})
				return io.EOF
			}
			if err := n.items(); err != nil {
				return err
			}
			continue
		}
		var value json.RawMessage
		if err := n.json.Decode(&value); err != nil {
			return err
		}
		fields[key.(string)] = value
	}
	if n.gone {
		return nil
	}
	if _, err := n.json.Token(); err != nil {
		return err
	}
	if page {
		return nil
	}
	raw, err := json.Marshal(fields)
	if err != nil {
		return err
	}
	var s Service
	return n.take(&s, json.Unmarshal(raw, &s))
}

// service reads the next service.
func (n *nested) service() error {
	n.bounds.left = MaxRow
	var s Service
	return n.take(&s, n.json.Decode(&s))
}

// take checks a service that was read and gives it, its organization first.
func (n *nested) take(s *Service, err error) error {
	at := Place{Row: n.index + 1}
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		n.index++
		n.problem(&Problem{Place: at, Path: kind.Field, Code: "kind", Value: kind.Value})
		return nil
	}
	if err != nil {
		return err
	}
	if n.index++; !n.row(at) {
		return io.EOF
	}
	c := n.checker(at)
	if org := s.Organization; org != nil && !n.ids.has("organization", org.ID) {
		if !c.whole(reflect.ValueOf(org).Elem(), "organization.") {
			c.report("organization", "no_parent", s.ID, false)
			return nil
		}
		n.ids.new("organization", org.ID)
		n.give(Entry{Place: at, Organization: org})
	}
	n.own(c, s)
	return nil
}

// own checks the service itself; its organization has been.
func (n *nested) own(c *checker, s *Service) {
	org := s.Organization
	if org != nil {
		s.Organization, s.OrganizationID = nil, org.ID
	}
	ok := c.whole(reflect.ValueOf(s).Elem(), "")
	s.Organization = org
	switch {
	case !ok:
	case !n.ids.has("organization", s.OrganizationID):
		c.report("organization", "no_parent", s.OrganizationID, false)
	case !n.ids.new("service", s.ID):
		c.report("id", "twice", s.ID, false)
	default:
		c.terms(s)
		n.give(Entry{Place: c.place, Service: s})
	}
}

// terms takes out attributes whose term stands nowhere.
func (c *checker) terms(s *Service) {
	kept := s.Attributes[:0]
	for _, a := range s.Attributes {
		if a.TaxonomyTerm == nil {
			c.report("attributes", "no_term", a.TaxonomyTermID, true)
			continue
		}
		kept = append(kept, a)
	}
	s.Attributes = kept
}

var errRowTooLarge = errors.New("row too large")

// bounded gives at most MaxRow bytes between two rows.
type bounded struct {
	from *bufio.Reader
	left int
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errRowTooLarge
	}
	n, err := b.from.Read(p[:min(len(p), 64<<10)])
	b.left -= n
	return n, err
}
