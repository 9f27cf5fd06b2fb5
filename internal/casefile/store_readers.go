package casefile

import (
	"context"

	"teduh/internal/db"
)

// rewriteReaders takes from worker, team, supervision and the named who may open the case. A secret case has its named
// alone; break-glass stays until its time is over.
func rewriteReaders(ctx context.Context, tx db.Tx, id db.ID) error {
	for _, text := range []string{
		`DELETE FROM case_reader WHERE case_id = $1 AND why <> 'break_glass'`,
		`INSERT INTO case_reader (case_id, user_id, why, writes) SELECT id, worker_id, 'worker', 1 FROM case_file
      WHERE id = $1 AND confidentiality < 3 AND worker_id IS NOT NULL`,
		`INSERT INTO case_reader (case_id, user_id, why, writes) SELECT t.case_id, t.user_id, 'team', 1 FROM case_team t
      JOIN case_file c ON c.id = t.case_id WHERE t.case_id = $1 AND c.confidentiality < 3`,
		`INSERT INTO case_reader (case_id, user_id, why, writes) SELECT c.id, v.supervisor_id, 'supervisor', 0 FROM case_file c
      JOIN supervision v ON v.worker_id = c.worker_id AND v.office_id = c.office_id WHERE c.id = $1 AND c.confidentiality < 3`,
		`INSERT INTO case_reader (case_id, user_id, why, writes) SELECT n.case_id, n.user_id, 'named', 1 FROM case_named n
      JOIN case_file c ON c.id = n.case_id WHERE n.case_id = $1 AND c.confidentiality = 3`,
	} {
		if _, err := tx.Exec(ctx, text, id); err != nil {
			return err
		}
	}
	return nil
}

func selectPeopleIDs(ctx context.Context, r db.Reader, id db.ID) ([]db.ID, error) {
	return db.All(ctx, r, db.Value[db.ID], `SELECT person_id FROM case_person WHERE case_id = $1 ORDER BY person_id`, id)
}

// recordsOf are the records of one person, the kept one first.
func recordsOf(ctx context.Context, r db.Reader, person db.ID) ([]db.ID, error) {
	kept, err := db.One(ctx, r, db.Value[db.ID], `SELECT COALESCE(merged_into, id) FROM person WHERE id = $1`, person)
	if err != nil {
		return nil, err
	}
	merged, err := db.All(ctx, r, db.Value[db.ID], `SELECT id FROM person WHERE merged_into = $1 ORDER BY id`, kept)
	return append([]db.ID{kept}, merged...), err
}

// lowestConfidentiality of the cases of a person who was kept, by any of their records.
func lowestConfidentiality(ctx context.Context, r db.Reader, kept db.ID) (int, error) {
	return db.One(ctx, r, db.Value[int], `SELECT COALESCE(MIN(c.confidentiality), 1) FROM person o JOIN case_person p ON p.person_id = o.id
  JOIN case_file c ON c.id = p.case_id WHERE o.id = $1 OR o.merged_into = $1`, kept)
}

// trueReader is a row of case_reader that lasts: breaking the glass opens one case and nothing beside it, and whoever is
// walled off from the case does not know its people through it.
const trueReader = `x.why <> 'break_glass' AND NOT EXISTS (SELECT 1 FROM case_wall w WHERE w.case_id = x.case_id AND w.user_id = x.user_id)`

func readersOfPerson(ctx context.Context, r db.Reader, kept db.ID) ([]db.ID, error) {
	return db.All(ctx, r, db.Value[db.ID], `SELECT DISTINCT x.user_id FROM person o JOIN case_person p ON p.person_id = o.id
  JOIN case_reader x ON x.case_id = p.case_id WHERE (o.id = $1 OR o.merged_into = $1) AND `+trueReader+` ORDER BY x.user_id`, kept)
}

// bodyOf is the client of a case where it is no person; zero where it is one.
func bodyOf(ctx context.Context, r db.Reader, id db.ID) (db.ID, error) {
	ids, err := db.All(ctx, r, db.Value[db.ID], `SELECT c.client_id FROM case_file c JOIN client k ON k.id = c.client_id
  WHERE c.id = $1 AND k.person_id IS NULL`, id)
	if err != nil || len(ids) == 0 {
		return db.ID{}, err
	}
	return ids[0], nil
}

