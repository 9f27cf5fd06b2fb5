package bulk

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// rows reads a sheet cell by cell until fn returns false.
func (w workbook) rows(name string, fn func(Row) bool) error {
	r := rowsReader{book: w, fn: fn}
	return w.each(name, maxUnpacked, r.token)
}

// rowsReader puts the cells of a sheet together.
type rowsReader struct {
	book   workbook
	fn     func(Row) bool
	row    Row
	column int
	kind   string // the cell's type: s shared, inlineStr, str, b, e, n or none
	value  strings.Builder
	inside textParts
	open   bool // within v
	has    bool // the cell has a v, be it empty
	mark   Mark
	merged int // of the book's merged cells, the next to begin
	held   map[int]heldCell
}

// heldCell is a merged cell that reaches down to the line last.
type heldCell struct {
	value string
	last  int
}

func (r *rowsReader) token(t xml.Token) bool {
	switch t := t.(type) {
	case xml.StartElement:
		r.start(t)
	case xml.CharData:
		if r.open {
			r.value.Write(t)
			return true
		}
	case xml.EndElement:
		return r.end(t.Name.Local, t)
	}
	if r.kind == "inlineStr" {
		r.inside.add(t, &r.value)
	}
	return true
}

func (r *rowsReader) start(e xml.StartElement) {
	switch e.Name.Local {
	case "row":
		line, err := strconv.Atoi(attr(e, "r"))
		if err != nil {
			line = r.row.Line + 1
		}
		r.row, r.column = Row{Line: line}, -1
	case "c":
		r.column++
		if at, _ := place(attr(e, "r")); at >= 0 {
			r.column = at
		}
		r.kind, r.mark, r.has = attr(e, "t"), 0, false
		r.value.Reset()
	case "f":
		r.mark |= Formula
	case "v":
		r.open, r.has = true, true
	}
}

func (r *rowsReader) end(name string, t xml.Token) bool {
	switch name {
	case "v":
		r.open = false
	case "c":
		r.cell()
		r.kind = ""
	case "row":
		r.fill()
		return r.fn(r.row)
	default:
		r.inside.add(t, &r.value)
	}
	return true
}

// cell keeps a cell that was read. What lies beyond the widest list is kept as one cell more, which is refused.
func (r *rowsReader) cell() {
	value := r.value.String()
	switch r.kind {
	case "s":
		at, err := strconv.Atoi(value)
		if value = ""; err == nil && at >= 0 && at < len(r.book.shared) {
			value = r.book.shared[at]
		}
	case "e":
		r.mark |= Broken
	case "", "n":
		if value != "" {
			value, r.mark = plainNumber(value), r.mark|Number
		}
	}
	if r.mark&Formula != 0 && !r.has {
		r.mark |= Unknown
	}
	if value == "" && r.mark&Unknown == 0 {
		return
	}
	at := min(r.column, MaxColumns)
	for len(r.row.Cells) <= at {
		r.row.Cells, r.row.Marks = append(r.row.Cells, ""), append(r.row.Marks, 0)
	}
	r.row.Cells[at], r.row.Marks[at] = value, r.mark
}

// fill puts merged cells into the rows that they reach over, where these hold something of their own.
func (r *rowsReader) fill() {
	for r.merged < len(r.book.merged) && r.book.merged[r.merged].first <= r.row.Line {
		m := r.book.merged[r.merged]
		r.merged++
		if m.first == r.row.Line && m.column < len(r.row.Cells) && r.row.Cells[m.column] != "" {
			if r.held == nil {
				r.held = map[int]heldCell{}
			}
			r.held[m.column] = heldCell{r.row.Cells[m.column], m.last}
		}
	}
	if len(r.held) == 0 || blank(r.row.Cells) {
		return
	}
	for column, h := range r.held {
		if r.row.Line > h.last {
			delete(r.held, column)
			continue
		}
		for len(r.row.Cells) <= column {
			r.row.Cells, r.row.Marks = append(r.row.Cells, ""), append(r.row.Marks, 0)
		}
		if r.row.Cells[column] == "" {
			r.row.Cells[column], r.row.Marks[column] = h.value, Spread
		}
	}
}
