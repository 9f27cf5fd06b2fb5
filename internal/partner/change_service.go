package partner

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
)

// AddService makes a service, checked today by whoever makes it. Its partner is one the actor reaches, or none yet.
func (d *Directory) AddService(ctx context.Context, a access.Actor, x Service) (db.ID, error) {
	sc, err := keeping(a)
	if err != nil {
		return db.ID{}, err
	}
	x.ID, x.Office, x.EndedAt, x.Checked = db.NewID(), a.Office.ID, db.Time{}, d.checkedBy(a)
	return x.ID, d.journal.Write(ctx, func(tx *journal.Tx) error { return d.addService(ctx, tx, a, sc, x) })
}

func (d *Directory) addService(ctx context.Context, tx *journal.Tx, a access.Actor, sc scope, x Service) error {
	p, err := d.prepare(ctx, tx, sc, &x, Service{})
	if err != nil {
		return err
	}
	sealed, err := d.seal(ctx, tx, x.ID, &x.Address)
	if err == nil {
		err = insertService(ctx, tx, x, sealed)
	}
	if err == nil {
		err = find(ctx, tx, x, p)
	}
	if err != nil {
		return taken(err)
	}
	return tx.Record(ctx, ofService(a, x, "partner.service_added"))
}

// prepare tidies and checks a service that takes the place of another one, and reads whose it is.
func (d *Directory) prepare(ctx context.Context, tx *journal.Tx, sc scope, x *Service, was Service) (p Partner, err error) {
	settings, err := d.office.In(ctx, tx, x.Office)
	if err != nil {
		return p, err
	}
	x.tidy()
	if err := x.check(settings, was.For.Needs); err != nil {
		return p, err
	}
	if x.Free == nil {
		x.FreeAt = db.Time{}
	} else if was.Free == nil || *was.Free != *x.Free {
		x.FreeAt = tx.Now()
	}
	if x.Partner.IsZero() {
		return p, nil
	}
	p, err = selectPartner(ctx, tx, sc, x.Partner)
	if fault.Is(err, "not_found") {
		err = fault.Invalid(fault.Field("partner_id", "unknown", "partner.error.partner"))
	}
	return p, err
}

// ChangeService writes over the version that was read. A partner's user changes all but what the office decides: its name,
// whose it is, who may see it, and a hidden address.
func (d *Directory) ChangeService(ctx context.Context, a access.Actor, x Service) error {
	sc, err := changing(a)
	if err != nil {
		return err
	}
	return d.journal.Write(ctx, func(tx *journal.Tx) error {
		was, err := selectService(ctx, tx, sc, x.ID)
		if err != nil {
			return err
		}
		if was.Version != x.Version {
			return fault.VersionChanged(was.Version)
		}
		next := x
		if sc.own {
			next = was.said(x)
		}
		next.Office, next.EndedAt, next.FreeAt, next.Checked = was.Office, was.EndedAt, was.FreeAt, d.checkedBy(a)
		p, err := d.prepare(ctx, tx, sc, &next, was)
		if err != nil {
			return err
		}
		return d.rewriteService(ctx, tx, a, was, next, p)
	})
}

// said is a service with what its partner's people may say anew.
func (x Service) said(by Service) Service {
	by.Partner, by.Name, by.Visibility = x.Partner, x.Name, x.Visibility
	if x.OwnPlace && x.Address.Visibility == Hidden {
		by.OwnPlace, by.Address = true, x.Address
	} else if by.Address.Visibility == Hidden || by.Address.Visibility == "" {
		by.Address.Visibility = x.Address.Visibility
	}
	return by
}

func (d *Directory) rewriteService(ctx context.Context, tx *journal.Tx, a access.Actor, was, next Service, p Partner) error {
	sealed, err := d.resealed(ctx, tx, &next.Address, kept{"partner_service", was.ID, was.Address.Visibility})
	if err != nil {
		return err
	}
	if ok, err := db.Changed(updateService(ctx, tx, next, sealed)); err != nil || !ok {
		return changedMeanwhile(taken(err), was.Version)
	}
	if err := find(ctx, tx, next, p); err != nil {
		return err
	}
	return tx.Record(ctx, ofService(a, next, "partner.service_changed"))
}

