package access

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/region"
)

var prefixForm = regexp.MustCompile(`^[A-Z][A-Z0-9]{1,9}$`)

// Check tidies a unit and names what is wrong with it.
func (u *Unit) Check() error {
	var c fault.Checks
	u.Name, u.Prefix = strings.Join(strings.Fields(u.Name), " "), strings.ToUpper(strings.TrimSpace(u.Prefix))
	c.Add(checkName(u.Name))
	c.Field(!slices.Contains(UnitKinds, u.Kind), "kind", "unknown", "error.choice")
	c.Field(!slices.Contains(Zones, u.Zone), "zone", "unknown", "error.choice")
	c.Field(u.Kind != "nation" && !region.Valid(u.Region), "region", "unknown", "access.region.unknown")
	c.Field(u.Kind == "office" && !prefixForm.MatchString(u.Prefix), "prefix", "malformed", "access.prefix.bad")
	return c.Err()
}

// AddUnit makes a unit; only the first has no parent.
func (s *Service) AddUnit(ctx context.Context, a Actor, u Unit) (db.ID, error) {
	if err := a.Require(UnitManage); err != nil {
		return db.ID{}, err
	}
	if err := u.Check(); err != nil {
		return db.ID{}, err
	}
	u.ID = db.NewID()
	err := s.write(ctx, func(tx *journal.Tx) error {
		if !u.Parent.IsZero() {
			if err := s.reaches(ctx, tx, a, u.Parent); err != nil {
				return err
			}
		}
		if err := insertUnit(ctx, tx, u, tx.Now()); err != nil {
			if db.IsDuplicate(err) {
				return fault.Invalid(fault.Field("prefix", "taken", "access.prefix.taken"))
			}
			return err
		}
		return tx.Record(ctx, a.change("unit.added", "unit", u.ID, nil))
	})
	return u.ID, err
}

// ChangeUnit writes the name, zone and prefix of the office the actor stands at.
func (s *Service) ChangeUnit(ctx context.Context, a Actor, u Unit) error {
	if err := a.Require(OfficeSettings); err != nil {
		return err
	}
	if err := u.Check(); err != nil {
		return err
	}
	return s.write(ctx, func(tx *journal.Tx) error {
		ok, err := db.Changed(updateUnit(ctx, tx, a.Office.ID, u))
		switch {
		case db.IsDuplicate(err):
			return fault.Invalid(fault.Field("prefix", "taken", "access.prefix.taken"))
		case err != nil:
			return err
		case !ok:
			return fault.VersionChanged(u.Version + 1)
		}
		return tx.Record(ctx, a.change("unit.changed", "unit", a.Office.ID, nil))
	})
}

// Unit reads one unit.
func (s *Service) Unit(ctx context.Context, id db.ID) (u Unit, err error) {
	err = s.db.Read(ctx, func(r db.Reader) error {
		u, err = selectUnit(ctx, r, id)
		return err
	})
	return u, err
}

// UnitKnown asks for a unit that another act names, in its transaction.
func UnitKnown(ctx context.Context, r db.Reader, id db.ID) error {
	_, err := selectUnit(ctx, r, id)
	return err
}

// Units lists the whole tree, parents before children. It is small: some hundreds at most.
func (s *Service) Units(ctx context.Context) (list []Unit, err error) {
	err = s.db.Read(ctx, func(r db.Reader) error {
		list, err = selectUnits(ctx, r)
		return err
	})
	return list, err
}

// FindUnit finds a unit by id, region code or name; an empty text is the only office there is.
func (s *Service) FindUnit(ctx context.Context, what string) (Unit, error) {
	list, err := s.Units(ctx)
	if err != nil {
		return Unit{}, err
	}
	var found []Unit
	for _, u := range list {
		if what == "" && u.Kind == "office" || u.ID.String() == what || what != "" && (u.Region == what || strings.EqualFold(u.Name, what)) {
			found = append(found, u)
		}
	}
	if len(found) != 1 {
		return Unit{}, fault.Conflict("unit_unclear", "access.unit.unclear", "n", len(found))
	}
	return found[0], nil
}

