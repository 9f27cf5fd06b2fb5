package intake

import (
	"context"

	"github.com/a-h/templ"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
)

// mostOnPerson requests stand on a person's page, the newest first.
const mostOnPerson = 20

// OnPerson draws the requests about a person that the reader may see, for the person's page.
func (p *Pages) OnPerson(ctx context.Context, a access.Actor, id db.ID) (templ.Component, error) {
	if !a.Can(access.RequestRead) {
		return nil, nil
	}
	list, err := p.service.List(ctx, a, Filter{Person: id, Limit: mostOnPerson})
	if err != nil {
		return nil, err
	}
	return personRequests(listView{Actor: a, Now: p.now(), List: list}), nil
}

// seers draws who can see a request, and why, for those who handle requests.
func (p *Pages) seers(ctx context.Context, a access.Actor, q Request, staff []access.Colleague) (templ.Component, error) {
	if !a.Can(access.RequestHandle) || !a.Can(access.CaseRead) {
		return nil, nil
	}
	b := casefile.Behind{Level: q.Level, May: access.RequestRead, Walls: true}
	if !q.Case.IsZero() {
		b.Cases = []db.ID{q.Case}
	}
	seers, err := p.cases.SeersBehind(ctx, a, b, staff)
	return casefile.SeersCard(ctx, q.Level, seers), err
}
