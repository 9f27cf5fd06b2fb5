package access

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"teduh/internal/db"
)

func insertUser(ctx context.Context, tx db.Tx, id db.ID, n NewAccount, at db.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO app_user (id, email, email_key, name, name_key, language, profession, made_up, created_at, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)`,
		id, n.Email, emailKey(n.Email), n.Name, nameKey(n.Name), n.Language, db.Text(n.Profession), db.Flag(n.MadeUp), at)
	return err
}

func disableUser(ctx context.Context, tx db.Tx, id db.ID, at db.Time) (sql.Result, error) {
	return tx.Exec(ctx, `UPDATE app_user SET disabled_at = $2, version = version + 1 WHERE id = $1 AND disabled_at IS NULL`, id, at)
}

func enableUser(ctx context.Context, tx db.Tx, id db.ID) error {
	for _, text := range []string{`DELETE FROM login WHERE user_id = $1`, `DELETE FROM api_token WHERE user_id = $1`,
		`DELETE FROM signin_link WHERE user_id = $1`} {
		if _, err := tx.Exec(ctx, text, id); err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, `UPDATE app_user SET disabled_at = NULL, version = version + 1 WHERE id = $1`, id)
	return err
}

func updatePassword(ctx context.Context, tx db.Tx, id db.ID, hash string) error {
	_, err := tx.Exec(ctx, `UPDATE app_user SET password_hash = $2, version = version + 1 WHERE id = $1`, id, hash)
	return err
}

func updateLanguage(ctx context.Context, tx db.Tx, id db.ID, language string) error {
	_, err := tx.Exec(ctx, `UPDATE app_user SET language = $2, version = version + 1 WHERE id = $1`, id, language)
	return err
}

type credential struct {
	id       db.ID
	hash     string
	disabled bool
}

func selectCredential(ctx context.Context, r db.Reader, key string) (credential, error) {
	return db.One(ctx, r, func(row db.Row) (c credential, err error) {
		var hash db.Text
		var disabled db.Time
		err = row.Scan(&c.id, &hash, &disabled)
		c.hash, c.disabled = string(hash), !disabled.IsZero()
		return c, err
	}, `SELECT id, password_hash, disabled_at FROM app_user WHERE email_key = $1`, key)
}

func selectUserByEmail(ctx context.Context, r db.Reader, key string) (db.ID, error) {
	return db.One(ctx, r, db.Value[db.ID], `SELECT id FROM app_user WHERE email_key = $1`, key)
}

const accountColumns = `u.id, u.email, u.name, u.language, u.profession, u.disabled_at, u.password_hash, u.made_up, u.version`

func scanAccount(row db.Row) (a Account, err error) {
	var disabled db.Time
	var hash, profession db.Text
	err = row.Scan(&a.ID, &a.Email, &a.Name, &a.Language, &profession, &disabled, &hash, (*db.Flag)(&a.MadeUp), &a.Version)
	a.Disabled, a.HasSecret, a.Profession = !disabled.IsZero(), hash != "", string(profession)
	return a, err
}

func selectAccount(ctx context.Context, r db.Reader, id db.ID) (Account, error) {
	a, err := db.One(ctx, r, scanAccount, `SELECT `+accountColumns+` FROM app_user u WHERE u.id = $1`, id)
	if err != nil {
		return a, err
	}
	a.Grants, err = selectGrants(ctx, r, id)
	return a, err
}

type accountPage struct {
	office     db.ID
	everywhere bool
	after      string // name_key and id of the last one, joined
	limit      int
}

// selectAccounts reads the subtree by walking down from the office; the tree is four deep.
func selectAccounts(ctx context.Context, r db.Reader, p accountPage) ([]Account, error) {
	name, id, _ := strings.Cut(p.after, "\x00")
	last, _ := db.ParseID(id) // an empty cursor begins at the start
	list, err := db.All(ctx, r, scanAccount, `WITH RECURSIVE reach (id) AS (
    SELECT id FROM unit WHERE id = $1 OR ($2 = 1 AND parent_id IS NULL)
    UNION SELECT unit.id FROM unit JOIN reach ON unit.parent_id = reach.id)
  SELECT `+accountColumns+` FROM app_user u
  WHERE (u.name_key > $3 OR (u.name_key = $3 AND u.id > $4))
    AND (EXISTS (SELECT 1 FROM role_grant g JOIN reach ON g.unit_id = reach.id WHERE g.user_id = u.id)
      OR NOT EXISTS (SELECT 1 FROM role_grant g WHERE g.user_id = u.id))
  ORDER BY u.name_key, u.id LIMIT $5`, p.office, db.Flag(p.everywhere), name, last[:], p.limit)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].Grants, err = selectGrants(ctx, r, list[i].ID); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Cursor is the place after an account in the list by name.
func (a Account) Cursor() string { return nameKey(a.Name) + "\x00" + a.ID.String() }

func selectGrants(ctx context.Context, r db.Reader, user db.ID) ([]Grant, error) {
	grants, err := db.All(ctx, r, func(row db.Row) (g Grant, err error) {
		err = row.Scan(&g.ID, &g.Role, &g.Unit, &g.UnitName, &g.Partner)
		return g, err
	}, `SELECT g.id, g.role, g.unit_id, t.name, g.partner_id FROM role_grant g JOIN unit t ON t.id = g.unit_id WHERE g.user_id = $1 ORDER BY g.id`, user)
	if err != nil {
		return nil, err
	}
	for i, g := range grants {
		if g.Role != Facilitator {
			continue
		}
		grants[i].Villages, err = db.All(ctx, r, db.Value[string],
			`SELECT village_code FROM grant_village WHERE grant_id = $1 ORDER BY village_code`, g.ID)
		if err != nil {
			return nil, err
		}
	}
	return grants, nil
}

func insertGrant(ctx context.Context, tx db.Tx, user db.ID, g Grant, at db.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO role_grant (id, user_id, role, unit_id, partner_id, granted_at) VALUES ($1, $2, $3, $4, $5, $6)`,
		g.ID, user, g.Role, g.Unit, g.Partner, at)
	if err != nil {
		return err
	}
	for _, v := range g.Villages {
		if _, err := tx.Exec(ctx, `INSERT INTO grant_village (grant_id, village_code) VALUES ($1, $2)`, g.ID, v); err != nil {
			return err
		}
	}
	return nil
}