func lowestOfClient(ctx context.Context, r db.Reader, client db.ID) (int, error) {
	return db.One(ctx, r, db.Value[int], `SELECT MIN(confidentiality) FROM case_file WHERE client_id = $1`, client)
}

func readersOfClient(ctx context.Context, r db.Reader, client db.ID) ([]db.ID, error) {
	return db.All(ctx, r, db.Value[db.ID], `SELECT DISTINCT x.user_id FROM case_file c JOIN case_reader x ON x.case_id = c.id
  WHERE c.client_id = $1 AND `+trueReader+` ORDER BY x.user_id`, client)
}

func openCasesOf(ctx context.Context, r db.Reader, worker db.ID) ([]db.ID, error) {
	return db.All(ctx, r, db.Value[db.ID], `SELECT id FROM case_file WHERE worker_id = $1 AND status = 'open' ORDER BY id`, worker)
}

// readerRow is one who may open a case, and why.
type readerRow struct {
	User  User
	Why   string
	Until db.Time
}

func selectReaders(ctx context.Context, r db.Reader, id db.ID, now db.Time) ([]readerRow, error) {
	return db.All(ctx, r, func(row db.Row) (x readerRow, err error) {
		err = row.Scan(&x.User.ID, &x.User.Name, &x.Why, &x.Until)
		return x, err
	}, `SELECT u.id, u.name, x.why, x.until FROM case_reader x JOIN app_user u ON u.id = x.user_id
  WHERE x.case_id = $1 AND u.disabled_at IS NULL AND (x.until IS NULL OR x.until > $2) ORDER BY u.name_key, u.id, x.why`, id, now)
}

// caseBehindGlass finds a case of the office by its whole number, for one who is not walled off from it.
func caseBehindGlass(ctx context.Context, r db.Reader, s scope, number string) (db.ID, error) {
	return db.One(ctx, r, db.Value[db.ID], `SELECT c.id FROM case_file c WHERE c.office_id = $1 AND c.number = $2
  AND NOT EXISTS (SELECT 1 FROM case_wall w WHERE w.case_id = c.id AND w.user_id = $3)`, s.Office, number, s.User)
}

func insertGlass(ctx context.Context, tx db.Tx, id, user db.ID, until db.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO case_reader (case_id, user_id, why, writes, until) VALUES ($1, $2, 'break_glass', 0, $3)
  ON CONFLICT (case_id, user_id, why) DO UPDATE SET until = excluded.until`, id, user, until)
	return err
}

// selectByRole are those whose role alone opens the case: heads up to restricted, workers and psychologists ordinary ones.
func selectByRole(ctx context.Context, r db.Reader, c Case) ([]Seer, error) {
	if c.Confidentiality == Secret {
		return nil, nil
	}
	return db.All(ctx, r, func(row db.Row) (x Seer, err error) {
		err = row.Scan(&x.User.ID, &x.User.Name, &x.Why)
		return x, err
	}, `SELECT u.id, u.name, CASE WHEN MIN(CASE WHEN g.role = 'head' THEN 0 ELSE 1 END) = 0 THEN 'head' ELSE 'office' END
  FROM role_grant g JOIN app_user u ON u.id = g.user_id
  WHERE g.unit_id = $1 AND u.disabled_at IS NULL AND (g.role = 'head' OR ($2 = 1 AND g.role IN ('worker', 'psychologist')))
    AND NOT EXISTS (SELECT 1 FROM case_wall w WHERE w.case_id = $3 AND w.user_id = u.id)
  GROUP BY u.id, u.name, u.name_key ORDER BY u.name_key, u.id`, c.Office, c.Confidentiality, c.ID)
}

func confidentialityOf(ctx context.Context, r db.Reader, id db.ID) (int, error) {
	return db.One(ctx, r, db.Value[int], `SELECT confidentiality FROM case_file WHERE id = $1`, id)
}

func readersOf(ctx context.Context, r db.Reader, id db.ID) ([]db.ID, error) {
	return db.All(ctx, r, db.Value[db.ID], `SELECT DISTINCT user_id FROM case_reader WHERE case_id = $1 AND why <> 'break_glass' ORDER BY user_id`, id)
}

func walledOf(ctx context.Context, r db.Reader, id db.ID) ([]db.ID, error) {
	return db.All(ctx, r, db.Value[db.ID], `SELECT user_id FROM case_wall WHERE case_id = $1 ORDER BY user_id`, id)
}
