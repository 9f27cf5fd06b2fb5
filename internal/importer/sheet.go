package importer

import (
	"context"
	"io"
	"iter"
	"slices"

	"teduh/internal/access"
	"teduh/internal/bulk"
	"teduh/internal/casefile"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/person"
)

// File is a list as it comes: its bytes are read where they are, several times, and kept nowhere.
type File struct {
	Name string
	From io.ReaderAt
	Size int64
}

// SheetOptions say how an office's own list is taken in.
type SheetOptions struct {
	Kind     string         // people or cases
	Columns  map[int]string // what each column stands for, by its place; nil goes by the titles
	DryRun   bool           // check and tell, write nothing
	SkipBad  bool           // take in what is right; without it, one wrong row refuses all
	Progress func(step string, rows, of int)
}

// The steps that Progress tells of. How many rows there are is known once they were checked.
const (
	Checking = "checking"
	Writing  = "writing"
)

// SheetResult is what became of a list.
type SheetResult struct {
	Rows      int        `json:"rows"`
	New       int        `json:"new"`
	Known     int        `json:"known"` // rows that are in the office already
	Bad       int        `json:"bad"`
	Taken     int        `json:"taken"` // new rows that were written; fewer than New where the writing was cut off
	Columns   []Matched  `json:"columns"`
	Ignored   []string   `json:"ignored_columns"`
	Twins     []Twin     `json:"twins"`
	TwinTotal int        `json:"twin_total"`
	Problems  Findings   `json:"-"` // rows that can't be taken in as they are
	Notes     Findings   `json:"-"` // what was taken in and should be looked at
	First     [][]string `json:"-"` // the first rows as they stand in the file
}

// Title is what the list calls a column of ours; the code where it has no such column.
func (r SheetResult) Title(code string) string {
	for _, m := range r.Columns {
		if m.As == code && code != "" {
			return m.Title
		}
	}
	return code
}

// firstRows are shown before a list is taken in.
const firstRows = 8

// sheet is one list being taken in. It checks by the same rules as the bulk folder.
type sheet struct {
	*folder
	SheetOptions
	file     string
	from     *bulk.Sheet
	header   []string
	titles   [][]string // the lines of the header as they stand
	headLine int        // the last of them
	place    map[string]int
	table    bulk.Table

	register   *person.Register
	villages   map[string]string
	categories map[string]string
	channels   map[string]string
	ids        seen
	twins      twinSearch
	formulas   map[string]int // rows by column
	spread     map[string]int

	birthPrecision string // of the row being read
	result         SheetResult
}

// Sheet checks an office's own list and takes it in: nothing where a row is wrong, unless bad rows are to be skipped. Rows are
// written group by group, as Lists do. If that is cut off the result tells how many were taken, and reading the list again takes
// the rest.
func (s *Service) Sheet(ctx context.Context, a access.Actor, file File, o SheetOptions) (SheetResult, error) {
	x, err := s.checkedSheet(ctx, a, file, o)
	if x == nil {
		return SheetResult{}, err
	}
	if err != nil {
		return x.result, err
	}
	if x.result.Problems.Total > 0 && !o.SkipBad {
		return x.result, &Refused{x.result.Problems}
	}
	if o.DryRun || x.result.New == 0 {
		return x.result, ctx.Err()
	}
	err = x.write(ctx, func(_ int, fn func(*journal.Tx) error) error { return s.Journal.Write(ctx, fn) })
	if err != nil {
		return x.result, err
	}
	return x.result, s.DB.Learn(ctx)
}

// checkedSheet reads a list once and writes nothing. What stops the reading is a Refused; what is wrong in rows stands in
// the result.
func (s *Service) checkedSheet(ctx context.Context, a access.Actor, file File, o SheetOptions) (*sheet, error) {
	if err := a.Require(access.OfficeImport); err != nil {
		return nil, err
	}
	if !slices.Contains(Kinds, o.Kind) {
		return nil, fault.Invalid(fault.Field("kind", "unknown", "error.choice"))
	}
	x := &sheet{folder: s.newFolder(a, Options{}), SheetOptions: o, file: file.Name}
	x.result.Twins = []Twin{}
	var p *bulk.Problem
	if x.from, p = bulk.OpenSheet(file.Name, file.From, file.Size); p == nil {
		if p = x.findHeader(); p == nil {
			p = x.match(x.header)
		}
	}
	if p != nil {
		x.result.Problems.add(p)
		return x, refused(p)
	}
	if err := x.begin(ctx); err != nil {
		return nil, err
	}
	return x, x.check(ctx)
}

