package report

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"teduh/internal/db"
)

// countCases walks the cases of a year in an index of that order alone, which counts without sorting them; a case that does
// not say has the empty word.
func countCases(ctx context.Context, r db.Reader, office db.ID, year int, by []string) ([]Cell, error) {
	columns := map[string]string{"category": "NULL", "village": "NULL"}
	var groups []string
	for _, name := range []string{"category", "village"} {
		if slices.Contains(by, name) {
			columns[name] = map[string]string{"category": "c.main_category", "village": "c.village_code"}[name]
			groups = append(groups, columns[name])
		}
	}
	cells, err := db.All(ctx, r, func(row db.Row) (c Cell, err error) {
		err = row.Scan((*db.Text)(&c.Category), (*db.Text)(&c.Village), &c.Count)
		return c, err
	}, `SELECT `+columns["category"]+`, `+columns["village"]+`, COUNT(*) FROM case_file c
  WHERE c.office_id = $1 AND substr(c.opened_on, 1, 4) = $2 GROUP BY `+strings.Join(groups, ", "), office, fmt.Sprintf("%04d", year))
	slices.SortFunc(cells, func(a, b Cell) int {
		return cmp.Or(strings.Compare(a.Category, b.Category), strings.Compare(a.Village, b.Village))
	})
	return cells, err
}
