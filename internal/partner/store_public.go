package partner

import (
	"context"
	"strings"

	"teduh/internal/db"
)

// shownPartner and shownService are the conditions of what is public.
const (
	shownPartner = `p.visibility = 'public' AND p.ended_at IS NULL`
	shownService = `s.visibility = 'public' AND s.ended_at IS NULL AND ` + shownPartner
)

func scanListed(row db.Row) (x Listed, err error) {
	var name, partner, needs string
	var said db.Text
	var changed, partnerChanged db.Time
	err = row.Scan(&x.ID, &x.Partner, &x.Office, &name, &partner, &said, &needs, (*db.Text)(&x.Sex), &x.Kind, (*db.Text)(&x.PSKS), (*db.Flag)(&x.Located),
		&changed, &partnerChanged)
	x.Words, x.Needs, x.Changed = strings.Join([]string{name, partner, string(said)}, " "), split(needs), latest(changed, partnerChanged)
	return x, err
}

// located tells whether the address where a service is given is public and says anything.
const located = `CASE WHEN s.own_place = 1 AND s.address_visibility = 'public' AND (s.street IS NOT NULL OR s.village_code IS NOT NULL OR s.lat IS NOT NULL) THEN 1
  WHEN s.own_place = 0 AND p.address_visibility = 'public' AND (p.street IS NOT NULL OR p.village_code IS NOT NULL OR p.lat IS NOT NULL) THEN 1 ELSE 0 END`

// listedAtOnce is how many entries one question for the index reads.
const listedAtOnce = 2_000

// selectListed reads what is public after an entry, of one office or of all.
func selectListed(ctx context.Context, r db.Reader, office, after db.ID) ([]Listed, error) {
	text := `SELECT s.id, s.partner_id, s.office_id, s.name, p.name, s.description, s.needs, s.sex, p.kind, p.psks, ` + located + `, s.changed_at, p.changed_at
  FROM partner_service s JOIN partner p ON p.id = s.partner_id WHERE ` + shownService + ` AND s.id > $1`
	if office.IsZero() {
		return db.All(ctx, r, scanListed, text+` ORDER BY s.id LIMIT $2`, after[:], listedAtOnce)
	}
	return db.All(ctx, r, scanListed, text+` AND s.office_id = $2 ORDER BY s.id LIMIT $3`, after[:], office, listedAtOnce)
}

func scanListedPartner(row db.Row) (x ListedPartner, err error) {
	var name string
	var said db.Text
	err = row.Scan(&x.ID, &x.Office, &name, &said, &x.Kind, (*db.Text)(&x.PSKS), &x.Changed)
	x.Words = name + " " + string(said)
	return x, err
}

func selectListedPartners(ctx context.Context, r db.Reader, office, after db.ID) ([]ListedPartner, error) {
	text := `SELECT p.id, p.office_id, p.name, p.description, p.kind, p.psks, p.changed_at FROM partner p WHERE ` + shownPartner + ` AND p.id > $1`
	if office.IsZero() {
		return db.All(ctx, r, scanListedPartner, text+` ORDER BY p.id LIMIT $2`, after[:], listedAtOnce)
	}
	return db.All(ctx, r, scanListedPartner, text+` AND p.office_id = $2 ORDER BY p.id LIMIT $3`, after[:], office, listedAtOnce)
}

func selectPublicServices(ctx context.Context, r db.Reader, ids []db.ID) (list []Service, err error) {
	err = db.In(ids, func(marks string, args []any) error {
		found, err := db.All(ctx, r, scanService, `SELECT `+serviceColumns+` FROM `+serviceTables+` WHERE `+shownService+` AND s.id IN (`+marks+`)`, args...)
		list = append(list, found...)
		return err
	})
	return list, err
}

func selectPublicPartners(ctx context.Context, r db.Reader, ids []db.ID) (list []Partner, err error) {
	err = db.In(ids, func(marks string, args []any) error {
		found, err := db.All(ctx, r, scanPartner, `SELECT `+partnerColumns+` FROM `+partnerTables+` WHERE `+shownPartner+` AND p.id IN (`+marks+`)`, args...)
		list = append(list, found...)
		return err
	})
	return list, err
}

func selectLastChange(ctx context.Context, r db.Reader) (db.Time, error) {
	service, err := db.One(ctx, r, db.Value[db.Time], `SELECT MAX(changed_at) FROM partner_service`)
	if err != nil {
		return service, err
	}
	partner, err := db.One(ctx, r, db.Value[db.Time], `SELECT MAX(changed_at) FROM partner`)
	return latest(service, partner), err
}

func selectSources(ctx context.Context, r db.Reader, office db.ID) (map[SourceKey]Source, error) {
	list, err := db.All(ctx, r, func(row db.Row) (x Source, err error) {
		err = row.Scan(&x.Kind, &x.External, &x.Subject, &x.Digest)
		return x, err
	}, `SELECT kind, external_id, subject_id, digest FROM partner_source WHERE office_id = $1`, office)
	found := make(map[SourceKey]Source, len(list))
	for _, x := range list {
		found[SourceKey{x.Kind, x.External}] = x
	}
	return found, err
}

// shelved is an entry by its name.
type shelved struct {
	id, partner db.ID
	key         string
}

func scanShelved(row db.Row) (x shelved, err error) {
	err = row.Scan(&x.id, &x.partner, &x.key)
	return x, err
}

func (s *Shelf) selectNames(ctx context.Context, r db.Reader, office db.ID) error {
	s.Partners, s.Services, s.Own = map[string]db.ID{}, map[string]ShelfRow{}, map[db.ID]bool{}
	partners, err := db.All(ctx, r, scanShelved, `SELECT p.id, p.unit_id, p.name_key FROM partner p WHERE p.office_id = $1`, office)
	if err != nil {
		return err
	}
	services, err := db.All(ctx, r, scanShelved, `SELECT id, partner_id, name_key FROM partner_service WHERE office_id = $1`, office)
	for _, x := range partners {
		s.Partners[x.key], s.Own[x.id] = x.id, true
	}
	for _, x := range services {
		s.Services[x.key], s.Own[x.id] = ShelfRow{x.id, x.partner}, true
	}
	return err
}

// newSources are rows of where entries came from; one that is told anew takes the place of what was told.
func newSources() *db.Bulk {
	return db.NewBulk("partner_source", "ON CONFLICT (office_id, kind, external_id) DO UPDATE SET subject_id = excluded.subject_id, digest = excluded.digest",
		"office_id", "kind", "external_id", "subject_id", "digest")
}
