package calendar

import (
	"context"
	"slices"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/intake"
)

// Place is where a page of appointments ended.
type Place struct {
	At db.Time
	ID db.ID
}

// Span asks for what lies within a time: of one worker, of everyone in the office where neither worker nor case is named,
// or of one case.
type Span struct {
	From, To db.Time
	Worker   db.ID
	Case     db.ID
	After    Place
	Limit    int // 0 is MaxShown
}

// MaxShown is how many appointments a page of the calendar shows at most.
const MaxShown = 500

// Slice is what a Span finds: what the reader may know, and that time is taken for what they may not.
type Slice struct {
	List []Appointment
	More bool
	Last Place // of the last one, known or not
}

// Between reads the calendar. Everyone's at once is for those who look after a team.
func (s *Service) Between(ctx context.Context, a access.Actor, span Span) (out Slice, err error) {
	if err := a.Require(access.CalendarRead); err != nil {
		return out, err
	}
	if span.Worker.IsZero() && span.Case.IsZero() {
		if err := a.Require(access.TeamRead); err != nil {
			return out, err
		}
	}
	if !span.To.After(span.From.Time) {
		return out, fault.Invalid(fault.Field("to", "before", "calendar.to.before"))
	}
	if span.Limit == 0 {
		span.Limit = MaxShown
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		list, err := selectSpan(ctx, r, a.Office.ID, span)
		if err != nil {
			return err
		}
		if len(list) > span.Limit {
			list, out.More = list[:span.Limit], true
		}
		if len(list) > 0 {
			last := list[len(list)-1]
			out.Last = Place{last.From, last.ID}
		}
		if err := s.know(ctx, r, a, list); err != nil {
			return err
		}
		out.List = shown(list, span)
		return nil
	})
	return out, err
}

// shown leaves of what the reader may not know the time of the workers asked for, one by one; of a case one may not know
// there is nothing at all.
func shown(list []Appointment, span Span) []Appointment {
	out := make([]Appointment, 0, len(list))
	for _, p := range list {
		switch {
		case p.Knows != Busy:
			out = append(out, p)
		case span.Case.IsZero() && p.Takes():
			for _, u := range p.Workers {
				if span.Worker.IsZero() || u.ID == span.Worker {
					out = append(out, hidden(p, u))
				}
			}
		}
	}
	return out
}

// panelShown is how many appointments stand beside a case or a request.
const panelShown = 6

// OfCase reads the planned appointments of a case that is open to the reader, and of the request it came from; those that
// have passed and wait for a word stand first.
func (s *Service) OfCase(ctx context.Context, a access.Actor, c casefile.Case) (list []Appointment, err error) {
	if err := a.Require(access.CalendarRead); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		if list, err = selectFrames(ctx, r, openOfCase, c.ID, panelShown); err != nil {
			return err
		}
		if !c.Request.IsZero() {
			more, err := selectFrames(ctx, r, openOfRequest, c.Request, panelShown)
			if err != nil {
				return err
			}
			list = append(more, list...)
		}
		list, err = s.knownOnly(ctx, r, a, list)
		return err
	})
	return list, err
}

// OfRequest reads the planned appointments of a request that is open to the reader.
func (s *Service) OfRequest(ctx context.Context, a access.Actor, q intake.Request) (list []Appointment, err error) {
	if err := a.Require(access.CalendarRead); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		if list, err = selectFrames(ctx, r, openOfRequest, q.ID, panelShown); err != nil {
			return err
		}
		list, err = s.knownOnly(ctx, r, a, list)
		return err
	})
	return list, err
}

func (s *Service) knownOnly(ctx context.Context, r db.Reader, a access.Actor, list []Appointment) ([]Appointment, error) {
	if err := s.know(ctx, r, a, list); err != nil {
		return nil, err
	}
	out := make([]Appointment, 0, len(list))
	for _, p := range list {
		if p.Knows != Busy {
			out = append(out, p)
		}
	}
	return out, nil
}

// Of a person's page: how many appointments that come, and how many that were.
const (
	personComing = 10
	personGone   = 5
)

// OfPerson reads the appointments about a person: of their own, of the cases they are the client of, and of requests about
// them, as far as the reader may open these. Coming ones are planned, the earliest first; gone are the latest of the others,
// the latest first. Where someone only stands in a case of another, its appointments are not theirs.
func (s *Service) OfPerson(ctx context.Context, a access.Actor, person db.ID) (coming, gone []Appointment, err error) {
	if err := a.Require(access.CalendarRead); err != nil {
		return nil, nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		x, err := s.about(ctx, r, a, person)
		if err != nil {
			return err
		}
		if coming, err = selectAbout(ctx, r, x, personComing, comingOf); err != nil {
			return err
		}
		if gone, err = selectAbout(ctx, r, x, personGone, goneOf); err != nil {
			return err
		}
		slices.Reverse(gone)
		if coming, err = s.knownOnly(ctx, r, a, coming[:min(len(coming), personComing)]); err != nil {
			return err
		}
		gone, err = s.knownOnly(ctx, r, a, gone[:min(len(gone), personGone)])
		return err
	})
	return coming, gone, err
}

// about finds what a person's appointments may be about; each package answers within its own scope.
func (s *Service) about(ctx context.Context, r db.Reader, a access.Actor, person db.ID) (x about, err error) {
	if x.people, err = s.people.Records(ctx, r, a, person); err != nil {
		return x, err
	}
	if x.cases, err = s.cases.OfClients(ctx, r, a, x.people); err != nil {
		return x, err
	}
	x.requests, err = s.requests.About(ctx, r, a, x.people)
	return x, err
}
