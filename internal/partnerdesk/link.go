package partnerdesk

import (
	"context"
	"net/mail"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/person/phone"
	"teduh/internal/referral"
	"teduh/internal/web"
)

// Made is a link that was just made or given a new PIN. The PIN stands nowhere else.
type Made struct {
	Link
	PIN string
}

// check tidies whom the notices go to.
func (c *Contact) check() error {
	var bad fault.Checks
	if c.Mail != "" {
		address, err := mail.ParseAddress(c.Mail)
		bad.Field(err != nil || address.Address != c.Mail || len(c.Mail) > 200, "mail", "bad_email", "access.email.bad")
	}
	if c.Phone != "" {
		number, ok := phone.Normalise(c.Phone)
		bad.Field(!ok, "phone", "malformed", "partnerdesk.link.bad_phone")
		c.Phone = number
	}
	return bad.Err()
}

// MakeLink makes the link of a referral that is under way; the one before is dead from then on.
func (s *Service) MakeLink(ctx context.Context, a access.Actor, id db.ID, to Contact) (m Made, err error) {
	if err := to.check(); err != nil {
		return m, err
	}
	return s.onLink(ctx, a, id, "referral.link_made", func(tx *journal.Tx, x referral.Reach) (Made, error) {
		if err := revokeLink(ctx, tx, x.ID, tx.Now()); err != nil {
			return Made{}, err
		}
		l, err := s.insert(ctx, tx, a, x, to)
		if err != nil {
			return Made{}, err
		}
		return s.newPIN(ctx, tx, l)
	})
}

// NewPIN gives the living link of a referral a new PIN: for a lock, for a PIN that was forgotten, and for an address that stands
// on paper only. Whoever is in by it has to come in again.
func (s *Service) NewPIN(ctx context.Context, a access.Actor, id db.ID) (Made, error) {
	return s.onLink(ctx, a, id, "referral.link_pin", func(tx *journal.Tx, x referral.Reach) (Made, error) {
		l, err := s.linkIn(ctx, tx, x)
		if err != nil {
			return Made{}, err
		}
		if err := endVisits(ctx, tx, l.ID, tx.Now()); err != nil {
			return Made{}, err
		}
		return s.newPIN(ctx, tx, l)
	})
}

// Revoke ends the link of a referral.
func (s *Service) Revoke(ctx context.Context, a access.Actor, id db.ID) error {
	_, err := s.onLink(ctx, a, id, "referral.link_revoked", func(tx *journal.Tx, x referral.Reach) (Made, error) {
		if _, err := s.linkIn(ctx, tx, x); err != nil {
			return Made{}, err
		}
		return Made{}, revokeLink(ctx, tx, x.ID, tx.Now())
	})
	return err
}

// onLink runs an act of the office on a referral's link, and records it.
func (s *Service) onLink(ctx context.Context, a access.Actor, id db.ID, code string, act func(*journal.Tx, referral.Reach) (Made, error)) (m Made, err error) {
	if err := a.Require(access.ReferralRefer); err != nil {
		return m, err
	}
	err = s.Journal.Write(ctx, func(tx *journal.Tx) error {
		x, err := s.Referrals.ReachIn(ctx, tx, a, id)
		switch {
		case err != nil:
			return err
		case !x.In.Case.Writes:
			return fault.Forbidden()
		case !x.Underway() && code != "referral.link_revoked":
			return fault.Conflict("referral_state", "partnerdesk.link.not_underway")
		}
		if m, err = act(tx, x); err != nil {
			return err
		}
		return tx.Record(ctx, referral.ChangeOf(a, x.Referral, code))
	})
	return m, err
}

