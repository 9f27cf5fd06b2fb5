package person

import (
	"context"
	"strings"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/journal"
	"teduh/internal/person/names"
)

// Search asks for people by what was typed: beginnings of words of the name in any order, a whole NIK, or a phone.
type Search struct {
	Query   string
	Village string
	After   Place
	Limit   int
}

// Place is where a page of people ended: the folded name and the key of its last row.
type Place struct {
	NameKey string
	ID      db.ID
}

// Found is a person in a list, without anything sealed.
type Found struct {
	Person
	NameKey string
}

// Search finds people in name order; more tells whether the list goes on. An empty query lists all.
func (s *Service) Search(ctx context.Context, a access.Actor, q Search) (list []Found, more bool, err error) {
	if err := a.Require(access.PersonRead); err != nil {
		return nil, false, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		list, more, err = s.search(ctx, r, a.Scope(), q)
		return err
	})
	if err == nil && q.Query != "" && len(list) == 1 {
		s.journal.Log(journal.Reading{Office: a.Office.ID, Actor: a.User, Kind: "person", Subject: list[0].ID, Why: journal.WhySearch, Origin: "search"})
	}
	return list, more, err
}

func (s *Service) search(ctx context.Context, r db.Reader, scope access.Scope, q Search) ([]Found, bool, error) {
	digits := onlyDigits(q.Query)
	switch {
	case strings.TrimSpace(q.Query) == "":
		return page(q.Limit)(listPeople(ctx, r, scope, q))
	case len(digits) == nikLength:
		list, err := byBlind(ctx, r, scope, "p.nik_blind", s.blindNIK(digits), q)
		return list, false, err
	case len(digits) >= phoneLeast && looksLikePhone(q.Query):
		list, err := byPhone(ctx, r, scope, s.blindPhone(q.Query), q)
		return list, false, err
	}
	query, ok := names.Parse(q.Query)
	if !ok {
		return nil, false, nil
	}
	return page(q.Limit)(walk(ctx, r, scope, query, q))
}

const (
	nikLength  = 16
	phoneLeast = 7
)

// page cuts the one row too many that tells that there is more.
func page(limit int) func([]Found, error) ([]Found, bool, error) {
	return func(list []Found, err error) ([]Found, bool, error) {
		if len(list) > limit {
			return list[:limit], true, err
		}
		return list, false, err
	}
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

func looksLikePhone(s string) bool {
	return strings.Trim(s, "0123456789 +-().") == ""
}
