package calendar

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/intake"
	"teduh/internal/person"
)

// known is what a reader may know of the subjects of some appointments.
type known struct {
	cases    map[db.ID]casefile.Item
	requests map[db.ID]intake.Head
	people   map[db.ID]person.Head
}

// ask finds which of the subjects the reader may know; each package answers within its own scope.
func (s *Service) ask(ctx context.Context, r db.Reader, a access.Actor, subjects []Subject) (k known, err error) {
	var cases, requests, people []db.ID
	for _, x := range subjects {
		switch {
		case !x.Case.IsZero():
			cases = append(cases, x.Case)
		case !x.Request.IsZero():
			requests = append(requests, x.Request)
		case !x.Person.IsZero():
			people = append(people, x.Person)
		}
	}
	if k.cases, err = s.cases.Heads(ctx, r, a, cases); err != nil {
		return k, err
	}
	if k.requests, err = s.requests.Heads(ctx, r, a, requests); err != nil {
		return k, err
	}
	k.people, err = s.people.Heads(ctx, r, a, people)
	return k, err
}

// fill writes into an appointment what the reader may know of it.
func (k known) fill(a access.Actor, p *Appointment) {
	switch {
	case !p.Case.IsZero():
		c, ok := k.cases[p.Case]
		p.Knows = knowledge(ok, a.Can(access.CaseRead))
		p.Name, p.Number, p.Confidentiality = c.ClientName, c.Number, c.Confidentiality
	case !p.Request.IsZero():
		q, ok := k.requests[p.Request]
		p.Knows, p.Number = knowledge(ok, true), q.Number
	case !p.Person.IsZero():
		o, ok := k.people[p.Person]
		p.Knows, p.Name = knowledge(ok, true), o.Name
	default: // of the office's own: those who are in it, who made it, and the head
		p.Knows = knowledge(p.With(a.User) || p.MadeBy.ID == a.User || a.Has(access.Head), true)
	}
}

func knowledge(known, whole bool) Knowledge {
	switch {
	case !known:
		return Busy
	case !whole:
		return Outline
	}
	return Whole
}

// know fills a list for its reader. Only what is known whole is opened, and of that only what the list shows: the words of
// what has no subject, and what the reader takes part in.
func (s *Service) know(ctx context.Context, r db.Reader, a access.Actor, list []Appointment) error {
	subjects := make([]Subject, len(list))
	for i, p := range list {
		subjects[i] = p.Subject
	}
	k, err := s.ask(ctx, r, a, subjects)
	if err != nil {
		return err
	}
	var open []db.ID
	for i := range list {
		k.fill(a, &list[i])
		if list[i].Knows == Whole && (list[i].Subject == Subject{} || list[i].With(a.User)) {
			open = append(open, list[i].ID)
		}
	}
	told, err := s.openMany(ctx, r, open)
	for i := range list {
		list[i].Told = told[list[i].ID]
		list[i].About, list[i].Word = "", "" // told on its own page, where the reading is logged
	}
	return err
}

// hidden is what stands in the place of an appointment one may not know: the time of one worker is taken.
func hidden(p Appointment, of User) Appointment {
	return Appointment{From: p.From, To: p.To, Workers: []User{of}, Knows: Busy}
}
