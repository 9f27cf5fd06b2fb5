package supervision

import (
	"context"
	"net/http"
	"slices"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
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

	Supervised map[db.ID]db.Time // when each was last supervised
	Waiting    []Waiting
	Expiring   []Expiring
	Today      db.Date
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
	if err := p.service.besideTeam(ctx, a, &v); err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(ctx, "supervision.title"), Active: "team"}, teamListPage(v))
}

// mostBeside are the requests and licences shown beside the list.
const mostBeside = 20

// besideTeam reads what stands beside the list: when each was last supervised, what waits for approval, and which licences
// expire.
func (s *Service) besideTeam(ctx context.Context, a access.Actor, v *teamView) (err error) {
	v.Today = db.DayOf(s.now(), a.Office.Zone)
	if v.Waiting, err = s.Waiting(ctx, a, mostBeside); err != nil {
		return err
	}
	if v.Expiring, err = s.Expiring(ctx, a, true, mostBeside); err != nil {
		return err
	}
	return s.db.Read(ctx, func(r db.Reader) error {
		v.Supervised, err = selectSupervised(ctx, r, a.Office.ID)
		return err
	})
}
