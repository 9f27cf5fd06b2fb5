package report

import (
	"context"
	"slices"
	"strconv"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
)

// Hidden stands for a count that is not told.
const Hidden = -1

// OutcomeBy are the ways outcomes can be told apart; by worker only those who look after a team may.
var OutcomeBy = []string{"category", "village", "worker"}

// Overcome are the words for what became of the problem, in the order of their counts.
var Overcome = []string{"gone", "less", "same", "worse"}

// Outcome is what became of the closed cases of a group.
type Outcome struct {
	Key          string // category, region code or the worker's name; empty where a case does not say
	N            int
	Overcome     [4]int // by Overcome; Hidden where it is too small to tell
	Restored     Mean   // change of the scale from 0 to 10
	Strengthened Mean
}

// Reached is how the goals of one aim came out.
type Reached struct {
	Aim   string
	N     int // goals that were scored
	Goals int // of them as hoped or better; Hidden where it is too small to tell
	Score Mean
}

// Outcomes are the results of the cases closed in a year.
type Outcomes struct {
	Year   int
	By     string
	Closed int // in all, also those without an outcome
	All    Outcome
	Groups []Outcome
	Small  int // groups that are too small to tell, or that would betray one that is
	Aims   []Reached
	Scales []Scale // of instruments that were answered twice
}

// Outcomes tells what changed for the people whose cases were closed in a year; 0 is this year in the office's zone.
func (s *Service) Outcomes(ctx context.Context, a access.Actor, year int, by string) (out Outcomes, err error) {
	if err := a.Require(access.ReportRead); err != nil {
		return out, err
	}
	if by == "worker" {
		if err := a.Require(access.TeamRead); err != nil {
			return out, err
		}
	}
	if year == 0 {
		year = s.now().In(a.Office.Zone).Year()
	}
	var c fault.Checks
	c.Field(year < 1900 || year > 9998, "year", "impossible", "error.choice")
	c.Field(by != "" && !slices.Contains(OutcomeBy, by), "by", "unknown", "error.choice")
	if err := c.Err(); err != nil {
		return out, err
	}
	out.Year, out.By = year, by
	return out, s.db.Read(ctx, func(r db.Reader) error {
		p := period{office: a.Office.ID, from: db.Date(strconv.Itoa(year) + "-01-01"), to: db.Date(strconv.Itoa(year) + "-12-31")}
		if err := p.count(ctx, r, &out); err != nil {
			return err
		}
		out.Scales, err = p.scales(ctx, r, s.measure)
		return err
	})
}

func (p period) count(ctx context.Context, r db.Reader, out *Outcomes) (err error) {
	if out.Closed, err = countClosed(ctx, r, p); err != nil {
		return err
	}
	all, err := countOutcomes(ctx, r, p, "")
	if err != nil {
		return err
	}
	if len(all) > 0 {
		out.All = shown(all[0])
	}
	if out.By != "" {
		groups, err := countOutcomes(ctx, r, p, out.By)
		if err != nil {
			return err
		}
		out.Groups, out.Small = large(groups)
	}
	out.Aims, err = countReached(ctx, r, p)
	return err
}

// shown hides the counts of a group that are too small to tell.
func shown(o Outcome) Outcome {
	if o.N < Least {
		return Outcome{Key: o.Key, N: Hidden}
	}
	o.Overcome = [4]int(hide(o.Overcome[:]))
	return o
}

// hide takes out counts from one to four, and the smallest other one where a single gap could be reckoned from the whole.
func hide(counts []int) []int {
	told := slices.Clone(counts)
	gaps, next := 0, -1
	for i, n := range counts {
		switch {
		case n > 0 && n < Least:
			told[i] = Hidden
			gaps++
		case n >= Least && (next < 0 || n < counts[next]):
			next = i
		}
	}
	if gaps == 1 && next >= 0 {
		told[next] = Hidden
	}
	return told
}

// large keeps the groups that are large enough; where only one is not, the smallest of the others goes with it.
func large(groups []Outcome) (list []Outcome, small int) {
	sizes := make([]int, len(groups))
	for i, g := range groups {
		sizes[i] = g.N
	}
	for i, n := range hide(sizes) {
		if n == Hidden {
			small++
			continue
		}
		list = append(list, shown(groups[i]))
	}
	return list, small
}
