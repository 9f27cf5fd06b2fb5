package inbound

import (
	"context"

	"teduh/internal/db"
)

const keyColumns = `SELECT k.id, k.name, k.sender_kind, k.code, k.card, k.added_by, u.name, k.added_at, k.ended_at
  FROM office_key k JOIN app_user u ON u.id = k.added_by WHERE k.office_id = $1`

func scanKey(row db.Row) (k Key, err error) {
	err = row.Scan(&k.ID, &k.Name, &k.Kind, &k.Code, &k.Card, &k.AddedBy.ID, &k.AddedBy.Name, &k.AddedAt, &k.EndedAt)
	return k, err
}

// mostKeys an office may trust are read at once.
const mostKeys = 500

func selectKeys(ctx context.Context, r db.Reader, office db.ID) ([]Key, error) {
	return db.All(ctx, r, scanKey, keyColumns+` ORDER BY k.name, k.id LIMIT $2`, office, mostKeys)
}

func selectKey(ctx context.Context, r db.Reader, office, id db.ID) (Key, error) {
	return db.One(ctx, r, scanKey, keyColumns+` AND k.id = $2`, office, id)
}

func selectKeyByCode(ctx context.Context, r db.Reader, office db.ID, code string) (Key, error) {
	return db.One(ctx, r, scanKey, keyColumns+` AND k.code = $2`, office, code)
}

func insertKey(ctx context.Context, tx db.Tx, office db.ID, k Key) error {
	_, err := tx.Exec(ctx, `INSERT INTO office_key (id, office_id, name, sender_kind, code, card, added_by, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		k.ID, office, k.Name, k.Kind, k.Code, k.Card, k.AddedBy.ID, k.AddedAt)
	return err
}

func endKey(ctx context.Context, tx db.Tx, id db.ID, at db.Time) error {
	_, err := tx.Exec(ctx, `UPDATE office_key SET ended_at = $2 WHERE id = $1`, id, at)
	return err
}

func selectExternal(ctx context.Context, r db.Reader, office db.ID, external string) (*In, error) {
	return first(db.All(ctx, r, scanIn, `SELECT `+columns+` FROM `+tables+` WHERE i.office_id = $1 AND i.external_id = $2`, office, external))
}

// given is that a referral was given to an office elsewhere as a file.
type given struct {
	Key        db.ID
	Name       string
	MadeAt     db.Time
	AnswerMade db.Time // when the answer that was taken in last was made
}

func selectGiven(ctx context.Context, r db.Reader, of db.ID) ([]given, error) {
	return db.All(ctx, r, func(row db.Row) (g given, err error) {
		err = row.Scan(&g.Key, &g.Name, &g.MadeAt, &g.AnswerMade)
		return g, err
	}, `SELECT p.key_id, k.name, p.made_at, p.answer_made_at FROM referral_parcel p JOIN office_key k ON k.id = p.key_id WHERE p.referral_id = $1 ORDER BY p.made_at DESC, p.key_id`, of)
}

func upsertGiven(ctx context.Context, tx db.Tx, of, by db.ID, g given) error {
	_, err := tx.Exec(ctx, `INSERT INTO referral_parcel (referral_id, key_id, made_at, made_by) VALUES ($1, $2, $3, $4)
  ON CONFLICT (referral_id, key_id) DO UPDATE SET made_at = excluded.made_at, made_by = excluded.made_by`, of, g.Key, g.MadeAt, by)
	return err
}

func answerTaken(ctx context.Context, tx db.Tx, of, key db.ID, made db.Time) error {
	_, err := tx.Exec(ctx, `UPDATE referral_parcel SET answer_made_at = $3 WHERE referral_id = $1 AND key_id = $2`, of, key, made)
	return err
}
