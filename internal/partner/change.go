package partner

import (
	"context"
	"errors"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/person/names"
	"teduh/internal/vault"
)

// AddPartner makes an entry, checked today by whoever makes it.
func (d *Directory) AddPartner(ctx context.Context, a access.Actor, p Partner) (db.ID, error) {
	if err := a.Require(access.PartnerWrite); err != nil {
		return db.ID{}, err
	}
	p.ID, p.Office, p.EndedAt, p.Checked = db.NewID(), a.Office.ID, db.Time{}, d.checkedBy(a)
	p.tidy()
	if err := p.check(); err != nil {
		return db.ID{}, err
	}
	return p.ID, d.journal.Write(ctx, func(tx *journal.Tx) error { return d.addPartner(ctx, tx, a, p) })
}

// addPartner writes an entry that was tidied and checked.
func (d *Directory) addPartner(ctx context.Context, tx *journal.Tx, a access.Actor, p Partner) error {
	if err := unitKnown(ctx, tx, p); err != nil {
		return err
	}
	sealed, err := d.seal(ctx, tx, p.ID, &p.Address)
	if err == nil {
		err = insertPartner(ctx, tx, p, sealed)
	}
	if err == nil {
		err = writeWords(ctx, tx, entry{p.ID, p.Office, "partner"}, names.Index(p.Name).Prefixes)
	}
	if err != nil {
		return taken(err)
	}
	return tx.Record(ctx, ofPartner(a, p, "partner.added"))
}

func (d *Directory) checkedBy(a access.Actor) Checked { return Checked{On: d.today(a), By: a.User} }

func ofPartner(a access.Actor, p Partner, code string) journal.Change {
	return journal.Change{Office: a.Office.ID, Actor: a.User, Code: code, Kind: "partner", Subject: p.ID}
}

func ofService(a access.Actor, x Service, code string) journal.Change {
	return journal.Change{Office: a.Office.ID, Actor: a.User, Code: code, Kind: "partner_service", Subject: x.ID}
}

// taken tells of a name that another entry of the office has.
func taken(err error) error {
	if db.IsDuplicate(err) {
		return fault.Invalid(fault.Field("name", "taken", "partner.error.taken"))
	}
	return err
}

func unitKnown(ctx context.Context, r db.Reader, p Partner) error {
	if p.Unit.IsZero() {
		return nil
	}
	err := access.UnitKnown(ctx, r, p.Unit)
	if fault.Is(err, "not_found") || p.Unit == p.Office {
		return fault.Invalid(fault.Field("unit_id", "unknown", "partner.error.unit"))
	}
	return err
}

// sealedAddress is what is sealed of a hidden address.
type sealedAddress struct {
	Street  string `json:"street,omitempty"`
	Village string `json:"village,omitempty"`
	Point   *Point `json:"point,omitempty"`
}

const addressField = "address"

// seal seals a hidden address under the key of what it belongs to, and leaves nothing of it readable.
func (d *Directory) seal(ctx context.Context, tx *journal.Tx, subject db.ID, at *Address) ([]byte, error) {
	if at.Visibility != Hidden || at.Empty() {
		return nil, nil
	}
	key, err := d.vault.Key(ctx, tx, subject)
	if errors.Is(err, vault.ErrForgotten) {
		key, err = d.vault.NewKey(ctx, tx, "office", subject)
	}
	if err != nil {
		return nil, err
	}
	sealed, err := key.SealJSON(addressField, sealedAddress{at.Street, at.Village, at.Point})
	if err != nil {
		return nil, err
	}
	at.Street, at.Village, at.Point = "", "", nil
	return sealed, nil
}

// resealed is seal for a change: a hidden address that was not typed anew stays as it was.
func (d *Directory) resealed(ctx context.Context, tx *journal.Tx, at *Address, was kept) ([]byte, error) {
	if at.Visibility == Hidden && at.Empty() && was.visibility == Hidden {
		return selectSealed(ctx, tx, was.table, was.id)
	}
	return d.seal(ctx, tx, was.id, at)
}

