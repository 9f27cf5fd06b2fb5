package access

import (
	"context"
	"time"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/vault"
)

// Service manages accounts, units, sign-ins and tokens.
type Service struct {
	db      *db.DB
	journal *journal.Journal
	vault   *vault.Vault
	now     func() time.Time
	recent  recent

	followers []func(ctx context.Context, tx db.Tx, worker db.ID) error
	partners  func(ctx context.Context, r db.Reader, a Actor, unit, id db.ID) (bool, error)
}

// NewService of an installation.
func NewService(d *db.DB, j *journal.Journal, v *vault.Vault, now func() time.Time) *Service {
	return &Service{db: d, journal: j, vault: v, now: now}
}

// KnowPartners hands in who tells whether a partner is one of a unit's that the actor may name.
func (s *Service) KnowPartners(known func(ctx context.Context, r db.Reader, a Actor, unit, id db.ID) (bool, error)) {
	s.partners = known
}

// AddUser makes an account without roles and without a password.
func (s *Service) AddUser(ctx context.Context, a Actor, n NewAccount) (db.ID, error) {
	if err := a.Require(AccountManage); err != nil {
		return db.ID{}, err
	}
	if err := n.Check(); err != nil {
		return db.ID{}, err
	}
	id := db.NewID()
	err := s.write(ctx, func(tx *journal.Tx) error {
		if err := insertUser(ctx, tx, id, n, tx.Now()); err != nil {
			if db.IsDuplicate(err) {
				return fault.Invalid(fault.Field("email", "taken", "access.email.taken"))
			}
			return err
		}
		return tx.Record(ctx, a.change("user.added", "user", id, nil))
	})
	return id, err
}

// change is a journal row of the actor's at the actor's office.
func (a Actor) change(code, kind string, id db.ID, d journal.Detail) journal.Change {
	return journal.Change{Office: a.Office.ID, Actor: a.User, Code: code, Kind: kind, Subject: id, Detail: d}
}

// Grant gives a user a role over a unit; a facilitator's kelurahan go with it, and the partner whose user it makes.
func (s *Service) Grant(ctx context.Context, a Actor, user db.ID, g Grant) error {
	if err := a.Require(AccountManage); err != nil {
		return err
	}
	var c fault.Checks
	c.Field(!g.Role.Valid(), "role", "unknown", "error.choice")
	c.Field(g.Role == Facilitator && len(g.Villages) == 0, "villages", "required", "access.villages.required")
	c.Field(g.Role == Partner && g.Partner.IsZero(), "partner", "required", "access.partner.required")
	if err := c.Err(); err != nil {
		return err
	}
	g.ID = db.NewID()
	if g.Role != Partner {
		g.Partner = db.ID{}
	}
	return s.write(ctx, func(tx *journal.Tx) error {
		if err := s.reaches(ctx, tx, a, g.Unit); err != nil {
			return err
		}
		if err := s.reachesUser(ctx, tx, a, user); err != nil {
			return err
		}
		if err := s.knowsPartner(ctx, tx, a, g); err != nil {
			return err
		}
		if err := insertGrant(ctx, tx, user, g, tx.Now()); err != nil {
			if db.IsDuplicate(err) {
				return fault.Conflict("already_granted", "access.grant.already")
			}
			return err
		}
		return tx.Record(ctx, a.change("user.granted", "user", user, journal.Detail{"role": g.Role, "unit": g.Unit}))
	})
}

// knowsPartner refuses a partner that is none of the unit's.
func (s *Service) knowsPartner(ctx context.Context, r db.Reader, a Actor, g Grant) error {
	if g.Role != Partner {
		return nil
	}
	known := false
	var err error
	if s.partners != nil {
		known, err = s.partners(ctx, r, a, g.Unit, g.Partner)
	}
	if err == nil && !known {
		err = fault.Invalid(fault.Field("partner", "unknown", "access.partner.unknown"))
	}
	return err
}

// Revoke takes a role away; it ends at the user's next request.
func (s *Service) Revoke(ctx context.Context, a Actor, user db.ID, role Role, unit db.ID) error {
	if err := a.Require(AccountManage); err != nil {
		return err
	}
	return s.write(ctx, func(tx *journal.Tx) error {
		if err := s.reaches(ctx, tx, a, unit); err != nil {
			return err
		}
		if ok, err := db.Changed(deleteGrant(ctx, tx, user, role, unit)); err != nil || !ok {
			return orNotFound(err)
		}
		return tx.Record(ctx, a.change("user.revoked", "user", user, journal.Detail{"role": role, "unit": unit}))
	})
}

func orNotFound(err error) error {
	if err == nil {
		return fault.NotFound()
	}
	return err
}

// reaches refuses a unit outside the subtree the actor stands on.
func (s *Service) reaches(ctx context.Context, r db.Reader, a Actor, unit db.ID) error {
	if a.Kind == System {
		return nil
	}
	for id := unit; !id.IsZero(); {
		if id == a.Office.ID {
			return nil
		}
		u, err := selectUnit(ctx, r, id)
		if err != nil {
			return err
		}
		id = u.Parent
	}
	return fault.NotFound()
}

