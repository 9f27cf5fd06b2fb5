// Package importer takes in what an office kept elsewhere.
//
// Folder reads the bulk folder (people.csv, cases.csv, notes.csv, referrals.csv; docs/import.md): everything is checked
// first, in one pass that writes nothing, and every wrong place is told with file, line and column. Only then rows are
// written, some thousands in one transaction, so that a server on the same database keeps working; what is written is
// whole at every moment, and reading the same folder again adds only what is missing.
//
// Sheet reads a list as an office keeps it (docs/import.md tells the columns). It reads the file twice, once to check and once
// to write in groups, and holds no rows in between. Where a row is wrong nothing is written.
//
// Lists are the same for a head at a page: an upload lies sealed (crate) while it is checked, shown and corrected, and is taken
// in beside the request, by another machine where one stops (run). A List is one of them, Pages show it.
//
// The importer says what the columns mean and in which order things are written; each domain writes its own tables
// through its Loader. Every act needs access.OfficeImport.
package importer

import (
	"context"
	"fmt"
	"time"

	"teduh/internal/access"
	"teduh/internal/bulk"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/journal"
	"teduh/internal/person"
)

// Service is what can be taken in.
type Service struct{ Needs }

// Needs are what a Service is built from.
type Needs struct {
	DB      *db.DB
	Journal *journal.Journal
	Access  *access.Service
	People  *person.Service
	Cases   *casefile.Service
	Now     func() time.Time
}

// NewService of an installation.
func NewService(n Needs) *Service { return &Service{n} }

// Refused is a folder or a sheet in which something is wrong; nothing of it was written.
type Refused struct{ Findings }

// Findings are places that someone should look at.
type Findings struct {
	Problems []*bulk.Problem // the first ones
	Total    int
}

// mostFindings are told; whoever has more mends these first.
const mostFindings = 5000

func (f *Findings) add(list ...*bulk.Problem) {
	f.Total += len(list)
	if free := mostFindings - len(f.Problems); free > 0 {
		f.Problems = append(f.Problems, list[:min(free, len(list))]...)
	}
}

// refused is a Refused of one problem.
func refused(p *bulk.Problem) *Refused {
	return &Refused{Findings{Problems: []*bulk.Problem{p}, Total: 1}}
}

func (r *Refused) err() error {
	if r.Total == 0 {
		return nil
	}
	return r
}

// Error counts; Line tells each problem.
func (r *Refused) Error() string { return fmt.Sprintf("importer: %d problems", r.Total) }

// Line tells a problem in the reader's language: where it is and what to do.
func Line(ctx context.Context, p *bulk.Problem) string {
	place := p.File
	if p.Line > 0 {
		place = i18n.T(ctx, "import.at_line", "file", p.File, "line", p.Line)
	}
	if p.Column != "" {
		place = i18n.T(ctx, "import.at_column", "place", place, "column", p.Column)
	}
	return place + ": " + i18n.T(ctx, p.Key, p.Args...)
}

// Count is how many rows a file has, and how many of them were new.
type Count struct {
	Rows int `json:"rows"`
	New  int `json:"new"`
}

// Result is what an import did.
type Result struct {
	People    Count    `json:"people"`
	Cases     Count    `json:"cases"`
	Notes     Count    `json:"notes"`
	Referrals Count    `json:"referrals"`
	Workers   []string `json:"workers"` // accounts that were made
	Twins     []Twin   `json:"twins"`   // the first ones
	TwinTotal int      `json:"twin_total"`
}

// Twin is a row that may be the same person as another one.
type Twin struct {
	Line  int    `json:"line"`
	Other int    `json:"other_line"` // 0 where the other is in the office already
	Why   string `json:"why"`        // nik, phone, name_birth
}

// Rows is how many rows all files have.
func (r Result) Rows() int { return r.People.Rows + r.Cases.Rows + r.Notes.Rows + r.Referrals.Rows }
