// Package report counts. It tells numbers of an office, never a person or a case.
//
// A report has cells; one that counts fewer than Least is suppressed, and only how many were is told, because small
// numbers name people in a small place. Secret cases are counted like others, so they show in no cell below Least.
package report

import (
	"context"
	"slices"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
)

// Least is the smallest count that is shown.
const Least = 5

// By are the ways cases can be counted, as the API names them.
var By = []string{"category", "village"}

// Cell is one count. What it is not counted by stays empty; so does what a case does not say.
type Cell struct {
	Category string
	Village  string
	Count    int
}

// Cases is how many cases were opened in a year.
type Cases struct {
	Cells      []Cell
	Suppressed int // cells below Least
}

// Service is what can be counted.
type Service struct {
	db      *db.DB
	now     func() time.Time
	measure Measure
}

// NewService of an installation.
func NewService(d *db.DB, now func() time.Time) *Service { return &Service{db: d, now: now} }

// Cases counts the office's cases that were opened in a year; 0 is this year in the office's zone.
func (s *Service) Cases(ctx context.Context, a access.Actor, year int, by []string) (out Cases, err error) {
	if err := a.Require(access.ReportRead); err != nil {
		return out, err
	}
	if year == 0 {
		year = s.now().In(a.Office.Zone).Year()
	}
	var c fault.Checks
	c.Field(year < 1900 || year > 9998, "year", "impossible", "error.choice")
	c.Field(len(by) == 0, "by", "required", "error.required")
	for _, word := range by {
		c.Field(!slices.Contains(By, word), "by", "unknown", "error.choice")
	}
	if err := c.Err(); err != nil {
		return out, err
	}
	var cells []Cell
	err = s.db.Read(ctx, func(r db.Reader) error {
		cells, err = countCases(ctx, r, a.Office.ID, year, by)
		return err
	})
	for _, cell := range cells {
		if cell.Count < Least {
			out.Suppressed++
			continue
		}
		out.Cells = append(out.Cells, cell)
	}
	return out, err
}
