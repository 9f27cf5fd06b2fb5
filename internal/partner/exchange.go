package partner

import (
	"bytes"
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/journal"
	"teduh/internal/person/names"
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
		t := &taking{d: d, tx: tx, by: a, scope: sc, words: newWords(), found: newFound(), sources: newSources(), partners: map[db.ID]Partner{}}
		for _, g := range list {
			if err := t.one(ctx, g); err != nil {
				return err
			}
		}
		for _, rows := range []*db.Bulk{t.words, t.found, t.sources} {
			if err := rows.Flush(ctx, tx); err != nil {
				return err
			}
		}
		return tx.RecordMany(ctx, t.changes)
	})
}

// taking gathers the rows of one transaction, so that many entries are few statements.
type taking struct {
	d       *Directory
	tx      *journal.Tx
	by      access.Actor
	scope   scope
	words   *db.Bulk
	found   *db.Bulk
	sources *db.Bulk
	changes []journal.Change

	partners map[db.ID]Partner // that were read or written
}

func (t *taking) one(ctx context.Context, g Given) (err error) {
	switch {
	case g.Only:
	case g.Partner != nil && g.New:
		err = t.newPartner(ctx, g)
	case g.Partner != nil:
		err = t.partner(ctx, g)
	case g.New:
		err = t.newService(ctx, g)
	default:
		err = t.service(ctx, g)
	}
	if err != nil {
		return err
	}
	return t.sources.Add(ctx, t.tx, t.by.Office.ID, g.Kind, g.External, g.Subject, g.Digest)
}

func (t *taking) newPartner(ctx context.Context, g Given) error {
	p := *g.Partner
	p.ID, p.Office, p.Visibility, p.Address.Visibility = g.Subject, t.by.Office.ID, Internal, Internal
	p.tidy()
	if err := p.check(); err != nil {
		return err
	}
	if err := insertPartner(ctx, t.tx, p, nil); err != nil {
		return taken(err)
	}
	t.partners[p.ID] = p
	t.changes = append(t.changes, ofPartner(t.by, p, "partner.added"))
	return addWords(ctx, t.tx, t.words, entry{p.ID, p.Office, "partner"}, names.Index(p.Name).Prefixes)
}

func (t *taking) partner(ctx context.Context, g Given) error {
	was, err := selectPartner(ctx, t.tx, t.scope, g.Subject)
	if err != nil {
		return err
	}
	next := was.given(*g.Partner)
	next.tidy()
	if err := next.check(); err != nil {
		return err
	}
	delete(t.partners, g.Subject)
	return t.d.rewritePartner(ctx, t.tx, t.by, was, next)
}

// owner is a partner that services of the same file name.
func (t *taking) owner(ctx context.Context, id db.ID) (Partner, error) {
	if p, known := t.partners[id]; known {
		return p, nil
	}
	p, err := selectPartner(ctx, t.tx, t.scope, id)
	t.partners[id] = p
	return p, err
}

func (t *taking) newService(ctx context.Context, g Given) error {
	x := *g.Service
	x.ID, x.Office, x.Visibility, x.Address.Visibility = g.Subject, t.by.Office.ID, Internal, Internal
	settings, err := t.d.office.In(ctx, t.tx, x.Office)
	if err != nil {
		return err
	}
	x.tidy()
	if err := x.check(settings, nil); err != nil {
		return err
	}
	p, err := t.owner(ctx, x.Partner)
	if err != nil {
		return err
	}
	x.PartnerName = p.Name
	if err := insertService(ctx, t.tx, x, nil); err != nil {
		return taken(err)
	}
	t.changes = append(t.changes, ofService(t.by, x, "partner.service_added"))
	if err := addWords(ctx, t.tx, t.words, entry{x.ID, x.Office, "service"}, x.words().Prefixes); err != nil {
		return err
	}
	return addFound(ctx, t.tx, t.found, x, p)
}

func (t *taking) service(ctx context.Context, g Given) error {
	was, err := selectService(ctx, t.tx, t.scope, g.Subject)
	if err != nil {
		return err
	}
	next := was.given(*g.Service)
	p, err := t.d.prepare(ctx, t.tx, t.scope, &next, was)
	if err != nil {
		return err
	}
	return t.d.rewriteService(ctx, t.tx, t.by, was, next, p)
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
