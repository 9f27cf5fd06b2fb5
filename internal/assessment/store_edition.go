package assessment

import (
	"context"

	"teduh/internal/db"
)

const editionColumns = `SELECT f.id, f.edition, f.state, f.definition, f.by_id, u.name, f.at, f.version
  FROM assessment_form f JOIN app_user u ON u.id = f.by_id WHERE f.office_id = $1`

func scanEdition(row db.Row) (e Edition, err error) {
	err = row.Scan(&e.ID, &e.Number, &e.State, &e.Raw, &e.By.ID, &e.By.Name, &e.At, &e.Version)
	return e, err
}

// mostEditions bounds what one office keeps; a new one each month for eight years.
const mostEditions = 100

func selectEditions(ctx context.Context, r db.Reader, office db.ID) ([]Edition, error) {
	return db.All(ctx, r, scanEdition, editionColumns+` ORDER BY f.edition DESC LIMIT $2`, office, mostEditions)
}

func selectEdition(ctx context.Context, r db.Reader, office, id db.ID) (Edition, error) {
	return db.One(ctx, r, scanEdition, editionColumns+` AND f.id = $2`, office, id)
}

func selectPublished(ctx context.Context, r db.Reader, office db.ID) (Edition, error) {
	return db.One(ctx, r, scanEdition, editionColumns+` AND f.state = 'published'`, office)
}

func selectDraft(ctx context.Context, r db.Reader, office db.ID) (Edition, error) {
	return db.One(ctx, r, scanEdition, editionColumns+` AND f.state = 'draft'`, office)
}

func lastEdition(ctx context.Context, r db.Reader, office db.ID) (int, error) {
	return db.One(ctx, r, db.Value[int], `SELECT COALESCE(MAX(edition), 0) FROM assessment_form WHERE office_id = $1`, office)
}

func insertEdition(ctx context.Context, tx db.Tx, office db.ID, e Edition) error {
	_, err := tx.Exec(ctx, `INSERT INTO assessment_form (id, office_id, edition, state, definition, by_id, at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		e.ID, office, e.Number, e.State, e.Raw, e.By.ID, e.At, e.Version)
	return err
}

func updateEdition(ctx context.Context, tx db.Tx, e Edition) error {
	_, err := tx.Exec(ctx, `UPDATE assessment_form SET state = $2, definition = $3, by_id = $4, at = $5, version = $6 WHERE id = $1`,
		e.ID, e.State, e.Raw, e.By.ID, e.At, e.Version)
	return err
}

// retirePublished takes the office's form that is in force out of use, where it has one.
func retirePublished(ctx context.Context, tx db.Tx, office db.ID) error {
	_, err := tx.Exec(ctx, `UPDATE assessment_form SET state = 'retired', version = version + 1 WHERE office_id = $1 AND state = 'published'`, office)
	return err
}

func deleteEdition(ctx context.Context, tx db.Tx, id db.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM assessment_form WHERE id = $1`, id)
	return err
}

// insertNeed keeps that a form asks something of a stage.
func insertNeed(ctx context.Context, tx db.Tx, id db.ID, stage string) error {
	_, err := tx.Exec(ctx, `INSERT INTO assessment_need (form_id, stage) VALUES ($1, $2) ON CONFLICT (form_id, stage) DO NOTHING`, id, stage)
	return err
}

// past is what a draft was at a version.
type past struct {
	version    int64
	definition string
}

// mostPast is how many changes of a draft can be taken back.
const mostPast = 100

// keepPast keeps a draft as it is, before it is changed.
func keepPast(ctx context.Context, tx db.Tx, e Edition) error {
	if _, err := tx.Exec(ctx, `INSERT INTO assessment_form_past (form_id, version, definition) VALUES ($1, $2, $3)`, e.ID, e.Version, e.Raw); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM assessment_form_past WHERE form_id = $1 AND version <= $2`, e.ID, e.Version-mostPast)
	return err
}

func lastPast(ctx context.Context, r db.Reader, id db.ID) (past, error) {
	return db.One(ctx, r, func(row db.Row) (p past, err error) {
		err = row.Scan(&p.version, &p.definition)
		return p, err
	}, `SELECT version, definition FROM assessment_form_past WHERE form_id = $1 ORDER BY version DESC LIMIT 1`, id)
}

func deletePastAt(ctx context.Context, tx db.Tx, id db.ID, version int64) error {
	_, err := tx.Exec(ctx, `DELETE FROM assessment_form_past WHERE form_id = $1 AND version = $2`, id, version)
	return err
}

func deletePast(ctx context.Context, tx db.Tx, id db.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM assessment_form_past WHERE form_id = $1`, id)
	return err
}

func countPast(ctx context.Context, r db.Reader, office, id db.ID) (int, error) {
	return db.One(ctx, r, db.Value[int], `SELECT count(*) FROM assessment_form_past p JOIN assessment_form f ON f.id = p.form_id WHERE f.office_id = $1 AND f.id = $2`, office, id)
}
