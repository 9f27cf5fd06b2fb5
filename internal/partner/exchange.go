package partner

import (
	"bytes"
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/journal"
	"teduh/internal/unit"
)

// Source is where an entry came from that another directory gave: its key there, and a digest of what was told.
type Source struct {
	Kind     string // partner or service
	External string
	Subject  db.ID
	Digest   []byte
}

// SourceKey is what a Source is found by.
type SourceKey struct{ Kind, External string }

// Given is an entry of another directory: a partner, or a service. One whose subject is known takes the place of what was told
// before; Only keeps where it came from and changes nothing.
type Given struct {
	Source
	Partner *Partner
	Service *Service
	New     bool
	Only    bool
}

// Shelf is what an office's directory has before others' entries are taken in.
type Shelf struct {
	Sources  map[SourceKey]Source
	Partners map[string]db.ID    // by ServiceKey of the name
	Services map[string]ShelfRow // by ServiceKey of the name
	Own      map[db.ID]bool      // all ids
	settings *unit.Settings
}

// ShelfRow is a service by name.
type ShelfRow struct{ ID, Partner db.ID }

// Shelf reads what is there, for whoever keeps the directory.
func (d *Directory) Shelf(ctx context.Context, a access.Actor) (s Shelf, err error) {
	if err := a.Require(access.PartnerWrite); err != nil {
		return s, err
	}
	err = d.db.Read(ctx, func(r db.Reader) error {
		if s.settings, err = d.office.In(ctx, r, a.Office.ID); err != nil {
			return err
		}
		s.Sources, err = selectSources(ctx, r, a.Office.ID)
		if err == nil {
			err = s.selectNames(ctx, r, a.Office.ID)
		}
		return err
	})
	return s, err
}

// NeedKnown tells whether the office's list has a need.
func (s Shelf) NeedKnown(code string) bool { return s.settings.CategoryKnown(code) }

// Same tells whether an entry was told before in the same words.
func (s Shelf) Same(x Source) bool {
	was, ok := s.Sources[SourceKey{x.Kind, x.External}]
	return ok && bytes.Equal(was.Digest, x.Digest)
}

// Refuses tells what is wrong with an entry by the rules of the directory.
func (s Shelf) Refuses(g Given) error {
	if g.Partner != nil {
		p := *g.Partner
		p.tidy()
		return p.check()
	}
	x := *g.Service
	x.tidy()
	return x.check(s.settings, nil)
}

// TakeIn writes some entries of another directory in one transaction. What is new is internal until the office says otherwise;
// of what was there, who may see it and a hidden address stay as they are.
func (d *Directory) TakeIn(ctx context.Context, a access.Actor, list []Given) error {
	sc, err := keeping(a)
	if err != nil {
		return err
	}
	return d.journal.Write(ctx, func(tx *journal.Tx) error {
		for _, g := range list {
			if !g.Only {
				if err := d.takeOne(ctx, tx, a, sc, g); err != nil {
					return err
				}
			}
			if err := writeSource(ctx, tx, a.Office.ID, g.Source); err != nil {
				return err
			}
		}
		return nil
	})
}

func (d *Directory) takeOne(ctx context.Context, tx *journal.Tx, a access.Actor, sc scope, g Given) error {
	switch {
	case g.Partner != nil && g.New:
		p := *g.Partner
		p.ID, p.Office, p.Visibility, p.Address.Visibility = g.Subject, a.Office.ID, Internal, Internal
		p.tidy()
		return d.addPartner(ctx, tx, a, p)
	case g.Partner != nil:
		was, err := selectPartner(ctx, tx, sc, g.Subject)
		if err != nil {
			return err
		}
		next := was.given(*g.Partner)
		next.tidy()
		if err := next.check(); err != nil {
			return err
		}
		return d.rewritePartner(ctx, tx, a, was, next)
	case g.New:
		x := *g.Service
		x.ID, x.Office, x.Visibility, x.Address.Visibility = g.Subject, a.Office.ID, Internal, Internal
		return d.addService(ctx, tx, a, sc, x)
	}
	return d.takeService(ctx, tx, a, sc, g)
}

func (d *Directory) takeService(ctx context.Context, tx *journal.Tx, a access.Actor, sc scope, g Given) error {
	was, err := selectService(ctx, tx, sc, g.Subject)
	if err != nil {
		return err
	}
	next := was.given(*g.Service)
	p, err := d.prepare(ctx, tx, sc, &next, was)
	if err != nil {
		return err
	}
	return d.rewriteService(ctx, tx, a, was, next, p)
}

// given is an entry with what another directory says of it.
func (p Partner) given(by Partner) Partner {
	p.Name, p.Kind, p.PSKS, p.Description, p.Website = by.Name, by.Kind, by.PSKS, by.Description, by.Website
	p.Address = p.Address.given(by.Address)
	return p
}

func (x Service) given(by Service) Service {
	by.ID, by.Office, by.Version, by.Visibility, by.EndedAt = x.ID, x.Office, x.Version, x.Visibility, x.EndedAt
	by.Capacity, by.Free, by.FreeAt, by.Promises = x.Capacity, x.Free, x.FreeAt, x.Promises
	by.Address = x.Address.given(by.Address)
	by.OwnPlace = by.OwnPlace || x.OwnPlace && x.Address.Visibility == Hidden
	return by
}

// given keeps a hidden address, which nobody but the office may replace.
func (a Address) given(by Address) Address {
	if a.Visibility == Hidden {
		return a
	}
	by.Visibility = a.Visibility
	return by
}
