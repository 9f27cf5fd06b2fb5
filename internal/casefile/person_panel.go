package casefile

import (
	"context"

	"github.com/a-h/templ"

	"teduh/internal/access"
	"teduh/internal/db"
)

// mostOnPerson cases stand on a person's page; the rest is found in the list.
const mostOnPerson = 20

// OnPerson draws the cases of a person that the reader may see, for the person's page.
func (p *Pages) OnPerson(ctx context.Context, a access.Actor, id db.ID) (templ.Component, error) {
	if !a.Can(access.CaseRead) {
		return nil, nil
	}
	l, err := p.service.List(ctx, a, Filter{Person: id, Limit: mostOnPerson})
	if err != nil {
		return nil, err
	}
	return personCases(listView{List: l}), nil
}
