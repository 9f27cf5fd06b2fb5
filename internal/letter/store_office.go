package letter

import (
	"context"
	"encoding/json"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
)

// selectLogo reads a picture of the office's; the zero id is none.
func selectLogo(ctx context.Context, r db.Reader, office, id db.ID) ([]byte, error) {
	if id.IsZero() {
		return nil, nil
	}
	return db.One(ctx, r, db.Value[[]byte], `SELECT picture FROM letter_logo WHERE office_id = $1 AND id = $2`, office, id)
}

// settingsOf are an office's newest settings.
func settingsOf(ctx context.Context, r db.Reader, o access.Office) (Settings, error) {
	own, err := db.One(ctx, r, func(row db.Row) (s Settings, err error) {
		var body string
		if err = row.Scan(&s.Edition, &body, &s.Logo); err != nil {
			return s, err
		}
		return s, json.Unmarshal([]byte(body), &s)
	}, `SELECT edition, body, logo_id FROM letter_setting WHERE office_id = $1 ORDER BY edition DESC LIMIT 1`, o.ID)
	if fault.Is(err, "not_found") {
		return defaults(o), nil
	}
	return own, err
}

// templateOf is the template of a kind that holds now.
func templateOf(ctx context.Context, r db.Reader, office db.ID, kind string) (Template, error) {
	t, known := shipped[kind]
	if !known {
		return t, fault.NotFound()
	}
	own, err := db.One(ctx, r, func(row db.Row) (own Template, err error) {
		var body string
		if err = row.Scan(&own.Edition, &body); err != nil {
			return own, err
		}
		own.Kind = kind
		return own, json.Unmarshal([]byte(body), &own)
	}, `SELECT edition, body FROM letter_template WHERE office_id = $1 AND kind = $2 ORDER BY edition DESC LIMIT 1`, office, kind)
	if fault.Is(err, "not_found") {
		return t, nil
	}
	return own, err
}

func insertLogo(ctx context.Context, tx db.Tx, a access.Actor, id db.ID, at db.Time, picture []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO letter_logo (id, office_id, picture, by_id, at) VALUES ($1, $2, $3, $4, $5)`, id, a.Office.ID, picture, a.User, at)
	return err
}

func insertSettings(ctx context.Context, tx db.Tx, a access.Actor, at db.Time, s Settings, body string) error {
	_, err := tx.Exec(ctx, `INSERT INTO letter_setting (office_id, edition, body, logo_id, by_id, at) VALUES ($1, $2, $3, $4, $5, $6)`,
		a.Office.ID, s.Edition, body, s.Logo, a.User, at)
	return err
}

func insertTemplate(ctx context.Context, tx db.Tx, a access.Actor, at db.Time, t Template, body string) error {
	_, err := tx.Exec(ctx, `INSERT INTO letter_template (office_id, kind, edition, body, by_id, at) VALUES ($1, $2, $3, $4, $5, $6)`,
		a.Office.ID, t.Kind, t.Edition, body, a.User, at)
	return err
}
