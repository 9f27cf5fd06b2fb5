package search

import (
	"context"
	"strings"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/intake"
	"teduh/internal/journal"
	"teduh/internal/partner"
	"teduh/internal/person"
)

// Service asks the domains.
type Service struct {
	db       *db.DB
	people   *person.Service
	cases    *casefile.Service
	requests *intake.Service
	network  *partner.Directory
	now      func() time.Time
}

// Needs are what a Service is built from.
type Needs struct {
	DB       *db.DB
	People   *person.Service
	Cases    *casefile.Service
	Requests *intake.Service
	Network  *partner.Directory
	Now      func() time.Time
}

// NewService of an installation.
func NewService(n Needs) *Service {
	return &Service{db: n.DB, people: n.People, cases: n.Cases, requests: n.Requests, network: n.Network, now: n.Now}
}

// Find finds up to most of each kind; an empty query finds nothing.
func (s *Service) Find(ctx context.Context, a access.Actor, query string, most int) (f Found, err error) {
	if err := a.Require(access.SearchUse); err != nil {
		return f, err
	}
	if query = strings.TrimSpace(query); query == "" {
		return f, nil
	}
	f.At, f.Numbered = s.now(), holdsDigit(query)
	if err := s.findPeople(ctx, a, query, most, &f); err != nil {
		return f, err
	}
	if a.Can(access.CaseList) && !person.Sensitive(onlyNumber(query)) {
		list, err := s.cases.List(ctx, a, casefile.Filter{Query: query, Sort: casefile.LatestChange, Limit: most})
		if err != nil {
			return f, err
		}
		f.Cases = list.Items
	}
	if a.Can(access.RequestRead) && f.Numbered {
		list, err := s.requests.List(ctx, a, intake.Filter{Number: strings.ToUpper(query), Limit: most})
		if err != nil {
			return f, err
		}
		f.Requests = list.Items
	}
	return f, s.findNetwork(ctx, a, query, most, &f)
}

// findNetwork finds services by their own or their partner's name, and partners.
func (s *Service) findNetwork(ctx context.Context, a access.Actor, query string, most int, f *Found) error {
	if !a.Can(access.PartnerRead) || person.Sensitive(query) {
		return nil
	}
	found, err := s.network.Search(ctx, a, partner.Ask{Text: query, Limit: most})
	if err != nil {
		return err
	}
	f.Services = found.Fits
	f.Partners, err = s.network.PartnersNamed(ctx, a, query, most)
	return err
}

// onlyNumber is a query that has no letters, and nothing otherwise: a case's number is long too, but begins with the
// office's prefix.
func onlyNumber(query string) string {
	if strings.Trim(query, "0123456789 +-().") == "" {
		return query
	}
	return ""
}

func (s *Service) findPeople(ctx context.Context, a access.Actor, query string, most int, f *Found) error {
	if !a.Can(access.PersonRead) {
		return nil
	}
	hits, err := s.people.Candidates(ctx, a, query, most)
	if err != nil {
		return err
	}
	var ids []db.ID
	for _, h := range hits {
		if h.Kind == "individual" {
			f.People = append(f.People, h)
			ids = append(ids, h.ID)
		} else {
			f.Families = append(f.Families, h)
		}
	}
	f.Families = f.Families[:min(len(f.Families), most)]
	marks, err := s.people.Marks(ctx, a, ids)
	f.Marks = map[string][]person.Mark{}
	for id, list := range marks {
		f.Marks[id.String()] = list
	}
	return err
}

// Lately is what the actor opened last at the office, newest first, each once: of what may still be seen.
func (s *Service) Lately(ctx context.Context, a access.Actor) (list []Opened, err error) {
	if err := a.Require(access.SearchUse); err != nil {
		return nil, err
	}
	var log []journal.Reading
	err = s.db.Read(ctx, func(r db.Reader) error {
		log, err = journal.OpenedBy(ctx, r, a.Office.ID, a.User, readings)
		return err
	})
	if err != nil {
		return nil, err
	}
	seen := map[db.ID]bool{}
	var wanted []journal.Reading
	for _, r := range log {
		if !seen[r.Subject] && len(wanted) < 3*lately {
			seen[r.Subject] = true
			wanted = append(wanted, r)
		}
	}
	return s.stillSeen(ctx, a, wanted)
}

// stillSeen asks each domain what of the readings its reader may see today, and keeps their order.
func (s *Service) stillSeen(ctx context.Context, a access.Actor, wanted []journal.Reading) (list []Opened, err error) {
	known := map[db.ID]Opened{}
	for _, ask := range []func(context.Context, access.Actor, []journal.Reading, map[db.ID]Opened) error{s.knownCases, s.knownRequests, s.knownPeople} {
		if err := ask(ctx, a, wanted, known); err != nil {
			return nil, err
		}
	}
	for _, r := range wanted {
		if o, ok := known[r.Subject]; ok && len(list) < lately {
			list = append(list, o)
		}
	}
	return list, nil
}

func subjects(log []journal.Reading, kind string) (ids []db.ID) {
	for _, r := range log {
		if r.Kind == kind {
			ids = append(ids, r.Subject)
		}
	}
	return ids
}

func (s *Service) knownCases(ctx context.Context, a access.Actor, log []journal.Reading, known map[db.ID]Opened) error {
	if !a.Can(access.CaseRead) {
		return nil
	}
	cases, err := s.cases.Known(ctx, a, subjects(log, "case"))
	for _, c := range cases {
		known[c.ID] = Opened{Kind: "case", Case: c, Href: "/kasus/" + c.ID.String()}
	}
	return err
}

func (s *Service) knownRequests(ctx context.Context, a access.Actor, log []journal.Reading, known map[db.ID]Opened) error {
	if !a.Can(access.RequestRead) {
		return nil
	}
	requests, err := s.requests.Known(ctx, a, subjects(log, "request"))
	for _, q := range requests {
		known[q.ID] = Opened{Kind: "request", Request: q, Href: "/permintaan/" + q.ID.String()}
	}
	return err
}

var addresses = map[string]string{"person": "/orang/", "family": "/keluarga/", "client": "/klien/"}

func (s *Service) knownPeople(ctx context.Context, a access.Actor, log []journal.Reading, known map[db.ID]Opened) error {
	if !a.Can(access.PersonRead) {
		return nil
	}
	var choices []person.ClientChoice
	var asked []journal.Reading
	for _, r := range log {
		choice := map[string]person.ClientChoice{"person": {Person: r.Subject}, "family": {Family: r.Subject}, "client": {Client: r.Subject}}
		if c, ok := choice[r.Kind]; ok {
			choices, asked = append(choices, c), append(asked, r)
		}
	}
	names, err := s.people.NamesOf(ctx, a, choices)
	for i, name := range names {
		if name != "" {
			known[asked[i].Subject] = Opened{Kind: asked[i].Kind, Name: name, Href: addresses[asked[i].Kind] + asked[i].Subject.String()}
		}
	}
	return err
}
