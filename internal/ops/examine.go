package ops

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"teduh/internal/db"
	"teduh/internal/journal"
	"teduh/internal/region"
	"teduh/internal/unit"
)

// settings reads what each office decided for itself, and its place and hours.
func settings(ctx context.Context, p patient) (string, []string, error) {
	offices, err := officesOf(ctx, p.DB)
	if err != nil {
		return "", nil, err
	}
	j := journal.New(p.DB, p.now)
	defer j.Close()
	units := unit.NewService(p.DB, j)
	var wrong []string
	for _, o := range offices {
		if _, err := units.Of(ctx, o.id); err != nil {
			wrong = append(wrong, fmt.Sprintf("the settings of %s can't be read (%v): save them anew on its settings page", o.name, err))
		}
		if _, err := time.LoadLocation(o.zone); err != nil {
			wrong = append(wrong, fmt.Sprintf("%s has no known time zone (%s)", o.name, o.zone))
		}
		if _, known := region.Name(o.region); !known && o.region != "" {
			wrong = append(wrong, fmt.Sprintf("%s has no known region code (%s)", o.name, o.region))
		}
	}
	if len(offices) == 0 {
		wrong = append(wrong, "there is no office yet: run teduh init")
	}
	return fmt.Sprintf("read, of %d offices", len(offices)), wrong, nil
}

// series is a run of numbers within an office and a year.
type series struct {
	office db.ID
	name   string
	year   int
}

// numbered are the tables whose rows carry a running number, by the name of its series.
var numbered = []struct{ series, table string }{{"case", "case_file"}, {"request", "request"}}

// numbers compares the running numbers that were given with those that are there.
func numbers(ctx context.Context, p patient) (string, []string, error) {
	var last map[series]int
	given := map[series][]int{}
	err := p.DB.Read(ctx, func(r db.Reader) (err error) { // one instant: others may be opening cases
		if last, err = lastNumbers(ctx, r); err != nil {
			return err
		}
		return givenNumbers(ctx, r, given)
	})
	if err != nil {
		return "", nil, err
	}
	var wrong []string
	for _, s := range sortedSeries(given, last) {
		if gap := firstGap(given[s], last[s]); gap > 0 {
			wrong = append(wrong, fmt.Sprintf("the %s numbers of %d have a gap or a twin at %d (%d given, %d there): compare with the newest backup",
				s.name, s.year, gap, last[s], len(given[s])))
		}
	}
	return fmt.Sprintf("%d series without gaps", len(last)), wrong, nil
}

func givenNumbers(ctx context.Context, r db.Reader, given map[series][]int) error {
	for _, n := range numbered {
		err := eachNumber(ctx, r, n.table, func(office db.ID, number string) {
			if year, at, ok := splitNumber(number); ok {
				s := series{office, n.series, year}
				given[s] = append(given[s], at)
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// splitNumber reads year and running number at the end of LK3-2026-000012.
func splitNumber(number string) (year, at int, ok bool) {
	parts := strings.Split(number, "-")
	if len(parts) < 3 {
		return 0, 0, false
	}
	year, yearErr := strconv.Atoi(parts[len(parts)-2])
	at, atErr := strconv.Atoi(parts[len(parts)-1])
	return year, at, yearErr == nil && atErr == nil
}

// firstGap tells the first place at which numbers do not run from 1 to last; 0 means they do.
func firstGap(given []int, last int) int {
	slices.Sort(given)
	for i, n := range given {
		if n != i+1 {
			return i + 1
		}
	}
	if len(given) != last {
		return min(len(given), last) + 1
	}
	return 0
}

func sortedSeries(given map[series][]int, last map[series]int) []series {
	var all []series
	for s := range given {
		all = append(all, s)
	}
	for s := range last {
		if _, seen := given[s]; !seen && slices.ContainsFunc(numbered, func(n struct{ series, table string }) bool { return n.series == s.name }) {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b series) int {
		return strings.Compare(fmt.Sprint(a.name, a.year, a.office), fmt.Sprint(b.name, b.year, b.office))
	})
	return all
}

// journalRows reads every row of the journal as its pages would.
func journalRows(ctx context.Context, p patient) (string, []string, error) {
	rows, broken := 0, 0
	err := p.DB.Read(ctx, func(r db.Reader) error {
		return eachChange(ctx, r, func(id db.ID, at db.Time, detail string) {
			rows++
			if id.IsZero() || at.IsZero() || !json.Valid([]byte(detail)) {
				broken++
			}
		})
	})
	if broken > 0 {
		return "", []string{fmt.Sprintf("%d of %d journal rows can't be read: compare with the newest backup", broken, rows)}, err
	}
	return fmt.Sprintf("%d rows read", rows), nil, err
}
