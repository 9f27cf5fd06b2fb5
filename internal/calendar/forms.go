package calendar

import (
	"context"
	"strings"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/web"
)

// formView is the form of an appointment as it stands.
type formView struct {
	ID      db.ID // zero for a new one
	Version int64
	Kind    string
	Day     string
	Clock   string
	Minutes string
	Workers []string
	Subject
	Number string // of a case or request that is looked for
	Told
	Accept   bool
	Whole    bool // the words are shown and kept
	Head     string
	Staff    []access.Colleague
	Warnings []Warning
	Theirs   *Appointment // what stands now, after a lost race
	Err      error
}

const clockLayout = "15:04"

// newForm begins with the next full hour of the day asked for, and oneself.
func newForm(q web.Form, a access.Actor, now time.Time) formView {
	at := now.In(a.Office.Zone).Truncate(time.Hour).Add(time.Hour)
	v := formView{Kind: "office", Day: at.Format(time.DateOnly), Clock: at.Format(clockLayout), Minutes: "60", Whole: true,
		Workers: []string{a.User.String()}, Subject: Subject{Case: q.ID("kasus"), Request: q.ID("permintaan"), Person: q.ID("orang")}}
	if day, ok := q.Day("hari"); ok && day != "" {
		v.Day = string(day)
	}
	if id := q.ID("petugas"); !id.IsZero() {
		v.Workers = []string{id.String()}
	}
	return v
}

// formOf is an appointment as a form holds it, in the office's zone.
func formOf(p Appointment, zone *time.Location) formView {
	from := p.From.In(zone)
	v := formView{ID: p.ID, Version: p.Version, Kind: p.Kind, Day: from.Format(time.DateOnly), Clock: from.Format(clockLayout),
		Minutes: minutes(p.To.Sub(p.From.Time)), Subject: p.Subject, Told: p.Told, Whole: p.Knows == Whole}
	for _, u := range p.Workers {
		v.Workers = append(v.Workers, u.ID.String())
	}
	return v
}

func readForm(f web.Form) formView {
	return formView{Kind: f.Line("kind"), Day: f.Line("day"), Clock: strings.ReplaceAll(f.Line("clock"), ".", ":"), Minutes: f.Line("minutes"),
		Workers: workersOf(f), Number: strings.ToUpper(f.Line("number")), Accept: f.Checked("accept"), Whole: true,
		Subject: Subject{Case: f.ID("case"), Request: f.ID("request"), Person: f.ID("person")},
		Told:    Told{Title: f.Line("title"), About: f.Text("about"), Place: f.Line("place")}}
}

// workersOf are keys that were ticked, or e-mails between commas.
func workersOf(f web.Form) (list []string) {
	for _, text := range f.All("workers") {
		list = append(list, strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == ' ' })...)
	}
	return list
}

// times puts day, clock and length together in the office's zone.
func (v formView) times(zone *time.Location) (from, to time.Time, err error) {
	var c fault.Checks
	day, ok := web.Form{Values: map[string][]string{"day": {v.Day}}}.Day("day")
	c.Field(!ok || day == "", "day", "impossible", "case.day.impossible")
	clock, wrong := time.Parse(clockLayout, v.Clock)
	c.Field(wrong != nil, "clock", "impossible", "case.clock.impossible")
	length, wrong := time.ParseDuration(v.Minutes + "m")
	c.Field(wrong != nil || length <= 0 || length > MaxLength, "minutes", "impossible", "calendar.to.too_long")
	if err := c.Err(); err != nil {
		return from, to, err
	}
	at := day.In(zone)
	from = time.Date(at.Year(), at.Month(), at.Day(), clock.Hour(), clock.Minute(), 0, 0, zone)
	return from, from.Add(length), nil
}

// named finds the case or request of a number, where the form does not already know what it is about.
func (s *Service) named(ctx context.Context, a access.Actor, x Subject, number string) (Subject, error) {
	if number == "" || x != (Subject{}) {
		return x, nil
	}
	err := s.db.Read(ctx, func(r db.Reader) error {
		c, err := s.cases.HeadByNumber(ctx, r, a, number)
		if err == nil {
			x.Case = c.ID
			return nil
		}
		if !fault.Is(err, "not_found") {
			return err
		}
		q, err := s.requests.HeadByNumber(ctx, r, a, number)
		x.Request = q.ID
		return err
	})
	if fault.Is(err, "not_found") {
		err = fault.Invalid(fault.Field("number", "unknown", "calendar.number.unknown"))
	}
	return x, err
}

// subjectHead is the line that says what an appointment is about; what one may not know is not found.
func (s *Service) subjectHead(ctx context.Context, a access.Actor, x Subject) (head string, err error) {
	if x == (Subject{}) {
		return "", nil
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		k, err := s.ask(ctx, r, a, []Subject{x})
		if err != nil {
			return err
		}
		probe := Appointment{Subject: x}
		if k.fill(a, &probe); probe.Knows == Busy {
			return fault.NotFound()
		}
		head = joined(probe.Name, probe.Number)
		return nil
	})
	return head, err
}

func joined(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, ", ")
}
