package report_test

import (
	"slices"
	"testing"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/person"
	"teduh/internal/report"
	"teduh/internal/testkit"
)

func TestSmallCellsAreSuppressed(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		o := testkit.NewOffice(t, d)
		cases := casefile.NewService(casefile.Needs{DB: d, Journal: o.Journal, Vault: o.Vault, People: o.People, Gates: casefile.NewGates(),
			Office: o.Units, Now: o.Now})
		ctx, head := t.Context(), o.As("head")
		open := func(times int, village, category string, day db.Date, secrecy int) {
			t.Helper()
			for range times {
				p, err := o.People.Add(ctx, head, person.Person{Name: "Siti", Village: village}, true)
				if err == nil {
					_, err = cases.Open(ctx, head, casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: p.Person.ID}, Worker: "worker@example.org",
						Categories: []string{category}, OpenedOn: day, Confidentiality: secrecy})
				}
				if err != nil {
					t.Fatal(err)
				}
			}
		}
		open(4, "21.72.04.1002", "25", "2026-01-01", casefile.Ordinary)
		open(1, "21.72.04.1002", "25", "2026-02-01", casefile.Secret)
		open(4, "21.72.04.1002", "8", "2026-03-01", casefile.Ordinary)
		open(6, "21.72.04.1001", "25", "2026-03-01", casefile.Ordinary)
		open(7, "21.72.04.1001", "25", "2025-12-31", casefile.Ordinary)
		s := report.NewService(d, o.Now)
		for _, c := range []struct {
			by   []string
			want report.Cases
		}{
			{[]string{"category", "village"}, report.Cases{Suppressed: 1, Cells: []report.Cell{{"25", "21.72.04.1001", 6}, {"25", "21.72.04.1002", 5}}}},
			{[]string{"category"}, report.Cases{Suppressed: 1, Cells: []report.Cell{{"25", "", 11}}}},
			{[]string{"village"}, report.Cases{Cells: []report.Cell{{"", "21.72.04.1001", 6}, {"", "21.72.04.1002", 9}}}},
		} {
			got, err := s.Cases(ctx, o.As("viewer"), 0, c.by)
			if err != nil || got.Suppressed != c.want.Suppressed || !slices.Equal(got.Cells, c.want.Cells) {
				t.Errorf("by %v: %+v %v, want %+v", c.by, got, err, c.want)
			}
		}
		if got, err := s.Cases(ctx, o.As("other"), 2026, report.By); err != nil || len(got.Cells)+got.Suppressed != 0 {
			t.Errorf("the office next door counts %+v %v", got, err)
		}
		if _, err := s.Cases(ctx, o.As("worker"), 2026, report.By); !fault.Is(err, "forbidden") {
			t.Errorf("a worker: %v", err)
		}
		if _, err := s.Cases(ctx, head, 2026, []string{"name"}); !fault.Is(err, "invalid") {
			t.Errorf("by name: %v", err)
		}
	})
}
