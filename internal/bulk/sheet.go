package bulk

import (
	"bytes"
	"io"
	"iter"
	"strings"
	"unicode/utf8"
)

// Limits of a sheet: what a file may weigh, and how many rows and columns it may have.
const (
	MaxSheet   = 64 << 20
	MaxRows    = 250_000
	MaxColumns = 200
)

// Sheet is a table someone keeps by hand. Rows may be read several times; each time the file is gone through anew.
type Sheet struct {
	name     string
	From1904 bool // a workbook whose days count from 1904
	lines    func(yield func(Row, *Problem) bool)
}

// OpenSheet recognises an XLSX or CSV file by its bytes. A CSV file may be UTF-8, UTF-16 or Windows-1252, with commas,
// semicolons or tabs. Of an XLSX file the first sheet is read; a formula counts as the value it last had, and an upright
// merged cell as standing in each of its rows that hold something else too.
func OpenSheet(name string, from io.ReaderAt, size int64) (*Sheet, *Problem) {
	if size > MaxSheet {
		return nil, &Problem{File: name, Key: "import.too_large", Args: []any{"max", MaxSheet >> 20}}
	}
	start := make([]byte, min(size, sample))
	if _, err := io.ReadFull(io.NewSectionReader(from, 0, size), start); err != nil {
		return nil, &Problem{File: name, Key: "import.unreadable"}
	}
	switch {
	case len(bytes.TrimSpace(start)) == 0 && size <= sample:
		return nil, &Problem{File: name, Key: "import.empty"}
	case bytes.HasPrefix(start, []byte("PK\x03\x04")):
		return openExcel(name, from, size)
	case bytes.HasPrefix(start, []byte("\xd0\xcf\x11\xe0")):
		return nil, &Problem{File: name, Key: "import.old_excel"}
	}
	return openText(name, from, size, start)
}

// sample is how much of a file is looked at to tell what it is.
const sample = 4 << 10

// Rows are the lines that hold anything, tidied. A line that can't be read is a problem; the next ones follow.
func (s *Sheet) Rows() iter.Seq2[Row, *Problem] {
	return func(yield func(Row, *Problem) bool) {
		rows := 0
		for row, p := range s.lines {
			if p == nil {
				p = s.tidy(row)
			}
			if p == nil && blank(row.Cells) {
				continue
			}
			if rows++; rows > MaxRows+1 && p == nil { // one of them is the header
				yield(row, &Problem{File: s.name, Line: row.Line, Key: "import.too_many_rows", Args: []any{"max", MaxRows}})
				return
			}
			if !yield(row, p) {
				return
			}
		}
	}
}

// tidy takes off what is written around the text of a row's cells.
func (s *Sheet) tidy(row Row) *Problem {
	if len(row.Cells) > MaxColumns && !blank(row.Cells[MaxColumns:]) {
		return &Problem{File: s.name, Line: row.Line, Key: "import.too_wide", Args: []any{"max", MaxColumns}}
	}
	for i, cell := range row.Cells {
		if !utf8.ValidString(cell) || strings.ContainsRune(cell, 0) {
			return &Problem{File: s.name, Line: row.Line, Key: "import.zero"}
		}
		row.Cells[i] = strings.TrimSpace(strings.ReplaceAll(cell, "\u00a0", " "))
	}
	return nil
}

func blank(cells []string) bool {
	for _, c := range cells {
		if c != "" {
			return false
		}
	}
	return true
}
