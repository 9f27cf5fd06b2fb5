package practice

import (
	"context"
	"encoding/json"

	"teduh/internal/casefile"
	"teduh/internal/db"
)

func insertConsent(ctx context.Context, tx db.Tx, caseID, by db.ID, c Consent, record []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO consent (id, case_id, kind, text_version, language, manner, record, file_id, given_at, by_id)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, c.ID, caseID, c.Kind, c.TextVersion, c.Language, c.Manner, record, c.File, c.GivenAt, by)
	return err
}

type withdrawal struct {
	consent, by db.ID
	at          db.Time
	why         []byte
	task        db.ID
}

func withdrawConsent(ctx context.Context, tx db.Tx, w withdrawal) error {
	_, err := tx.Exec(ctx, `UPDATE consent SET withdrawn_at = $2, withdrawn_by = $3, withdrawn_why = $4, task_id = $5 WHERE id = $1`,
		w.consent, w.at, w.by, w.why, w.task)
	return err
}

const consentColumns = `SELECT c.id, c.kind, c.text_version, c.language, c.manner, c.body, c.record, c.file_id, c.given_at, u.name,
    c.withdrawn_at, w.name, c.withdrawn_why
  FROM consent c JOIN app_user u ON u.id = c.by_id LEFT JOIN app_user w ON w.id = c.withdrawn_by WHERE c.case_id = $1`

// scanConsent opens a record; one from before there were records holds a witness alone.
func scanConsent(in casefile.Inside) func(db.Row) (Consent, error) {
	return func(row db.Row) (c Consent, err error) {
		var body, record, why []byte
		var manner string
		var file db.ID
		if err = row.Scan(&c.ID, &c.Kind, &c.TextVersion, &c.Language, &manner, &body, &record, &file, &c.GivenAt, &c.By,
			&c.WithdrawnAt, (*db.Text)(&c.WithdrawnBy), &why); err != nil {
			return c, err
		}
		if record == nil {
			c.Witness, err = in.Key.Open("consent", body)
		} else {
			var x recordText
			err = in.Key.OpenJSON("consent record", record, &x)
			c.Signed, c.Guardian, c.Relation, c.Recipient, c.Data = x.Signed, x.Guardian, x.Relation, x.Recipient, x.Data
		}
		if err == nil {
			c.WithdrawnWhy, err = in.Key.Open("withdrawal", why)
		}
		c.Manner, c.File = manner, file
		return c, err
	}
}

func selectConsents(ctx context.Context, r db.Reader, in casefile.Inside) ([]Consent, error) {
	return db.All(ctx, r, scanConsent(in), consentColumns+` ORDER BY c.id DESC`, in.Case.ID)
}

func selectConsent(ctx context.Context, r db.Reader, in casefile.Inside, id db.ID) (Consent, error) {
	return db.One(ctx, r, scanConsent(in), consentColumns+` AND c.id = $2`, in.Case.ID, id)
}

func insertText(ctx context.Context, tx db.Tx, office, by db.ID, at db.Time, t Text, body string) error {
	_, err := tx.Exec(ctx, `INSERT INTO consent_text (office_id, kind, language, version, body, by_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		office, t.Kind, t.Language, t.Version, body, by, at)
	return err
}

// selectText reads an office's own text at a version, or the newest (0).
func selectText(ctx context.Context, r db.Reader, office db.ID, t Text, version int) (Text, error) {
	scan := func(row db.Row) (Text, error) {
		var body string
		if err := row.Scan(&t.Version, &body); err != nil {
			return t, err
		}
		return t, json.Unmarshal([]byte(body), &t.Terms)
	}
	if version == 0 {
		return db.One(ctx, r, scan, `SELECT version, body FROM consent_text WHERE office_id = $1 AND kind = $2 AND language = $3 ORDER BY version DESC LIMIT 1`,
			office, t.Kind, t.Language)
	}
	return db.One(ctx, r, scan, `SELECT version, body FROM consent_text WHERE office_id = $1 AND kind = $2 AND language = $3 AND version = $4`,
		office, t.Kind, t.Language, version)
}

func insertWaiver(ctx context.Context, tx db.Tx, w Waiver, reason []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO without_consent (id, case_id, kind, reason, by_id, at, until) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		db.NewID(), w.caseID, w.Kind, reason, w.by, w.At, w.Until)
	return err
}

func selectWaivers(ctx context.Context, r db.Reader, in casefile.Inside) ([]Waiver, error) {
	return db.All(ctx, r, func(row db.Row) (w Waiver, err error) {
		var reason []byte
		if err = row.Scan(&w.Kind, &reason, &w.By, &w.At, &w.Until); err != nil {
			return w, err
		}
		w.Reason, err = in.Key.Open("without consent", reason)
		return w, err
	}, `SELECT w.kind, w.reason, u.name, w.at, w.until FROM without_consent w JOIN app_user u ON u.id = w.by_id WHERE w.case_id = $1 ORDER BY w.id DESC`, in.Case.ID)
}

// selectConsented are those of the cases in which a consent of the kind stands.
func selectConsented(ctx context.Context, r db.Reader, kind string, ids []db.ID) (map[db.ID]bool, error) {
	let := map[db.ID]bool{}
	return let, db.InAfter([]any{kind}, ids, func(marks string, args []any) error {
		found, err := db.All(ctx, r, db.Value[db.ID], `SELECT case_id FROM consent WHERE kind = $1 AND withdrawn_at IS NULL AND case_id IN (`+marks+`)`, args...)
		for _, id := range found {
			let[id] = true
		}
		return err
	})
}

// selectOpenWaivers are those of the cases for which somebody gave the reason of an emergency that still holds.
func selectOpenWaivers(ctx context.Context, r db.Reader, by db.ID, kind string, now db.Time, ids []db.ID) (open []db.ID, err error) {
	err = db.InAfter([]any{by, kind, now}, ids, func(marks string, args []any) error {
		found, err := db.All(ctx, r, db.Value[db.ID], `SELECT case_id FROM without_consent WHERE by_id = $1 AND kind = $2 AND until > $3 AND case_id IN (`+marks+`)`, args...)
		open = append(open, found...)
		return err
	})
	return open, err
}
