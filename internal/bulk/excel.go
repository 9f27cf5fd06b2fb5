package bulk

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"
)

// What the parts of a workbook may unpack to. The sheet is read as it streams by; the texts that its cells share are kept.
const (
	maxUnpacked = 512 << 20
	maxShared   = 96 << 20
)

// errTooFull is met where a part unpacks to more than it may.
var errTooFull = errors.New("bulk: a part of the workbook is too large")

// workbook is an XLSX file: a zip of XML files (ECMA-376, part 1, chapters 12 and 18).
type workbook struct {
	files  map[string]*zip.File
	shared []string
	merged []merged
}

func openExcel(name string, from io.ReaderAt, size int64) (*Sheet, *Problem) {
	unreadable := &Problem{File: name, Key: "import.excel"}
	z, err := zip.NewReader(from, size)
	if err != nil {
		return nil, unreadable
	}
	w := workbook{files: map[string]*zip.File{}}
	for _, f := range z.File {
		w.files[strings.ToLower(strings.TrimPrefix(f.Name, "/"))] = f
	}
	place, from1904, err := w.firstSheet()
	if err == nil {
		err = w.readShared()
	}
	if err == nil {
		w.merged, err = w.readMerged(place)
	}
	switch {
	case errors.Is(err, errTooFull):
		return nil, &Problem{File: name, Key: "import.unpacked", Args: []any{"max", maxUnpacked >> 20}}
	case err != nil:
		return nil, unreadable
	}
	return &Sheet{name: name, From1904: from1904, lines: func(yield func(Row, *Problem) bool) {
		if err := w.rows(place, func(r Row) bool { return yield(r, nil) }); err != nil {
			yield(Row{}, unreadable)
		}
	}}, nil
}

// part opens a file of the workbook, up to a limit.
func (w workbook) part(name string, most int64) (io.ReadCloser, error) {
	f, ok := w.files[strings.ToLower(name)]
	if !ok {
		return nil, errors.New("bulk: the workbook lacks " + path.Base(name))
	}
	if f.UncompressedSize64 > uint64(most) {
		return nil, errTooFull
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	return limited{r, &most}, nil
}

// limited reads no more than left; what a zip says of its sizes need not be true.
type limited struct {
	io.ReadCloser
	left *int64
}

func (l limited) Read(into []byte) (int, error) {
	n, err := l.ReadCloser.Read(into)
	if *l.left -= int64(n); *l.left < 0 {
		return 0, errTooFull
	}
	return n, err
}

// each gives every token of a part to fn until fn returns false.
func (w workbook) each(name string, most int64, fn func(xml.Token) bool) error {
	r, err := w.part(name, most)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }() // was only read
	d := xml.NewDecoder(bufio.NewReaderSize(r, 64<<10))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // always UTF-8, whatever is said
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if !fn(t) {
			return nil
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// firstSheet finds the file of the first sheet that is shown.
func (w workbook) firstSheet() (place string, from1904 bool, err error) {
	id := ""
	err = w.each("xl/workbook.xml", maxShared, func(t xml.Token) bool {
		e, ok := t.(xml.StartElement)
		switch {
		case ok && e.Name.Local == "workbookPr":
			from1904 = attr(e, "date1904") == "1" || attr(e, "date1904") == "true"
		case ok && e.Name.Local == "sheet" && id == "" && attr(e, "state") == "":
			id = relation(e)
		case ok && e.Name.Local == "sheet" && id == "" && attr(e, "state") == "visible":
			id = relation(e)
		}
		return true
	})
	if err != nil {
		return "", false, err
	}
	err = w.each("xl/_rels/workbook.xml.rels", maxShared, func(t xml.Token) bool {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "Relationship" && attr(e, "Id") == id {
			place = attr(e, "Target")
		}
		return true
	})
	if rooted, ok := strings.CutPrefix(place, "/"); ok {
		return rooted, from1904, err
	}
	return path.Join("xl", place), from1904, err
}

// relation is the id by which the workbook names a sheet's file: the attribute id with a prefix, beside sheetId.
func relation(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

// readShared reads the texts that cells share. Readings of foreign letters (rPh) are no part of them.
func (w *workbook) readShared() error {
	if w.files["xl/sharedstrings.xml"] == nil {
		return nil
	}
	var one strings.Builder
	var in textParts
	return w.each("xl/sharedStrings.xml", maxShared, func(t xml.Token) bool {
		if in.add(t, &one) {
			return true
		}
		if e, ok := t.(xml.EndElement); ok && e.Name.Local == "si" {
			w.shared = append(w.shared, one.String())
			one.Reset()
		}
		return true
	})
}

// textParts gathers the letters of t elements outside rPh.
type textParts struct{ text, reading bool }

func (p *textParts) add(t xml.Token, to *strings.Builder) bool {
	switch t := t.(type) {
	case xml.StartElement:
		p.text = p.text || t.Name.Local == "t" && !p.reading
		p.reading = p.reading || t.Name.Local == "rPh"
	case xml.EndElement:
		p.text = p.text && t.Name.Local != "t"
		p.reading = p.reading && t.Name.Local != "rPh"
	case xml.CharData:
		if p.text {
			to.Write(t)
		}
		return true
	}
	return false
}

// merged is an upright merged cell: what stands in its first row counts in the others.
type merged struct{ column, first, last int }

// mostMerged is more than a list has rows with something merged.
const mostMerged = 200_000

// readMerged finds the merged cells, which stand behind the rows: the part is searched once for them, tag by tag.
func (w workbook) readMerged(name string) (list []merged, err error) {
	r, err := w.part(name, maxUnpacked)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }() // was only read
	in := bufio.NewReaderSize(r, 64<<10)
	for len(list) < mostMerged {
		tag, err := in.ReadSlice('>')
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) { // a long text is no tag
			return nil, err
		}
		if at := bytes.Index(tag, []byte("mergeCell ")); at >= 0 {
			if m, ok := readMerge(string(tag[at:])); ok {
				list = append(list, m)
			}
		}
	}
	slices.SortFunc(list, func(a, b merged) int { return a.first - b.first })
	return list, nil
}

// readMerge reads ref="B3:B7" as an upright merged cell.
func readMerge(tag string) (m merged, ok bool) {
	_, ref, _ := strings.Cut(tag, `ref="`)
	ref, _, _ = strings.Cut(ref, `"`)
	from, to, _ := strings.Cut(ref, ":")
	m.column, m.first = place(from)
	_, m.last = place(to)
	return m, m.column >= 0 && m.first > 0 && m.last > m.first
}

// place reads A1 as column 0 of line 1; -1 is no column.
func place(ref string) (column, line int) {
	letters := 0
	for column = 0; letters < len(ref) && letters < 4 && ref[letters] >= 'A' && ref[letters] <= 'Z'; letters++ {
		column = column*26 + int(ref[letters]-'A') + 1
	}
	line, err := strconv.Atoi(ref[letters:])
	if err != nil {
		line = 0
	}
	return column - 1, line
}

// plainNumber writes 2.172049901900001E15 as 2172049901900001; a fraction stays as it is.
func plainNumber(typed string) string {
	if n, err := strconv.ParseInt(typed, 10, 64); err == nil {
		return strconv.FormatInt(n, 10)
	}
	f, err := strconv.ParseFloat(typed, 64)
	if err != nil || f != math.Trunc(f) || math.Abs(f) >= 1<<53 {
		return typed
	}
	return strconv.FormatInt(int64(f), 10)
}
