package person

import (
	"context"
	"encoding/json"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/person/names"
)

// personRow is a person as it stands in the table.
type personRow struct {
	p       Person
	entry   names.Entry
	nik, kk []byte
	phones  [][]byte
	words   [][]byte
	sealed  []byte
	wrapped []byte
}

func newRow(p Person) personRow {
	return personRow{p: p, entry: names.Index(p.Name, append([]string{p.CallName}, p.Aliases...)...)}
}

func insertPerson(ctx context.Context, tx db.Tx, row personRow) error {
	p := row.p
	aliases, err := json.Marshal(append([]string{}, p.Aliases...))
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO person (id, office_id, name, name_key, search_text, call_name, aliases, sex, birth_date,
    birth_precision, birth_place, village_code, confidential, protected, nik_blind, kk_blind, religion, marital, education, work,
    disability, languages, welfare_status, aid, died_on, died_precision, sealed, level, external_id, made_up, created_at,
    updated_at, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
    $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33)`,
		p.ID, p.Office, p.Name, row.entry.Key, row.entry.Text, db.Text(p.CallName), string(aliases), p.Sex, p.BirthDate,
		p.BirthPrecision, db.Text(p.BirthPlace), db.Text(p.Village), db.Flag(p.Confidential), db.Flag(p.Protected), row.nik, row.kk,
		db.Text(p.Religion), db.Text(p.Marital), db.Text(p.Education), db.Text(p.Work), db.Text(p.Disability), db.Text(p.Languages),
		db.Text(p.WelfareStatus), db.Text(p.Aid), p.DiedOn, p.DiedPrecision, row.sealed, p.Level, db.Text(p.ExternalID), db.Flag(p.MadeUp),
		p.CreatedAt, p.UpdatedAt, p.Version)
	if err != nil {
		return err
	}
	return insertWords(ctx, tx, row)
}

func updatePerson(ctx context.Context, tx db.Tx, row personRow) error {
	p := row.p
	aliases, err := json.Marshal(append([]string{}, p.Aliases...))
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE person SET name = $2, name_key = $3, search_text = $4, call_name = $5, aliases = $6, sex = $7,
    birth_date = $8, birth_precision = $9, birth_place = $10, village_code = $11, confidential = $12, protected = $13, nik_blind = $14,
    kk_blind = $15, religion = $16, marital = $17, education = $18, work = $19, disability = $20, languages = $21,
    welfare_status = $22, aid = $23, died_on = $24, died_precision = $25, sealed = $26, updated_at = $27, version = $28 WHERE id = $1`,
		p.ID, p.Name, row.entry.Key, row.entry.Text, db.Text(p.CallName), string(aliases), p.Sex,
		p.BirthDate, p.BirthPrecision, db.Text(p.BirthPlace), db.Text(p.Village), db.Flag(p.Confidential), db.Flag(p.Protected), row.nik,
		row.kk, db.Text(p.Religion), db.Text(p.Marital), db.Text(p.Education), db.Text(p.Work), db.Text(p.Disability), db.Text(p.Languages),
		db.Text(p.WelfareStatus), db.Text(p.Aid), p.DiedOn, p.DiedPrecision, row.sealed, p.UpdatedAt, p.Version)
	if err != nil {
		return err
	}
	for _, table := range []string{"person_word", "person_phone", "person_secret_word"} {
		if _, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE person_id = $1`, p.ID); err != nil {
			return err
		}
	}
	return insertWords(ctx, tx, row)
}

// insertWords writes what the person is found by.
func insertWords(ctx context.Context, tx db.Tx, row personRow) error {
	p := row.p
	for _, prefix := range row.entry.Prefixes {
		if _, err := tx.Exec(ctx, `INSERT INTO person_word (office_id, prefix, name_key, person_id) VALUES ($1, $2, $3, $4)`,
			p.Office, prefix, row.entry.Key, p.ID); err != nil {
			return err
		}
	}
	for _, blind := range row.phones {
		if _, err := tx.Exec(ctx, `INSERT INTO person_phone (person_id, office_id, blind) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
			p.ID, p.Office, blind); err != nil {
			return err
		}
	}
	for _, blind := range row.words {
		if _, err := tx.Exec(ctx, `INSERT INTO person_secret_word (person_id, office_id, blind) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
			p.ID, p.Office, blind); err != nil {
			return err
		}
	}
	return nil
}

const personColumns = `p.id, p.office_id, p.name, p.call_name, p.aliases, p.sex, p.birth_date, p.birth_precision, p.birth_place,
  p.village_code, p.confidential, p.protected, p.religion, p.marital, p.education, p.work, p.disability, p.languages,
  p.welfare_status, p.aid, p.died_on, p.died_precision, p.external_id, p.made_up, p.level, p.created_at, p.updated_at, p.version`

// visible is who of the office's people the actor may know: $1 office, $2 level, $3 user. Whoever may know one of two
// merged records may know the person; casefile gives both the same.
const visible = `p.office_id = $1 AND p.merged_into IS NULL AND (p.level <= $2
    OR EXISTS (SELECT 1 FROM person_reader x WHERE x.person_id = p.id AND x.user_id = $3)
    OR EXISTS (SELECT 1 FROM person g WHERE g.merged_into = p.id AND (g.level <= $2
      OR EXISTS (SELECT 1 FROM person_reader x WHERE x.person_id = g.id AND x.user_id = $3))))`

func scanPerson(row db.Row, more ...any) (p Person, err error) {
	var aliases string
	into := []any{&p.ID, &p.Office, &p.Name, (*db.Text)(&p.CallName), &aliases, &p.Sex, &p.BirthDate, &p.BirthPrecision,
		(*db.Text)(&p.BirthPlace), (*db.Text)(&p.Village), (*db.Flag)(&p.Confidential), (*db.Flag)(&p.Protected),
		(*db.Text)(&p.Religion), (*db.Text)(&p.Marital), (*db.Text)(&p.Education), (*db.Text)(&p.Work), (*db.Text)(&p.Disability),
		(*db.Text)(&p.Languages), (*db.Text)(&p.WelfareStatus), (*db.Text)(&p.Aid), &p.DiedOn, &p.DiedPrecision, (*db.Text)(&p.ExternalID),
		(*db.Flag)(&p.MadeUp), &p.Level, &p.CreatedAt, &p.UpdatedAt, &p.Version}
	if err = row.Scan(append(into, more...)...); err != nil {
		return p, err
	}
	return p, json.Unmarshal([]byte(aliases), &p.Aliases)
}

// selectPerson finds a person; the id of a record that was merged into another leads to that one.
func selectPerson(ctx context.Context, r db.Reader, s access.Scope, id db.ID) (personRow, error) {
	return db.One(ctx, r, func(row db.Row) (x personRow, err error) {
		x.p, err = scanPerson(row, &x.sealed, &x.wrapped)
		return x, err
	}, `SELECT `+personColumns+`, p.sealed, k.wrapped FROM person p LEFT JOIN data_key k ON k.subject_id = p.id
  WHERE `+visible+` AND p.id = COALESCE((SELECT m.merged_into FROM person m WHERE m.id = $4), $4)`, s.Office, s.People, s.User, id)
}

func replaceReaders(ctx context.Context, tx db.Tx, person db.ID, level int, users []db.ID) error {
	if _, err := tx.Exec(ctx, `UPDATE person SET level = $2 WHERE id = $1`, person, level); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM person_reader WHERE person_id = $1`, person); err != nil {
		return err
	}
	for _, u := range users {
		if _, err := tx.Exec(ctx, `INSERT INTO person_reader (person_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, person, u); err != nil {
			return err
		}
	}
	return nil
}
