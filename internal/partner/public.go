package partner

import (
	"context"
	"slices"

	"teduh/internal/db"
)

// Listed is what an index of all that is public keeps of a service.
type Listed struct {
	ID      db.ID
	Partner db.ID
	Office  db.ID
	Words   string // its name, its partner's and what is said of it
	Needs   []string
	Sex     string
	Kind    string // of the partner
	PSKS    string
	Located bool // it has an address that is public
	Changed db.Time
}

// ListedPartner is the same of a partner, with services or without.
type ListedPartner struct {
	ID      db.ID
	Office  db.ID
	Words   string
	Kind    string
	PSKS    string
	Changed db.Time
}

// Listing is all that is public, in the order in which it was made.
type Listing struct {
	Services []Listed
	Partners []ListedPartner
}

// Listing reads what may be told to anyone: active public services of active public partners, of one office, or of the whole
// installation where office is zero. Nobody has to be asked for it.
func (d *Directory) Listing(ctx context.Context, office db.ID) (l Listing, err error) {
	err = d.db.Read(ctx, func(r db.Reader) error {
		l = Listing{}
		for after, more := (db.ID{}), true; more; {
			some, err := selectListed(ctx, r, office, after)
			if err != nil {
				return err
			}
			l.Services = append(l.Services, some...)
			if more = len(some) == listedAtOnce; more {
				after = some[len(some)-1].ID
			}
		}
		for after, more := (db.ID{}), true; more; {
			some, err := selectListedPartners(ctx, r, office, after)
			if err != nil {
				return err
			}
			l.Partners = append(l.Partners, some...)
			if more = len(some) == listedAtOnce; more {
				after = some[len(some)-1].ID
			}
		}
		return nil
	})
	return l, err
}

// LastChange is when any entry was changed last, public or not.
func (d *Directory) LastChange(ctx context.Context) (at db.Time, err error) {
	err = d.db.Read(ctx, func(r db.Reader) error {
		at, err = selectLastChange(ctx, r)
		return err
	})
	return at, err
}

// Told is a public service with its partner, with nothing in it that is not public.
type Told struct {
	Service Service
	Partner Partner
}

// Changed is when the service or its partner was changed last.
func (t Told) Changed() db.Time { return latest(t.Service.ChangedAt, t.Partner.ChangedAt) }

func latest(a, b db.Time) db.Time {
	if a.After(b.Time) {
		return a
	}
	return b
}

// At is the address where it is given, if that is public.
func (t Told) At() (Address, bool) {
	at := t.Partner.Address
	if t.Service.OwnPlace {
		at = t.Service.Address
	}
	return at, !at.Empty()
}

// PublicServices reads services by id, in the order asked for; those that are not public, or no longer, are left out.
func (d *Directory) PublicServices(ctx context.Context, ids []db.ID) (list []Told, err error) {
	err = d.db.Read(ctx, func(r db.Reader) error {
		services, err := selectPublicServices(ctx, r, ids)
		if err != nil {
			return err
		}
		partners, err := selectPublicPartners(ctx, r, ownersOf(services))
		if err != nil {
			return err
		}
		byID := map[db.ID]Partner{}
		for _, p := range partners {
			byID[p.ID] = p.told()
		}
		for _, x := range services {
			if p, ok := byID[x.Partner]; ok {
				list = append(list, Told{x.told(), p})
			}
		}
		return nil
	})
	order(list, ids, func(t Told) db.ID { return t.Service.ID })
	return list, err
}

func ownersOf(services []Service) []db.ID {
	var ids []db.ID
	for _, x := range services {
		ids = append(ids, x.Partner)
	}
	slices.SortFunc(ids, db.ID.Compare)
	return slices.Compact(ids)
}

// PublicPartners is PublicServices for partners.
func (d *Directory) PublicPartners(ctx context.Context, ids []db.ID) (list []Partner, err error) {
	err = d.db.Read(ctx, func(r db.Reader) error {
		list, err = selectPublicPartners(ctx, r, ids)
		return err
	})
	for i := range list {
		list[i] = list[i].told()
	}
	order(list, ids, func(p Partner) db.ID { return p.ID })
	return list, err
}

// order sorts a list as it was asked for.
func order[T any](list []T, ids []db.ID, id func(T) db.ID) {
	place := make(map[db.ID]int, len(ids))
	for i, x := range ids {
		place[x] = i
	}
	slices.SortFunc(list, func(a, b T) int { return place[id(a)] - place[id(b)] })
}

// told is a partner with what may be told to anyone: not whom the office asks for there, what it notes, or what it agreed.
func (p Partner) told() Partner {
	return Partner{ID: p.ID, Office: p.Office, Name: p.Name, Kind: p.Kind, PSKS: p.PSKS, Description: p.Description, Website: p.Website,
		Address: p.Address.told(), Visibility: p.Visibility, Checked: Checked{On: p.Checked.On}, ChangedAt: p.ChangedAt, Version: p.Version}
}

// told is a service with what may be told to anyone. How it is reached is told; who answers there, and how many places are
// left, is not.
func (x Service) told() Service {
	x.Capacity, x.Free, x.FreeAt, x.Promises = nil, nil, db.Time{}, nil
	x.Contact.Name, x.Checked = "", Checked{On: x.Checked.On}
	x.Address = x.Address.told()
	return x
}

func (a Address) told() Address {
	if a.Visibility != Public {
		return Address{Visibility: a.Visibility}
	}
	return a
}
