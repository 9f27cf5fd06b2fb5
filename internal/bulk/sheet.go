package bulk

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Limits of a sheet: what a file may weigh, what it may unpack to, and how many rows it may have.
const (
	MaxSheet    = 64 << 20
	maxUnpacked = 1 << 30
	MaxRows     = 250_000
)

// Sheet is a table someone keeps by hand, as it was read: the first line names the columns.
type Sheet struct {
	Header []string
	Rows   []Row
	Excel  bool // days are numbers
}

// ReadSheet reads an XLSX or CSV file. A CSV file may be UTF-8, UTF-16 or Windows-1252, with commas, semicolons or tabs. Of
// an XLSX file the first sheet is read; a formula counts as the value it last had, of merged cells the first one holds the
// value.
func ReadSheet(name string, raw []byte) (Sheet, *Problem) {
	if len(raw) > MaxSheet {
		return Sheet{}, &Problem{File: name, Key: "import.too_large", Args: []any{"max", MaxSheet >> 20}}
	}
	var s Sheet
	var p *Problem
	if bytes.HasPrefix(raw, []byte("PK\x03\x04")) {
		s, p = readExcel(name, raw)
	} else {
		s, p = readText(name, raw)
	}
	if p == nil && len(s.Header) == 0 {
		p = &Problem{File: name, Line: 1, Key: "import.empty"}
	}
	return s, p
}

func readExcel(name string, raw []byte) (s Sheet, p *Problem) {
	book, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: 16 << 20})
	if err != nil {
		return s, &Problem{File: name, Key: "import.excel"}
	}
	defer func() { _ = book.Close() }() // temporary files of large sheets
	sheets := book.GetSheetList()
	if len(sheets) == 0 {
		return s, &Problem{File: name, Key: "import.excel"}
	}
	rows, err := book.Rows(sheets[0])
	if err != nil {
		return s, &Problem{File: name, Key: "import.excel"}
	}
	defer func() { _ = rows.Close() }() // was only read
	s.Excel = true
	for line := 1; rows.Next(); line++ {
		cells, err := rows.Columns()
		if err != nil {
			return s, &Problem{File: name, Line: line, Key: "import.excel"}
		}
		if p := s.add(name, line, cells); p != nil {
			return s, p
		}
	}
	if rows.Error() != nil {
		return s, &Problem{File: name, Key: "import.excel"}
	}
	return s, nil
}

// add keeps a line; the first that holds anything is the header, empty ones are passed over.
func (s *Sheet) add(name string, line int, cells []string) *Problem {
	empty := true
	for i := range cells {
		cells[i] = strings.TrimSpace(strings.ReplaceAll(cells[i], "\u00a0", " "))
		if strings.ContainsRune(cells[i], 0) || !utf8.ValidString(cells[i]) {
			return &Problem{File: name, Line: line, Key: "import.zero"}
		}
		empty = empty && cells[i] == ""
	}
	switch {
	case empty:
	case s.Header == nil:
		s.Header = cells
	case len(s.Rows) == MaxRows:
		return &Problem{File: name, Line: line, Key: "import.too_many_rows", Args: []any{"max", MaxRows}}
	default:
		for len(cells) < len(s.Header) {
			cells = append(cells, "")
		}
		s.Rows = append(s.Rows, Row{Line: line, Cells: cells})
	}
	return nil
}

func readText(name string, raw []byte) (s Sheet, p *Problem) {
	text, err := decode(raw)
	if err != nil {
		return s, &Problem{File: name, Key: "import.encoding"}
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = separator(text), -1
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return s, nil
		}
		var e *csv.ParseError
		if errors.As(err, &e) {
			return s, &Problem{File: name, Line: e.StartLine, Key: "import.quote"}
		}
		if err != nil {
			return s, &Problem{File: name, Key: "import.unreadable"}
		}
		line, _ := r.FieldPos(0)
		if p := s.add(name, line, cells); p != nil {
			return s, p
		}
	}
}

// decode finds out how a text file is written: by its first bytes, else UTF-8 where all of it is, else Windows-1252, which
// Excel in these parts writes.
func decode(raw []byte) (string, error) {
	switch {
	case bytes.HasPrefix(raw, []byte("\xff\xfe")), bytes.HasPrefix(raw, []byte("\xfe\xff")):
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(raw)
		return string(out), err
	case bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")):
		raw = raw[3:]
	}
	if utf8.Valid(raw) {
		return string(raw), nil
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(raw)
	return string(out), err
}

// separator is the one of comma, semicolon and tab that stands most often in the first line.
func separator(text string) rune {
	first, _, _ := strings.Cut(text, "\n")
	best, most := ',', strings.Count(first, ",")
	for _, r := range []rune{';', '\t'} {
		if n := strings.Count(first, string(r)); n > most {
			best, most = r, n
		}
	}
	return best
}

// longestDay is longer than any day that is written out.
const longestDay = 60

// Days as people write them, day before month.
var dayForms = []string{"2006-01-02", "2/1/2006", "2-1-2006", "2.1.2006", "2 1 2006", "2006/1/2", "2006-01-02T15:04:05Z07:00", "2006-01-02 15:04:05"}

// Months in Indonesian and English, by their first three letters.
var months = map[string]string{"jan": "1", "feb": "2", "peb": "2", "mar": "3", "apr": "4", "mei": "5", "may": "5", "jun": "6", "jul": "7", "agu": "8", "agt": "8",
	"aug": "8", "sep": "9", "okt": "10", "oct": "10", "nov": "11", "nop": "11", "des": "12", "dec": "12"}

// IsoDay reads a day as people write it, «17/8/1945», «17 Agustus 1945» or Excel's number, and gives it as 1945-08-17. What
// is no day comes back as it is.
func IsoDay(text string, excel bool) string {
	if len(text) > longestDay {
		return text
	}
	if n, err := strconv.ParseFloat(text, 64); err == nil && excel && n >= 1 && n < 2_958_466 {
		return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(math.Floor(n))).Format(time.DateOnly)
	}
	words := strings.Fields(strings.NewReplacer(",", " ").Replace(strings.ToLower(text)))
	if len(words) == 3 && len(words[1]) >= 3 {
		if month, ok := months[words[1][:3]]; ok {
			text = words[0] + " " + month + " " + words[2]
		}
	}
	for _, form := range dayForms {
		if t, err := time.Parse(form, text); err == nil {
			return t.Format(time.DateOnly)
		}
	}
	return text
}
