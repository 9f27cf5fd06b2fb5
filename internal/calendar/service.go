package calendar

import (
	"context"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/intake"
	"teduh/internal/journal"
	"teduh/internal/person"
	"teduh/internal/unit"
	"teduh/internal/vault"
)

// Service is what can be done with appointments.
type Service struct {
	db       *db.DB
	journal  *journal.Journal
	vault    *vault.Vault
	people   *person.Service
	cases    *casefile.Service
	requests *intake.Service
	office   *unit.Service
	now      func() time.Time
}

// Needs are what a Service is built from.
type Needs struct {
	DB       *db.DB
	Journal  *journal.Journal
	Vault    *vault.Vault
	People   *person.Service
	Cases    *casefile.Service
	Requests *intake.Service
	Office   *unit.Service
	Now      func() time.Time
}

// NewService of an installation.
func NewService(n Needs) *Service {
	return &Service{db: n.DB, journal: n.Journal, vault: n.Vault, people: n.People, cases: n.Cases, requests: n.Requests, office: n.Office, now: n.Now}
}

// Order is what it takes to make an appointment.
type Order struct {
	Kind     string
	From, To time.Time
	Subject
	Workers []string // e-mails or ids; none means oneself
	Told
	Accept bool // go over warnings
}

// Make plans an appointment. Where it would clash, lie outside the hours or in the past, nothing is written until the
// order accepts that: the fault «appointment_warnings» carries what stands against it.
func (s *Service) Make(ctx context.Context, a access.Actor, o Order) (out Appointment, err error) {
	if err := a.Require(access.CalendarWrite); err != nil {
		return out, err
	}
	err = s.journal.Write(ctx, func(tx *journal.Tx) error {
		out = Appointment{ID: db.NewID(), Kind: o.Kind, State: Planned, From: db.At(o.From), To: db.At(o.To), Subject: o.Subject, Told: o.Told,
			MadeBy: User{a.User, a.Name}, MadeAt: tx.Now(), Version: 1}
		out.Word = ""
		if err := out.check(tx.Now().Time); err != nil {
			return err
		}
		if err := s.mayMake(ctx, tx, a, out.Subject); err != nil {
			return err
		}
		if out.Workers, err = s.workers(ctx, tx, a, o.Workers, out); err != nil {
			return err
		}
		if err := s.warn(ctx, tx, a, out, o.Accept); err != nil {
			return err
		}
		return s.insert(ctx, tx, a, out)
	})
	if err != nil {
		return out, err
	}
	return s.Get(ctx, a, out.ID, "page")
}

func (s *Service) insert(ctx context.Context, tx *journal.Tx, a access.Actor, p Appointment) error {
	body, err := s.seal(ctx, tx, a, p)
	if err != nil {
		return err
	}
	if err := insertAppointment(ctx, tx, a.Office.ID, p, body); err != nil {
		return err
	}
	if err := replaceWorkers(ctx, tx, p); err != nil {
		return err
	}
	return tx.Record(ctx, change(a, p, "appointment.made"))
}

// change is a row of the journal: on the timeline of the case or request, or of the person where it is about them alone.
func change(a access.Actor, p Appointment, code string) journal.Change {
	return journal.Change{Office: a.Office.ID, Actor: a.User, Code: code, Kind: "appointment", Subject: p.ID, Case: p.Case, Request: p.Request,
		Person: p.Person, Detail: journal.Detail{"kind": p.Kind}}
}

// mayMake tells whether the actor may make an appointment about something: on a case those who work on it and the intake
// officer, on a request those who handle requests, about a person all who may know them.
func (s *Service) mayMake(ctx context.Context, r db.Reader, a access.Actor, x Subject) error {
	k, err := s.ask(ctx, r, a, []Subject{x})
	if err != nil {
		return err
	}
	probe := Appointment{Subject: x, MadeBy: User{ID: a.User}}
	k.fill(a, &probe)
	if probe.Knows == Busy {
		return fault.Invalid(fault.Field("about", "unknown", "error.unknown_id"))
	}
	switch {
	case !x.Case.IsZero():
		return s.mayOnCase(ctx, r, a, x.Case)
	case !x.Request.IsZero():
		return a.Require(access.RequestHandle)
	}
	return nil
}

func (s *Service) mayOnCase(ctx context.Context, r db.Reader, a access.Actor, id db.ID) error {
	if a.Has(access.Intake) {
		return nil
	}
	c, err := s.cases.Reachable(ctx, r, a, id)
	if err == nil && !c.Writes {
		err = fault.Forbidden()
	}
	return err
}

// workers finds whose time is kept: colleagues with a calendar who may know what it is about.
func (s *Service) workers(ctx context.Context, r db.Reader, a access.Actor, who []string, p Appointment) ([]User, error) {
	if len(who) == 0 {
		who = []string{a.User.String()}
	}
	if len(who) > MaxWorkers {
		return nil, fault.Invalid(fault.Field("workers", "too_many", "calendar.workers.too_many", "max", MaxWorkers))
	}
	var list []User
	for _, w := range who {
		u, err := s.worker(ctx, r, a, w, p)
		if err != nil {
			return nil, err
		}
		if !(Appointment{Workers: list}).With(u.ID) {
			list = append(list, u)
		}
	}
	return list, nil
}