func deleteGrant(ctx context.Context, tx db.Tx, user db.ID, role Role, unit db.ID) (sql.Result, error) {
	return tx.Exec(ctx, `DELETE FROM role_grant WHERE user_id = $1 AND role = $2 AND unit_id = $3`, user, role, unit)
}

type actorRow struct {
	name, email, language string
	unit                  Unit
	role                  Role
	village               db.Text
	partner               db.ID
}

// selectActor reads a user, the unit, and the roles held at the unit, in one question. A higher role at a unit above does
// not give its case content, so only roles of the unit itself count here.
func selectActor(ctx context.Context, r db.Reader, user, office db.ID) ([]actorRow, error) {
	return db.All(ctx, r, func(row db.Row) (a actorRow, err error) {
		err = row.Scan(&a.name, &a.email, &a.language, &a.unit.ID, &a.unit.Name, &a.unit.Kind, &a.unit.Region, &a.unit.Zone,
			(*db.Text)(&a.unit.Prefix), (*db.Flag)(&a.unit.MadeUp), &a.role, &a.village, &a.partner)
		return a, err
	}, `SELECT u.name, u.email, u.language, t.id, t.name, t.kind, t.region_code, t.zone, t.prefix, t.made_up, g.role, v.village_code, g.partner_id
  FROM app_user u JOIN role_grant g ON g.user_id = u.id JOIN unit t ON t.id = g.unit_id
  LEFT JOIN grant_village v ON v.grant_id = g.id
  WHERE u.id = $1 AND g.unit_id = $2 AND u.disabled_at IS NULL ORDER BY v.village_code`, user, office)
}