// Disable ends an account: its sign-ins and tokens are dead at the next request.
func (s *Service) Disable(ctx context.Context, a Actor, user db.ID) error {
	if err := a.Require(AccountManage); err != nil {
		return err
	}
	if user == a.User {
		return fault.Conflict("self", "access.disable.self")
	}
	return s.write(ctx, func(tx *journal.Tx) error {
		if err := s.reachesUser(ctx, tx, a, user); err != nil {
			return err
		}
		if ok, err := db.Changed(disableUser(ctx, tx, user, tx.Now())); err != nil || !ok {
			return orNotFound(err)
		}
		return tx.Record(ctx, a.change("user.disabled", "user", user, nil))
	})
}

// Enable opens a disabled account again; its old sign-ins, tokens and links stay ended.
func (s *Service) Enable(ctx context.Context, a Actor, user db.ID) error {
	if err := a.Require(AccountManage); err != nil {
		return err
	}
	return s.write(ctx, func(tx *journal.Tx) error {
		if err := s.reachesUser(ctx, tx, a, user); err != nil {
			return err
		}
		if err := enableUser(ctx, tx, user); err != nil {
			return err
		}
		return tx.Record(ctx, a.change("user.enabled", "user", user, nil))
	})
}

// reachesUser lets an administrator manage those without a role yet and those with one in the own subtree.
func (s *Service) reachesUser(ctx context.Context, r db.Reader, a Actor, user db.ID) error {
	acc, err := selectAccount(ctx, r, user)
	if err != nil || len(acc.Grants) == 0 {
		return err
	}
	for _, g := range acc.Grants {
		if err := s.reaches(ctx, r, a, g.Unit); err == nil {
			return nil
		} else if !fault.Is(err, "not_found") {
			return err
		}
	}
	return fault.NotFound()
}

// Accounts lists users by name, those with a role at the unit or its subtree and those without any.
func (s *Service) Accounts(ctx context.Context, a Actor, after string, limit int) (list []Account, err error) {
	if err := a.Require(AccountManage); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		list, err = selectAccounts(ctx, r, accountPage{office: a.Office.ID, everywhere: a.Kind == System, after: after, limit: limit})
		return err
	})
	return list, err
}

// Account reads one user with the roles held.
func (s *Service) Account(ctx context.Context, a Actor, user db.ID) (acc Account, err error) {
	if err := a.Require(AccountManage); err != nil {
		return acc, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		if err := s.reachesUser(ctx, r, a, user); err != nil {
			return err
		}
		acc, err = selectAccount(ctx, r, user)
		return err
	})
	return acc, err
}

// FindUser finds a user by e-mail or id, for commands and for naming a worker.
func (s *Service) FindUser(ctx context.Context, who string) (acc Account, err error) {
	err = s.db.Read(ctx, func(r db.Reader) error {
		id, bad := db.ParseID(who)
		if bad != nil {
			if id, err = selectUserByEmail(ctx, r, emailKey(who)); err != nil {
				return err
			}
		}
		acc, err = selectAccount(ctx, r, id)
		return err
	})
	return acc, err
}

// Colleague is a user as the others of the office see it.
type Colleague struct {
	ID         db.ID
	Name       string
	Email      string
	Roles      []Role
	Profession string
}

// Colleagues are the active users with a role at the actor's office, by name.
func (s *Service) Colleagues(ctx context.Context, a Actor) (list []Colleague, err error) {
	if err := a.Require(SignedIn); err != nil && a.Kind != System {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		list, err = selectColleagues(ctx, r, a.Office.ID)
		return err
	})
	return list, err
}

// Offered are the colleagues of an office small enough to choose from a list; of a larger one there are none, and one is
// named by e-mail. A page of a case must not carry hundreds of names.
func (s *Service) Offered(ctx context.Context, a Actor) (list []Colleague, err error) {
	if err := a.Require(SignedIn); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		held, err := countRoles(ctx, r, a.Office.ID, mostOffered+1)
		if err != nil || held > mostOffered {
			return err
		}
		list, err = selectColleagues(ctx, r, a.Office.ID)
		return err
	})
	return list, err
}

// mostOffered roles are held at an office whose people stand in a list to choose from.
const mostOffered = 60

// ColleagueIn finds one active user of an office, inside a transaction that is about to name that user.
func ColleagueIn(ctx context.Context, r db.Reader, office db.ID, who string) (Colleague, error) {
	id, bad := db.ParseID(who)
	if bad != nil {
		var err error
		if id, err = selectUserByEmail(ctx, r, emailKey(who)); err != nil {
			return Colleague{}, err
		}
	}
	return selectColleague(ctx, r, office, id)
}

// OfficeIn is a unit as a place to act from, for what the clock does there.
func OfficeIn(ctx context.Context, r db.Reader, id db.ID) (Office, error) {
	u, err := selectUnit(ctx, r, id)
	return u.Office(), err
}

// Names of users by id, for showing who did what; unknown ids are left out.
func Names(ctx context.Context, r db.Reader, ids []db.ID) (map[db.ID]string, error) {
	return selectNames(ctx, r, ids)
}

// Grants are the roles of the actor's own account, with the units they are held over.
func (s *Service) Grants(ctx context.Context, a Actor) (list []Grant, err error) {
	if err := a.Require(SignedIn); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		list, err = selectGrants(ctx, r, a.User)
		return err
	})
	return list, err
}
