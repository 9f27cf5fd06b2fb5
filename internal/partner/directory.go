package partner

import (
	"context"
	"slices"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/unit"
	"teduh/internal/vault"
)

// Directory is what can be done with partners and their services.
type Directory struct {
	db      *db.DB
	journal *journal.Journal
	vault   *vault.Vault
	office  *unit.Service
	now     func() time.Time
}

// Needs are what a Directory is built from.
type Needs struct {
	DB      *db.DB
	Journal *journal.Journal
	Vault   *vault.Vault
	Office  *unit.Service
	Now     func() time.Time
}

// NewDirectory of an installation.
func NewDirectory(n Needs) *Directory {
	return &Directory{db: n.DB, journal: n.Journal, vault: n.Vault, office: n.Office, now: n.Now}
}

// Partner reads an entry within the actor's scope. A partner's user is not told the office's remarks.
func (d *Directory) Partner(ctx context.Context, a access.Actor, id db.ID) (p Partner, err error) {
	sc, err := reading(a)
	if err != nil {
		return p, err
	}
	err = d.db.Read(ctx, func(r db.Reader) error {
		p, err = selectPartner(ctx, r, sc, id)
		return err
	})
	return sc.tell(p), err
}

// tell leaves out what is not for a partner's user.
func (s scope) tell(p Partner) Partner {
	if s.own {
		p.Remarks, p.Checked.Name = "", ""
	}
	return p
}

func (s scope) tellService(x Service) Service {
	if s.own {
		x.Checked.Name = ""
	}
	return x
}

// Service reads one service within the actor's scope.
func (d *Directory) Service(ctx context.Context, a access.Actor, id db.ID) (x Service, err error) {
	sc, err := reading(a)
	if err != nil {
		return x, err
	}
	err = d.db.Read(ctx, func(r db.Reader) error {
		x, err = selectService(ctx, r, sc, id)
		return err
	})
	return sc.tellService(x), err
}

// ServicesOf lists what a partner offers, what ended last.
func (d *Directory) ServicesOf(ctx context.Context, a access.Actor, id db.ID) (list []Service, err error) {
	sc, err := reading(a)
	if err != nil {
		return nil, err
	}
	err = d.db.Read(ctx, func(r db.Reader) error {
		list, err = selectServicesOf(ctx, r, sc, id)
		return err
	})
	for i := range list {
		list[i] = sc.tellService(list[i])
	}
	return list, err
}

// Partners lists entries by name after a place: those that are active, or those that ended.
func (d *Directory) Partners(ctx context.Context, a access.Actor, after Place, ended bool, limit int) (list []Partner, err error) {
	sc, err := reading(a)
	if err != nil {
		return nil, err
	}
	err = d.db.Read(ctx, func(r db.Reader) error {
		list, err = selectPartners(ctx, r, sc, page{after, ended, limit})
		return err
	})
	for i := range list {
		list[i] = sc.tell(list[i])
	}
	return list, err
}

// Ended lists the services that are offered no longer by name, for those who keep the directory.
func (d *Directory) Ended(ctx context.Context, a access.Actor, after Place, limit int) (list []Service, err error) {
	sc, err := keeping(a)
	if err != nil {
		return nil, err
	}
	err = d.db.Read(ctx, func(r db.Reader) error {
		list, err = selectEnded(ctx, r, sc, page{after: after, limit: limit})
		return err
	})
	return list, err
}

// ServiceIn reads a service of an office and whose it is, inside the transaction of an act that names it: the hidden ones and
// those that ended too. The caller has asked for the right; a service without a partner has the zero Partner.
func ServiceIn(ctx context.Context, r db.Reader, office, id db.ID) (x Service, p Partner, err error) {
	sc := scope{office: office, seen: [3]string{Public, Internal, Hidden}}
	if x, err = selectService(ctx, r, sc, id); err != nil || x.Partner.IsZero() {
		return x, p, err
	}
	p, err = selectPartner(ctx, r, sc, x.Partner)
	return x, p, err
}

// OwnServiceIn is ServiceIn for a partner's user: a service of the own partner alone, else it is not found.
func OwnServiceIn(ctx context.Context, r db.Reader, a access.Actor, id db.ID) (Service, error) {
	if err := a.Require(access.PartnerOwn); err != nil {
		return Service{}, err
	}
	if a.Partner.IsZero() {
		return Service{}, fault.NotFound()
	}
	return selectService(ctx, r, scope{office: a.Office.ID, seen: [3]string{Public, Internal, Hidden}, own: true, partner: a.Partner}, id)
}

