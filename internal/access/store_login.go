package access

import (
	"context"
	"database/sql"
	"time"

	"teduh/internal/db"
)

type loginRow struct {
	id, user, office db.ID
	device           string
	shared           db.Flag
	at, seen, ends   db.Time
	proved           db.Time
}

func insertLogin(ctx context.Context, tx db.Tx, hash []byte, l loginRow) error {
	_, err := tx.Exec(ctx, `INSERT INTO login (id, token_hash, user_id, office_id, device, shared, created_at, seen_at, ends_at, proved_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $7)`, l.id, hash, l.user, l.office, l.device, l.shared, l.at, l.ends)
	return err
}

func selectLogin(ctx context.Context, r db.Reader, hash []byte, now db.Time) (loginRow, error) {
	return db.One(ctx, r, func(row db.Row) (l loginRow, err error) {
		err = row.Scan(&l.id, &l.user, &l.office, &l.shared, &l.seen, &l.proved)
		return l, err
	}, `SELECT id, user_id, office_id, shared, seen_at, proved_at FROM login WHERE token_hash = $1 AND ends_at > $2`, hash, now)
}

func selectLogins(ctx context.Context, r db.Reader, user db.ID, now db.Time) ([]Login, error) {
	return db.All(ctx, r, func(row db.Row) (l Login, err error) {
		err = row.Scan(&l.ID, &l.Device, (*db.Flag)(&l.Shared), &l.CreatedAt, &l.SeenAt, &l.EndsAt)
		return l, err
	}, `SELECT id, device, shared, created_at, seen_at, ends_at FROM login WHERE user_id = $1 AND ends_at > $2 ORDER BY id DESC`, user, now)
}

func updateSeen(ctx context.Context, tx db.Tx, id db.ID, at db.Time) error {
	_, err := tx.Exec(ctx, `UPDATE login SET seen_at = $2 WHERE id = $1`, id, at)
	return err
}

func updateDesk(ctx context.Context, tx db.Tx, id, office db.ID) error {
	_, err := tx.Exec(ctx, `UPDATE login SET office_id = $2 WHERE id = $1`, id, office)
	return err
}

func deleteLogin(ctx context.Context, tx db.Tx, user, id db.ID) (sql.Result, error) {
	return tx.Exec(ctx, `DELETE FROM login WHERE id = $2 AND user_id = $1`, user, id)
}

func deleteOtherLogins(ctx context.Context, tx db.Tx, user, keep db.ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM login WHERE user_id = $1 AND id <> $2`, user, keep[:])
	return err
}

func insertLink(ctx context.Context, tx db.Tx, hash []byte, user db.ID, ends db.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO signin_link (token_hash, user_id, created_at, ends_at) VALUES ($1, $2, $3, $4)`,
		hash, user, db.At(time.Now()), ends)
	return err
}

func selectLink(ctx context.Context, r db.Reader, hash []byte, now db.Time) (db.ID, error) {
	return db.One(ctx, r, db.Value[db.ID], `SELECT l.user_id FROM signin_link l JOIN app_user u ON u.id = l.user_id
  WHERE l.token_hash = $1 AND l.ends_at > $2 AND u.disabled_at IS NULL`, hash, now)
}

func deleteLink(ctx context.Context, tx db.Tx, hash []byte) (sql.Result, error) {
	return tx.Exec(ctx, `DELETE FROM signin_link WHERE token_hash = $1`, hash)
}

type tokenRow struct {
	id   db.ID
	hash []byte
	user db.ID
	name string
	at   db.Time
	ends db.Time
}

func insertToken(ctx context.Context, tx db.Tx, t tokenRow) error {
	_, err := tx.Exec(ctx, `INSERT INTO api_token (id, token_hash, user_id, name, created_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6)`,
		t.id, t.hash, t.user, t.name, t.at, t.ends)
	return err
}

// selectToken finds a token's user and the first unit the user holds a role over.
func selectToken(ctx context.Context, r db.Reader, hash []byte, now db.Time) (user, office db.ID, err error) {
	_, err = db.One(ctx, r, func(row db.Row) (struct{}, error) { return struct{}{}, row.Scan(&user, &office) },
		`SELECT t.user_id, g.unit_id FROM api_token t JOIN role_grant g ON g.user_id = t.user_id
  WHERE t.token_hash = $1 AND (t.ends_at IS NULL OR t.ends_at > $2) ORDER BY g.id LIMIT 1`, hash, now)
	return user, office, err
}

