package partner

import (
	"context"
	"slices"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/person/names"
	"teduh/internal/region"
)

// everywhere is the area that every service has once, for those who do not ask where.
const everywhere = "*"

// areas that a client of a region is served by: the region, all around it, and those who serve everywhere.
func areas(near string) []string {
	if near == "" {
		return []string{everywhere}
	}
	list := []string{""}
	for code := near; code != ""; code = region.Parent(code) {
		list = append(list, code)
	}
	return list
}

// needs that answer a need: itself, and what is for any.
func needs(need string) []string {
	if need == "" {
		return []string{""}
	}
	return []string{need, "*"}
}

// candidates of what is asked, before each is looked at.
func candidates(ctx context.Context, r db.Reader, sc scope, q Ask) ([]candidate, error) {
	wantedNeeds, wantedAreas := needs(q.Need), areas(q.Near)
	if q.Text == "" && !sc.own {
		return selectCandidates(ctx, r, sc, wantedNeeds, wantedAreas)
	}
	ids, err := named(ctx, r, sc, q.Text)
	if err != nil {
		return nil, err
	}
	list, err := selectNamed(ctx, r, sc, ids)
	return slices.DeleteFunc(list, func(c candidate) bool {
		return !slices.Contains(wantedNeeds, c.need) || !slices.Contains(wantedAreas, c.area)
	}), err
}

// named are the services whose own or whose partner's name has the words of a text; without words, all of a partner's user's.
func named(ctx context.Context, r db.Reader, sc scope, text string) (ids []db.ID, err error) {
	if sc.own {
		return ownNamed(ctx, r, sc, text)
	}
	q, ok := names.Parse(text)
	if !ok {
		return nil, nil
	}
	begun, err := selectWords(ctx, r, sc.office, q.Anchor, "service")
	if err != nil {
		return nil, err
	}
	services, err := selectServices(ctx, r, sc, begun)
	return matching(services, q), err
}

func ownNamed(ctx context.Context, r db.Reader, sc scope, text string) ([]db.ID, error) {
	services, err := selectServicesOf(ctx, r, sc, sc.partner)
	if q, ok := names.Parse(text); ok {
		return matching(services, q), err
	}
	ids := make([]db.ID, len(services))
	for i, x := range services {
		ids[i] = x.ID
	}
	return ids, err
}

func matching(services []Service, q names.Query) (ids []db.ID) {
	for _, x := range services {
		if q.Match(x.words().Text) {
			ids = append(ids, x.ID)
		}
	}
	return ids
}

// words a service is found by.
func (x Service) words() names.Entry {
	if x.PartnerName == "" {
		return names.Index(x.Name)
	}
	return names.Index(x.Name, x.PartnerName)
}

// PartnersNamed finds partners by words of their names, by name.
func (d *Directory) PartnersNamed(ctx context.Context, a access.Actor, text string, most int) (list []Partner, err error) {
	sc, err := reading(a)
	if err != nil {
		return nil, err
	}
	q, ok := names.Parse(text)
	if !ok {
		return nil, nil
	}
	err = d.db.Read(ctx, func(r db.Reader) error {
		ids, err := selectWords(ctx, r, sc.office, q.Anchor, "partner")
		if err != nil {
			return err
		}
		list, err = selectReached(ctx, r, sc, ids)
		return err
	})
	list = slices.DeleteFunc(list, func(p Partner) bool { return !p.EndedAt.IsZero() || !q.Match(names.Index(p.Name).Text) })
	for i := range list {
		list[i] = sc.tell(list[i])
	}
	return list[:min(len(list), most)], err
}