// CheckService says that a service was looked through today and is right.
func (d *Directory) CheckService(ctx context.Context, a access.Actor, id db.ID, version int64) error {
	return d.onService(ctx, a, mark{id, version, "partner.service_checked", changing}, func(x *Service) error {
		x.Checked = d.checkedBy(a)
		return nil
	})
}

// TellFree says how many places are free now. It is told by whoever keeps the directory and by the partner's users; the last
// word stands, unless a version is named.
func (d *Directory) TellFree(ctx context.Context, a access.Actor, id db.ID, free int, version int64) error {
	return d.onService(ctx, a, mark{id, version, "partner.free_told", changing}, func(x *Service) error {
		x.Free, x.FreeAt = &free, db.At(d.now())
		var c fault.Checks
		x.checkPlaces(&c)
		return c.Err()
	})
}

// EndService takes a service out of the directory; its referrals keep it.
func (d *Directory) EndService(ctx context.Context, a access.Actor, id db.ID, version int64) error {
	return d.onService(ctx, a, mark{id, version, "partner.service_ended", keeping}, func(x *Service) error {
		if !x.EndedAt.IsZero() {
			return fault.Conflict("ended", "partner.error.ended")
		}
		x.EndedAt = db.At(d.now())
		return nil
	})
}

// ReturnService brings a service back.
func (d *Directory) ReturnService(ctx context.Context, a access.Actor, id db.ID, version int64) error {
	return d.onService(ctx, a, mark{id, version, "partner.service_returned", keeping}, func(x *Service) error {
		if x.EndedAt.IsZero() {
			return fault.Conflict("active", "partner.error.active")
		}
		x.EndedAt, x.Checked = db.Time{}, d.checkedBy(a)
		return nil
	})
}

func (d *Directory) onService(ctx context.Context, a access.Actor, m mark, act func(*Service) error) error {
	sc, err := m.scope(a)
	if err != nil {
		return err
	}
	return d.journal.Write(ctx, func(tx *journal.Tx) error {
		x, err := selectService(ctx, tx, sc, m.id)
		if err == nil {
			err = m.fits(x.Version)
		}
		if err == nil {
			err = act(&x)
		}
		if err != nil {
			return err
		}
		if ok, err := db.Changed(markService(ctx, tx, x)); err != nil || !ok {
			return changedMeanwhile(err, x.Version)
		}
		var p Partner
		if !x.Partner.IsZero() {
			if p, err = selectPartner(ctx, tx, sc, x.Partner); err != nil {
				return err
			}
		}
		if err := find(ctx, tx, x, p); err != nil {
			return err
		}
		return tx.Record(ctx, ofService(a, x, m.code))
	})
}

// Stale is what is to be asked about.
type Stale struct {
	Partners []Partner
	Services []Service
}

// Stale reads the active services and partners that nobody checked for StaleAfter days, the longest ago first, up to limit of
// each: for the list of what is to be looked through, and for whoever asks the partners by a notice.
func (d *Directory) Stale(ctx context.Context, a access.Actor, limit int) (st Stale, err error) {
	sc, err := reading(a)
	if err != nil {
		return st, err
	}
	before := d.today(a).AddDays(-StaleAfter)
	err = d.db.Read(ctx, func(r db.Reader) error {
		if st.Partners, err = selectStalePartners(ctx, r, sc, before, page{limit: limit}); err != nil {
			return err
		}
		rows, err := selectStale(ctx, r, sc, before, page{limit: limit})
		if err != nil {
			return err
		}
		for _, row := range rows {
			x, err := selectService(ctx, r, sc, row.id)
			if err != nil {
				return err
			}
			st.Services = append(st.Services, sc.tellService(x))
		}
		return nil
	})
	for i := range st.Partners {
		st.Partners[i] = sc.tell(st.Partners[i])
	}
	return st, err
}

// CountStale counts what is to be asked about.
func (d *Directory) CountStale(ctx context.Context, a access.Actor) (n int, err error) {
	sc, err := reading(a)
	if err != nil {
		return 0, err
	}
	err = d.db.Read(ctx, func(r db.Reader) error {
		services, partners, err := countStale(ctx, r, sc, d.today(a).AddDays(-StaleAfter))
		n = services + partners
		return err
	})
	return n, err
}
