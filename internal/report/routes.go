package report

import (
	"net/http"

	"teduh/internal/access"
	"teduh/internal/i18n"
	"teduh/internal/web"
)

// Pages are the handlers of reports.
type Pages struct {
	service *Service
	place   func(region string) string
}

// NewPages makes the pages; place names a region.
func NewPages(s *Service, place func(region string) string) *Pages { return &Pages{s, place} }

// Routes of reports.
func (p *Pages) Routes() []web.Route {
	return []web.Route{{Method: "GET", Path: "/laporan", Permission: string(access.ReportRead), Handle: p.outcomes}}
}

// outcomesView is what became of a year's cases, and by what it is told apart.
type outcomesView struct {
	Outcomes
	Years []int
	By    []string // that the reader may choose
	Err   error
	place func(string) string
}

// years are how many can be chosen.
const years = 6

func (p *Pages) outcomes(w http.ResponseWriter, r *http.Request) error {
	a, f := access.From(r.Context()), web.Query(r)
	now := p.service.now().In(a.Office.Zone).Year()
	v := outcomesView{place: p.place}
	for i := range years {
		v.Years = append(v.Years, now-i)
	}
	for _, by := range OutcomeBy {
		if by != "worker" || a.Can(access.TeamRead) {
			v.By = append(v.By, by)
		}
	}
	by := f.Line("by")
	if by == "" {
		by = OutcomeBy[0]
	}
	var err error
	if v.Outcomes, err = p.service.Outcomes(r.Context(), a, f.Int("year", now), by); err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "report.title"), Active: "reports"}, outcomesPage(v))
}
