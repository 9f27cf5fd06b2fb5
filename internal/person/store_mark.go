package person

import (
	"context"

	"teduh/internal/db"
)

// markRow is a mark and whom it is about; of a merged record, the one that was kept.
type markRow struct {
	Mark
	person db.ID
}

func scanMark(row db.Row) (m markRow, err error) {
	err = row.Scan(&m.person, &m.ID, &m.Kind, &m.Case, &m.At)
	return m, err
}

// selectMarks are the marks of people that have not ended, the oldest first.
func selectMarks(ctx context.Context, r db.Reader, people []db.ID) (all []markRow, err error) {
	err = db.In(people, func(marks string, args []any) error {
		for _, column := range []string{"id", "merged_into"} {
			list, err := db.All(ctx, r, scanMark, `SELECT g.`+column+`, m.id, m.kind, m.case_id, m.set_at FROM person g
  JOIN person_mark m ON m.person_id = g.id WHERE m.ended_at IS NULL AND g.`+column+` IN (`+marks+`) ORDER BY m.set_at, m.id`, args...)
			if err != nil {
				return err
			}
			all = append(all, list...)
		}
		return nil
	})
	return all, err
}

func selectBirths(ctx context.Context, r db.Reader, people []db.ID) (all []Person, err error) {
	err = db.In(people, func(marks string, args []any) error {
		list, err := db.All(ctx, r, func(row db.Row) (p Person, err error) {
			err = row.Scan(&p.ID, &p.BirthDate, &p.DiedOn, &p.DiedPrecision)
			return p, err
		}, `SELECT id, birth_date, died_on, died_precision FROM person WHERE id IN (`+marks+`)`, args...)
		all = append(all, list...)
		return err
	})
	return all, err
}

func markStands(ctx context.Context, r db.Reader, person db.ID, kind string, caseID db.ID) (bool, error) {
	rows, err := selectMarks(ctx, r, []db.ID{person})
	for _, m := range rows {
		if m.Kind == kind && m.Case == caseID {
			return true, err
		}
	}
	return false, err
}

func insertMark(ctx context.Context, tx db.Tx, m markRow, by db.ID) error {
	_, err := tx.Exec(ctx, `INSERT INTO person_mark (id, person_id, kind, case_id, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6)`,
		m.ID, m.person, m.Kind, m.Case, by, m.At)
	return err
}

func endMark(ctx context.Context, tx db.Tx, id db.ID, now db.Time) error {
	_, err := tx.Exec(ctx, `UPDATE person_mark SET ended_at = $2 WHERE id = $1`, id, now)
	return err
}
