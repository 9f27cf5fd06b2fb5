package partnerdesk

import (
	"context"
	"database/sql"

	"teduh/internal/db"
	"teduh/internal/vault"
)

const linkColumns = `SELECT l.id, l.referral_id, l.office_id, l.made_by, u.name, l.made_at, l.ends_at, l.opened_at, l.elsewhere_at, l.locked_at, l.sealed,
  l.pin_hash, l.misses, l.missed_at FROM referral_link l JOIN app_user u ON u.id = l.made_by WHERE l.revoked_at IS NULL AND `

func scanLink(row db.Row) (l Link, err error) {
	err = row.Scan(&l.ID, &l.Referral, &l.Office, &l.MadeBy.ID, &l.MadeBy.Name, &l.MadeAt, &l.EndsAt, &l.OpenedAt, &l.ElsewhereAt, &l.LockedAt, &l.sealed,
		&l.pin, &l.misses, &l.missedAt)
	return l, err
}

func selectLink(ctx context.Context, r db.Reader, hash []byte) (Link, error) {
	return db.One(ctx, r, scanLink, linkColumns+`l.token_hash = $1`, hash)
}

func selectLiving(ctx context.Context, r db.Reader, of db.ID) (Link, error) {
	return db.One(ctx, r, scanLink, linkColumns+`l.referral_id = $1`, of)
}

func insertLink(ctx context.Context, tx db.Tx, l Link, hash []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO referral_link (id, referral_id, office_id, token_hash, sealed, made_by, made_at, ends_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, l.ID, l.Referral, l.Office, hash, l.sealed, l.MadeBy.ID, l.MadeAt, l.EndsAt)
	return err
}

func setPIN(ctx context.Context, tx db.Tx, l Link) error {
	_, err := tx.Exec(ctx, `UPDATE referral_link SET pin_hash = $2, ends_at = $3, misses = 0, missed_at = NULL, locked_at = NULL WHERE id = $1`,
		l.ID, l.pin, l.EndsAt)
	return err
}

func revokeLink(ctx context.Context, tx db.Tx, of db.ID, at db.Time) error {
	_, err := tx.Exec(ctx, `UPDATE referral_link SET revoked_at = $2 WHERE referral_id = $1 AND revoked_at IS NULL`, of, at)
	return err
}

func renewLink(ctx context.Context, tx db.Tx, of db.ID, until db.Time) error {
	_, err := tx.Exec(ctx, `UPDATE referral_link SET ends_at = $2 WHERE referral_id = $1 AND revoked_at IS NULL`, of, until)
	return err
}

func countMiss(ctx context.Context, tx db.Tx, id db.ID, at, locked db.Time) error {
	_, err := tx.Exec(ctx, `UPDATE referral_link SET misses = misses + 1, missed_at = $2, locked_at = $3 WHERE id = $1`, id, at, locked)
	return err
}

// opened keeps that a PIN was right: the first time, and the last by another device.
func opened(ctx context.Context, tx db.Tx, id db.ID, at db.Time, elsewhere bool) error {
	_, err := tx.Exec(ctx, `UPDATE referral_link SET misses = 0, missed_at = NULL, opened_at = COALESCE(opened_at, $2),
    elsewhere_at = CASE WHEN $3 = 1 THEN $2 ELSE elsewhere_at END WHERE id = $1`, id, at, db.Flag(elsewhere))
	return err
}

type visitRow struct {
	name       []byte
	seen, ends db.Time
}

func insertVisit(ctx context.Context, tx db.Tx, hash []byte, link db.ID, name []byte, at db.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO referral_visit (token_hash, link_id, name, began_at, seen_at, ends_at) VALUES ($1, $2, $3, $4, $4, $5)`,
		hash, link, name, at, db.At(at.Add(VisitLasts)))
	return err
}

func selectVisit(ctx context.Context, r db.Reader, hash []byte, link db.ID) (visitRow, error) {
	return db.One(ctx, r, func(row db.Row) (v visitRow, err error) {
		err = row.Scan(&v.name, &v.seen, &v.ends)
		return v, err
	}, `SELECT name, seen_at, ends_at FROM referral_visit WHERE token_hash = $1 AND link_id = $2`, hash, link)
}

func visitKnown(ctx context.Context, r db.Reader, link db.ID, hash []byte) (bool, error) {
	n, err := db.One(ctx, r, db.Value[int], `SELECT COUNT(*) FROM referral_visit WHERE token_hash = $1 AND link_id = $2`, hash, link)
	return n > 0, err
}

func seeVisit(ctx context.Context, tx db.Tx, hash []byte, at db.Time) error {
	_, err := tx.Exec(ctx, `UPDATE referral_visit SET seen_at = $2 WHERE token_hash = $1`, hash, at)
	return err
}

func endVisit(ctx context.Context, tx db.Tx, hash []byte, at db.Time) error {
	_, err := tx.Exec(ctx, `UPDATE referral_visit SET ends_at = $2 WHERE token_hash = $1`, hash, at)
	return err
}

// endVisits ends all visits by a link. Their rows stay: by them a device is known again.
func endVisits(ctx context.Context, tx db.Tx, link db.ID, at db.Time) error {
	_, err := tx.Exec(ctx, `UPDATE referral_visit SET ends_at = $2 WHERE link_id = $1 AND ends_at > $2`, link, at)
	return err
}

func selectVisitors(ctx context.Context, r db.Reader, key vault.Key, link db.ID, most int) ([]Visitor, error) {
	return db.All(ctx, r, func(row db.Row) (v Visitor, err error) {
		var name []byte
		if err := row.Scan(&name, &v.At); err != nil {
			return v, err
		}
		v.Name, err = key.Open(visitField, name)
		return v, err
	}, `SELECT name, began_at FROM referral_visit WHERE link_id = $1 ORDER BY began_at DESC LIMIT $2`, link, most)
}

// noteRow is a partner's own note as it lies there.
type noteRow struct {
	Note
	key  db.ID
	body []byte
}

func selectNote(ctx context.Context, r db.Reader, of, partner db.ID) (noteRow, error) {
	return db.One(ctx, r, func(row db.Row) (n noteRow, err error) {
		err = row.Scan(&n.key, &n.body, &n.By.ID, &n.By.Name, &n.At, &n.Version)
		return n, err
	}, `SELECT n.key_id, n.body, n.by_id, u.name, n.at, n.version FROM partner_note n JOIN app_user u ON u.id = n.by_id
  WHERE n.referral_id = $1 AND n.partner_id = $2`, of, partner)
}

func insertNote(ctx context.Context, tx db.Tx, of, partner, key db.ID, body []byte, by db.ID, at db.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO partner_note (referral_id, partner_id, key_id, body, by_id, at, version) VALUES ($1, $2, $3, $4, $5, $6, 1)`,
		of, partner, key, body, by, at)
	return err
}

// updateNote writes over the version that was read.
func updateNote(ctx context.Context, tx db.Tx, of db.ID, version int64, body []byte, by db.ID, at db.Time) (sql.Result, error) {
	return tx.Exec(ctx, `UPDATE partner_note SET body = $3, by_id = $4, at = $5, version = version + 1 WHERE referral_id = $1 AND version = $2`,
		of, version, body, by, at)
}