// Known tells whether a partner is one of a unit's that the actor may name for an account: whoever manages accounts may name
// those that are not hidden, the command line all.
func (d *Directory) Known(ctx context.Context, r db.Reader, a access.Actor, office, id db.ID) (bool, error) {
	if err := a.Require(access.AccountManage); err != nil {
		return false, err
	}
	return selectKnown(ctx, r, office, id, a.Kind == access.System)
}

// MayHaveUsers refuses a partner that is none of the actor's office's, before an account is made for it.
func (d *Directory) MayHaveUsers(ctx context.Context, a access.Actor, id db.ID) error {
	return d.db.Read(ctx, func(r db.Reader) error {
		known, err := d.Known(ctx, r, a, a.Office.ID, id)
		if err == nil && !known {
			err = fault.Invalid(fault.Field("partner", "unknown", "access.partner.unknown"))
		}
		return err
	})
}

// mostOffered partners stand to choose from where an account is made.
const mostOffered = 200

// ForAccounts are the active partners of the actor's office that are not hidden, for whoever manages accounts.
func (d *Directory) ForAccounts(ctx context.Context, a access.Actor) (list []access.PartnerChoice, err error) {
	if err := a.Require(access.AccountManage); err != nil {
		return nil, err
	}
	sc := scope{office: a.Office.ID, seen: [3]string{Public, Internal, Internal}}
	var partners []Partner
	err = d.db.Read(ctx, func(r db.Reader) error {
		partners, err = selectPartners(ctx, r, sc, page{limit: mostOffered})
		return err
	})
	for _, p := range partners {
		list = append(list, access.PartnerChoice{ID: p.ID, Name: p.Name})
	}
	return list, err
}

// today at the actor's office.
func (d *Directory) today(a access.Actor) db.Date { return db.DayOf(d.now(), a.Zone()) }

// Found is a page of what was found.
type Found struct {
	Fits  []Fit
	Next  Place // zero where there is no more
	Total int
	At    time.Time // the instant that «now» meant
}

const usualPage = 20

// Search finds services. Where nothing is asked it lists all by name; else the best fit stands first.
func (d *Directory) Search(ctx context.Context, a access.Actor, q Ask) (f Found, err error) {
	sc, err := reading(a)
	if err != nil {
		return f, err
	}
	if q.At.IsZero() {
		q.At = d.now()
	}
	q.At = q.At.In(a.Zone())
	if q.Limit <= 0 {
		q.Limit = usualPage
	}
	err = d.db.Read(ctx, func(r db.Reader) error {
		f, err = search(ctx, r, sc, q)
		return err
	})
	return f, err
}

func search(ctx context.Context, r db.Reader, sc scope, q Ask) (f Found, err error) {
	var list []candidate
	w := newWeighing(q)
	if q.plain() && !sc.own {
		if list, err = selectByName(ctx, r, sc, page{after: q.After, limit: q.Limit + 1}); err != nil {
			return f, err
		}
		for i := range list {
			w.weigh(&list[i])
		}
		f.Total, err = countOffered(ctx, r, sc)
	} else {
		if list, err = candidates(ctx, r, sc, q); err != nil {
			return f, err
		}
		list = w.ordered(list)
		f.Total = len(list)
		list = after(list, q.After)
	}
	if err != nil {
		return f, err
	}
	f.At = q.At
	if len(list) > q.Limit {
		list = list[:q.Limit]
		last := list[q.Limit-1]
		f.Next = Place{last.score, last.key, last.id}
	}
	f.Fits, err = filled(ctx, r, sc, list)
	return f, err
}

// filled reads the services of a page, in its order.
func filled(ctx context.Context, r db.Reader, sc scope, list []candidate) ([]Fit, error) {
	ids := make([]db.ID, len(list))
	for i, c := range list {
		ids[i] = c.id
	}
	services, err := selectServices(ctx, r, sc, ids)
	if err != nil {
		return nil, err
	}
	fits := make([]Fit, 0, len(list))
	for _, c := range list {
		if i := slices.IndexFunc(services, func(x Service) bool { return x.ID == c.id }); i >= 0 {
			fits = append(fits, Fit{sc.tellService(services[i]), c.score, c.reasons})
		}
	}
	return fits, nil
}
