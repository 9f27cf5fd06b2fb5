package intake

import (
	"context"
	"slices"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/unit"
	"teduh/internal/web"
)

// act runs an act on a request that is not decided yet, raises its version and records the change.
func (s *Service) act(ctx context.Context, a access.Actor, id db.ID, version int64, do func(*journal.Tx, *Request) (journal.Change, error)) (q Request, err error) {
	if err := a.Require(access.RequestRead); err != nil {
		return q, err
	}
	err = s.journal.Write(ctx, func(tx *journal.Tx) error {
		if q, err = s.find(ctx, tx, a, id); err != nil {
			return err
		}
		switch {
		case version != 0 && version != q.Version:
			return fault.VersionChanged(q.Version)
		case q.State == Decided:
			return fault.Conflict("decided", "intake.decided_already")
		}
		change, err := do(tx, &q)
		if err != nil {
			return err
		}
		q.Version++
		key, err := s.vault.Key(ctx, tx, id)
		if err != nil {
			return err
		}
		sealed, err := sealTold(key, q.Told)
		if err != nil {
			return err
		}
		if err := updateRequest(ctx, tx, q, sealed); err != nil {
			return err
		}
		if err := tx.Record(ctx, change); err != nil {
			return err
		}
		return s.tell(ctx, tx, a, q, change.Code)
	})
	return q, err
}

// Take makes a colleague the one who sees to a request; empty means oneself. It can be taken over.
func (s *Service) Take(ctx context.Context, a access.Actor, id db.ID, who string, version int64) (Request, error) {
	if err := a.Require(access.RequestHandle); err != nil {
		return Request{}, err
	}
	return s.act(ctx, a, id, version, func(tx *journal.Tx, q *Request) (journal.Change, error) {
		u, err := s.colleague(ctx, tx, a, who)
		if err != nil {
			return journal.Change{}, err
		}
		q.AssignedTo, q.TakenAt = u, tx.Now()
		return s.change(a, *q, "request.taken", journal.Detail{"to": u.ID}), nil
	})
}

// colleague is an active worker of the office who may see requests.
func (s *Service) colleague(ctx context.Context, r db.Reader, a access.Actor, who string) (User, error) {
	if who == "" {
		who = a.User.String()
	}
	c, err := access.ColleagueIn(ctx, r, a.Office.ID, who)
	if fault.Is(err, "not_found") || err == nil && !slices.ContainsFunc(c.Roles, func(role access.Role) bool { return role.Allows(access.RequestRead) }) {
		return User{}, fault.Invalid(fault.Field("assigned_to", "unknown", "intake.colleague.unknown"))
	}
	return User{c.ID, c.Name}, err
}

// Contact notes a try to reach someone; one that reached stops the clock.
func (s *Service) Contact(ctx context.Context, a access.Actor, id db.ID, c Contact) (Request, error) {
	if err := a.Require(access.RequestHandle); err != nil {
		return Request{}, err
	}
	return s.act(ctx, a, id, 0, func(tx *journal.Tx, q *Request) (journal.Change, error) {
		if c.At.IsZero() {
			c.At = tx.Now()
		}
		if err := c.check(*q, tx.Now()); err != nil {
			return journal.Change{}, err
		}
		key, err := s.vault.Key(ctx, tx, id)
		if err != nil {
			return journal.Change{}, err
		}
		body, err := key.Seal("contact", c.Note)
		if err != nil {
			return journal.Change{}, err
		}
		c.ID, c.By, c.RecordedAt = db.NewID(), User{a.User, a.Name}, tx.Now()
		if err := insertContact(ctx, tx, id, c, body); err != nil {
			return journal.Change{}, err
		}
		if q.AssignedTo.ID.IsZero() {
			q.AssignedTo, q.TakenAt = c.By, tx.Now()
		}
		if !c.Reached {
			return s.change(a, *q, "request.not_reached", journal.Detail{"how": c.How}), nil
		}
		if q.State == New {
			q.State, q.Contacted = Contacted, c.At
		}
		return s.change(a, *q, "request.reached", journal.Detail{"how": c.How}), nil
	})
}

