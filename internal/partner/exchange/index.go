package exchange

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"teduh/internal/db"
	"teduh/internal/partner"
)

// index keeps for a while which entries are public and what they are filtered by, in one order, so that page 40 is found without
// reading the 39 before it. It holds no more than lists need; what is told is read anew each time, and only if it is still
// public.
type index struct {
	mu     sync.Mutex
	at     time.Time // when it was read
	change db.Time   // the last change of the directory it knows of
	kept   *catalogue
}

// catalogue is everything public, in the order in which it was made.
type catalogue struct {
	services []listed
	partners []listedPartner
	words    []word           // that are used, and all that are shared
	places   map[string]db.ID // services by the keys of their places
	change   db.Time
}

type listed struct {
	partner.Listed
	text string // for the search: small letters, words apart by one space
}

type listedPartner struct {
	partner.ListedPartner
	text string
}

// keepFor bounds how long an index is used, for changes that became visible after a later one.
const keepFor = 30 * time.Second

// catalogue is the index as it is now.
func (s *Service) catalogue(ctx context.Context) (*catalogue, error) {
	last, err := s.Directory.LastChange(ctx)
	if err != nil {
		return nil, err
	}
	s.shelf.mu.Lock()
	defer s.shelf.mu.Unlock()
	now := s.Now()
	if k := s.shelf.kept; k != nil && s.shelf.change.Equal(last.Time) && now.Sub(s.shelf.at) < keepFor {
		return k, nil
	}
	list, err := s.Directory.Listing(ctx, db.ID{})
	if err != nil {
		return nil, err
	}
	s.shelf.kept, s.shelf.change, s.shelf.at = catalogued(list, last), last, now
	return s.shelf.kept, nil
}

func catalogued(list partner.Listing, last db.Time) *catalogue {
	c := &catalogue{change: last, words: sharedWords(), places: map[string]db.ID{}}
	seen := map[word]bool{}
	for _, x := range list.Services {
		c.services = append(c.services, listed{x, searched(x.Words)})
		if x.Located {
			c.places[placeID(x.ID)] = x.ID
		}
		for _, code := range x.Needs {
			if w := need(x.Office, code); !w.office.IsZero() && !seen[w] {
				seen[w] = true
				c.words = append(c.words, w)
			}
		}
	}
	for _, x := range list.Partners {
		c.partners = append(c.partners, listedPartner{x, searched(x.Words)})
	}
	return c
}

// searched is a text as it is searched: a space before each word, in small letters.
func searched(text string) string {
	return " " + strings.ToLower(strings.Join(strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\r\n.,;:()[]/\"«»", r) }), " "))
}

// matches tells whether each word of a search begins a word of a text.
func matches(text, search string) bool {
	for w := range strings.FieldsSeq(searched(search)) {
		if !strings.Contains(text, " "+w) {
			return false
		}
	}
	return true
}

// terms of a service, as far as they are told of itself.
func (x listed) terms() (list []word) {
	for _, code := range x.Needs {
		list = append(list, need(x.Office, code))
	}
	if x.Sex != "" {
		list = append(list, word{forTaxonomy, x.Sex, nobody})
	}
	return list
}

// meant finds which word and which taxonomy a query names; none of its own where there is no such.
func (c *catalogue) meant(q *query) {
	q.word, q.words = word{}, ""
	if i := slices.IndexFunc(c.words, func(w word) bool { return w.id() == q.term }); q.term != "" && i >= 0 {
		q.word = c.words[i]
	}
	if i := slices.IndexFunc(taxonomyCodes, func(code string) bool { return taxonomyID(code) == q.taxonomy }); q.taxonomy != "" && i >= 0 {
		q.words = taxonomyCodes[i]
	}
}

// fits tells whether a service is among what is asked for.
func (x listed) fits(q query) bool {
	switch {
	case q.organization != "" && x.Partner.String() != q.organization, !q.since.IsZero() && x.Changed.Before(q.since), !matches(x.text, q.search):
		return false
	case q.term != "" && !slices.Contains(x.terms(), q.word):
		return false
	}
	return q.taxonomy == "" || slices.ContainsFunc(x.terms(), func(w word) bool { return w.taxonomy == q.words })
}
