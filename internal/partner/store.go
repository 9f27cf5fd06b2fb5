package partner

import (
	"context"
	"database/sql"

	"teduh/internal/db"
	"teduh/internal/journal"
)

// findService is the zero id where no service has that name.
func findService(ctx context.Context, r db.Reader, office db.ID, key string) (db.ID, error) {
	found, err := db.All(ctx, r, db.Value[db.ID], `SELECT id FROM partner_service WHERE office_id = $1 AND name_key = $2`, office, key)
	if err != nil || len(found) == 0 {
		return db.ID{}, err
	}
	return found[0], nil
}

// insertNamed keeps a service of which nothing but its name is known.
func insertNamed(ctx context.Context, tx *journal.Tx, office, id db.ID, name string) error {
	_, err := tx.Exec(ctx, `INSERT INTO partner_service (id, office_id, name, name_key, created_at, changed_at, version)
  VALUES ($1, $2, $3, $4, $5, $5, 1)`,
		id, office, name, ServiceKey(name), tx.Now())
	return err
}

const partnerColumns = `p.id, p.office_id, p.name, p.kind, p.psks, p.description, p.website, p.remarks, p.street, p.village_code, p.lat, p.lon,
  p.address_visibility, p.visibility, p.agreement_number, p.agreement_from, p.agreement_until, p.checked_on, p.checked_by, u.name, p.ended_at, p.unit_id, p.changed_at,
  p.version`

const partnerTables = `partner p LEFT JOIN app_user u ON u.id = p.checked_by`

func scanPartner(row db.Row) (p Partner, err error) {
	var lat, lon *float64
	err = row.Scan(&p.ID, &p.Office, &p.Name, &p.Kind, (*db.Text)(&p.PSKS), (*db.Text)(&p.Description), (*db.Text)(&p.Website), (*db.Text)(&p.Remarks),
		(*db.Text)(&p.Address.Street), (*db.Text)(&p.Address.Village), &lat, &lon, &p.Address.Visibility, &p.Visibility, (*db.Text)(&p.Agreement.Number),
		&p.Agreement.From, &p.Agreement.Until, &p.Checked.On, &p.Checked.By, (*db.Text)(&p.Checked.Name), &p.EndedAt, &p.Unit, &p.ChangedAt, &p.Version)
	p.Address.Point = pointOf(lat, lon)
	return p, err
}

func pointOf(lat, lon *float64) *Point {
	if lat == nil || lon == nil {
		return nil
	}
	return &Point{*lat, *lon}
}

// selectPartner reads one within a scope, with its contacts.
func selectPartner(ctx context.Context, r db.Reader, sc scope, id db.ID) (Partner, error) {
	p, err := db.One(ctx, r, scanPartner, `SELECT `+partnerColumns+` FROM `+partnerTables+` WHERE `+reachedPartner+` AND p.id = $7`, append(sc.args(), id)...)
	if err != nil {
		return p, err
	}
	p.Contacts, err = selectContacts(ctx, r, id)
	return p, err
}

func selectContacts(ctx context.Context, r db.Reader, partner db.ID) ([]Contact, error) {
	return db.All(ctx, r, func(row db.Row) (c Contact, err error) {
		err = row.Scan(&c.Name, (*db.Text)(&c.Role), (*db.Text)(&c.Phone), (*db.Text)(&c.Email))
		return c, err
	}, `SELECT name, role, phone, email FROM partner_contact WHERE partner_id = $1 ORDER BY place`, partner)
}

// page of a list by name: what stands after a place.
type page struct {
	after Place
	ended bool
	limit int
}

// selectPartners lists by name those that are active, or those that ended.
func selectPartners(ctx context.Context, r db.Reader, sc scope, pg page) ([]Partner, error) {
	state := map[bool]string{false: `p.ended_at IS NULL`, true: `p.ended_at IS NOT NULL`}[pg.ended]
	return db.All(ctx, r, scanPartner, `SELECT `+partnerColumns+` FROM `+partnerTables+` WHERE `+reachedPartner+` AND `+state+`
  AND (p.name_key > $7 OR (p.name_key = $7 AND p.id > $8)) ORDER BY p.name_key, p.id LIMIT $9`,
		append(sc.args(), pg.after.Name, pg.after.ID[:], pg.limit)...)
}

