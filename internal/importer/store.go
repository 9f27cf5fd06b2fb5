package importer

import (
	"context"
	"encoding/json"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/vault"
)

func nameField(id db.ID) string   { return "list name " + id.String() }
func reportField(id db.ID) string { return "list report " + id.String() }

func insertList(ctx context.Context, tx db.Tx, l List, name []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO office_list (id, office_id, by_id, kind, name, size, state, skip_bad, written, at, beat_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $9)`, l.ID, l.Office, l.By, l.Kind, name, l.Size, l.State, db.Flag(false), l.At)
	return err
}

const listColumns = `SELECT l.id, l.office_id, l.by_id, u.name, l.kind, l.name, l.size, l.state, l.meanings, l.skip_bad, l.written, l.at, l.beat_at, l.report
  FROM office_list l JOIN app_user u ON u.id = l.by_id WHERE l.office_id = $1`

func scanList(key vault.Key) func(db.Row) (List, error) {
	return func(r db.Row) (l List, err error) {
		var name, report []byte
		var meanings db.Text
		if err := r.Scan(&l.ID, &l.Office, &l.By, &l.ByName, &l.Kind, &name, &l.Size, &l.State, &meanings, (*db.Flag)(&l.SkipBad), &l.Written, &l.At,
			&l.BeatAt, &report); err != nil {
			return l, err
		}
		if l.Name, err = key.Open(nameField(l.ID), name); err != nil {
			return l, err
		}
		if meanings != "" {
			if err := json.Unmarshal([]byte(meanings), &l.Meanings); err != nil {
				return l, err
			}
		}
		plain, err := key.Open(reportField(l.ID), report)
		if err == nil && plain != "" {
			err = json.Unmarshal([]byte(plain), &l.Report)
			wholeNumbers(l.Report.Problems, l.Report.Notes)
		}
		return l, err
	}
}

func selectList(ctx context.Context, r db.Reader, s access.Scope, key vault.Key, id db.ID) (List, error) {
	return db.One(ctx, r, scanList(key), listColumns+` AND l.id = $2`, s.Office, id)
}

func selectLists(ctx context.Context, r db.Reader, s access.Scope, key vault.Key, limit int) ([]List, error) {
	return db.All(ctx, r, scanList(key), listColumns+` ORDER BY l.id DESC LIMIT $2`, s.Office, limit)
}

// moveList brings a list from one of two states into another, and tells whether it was in one of them.
func moveList(ctx context.Context, tx db.Tx, id db.ID, from [2]string, to string, at db.Time) (bool, error) {
	return db.Changed(tx.Exec(ctx, `UPDATE office_list SET state = $4, beat_at = $5, written = 0 WHERE id = $1 AND (state = $2 OR state = $3)`, id, from[0], from[1], to, at))
}

func updateSkipBad(ctx context.Context, tx db.Tx, id db.ID, skipBad bool) error {
	_, err := tx.Exec(ctx, `UPDATE office_list SET skip_bad = $2 WHERE id = $1`, id, db.Flag(skipBad))
	return err
}

func updateMeanings(ctx context.Context, tx db.Tx, id db.ID, meanings string) error {
	_, err := tx.Exec(ctx, `UPDATE office_list SET meanings = $2 WHERE id = $1`, id, meanings)
	return err
}

// updateBeat notes that a list goes on in a state; false where someone else has it.
func updateBeat(ctx context.Context, tx db.Tx, id db.ID, state string, written int, at db.Time) (bool, error) {
	return db.Changed(tx.Exec(ctx, `UPDATE office_list SET written = $3, beat_at = $4 WHERE id = $1 AND state = $2`, id, state, written, at))
}

// takeOver gives a list that stands still to this machine, unless another was quicker.
func takeOver(ctx context.Context, tx db.Tx, l List, at db.Time) (bool, error) {
	return db.Changed(tx.Exec(ctx, `UPDATE office_list SET beat_at = $4 WHERE id = $1 AND state = $2 AND beat_at = $3`, l.ID, l.State, l.BeatAt, at))
}

func updateReport(ctx context.Context, tx db.Tx, id db.ID, from, to string, report []byte) (bool, error) {
	return db.Changed(tx.Exec(ctx, `UPDATE office_list SET state = $3, report = $4 WHERE id = $1 AND state = $2`, id, from, to, report))
}

// selectOld are lists of all offices whose file may not be kept any longer.
func selectOld(ctx context.Context, r db.Reader, before db.Time) ([]db.ID, error) {
	return db.All(ctx, r, db.Value[db.ID], `SELECT id FROM office_list WHERE at < $1 AND state <> 'done' AND state <> 'gone' ORDER BY id`, before)
}

func forgetList(ctx context.Context, tx db.Tx, id db.ID) error {
	_, err := tx.Exec(ctx, `UPDATE office_list SET state = 'gone', report = NULL WHERE id = $1 AND state <> 'done'`, id)
	return err
}

func deleteLists(ctx context.Context, tx db.Tx, before db.Time) error {
	_, err := tx.Exec(ctx, `DELETE FROM office_list WHERE at < $1`, before)
	return err
}

// wholeNumbers makes numbers of messages whole again, which JSON gives back as fractions.
func wholeNumbers(all ...Findings) {
	for _, f := range all {
		for _, p := range f.Problems {
			for i, arg := range p.Args {
				if n, ok := arg.(float64); ok {
					p.Args[i] = int(n)
				}
			}
		}
	}
}
