package partner

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"

	"teduh/internal/db"
	"teduh/internal/journal"
	"teduh/internal/partner/hours"
)

const serviceColumns = `s.id, s.office_id, s.partner_id, p.name, p.kind, s.name, s.description, s.age_from, s.age_to, s.sex, s.needs, s.areas, s.languages, s.cost, s.cost_words,
  s.documents, s.hours, s.capacity, s.free, s.free_at, s.wheelchair, s.promises, s.contact_name, s.contact_role, s.contact_phone, s.contact_email, s.own_place,
  s.street, s.village_code, s.lat, s.lon, s.address_visibility, s.visibility, s.checked_on, s.checked_by, u.name, s.ended_at, s.changed_at,
  s.version`

const serviceTables = `partner_service s LEFT JOIN partner p ON p.id = s.partner_id LEFT JOIN app_user u ON u.id = s.checked_by`

func scanService(row db.Row) (x Service, err error) {
	var lat, lon *float64
	var needs, areas, languages, week, promises string
	var wheelchair, ownPlace db.Flag
	err = row.Scan(&x.ID, &x.Office, &x.Partner, (*db.Text)(&x.PartnerName), (*db.Text)(&x.PartnerKind), &x.Name, (*db.Text)(&x.Description), &x.For.AgeFrom, &x.For.AgeTo,
		(*db.Text)(&x.For.Sex), &needs, &areas, &languages, (*db.Text)(&x.Cost), (*db.Text)(&x.CostWords), (*db.Text)(&x.Documents), &week,
		&x.Capacity, &x.Free, &x.FreeAt, &wheelchair, &promises, (*db.Text)(&x.Contact.Name), (*db.Text)(&x.Contact.Role),
		(*db.Text)(&x.Contact.Phone), (*db.Text)(&x.Contact.Email), &ownPlace, (*db.Text)(&x.Address.Street), (*db.Text)(&x.Address.Village),
		&lat, &lon, &x.Address.Visibility, &x.Visibility, &x.Checked.On, &x.Checked.By, (*db.Text)(&x.Checked.Name), &x.EndedAt, &x.ChangedAt, &x.Version)
	if err != nil {
		return x, err
	}
	x.Wheelchair, x.OwnPlace, x.Address.Point = bool(wheelchair), bool(ownPlace), pointOf(lat, lon)
	x.For.Needs, x.For.Areas, x.Languages = split(needs), split(areas), split(languages)
	if promises != "" {
		if err := json.Unmarshal([]byte(promises), &x.Promises); err != nil {
			return x, err
		}
	}
	x.Hours, err = hours.Parse(week)
	return x, err
}

// split reads what strings.Join wrote with commas.
func split(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}

func selectService(ctx context.Context, r db.Reader, sc scope, id db.ID) (Service, error) {
	return db.One(ctx, r, scanService, `SELECT `+serviceColumns+` FROM `+serviceTables+` WHERE `+reachedService+` AND s.id = $7`, append(sc.args(), id)...)
}

// selectServicesOf lists what a partner offers by name, what ended last.
func selectServicesOf(ctx context.Context, r db.Reader, sc scope, partner db.ID) ([]Service, error) {
	return db.All(ctx, r, scanService, `SELECT `+serviceColumns+` FROM `+serviceTables+` WHERE `+reachedService+` AND s.partner_id = $7
  ORDER BY CASE WHEN s.ended_at IS NULL THEN 0 ELSE 1 END, s.name_key`, append(sc.args(), partner)...)
}

// selectServices reads services within a scope by id, in no order.
func selectServices(ctx context.Context, r db.Reader, sc scope, ids []db.ID) (list []Service, err error) {
	err = db.InAfter(sc.args(), ids, func(marks string, args []any) error {
		found, err := db.All(ctx, r, scanService, `SELECT `+serviceColumns+` FROM `+serviceTables+` WHERE `+reachedService+` AND s.id IN (`+marks+`)`, args...)
		list = append(list, found...)
		return err
	})
	return list, err
}

