package casefile

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/person/names"
	"teduh/internal/vault"
	"teduh/internal/web"
)

// Member is someone of a case's client: of a group, from the day they joined to the day they left, or of a family, so that a
// note can stand for that one alone.
type Member struct {
	ID       db.ID // zero for someone of a family of whom no note stands alone yet
	Person   db.ID // zero where only the name is known
	Name     string
	JoinedOn db.Date // empty in a family
	LeftOn   db.Date // empty while it lasts
	Version  int64
}

// Key names a member in forms and addresses.
func (m Member) Key() db.ID {
	if m.ID.IsZero() {
		return m.Person
	}
	return m.ID
}

// On tells whether somebody was a member on a day.
func (m Member) On(day db.Date) bool {
	return m.JoinedOn <= day && (m.LeftOn == "" || m.LeftOn >= day)
}

// MostMembers a group may have, those who left among them.
const MostMembers = 200

// Grouped tells whether a case's client is a group of people who come to sessions.
func (c Case) Grouped() bool {
	return slices.Contains([]string{"group", "organisation", "community"}, c.Client.Kind)
}

// Family tells whether a case's client is a family.
func (c Case) Family() bool { return c.Client.Kind == "family" }

// NewMember is somebody who joins a group: from the register, or by name alone.
type NewMember struct {
	Person   db.ID
	Name     string
	JoinedOn db.Date // empty means today
}

// AddMember takes somebody into the group a case is about.
func (s *Service) AddMember(ctx context.Context, a access.Actor, caseID db.ID, n NewMember) (m Member, err error) {
	_, err = s.work(ctx, a, caseID, 0, func(tx *journal.Tx, c *Case) (journal.Change, error) {
		today := db.DayOf(tx.Now().Time, a.Office.Zone)
		m = Member{ID: db.NewID(), Person: n.Person, Name: strings.Join(strings.Fields(n.Name), " "), JoinedOn: cmp.Or(n.JoinedOn, today), Version: 1}
		if err := s.mayJoin(ctx, tx, a, *c, &m, today); err != nil {
			return journal.Change{}, err
		}
		sealed, err := s.sealName(ctx, tx, caseID, m)
		if err != nil {
			return journal.Change{}, err
		}
		change := journal.Change{Office: a.Office.ID, Actor: a.User, Code: "group.joined", Kind: "member", Subject: m.ID, Case: caseID}
		return change, insertMember(ctx, tx, caseID, memberRow{m: m, name: sealed}, a.User, tx.Now())
	})
	return m, err
}

// mayJoin checks who joins a group; of somebody from the register it takes the name.
func (s *Service) mayJoin(ctx context.Context, tx *journal.Tx, a access.Actor, c Case, m *Member, today db.Date) error {
	if !c.Grouped() {
		return fault.Conflict("no_group", "group.no_group")
	}
	if !m.Person.IsZero() {
		p, err := s.people.FindIn(ctx, tx, a.Scope(), m.Person)
		if err != nil {
			return unknownField("person_id", err)
		}
		m.Name = p.Name
	}
	var f fault.Checks
	f.Add(text("name", m.Name, 1, web.MaxName))
	f.Field(m.JoinedOn > today, "joined_on", "future", "person.family.day_future")
	if err := f.Err(); err != nil {
		return err
	}
	list, err := selectMembers(ctx, tx, c.ID)
	switch {
	case err != nil:
		return err
	case len(list) >= MostMembers:
		return fault.Invalid(fault.Field("name", "too_many", "group.too_many", "max", MostMembers))
	case !m.Person.IsZero() && slices.ContainsFunc(list, func(x memberRow) bool { return x.m.Person == m.Person }):
		return fault.Invalid(fault.Field("person_id", "twice", "group.member_twice"))
	}
	return nil
}

// unknownField turns «not found» of something named in a form into a word at its field.
func unknownField(field string, err error) error {
	if fault.Is(err, "not_found") {
		return fault.Invalid(fault.Field(field, "unknown", "error.unknown_id"))
	}
	return err
}