// selectReached reads partners within a scope by id, in the order of their names.
func selectReached(ctx context.Context, r db.Reader, sc scope, ids []db.ID) (list []Partner, err error) {
	err = db.InAfter(sc.args(), ids, func(marks string, args []any) error {
		found, err := db.All(ctx, r, scanPartner, `SELECT `+partnerColumns+` FROM `+partnerTables+` WHERE `+reachedPartner+` AND p.id IN (`+marks+`)
  ORDER BY p.name_key`, args...)
		list = append(list, found...)
		return err
	})
	return list, err
}

// partnerValues are the columns that a change writes, from $4 on.
func partnerValues(p Partner, sealed []byte) []any {
	var lat, lon any
	if p.Address.Point != nil {
		lat, lon = p.Address.Point.Lat, p.Address.Point.Lon
	}
	return []any{p.Name, ServiceKey(p.Name), p.Kind, db.Text(p.PSKS), db.Text(p.Description), db.Text(p.Website), db.Text(p.Remarks),
		db.Text(p.Address.Street), db.Text(p.Address.Village), lat, lon, p.Address.Visibility, sealed, p.Visibility,
		db.Text(p.Agreement.Number), p.Agreement.From, p.Agreement.Until, p.Unit, string(p.Checked.On), p.Checked.By}
}

func insertPartner(ctx context.Context, tx *journal.Tx, p Partner, sealed []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO partner (id, office_id, created_at, changed_at, name, name_key, kind, psks, description, website, remarks, street, village_code, lat, lon,
    address_visibility, sealed_address, visibility, agreement_number, agreement_from, agreement_until, unit_id, checked_on, checked_by, version)
  VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, 1)`,
		append([]any{p.ID, p.Office, tx.Now()}, partnerValues(p, sealed)...)...)
	if err != nil {
		return err
	}
	return writeContacts(ctx, tx, p)
}

// updatePartner writes over the version that was read.
func updatePartner(ctx context.Context, tx *journal.Tx, p Partner, sealed []byte) (bool, error) {
	ok, err := db.Changed(tx.Exec(ctx, `UPDATE partner SET name = $4, name_key = $5, kind = $6, psks = $7, description = $8, website = $9, remarks = $10, street = $11,
    village_code = $12, lat = $13, lon = $14, address_visibility = $15, sealed_address = $16, visibility = $17, agreement_number = $18, agreement_from = $19,
    agreement_until = $20, unit_id = $21, checked_on = $22, checked_by = $23, changed_at = $24, version = version + 1
  WHERE id = $1 AND office_id = $2 AND version = $3`, append(append([]any{p.ID, p.Office, p.Version}, partnerValues(p, sealed)...), tx.Now())...))
	if err != nil || !ok {
		return ok, err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM partner_contact WHERE partner_id = $1`, p.ID); err != nil {
		return true, err
	}
	return true, writeContacts(ctx, tx, p)
}

func writeContacts(ctx context.Context, tx db.Tx, p Partner) error {
	for i, c := range p.Contacts {
		_, err := tx.Exec(ctx, `INSERT INTO partner_contact (id, partner_id, place, name, role, phone, email) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			db.NewID(), p.ID, i, c.Name, db.Text(c.Role), db.Text(c.Phone), db.Text(c.Email))
		if err != nil {
			return err
		}
	}
	return nil
}

// markPartner writes when it was checked and whether it ended.
func markPartner(ctx context.Context, tx *journal.Tx, p Partner) (sql.Result, error) {
	return tx.Exec(ctx, `UPDATE partner SET checked_on = $4, checked_by = $5, ended_at = $6, changed_at = $7, version = version + 1
  WHERE id = $1 AND office_id = $2 AND version = $3`, p.ID, p.Office, p.Version, string(p.Checked.On), p.Checked.By, p.EndedAt, tx.Now())
}

// selectSealed is the sealed address of an entry; table is partner or partner_service.
func selectSealed(ctx context.Context, r db.Reader, table string, id db.ID) ([]byte, error) {
	return db.One(ctx, r, db.Value[[]byte], `SELECT sealed_address FROM `+table+` WHERE id = $1`, id)
}

// selectKnown tells whether an office has a partner, or has one that is not hidden.
func selectKnown(ctx context.Context, r db.Reader, office, id db.ID, hiddenToo bool) (bool, error) {
	n, err := db.One(ctx, r, db.Value[int], `SELECT COUNT(*) FROM partner WHERE id = $1 AND office_id = $2 AND ($3 = 1 OR visibility <> 'hidden')`,
		id, office, db.Flag(hiddenToo))
	return n > 0, err
}