// selectEnded lists services that are offered no longer, by name.
func selectEnded(ctx context.Context, r db.Reader, sc scope, pg page) ([]Service, error) {
	return db.All(ctx, r, scanService, `SELECT `+serviceColumns+` FROM `+serviceTables+` WHERE `+reachedService+` AND s.ended_at IS NOT NULL
  AND (s.name_key > $7 OR (s.name_key = $7 AND s.id > $8)) ORDER BY s.name_key, s.id LIMIT $9`,
		append(sc.args(), pg.after.Name, pg.after.ID[:], pg.limit)...)
}

// serviceValues are the columns that a change writes, from $4 on.
func serviceValues(x Service, sealed []byte) ([]any, error) {
	promises := ""
	if len(x.Promises) > 0 {
		b, err := json.Marshal(x.Promises)
		if err != nil {
			return nil, err
		}
		promises = string(b)
	}
	var lat, lon any
	if x.Address.Point != nil {
		lat, lon = x.Address.Point.Lat, x.Address.Point.Lon
	}
	return []any{x.Name, ServiceKey(x.Name), x.Partner, db.Text(x.Description), x.For.AgeFrom, x.For.AgeTo, db.Text(x.For.Sex),
		strings.Join(x.For.Needs, ","), strings.Join(x.For.Areas, ","), strings.Join(x.Languages, ","), db.Text(x.Cost), db.Text(x.CostWords),
		db.Text(x.Documents), x.Hours.String(), x.Capacity, x.Free, x.FreeAt, db.Flag(x.Wheelchair), promises, db.Text(x.Contact.Name),
		db.Text(x.Contact.Role), db.Text(x.Contact.Phone), db.Text(x.Contact.Email), db.Flag(x.OwnPlace), db.Text(x.Address.Street),
		db.Text(x.Address.Village), lat, lon, x.Address.Visibility, sealed, x.Visibility, string(x.Checked.On), x.Checked.By}, nil
}

func insertService(ctx context.Context, tx *journal.Tx, x Service, sealed []byte) error {
	values, err := serviceValues(x, sealed)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO partner_service (id, office_id, created_at, changed_at, name, name_key, partner_id, description, age_from, age_to, sex, needs, areas, languages,
    cost, cost_words, documents, hours, capacity, free, free_at, wheelchair, promises, contact_name, contact_role, contact_phone, contact_email, own_place, street,
    village_code, lat, lon, address_visibility, sealed_address, visibility, checked_on, checked_by, version)
  VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33,
    $34, $35, $36, 1)`, append([]any{x.ID, x.Office, tx.Now()}, values...)...)
	return err
}

// updateService writes over the version that was read.
func updateService(ctx context.Context, tx *journal.Tx, x Service, sealed []byte) (sql.Result, error) {
	values, err := serviceValues(x, sealed)
	if err != nil {
		return nil, err
	}
	return tx.Exec(ctx, `UPDATE partner_service SET name = $4, name_key = $5, partner_id = $6, description = $7, age_from = $8, age_to = $9, sex = $10, needs = $11,
    areas = $12, languages = $13, cost = $14, cost_words = $15, documents = $16, hours = $17, capacity = $18, free = $19, free_at = $20, wheelchair = $21,
    promises = $22, contact_name = $23, contact_role = $24, contact_phone = $25, contact_email = $26, own_place = $27, street = $28, village_code = $29, lat = $30,
    lon = $31, address_visibility = $32, sealed_address = $33, visibility = $34, checked_on = $35, checked_by = $36,
    changed_at = $37, version = version + 1
  WHERE id = $1 AND office_id = $2 AND version = $3`, append(append([]any{x.ID, x.Office, x.Version}, values...), tx.Now())...)
}

// markService writes when it was checked, what is free and whether it ended.
func markService(ctx context.Context, tx *journal.Tx, x Service) (sql.Result, error) {
	return tx.Exec(ctx, `UPDATE partner_service SET checked_on = $4, checked_by = $5, free = $6, free_at = $7, ended_at = $8, changed_at = $9, version = version + 1
  WHERE id = $1 AND office_id = $2 AND version = $3`, x.ID, x.Office, x.Version, string(x.Checked.On), x.Checked.By, x.Free, x.FreeAt, x.EndedAt, tx.Now())
}
