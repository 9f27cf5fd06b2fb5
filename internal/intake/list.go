package intake

import (
	"context"
	"strconv"
	"strings"

	"teduh/internal/access"
	"teduh/internal/db"
)

// Filter chooses requests; zero values choose all.
type Filter struct {
	State   string
	Urgency string
	Village string
	Channel string
	Overdue bool // nobody reached in time
	Mine    bool // taken by the actor and not decided
	Person  db.ID
	Case    db.ID
	Day     db.Date // recorded on this day, for the register
	Number  string  // its beginning, or a few digits that are short for it
	Limit   int
	After   Place
	Total   bool
}

// Place is where a page ended.
type Place struct {
	At db.Time // respond_by, where the list walks by it
	ID db.ID
}

// List is a page of requests.
type List struct {
	Items []Request
	More  bool
	Total int64
}

// byClock tells whether a filter walks by the clock, the latest first; else the newest stand first.
func (f Filter) byClock() bool { return f.State == New || f.State == Contacted || f.Overdue || f.Mine }

// List reads a page of requests. Those waiting stand by their clock, late ones first; all others newest first.
func (s *Service) List(ctx context.Context, a access.Actor, f Filter) (list List, err error) {
	if err := a.Require(access.RequestRead); err != nil {
		return list, err
	}
	if f.Limit == 0 {
		f.Limit = 50
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		rows, err := selectList(ctx, r, a, f, db.At(s.now()))
		if err != nil {
			return err
		}
		list.More = len(rows) > f.Limit
		rows = rows[:min(len(rows), f.Limit)]
		list.Items = make([]Request, len(rows))
		for i, row := range rows {
			if list.Items[i], err = s.open(row); err != nil {
				return err
			}
		}
		if f.Total {
			list.Total, err = countList(ctx, r, a, f, db.At(s.now()))
		}
		return err
	})
	return list, err
}

// Waiting counts the requests nobody has been reached for, and those of them that are late.
func (s *Service) Waiting(ctx context.Context, a access.Actor) (all, late int64, err error) {
	if err := a.Require(access.RequestRead); err != nil {
		return 0, 0, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		now := db.At(s.now())
		if all, err = countList(ctx, r, a, Filter{State: New}, now); err != nil {
			return err
		}
		late, err = countList(ctx, r, a, Filter{Overdue: true}, now)
		return err
	})
	return all, late, err
}

// Earlier are requests of the same person or from the same phone, newest first, without the request itself.
func (s *Service) Earlier(ctx context.Context, a access.Actor, q Request) (list []Request, err error) {
	if err := a.Require(access.RequestRead); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		rows, err := selectEarlier(ctx, r, a.Scope(), q, s.people.BlindPhone(q.Told.Reporter.Phone))
		if err != nil {
			return err
		}
		for _, row := range rows {
			opened, err := s.open(row)
			if err != nil {
				return err
			}
			list = append(list, opened)
		}
		return nil
	})
	return list, err
}

// ByNumber finds a request by its whole number.
func (s *Service) ByNumber(ctx context.Context, a access.Actor, number string) (id db.ID, err error) {
	if err := a.Require(access.RequestRead); err != nil {
		return id, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		row, err := selectByNumber(ctx, r, a.Scope(), strings.ToUpper(number))
		id = row.q.ID
		return err
	})
	return id, err
}

// A few digits are short for the number of one of the last years.
const (
	shortDigits = 6
	shortYears  = 6
)

// shortFor are the whole numbers that a few digits may mean.
func shortFor(typed string, year int) (numbers []any) {
	n, err := strconv.Atoi(typed)
	if err != nil || n <= 0 || len(typed) > shortDigits {
		return nil
	}
	for y := year; y > year-shortYears; y-- {
		numbers = append(numbers, Number(y, n))
	}
	return numbers
}

// Known are those of the requests that the actor may know. They stand there by their number and clock; nothing is logged.
func (s *Service) Known(ctx context.Context, a access.Actor, ids []db.ID) (list []Request, err error) {
	if err := a.Require(access.RequestRead); err != nil || len(ids) == 0 {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		rows, err := selectKnown(ctx, r, a.Scope(), ids)
		for _, row := range rows {
			opened, err := s.open(row)
			if err != nil {
				return err
			}
			list = append(list, opened)
		}
		return err
	})
	return list, err
}
