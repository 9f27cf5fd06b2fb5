package person

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/person/names"
)

// AddBody keeps a group, organisation or community as a client. Where one of the same name exists nothing is written and
// the likely twins are told, unless accept says that it is another one.
func (s *Service) AddBody(ctx context.Context, a access.Actor, c Client, accept bool) (added Client, twins []Body, err error) {
	if err := a.Require(access.PersonWrite); err != nil {
		return c, nil, err
	}
	c.tidyBody()
	if err := c.checkBody(); err != nil {
		return c, nil, err
	}
	err = s.journal.Write(ctx, func(tx *journal.Tx) error {
		twins = nil
		if !accept {
			if twins, err = bodyTwins(ctx, tx, a.Scope(), c); err != nil || len(twins) > 0 {
				return err
			}
		}
		c.ID, c.Version = db.NewID(), 1
		if _, err := s.vault.NewKey(ctx, tx, "client", c.ID); err != nil {
			return err
		}
		row, err := s.sealBody(ctx, tx, c)
		if err != nil {
			return err
		}
		if err := insertBody(ctx, tx, a.Office.ID, row, tx.Now()); err != nil {
			return err
		}
		return tx.Record(ctx, ofBody(a, c, "client.added"))
	})
	return c, twins, err
}

func bodyTwins(ctx context.Context, r db.Reader, s access.Scope, c Client) ([]Body, error) {
	query, ok := names.Parse(c.Name)
	if !ok {
		return nil, nil
	}
	list, err := bodiesNamed(ctx, r, s, query, mostTwins)
	return slices.DeleteFunc(list, func(b Body) bool {
		return c.Village != "" && b.Village != "" && c.Village != b.Village
	}), err
}

func ofBody(a access.Actor, c Client, code string) journal.Change {
	return journal.Change{Office: a.Office.ID, Actor: a.User, Code: code, Kind: "client", Subject: c.ID, Detail: journal.Detail{"kind": c.Kind}}
}

func (s *Service) sealBody(ctx context.Context, r db.Reader, c Client) (bodyRow, error) {
	row := bodyRow{c: c}
	key, err := s.vault.Key(ctx, r, c.ID)
	if err != nil {
		return row, err
	}
	plain, err := json.Marshal(c.Sealed)
	if err != nil {
		return row, err
	}
	row.sealed, err = key.Seal("client", string(plain))
	return row, err
}

// Body opens a group, organisation or community; the reading is logged.
func (s *Service) Body(ctx context.Context, a access.Actor, id db.ID, origin string) (c Client, err error) {
	if err := a.Require(access.PersonRead); err != nil {
		return c, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		c, err = s.findBody(ctx, r, a, id)
		return err
	})
	if err == nil {
		s.journal.Log(journal.Reading{Office: a.Office.ID, Actor: a.User, Kind: "client", Subject: id, Why: journal.WhyWork, Origin: origin})
	}
	return c, err
}

func (s *Service) findBody(ctx context.Context, r db.Reader, a access.Actor, id db.ID) (Client, error) {
	row, err := selectBody(ctx, r, a.Scope(), id)
	if err != nil || len(row.sealed) == 0 {
		return row.c, err
	}
	key, err := s.vault.Unwrap(id, row.wrapped)
	if err != nil {
		return row.c, err
	}
	plain, err := key.Open("client", row.sealed)
	if err != nil {
		return row.c, err
	}
	return row.c, json.Unmarshal([]byte(plain), &row.c.Sealed)
}

// ChangeBody writes its facts over those of c.Version; a lost race is fault.VersionChanged.
func (s *Service) ChangeBody(ctx context.Context, a access.Actor, c Client) error {
	if err := a.Require(access.PersonWrite); err != nil {
		return err
	}
	c.tidyBody()
	if err := c.checkBody(); err != nil {
		return err
	}
	return s.journal.Write(ctx, func(tx *journal.Tx) error {
		old, err := selectBody(ctx, tx, a.Scope(), c.ID)
		if err != nil {
			return err
		}
		if old.c.Version != c.Version {
			return fault.VersionChanged(old.c.Version)
		}
		c.Version++
		row, err := s.sealBody(ctx, tx, c)
		if err != nil {
			return err
		}
		if err := updateBody(ctx, tx, a.Office.ID, row, tx.Now()); err != nil {
			return err
		}
		return tx.Record(ctx, ofBody(a, c, "client.changed"))
	})
}

// BodyList finds groups, organisations and communities in name order; an empty query lists all.
func (s *Service) BodyList(ctx context.Context, a access.Actor, q Search) (list []Body, more bool, err error) {
	if err := a.Require(access.PersonRead); err != nil {
		return nil, false, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		if strings.TrimSpace(q.Query) == "" {
			list, err = listBodies(ctx, r, a.Scope(), q)
		} else if query, ok := names.Parse(q.Query); ok {
			list, err = bodiesNamed(ctx, r, a.Scope(), query, q.Limit+1)
		}
		return err
	})
	if len(list) > q.Limit {
		return list[:q.Limit], true, err
	}
	return list, false, err
}

// Candidates are all whom a case may be about and whom the query may mean: people, families, then the others.
func (s *Service) Candidates(ctx context.Context, a access.Actor, query string, most int) (hits []Hit, err error) {
	q := Search{Query: query, Limit: most}
	if strings.TrimSpace(query) == "" {
		return nil, nil
	}
	people, _, err := s.Search(ctx, a, q)
	if err != nil {
		return nil, err
	}
	for _, p := range people {
		hits = append(hits, Hit{Kind: "individual", ID: p.ID, Name: p.Name, Village: p.Village, Person: &p})
	}
	families, _, err := s.Families(ctx, a, q)
	if err != nil {
		return nil, err
	}
	for _, f := range families {
		hits = append(hits, Hit{Kind: "family", ID: f.ID, Name: f.Name, Village: f.Village, Count: f.Count})
	}
	bodies, _, err := s.BodyList(ctx, a, q)
	for _, b := range bodies {
		hits = append(hits, Hit{Kind: b.Kind, ID: b.ID, Name: b.Name, Village: b.Village, Body: b.BodyKind, Count: b.Members})
	}
	return hits, err
}
