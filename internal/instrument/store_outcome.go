package instrument

import (
	"context"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/report"
)

func deleteMeasures(ctx context.Context, tx db.Tx, caseID db.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM case_measure WHERE case_id = $1`, caseID)
	return err
}

func insertMeasure(ctx context.Context, tx db.Tx, c casefile.Case, m measureRow) error {
	_, err := tx.Exec(ctx, `INSERT INTO case_measure (id, case_id, office_id, closed_on, instrument, edition, scale, before, after, verdict)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, db.NewID(), c.ID, c.Office, c.ClosedOn, m.instrument, m.edition, m.scale, m.before, m.after, string(m.verdict))
	return err
}

// countedMeasure is a scale of one edition over the closed cases of a period.
type countedMeasure struct {
	instrument, edition, scale string
	report.Measured
}

func countMeasures(ctx context.Context, r db.Reader, office db.ID, from, to db.Date) ([]countedMeasure, error) {
	return db.All(ctx, r, func(row db.Row) (m countedMeasure, err error) {
		err = row.Scan(&m.instrument, &m.edition, &m.scale, &m.Cases, &m.N, &m.Better, &m.Same, &m.Worse, &m.Sum, &m.Squares)
		return m, err
	}, `SELECT m.instrument, m.edition, m.scale, COUNT(DISTINCT m.case_id), COUNT(*), COUNT(CASE WHEN m.verdict = 'better' THEN 1 END),
    COUNT(CASE WHEN m.verdict = 'same' THEN 1 END), COUNT(CASE WHEN m.verdict = 'worse' THEN 1 END),
    CAST(SUM(m.after - m.before) AS BIGINT), CAST(SUM((m.after - m.before) * (m.after - m.before)) AS BIGINT)
  FROM case_measure m JOIN case_file c ON c.id = m.case_id
  WHERE m.office_id = $1 AND m.closed_on >= $2 AND m.closed_on <= $3 AND c.status = 'closed'
  GROUP BY m.instrument, m.edition, m.scale ORDER BY m.instrument, m.edition, m.scale`, office, from, to)
}
