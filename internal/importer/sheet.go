package importer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"teduh/internal/access"
	"teduh/internal/bulk"
	"teduh/internal/casefile"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/person"
	"teduh/internal/person/names"
)

// SheetOptions say how an office's own list is taken in.
type SheetOptions struct {
	Kind    string // people or cases
	DryRun  bool   // check and tell, write nothing
	SkipBad bool   // take in what is right; without it, one wrong row refuses all
}

// SheetResult is what became of a list.
type SheetResult struct {
	Rows      int             `json:"rows"`
	New       int             `json:"new"`
	Known     int             `json:"known"` // rows that are in the office already
	Bad       int             `json:"bad"`
	Ignored   []string        `json:"ignored_columns"`
	Twins     []Twin          `json:"twins"`
	TwinTotal int             `json:"twin_total"`
	Problems  []*bulk.Problem `json:"-"`
}

// sheet is one list being taken in. It checks by the same rules as the bulk folder.
type sheet struct {
	*folder
	SheetOptions
	file     string
	excel    bool
	place    map[string]int
	villages map[string]string
	table    bulk.Table
	people   []person.Person
	cases    []casefile.Past
	ids      seen
	twins    twinSearch
	result   SheetResult
}

// Sheet checks an office's own list and takes it in, all or nothing unless bad rows are to be skipped.
func (s *Service) Sheet(ctx context.Context, a access.Actor, name string, raw []byte, o SheetOptions) (SheetResult, error) {
	if err := a.Require(access.OfficeImport); err != nil {
		return SheetResult{}, err
	}
	if !slices.Contains(Kinds, o.Kind) {
		return SheetResult{}, fault.Invalid(fault.Field("kind", "unknown", "error.choice"))
	}
	f := s.newFolder(a, Options{})
	if err := f.begin(ctx); err != nil {
		return SheetResult{}, err
	}
	x := &sheet{folder: f, SheetOptions: o, file: name, ids: seen{}, twins: twinSearch{first: map[string]int{}}}
	read, p := bulk.ReadSheet(name, raw)
	if p == nil {
		x.excel, p = read.Excel, x.match(read.Header)
	}
	if p != nil {
		return x.result, &Refused{Problems: []*bulk.Problem{p}, Total: 1}
	}
	x.check(read.Rows)
	if x.refused.Total > 0 && !o.SkipBad {
		return x.result, x.refused.err()
	}
	if o.DryRun {
		return x.result, ctx.Err()
	}
	return x.result, x.write(ctx)
}

// check reads every row; the good ones wait to be written.
func (s *sheet) check(rows []bulk.Row) {
	columns := sheetColumns[s.Kind]
	s.table = bulk.Table{File: s.file}
	for _, c := range columns {
		s.table.Columns = append(s.table.Columns, c.name)
	}
	for _, row := range rows {
		s.result.Rows++
		c := bulk.Check(s.table, bulk.Row{Line: row.Line, Cells: s.cells(columns, row)})
		if s.Kind == PeopleSheet {
			s.checkPerson(c, row.Line)
		} else {
			s.checkCase(c, row.Line)
		}
		if len(c.Problems) > 0 {
			s.result.Bad++
			s.refused.add(c.Problems...)
		}
	}
	s.result.Problems, s.result.Twins, s.result.TwinTotal = s.refused.Problems, s.twins.list, s.twins.total
}

// cells brings a row into the order and the form of our columns.
func (s *sheet) cells(columns []column, row bulk.Row) []string {
	cells := make([]string, len(columns))
	for i, c := range columns {
		at, ok := s.place[c.name]
		if ok && at < len(row.Cells) {
			cells[i] = row.Cells[at]
		}
		if c.value != nil {
			cells[i] = c.value(s, cells[i])
		}
	}
	return cells
}

func (s *sheet) checkPerson(c *bulk.Checks, line int) {
	for _, column := range []string{"nik", "kk"} {
		if strings.ContainsAny(c.Text(column), "eE+") {
			c.Add(column, "import.nik_number")
		}
	}
	p := s.readPerson(c)
	p.BirthPlace, p.Religion, p.Education, p.Work = c.Text("birth_place"), c.Text("religion"), c.Text("education"), c.Text("work")
	p.Sealed.KK, p.Sealed.Street, p.Sealed.RT, p.Sealed.RW = c.Text("kk"), c.Text("street"), c.Text("rt"), c.Text("rw")
	p.Tidy()
	if e, ok := fault.As(p.Check(s.today)); ok && len(c.Problems) == 0 {
		for _, wrong := range e.Fields {
			c.Add(strings.TrimPrefix(wrong.Field, "address."), wrong.Key, wrong.Args...)
		}
	}
	if p.ExternalID == "" {
		p.ExternalID = ownID(p)
	}
	if first, twice := s.ids[p.ExternalID]; twice && len(c.Problems) == 0 {
		c.Add("id", "import.twice", "line", first)
	}
	if len(c.Problems) > 0 {
		return
	}
	s.ids[p.ExternalID] = line
	if _, there := s.knownP[p.ExternalID]; there {
		s.result.Known++
		return
	}
	s.twins.look(line, p)
	s.people = append(s.people, p)
	s.result.New++
}

// ownID is the number of a row without one. It is made of what is readable anyway: a hash of a NIK could be guessed.
func ownID(p person.Person) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{names.Key(p.Name), string(p.BirthDate), p.Village, p.BirthPlace, p.Sex, p.Work}, "\x00")))
	return "list-" + hex.EncodeToString(sum[:8])
}

func (s *sheet) checkCase(c *bulk.Checks, line int) {
	id := s.ids.id(c, line)
	p := s.readCase(c)
	client := c.Needed("client_id", 200)
	if p.Person = s.knownP[client]; client != "" && p.Person.IsZero() {
		c.Add("client_id", "import.client_unknown")
	}
	s.name(c, "worker")
	p.Worker = s.workers[c.Text("worker")].id
	if len(c.Problems) > 0 {
		return
	}
	if _, there := s.knownC[id]; there {
		s.result.Known++
		return
	}
	s.cases = append(s.cases, p)
	s.result.New++
}

// write keeps what was checked in one transaction.
func (s *sheet) write(ctx context.Context) error {
	if s.result.New == 0 {
		return nil
	}
	err := s.Journal.Write(ctx, func(tx *journal.Tx) error {
		if err := bulk.Pipe(ctx, bulk.Each(s.people), s.folder.people.Prepare, peopleAtOnce, func(list []person.Prepared) error {
			return s.folder.people.Write(ctx, tx, list)
		}); err != nil {
			return err
		}
		if err := bulk.Pipe(ctx, bulk.Each(s.cases), s.folder.cases.PrepareCase, casesAtOnce, func(list []casefile.PreparedCase) error {
			return s.folder.cases.WriteCases(ctx, tx, list)
		}); err != nil {
			return err
		}
		return tx.Record(ctx, journal.Change{Office: s.actor.Office.ID, Actor: s.actor.User, Code: "office.imported", Kind: "unit", Subject: s.actor.Office.ID,
			Detail: journal.Detail{"people": len(s.people), "cases": len(s.cases)}})
	})
	if err != nil {
		return err
	}
	return s.DB.Learn(ctx)
}
