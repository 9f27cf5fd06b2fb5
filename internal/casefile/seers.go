package casefile

import (
	"context"
	"slices"

	"github.com/a-h/templ"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/ui"
)

// Behind is something that takes on the confidentiality of its cases, such as a person or a request, for the question who
// can see it, and why.
type Behind struct {
	Level int // the lowest confidentiality of its cases
	May   access.Permission
	Cases []db.ID // of these, those the actor works on are told of
	Walls bool    // whoever stands behind a wall of the cases does not see it
}

// SeersBehind answers «who can see this, and why»: those whose role shows the level, and those near a case of it. Of a case
// that the actor does not work on nobody is named, so that the answer tells of no case they may not know.
func (s *Service) SeersBehind(ctx context.Context, a access.Actor, b Behind, staff []access.Colleague) (list []Seer, err error) {
	if err := a.Require(b.May); err != nil {
		return nil, err
	}
	walled := map[db.ID]bool{}
	var near []Seer
	for _, id := range b.Cases {
		seers, err := s.WhoCanSee(ctx, a, id)
		if fault.Is(err, "forbidden") || fault.Is(err, "not_found") {
			continue
		}
		if err != nil {
			return nil, err
		}
		near = append(near, seers...)
		if err := s.addWalled(ctx, a, id, walled); err != nil {
			return nil, err
		}
	}
	for _, c := range staff {
		if why := byLevel(c.Roles, b); why != "" && (!b.Walls || !walled[c.ID]) {
			list = append(list, Seer{User: User{c.ID, c.Name}, Why: why})
		}
	}
	for _, n := range near {
		if n.Why == "office" || n.Why == "head" || slices.ContainsFunc(list, func(x Seer) bool { return x.User.ID == n.User.ID }) {
			continue
		}
		list = append(list, n)
	}
	return list, nil
}

// byLevel is why a role shows something of a level, or nothing.
func byLevel(roles []access.Role, b Behind) string {
	may := slices.ContainsFunc(roles, func(r access.Role) bool { return r.Allows(b.May) })
	switch {
	case !may || b.Level > Restricted:
		return ""
	case slices.Contains(roles, access.Head):
		return "head"
	case b.Level == Ordinary:
		return "desk"
	}
	return ""
}

func (s *Service) addWalled(ctx context.Context, a access.Actor, id db.ID, walled map[db.ID]bool) error {
	return s.Read(ctx, a, id, func(r db.Reader, _ Inside) error {
		users, err := walledOf(ctx, r, id)
		for _, u := range users {
			walled[u] = true
		}
		return err
	})
}

// SeersCard shows the answer on the page of what was asked about.
func SeersCard(ctx context.Context, level int, seers []Seer) templ.Component {
	words := map[int]string{Ordinary: i18n.T(ctx, "case.seers.ordinary"), Restricted: i18n.T(ctx, "case.seers.restricted"), Secret: i18n.T(ctx, "case.seers.secret")}
	return seersCard(words[level], ui.TableProps{ID: "t-seers", Caption: i18n.T(ctx, "case.readers.today"),
		Columns: []ui.Column{{Text: i18n.T(ctx, "case.readers.name")}, {Text: i18n.T(ctx, "case.readers.why")}}, Rows: seerRows(ctx, seers)})
}

// SeersOfPerson draws who can see a person, and why, for those who write people's facts.
func (p *Pages) SeersOfPerson(ctx context.Context, a access.Actor, id db.ID) (templ.Component, error) {
	if !a.Can(access.PersonWrite) || !a.Can(access.CaseRead) {
		return nil, nil
	}
	cases, err := p.service.List(ctx, a, Filter{Person: id, Limit: mostOnPerson})
	if err != nil {
		return nil, err
	}
	b := Behind{May: access.PersonRead, Cases: make([]db.ID, len(cases.Items))}
	for i, c := range cases.Items {
		b.Cases[i] = c.ID
	}
	if b.Level, err = p.service.levelOfPerson(ctx, a, id); err != nil {
		return nil, err
	}
	staff, err := p.access.Colleagues(ctx, a)
	if err != nil {
		return nil, err
	}
	seers, err := p.service.SeersBehind(ctx, a, b, staff)
	return SeersCard(ctx, b.Level, seers), err
}

// levelOfPerson is the lowest confidentiality of the person's cases, as it stands with the person.
func (s *Service) levelOfPerson(ctx context.Context, a access.Actor, id db.ID) (level int, err error) {
	if err := a.Require(access.PersonRead); err != nil {
		return 0, err
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		level, err = lowestConfidentiality(ctx, r, id)
		return err
	})
	return level, err
}