func (s *Service) worker(ctx context.Context, r db.Reader, a access.Actor, who string, p Appointment) (User, error) {
	unknown := fault.Invalid(fault.Field("workers", "unknown", "calendar.worker.unknown"))
	c, err := access.ColleagueIn(ctx, r, a.Office.ID, who)
	if fault.Is(err, "not_found") {
		return User{}, unknown
	}
	if err != nil {
		return User{}, err
	}
	actor, err := access.ActorOf(ctx, r, c.ID, a.Office.ID)
	if err != nil {
		return User{}, err
	}
	if !actor.Can(access.CalendarRead) {
		return User{}, unknown
	}
	k, err := s.ask(ctx, r, actor, []Subject{p.Subject})
	probe := Appointment{Subject: p.Subject, Workers: []User{{ID: c.ID}}}
	k.fill(actor, &probe)
	if err == nil && probe.Knows == Busy {
		err = fault.Invalid(fault.Field("workers", "closed_to", "calendar.worker.closed_to"))
	}
	return User{c.ID, c.Name}, err
}

// warn refuses what stands against a time until it is accepted.
func (s *Service) warn(ctx context.Context, r db.Reader, a access.Actor, p Appointment, accepted bool) error {
	if accepted {
		return nil
	}
	list, err := s.warnings(ctx, r, a, p)
	if err != nil || len(list) == 0 {
		return err
	}
	return fault.Conflict("appointment_warnings", "calendar.warnings").With(list)
}

func (s *Service) warnings(ctx context.Context, r db.Reader, a access.Actor, p Appointment) (list []Warning, err error) {
	for _, u := range p.Workers {
		clashes, err := selectClashes(ctx, r, u, p)
		if err != nil {
			return nil, err
		}
		list = append(list, clashes...)
	}
	settings, err := s.office.In(ctx, r, a.Office.ID)
	if err != nil {
		return nil, err
	}
	if !within(settings.Calendar, p.From.In(a.Office.Zone), p.To.In(a.Office.Zone)) {
		list = append(list, Warning{Code: "outside_hours", From: p.From, To: p.To})
	}
	if p.To.Before(s.now()) {
		list = append(list, Warning{Code: "past", From: p.From, To: p.To})
	}
	return list, nil
}

// within tells whether a time lies in the hours of one working day. Both are in the office's zone.
func within(c unit.Calendar, from, to time.Time) bool {
	const clock = "15:04"
	return c.Works(from) && from.Format(time.DateOnly) == to.Format(time.DateOnly) && from.Format(clock) >= c.From && to.Format(clock) <= c.To
}

// Get opens an appointment the actor may know; the reading is logged.
func (s *Service) Get(ctx context.Context, a access.Actor, id db.ID, origin string) (p Appointment, err error) {
	if err := a.Require(access.CalendarRead); err != nil {
		return p, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		p, err = s.find(ctx, r, a, id)
		return err
	})
	if err != nil || p.Knows != Whole {
		return p, err
	}
	reading := journal.Reading{Office: a.Office.ID, Actor: a.User, Kind: "appointment", Subject: p.ID, Case: p.Case, Why: journal.WhyWork, Origin: origin}
	if p.Confidentiality == casefile.Secret {
		return p, s.journal.LogNow(ctx, reading)
	}
	s.journal.Log(reading)
	return p, nil
}

// find reads an appointment as the actor may know it; of a busy one there is nothing to find.
func (s *Service) find(ctx context.Context, r db.Reader, a access.Actor, id db.ID) (Appointment, error) {
	list, err := selectFrame(ctx, r, a.Office.ID, id)
	if err == nil && len(list) == 0 {
		err = fault.NotFound()
	}
	if err != nil {
		return Appointment{}, err
	}
	p := list[0]
	k, err := s.ask(ctx, r, a, []Subject{p.Subject})
	if err != nil {
		return Appointment{}, err
	}
	if k.fill(a, &p); p.Knows == Busy {
		return Appointment{}, fault.NotFound()
	}
	if p.Writes, err = s.mayChange(ctx, r, a, p); err != nil {
		return p, err
	}
	if p.Knows == Whole {
		err = s.openWhole(ctx, r, a, k, &p)
	}
	return p, err
}

// openWhole opens the words. Where the address of the one it is about is confidential, the place is told only to those who
// are to go there and those who may change the appointment.
func (s *Service) openWhole(ctx context.Context, r db.Reader, a access.Actor, k known, p *Appointment) error {
	told, err := s.openMany(ctx, r, []db.ID{p.ID})
	if err != nil {
		return err
	}
	p.Told = told[p.ID]
	if p.Place != "" && !p.With(a.User) && !p.Writes {
		hide, err := s.confidential(ctx, r, a, k, p.Subject)
		if err != nil {
			return err
		}
		if hide {
			p.Place = ""
		}
	}
	if !p.Case.IsZero() {
		p.Session, err = s.cases.SessionOf(ctx, r, p.Case, p.ID)
	}
	return err
}

// confidential tells whether the address of the one an appointment is about is to be kept from others.
func (s *Service) confidential(ctx context.Context, r db.Reader, a access.Actor, k known, x Subject) (bool, error) {
	if !x.Person.IsZero() {
		return k.people[x.Person].Confidential, nil
	}
	if x.Case.IsZero() {
		return false, nil
	}
	c, err := s.cases.Reachable(ctx, r, a, x.Case)
	if err != nil || c.Client.Person.IsZero() {
		return false, err
	}
	heads, err := s.people.Heads(ctx, r, a, []db.ID{c.Client.Person})
	h, known := heads[c.Client.Person]
	return !known || h.Confidential, err
}

// mayChange tells who may change an appointment: its workers, who made it, the head, the intake officer, and on a case
// those who work on it.
func (s *Service) mayChange(ctx context.Context, r db.Reader, a access.Actor, p Appointment) (bool, error) {
	switch {
	case !a.Can(access.CalendarWrite):
		return false, nil
	case p.With(a.User), p.MadeBy.ID == a.User, a.Has(access.Head), a.Has(access.Intake):
		return true, nil
	case p.Case.IsZero():
		return false, nil
	}
	c, err := s.cases.Reachable(ctx, r, a, p.Case)
	return c.Writes, err
}
