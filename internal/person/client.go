package person

import (
	"context"
	"slices"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
)

// ClientChoice names who a new case is about: a person, a family, or a client known before.
type ClientChoice struct {
	Kind   string
	Person db.ID
	Family db.ID
	Client db.ID
}

// ClientIn finds or makes the client of a choice, within what the actor may know.
func (s *Service) ClientIn(ctx context.Context, tx *journal.Tx, a access.Actor, c ClientChoice) (Client, error) {
	if !slices.Contains(ClientKinds, c.Kind) {
		return Client{}, fault.Invalid(fault.Field("client.kind", "unknown", "error.choice"))
	}
	switch c.Kind {
	case "individual":
		p, err := s.find(ctx, tx, a.Scope(), c.Person)
		if err != nil {
			return Client{}, missing("client.person_id", err)
		}
		return ensureClient(ctx, tx, p.Office, Client{Kind: c.Kind, Name: p.Name, Person: p.ID, Village: p.Village})
	case "family":
		row, err := selectFamily(ctx, tx, a.Scope(), c.Family)
		if err != nil {
			return Client{}, missing("client.family_id", err)
		}
		return ensureClient(ctx, tx, a.Office.ID, Client{Kind: c.Kind, Name: row.f.Name, Family: row.f.ID, Village: row.f.Village})
	}
	row, err := selectBody(ctx, tx, a.Scope(), c.Client)
	found := row.c
	if err == nil && found.Kind != c.Kind {
		err = fault.NotFound()
	}
	return found, missing("client.client_id", err)
}

// missing turns «not found» of something named in a form into a word at its field.
func missing(field string, err error) error {
	if fault.Is(err, "not_found") {
		return fault.Invalid(fault.Field(field, "unknown", "error.unknown_id"))
	}
	return err
}

// PeopleOf are the people a new case of a client is about: the individual, or a family's members of today. A member whom
// the actor may not know, or who is known only through more confidential cases, is not drawn into it.
func PeopleOf(ctx context.Context, r db.Reader, s access.Scope, c Client, confidentiality int) ([]db.ID, error) {
	switch {
	case !c.Person.IsZero():
		return []db.ID{c.Person}, nil
	case !c.Family.IsZero():
		return selectMemberIDs(ctx, r, s, c.Family, confidentiality)
	}
	return nil, nil
}

// ClientByID reads a client of an office, for a case that is already open to the reader.
func ClientByID(ctx context.Context, r db.Reader, office, id db.ID) (Client, error) {
	return selectClient(ctx, r, office, id)
}

// SetClientReaders keeps who may see a family, group, organisation or community beyond the level; casefile calls it when a
// case's readers change.
func SetClientReaders(ctx context.Context, tx db.Tx, client db.ID, level int, users []db.ID) error {
	return replaceClientReaders(ctx, tx, client, level, users)
}