// kept is where an address stood before a change.
type kept struct {
	table      string
	id         db.ID
	visibility string
}

// ChangePartner writes over the version that was read. A partner's user changes what the partner says of itself: its
// description, website, contacts and an address that is not hidden.
func (d *Directory) ChangePartner(ctx context.Context, a access.Actor, p Partner) error {
	sc, err := changing(a)
	if err != nil {
		return err
	}
	return d.journal.Write(ctx, func(tx *journal.Tx) error {
		was, err := selectPartner(ctx, tx, sc, p.ID)
		if err != nil {
			return err
		}
		if was.Version != p.Version {
			return fault.VersionChanged(was.Version)
		}
		next := p
		next.Office, next.Checked, next.EndedAt = was.Office, d.checkedBy(a), was.EndedAt
		if sc.own {
			next = was.said(p)
			next.Checked = d.checkedBy(a)
		}
		next.tidy()
		if err := next.check(); err != nil {
			return err
		}
		if err := unitKnown(ctx, tx, next); err != nil {
			return err
		}
		return d.rewritePartner(ctx, tx, a, was, next)
	})
}

// said is an entry with what its own people may say anew.
func (p Partner) said(by Partner) Partner {
	p.Description, p.Website, p.Contacts = by.Description, by.Website, by.Contacts
	if p.Address.Visibility != Hidden {
		by.Address.Visibility = p.Address.Visibility
		p.Address = by.Address
	}
	return p
}

func (d *Directory) rewritePartner(ctx context.Context, tx *journal.Tx, a access.Actor, was, next Partner) error {
	sealed, err := d.resealed(ctx, tx, &next.Address, kept{"partner", was.ID, was.Address.Visibility})
	if err != nil {
		return err
	}
	ok, err := updatePartner(ctx, tx, next, sealed)
	if err != nil {
		return taken(err)
	}
	if !ok {
		return fault.VersionChanged(was.Version + 1)
	}
	if err := writeWords(ctx, tx, entry{next.ID, next.Office, "partner"}, names.Index(next.Name).Prefixes); err != nil {
		return err
	}
	if err := refind(ctx, tx, next); err != nil {
		return err
	}
	return tx.Record(ctx, ofPartner(a, next, "partner.changed"))
}

// refind writes anew how the services of a partner are found, after the partner changed.
func refind(ctx context.Context, tx *journal.Tx, p Partner) error {
	all := scope{office: p.Office, seen: [3]string{Public, Internal, Hidden}}
	services, err := selectServicesOf(ctx, tx, all, p.ID)
	for _, x := range services {
		if err == nil {
			err = find(ctx, tx, x, p)
		}
	}
	return err
}

// find writes how a service is found, by need, by area and by name.
func find(ctx context.Context, tx *journal.Tx, x Service, p Partner) error {
	x.PartnerName = p.Name
	if err := writeWords(ctx, tx, entry{x.ID, x.Office, "service"}, x.words().Prefixes); err != nil {
		return err
	}
	return writeFound(ctx, tx, x, p)
}

// CheckPartner says that an entry was looked through today and is right.
func (d *Directory) CheckPartner(ctx context.Context, a access.Actor, id db.ID, version int64) error {
	return d.onPartner(ctx, a, mark{id, version, "partner.checked", changing}, func(p *Partner) error { return nil })
}

// EndPartner takes an entry out of the directory with what it offers; its referrals keep it.
func (d *Directory) EndPartner(ctx context.Context, a access.Actor, id db.ID, version int64) error {
	return d.onPartner(ctx, a, mark{id, version, "partner.ended", keeping}, func(p *Partner) error {
		if !p.EndedAt.IsZero() {
			return fault.Conflict("ended", "partner.error.ended")
		}
		p.EndedAt = db.At(d.now())
		return nil
	})
}

