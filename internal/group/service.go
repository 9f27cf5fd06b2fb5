package group

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/web"
)

// Service is what can be done with the sessions of groups.
type Service struct{ cases *casefile.Service }

// NewService over the cases of an installation.
func NewService(cases *casefile.Service) *Service { return &Service{cases: cases} }

// Place is where a page of sessions ends: the next one holds what was held before it.
type Place struct {
	At db.Time
	ID db.ID
}

// PageSize is how many sessions stand side by side.
const PageSize = 6

// Page is who came to the sessions of a case before a place, the newest first, and whether there are older ones.
func (s *Service) Page(ctx context.Context, a access.Actor, caseID db.ID, before Place, limit int) (g Grid, more bool, err error) {
	err = s.cases.Read(ctx, a, caseID, func(r db.Reader, in casefile.Inside) error {
		if g.Sessions, err = selectSessions(ctx, r, in, before, limit+1); err != nil {
			return err
		}
		if more = len(g.Sessions) > limit; more {
			g.Sessions = g.Sessions[:limit]
		}
		return s.fill(ctx, r, in, &g)
	})
	return g, more, err
}

// Grid is a page as it stands side by side: the oldest first.
func (s *Service) Grid(ctx context.Context, a access.Actor, caseID db.ID, before Place) (g Grid, err error) {
	g, g.Earlier, err = s.Page(ctx, a, caseID, before, PageSize)
	slices.Reverse(g.Sessions)
	return g, err
}

// One is a session with who came to it.
func (s *Service) One(ctx context.Context, a access.Actor, caseID, id db.ID) (g Grid, err error) {
	err = s.cases.Read(ctx, a, caseID, func(r db.Reader, in casefile.Inside) error {
		one, err := selectSession(ctx, r, in, id)
		if err != nil {
			return err
		}
		g.Sessions = []Session{one}
		return s.fill(ctx, r, in, &g)
	})
	return g, err
}

// fill reads the members and marks of a grid's sessions.
func (s *Service) fill(ctx context.Context, r db.Reader, in casefile.Inside, g *Grid) (err error) {
	g.Case, g.Marks = in.Case, map[db.ID]map[db.ID]string{}
	if !in.Case.Grouped() {
		return nil
	}
	if g.Members, err = s.cases.MembersIn(ctx, r, in); err != nil {
		return err
	}
	for _, x := range g.Sessions {
		if g.Marks[x.ID], err = selectMarks(ctx, r, x.ID); err != nil {
			return err
		}
	}
	g.ByMember, err = countMarks(ctx, r, in.Case.ID)
	return err
}

// Hold records a session, or plans one ahead.
func (s *Service) Hold(ctx context.Context, a access.Actor, caseID db.ID, x Session, led string) (db.ID, error) {
	x.ID, x.Version = db.NewID(), 1
	return x.ID, s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		if !in.Case.Grouped() {
			return "", fault.Conflict("no_group", "group.no_group")
		}
		sealed, err := s.prepare(ctx, tx, a, in, &x, led)
		if err == nil {
			err = insertSession(ctx, tx, row{in.Case.ID, a.User, tx.Now(), x}, sealed)
		}
		if err != nil {
			return "", err
		}
		code := map[bool]string{true: "group.session", false: "group.session_planned"}[x.begun(tx.Now().Time)]
		return "", tx.Record(ctx, ofSession(a, in, x.ID, code))
	})
}

// prepare checks a session and seals what is told of it. Led is an e-mail or id; empty means the actor.
func (s *Service) prepare(ctx context.Context, tx *journal.Tx, a access.Actor, in casefile.Inside, x *Session, led string) ([]byte, error) {
	if err := x.check(tx.Now().Time); err != nil {
		return nil, err
	}
	x.LedBy = casefile.User{ID: a.User, Name: a.Name}
	if led != "" {
		c, err := access.ColleagueIn(ctx, tx, a.Office.ID, led)
		if fault.Is(err, "not_found") {
			err = fault.Invalid(fault.Field("led_by", "unknown", "case.named.unknown"))
		}
		if err != nil {
			return nil, err
		}
		x.LedBy = casefile.User{ID: c.ID, Name: c.Name}
	}
	plain, err := json.Marshal(x.Told)
	if err != nil {
		return nil, err
	}
	return in.Key.Seal("group session", string(plain))
}

func ofSession(a access.Actor, in casefile.Inside, id db.ID, code string) journal.Change {
	return journal.Change{Office: a.Office.ID, Actor: a.User, Code: code, Kind: "group_session", Subject: id, Case: in.Case.ID}
}

