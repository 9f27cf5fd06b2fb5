package importer

import (
	"encoding/json"
	"slices"
	"time"

	"teduh/internal/bulk"
	"teduh/internal/db"
	"teduh/internal/fault"
)

// List is an office's own list from the upload to what became of it.
type List struct {
	ID       db.ID
	Office   db.ID
	By       db.ID
	ByName   string
	Kind     string // people or cases
	Name     string // of the file
	Size     int64  // bytes
	State    string // a word of ListStates
	Meanings map[int]string
	SkipBad  bool
	Written  int // rows
	At       db.Time
	BeatAt   db.Time // when it last went on
	Report   Report
}

// The states of a list. A list is checked and then waits to be taken in; refused ones can't be read as they are understood.
// One that failed by an accident may be taken in again; of one that is gone the file was deleted before it was taken in.
const (
	StateChecking = "checking"
	StateReady    = "ready"
	StateRefused  = "refused"
	StateWriting  = "writing"
	StateDone     = "done"
	StateFailed   = "failed"
	StateGone     = "gone"
)

// Running tells whether a machine works at the list.
func (l List) Running() bool { return l.State == StateChecking || l.State == StateWriting }

// Takeable tells whether the list may be taken in; where rows are wrong, only without them.
func (l List) Takeable(skipBad bool) bool {
	return slices.Contains([]string{StateReady, StateFailed}, l.State) && l.Report.New > 0 && (skipBad || l.Report.Problems.Total == 0)
}

// Report is what is known of a list once it was checked. It is kept sealed: it holds the first rows.
type Report struct {
	SheetResult
	Problems Findings   `json:"problems"`
	Notes    Findings   `json:"notes"`
	First    [][]string `json:"first"`
}

func reportOf(r SheetResult) Report {
	return Report{SheetResult: r, Problems: r.Problems, Notes: r.Notes, First: r.First}
}

// What a list may last: its file until it is taken in, a day at most; what became of it a month. A list that has not gone on
// for staleAfter was left by a machine that stopped.
const (
	fileLasts   = 24 * time.Hour
	reportLasts = 30 * 24 * time.Hour
	staleAfter  = time.Minute
)

// MaxList is the most a list may hold, in bytes.
const MaxList = bulk.MaxSheet

// meaningsOf checks what someone says the columns stand for.
func meaningsOf(kind string, chosen map[int]string) (string, error) {
	known := Columns(kind)
	for _, as := range chosen {
		if !slices.Contains(known, as) {
			return "", fault.Invalid(fault.Field("columns", "unknown", "error.choice"))
		}
	}
	b, err := json.Marshal(chosen)
	return string(b), err
}