// ReturnPartner brings an entry back.
func (d *Directory) ReturnPartner(ctx context.Context, a access.Actor, id db.ID, version int64) error {
	return d.onPartner(ctx, a, mark{id, version, "partner.returned", keeping}, func(p *Partner) error {
		if p.EndedAt.IsZero() {
			return fault.Conflict("active", "partner.error.active")
		}
		p.EndedAt = db.Time{}
		return nil
	})
}

// mark is an act on one entry that changes little; version 0 takes whichever stands.
type mark struct {
	id      db.ID
	version int64
	code    string
	scope   func(access.Actor) (scope, error)
}

// keeping is the scope of those alone who keep the directory.
func keeping(a access.Actor) (scope, error) {
	if err := a.Require(access.PartnerWrite); err != nil {
		return scope{}, err
	}
	return reading(a)
}

func (m mark) fits(version int64) error {
	if m.version != 0 && m.version != version {
		return fault.VersionChanged(version)
	}
	return nil
}

func (d *Directory) onPartner(ctx context.Context, a access.Actor, m mark, act func(*Partner) error) error {
	sc, err := m.scope(a)
	if err != nil {
		return err
	}
	return d.journal.Write(ctx, func(tx *journal.Tx) error {
		p, err := selectPartner(ctx, tx, sc, m.id)
		if err == nil {
			err = m.fits(p.Version)
		}
		if err == nil {
			err = act(&p)
		}
		if err != nil {
			return err
		}
		p.Checked = d.checkedBy(a)
		if ok, err := db.Changed(markPartner(ctx, tx, p)); err != nil || !ok {
			return changedMeanwhile(err, p.Version)
		}
		if err := refind(ctx, tx, p); err != nil {
			return err
		}
		return tx.Record(ctx, ofPartner(a, p, m.code))
	})
}

func changedMeanwhile(err error, version int64) error {
	if err != nil {
		return err
	}
	return fault.VersionChanged(version + 1)
}

// Address opens a hidden address for those who keep the directory; that it was read is in the log before it is told.
func (d *Directory) Address(ctx context.Context, a access.Actor, id db.ID, origin string) (at Address, err error) {
	sc, err := keeping(a)
	if err != nil {
		return at, err
	}
	err = d.db.Read(ctx, func(r db.Reader) error {
		p, err := selectPartner(ctx, r, sc, id)
		if err != nil {
			return err
		}
		at, err = d.opened(ctx, r, p.Address, kept{"partner", id, p.Address.Visibility})
		return err
	})
	if err != nil {
		return Address{}, err
	}
	return at, d.logged(ctx, a, "partner", id, origin)
}

// ServiceAddress is Address for a service that stands elsewhere than its partner.
func (d *Directory) ServiceAddress(ctx context.Context, a access.Actor, id db.ID, origin string) (at Address, err error) {
	sc, err := keeping(a)
	if err != nil {
		return at, err
	}
	err = d.db.Read(ctx, func(r db.Reader) error {
		x, err := selectService(ctx, r, sc, id)
		if err != nil {
			return err
		}
		at, err = d.opened(ctx, r, x.Address, kept{"partner_service", id, x.Address.Visibility})
		return err
	})
	if err != nil {
		return Address{}, err
	}
	return at, d.logged(ctx, a, "partner_service", id, origin)
}

func (d *Directory) logged(ctx context.Context, a access.Actor, kind string, id db.ID, origin string) error {
	return d.journal.LogNow(ctx, journal.Reading{Office: a.Office.ID, Actor: a.User, Kind: kind, Subject: id, Why: journal.WhyWork, Origin: origin})
}

func (d *Directory) opened(ctx context.Context, r db.Reader, at Address, was kept) (Address, error) {
	sealed, err := selectSealed(ctx, r, was.table, was.id)
	if err != nil || len(sealed) == 0 {
		return at, err
	}
	key, err := d.vault.Key(ctx, r, was.id)
	if err != nil {
		return at, err
	}
	var open sealedAddress
	if err := key.OpenJSON(addressField, sealed, &open); err != nil {
		return at, err
	}
	return Address{open.Street, open.Village, open.Point, at.Visibility}, nil
}
