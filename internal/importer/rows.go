package importer

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"teduh/internal/bulk"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/person"
	"teduh/internal/person/names"
	"teduh/internal/web"
)

// Excel's errors, as a CSV file writes them.
var excelErrors = []string{"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "########"}

// read brings a row into the order and the form of our columns, and tells cells that hold no value.
func (s *sheet) read(row bulk.Row) *bulk.Checks {
	columns := sheetColumns[s.Kind]
	cells := make([]string, len(columns)+1)
	s.birthPrecision = ""
	for i, c := range columns {
		x := cell{}
		if place, ok := s.place[c.name]; ok {
			x = cell{at(row.Cells, place), row.Is(place, bulk.Number)}
		}
		if cells[i] = x.text; c.value != nil {
			cells[i] = c.value(s, x)
		}
	}
	checks := bulk.Check(s.table, bulk.Row{Line: row.Line, Cells: cells})
	if s.Kind == CasesSheet && checks.Text("status") == "" {
		cells[slices.Index(s.table.Columns, "status")] = map[bool]string{true: "open", false: "closed"}[checks.Text("closed_on") == ""]
	}
	for _, c := range columns {
		switch place, ok := s.place[c.name]; {
		case !ok:
		case row.Is(place, bulk.Unknown):
			checks.Add(c.name, "import.formula_empty")
		case row.Is(place, bulk.Broken), slices.Contains(excelErrors, at(row.Cells, place)):
			checks.Add(c.name, "import.excel_error")
		}
	}
	return checks
}

// shown are a row's cells as the page shows them.
func (s *sheet) shown(row bulk.Row) []string {
	list := make([]string, len(s.header))
	for i := range list {
		if list[i] = at(row.Cells, i); utf8.RuneCountInString(list[i]) > mostShown {
			list[i] = string([]rune(list[i])[:mostShown]) + "…"
		}
	}
	return list
}

const mostShown = 60

func (s *sheet) countMarks(row bulk.Row) {
	for name, place := range s.place {
		if row.Is(place, bulk.Formula) && !row.Is(place, bulk.Unknown) {
			s.formulas[name]++
		}
		if row.Is(place, bulk.Spread) {
			s.spread[name]++
		}
	}
}

// noteColumns tells what Excel did to whole columns, once a column.
func (s *sheet) noteColumns() {
	for _, name := range Columns(s.Kind) {
		if n := s.formulas[name]; n > 0 {
			s.result.Notes.add(&bulk.Problem{File: s.file, Column: name, Key: "import.formulas", Args: []any{"n", n}})
		}
		if n := s.spread[name]; n > 0 {
			s.result.Notes.add(&bulk.Problem{File: s.file, Column: name, Key: "import.merged", Args: []any{"n", n}})
		}
	}
}

// warn tells what is doubtful about a person and is kept as it was typed.
func (s *sheet) warn(line int, p person.Person) {
	for _, w := range p.Warnings() {
		s.result.Notes.add(&bulk.Problem{File: s.file, Line: line, Column: personColumn(w.Field), Key: "person.warning." + w.Code})
	}
}

// person reads a row of a list of people; fresh tells that it is right and not in the office yet.
func (s *sheet) person(c *bulk.Checks, row bulk.Row) (p person.Person, fresh bool) {
	p = person.Person{ExternalID: c.Text("id"), Name: c.Text("name"), CallName: c.Text("call_name"), Sex: c.Text("sex"), BirthPlace: c.Text("birth_place"),
		Religion: c.Text("religion"), Marital: c.Text("marital"), Education: c.Text("education"), Work: c.Text("work"), Disability: c.Text("disability"),
		Languages: c.Text("languages"), WelfareStatus: c.Text("welfare_status"), Aid: c.Text("aid"), DiedOn: c.Day("died_on"),
		Village: s.village(c.Text("village_code"), c.Text("district"))}
	p.Aliases = strings.FieldsFunc(c.Text("aliases"), func(r rune) bool { return r == ',' || r == ';' || r == '/' })
	p.Sealed = person.Sealed{NIK: s.number(c, row, "nik"), KK: s.number(c, row, "kk"), Phones: phones(c.Text("phone")), RT: c.Text("rt"), RW: c.Text("rw"),
		Street: c.Text("street"), Landmark: c.Text("landmark"), Emergency: c.Text("emergency")}
	if rt, rw, ok := strings.Cut(c.Text("rt_rw"), "/"); ok && p.Sealed.RT+p.Sealed.RW == "" {
		p.Sealed.RT, p.Sealed.RW = strings.TrimSpace(rt), strings.TrimSpace(rw)
	}
	s.born(c, &p)
	p.Tidy()
	s.checkPerson(c, p)
	if p.ExternalID == "" {
		p.ExternalID = ownID(p)
	}
	return p, s.fresh(c, row.Line, p.ExternalID, s.knownP)
}

// born reads the birth from its own column, else from «place, day» in one, else from the age.
func (s *sheet) born(c *bulk.Checks, p *person.Person) {
	p.BirthDate, p.BirthPrecision = c.Day("birth_date"), s.birthPrecision
	if both := c.Text("birth"); both != "" && c.Text("birth_date") == "" {
		place, day, ok := cutLast(both)
		if !ok {
			place, day = "", both
		}
		iso, precision := bulk.PartDay(day, false)
		if precision == "" {
			c.Add("birth", "import.day")
			return
		}
		p.BirthDate, p.BirthPrecision = db.Date(iso), precision
		if p.BirthPlace == "" {
			p.BirthPlace = place
		}
	}
	if typed := c.Text("age"); typed != "" && p.BirthDate == "" && c.Text("birth_date") == "" {
		digits, _, _ := strings.Cut(typed, " ")
		age, err := strconv.Atoi(digits)
		if err != nil || age < 0 || age > oldest {
			c.Add("age", "import.age")
			return
		}
		p.BirthDate, p.BirthPrecision = birthByAge(age, s.today), "estimate"
	}
}

const oldest = 125

// cutLast parts «Tanjungpinang, 5 Mei 1990» at its last comma, and «Kijang 05-05-1990» before its first digit.
func cutLast(both string) (place, day string, ok bool) {
	at := strings.LastIndexAny(both, ",/")
	if strings.Contains(both, ",") {
		at = strings.LastIndex(both, ",")
	} else if digit := strings.IndexAny(both, "0123456789"); digit > 0 {
		return strings.TrimSpace(strings.TrimRight(both[:digit], "/ ")), both[digit:], true
	}
	if at < 0 {
		return "", "", false
	}
	return strings.TrimSpace(both[:at]), strings.TrimSpace(both[at+1:]), true
}

// number reads an NIK or KK. Excel keeps fifteen digits of a number: a sixteenth that is zero was lost.
func (s *sheet) number(c *bulk.Checks, row bulk.Row, column string) string {
	text := c.Text(column)
	place, ok := s.place[column]
	if strings.ContainsAny(text, "eE+") || ok && row.Is(place, bulk.Number) && len(text) >= 16 && strings.HasSuffix(text, "0") {
		c.Add(column, "import.nik_number")
	}
	return text
}

// phones reads one number or several in one cell.
func phones(text string) (list []person.Phone) {
	for _, number := range strings.FieldsFunc(strings.ReplaceAll(text, " atau ", "/"), func(r rune) bool { return strings.ContainsRune("/;,\n", r) }) {
		if number = strings.TrimSpace(number); number != "" && number != "-" {
			list = append(list, person.Phone{Number: number, SafeToCall: true})
		}
	}
	return list
}

func (s *sheet) checkPerson(c *bulk.Checks, p person.Person) {
	if utf8.RuneCountInString(p.ExternalID) > web.MaxName {
		c.Add("id", "import.too_long", "max", web.MaxName)
	}
	if e, ok := fault.As(p.Check(s.today)); ok {
		for _, wrong := range e.Fields {
			c.Add(personColumn(wrong.Field), wrong.Key, wrong.Args...)
		}
	}
	sayInWords(c)
}

// closedWords tell the words of a closed set as an office writes them, where the bulk folder's message tells codes.
var closedWords = map[string]string{"sex": "import.sex_word", "stage": "import.stage_word", "status": "import.status_word", "risk": "import.risk_word",
	"channel": "import.channel_word", "confidentiality": "import.confidentiality_word"}

func sayInWords(c *bulk.Checks) {
	for _, p := range c.Problems {
		if words, ok := closedWords[p.Column]; ok && (p.Key == "import.choice" || p.Key == "error.choice") {
			p.Key, p.Args = words, nil
		}
		if p.Key == "import.day" {
			p.Key = "import.list_day"
		}
	}
}

// ownID is the number of a row without one. It is made of what is readable anyway, for a hash of a NIK could be guessed, and
// of what does not change from year to year, as a birth reckoned from an age does.
func ownID(p person.Person) string {
	if p.BirthPrecision == "estimate" {
		p.BirthDate = ""
	}
	sum := sha256.Sum256([]byte(strings.Join([]string{names.Key(p.Name), string(p.BirthDate), p.Village, p.BirthPlace, p.Sex, p.Work}, "\x00")))
	return "list-" + hex.EncodeToString(sum[:8])
}

// fresh tells whether a row is right and new; one whose id stood above is wrong.
func (s *sheet) fresh(c *bulk.Checks, line int, id string, known map[string]db.ID) bool {
	if len(c.Problems) > 0 {
		return false
	}
	if first, twice := s.ids[id]; twice {
		c.Add("id", "import.twice", "line", first)
		return false
	}
	s.ids[strings.Clone(id)] = line
	_, there := known[id]
	return !there
}

// readCaseRow reads a row of a list of cases.
func (s *sheet) readCaseRow(c *bulk.Checks, row bulk.Row) (p casefile.Past, fresh bool) {
	id := c.Needed("id", web.MaxName)
	p = s.readCase(c)
	p.Person = s.client(c)
	p.Channel = c.Choice("channel", casefile.Channels)
	p.Confidentiality = s.howOpen(c)
	s.name(c, "worker")
	p.Worker = s.workers[c.Text("worker")].id
	sayInWords(c)
	return p, s.fresh(c, row.Line, id, s.knownC)
}

// howOpen reads the confidentiality. A secret case needs its named from its first moment, and a list does not name them.
func (s *sheet) howOpen(c *bulk.Checks) int {
	switch c.Choice("confidentiality", []string{"1", "2", "3"}) {
	case "2":
		return casefile.Restricted
	case "3":
		c.Add("confidentiality", "import.secret")
	}
	return casefile.Ordinary
}

// client finds who a case is about: by the number in a list taken in before, else by NIK, else by a name that one alone bears.
func (s *sheet) client(c *bulk.Checks) db.ID {
	number, nik, name := c.Text("client_id"), c.Text("client_nik"), c.Text("client_name")
	if id, ok := s.knownP[number]; ok && number != "" && !s.hiddenP[id] {
		return id
	}
	if nik != "" {
		if id, n := s.register.ByNIK(nik); n == 1 {
			return id
		}
	}
	id, n := s.register.ByName(name)
	switch {
	case number+nik+name == "":
		c.Add(s.clientColumn(), "import.needed")
	case number != "":
		c.Add("client_id", "import.client_unknown")
	case name == "" || n == 0 && nik != "":
		c.Add("client_nik", "import.client_nik_unknown")
	case n == 0:
		c.Add("client_name", "import.client_name_unknown")
	case n > 1:
		c.Add("client_name", "import.client_name_many", "n", n)
	case nik != "":
		c.Add("client_nik", "import.client_nik_unknown")
	default:
		return id
	}
	return db.ID{}
}

// clientColumn is the column that this list names clients by.
func (s *sheet) clientColumn() string {
	for _, name := range []string{"client_id", "client_nik", "client_name"} {
		if _, ok := s.place[name]; ok {
			return name
		}
	}
	return "client_name"
}

// addDays adds to Excel's number of a day.
func addDays(text string, days int) string {
	whole, _, _ := strings.Cut(text, ".")
	n, err := strconv.Atoi(whole)
	if err != nil {
		return text
	}
	return strconv.Itoa(n + days)
}
