package inbound

import (
	"context"

	"teduh/internal/db"
	"teduh/internal/intake"
	"teduh/internal/vault"
)

// The names under which things are sealed.
const (
	fieldBody = "referral in"
	fieldWord = "referral in word"
)

const columns = `i.id, i.office_id, i.request_id, q.number, i.sender_kind, i.partner_id, i.unit_id, i.key_id, i.way, i.referral_id, i.external_id, i.handed_by,
  i.kind, i.state, i.reason, i.outcome, i.told_state, i.told_at, i.due_at, i.consent, i.person_id, i.copied_by, u.name, i.copied_at, i.created_at, i.version, i.body`

const tables = `referral_in i JOIN request q ON q.id = i.request_id LEFT JOIN app_user u ON u.id = i.copied_by`

func scanIn(row db.Row) (x In, err error) {
	err = row.Scan(&x.ID, &x.Office, &x.Request, &x.Number, &x.SenderKind, &x.Partner, &x.Unit, &x.Key, &x.Way, &x.Referral, (*db.Text)(&x.External),
		&x.HandedBy, &x.Kind, &x.State, (*db.Text)(&x.Reason), (*db.Text)(&x.Outcome), (*db.Text)(&x.ToldState), &x.ToldAt, &x.DueAt, &x.Consent,
		&x.Person, &x.CopiedBy.ID, (*db.Text)(&x.CopiedBy.Name), &x.CopiedAt, &x.CreatedAt, &x.Version, &x.sealed)
	return x, err
}

func insertIn(ctx context.Context, tx db.Tx, x In) error {
	_, err := tx.Exec(ctx, `INSERT INTO referral_in (id, office_id, request_id, sender_kind, partner_id, unit_id, key_id, way, referral_id, external_id, handed_by,
    kind, state, due_at, consent, body, created_at, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
		x.ID, x.Office, x.Request, x.SenderKind, x.Partner, x.Unit, x.Key, x.Way, x.Referral, db.Text(x.External), x.HandedBy,
		x.Kind, x.State, x.DueAt, x.Consent, x.sealed, x.CreatedAt, x.Version)
	return err
}

// updateIn writes what a referral has come to; the transaction is the one it was read in.
func updateIn(ctx context.Context, tx db.Tx, x *In) error {
	_, err := tx.Exec(ctx, `UPDATE referral_in SET state = $2, reason = $3, outcome = $4, told_state = $5, told_at = $6, due_at = $7, person_id = $8,
    copied_by = $9, copied_at = $10, version = version + 1 WHERE id = $1`,
		x.ID, x.State, db.Text(x.Reason), db.Text(x.Outcome), db.Text(x.ToldState), x.ToldAt, x.DueAt, x.Person, x.CopiedBy.ID, x.CopiedAt)
	x.Version++
	return err
}

// first is the only one of a list, or nil.
func first(list []In, err error) (*In, error) {
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

func selectOfRequest(ctx context.Context, r db.Reader, request db.ID) (*In, error) {
	return first(db.All(ctx, r, scanIn, `SELECT `+columns+` FROM `+tables+` WHERE i.request_id = $1`, request))
}

// selectOfReferral is the newest try of a referral from another office.
func selectOfReferral(ctx context.Context, r db.Reader, of db.ID) (*In, error) {
	return first(db.All(ctx, r, scanIn, `SELECT `+columns+` FROM `+tables+` WHERE i.referral_id = $1 ORDER BY i.id DESC LIMIT 1`, of))
}

func selectOfCase(ctx context.Context, r db.Reader, caseID db.ID) ([]In, error) {
	return db.All(ctx, r, scanIn, `SELECT `+columns+` FROM `+tables+` WHERE q.case_id = $1 ORDER BY i.id`, caseID)
}

// selectReached is one within the reach of its request; args are intake.ReachArgs and the id.
func selectReached(ctx context.Context, r db.Reader, args []any) (In, error) {
	return db.One(ctx, r, scanIn, `SELECT `+columns+` FROM `+tables+` WHERE `+intake.InReach+` AND i.id = $4`, args...)
}

func insertWord(ctx context.Context, tx db.Tx, of db.ID, w Word, body []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO referral_in_word (id, referral_in_id, at, by_id, state, reason, outcome, how, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		w.ID, of, w.At, w.By.ID, w.State, db.Text(w.Reason), db.Text(w.Outcome), db.Text(w.How), body)
	return err
}

func selectWords(ctx context.Context, r db.Reader, key vault.Key, of db.ID) ([]Word, error) {
	return db.All(ctx, r, func(row db.Row) (w Word, err error) {
		var body []byte
		if err = row.Scan(&w.ID, &w.At, &w.By.ID, (*db.Text)(&w.By.Name), &w.State, (*db.Text)(&w.Reason), (*db.Text)(&w.Outcome), (*db.Text)(&w.How), &body); err != nil {
			return w, err
		}
		w.Text, err = key.Open(fieldWord, body)
		return w, err
	}, `SELECT w.id, w.at, w.by_id, u.name, w.state, w.reason, w.outcome, w.how, w.body
  FROM referral_in_word w LEFT JOIN app_user u ON u.id = w.by_id WHERE w.referral_in_id = $1 ORDER BY w.id`, of)
}
