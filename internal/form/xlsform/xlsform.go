// Package xlsform reads and writes a form as an XLSForm workbook (https://xlsform.org): a sheet «survey» with a row a
// question, a sheet «choices» with a row an option, a sheet «settings».
//
// Read takes what a form here can hold: text, integer, decimal, date, select_one, select_multiple, note, acknowledge,
// calculate and groups, with label and hint in several languages, required, relevant, calculation and such constraints as
// are bounds. What it can't hold (repeats, places, pictures, choices from files, …) is a problem with its row; a form is
// never half taken. How a row looks (appearance), what the device notes by itself (start, deviceid, …) and the words of
// messages are passed over.
//
// Write puts every definition into a workbook that Read takes again, and that asks the same questions of the same answers:
// conditions become «relevant», yes and no a list of two. Columns of ours stand beside XLSForm's: stage, problem_area and
// prefix in «survey», value in «choices».
package xlsform

import (
	"bytes"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"teduh/internal/form"
)

// Limits of a workbook.
const (
	MostBytes   = 4 << 20
	mostUnzip   = 32 << 20
	mostRows    = 5000
	mostColumns = 100
)

// Read turns a workbook over. It answers a definition only where there are no problems.
func Read(from io.Reader) (d *form.Definition, problems []form.Problem) {
	raw, err := io.ReadAll(io.LimitReader(from, MostBytes+1))
	if err != nil {
		return nil, []form.Problem{{Code: "sheet_unreadable"}}
	}
	if len(raw) > MostBytes {
		return nil, []form.Problem{{Code: "sheet_too_large"}}
	}
	defer func() {
		if broken := recover(); broken != nil { // the library met XML that no spreadsheet writes
			d, problems = nil, []form.Problem{{Code: "sheet_unreadable"}}
		}
	}()
	book, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{RawCellValue: true, UnzipSizeLimit: mostUnzip, UnzipXMLSizeLimit: mostUnzip})
	if err != nil {
		return nil, []form.Problem{{Code: "sheet_unreadable"}}
	}
	r := &reader{rows: map[string]int{}, lists: map[string]*list{}}
	plain := r.read(book)
	if book.Close() != nil {
		r.tell(form.Problem{Code: "sheet_unreadable"})
	}
	if len(r.problems) > 0 {
		return nil, r.problems
	}
	d, problems = form.Build(plain)
	for i, p := range problems {
		problems[i].Row = r.rows[p.Item]
	}
	return d, problems
}

// reader gathers what the sheets say.
type reader struct {
	language string // of the columns that name none
	rows     map[string]int
	lists    map[string]*list
	problems []form.Problem
}

const mostProblems = 50

func (r *reader) tell(p form.Problem) {
	if len(r.problems) < mostProblems {
		r.problems = append(r.problems, p)
	}
}

func (r *reader) read(book *excelize.File) form.Definition {
	d := r.settings(book)
	r.choices(r.sheet(book, "choices"))
	survey := r.sheet(book, "survey")
	if survey == nil {
		r.tell(form.Problem{Code: "sheet_no_survey"})
		return d
	}
	d.Items = r.survey(survey)
	return d
}

// sheet is a table by the names of its columns.
type sheet struct {
	columns map[string]int
	words   []column // those that say something in a language
	lines   []line
}

type column struct {
	base, language string
	at             int
}

type line struct {
	row   int
	cells []string
}

// sheet reads one by its name, or none where there is none.
func (r *reader) sheet(book *excelize.File, name string) *sheet {
	if at, err := book.GetSheetIndex(name); err != nil || at < 0 {
		return nil
	}
	rows, err := book.Rows(name)
	if err != nil {
		r.tell(form.Problem{Code: "sheet_unreadable"})
		return nil
	}
	s := &sheet{columns: map[string]int{}}
	for row := 1; rows.Next(); row++ {
		cells, err := rows.Columns()
		if err != nil || len(cells) > mostColumns {
			r.tell(form.Problem{Code: "sheet_columns", Row: row, Word: name})
			break
		}
		if row > mostRows {
			r.tell(form.Problem{Code: "sheet_rows", Word: name})
			break
		}
		if strings.TrimSpace(strings.Join(cells, "")) == "" {
			continue
		}
		if len(s.columns) == 0 {
			r.header(s, cells, row)
			continue
		}
		s.lines = append(s.lines, line{row, cells})
	}
	if rows.Close() != nil {
		r.tell(form.Problem{Code: "sheet_unreadable"})
	}
	return s
}

// renamed are other spellings of columns that XLSForm knows.
var renamed = map[string]string{"list name": "list_name", "relevance": "relevant", "calculate": "calculation", "read_only": "readonly", "caption": "label", "value": "value"}

func (r *reader) header(s *sheet, cells []string, row int) {
	for i, cell := range cells {
		base, language, has := strings.Cut(cell, "::")
		if base = strings.ToLower(strings.TrimSpace(base)); renamed[base] != "" {
			base = renamed[base]
		}
		if base != "label" && base != "hint" && base != "form_title" {
			s.columns[base] = i
			continue
		}
		code := r.language
		if has {
			if code = languageOf(language); code == "" {
				r.tell(form.Problem{Code: "sheet_language", Row: row, Word: strings.TrimSpace(language)})
			}
		}
		s.words = append(s.words, column{base, code, i})
		s.columns[base] = i
	}
}

var languages = map[string]string{"bahasa indonesia": "id", "indonesia": "id", "indonesian": "id", "bahasa": "id", "english": "en", "inggris": "en", "bahasa inggris": "en"}

// languageOf reads «English (en)», or the name of a language that is known.
func languageOf(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	if open := strings.LastIndexByte(name, '('); open >= 0 && strings.HasSuffix(name, ")") {
		code, _, _ := strings.Cut(strings.TrimSpace(name[open+1:len(name)-1]), "-")
		if len(code) == 2 || len(code) == 3 {
			return code
		}
		return ""
	}
	if len(name) == 2 {
		return name
	}
	return languages[name]
}

// of is a cell by the name of its column.
func (s *sheet) of(l line, name string) string {
	if at, ok := s.columns[name]; ok && at < len(l.cells) {
		return strings.TrimSpace(strings.ReplaceAll(l.cells[at], "\u00a0", " "))
	}
	return ""
}

// in are the words of a kind of column, by their languages.
func (s *sheet) in(l line, base string) form.Words {
	w := form.Words{}
	for _, c := range s.words {
		if c.base != base || c.at >= len(l.cells) {
			continue
		}
		if text := strings.TrimSpace(l.cells[c.at]); text != "" && w[c.language] == "" {
			w[c.language] = text
		}
	}
	return w
}

// settings read the title, the address, the version and the language of columns that name none; «id» without one.
func (r *reader) settings(book *excelize.File) form.Definition {
	r.language = "id"
	s := r.sheet(book, "settings")
	if s == nil || len(s.lines) == 0 {
		return form.Definition{Language: r.language}
	}
	first := s.lines[0]
	if code := languageOf(s.of(first, "default_language")); code != "" && code != r.language {
		r.language = code
		s = r.sheet(book, "settings")
	}
	return form.Definition{Language: r.language, Title: s.in(first, "form_title"), URL: s.of(first, "form_id"), Version: s.of(first, "version"), Copyright: s.of(first, "copyright")}
}
