package letter

import (
	"context"
	"strconv"
	"strings"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
)

const letterColumns = `SELECT l.id, l.case_id, c.number, l.referral_id, l.kind, l.number, l.dated, l.template_edition, l.setting_edition, l.logo_id,
    l.replaces_id, o.number, u.name, l.at, l.withdrawn_at, w.name, l.withdrawn_why, l.version, l.body
  FROM letter l JOIN case_file c ON c.id = l.case_id JOIN app_user u ON u.id = l.by_id
  LEFT JOIN letter o ON o.id = l.replaces_id LEFT JOIN app_user w ON w.id = l.withdrawn_by`

// row is a letter with what of it is still sealed.
type row struct {
	Letter
	why  []byte
	body []byte
}

func scanLetter(r db.Row) (x row, err error) {
	err = r.Scan(&x.ID, &x.Case, &x.CaseNumber, &x.Referral, &x.Kind, &x.Number, &x.On, &x.Edition, &x.Setting, &x.Logo, &x.Replaces,
		(*db.Text)(&x.Replaced), &x.By, &x.At, &x.WithdrawnAt, (*db.Text)(&x.WithdrawnBy), &x.why, &x.Version, &x.body)
	return x, err
}

// opener reads a letter with what is sealed of its text.
func opener(in casefile.Inside) func(db.Row) (Letter, error) {
	return func(r db.Row) (Letter, error) {
		x, err := scanLetter(r)
		if err == nil {
			err = x.open(in.Key, x.body)
		}
		if err == nil {
			x.Why, err = in.Key.Open(whyField, x.why)
		}
		return x.Letter, err
	}
}

func selectOfCase(ctx context.Context, r db.Reader, in casefile.Inside) ([]Letter, error) {
	return db.All(ctx, r, opener(in), letterColumns+` WHERE l.case_id = $1 ORDER BY l.id DESC`, in.Case.ID)
}

func selectOfReferral(ctx context.Context, r db.Reader, in casefile.Inside, referral db.ID) ([]Letter, error) {
	return db.All(ctx, r, opener(in), letterColumns+` WHERE l.case_id = $1 AND l.referral_id = $2 ORDER BY l.id DESC`, in.Case.ID, referral)
}

// selectLetter reads one of a case that is open to the reader.
func selectLetter(ctx context.Context, r db.Reader, in casefile.Inside, id db.ID) (Letter, error) {
	return db.One(ctx, r, opener(in), letterColumns+` WHERE l.case_id = $1 AND l.id = $2`, in.Case.ID, id)
}

// selectReplacing is the number of the letter that corrects another; empty where none does.
func selectReplacing(ctx context.Context, r db.Reader, id db.ID) (string, error) {
	found, err := db.All(ctx, r, db.Value[string], `SELECT number FROM letter WHERE replaces_id = $1`, id)
	return strings.Join(found, ""), err
}

func insertLetter(ctx context.Context, tx db.Tx, a access.Actor, k kept, body []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO letter (id, office_id, case_id, referral_id, kind, year, serial, number, dated, setting_edition, template_edition, logo_id,
    code_hash, body, replaces_id, by_id, at, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 1)`,
		k.ID, a.Office.ID, k.Case, k.Referral, k.Kind, k.year.Year, k.year.N, k.Number, k.On, k.Setting, k.Edition, k.Logo, hashOf(k.Code), body, k.Replaces, a.User, k.At)
	return err
}

func insertPaper(ctx context.Context, tx db.Tx, id db.ID, pdf []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO letter_paper (letter_id, pdf) VALUES ($1, $2)`, id, pdf)
	return err
}

func selectPaper(ctx context.Context, r db.Reader, id db.ID) ([]byte, error) {
	return db.One(ctx, r, db.Value[[]byte], `SELECT pdf FROM letter_paper WHERE letter_id = $1`, id)
}

func withdraw(ctx context.Context, tx db.Tx, a access.Actor, id db.ID, at db.Time, why []byte) error {
	_, err := tx.Exec(ctx, `UPDATE letter SET withdrawn_at = $2, withdrawn_by = $3, withdrawn_why = $4, version = version + 1 WHERE id = $1`, id, at, a.User, why)
	return err
}

// selectListed reads one more than asked for, to tell whether there are more.
func selectListed(ctx context.Context, r db.Reader, reach []any, ask Ask) ([]Listed, error) {
	where, args := casefile.InReach, append(reach, ask.Limit+1)
	if !ask.Before.IsZero() {
		args = append(args, ask.Before)
		where += ` AND l.id < $6`
	}
	if ask.Kind != "" {
		args = append(args, ask.Kind)
		where += ` AND l.kind = $` + strconv.Itoa(len(args))
	}
	return db.All(ctx, r, func(row db.Row) (x Listed, err error) {
		var withdrawn db.Time
		err = row.Scan(&x.ID, &x.Case, &x.CaseNumber, &x.Kind, &x.Number, &x.On, &x.By, &withdrawn)
		x.Stands = withdrawn.IsZero()
		return x, err
	}, `SELECT l.id, l.case_id, c.number, l.kind, l.number, l.dated, u.name, l.withdrawn_at
  FROM letter l JOIN case_file c ON c.id = l.case_id JOIN app_user u ON u.id = l.by_id
  WHERE l.office_id = $1 AND `+where+` ORDER BY l.id DESC LIMIT $5`, args...)
}

func selectChecked(ctx context.Context, r db.Reader, hash []byte) (Checked, error) {
	return db.One(ctx, r, func(row db.Row) (x Checked, err error) {
		var withdrawn db.Time
		err = row.Scan(&x.Number, &x.On, &x.Office, &withdrawn)
		x.Stands = withdrawn.IsZero()
		return x, err
	}, `SELECT l.number, l.dated, o.name, l.withdrawn_at FROM letter l JOIN unit o ON o.id = l.office_id WHERE l.code_hash = $1`, hash)
}
