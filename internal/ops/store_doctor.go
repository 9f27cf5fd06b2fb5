package ops

import (
	"context"

	"teduh/internal/db"
)

type office struct {
	id                 db.ID
	name, zone, region string
}

func officesOf(ctx context.Context, d *db.DB) (all []office, err error) {
	err = d.Read(ctx, func(r db.Reader) error {
		all, err = db.All(ctx, r, func(row db.Row) (o office, err error) {
			err = row.Scan(&o.id, &o.name, &o.zone, &o.region)
			return o, err
		}, `SELECT id, name, zone, region_code FROM unit WHERE kind = 'office' ORDER BY id`)
		return err
	})
	return all, err
}

func newestChange(ctx context.Context, d *db.DB) (newest db.Time, err error) {
	err = d.Read(ctx, func(r db.Reader) error {
		all, err := db.All(ctx, r, db.Value[db.Time], `SELECT at FROM change ORDER BY id DESC LIMIT 1`)
		if len(all) > 0 {
			newest = all[0]
		}
		return err
	})
	return newest, err
}

func lastNumbers(ctx context.Context, r db.Reader) (map[series]int, error) {
	last := map[series]int{}
	err := each(ctx, r, `SELECT office_id, series, year, last FROM running_number`, func(row db.Row) error {
		var s series
		var n int
		err := row.Scan(&s.office, &s.name, &s.year, &n)
		last[s] = n
		return err
	})
	return last, err
}

// eachNumber reads the numbers of a table of this package's own list.
func eachNumber(ctx context.Context, r db.Reader, table string, fn func(office db.ID, number string)) error {
	return each(ctx, r, `SELECT office_id, number FROM `+table, func(row db.Row) error {
		var id db.ID
		var number string
		err := row.Scan(&id, &number)
		fn(id, number)
		return err
	})
}

func eachChange(ctx context.Context, r db.Reader, fn func(id db.ID, at db.Time, detail string)) error {
	return each(ctx, r, `SELECT id, at, detail FROM change`, func(row db.Row) error {
		var id db.ID
		var at db.Time
		var detail string
		err := row.Scan(&id, &at, &detail)
		fn(id, at, detail)
		return err
	})
}

func fileHashes(ctx context.Context, d *db.DB) (all [][]byte, err error) {
	err = d.Read(ctx, func(r db.Reader) error {
		all, err = db.All(ctx, r, db.Value[[]byte], `SELECT hash FROM attachment WHERE struck_at IS NULL`)
		return err
	})
	return all, err
}

// each hands over the rows of a query one by one, however many there are.
func each(ctx context.Context, r db.Reader, query string, fn func(db.Row) error) error {
	rows, err := r.Query(ctx, query)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // rows.Err below has the reason
	for rows.Next() {
		if err := fn(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
