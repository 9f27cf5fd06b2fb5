package supervision

import (
	"context"
	"strings"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/web"
)

// Conference is a meeting of colleagues and people from outside about a case: who was there, what was decided, and the tasks
// made from it. A wrong one is struck and stays to be read.
type Conference struct {
	ID      db.ID
	HeldAt  db.Time
	Members []casefile.User // colleagues
	ConferenceText
	Tasks        []casefile.Task
	By           casefile.User
	At           db.Time
	StruckAt     db.Time
	StruckBy     casefile.User
	StruckReason string
}

// ConferenceText is what of a conference is sealed.
type ConferenceText struct {
	Outside string `json:"outside,omitempty"` // people from elsewhere, one a line or between commas
	About   string `json:"about"`
	Decided string `json:"decided"`
}

// NewConference is what it takes to record one.
type NewConference struct {
	HeldAt  db.Time // zero means now
	Members []string
	ConferenceText
	Tasks []casefile.NewTask
}

// The most that one conference takes.
const (
	MaxMembers = 40
	MaxTasks   = 10
)

// Guests are the people from elsewhere.
func (c ConferenceText) Guests() (names []string) {
	for _, name := range strings.FieldsFunc(c.Outside, func(r rune) bool { return r == '\n' || r == ',' || r == ';' }) {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}

func (n NewConference) check(now time.Time) error {
	var c fault.Checks
	c.Field(len(n.Members) == 0 && len(n.Guests()) == 0, "members", "required", "supervision.conference.nobody")
	c.Field(len(n.Members) > MaxMembers, "members", "too_many", "supervision.conference.too_many")
	c.Field(len(n.Tasks) > MaxTasks, "tasks", "too_many", "supervision.conference.too_many")
	c.Add(web.Length("outside", n.Outside, 0, web.MaxText))
	c.Add(web.Length("about", n.About, 1, web.MaxLine))
	c.Add(web.Length("decided", n.Decided, 1, web.MaxText))
	c.Field(n.HeldAt.After(now), "held", "future", "case.note.future")
	return c.Err()
}

// HoldConference records a conference with its tasks, for those who work on the case and those who lead.
func (s *Service) HoldConference(ctx context.Context, a access.Actor, caseID db.ID, n NewConference) (db.ID, error) {
	id := db.NewID()
	return id, s.cases.Attend(ctx, a, caseID, access.CaseRead, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		if err := mayConfer(ctx, tx, a, in.Case); err != nil {
			return "", err
		}
		if n.HeldAt.IsZero() {
			n.HeldAt = tx.Now()
		}
		if err := n.check(tx.Now().Time); err != nil {
			return "", err
		}
		body, err := in.Key.SealJSON("conference", n.ConferenceText)
		if err != nil {
			return "", err
		}
		c := Conference{ID: id, HeldAt: n.HeldAt, By: casefile.User{ID: a.User}, At: tx.Now()}
		if err := insertConference(ctx, tx, caseID, c, body); err != nil {
			return "", err
		}
		return "conference.held", s.convene(ctx, tx, a, in, id, n)
	})
}

// mayConfer lets those write who work on an open case, and those who lead.
func mayConfer(ctx context.Context, r db.Reader, a access.Actor, c casefile.Case) error {
	if !c.Writes {
		if !a.Can(access.CaseSupervise) {
			return fault.Forbidden()
		}
		if err := leads(ctx, r, a, c); err != nil {
			return err
		}
	}
	if c.Status == "closed" {
		return fault.Conflict("case_closed", "case.closed")
	}
	return nil
}

// convene names the colleagues and makes the tasks.
func (s *Service) convene(ctx context.Context, tx *journal.Tx, a access.Actor, in casefile.Inside, id db.ID, n NewConference) error {
	for _, who := range n.Members {
		u, err := access.ColleagueIn(ctx, tx, a.Office.ID, who)
		if fault.Is(err, "not_found") {
			return fault.Invalid(fault.Field("members", "unknown", "case.worker.unknown"))
		}
		if err == nil {
			err = insertMember(ctx, tx, id, u.ID)
		}
		if err != nil {
			return err
		}
	}
	for _, t := range n.Tasks {
		made, err := s.cases.GiveIn(ctx, tx, a, in, t)
		if err == nil {
			err = insertTask(ctx, tx, id, made.ID)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// StrikeConference marks a conference that was written down wrongly. Who recorded it may, and the head; its tasks stay.
func (s *Service) StrikeConference(ctx context.Context, a access.Actor, caseID, id db.ID, reason string) error {
	if bad := web.Length("reason", reason, 3, web.MaxLine); bad != nil {
		return fault.Invalid(bad)
	}
	return s.cases.Attend(ctx, a, caseID, access.CaseRead, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		list, err := selectConferences(ctx, tx, in, id)
		switch {
		case err != nil:
			return "", err
		case len(list) == 0:
			return "", fault.NotFound()
		case list[0].By.ID != a.User && !a.Has(access.Head):
			return "", fault.Forbidden()
		case !list[0].StruckAt.IsZero():
			return "", fault.Conflict("conference_struck", "supervision.conference.struck_already")
		}
		body, err := in.Key.Seal("struck", reason)
		if err != nil {
			return "", err
		}
		return "conference.struck", strikeConference(ctx, tx, id, a.User, tx.Now(), body)
	})
}

// Conferences reads those of a case, the newest first.
func (s *Service) Conferences(ctx context.Context, a access.Actor, caseID db.ID) ([]Conference, error) {
	return s.conferences(ctx, a, caseID, db.ID{})
}

// Conference reads one of a case's.
func (s *Service) Conference(ctx context.Context, a access.Actor, caseID, id db.ID) (Conference, error) {
	list, err := s.conferences(ctx, a, caseID, id)
	if err == nil && len(list) == 0 {
		err = fault.NotFound()
	}
	if err != nil {
		return Conference{}, err
	}
	return list[0], nil
}

func (s *Service) conferences(ctx context.Context, a access.Actor, caseID, only db.ID) (list []Conference, err error) {
	err = s.cases.Read(ctx, a, caseID, func(r db.Reader, in casefile.Inside) error {
		list, err = selectConferences(ctx, r, in, only)
		return err
	})
	if err != nil || len(list) == 0 {
		return list, err
	}
	tasks, err := s.cases.TasksOf(ctx, a, caseID)
	byID := map[db.ID]casefile.Task{}
	for _, t := range tasks {
		byID[t.ID] = t
	}
	for i := range list {
		for j, t := range list[i].Tasks {
			list[i].Tasks[j] = byID[t.ID]
		}
	}
	return list, err
}