// Change writes over the version that was read. A session that has marks is not moved to a day on which somebody marked was
// no member, nor ahead.
func (s *Service) Change(ctx context.Context, a access.Actor, caseID db.ID, x Session, led string) error {
	return s.onSession(ctx, a, caseID, x.ID, "group.session_changed", func(tx *journal.Tx, in casefile.Inside, was Session) error {
		if x.Version != was.Version {
			return fault.VersionChanged(was.Version)
		}
		if led == "" {
			led = was.LedBy.ID.String()
		}
		sealed, err := s.prepare(ctx, tx, a, in, &x, led)
		if err != nil {
			return err
		}
		if err := s.stillFits(ctx, tx, a, in, x); err != nil {
			return err
		}
		return updateSession(ctx, tx, x, sealed)
	})
}

// stillFits checks that the marks of a session hold on its new day.
func (s *Service) stillFits(ctx context.Context, tx *journal.Tx, a access.Actor, in casefile.Inside, x Session) error {
	marks, err := selectMarks(ctx, tx, x.ID)
	if err != nil || len(marks) == 0 {
		return err
	}
	if !x.begun(tx.Now().Time) {
		return fault.Invalid(fault.Field("held_at", "marked", "group.session.marked_ahead"))
	}
	members, err := s.cases.MembersIn(ctx, tx, in)
	for _, m := range members {
		if _, marked := marks[m.ID]; marked && !m.On(x.day(a.Office.Zone)) {
			return fault.Invalid(fault.Field("held_at", "marked", "group.session.marked_before"))
		}
	}
	return err
}

// Cancel keeps that a session did not take place, with a reason; its marks count no longer.
func (s *Service) Cancel(ctx context.Context, a access.Actor, caseID, id db.ID, why string) error {
	if bad := web.Length("reason", why, 3, web.MaxLine); bad != nil {
		return fault.Invalid(bad)
	}
	return s.onSession(ctx, a, caseID, id, "group.session_cancelled", func(tx *journal.Tx, in casefile.Inside, _ Session) error {
		sealed, err := in.Key.Seal("cancelled", why)
		if err != nil {
			return err
		}
		return cancelSession(ctx, tx, id, tx.Now(), sealed)
	})
}

// onSession runs an act on a session that stands, and records it.
func (s *Service) onSession(ctx context.Context, a access.Actor, caseID, id db.ID, code string, act func(*journal.Tx, casefile.Inside, Session) error) error {
	return s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		x, err := standing(ctx, tx, in, id)
		if err == nil {
			err = act(tx, in, x)
		}
		if err != nil {
			return "", err
		}
		return "", tx.Record(ctx, ofSession(a, in, id, code))
	})
}

func standing(ctx context.Context, r db.Reader, in casefile.Inside, id db.ID) (Session, error) {
	x, err := selectSession(ctx, r, in, id)
	if err == nil && !x.CancelledAt.IsZero() {
		err = fault.Conflict("session_cancelled", "group.session.cancelled_already")
	}
	return x, err
}

// errSame ends an act that changes nothing.
var errSame = errors.New("group: nothing to change")

// Attend writes marks of a session. Rest marks all others present who were members on its day and of whom nothing is marked
// yet. What is marked so already is not written again; the last mark of a cell stands, and the journal has what it was.
func (s *Service) Attend(ctx context.Context, a access.Actor, caseID, id db.ID, marks []Mark, rest bool) error {
	err := s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		x, err := standing(ctx, tx, in, id)
		if err != nil {
			return "", err
		}
		if !x.begun(tx.Now().Time) {
			return "", fault.Conflict("session_ahead", "group.session.ahead")
		}
		m := marking{actor: a, session: x}
		if m.members, err = s.cases.MembersIn(ctx, tx, in); err != nil {
			return "", err
		}
		if m.before, err = selectMarks(ctx, tx, id); err != nil {
			return "", err
		}
		if rest {
			marks = m.withRest(marks)
		}
		if err := m.check(marks); err != nil {
			return "", err
		}
		if err := m.write(ctx, tx, marks); err != nil {
			return "", err
		}
		change := ofSession(a, in, id, "group.attendance")
		change.Detail = journal.Detail{"marks": m.changed}
		return "", tx.Record(ctx, change)
	})
	if errors.Is(err, errSame) {
		return nil
	}
	return err
}

// WriteNote writes the note of a session: for all, or for one member alone.
func (s *Service) WriteNote(ctx context.Context, a access.Actor, caseID, id db.ID, n casefile.NewNote) (casefile.Note, error) {
	if err := a.Require(access.CaseWork); err != nil {
		return casefile.Note{}, err
	}
	var x Session
	err := s.cases.Read(ctx, a, caseID, func(r db.Reader, in casefile.Inside) (err error) {
		x, err = standing(ctx, r, in, id)
		return err
	})
	if err != nil {
		return casefile.Note{}, err
	}
	if !x.begun(s.cases.Now()) {
		return casefile.Note{}, fault.Conflict("session_ahead", "group.session.ahead")
	}
	n.Kind, n.Session, n.HappenedAt, n.Minutes, n.Place = "group", id, x.HeldAt.Time, x.Minutes, x.Place
	return s.cases.WriteNote(ctx, a, caseID, n)
}
