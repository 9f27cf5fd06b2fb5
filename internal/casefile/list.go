package casefile

import (
	"context"
	"strconv"
	"strings"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/person"
)

// The orders a list of cases may stand in.
const (
	NewestFirst  = "-opened_on"
	OldestFirst  = "opened_on"
	LatestChange = "-updated_at"
	Quietest     = "updated_at"
)

// Filter asks for cases. Empty fields ask for nothing.
type Filter struct {
	Worker          db.ID
	Status          string
	Stage           string
	Risk            string
	Category        string
	Village         string
	Confidentiality int
	Client          db.ID
	Person          db.ID   // cases with this person in them
	QuietSince      db.Time // cases without a change since then
	GatesLate       db.Date // cases where something that a stage asks for was due before this day
	Unsigned        bool    // cases with a note that its author has not signed
	Adrift          bool    // cases that nobody is in charge of, or someone whose account has ended
	Query           string
	Sort            string
	After           Place
	Limit           int
	Total           bool

	number  string   // what Query means, when it holds digits
	numbers []string // whole numbers that a few digits may be short for
	clients []db.ID  // whom Query names, when it is a name
}

// Place is where a page of cases ended: the day or time it sorts by, and the key.
type Place struct {
	Day db.Date
	At  db.Time
	ID  db.ID
}

// Item is a case in a list.
type Item struct {
	ID              db.ID
	Number          string
	Status          string
	Stage           string
	Risk            string
	Confidentiality int
	MainCategory    string
	Village         string
	OpenedOn        db.Date
	UpdatedAt       db.Time
	Worker          User
	ClientKind      string
	ClientID        db.ID
	ClientName      string
}

// List is a page of cases.
type List struct {
	Items []Item
	More  bool
	Total int64 // only when asked for
}

// List reads a page of the cases the actor may know. One who may only list (the intake officer) gets ordinary cases
// without the client.
func (s *Service) List(ctx context.Context, a access.Actor, f Filter) (list List, err error) {
	if err := a.Require(access.CaseList); err != nil {
		return list, err
	}
	sc := s.scope(a)
	if !a.Can(access.CaseRead) {
		sc.Open, f.Person, f.Client, f.Risk, f.Category, f.Village = Ordinary, db.ID{}, db.ID{}, "", "", ""
	}
	if f.Sort != OldestFirst && f.Sort != LatestChange && f.Sort != Quietest && f.Sort != NewestFirst && f.Sort != "" {
		return list, fault.Invalid(fault.Field("sort", "unknown", "error.choice"))
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		if found, err := s.understand(ctx, r, a, &f); err != nil || !found {
			return err
		}
		if list.Items, err = selectList(ctx, r, sc, f); err != nil {
			return err
		}
		if f.Total {
			list.Total, err = countList(ctx, r, sc, f)
		}
		return err
	})
	if len(list.Items) > f.Limit {
		list.Items, list.More = list.Items[:f.Limit], true
	}
	if !a.Can(access.CaseRead) {
		for i := range list.Items {
			list.Items[i].hideClient()
		}
	}
	return list, err
}

// mostNamed is how many clients of one name a list of cases looks through.
const mostNamed = 500

// understand turns the query into a number or into clients; found is false where nobody is named so.
func (s *Service) understand(ctx context.Context, r db.Reader, a access.Actor, f *Filter) (found bool, err error) {
	query := strings.ToUpper(strings.TrimSpace(f.Query))
	switch {
	case query == "":
		return true, nil
	case strings.ContainsAny(query, "0123456789"):
		f.number, f.numbers = query, s.shortFor(a, query)
		return true, nil
	case !a.Can(access.CaseRead):
		return false, nil // clients are not named to those who may only list
	}
	f.clients, err = person.ClientsNamed(ctx, r, a.Scope(), f.Query, mostNamed)
	return len(f.clients) > 0, err
}

// A few digits are short for the number of one of the last years.
const (
	shortDigits = 6
	shortYears  = 6
)

func (s *Service) shortFor(a access.Actor, query string) (numbers []string) {
	n, err := strconv.Atoi(query)
	if err != nil || n <= 0 || len(query) > shortDigits {
		return nil
	}
	year := s.now().In(a.Office.Zone).Year()
	for y := year; y > year-shortYears; y-- {
		numbers = append(numbers, Number(a.Office.Prefix, y, n))
	}
	return numbers
}

// Known are those of the cases that the actor may know, as they stand in a list. Nothing of them is opened, so nothing is
// logged.
func (s *Service) Known(ctx context.Context, a access.Actor, ids []db.ID) (list []Item, err error) {
	if err := a.Require(access.CaseRead); err != nil || len(ids) == 0 {
		return nil, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		list, err = selectKnown(ctx, r, s.scope(a), ids)
		return err
	})
	return list, err
}
