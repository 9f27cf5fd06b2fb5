package person

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/person/names"
)

// keptPerson leads from a row x that names a person to the person p, also where that record was merged into another.
const keptPerson = `JOIN person g0 ON g0.id = x.person_id JOIN person p ON p.id = COALESCE(g0.merged_into, g0.id)`

// familyVisible is which families the actor may know: $1 office, $2 level, $3 user. One has at least one member the actor
// may know, or none at all yet, and is no client known only through cases that the actor may not see.
const familyVisible = `f.office_id = $1
  AND NOT EXISTS (SELECT 1 FROM client k WHERE k.family_id = f.id AND k.level > $2
    AND NOT EXISTS (SELECT 1 FROM client_reader y WHERE y.client_id = k.id AND y.user_id = $3))
  AND (NOT EXISTS (SELECT 1 FROM family_member x WHERE x.family_id = f.id)
    OR EXISTS (SELECT 1 FROM family_member x ` + keptPerson + ` WHERE x.family_id = f.id AND ` + visible + `))`

// hiddenHome tells that the family's village would tell the confidential address of someone who lives there.
const hiddenHome = `EXISTS (SELECT 1 FROM family_member x ` + keptPerson + `
    WHERE x.family_id = f.id AND x.same_house = 1 AND x.to_day IS NULL AND p.confidential = 1)`

// familyColumns with how many of today's members the actor may know.
const familyColumns = `f.id, f.name, CASE WHEN ` + hiddenHome + ` THEN NULL ELSE f.village_code END, f.contact_id, f.version, f.name_key,
  (SELECT COUNT(DISTINCT p.id) FROM family_member x ` + keptPerson + ` WHERE x.family_id = f.id AND x.to_day IS NULL AND ` + visible + `)`

func scanFamily(row db.Row, more ...any) (f Family, err error) {
	into := []any{&f.ID, &f.Name, (*db.Text)(&f.Village), &f.Contact, &f.Version, &f.NameKey, &f.Count}
	err = row.Scan(append(into, more...)...)
	return f, err
}

func scanPlainFamily(row db.Row) (Family, error) { return scanFamily(row) }

// familyRow is a family with what is sealed of it.
type familyRow struct {
	f       Family
	sealed  []byte
	wrapped []byte
}

func selectFamily(ctx context.Context, r db.Reader, s access.Scope, id db.ID) (familyRow, error) {
	return db.One(ctx, r, func(row db.Row) (x familyRow, err error) {
		var home db.Text
		x.f, err = scanFamily(row, &x.sealed, &x.wrapped, &home)
		x.f.home = string(home)
		return x, err
	}, `SELECT `+familyColumns+`, f.sealed, k.wrapped, f.village_code FROM family f LEFT JOIN data_key k ON k.subject_id = f.id
  WHERE `+familyVisible+` AND f.id = $4`, s.Office, s.People, s.User, id)
}

// selectMembers are the members the actor may know: those of today first, then by their part and name. Someone whose two
// records were merged stands there once.
func selectMembers(ctx context.Context, r db.Reader, s access.Scope, family db.ID) ([]Member, error) {
	list, err := db.All(ctx, r, func(row db.Row) (m Member, err error) {
		var house db.Flag
		m.Person, err = scanPerson(row, &m.NameKey, &m.Role, &house, &m.From, &m.To)
		m.SameHouse = bool(house)
		return m, err
	}, `SELECT `+personColumns+`, p.name_key, x.role, x.same_house, x.from_day, x.to_day FROM family_member x `+keptPerson+`
  WHERE x.family_id = $4 AND `+visible+`
  ORDER BY CASE WHEN x.to_day IS NULL THEN 0 ELSE 1 END,
    CASE x.role WHEN 'head' THEN 0 WHEN 'spouse' THEN 1 WHEN 'parent' THEN 2 WHEN 'child' THEN 3 ELSE 4 END,
    COALESCE(p.birth_date, '9'), p.name_key, p.id`, s.Office, s.People, s.User, family)
	seen := map[db.ID]bool{}
	var once []Member
	for _, m := range list {
		if !seen[m.ID] {
			seen[m.ID] = true
			once = append(once, m)
		}
	}
	return once, err
}

// selectMemberIDs are today's members of a family who may be drawn into a case of a confidentiality.
func selectMemberIDs(ctx context.Context, r db.Reader, s access.Scope, family db.ID, confidentiality int) ([]db.ID, error) {
	return db.All(ctx, r, db.Value[db.ID], `SELECT DISTINCT p.id FROM family_member x `+keptPerson+`
  WHERE x.family_id = $4 AND x.to_day IS NULL AND p.level <= $5 AND `+visible+` ORDER BY p.id`, s.Office, s.People, s.User, family, confidentiality)
}

func insertFamily(ctx context.Context, tx db.Tx, office db.ID, row familyRow, blind []byte, now db.Time) error {
	f, entry := row.f, names.Index(row.f.Name)
	_, err := tx.Exec(ctx, `INSERT INTO family (id, office_id, name, name_key, kk_blind, sealed, contact_id, village_code, created_at, updated_at, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 1)`, f.ID, office, f.Name, entry.Key, blind, row.sealed, f.Contact, db.Text(f.Village), now)
	if err != nil {
		return err
	}
	return insertPrefixes(ctx, tx, familyWords, office, f.ID, entry)
}