// Desks are the units a user may stand at: those roles are held over.
func (s *Service) Desks(ctx context.Context, a Actor) (desks []Unit, err error) {
	if err := a.Require(SignedIn); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		desks, err = selectDesks(ctx, r, a.User)
		return err
	})
	return desks, err
}

// Sit changes the desk of the current login.
func (s *Service) Sit(ctx context.Context, a Actor, unit db.ID) error {
	desks, err := s.Desks(ctx, a)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(desks, func(u Unit) bool { return u.ID == unit }) {
		return fault.NotFound()
	}
	return s.db.Write(ctx, func(tx db.Tx) error { return updateDesk(ctx, tx, a.Login, unit) })
}

// SetLanguage keeps the language a user reads in.
func (s *Service) SetLanguage(ctx context.Context, a Actor, language string) error {
	if err := a.Require(SignedIn); err != nil {
		return err
	}
	if language != "id" && language != "en" {
		return fault.Invalid(fault.Field("language", "unknown", "error.choice"))
	}
	return s.db.Write(ctx, func(tx db.Tx) error { return updateLanguage(ctx, tx, a.User, language) })
}

// Supervise notes who supervises a worker at an office; Unsupervise ends it.
func (s *Service) Supervise(ctx context.Context, a Actor, worker, supervisor db.ID) error {
	if err := a.Require(AccountManage); err != nil {
		return err
	}
	return s.write(ctx, func(tx *journal.Tx) error {
		if err := s.reachesUser(ctx, tx, a, worker); err != nil {
			return err
		}
		if err := insertSupervision(ctx, tx, worker, supervisor, a.Office.ID); err != nil {
			return err
		}
		return s.supervised(ctx, tx, worker, a.change("user.supervised", "user", worker, journal.Detail{"supervisor": supervisor}))
	})
}

// Unsupervise ends that someone supervises a worker at an office.
func (s *Service) Unsupervise(ctx context.Context, a Actor, worker, supervisor db.ID) error {
	if err := a.Require(AccountManage); err != nil {
		return err
	}
	return s.write(ctx, func(tx *journal.Tx) error {
		if ok, err := db.Changed(deleteSupervision(ctx, tx, worker, supervisor, a.Office.ID)); err != nil || !ok {
			return orNotFound(err)
		}
		return s.supervised(ctx, tx, worker, a.change("user.unsupervised", "user", worker, journal.Detail{"supervisor": supervisor}))
	})
}

// OnSupervision registers what must follow in the same transaction when a worker's supervisors change.
func (s *Service) OnSupervision(follow func(ctx context.Context, tx db.Tx, worker db.ID) error) {
	s.followers = append(s.followers, follow)
}

func (s *Service) supervised(ctx context.Context, tx *journal.Tx, worker db.ID, change journal.Change) error {
	for _, follow := range s.followers {
		if err := follow(ctx, tx, worker); err != nil {
			return err
		}
	}
	return tx.Record(ctx, change)
}

// Supervisors are those who supervise a worker at the actor's office.
func (s *Service) Supervisors(ctx context.Context, a Actor, worker db.ID) (ids []db.ID, err error) {
	if err := a.Require(AccountManage); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		if err := s.reachesUser(ctx, r, a, worker); err != nil {
			return err
		}
		ids, err = selectSupervisors(ctx, r, worker, a.Office.ID)
		return err
	})
	return ids, err
}

// SetSupervisors makes these and no others the supervisors of a worker.
func (s *Service) SetSupervisors(ctx context.Context, a Actor, worker db.ID, wanted []string) error {
	before, err := s.Supervisors(ctx, a, worker)
	if err != nil {
		return err
	}
	for _, id := range before {
		if !slices.Contains(wanted, id.String()) {
			if err := s.Unsupervise(ctx, a, worker, id); err != nil {
				return err
			}
		}
	}
	for _, text := range wanted {
		id, err := db.ParseID(text)
		if err != nil {
			return fault.NotFound()
		}
		if !slices.Contains(before, id) {
			if err := s.Supervise(ctx, a, worker, id); err != nil {
				return err
			}
		}
	}
	return nil
}
