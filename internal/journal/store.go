package journal

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"teduh/internal/db"
)

func insertChange(ctx context.Context, tx db.Tx, c Change, detail string) error {
	_, err := tx.Exec(ctx, `INSERT INTO change
  (id, at, office_id, actor_id, code, subject_kind, subject_id, case_id, request_id, person_id, detail)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		c.ID, c.At, c.Office, c.Actor, c.Code, c.Kind, c.Subject, c.Case, c.Request, c.Person, detail)
	return err
}

const changeColumns = `id, at, office_id, actor_id, code, subject_kind, subject_id, case_id, request_id, person_id, detail`

// changesOf reads by one of the journal's indexed columns, named by this package alone.
func changesOf(ctx context.Context, r db.Reader, column string, id db.ID, p Page) ([]Change, error) {
	args := []any{id, newest(p.Before), p.Limit}
	only := ""
	if len(p.Codes) > 0 {
		only = " AND code IN (" + listed(&args, p.Codes) + ")"
	}
	only += without(&args, p.Without)
	return db.All(ctx, r, scanChange, `SELECT `+changeColumns+` FROM change
  WHERE `+column+` = $1 AND id < $2`+only+` ORDER BY id DESC LIMIT $3`, args...)
}

// listed adds values to the arguments and names their places, for IN.
func listed[T any](args *[]any, values []T) string {
	marks := make([]string, len(values))
	for i, v := range values {
		*args = append(*args, v)
		marks[i] = fmt.Sprintf("$%d", len(*args))
	}
	return strings.Join(marks, ", ")
}

// without leaves out what stands for subjects that are hidden from the one who asks.
func without(args *[]any, subjects []db.ID) string {
	if len(subjects) == 0 {
		return ""
	}
	return " AND subject_id NOT IN (" + listed(args, subjects) + ")"
}

// newest stands above every key when no cursor is given.
func newest(before db.ID) db.ID {
	if !before.IsZero() {
		return before
	}
	for i := range before {
		before[i] = 0xff
	}
	return before
}

func scanChange(row db.Row) (c Change, err error) {
	var detail string
	err = row.Scan(&c.ID, &c.At, &c.Office, &c.Actor, &c.Code, &c.Kind, &c.Subject, &c.Case, &c.Request, &c.Person, &detail)
	if err != nil {
		return c, err
	}
	return c, json.Unmarshal([]byte(detail), &c.Detail)
}

func insertReadings(ctx context.Context, tx db.Tx, batch []Reading) error {
	rows := db.NewBulk("reading", "", "id", "at", "office_id", "actor_id", "subject_kind", "subject_id", "case_id", "why", "origin")
	for _, r := range batch {
		if err := rows.Add(ctx, tx, db.NewID(), r.At, r.Office, r.Actor, r.Kind, r.Subject, r.Case, r.Why, r.Origin); err != nil {
			return err
		}
	}
	return rows.Flush(ctx, tx)
}

const readingColumns = `id, at, office_id, actor_id, subject_kind, subject_id, case_id, why, origin`

func scanReading(row db.Row) (x Reading, err error) {
	err = row.Scan(&x.ID, &x.At, &x.Office, &x.Actor, &x.Kind, &x.Subject, &x.Case, &x.Why, &x.Origin)
	return x, err
}

// readingsOf asks by a condition of this package's on one of its partial indexes.
func readingsOf(ctx context.Context, r db.Reader, which string, id db.ID, p Page) ([]Reading, error) {
	args := []any{id, newest(p.Before), p.Limit}
	only := without(&args, p.Without)
	return db.All(ctx, r, scanReading, `SELECT `+readingColumns+` FROM reading
  WHERE `+which+` AND id < $2`+only+` ORDER BY id DESC LIMIT $3`, args...)
}

// openedBy walks the index reading_opened, whose condition stands here word for word.
func openedBy(ctx context.Context, r db.Reader, office, actor db.ID, most int) ([]Reading, error) {
	return db.All(ctx, r, scanReading, `SELECT `+readingColumns+` FROM reading WHERE actor_id = $1 AND office_id = $2
  AND why IN ('work', 'break_glass') AND subject_kind IN ('case', 'client', 'family', 'person', 'request')
  ORDER BY id DESC LIMIT $3`, actor, office, most)
}

func insertClaim(ctx context.Context, tx db.Tx, c Claim, first Change) error {
	_, err := tx.Exec(ctx, `INSERT INTO claim (account_id, claim_key, body_hash, subject_kind, subject_id, at)
  VALUES ($1, $2, $3, $4, $5, $6)`, c.Account, c.Key, c.BodyHash, first.Kind, first.Subject, first.At)
	return err
}

func selectClaim(ctx context.Context, r db.Reader, c Claim) (Claimed, error) {
	return db.One(ctx, r, func(row db.Row) (x Claimed, err error) {
		var status *int
		err = row.Scan(&x.BodyHash, &x.Kind, &x.Subject, &x.At, &status, &x.Answer)
		if status != nil {
			x.Status = *status
		}
		return x, err
	}, `SELECT body_hash, subject_kind, subject_id, at, status, answer FROM claim WHERE account_id = $1 AND claim_key = $2`,
		c.Account, c.Key)
}

func updateClaim(ctx context.Context, tx db.Tx, c Claim, status int, sealed []byte) error {
	_, err := tx.Exec(ctx, `UPDATE claim SET status = $3, answer = $4 WHERE account_id = $1 AND claim_key = $2`,
		c.Account, c.Key, status, sealed)
	return err
}

func deleteClaims(ctx context.Context, tx db.Tx, before db.Time) error {
	_, err := tx.Exec(ctx, `DELETE FROM claim WHERE at < $1`, before)
	return err
}

// NextNumber takes the next running number of a series of an office and year. It is taken in the transaction of the act
// that needs it, so an act that fails gives it back and there are no gaps.
func NextNumber(ctx context.Context, tx db.Tx, office db.ID, series string, year int) (int, error) {
	return db.One(ctx, tx, db.Value[int], `INSERT INTO running_number (office_id, series, year, last) VALUES ($1, $2, $3, 1)
  ON CONFLICT (office_id, series, year) DO UPDATE SET last = running_number.last + 1 RETURNING last`, office, series, year)
}