// selectColleagues leaves out partners' users: they stand at the office and do none of its work.
func selectColleagues(ctx context.Context, r db.Reader, office db.ID) ([]Colleague, error) {
	return colleagues(ctx, r, `SELECT u.id, u.name, u.email, u.profession, g.role FROM role_grant g JOIN app_user u ON u.id = g.user_id
  WHERE g.unit_id = $1 AND g.role <> 'partner' AND u.disabled_at IS NULL ORDER BY u.name_key, u.id`, office)
}

func selectPartnerUsers(ctx context.Context, r db.Reader, office, partner db.ID) ([]PartnerUser, error) {
	return db.All(ctx, r, func(row db.Row) (u PartnerUser, err error) {
		var hash db.Text
		err = row.Scan(&u.ID, &u.Name, &u.Email, &hash)
		u.Waits = hash == ""
		return u, err
	}, `SELECT u.id, u.name, u.email, u.password_hash FROM role_grant g JOIN app_user u ON u.id = g.user_id
  WHERE g.unit_id = $1 AND g.role = 'partner' AND g.partner_id = $2 AND u.disabled_at IS NULL ORDER BY u.name_key, u.id`, office, partner)
}

// countRoles tells how many roles are held at an office, and looks no further than most.
func countRoles(ctx context.Context, r db.Reader, office db.ID, most int) (int, error) {
	return db.One(ctx, r, db.Value[int], `SELECT COUNT(*) FROM (SELECT 1 FROM role_grant WHERE unit_id = $1 AND role <> 'partner' LIMIT $2) g`, office, most)
}

func selectColleague(ctx context.Context, r db.Reader, office, user db.ID) (Colleague, error) {
	list, err := colleagues(ctx, r, `SELECT u.id, u.name, u.email, u.profession, g.role FROM role_grant g JOIN app_user u ON u.id = g.user_id
  WHERE g.unit_id = $1 AND u.id = $2 AND g.role <> 'partner' AND u.disabled_at IS NULL ORDER BY u.id`, office, user)
	if err != nil {
		return Colleague{}, err
	}
	if len(list) == 0 {
		return Colleague{}, orNotFound(nil)
	}
	return list[0], nil
}

func colleagues(ctx context.Context, r db.Reader, query string, args ...any) ([]Colleague, error) {
	rows, err := db.All(ctx, r, func(row db.Row) (c Colleague, err error) {
		var role Role
		err = row.Scan(&c.ID, &c.Name, &c.Email, (*db.Text)(&c.Profession), &role)
		c.Roles = []Role{role}
		return c, err
	}, query, args...)
	var list []Colleague
	for _, c := range rows {
		if n := len(list); n > 0 && list[n-1].ID == c.ID {
			list[n-1].Roles = append(list[n-1].Roles, c.Roles...)
			continue
		}
		list = append(list, c)
	}
	return list, err
}

func selectNames(ctx context.Context, r db.Reader, ids []db.ID) (map[db.ID]string, error) {
	names := map[db.ID]string{}
	var marks []string
	var args []any
	for _, id := range ids {
		if _, known := names[id]; known || id.IsZero() {
			continue
		}
		names[id] = ""
		args = append(args, id)
		marks = append(marks, fmt.Sprintf("$%d", len(args)))
	}
	if len(args) == 0 {
		return names, nil
	}
	_, err := db.All(ctx, r, func(row db.Row) (_ struct{}, err error) {
		var id db.ID
		var name string
		err = row.Scan(&id, &name)
		names[id] = name
		return struct{}{}, err
	}, `SELECT id, name FROM app_user WHERE id IN (`+strings.Join(marks, ", ")+`)`, args...)
	return names, err
}
