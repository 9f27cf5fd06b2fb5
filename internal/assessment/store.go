package assessment

import (
	"context"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
)

type answerRow struct {
	caseID  db.ID
	item    string
	edition string
	by      db.ID
	at      db.Time
	body    []byte // nil takes the answer away
}

// upsertAnswer keeps the answer to a question; an empty one is taken away. What it was before is kept beside it.
func upsertAnswer(ctx context.Context, tx db.Tx, x answerRow) error {
	if _, err := tx.Exec(ctx, `INSERT INTO assessment_past (id, case_id, item, edition, body, by_id, at, ended_at)
  SELECT $3, case_id, item, edition, body, by_id, at, $4 FROM assessment WHERE case_id = $1 AND item = $2`, x.caseID, x.item, db.NewID(), x.at); err != nil {
		return err
	}
	if x.body == nil {
		_, err := tx.Exec(ctx, `DELETE FROM assessment WHERE case_id = $1 AND item = $2`, x.caseID, x.item)
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO assessment (case_id, item, edition, body, by_id, at, version) VALUES ($1, $2, $3, $4, $5, $6, 1)
  ON CONFLICT (case_id, item) DO UPDATE SET edition = excluded.edition, body = excluded.body, by_id = excluded.by_id, at = excluded.at,
    version = assessment.version + 1`, x.caseID, x.item, x.edition, x.body, x.by, x.at)
	return err
}

// selectAnswers reads what stands; the values of an answer come as the one text they are kept in.
func selectAnswers(ctx context.Context, r db.Reader, in casefile.Inside) ([]Answer, error) {
	return db.All(ctx, r, func(row db.Row) (x Answer, err error) {
		var body []byte
		if err = row.Scan(&x.Item, &x.Edition, &body, &x.By, &x.At); err != nil {
			return x, err
		}
		text, err := in.Key.Open(sealedAs(x.Item), body)
		x.Values = []string{text}
		return x, err
	}, `SELECT a.item, a.edition, a.body, u.name, a.at FROM assessment a JOIN app_user u ON u.id = a.by_id WHERE a.case_id = $1`, in.Case.ID)
}

// selectFormer reads what the answers were before they were changed, the last change first.
func selectFormer(ctx context.Context, r db.Reader, in casefile.Inside) ([]former, error) {
	return db.All(ctx, r, func(row db.Row) (x former, err error) {
		var body []byte
		if err = row.Scan(&x.Item, &x.Edition, &body, &x.By, &x.At, &x.until); err != nil {
			return x, err
		}
		text, err := in.Key.Open(sealedAs(x.Item), body)
		x.Values = []string{text}
		return x, err
	}, `SELECT p.item, p.edition, p.body, u.name, p.at, p.ended_at FROM assessment_past p JOIN app_user u ON u.id = p.by_id
  WHERE p.case_id = $1 ORDER BY p.ended_at DESC, p.id DESC LIMIT $2`, in.Case.ID, mostFormer)
}

// selectVersion counts the writings of an assessment; 1 is none yet.
func selectVersion(ctx context.Context, r db.Reader, caseID db.ID) (int64, error) {
	n, err := db.One(ctx, r, db.Value[int64], `SELECT version FROM assessment_written WHERE case_id = $1`, caseID)
	if fault.Is(err, "not_found") {
		return 1, nil
	}
	return n, err
}

// keepMet counts a writing and keeps which stages have what they wait for.
func keepMet(ctx context.Context, tx db.Tx, caseID db.ID, stages []string) error {
	if _, err := tx.Exec(ctx, `INSERT INTO assessment_written (case_id, version) VALUES ($1, 2)
  ON CONFLICT (case_id) DO UPDATE SET version = assessment_written.version + 1`, caseID); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM assessment_met WHERE case_id = $1`, caseID); err != nil {
		return err
	}
	for _, stage := range stages {
		if _, err := tx.Exec(ctx, `INSERT INTO assessment_met (case_id, stage) VALUES ($1, $2)`, caseID, stage); err != nil {
			return err
		}
	}
	return nil
}

func selectMet(ctx context.Context, r db.Reader, caseID db.ID, stage string) (bool, error) {
	n, err := db.One(ctx, r, db.Value[int], `SELECT COUNT(*) FROM assessment_met WHERE case_id = $1 AND stage = $2`, caseID, stage)
	return n == 1, err
}

// selectNeed tells whether the office's own form needs an answer of a stage; where the office has none it is not found.
func selectNeed(ctx context.Context, r db.Reader, caseID db.ID, stage string) (bool, error) {
	return db.One(ctx, r, func(row db.Row) (needed bool, err error) {
		err = row.Scan((*db.Flag)(&needed))
		return needed, err
	}, `SELECT CASE WHEN n.stage IS NULL THEN 0 ELSE 1 END FROM case_file c
  JOIN assessment_form f ON f.office_id = c.office_id AND f.state = 'published'
  LEFT JOIN assessment_need n ON n.form_id = f.id AND n.stage = $2 WHERE c.id = $1`, caseID, stage)
}
