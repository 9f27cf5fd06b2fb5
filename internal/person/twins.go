package person

import (
	"context"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/person/names"
)

// Twin is someone who may be the same person, and why.
type Twin struct {
	ID     db.ID
	Name   string
	Why    string // "nik", "phone", "name_birth", "name_village", or "ask_head" for one the reader may not see
	Hidden bool
}

// alike is how similar two names must be to be shown, of 1.
const alike = 0.9

// Twins shows likely twins of someone who is being entered.
func (s *Service) Twins(ctx context.Context, a access.Actor, p Person) (list []Twin, err error) {
	if err := a.Require(access.PersonWrite); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		list, err = s.twins(ctx, r, a.Scope(), p, p.ID)
		return err
	})
	return list, err
}

// mostTwins are shown; whoever has more namesakes than that looks for them by search.
const mostTwins = 10

// twins looks over the whole office; one whom the reader may not see is told only as «ask the head», once.
func (s *Service) twins(ctx context.Context, r db.Reader, scope access.Scope, p Person, self db.ID) ([]Twin, error) {
	p.Tidy()
	row := newRow(p)
	s.blind(&row)
	found := twinList{seen: map[db.ID]bool{self: true}}
	exact, err := sameNumbers(ctx, r, scope, row)
	if err != nil {
		return nil, err
	}
	for _, c := range exact {
		found.add(c, c.why)
	}
	query, ok := names.Parse(p.Name)
	if !ok || p.Home() == "" && p.BirthDate == "" {
		return found.list, nil
	}
	near, err := sameBeginning(ctx, r, scope, query.Anchor, p)
	if err != nil {
		return nil, err
	}
	for _, c := range near {
		if why := c.likely(p); why != "" && names.Similar(p.Name, c.name) >= alike {
			found.add(c, why)
		}
	}
	return found.list, nil
}

// twinList gathers twins, each once.
type twinList struct {
	list   []Twin
	seen   map[db.ID]bool
	hidden bool
}

func (l *twinList) add(c candidate, why string) {
	if l.seen[c.id] || len(l.list) == mostTwins {
		return
	}
	l.seen[c.id] = true
	switch {
	case c.visible:
		l.list = append(l.list, Twin{ID: c.id, Name: c.name, Why: why})
	case !l.hidden: // how many there are would tell too much
		l.hidden = true
		l.list = append(l.list, Twin{Why: "ask_head", Hidden: true})
	}
}

// candidate is someone of the office who shares a number or the beginning of a name.
type candidate struct {
	id        db.ID
	name      string
	birth     db.Date
	precision string
	village   string
	visible   bool
	why       string
}

// likely tells what besides the name agrees.
func (c candidate) likely(p Person) string {
	births := agreement(p.BirthDate, p.BirthPrecision, c.birth, c.precision)
	switch {
	case births == agree:
		return "name_birth"
	case p.Home() != "" && p.Home() == c.village && births != differ:
		return "name_village"
	}
	return ""
}

type agreed int

const (
	unknown agreed = iota
	agree
	nearly // one part was misread, or only an estimate says otherwise
	differ
)

// estimateOff is how many years an age that was only guessed may be off.
const estimateOff = 3

// agreement compares two birth dates as far as both are known.
func agreement(a db.Date, precisionA string, b db.Date, precisionB string) agreed {
	if len(a) != 10 || len(b) != 10 {
		return unknown
	}
	parts := min(known3[precisionA], known3[precisionB])
	if parts == 0 {
		if yearsApart(a, b) <= estimateOff {
			return nearly
		}
		return differ
	}
	length := []int{0, 4, 7, 10}[parts]
	if a[:length] == b[:length] {
		return agree
	}
	alike := 0
	for _, part := range [][2]int{{0, 4}, {5, 7}, {8, 10}} {
		if a[part[0]:part[1]] == b[part[0]:part[1]] {
			alike++
		}
	}
	if parts == 3 && alike == 2 {
		return nearly
	}
	return differ
}

// known3 is how many of year, month and day a precision vouches for.
var known3 = map[string]int{"day": 3, "": 3, "month": 2, "year": 1, "estimate": 0}

func yearsApart(a, b db.Date) int {
	n := a.In(time.UTC).Year() - b.In(time.UTC).Year()
	return max(n, -n)
}