func selectTokens(ctx context.Context, r db.Reader, user db.ID, now db.Time) ([]Token, error) {
	return db.All(ctx, r, func(row db.Row) (t Token, err error) {
		err = row.Scan(&t.ID, &t.Name, &t.CreatedAt, &t.EndsAt)
		return t, err
	}, `SELECT id, name, created_at, ends_at FROM api_token WHERE user_id = $1 AND (ends_at IS NULL OR ends_at > $2) ORDER BY id DESC LIMIT 200`, user, now)
}

func deleteToken(ctx context.Context, tx db.Tx, user, id db.ID) (sql.Result, error) {
	return tx.Exec(ctx, `DELETE FROM api_token WHERE user_id = $1 AND id = $2`, user, id)
}

func insertFailure(ctx context.Context, tx db.Tx, source []byte, at db.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO signin_failure (id, source, at) VALUES ($1, $2, $3)`, db.NewID(), source, at)
	return err
}

func countFailures(ctx context.Context, r db.Reader, source []byte, since db.Time) (n int, last db.Time, err error) {
	err = r.QueryRow(ctx, `SELECT COUNT(*), MAX(at) FROM signin_failure WHERE source = $1 AND at > $2`, source, since).Scan(&n, &last)
	return n, last, err
}

func deleteFailures(ctx context.Context, tx db.Tx, before db.Time) error {
	_, err := tx.Exec(ctx, `DELETE FROM signin_failure WHERE at < $1`, before)
	return err
}

func insertUnit(ctx context.Context, tx db.Tx, u Unit, at db.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO unit (id, parent_id, kind, name, region_code, zone, prefix, made_up, created_at, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)`, u.ID, u.Parent, u.Kind, u.Name, u.Region, u.Zone, db.Text(u.Prefix), db.Flag(u.MadeUp), at)
	return err
}

func updateUnit(ctx context.Context, tx db.Tx, id db.ID, u Unit) (sql.Result, error) {
	return tx.Exec(ctx, `UPDATE unit SET name = $3, zone = $4, prefix = $5, version = version + 1 WHERE id = $1 AND version = $2`,
		id, u.Version, u.Name, u.Zone, db.Text(u.Prefix))
}

const unitColumns = `id, parent_id, kind, name, region_code, zone, prefix, made_up, version`

func scanUnit(row db.Row) (u Unit, err error) {
	err = row.Scan(&u.ID, &u.Parent, &u.Kind, &u.Name, &u.Region, &u.Zone, (*db.Text)(&u.Prefix), (*db.Flag)(&u.MadeUp), &u.Version)
	return u, err
}

func selectUnit(ctx context.Context, r db.Reader, id db.ID) (Unit, error) {
	return db.One(ctx, r, scanUnit, `SELECT `+unitColumns+` FROM unit WHERE id = $1`, id)
}

func selectUnits(ctx context.Context, r db.Reader) ([]Unit, error) {
	return db.All(ctx, r, scanUnit, `SELECT `+unitColumns+` FROM unit ORDER BY id`)
}

func selectDesks(ctx context.Context, r db.Reader, user db.ID) ([]Unit, error) {
	return db.All(ctx, r, scanUnit, `SELECT `+unitColumns+` FROM unit
  WHERE id IN (SELECT unit_id FROM role_grant WHERE user_id = $1) ORDER BY id`, user)
}

func insertSupervision(ctx context.Context, tx db.Tx, worker, supervisor, office db.ID) error {
	_, err := tx.Exec(ctx, `INSERT INTO supervision (worker_id, supervisor_id, office_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
		worker, supervisor, office)
	return err
}

func deleteSupervision(ctx context.Context, tx db.Tx, worker, supervisor, office db.ID) (sql.Result, error) {
	return tx.Exec(ctx, `DELETE FROM supervision WHERE worker_id = $1 AND supervisor_id = $2 AND office_id = $3`, worker, supervisor, office)
}

func selectSupervisors(ctx context.Context, r db.Reader, worker, office db.ID) ([]db.ID, error) {
	return db.All(ctx, r, db.Value[db.ID], `SELECT supervisor_id FROM supervision WHERE worker_id = $1 AND office_id = $2 ORDER BY supervisor_id`, worker, office)
}
