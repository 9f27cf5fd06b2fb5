package supervision

import (
	"net/http"
	"slices"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/i18n"
	"teduh/internal/web"
)

// teamPage is how many workers stand on a page of the list.
const teamPage = 50

// teamView is a page of the supervisor's list.
type teamView struct {
	Actor access.Actor
	All   casefile.Load
	Loads []casefile.Load
	Most  int // the heaviest load, which the bars are drawn against
	Next  string
}

func (p *Pages) team(w http.ResponseWriter, r *http.Request) error {
	ctx, a := r.Context(), access.From(r.Context())
	team, err := p.service.Team(ctx, a, 0)
	if err != nil {
		return err
	}
	v := teamView{Actor: a, All: Sum(team.Loads), Loads: team.Loads}
	if len(v.Loads) > 0 {
		v.Most = v.Loads[0].Weight
	}
	after := web.Query(r).ID("cursor")
	if i := slices.IndexFunc(v.Loads, func(l casefile.Load) bool { return l.Worker.ID == after }); i >= 0 {
		v.Loads = v.Loads[i+1:]
	}
	if len(v.Loads) > teamPage {
		v.Loads = v.Loads[:teamPage]
		v.Next = "/tim?cursor=" + v.Loads[teamPage-1].Worker.ID.String()
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(ctx, "supervision.title"), Active: "team"}, teamListPage(v))
}
