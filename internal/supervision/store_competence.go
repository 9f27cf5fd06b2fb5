package supervision

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
)

// staffOf is whose record a user ($2) may see at an office ($1): their own, of whom they supervise, and a head ($3 = 1) of all.
const staffOf = `EXISTS (SELECT 1 FROM role_grant g WHERE g.user_id = u.id AND g.unit_id = $1 AND g.role <> 'partner') AND (u.id = $2 OR $3 = 1 OR EXISTS (SELECT 1 FROM supervision v
    WHERE v.worker_id = u.id AND v.supervisor_id = $2 AND v.office_id = $1))`

func staffArgs(a access.Actor, more ...any) []any {
	return append([]any{a.Office.ID, a.User, db.Flag(a.Has(access.Head))}, more...)
}

func selectStaff(ctx context.Context, r db.Reader, a access.Actor, worker db.ID) (casefile.User, error) {
	return db.One(ctx, r, scanUser, `SELECT u.id, u.name FROM app_user u WHERE u.id = $4 AND `+staffOf, staffArgs(a, worker)...)
}

func fillCompetence(ctx context.Context, r db.Reader, office db.ID, c *Competence) error {
	found, err := db.All(ctx, r, db.Value[string], `SELECT profession FROM competence WHERE user_id = $1 AND office_id = $2`, c.Worker.ID, office)
	if len(found) > 0 {
		c.Profession = found[0]
	}
	if err == nil {
		c.Licences, err = db.All(ctx, r, func(row db.Row) (l Licence, err error) {
			return l, row.Scan(&l.ID, &l.Kind, &l.Number, &l.ExpiresOn)
		}, `SELECT id, kind, number, expires_on FROM licence WHERE user_id = $1 AND office_id = $2 AND ended_at IS NULL ORDER BY id`, c.Worker.ID, office)
	}
	if err == nil {
		c.Trainings, err = db.All(ctx, r, func(row db.Row) (t Training, err error) {
			return t, row.Scan(&t.ID, &t.Name, &t.HeldOn, &t.Hours)
		}, `SELECT id, name, held_on, hours FROM training WHERE user_id = $1 AND office_id = $2 AND ended_at IS NULL ORDER BY held_on DESC, id DESC`, c.Worker.ID, office)
	}
	if err != nil {
		return err
	}
	_, err = db.One(ctx, r, func(row db.Row) (struct{}, error) { return struct{}{}, row.Scan(&c.GuidedMinutes, &c.GuidedLast) },
		`SELECT COALESCE(SUM(minutes), 0), MAX(held_at) FROM guidance_note WHERE office_id = $2 AND worker_id = $1 AND struck_at IS NULL`, c.Worker.ID, office)
	return err
}

func upsertProfession(ctx context.Context, tx db.Tx, office, user db.ID, profession string) error {
	if profession == "" {
		_, err := tx.Exec(ctx, `DELETE FROM competence WHERE user_id = $1 AND office_id = $2`, user, office)
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO competence (user_id, office_id, profession) VALUES ($1, $2, $3)
  ON CONFLICT (user_id, office_id) DO UPDATE SET profession = excluded.profession`, user, office, profession)
	return err
}

func insertLicence(ctx context.Context, tx db.Tx, office, user db.ID, l Licence, at db.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO licence (id, user_id, office_id, kind, number, expires_on, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		l.ID, user, office, l.Kind, l.Number, l.ExpiresOn, at)
	return err
}

func insertTraining(ctx context.Context, tx db.Tx, office, user db.ID, t Training, at db.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO training (id, user_id, office_id, name, held_on, hours, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		t.ID, user, office, t.Name, t.HeldOn, t.Hours, at)
	return err
}

// endEntry takes a licence or a training off a record and tells how many there were of that id.
func endEntry(ctx context.Context, tx db.Tx, office, user, id db.ID, at db.Time) (n int, err error) {
	for _, text := range []string{`UPDATE licence SET ended_at = $4 WHERE id = $1 AND user_id = $2 AND office_id = $3 AND ended_at IS NULL`,
		`UPDATE training SET ended_at = $4 WHERE id = $1 AND user_id = $2 AND office_id = $3 AND ended_at IS NULL`} {
		ok, err := db.Changed(tx.Exec(ctx, text, id, user, office, at))
		if err != nil {
			return n, err
		}
		if ok {
			n++
		}
	}
	return n, nil
}

// expiryAsk is whose licences, until when, and how many.
type expiryAsk struct {
	team  bool
	until db.Date
	most  int
}

func selectExpiring(ctx context.Context, r db.Reader, a access.Actor, q expiryAsk) ([]Expiring, error) {
	return db.All(ctx, r, func(row db.Row) (x Expiring, err error) {
		return x, row.Scan(&x.ID, &x.Kind, &x.Number, &x.ExpiresOn, &x.Worker.ID, &x.Worker.Name)
	}, `SELECT l.id, l.kind, l.number, l.expires_on, u.id, u.name FROM licence l JOIN app_user u ON u.id = l.user_id
  WHERE l.office_id = $1 AND l.ended_at IS NULL AND l.expires_on <= $4 AND u.disabled_at IS NULL AND ($5 = 1 OR u.id = $2) AND `+staffOf+`
  ORDER BY l.expires_on, l.id LIMIT $6`, staffArgs(a, q.until, db.Flag(q.team), q.most)...)
}
