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
// looked at again.
type Meeting struct {
	ID          db.ID
	HeldAt      db.Time
	LookAgainOn db.Date
	MeetingText
	By string
	At db.Time
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
		if m.HeldAt.IsZero() {
			m.HeldAt = tx.Now()
		}
		if err := m.check(tx.Now().Time, a.Office.Zone); err != nil {
			return "", err
		}
		body, err := sealJSON(in, "family meeting", m.MeetingText)
		if err != nil {
			return "", err
		}
		if err := insertMeeting(ctx, tx, caseID, a.User, tx.Now(), m, body); err != nil {
			return "", err
		}
		if m.LookAgainOn == "" {
			return "practice.family_meeting", nil
		}
		return "practice.family_meeting", s.cases.TaskIn(ctx, tx, a, in, lookAgain, m.LookAgainOn)
	})
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
func (s *Service) Meeting(ctx context.Context, a access.Actor, caseID, id db.ID) (Meeting, error) {
	list, err := s.Meetings(ctx, a, caseID)
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
