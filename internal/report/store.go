package report

import (
	"context"
	"slices"

	"teduh/internal/db"
)

// countCases reads an index alone; a case that does not say has the empty word.
func countCases(ctx context.Context, r db.Reader, office db.ID, in span, by []string) ([]Cell, error) {
	category, village := `''`, `''`
	if slices.Contains(by, "category") {
		category = `COALESCE(c.main_category, '')`
	}
	if slices.Contains(by, "village") {
		village = `COALESCE(c.village_code, '')`
	}
	return db.All(ctx, r, func(row db.Row) (c Cell, err error) {
		err = row.Scan(&c.Category, &c.Village, &c.Count)
		return c, err
	}, `SELECT g.category, g.village, COUNT(*) FROM (SELECT `+category+` AS category, `+village+` AS village FROM case_file c
    WHERE c.office_id = $1 AND c.opened_on >= $2 AND c.opened_on < $3) g GROUP BY g.category, g.village ORDER BY g.category, g.village`,
		office, in.from, in.to)
}
