package person

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/journal"
	"teduh/internal/person/names"
	"teduh/internal/person/nik"
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
	if strings.TrimSpace(q.Query) == "" {
		return page(q.Limit)(listPeople(ctx, r, scope, q))
	}
	if found, list, err := s.byNumber(ctx, r, scope, q); found || err != nil {
		return list, false, err
	}
	query, ok := names.Parse(q.Query)
	if !ok {
		return nil, false, nil
	}
	list, err := walk(ctx, r, scope, query, q)
	if err != nil {
		return nil, false, err
	}
	secret, err := s.bySecretName(ctx, r, scope, q)
	return page(q.Limit)(merged(list, secret), err)
}

// byNumber answers when a whole NIK or a phone was typed; there is one page of such people.
func (s *Service) byNumber(ctx context.Context, r db.Reader, scope access.Scope, q Search) (found bool, list []Found, err error) {
	typed := nik.Normalise(q.Query)
	switch digits := onlyDigits(typed); {
	case len(digits) == nik.Length && len(typed) == nik.Length:
		list, err = byNIK(ctx, r, scope, s.blindNIK(digits), q)
		return true, list, err
	case len(digits) >= phoneLeast && looksLikePhone(q.Query):
		list, err = byPhone(ctx, r, scope, s.blindPhone(q.Query), q)
		return true, list, err
	}
	return false, nil, nil
}

// bySecretName finds the protected whose real name holds every typed word, whole.
func (s *Service) bySecretName(ctx context.Context, r db.Reader, scope access.Scope, q Search) ([]Found, error) {
	words := s.blindWords(q.Query)
	if len(words) == 0 {
		return nil, nil
	}
	return bySecretWords(ctx, r, scope, words, q)
}

// merged joins two lists in name order; someone in both stands there once.
func merged(a, b []Found) []Found {
	if len(b) == 0 {
		return a
	}
	all := slices.Concat(a, b)
	slices.SortFunc(all, func(x, y Found) int {
		return cmp.Or(strings.Compare(x.NameKey, y.NameKey), x.ID.Compare(y.ID))
	})
	return slices.CompactFunc(all, func(x, y Found) bool { return x.ID == y.ID })
}

// phoneLeast digits make a number that is worth looking for.
const phoneLeast = 7

// Sensitive tells whether what was typed may be a NIK or a phone, which must stand in no address.
func Sensitive(query string) bool { return len(onlyDigits(query)) >= phoneLeast }

// Count tells how many a search finds in all.
func (s *Service) Count(ctx context.Context, a access.Actor, q Search) (n int64, err error) {
	if err := a.Require(access.PersonRead); err != nil {
		return 0, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		if strings.TrimSpace(q.Query) == "" {
			n, err = countPeople(ctx, r, a.Scope(), q.Village)
			return err
		}
		q.After, q.Limit = Place{}, countAtMost
		list, _, err := s.search(ctx, r, a.Scope(), q)
		n = int64(len(list))
		return err
	})
	return n, err
}

// countAtMost bounds a total that has to be counted by walking.
const countAtMost = 1_000_000

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