func (c Contact) check(q Request, now db.Time) error {
	var bad fault.Checks
	bad.Field(!slices.Contains(Hows, c.How), "how", "unknown", "error.choice")
	bad.Field(c.At.Before(q.ArrivedAt.Time), "at", "before_arrival", "intake.contact.before")
	bad.Field(c.At.After(now.Add(clockSlack)), "at", "future", "intake.contact.future")
	bad.Add(web.Length("note", c.Note, 0, web.MaxText))
	return bad.Err()
}

// SetUrgency raises freely; lowering below what was set asks for a reason. The clock runs from the arrival again.
func (s *Service) SetUrgency(ctx context.Context, a access.Actor, id db.ID, urgency, reason string, version int64) (Request, error) {
	if err := a.Require(access.RequestHandle); err != nil {
		return Request{}, err
	}
	return s.act(ctx, a, id, version, func(tx *journal.Tx, q *Request) (journal.Change, error) {
		return s.setUrgency(ctx, tx, a, q, urgency, reason)
	})
}

func (s *Service) setUrgency(ctx context.Context, tx *journal.Tx, a access.Actor, q *Request, urgency, reason string) (journal.Change, error) {
	if !slices.Contains(unit.Urgencies, urgency) {
		return journal.Change{}, fault.Invalid(fault.Field("urgency", "unknown", "error.choice"))
	}
	lower := slices.Index(unit.Urgencies, urgency) > slices.Index(unit.Urgencies, q.Urgency)
	if lower && web.Length("reason", reason, 3, web.MaxLine) != nil {
		return journal.Change{}, fault.Invalid(fault.Field("reason", "required", "intake.urgency.reason"))
	}
	settings, err := s.office.In(ctx, tx, a.Office.ID)
	if err != nil {
		return journal.Change{}, err
	}
	from := q.Urgency
	q.Urgency, q.RespondBy = urgency, db.At(settings.RespondBy(urgency, q.ArrivedAt.Time, a.Office.Zone))
	if lower {
		q.Told.Word = joined(q.Told.Word, reason)
	}
	return s.change(a, *q, "request.urgency", journal.Detail{"from": from, "to": urgency}), nil
}

func joined(before, words string) string {
	if before == "" {
		return words
	}
	return before + "\n" + words
}

// Amendment is what may be changed of a request at once.
type Amendment struct {
	Urgency    string
	Reason     string
	AssignedTo string
	Version    int64
}

// Change writes urgency and who sees to it, both or none.
func (s *Service) Change(ctx context.Context, a access.Actor, id db.ID, m Amendment) (Request, error) {
	if err := a.Require(access.RequestHandle); err != nil {
		return Request{}, err
	}
	if m.Urgency == "" && m.AssignedTo == "" {
		return s.unchanged(ctx, a, id, m.Version)
	}
	return s.act(ctx, a, id, m.Version, func(tx *journal.Tx, q *Request) (journal.Change, error) {
		change := s.change(a, *q, "request.taken", nil)
		if m.AssignedTo != "" {
			u, err := s.colleague(ctx, tx, a, m.AssignedTo)
			if err != nil {
				return change, err
			}
			q.AssignedTo, q.TakenAt = u, tx.Now()
		}
		if m.Urgency == "" || m.Urgency == q.Urgency && m.AssignedTo != "" {
			return change, nil
		}
		if m.AssignedTo != "" {
			if err := tx.Record(ctx, change); err != nil {
				return change, err
			}
		}
		return s.setUrgency(ctx, tx, a, q, m.Urgency, m.Reason)
	})
}

// unchanged answers a change of nothing: nothing is written.
func (s *Service) unchanged(ctx context.Context, a access.Actor, id db.ID, version int64) (q Request, err error) {
	err = s.db.Read(ctx, func(r db.Reader) error {
		q, err = s.find(ctx, r, a, id)
		return err
	})
	if err == nil && version != q.Version {
		err = fault.VersionChanged(q.Version)
	}
	return q, err
}