// begin learns what the office has already.
func (s *sheet) begin(ctx context.Context) (err error) {
	if err = s.folder.begin(ctx); err != nil {
		return err
	}
	if s.register, err = s.folder.people.Register(ctx, s.actor); err != nil {
		return err
	}
	if s.categories, err = s.folder.cases.CategoryNames(ctx, fold); err != nil {
		return err
	}
	s.channels = casefile.ChannelNames(ctx, fold)
	s.twins = newTwinSearch(s.register)
	s.folder.names, err = s.Access.StaffNames(ctx, s.actor, staffKey)
	return err
}

// check reads every row; what is right is counted and read again when it is written.
func (s *sheet) check(ctx context.Context) error {
	s.table = bulk.Table{File: s.file, Columns: append(Columns(s.Kind), "")}
	s.formulas, s.spread = map[string]int{}, map[string]int{}
	s.start()
	for row, p := range s.rows() {
		if p != nil && p.Fatal() {
			s.result.Problems = Findings{}
			s.result.Problems.add(p)
			return refused(p)
		}
		if s.result.Rows++; s.result.Rows%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		s.tell(Checking, s.result.Rows, 0)
		s.checkRow(row, p)
	}
	if s.result.Rows == 0 {
		s.result.Problems.add(&bulk.Problem{File: s.file, Line: s.headLine, Key: "import.no_rows"})
		return &Refused{s.result.Problems}
	}
	s.noteColumns()
	s.result.Twins, s.result.TwinTotal = append(s.result.Twins, s.twins.list...), s.twins.total
	return nil
}

func (s *sheet) tell(step string, rows, of int) {
	if s.Progress != nil {
		s.Progress(step, rows, of)
	}
}

// start begins a reading of all rows.
func (s *sheet) start() { s.ids = seen{} }

func (s *sheet) checkRow(row bulk.Row, p *bulk.Problem) {
	if p != nil {
		s.result.Bad++
		s.result.Problems.add(p)
		return
	}
	if len(s.result.First) < firstRows {
		s.result.First = append(s.result.First, s.shown(row))
	}
	c := s.read(row)
	s.countMarks(row)
	var fresh bool
	if s.Kind == PeopleSheet {
		var x person.Person
		if x, fresh = s.person(c, row); fresh {
			s.twins.look(row.Line, x)
			s.warn(row.Line, x)
		}
	} else {
		_, fresh = s.readCaseRow(c, row)
	}
	switch {
	case len(c.Problems) > 0:
		s.result.Bad++
		s.result.Problems.add(c.Problems...)
	case fresh:
		s.result.New++
	default:
		s.result.Known++
	}
}

// group runs fn, which writes n rows, in a transaction of its own.
type group func(n int, fn func(*journal.Tx) error) error

// write keeps what was checked, group by group.
func (s *sheet) write(ctx context.Context, in group) error {
	if s.Kind == PeopleSheet {
		return bulk.Pipe(ctx, freshOf(s, s.person), s.folder.people.Prepare, sheetAtOnce, func(list []person.Prepared) error {
			return s.keep(ctx, in, len(list), func(tx *journal.Tx) error { return s.folder.people.Write(ctx, tx, list) })
		})
	}
	return bulk.Pipe(ctx, freshOf(s, s.readCaseRow), s.folder.cases.PrepareCase, sheetAtOnce, func(list []casefile.PreparedCase) error {
		return s.keep(ctx, in, len(list), func(tx *journal.Tx) error { return s.folder.cases.WriteCases(ctx, tx, list) })
	})
}

// keep writes a group of n rows and the journal's change of it.
func (s *sheet) keep(ctx context.Context, in group, n int, fn func(*journal.Tx) error) error {
	err := in(n, func(tx *journal.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return tx.Record(ctx, journal.Change{Office: s.actor.Office.ID, Actor: s.actor.User, Code: "office.imported", Kind: "unit", Subject: s.actor.Office.ID,
			Detail: journal.Detail{s.Kind: n}})
	})
	if err != nil {
		return err
	}
	s.result.Taken += n
	s.tell(Writing, s.result.Taken, s.result.New)
	return nil
}

// sheetAtOnce is how many rows of a list are written at once: few enough that others get their turn within a second.
const sheetAtOnce = 2000

// freshOf reads the rows anew and gives those that are right and not there yet.
func freshOf[T any](s *sheet, read func(*bulk.Checks, bulk.Row) (T, bool)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		s.start()
		for row, p := range s.rows() {
			if p != nil {
				continue
			}
			if x, fresh := read(s.read(row), row); fresh && !yield(x, nil) {
				return
			}
		}
	}
}