func updateFamily(ctx context.Context, tx db.Tx, office db.ID, row familyRow, blind []byte, now db.Time) error {
	f, entry := row.f, names.Index(row.f.Name)
	_, err := tx.Exec(ctx, `UPDATE family SET name = $2, name_key = $3, kk_blind = $4, sealed = $5, contact_id = $6, village_code = $7,
    updated_at = $8, version = $9 WHERE id = $1`, f.ID, f.Name, entry.Key, blind, row.sealed, f.Contact, db.Text(f.Village), now, f.Version)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM family_word WHERE family_id = $1`, f.ID); err != nil {
		return err
	}
	return insertPrefixes(ctx, tx, familyWords, office, f.ID, entry)
}

// The statements that write what families and bodies are found by.
const (
	familyWords = `INSERT INTO family_word (office_id, prefix, name_key, family_id) VALUES ($1, $2, $3, $4)`
	clientWords = `INSERT INTO client_word (office_id, prefix, name_key, client_id) VALUES ($1, $2, $3, $4)`
)

func insertPrefixes(ctx context.Context, tx db.Tx, statement string, office, id db.ID, entry names.Entry) error {
	for _, prefix := range entry.Prefixes {
		if _, err := tx.Exec(ctx, statement, office, prefix, entry.Key, id); err != nil {
			return err
		}
	}
	return nil
}

func putMember(ctx context.Context, tx db.Tx, family db.ID, m Member) error {
	_, err := tx.Exec(ctx, `INSERT INTO family_member (family_id, person_id, role, same_house, from_day, to_day) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (family_id, person_id) DO UPDATE SET role = excluded.role, same_house = excluded.same_house,
    from_day = excluded.from_day, to_day = excluded.to_day`, family, m.ID, m.Role, db.Flag(m.SameHouse), m.From, m.To)
	return err
}

// memberRecord is the record by which a person stands in a family: their own, or one that was merged into it.
func memberRecord(ctx context.Context, r db.Reader, family, person db.ID) (db.ID, error) {
	return db.One(ctx, r, db.Value[db.ID], `SELECT x.person_id FROM family_member x JOIN person g ON g.id = x.person_id
  WHERE x.family_id = $1 AND (g.id = $2 OR g.merged_into = $2) ORDER BY CASE WHEN g.id = $2 THEN 0 ELSE 1 END, g.id LIMIT 1`, family, person)
}

// listFamilies reads the families the actor may know in name order.
func listFamilies(ctx context.Context, r db.Reader, s access.Scope, q Search) ([]Family, error) {
	return db.All(ctx, r, scanPlainFamily, `SELECT `+familyColumns+` FROM family f WHERE `+familyVisible+`
    AND (f.name_key > $4 OR (f.name_key = $4 AND f.id > $5)) ORDER BY f.name_key, f.id LIMIT $6`,
		s.Office, s.People, s.User, q.After.NameKey, q.After.ID[:], q.Limit+1)
}

// familiesNamed walks the families with the query's rarest beginning and keeps those whose name has the other words.
func familiesNamed(ctx context.Context, r db.Reader, s access.Scope, q names.Query, most int) ([]Family, error) {
	return along(Place{}, most, func(after Place, steps int) ([]Family, error) {
		return db.All(ctx, r, scanPlainFamily, `SELECT `+familyColumns+` FROM family_word w JOIN family f ON f.id = w.family_id
  WHERE `+familyVisible+` AND w.office_id = $1 AND w.prefix = $4 AND (w.name_key > $5 OR (w.name_key = $5 AND w.family_id > $6))
  ORDER BY w.name_key, w.family_id LIMIT $7`, s.Office, s.People, s.User, q.Anchor, after.NameKey, after.ID[:], steps)
	}, func(x Family) (Place, bool) { return Place{x.NameKey, x.ID}, q.Match(names.Index(x.Name).Text) })
}

func familiesByKK(ctx context.Context, r db.Reader, s access.Scope, blind []byte) ([]Family, error) {
	return db.All(ctx, r, scanPlainFamily, `SELECT `+familyColumns+` FROM family f WHERE `+familyVisible+` AND f.kk_blind = $4
  ORDER BY f.name_key, f.id LIMIT 20`, s.Office, s.People, s.User, blind)
}

// familiesOf are the families someone belongs or belonged to, that the actor may know.
func familiesOf(ctx context.Context, r db.Reader, s access.Scope, person db.ID) ([]Family, error) {
	return db.All(ctx, r, scanPlainFamily, `SELECT `+familyColumns+` FROM family f WHERE `+familyVisible+`
    AND f.id IN (SELECT m.family_id FROM family_member m JOIN person o ON o.id = m.person_id WHERE o.id = $4 OR o.merged_into = $4)
  ORDER BY f.name_key, f.id`, s.Office, s.People, s.User, person)
}

// familyClientsNamed are the clients that families of that name are.
func familyClientsNamed(ctx context.Context, r db.Reader, s access.Scope, q names.Query, most int) (ids []db.ID, err error) {
	families, err := familiesNamed(ctx, r, s, q, most)
	if err != nil {
		return nil, err
	}
	for _, f := range families {
		more, err := db.All(ctx, r, db.Value[db.ID], `SELECT id FROM client WHERE family_id = $1`, f.ID)
		if err != nil {
			return nil, err
		}
		ids = append(ids, more...)
	}
	return ids, nil
}