// insert makes a link without a PIN.
func (s *Service) insert(ctx context.Context, tx *journal.Tx, a access.Actor, x referral.Reach, to Contact) (l Link, err error) {
	l = Link{ID: db.NewID(), Referral: x.ID, Office: x.Office, MadeBy: casefile.User{ID: a.User, Name: a.Name}, MadeAt: tx.Now(),
		EndsAt: db.At(tx.Now().Add(LinkLasts)), Token: access.FormKey(), Contact: to}
	if l.sealed, err = x.In.Key.SealJSON(linkField, kept{l.Token, to}); err != nil {
		return l, err
	}
	return l, insertLink(ctx, tx, l, s.hashOf(l.Token))
}

const linkField = "referral link"

// kept is what is sealed of a link: its address is shown again on the office's page and goes along with notices.
type kept struct {
	Token string `json:"token"`
	Contact
}

func (s *Service) hashOf(token string) []byte { return s.Vault.Blind("referral link", token) }

// pinOf ties a PIN to its link: the same six digits are another hash elsewhere.
func (s *Service) pinOf(link db.ID, pin string) []byte {
	return s.Vault.Blind("referral link pin", link.String()+" "+pin)
}

func (s *Service) newPIN(ctx context.Context, tx *journal.Tx, l Link) (m Made, err error) {
	if m.PIN, err = newPIN(); err != nil {
		return m, err
	}
	m.Link, m.pin, m.LockedAt, m.EndsAt = l, s.pinOf(l.ID, m.PIN), db.Time{}, db.At(tx.Now().Add(LinkLasts))
	return m, setPIN(ctx, tx, m.Link)
}

// linkIn is the living link of a referral, opened; not found where there is none.
func (s *Service) linkIn(ctx context.Context, r db.Reader, x referral.Reach) (l Link, err error) {
	if l, err = selectLiving(ctx, r, x.ID); err != nil {
		return l, err
	}
	var k kept
	err = x.In.Key.OpenJSON(linkField, l.sealed, &k)
	l.Token, l.Contact = k.Token, k.Contact
	return l, err
}

// visitorsShown are the last ones who came in by a link.
const visitorsShown = 3

// Of is the living link of a referral with who came in by it, for the office; nil where there is none.
func (s *Service) Of(ctx context.Context, a access.Actor, id db.ID) (found *Link, err error) {
	if err := a.Require(access.ReferralRefer); err != nil {
		return nil, err
	}
	err = s.DB.Read(ctx, func(r db.Reader) error {
		x, err := s.Referrals.ReachIn(ctx, r, a, id)
		if err != nil {
			return err
		}
		if !x.In.Case.Writes {
			return fault.Forbidden() // the address is for those who work on the case
		}
		l, err := s.linkIn(ctx, r, x)
		if fault.Is(err, "not_found") {
			return nil
		}
		if err != nil {
			return err
		}
		l.Visitors, err = selectVisitors(ctx, r, x.In.Key, l.ID, visitorsShown)
		found = &l
		return err
	})
	return found, err
}

// PaperLink is the address that a letter's QR opens: of the living link, or of one made for the letter, which has no PIN until the
// office gives one by phone. It is called in the transaction that keeps the letter, by those who may refer.
func (s *Service) PaperLink(ctx context.Context, tx *journal.Tx, a access.Actor, id db.ID) (address string, err error) {
	if err := a.Require(access.ReferralRefer); err != nil {
		return "", err
	}
	x, err := s.Referrals.ReachIn(ctx, tx, a, id)
	switch {
	case err != nil:
		return "", err
	case !x.In.Case.Writes:
		return "", fault.Forbidden()
	case !x.Underway():
		return "", fault.Conflict("referral_state", "partnerdesk.link.not_underway")
	}
	l, err := s.linkIn(ctx, tx, x)
	if fault.Is(err, "not_found") {
		if l, err = s.insert(ctx, tx, a, x, Contact{}); err == nil {
			err = tx.Record(ctx, referral.ChangeOf(a, x.Referral, "referral.link_made"))
		}
	}
	return s.BaseURL + l.Path(), err
}

// nameOf checks what a visitor calls themselves.
func nameOf(name string) *fault.Error { return web.Length("name", name, 1, web.MaxName) }
