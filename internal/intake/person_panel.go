package intake

import (
	"context"

	"github.com/a-h/templ"

	"teduh/internal/access"
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
