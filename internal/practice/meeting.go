package practice

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

// Meeting is a family's own meeting: the first rung of the ladder. What it decides is written down, signed on paper, and
// looked at again. Whoever wrote it down may mend it; a wrong one is struck with a reason and stays to be read.
type Meeting struct {
	ID          db.ID
	HeldAt      db.Time
	LookAgainOn db.Date
	MeetingText
	By           casefile.User
	At           db.Time
	StruckAt     db.Time
	StruckBy     casefile.User
	StruckReason string
	Version      int64
	task         db.ID // that reminds of LookAgainOn
}

// MeetingText is what of a meeting is sealed.
type MeetingText struct {
	TookPart string `json:"took_part"` // one a line or between commas
	Decided  string `json:"decided"`   // in the family's own words
	Watches  string `json:"watches"`   // who in the family sees to it
}

// Signers are those who took part, each with a line on the sheet.
func (m Meeting) Signers() (names []string) {
	for _, name := range strings.FieldsFunc(m.TookPart, func(r rune) bool { return r == '\n' || r == ',' || r == ';' }) {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// lookAgain is the code of the task that a meeting leaves behind.
const lookAgain = "look_again"

func (m Meeting) check(now time.Time, zone *time.Location) error {
	var c fault.Checks
	c.Add(web.Length("took_part", m.TookPart, 1, web.MaxText))
	c.Add(web.Length("decided", m.Decided, 1, web.MaxText))
	c.Add(web.Length("watches", m.Watches, 1, web.MaxLine))
	c.Field(m.HeldAt.After(now), "held", "future", "case.note.future")
	c.Field(m.LookAgainOn != "" && m.LookAgainOn < db.DayOf(m.HeldAt.Time, zone), "look_again_on", "before", "practice.meeting.before")
	return c.Err()
}

// HoldMeeting records a family meeting; the day it is looked at again becomes a task.
func (s *Service) HoldMeeting(ctx context.Context, a access.Actor, caseID db.ID, m Meeting) (db.ID, error) {
	m.ID = db.NewID()
	return m.ID, s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		m.By, m.At = casefile.User{ID: a.User, Name: a.Name}, tx.Now()
		if m.HeldAt.IsZero() {
			m.HeldAt = tx.Now()
		}
		if err := m.check(tx.Now().Time, a.Office.Zone); err != nil {
			return "", err
		}
		if err := s.remind(ctx, tx, a, in, &m); err != nil {
			return "", err
		}
		body, err := in.Key.SealJSON("family meeting", m.MeetingText)
		if err != nil {
			return "", err
		}
		if err := insertMeeting(ctx, tx, caseID, m, body); err != nil {
			return "", err
		}
		return "practice.family_meeting", s.cases.DropDraft(ctx, tx, a, in, meetingDraft)
	})
}

// remind makes the task of the day a meeting is looked at again, if it has one.
func (s *Service) remind(ctx context.Context, tx *journal.Tx, a access.Actor, in casefile.Inside, m *Meeting) (err error) {
	m.task = db.ID{}
	if m.LookAgainOn != "" {
		m.task, err = s.cases.TaskIn(ctx, tx, a, in, lookAgain, m.LookAgainOn)
	}
	return err
}

// ChangeMeeting writes over the version that was read; only who recorded the meeting may. No time keeps the one it has. Another
// day to look at it again takes the open task of the former one away.
func (s *Service) ChangeMeeting(ctx context.Context, a access.Actor, caseID db.ID, m Meeting) error {
	return s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		was, err := standing(ctx, tx, in, m.ID)
		switch {
		case err != nil:
			return "", err
		case was.By.ID != a.User:
			return "", fault.Forbidden()
		case m.Version != was.Version:
			return "", fault.VersionChanged(was.Version)
		}
		if m.HeldAt.IsZero() {
			m.HeldAt = was.HeldAt
		}
		if err := m.check(tx.Now().Time, a.Office.Zone); err != nil {
			return "", err
		}
		return "practice.family_meeting_changed", s.rewrite(ctx, tx, a, in, was, m)
	})
}

func (s *Service) rewrite(ctx context.Context, tx *journal.Tx, a access.Actor, in casefile.Inside, was, m Meeting) error {
	m.task = was.task
	if m.LookAgainOn != was.LookAgainOn {
		if err := s.cases.DropTaskIn(ctx, tx, a, in, was.task); err != nil {
			return err
		}
		if err := s.remind(ctx, tx, a, in, &m); err != nil {
			return err
		}
	}
	body, err := in.Key.SealJSON("family meeting", m.MeetingText)
	if err != nil {
		return err
	}
	ok, err := db.Changed(updateMeeting(ctx, tx, in.Case.ID, m, body))
	if err == nil && !ok {
		err = fault.VersionChanged(was.Version + 1)
	}
	return err
}

// StrikeMeeting marks a meeting that was written down wrongly; it stays readable, and nobody is reminded of it any more. Who
// recorded it may, and the head.
func (s *Service) StrikeMeeting(ctx context.Context, a access.Actor, caseID, id db.ID, reason string) error {
	if err := web.Line("reason", reason, 3); err != nil {
		return err
	}
	return s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		m, err := standing(ctx, tx, in, id)
		if err != nil {
			return "", err
		}
		if m.By.ID != a.User && !a.Has(access.Head) {
			return "", fault.Forbidden()
		}
		if err := s.cases.DropTaskIn(ctx, tx, a, in, m.task); err != nil {
			return "", err
		}
		body, err := in.Key.Seal("struck", reason)
		if err != nil {
			return "", err
		}
		return "practice.family_meeting_struck", strikeMeeting(ctx, tx, m.ID, a.User, tx.Now(), body)
	})
}

// standing is a meeting of the case that was not struck.
func standing(ctx context.Context, r db.Reader, in casefile.Inside, id db.ID) (Meeting, error) {
	m, err := meetingIn(ctx, r, in, id)
	if err == nil && !m.StruckAt.IsZero() {
		err = fault.Conflict("meeting_struck", "practice.meeting.struck_already")
	}
	return m, err
}

func meetingIn(ctx context.Context, r db.Reader, in casefile.Inside, id db.ID) (Meeting, error) {
	list, err := selectMeetings(ctx, r, in)
	for _, m := range list {
		if m.ID == id {
			return m, nil
		}
	}
	if err == nil {
		err = fault.NotFound()
	}
	return Meeting{}, err
}

// Meetings reads the family meetings of a case, the newest first.
func (s *Service) Meetings(ctx context.Context, a access.Actor, caseID db.ID) (list []Meeting, err error) {
	err = s.cases.Read(ctx, a, caseID, func(r db.Reader, in casefile.Inside) error {
		list, err = selectMeetings(ctx, r, in)
		return err
	})
	return list, err
}

// Meeting reads one of a case's.
func (s *Service) Meeting(ctx context.Context, a access.Actor, caseID, id db.ID) (m Meeting, err error) {
	err = s.cases.Read(ctx, a, caseID, func(r db.Reader, in casefile.Inside) error {
		m, err = meetingIn(ctx, r, in, id)
		return err
	})
	return m, err
}
