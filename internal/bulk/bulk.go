// Package bulk reads tables that come from outside, checks what stands in them, and carries many rows through several
// goroutines in their order.
//
// Rows reads a CSV file (UTF-8, header line, RFC 4180) row by row; what can't be read is a Problem with its line. OpenSheet
// does the same for lists that people keep by hand, as XLSX or as CSV of any usual kind. Neither holds a file in memory nor
// puts any of it on the disk. Checks reads the cells of one row as days, times and words of closed sets and gathers the
// problems. Pipe prepares rows on all cores and hands them on in groups, in order. The package knows no domain; importer
// says what the columns mean.
package bulk

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"
)

// Table says which columns a file has, in any order.
type Table struct {
	File    string
	Columns []string
}

// Row is one line of a table; its cells stand in the order of the table's columns.
type Row struct {
	Line  int
	Cells []string
	Marks []Mark // of a workbook's cells; none in a text file
}

// Mark tells what a workbook's cell is beyond its text; several may hold.
type Mark byte

// The marks.
const (
	Number  Mark = 1 << iota // kept as a number, not as text
	Formula                  // reckoned; the text is the value it last had
	Unknown                  // a formula without a value
	Broken                   // an error, such as #REF!
	Spread                   // empty in the file, filled from the merged cell above
)

// Is tells whether a cell has a mark.
func (r Row) Is(cell int, m Mark) bool { return cell < len(r.Marks) && r.Marks[cell]&m != 0 }

// Problem is what is wrong at one place. Key and Args tell it through the catalogs.
type Problem struct {
	File   string
	Line   int    // 0 where it is the whole file
	Column string // empty where it is the whole line
	Key    string
	Args   []any
}

// Error names the place; the words come from the catalogs.
func (p *Problem) Error() string { return p.File + ": " + p.Key }

// Rows reads a file to its end. A row that is cut off is a problem and reading goes on; after a quote that never ends, or
// another encoding, nothing more can be read.
func Rows(from io.Reader, t Table) iter.Seq2[Row, *Problem] {
	return func(yield func(Row, *Problem) bool) {
		rd := &reader{table: t}
		if p := rd.begin(from); p != nil {
			yield(Row{}, p)
			return
		}
		for {
			row, p, more := rd.next()
			if !more || !yield(row, p) || p != nil && p.Fatal() {
				return
			}
		}
	}
}

type reader struct {
	table Table
	csv   *csv.Reader
	place []int // where each of the table's columns stands in the file
}

// Fatal tells whether nothing behind the problem can be read.
func (p *Problem) Fatal() bool {
	return slices.Contains([]string{"import.quote", "import.unreadable", "import.excel", "import.too_many_rows"}, p.Key)
}

func (r *reader) problem(line int, key string, args ...any) *Problem {
	return &Problem{File: r.table.File, Line: line, Key: key, Args: args}
}

// begin reads the header.
func (r *reader) begin(from io.Reader) *Problem {
	buffered := bufio.NewReaderSize(from, 256<<10)
	start, err := buffered.Peek(3)
	if err != nil && !errors.Is(err, io.EOF) {
		return r.problem(0, "import.unreadable")
	}
	if len(start) >= 2 && (start[0] == 0xff && start[1] == 0xfe || start[0] == 0xfe && start[1] == 0xff) {
		return r.problem(1, "import.utf16")
	}
	if string(start) == "\xef\xbb\xbf" {
		_, _ = buffered.Discard(3) // was peeked
	}
	r.csv = csv.NewReader(buffered)
	header, err := r.csv.Read()
	switch {
	case errors.Is(err, io.EOF):
		return r.problem(1, "import.empty")
	case err != nil:
		return r.failed(err)
	case !utf8.ValidString(strings.Join(header, "")):
		return r.problem(1, "import.encoding")
	}
	return r.columns(header)
}

// columns finds the table's columns in the header; each must be there, once, and none that is not known.
func (r *reader) columns(header []string) *Problem {
	for i := range header {
		header[i] = strings.ToLower(strings.TrimSpace(header[i]))
		if !slices.Contains(r.table.Columns, header[i]) {
			return &Problem{File: r.table.File, Line: 1, Column: header[i], Key: "import.column_unknown", Args: []any{"columns", strings.Join(r.table.Columns, ",")}}
		}
		if slices.Contains(header[:i], header[i]) {
			return &Problem{File: r.table.File, Line: 1, Column: header[i], Key: "import.column_twice"}
		}
	}
	for _, name := range r.table.Columns {
		at := slices.Index(header, name)
		if at < 0 {
			return &Problem{File: r.table.File, Line: 1, Column: name, Key: "import.column_missing"}
		}
		r.place = append(r.place, at)
	}
	return nil
}

// next reads one row; more is false at the end.
func (r *reader) next() (row Row, p *Problem, more bool) {
	cells, err := r.csv.Read()
	if errors.Is(err, io.EOF) {
		return row, nil, false
	}
	if err != nil {
		return row, r.failed(err), true
	}
	row.Line, _ = r.csv.FieldPos(0)
	row.Cells = make([]string, len(r.place))
	for i, at := range r.place {
		cell := strings.TrimSpace(cells[at])
		if !utf8.ValidString(cell) {
			return row, &Problem{File: r.table.File, Line: row.Line, Column: r.table.Columns[i], Key: "import.encoding"}, true
		}
		if strings.ContainsRune(cell, 0) {
			return row, &Problem{File: r.table.File, Line: row.Line, Column: r.table.Columns[i], Key: "import.zero"}, true
		}
		row.Cells[i] = cell
	}
	return row, nil, true
}

func (r *reader) failed(err error) *Problem {
	var e *csv.ParseError
	switch {
	case !errors.As(err, &e):
		return r.problem(0, "import.unreadable")
	case errors.Is(err, csv.ErrFieldCount):
		return r.problem(e.StartLine, "import.cells", "n", len(r.table.Columns))
	}
	return r.problem(e.StartLine, "import.quote")
}