// sealName seals the name of a member who is not in the register.
func (s *Service) sealName(ctx context.Context, r db.Reader, caseID db.ID, m Member) ([]byte, error) {
	if !m.Person.IsZero() {
		return nil, nil
	}
	return s.seal(ctx, r, caseID, "member", m.Name)
}

// EndMember keeps the day a member left the group; an empty day takes it back.
func (s *Service) EndMember(ctx context.Context, a access.Actor, caseID, id db.ID, left db.Date) (m Member, err error) {
	_, err = s.work(ctx, a, caseID, 0, func(tx *journal.Tx, c *Case) (journal.Change, error) {
		if !c.Grouped() {
			return journal.Change{}, fault.Conflict("no_group", "group.no_group")
		}
		row, err := selectMember(ctx, tx, caseID, id)
		if err != nil {
			return journal.Change{}, err
		}
		key, err := s.vault.Key(ctx, tx, caseID)
		if err == nil {
			m, err = openMember(key, row)
		}
		if err != nil {
			return journal.Change{}, err
		}
		if left != "" && (left < m.JoinedOn || left > db.DayOf(tx.Now().Time, a.Office.Zone)) {
			return journal.Change{}, fault.Invalid(fault.Field("left_on", "impossible", "person.family.end_impossible"))
		}
		m.LeftOn, m.Version = left, m.Version+1
		code := map[bool]string{true: "group.left", false: "group.back"}[left != ""]
		change := journal.Change{Office: a.Office.ID, Actor: a.User, Code: code, Kind: "member", Subject: m.ID, Case: caseID}
		return change, updateMember(ctx, tx, m)
	})
	return m, err
}

// Members are those of a case's client, by name: of a group all who ever joined, of a family the people of the case.
func (s *Service) Members(ctx context.Context, a access.Actor, caseID db.ID) (list []Member, err error) {
	err = s.Read(ctx, a, caseID, func(r db.Reader, in Inside) error {
		list, err = s.MembersIn(ctx, r, in)
		return err
	})
	return list, err
}

// MembersIn are the members of a case that is open to the reader.
func (s *Service) MembersIn(ctx context.Context, r db.Reader, in Inside) (list []Member, err error) {
	rows, err := selectMembers(ctx, r, in.Case.ID)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		m, err := openMember(in.Key, row)
		if err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	if in.Case.Family() {
		people, err := selectPeople(ctx, r, in.Case.ID)
		if err != nil {
			return nil, err
		}
		for _, p := range people {
			if !slices.ContainsFunc(list, func(m Member) bool { return m.Person == p.Person }) {
				list = append(list, Member{Person: p.Person, Name: p.Name})
			}
		}
	}
	slices.SortFunc(list, func(x, y Member) int {
		return cmp.Or(cmp.Compare(names.Key(x.Name), names.Key(y.Name)), x.Key().Compare(y.Key()))
	})
	return list, nil
}

func openMember(key vault.Key, row memberRow) (m Member, err error) {
	m = row.m
	if len(row.name) > 0 {
		m.Name, err = key.Open("member", row.name)
	}
	return m, err
}

// memberFor finds the member a note stands for alone. Someone of a family's case becomes one with their first such note.
func (s *Service) memberFor(ctx context.Context, tx *journal.Tx, a access.Actor, key vault.Key, c Case, id db.ID) (Member, error) {
	if id.IsZero() {
		return Member{}, nil
	}
	row, err := selectMember(ctx, tx, c.ID, id)
	if err == nil {
		return openMember(key, row)
	}
	if !fault.Is(err, "not_found") {
		return Member{}, err
	}
	people, err := selectPeople(ctx, tx, c.ID)
	if err != nil {
		return Member{}, err
	}
	for _, p := range people {
		if p.Person == id && c.Family() {
			m := Member{ID: db.NewID(), Person: p.Person, Name: p.Name, Version: 1}
			return m, insertMember(ctx, tx, c.ID, memberRow{m: m}, a.User, tx.Now())
		}
	}
	return Member{}, fault.Invalid(fault.Field("member", "unknown", "case.note.member_unknown"))
}
