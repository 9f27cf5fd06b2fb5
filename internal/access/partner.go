package access

import (
	"context"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
)

// PartnerUser is an account of a partner as its colleagues see it.
type PartnerUser struct {
	ID    db.ID
	Name  string
	Email string
	Waits bool // has not chosen a password yet
}

// ofPartner lets on the users of a partner.
func ofPartner(a Actor) error {
	if err := a.Require(PartnerOwn); err != nil {
		return err
	}
	if a.Partner.IsZero() {
		return fault.Forbidden()
	}
	return nil
}

// PartnerUsers are the accounts of the actor's own partner, by name.
func (s *Service) PartnerUsers(ctx context.Context, a Actor) (list []PartnerUser, err error) {
	if err := ofPartner(a); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		list, err = selectPartnerUsers(ctx, r, a.Office.ID, a.Partner)
		return err
	})
	return list, err
}

// PartnerUsersIn are the accounts of a partner at an office, for what it is told.
func PartnerUsersIn(ctx context.Context, r db.Reader, office, partner db.ID) ([]PartnerUser, error) {
	return selectPartnerUsers(ctx, r, office, partner)
}

// InvitePartnerUser makes an account of the actor's own partner and a one-time link to sign in with.
func (s *Service) InvitePartnerUser(ctx context.Context, a Actor, n NewAccount) (link string, err error) {
	if err := ofPartner(a); err != nil {
		return "", err
	}
	n.MadeUp = a.Office.MadeUp
	if err := n.Check(); err != nil {
		return "", err
	}
	id, link := db.NewID(), newToken()
	return link, s.write(ctx, func(tx *journal.Tx) error {
		if err := insertUser(ctx, tx, id, n, tx.Now()); err != nil {
			if db.IsDuplicate(err) {
				return fault.Invalid(fault.Field("email", "taken", "access.email.taken"))
			}
			return err
		}
		g := Grant{ID: db.NewID(), Role: Partner, Unit: a.Office.ID, Partner: a.Partner}
		if err := insertGrant(ctx, tx, id, g, tx.Now()); err != nil {
			return err
		}
		if err := insertLink(ctx, tx, hashToken(link), id, db.At(tx.Now().Add(linkLasts))); err != nil {
			return err
		}
		return tx.Record(ctx, a.change("user.invited", "user", id, journal.Detail{"role": g.Role, "unit": g.Unit}))
	})
}

// colleagueOf finds an account of the actor's own partner; any other is not found.
func colleagueOf(ctx context.Context, r db.Reader, a Actor, user db.ID) (PartnerUser, error) {
	list, err := selectPartnerUsers(ctx, r, a.Office.ID, a.Partner)
	for _, u := range list {
		if u.ID == user {
			return u, err
		}
	}
	return PartnerUser{}, orNotFound(err)
}

// PartnerUser is one account of the actor's own partner.
func (s *Service) PartnerUser(ctx context.Context, a Actor, user db.ID) (u PartnerUser, err error) {
	if err := ofPartner(a); err != nil {
		return u, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		u, err = colleagueOf(ctx, r, a, user)
		return err
	})
	return u, err
}

// PartnerUserLink makes a new one-time link for a colleague who has not come in yet. Whoever has a password keeps it: a colleague
// can't take their account over.
func (s *Service) PartnerUserLink(ctx context.Context, a Actor, user db.ID) (link string, err error) {
	if err := ofPartner(a); err != nil {
		return "", err
	}
	link = newToken()
	return link, s.write(ctx, func(tx *journal.Tx) error {
		u, err := colleagueOf(ctx, tx, a, user)
		if err != nil {
			return err
		}
		if !u.Waits {
			return fault.Conflict("has_password", "access.partner.has_password")
		}
		if err := insertLink(ctx, tx, hashToken(link), user, db.At(tx.Now().Add(linkLasts))); err != nil {
			return err
		}
		return tx.Record(ctx, a.change("user.link_made", "user", user, nil))
	})
}

// EndPartnerUser takes a colleague's role away; an account that holds no other one ends with it.
func (s *Service) EndPartnerUser(ctx context.Context, a Actor, user db.ID) error {
	if err := ofPartner(a); err != nil {
		return err
	}
	if user == a.User {
		return fault.Conflict("self", "access.disable.self")
	}
	return s.write(ctx, func(tx *journal.Tx) error {
		if _, err := colleagueOf(ctx, tx, a, user); err != nil {
			return err
		}
		if _, err := deleteGrant(ctx, tx, user, Partner, a.Office.ID); err != nil {
			return err
		}
		left, err := selectGrants(ctx, tx, user)
		if err != nil {
			return err
		}
		if len(left) == 0 {
			if _, err := disableUser(ctx, tx, user, tx.Now()); err != nil {
				return err
			}
		}
		return tx.Record(ctx, a.change("user.revoked", "user", user, journal.Detail{"role": Partner, "unit": a.Office.ID}))
	})
}
