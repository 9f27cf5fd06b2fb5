package report

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/access"
	"teduh/internal/web"
)

// CellJSON is one count; category and village are left out where it is not counted by them, and empty where a case does not
// say.
type CellJSON struct {
	Category *string `json:"category,omitempty"`
	Village  *string `json:"village,omitempty"`
	Count    int     `json:"count"`
}

// CasesJSON is a report of cases.
type CasesJSON struct {
	Cells      []CellJSON `json:"cells"`
	Suppressed int        `json:"suppressed" doc:"cells with fewer than five"`
}

type casesInput struct {
	Year int    `query:"year" doc:"the year cases were opened in; this year when left out"`
	By   string `query:"by" default:"category,village" doc:"category, village, or both"`
}

type casesOutput struct{ Body CasesJSON }

// Operations registers the operations of reports.
func Operations(api *web.API, s *Service) {
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/reports/cases", Tags: []string{"reports"}, Summary: "Cases opened in a year, counted"},
		string(access.ReportRead), func(ctx context.Context, in *casesInput) (*casesOutput, error) {
			by := strings.Split(in.By, ",")
			c, err := s.Cases(ctx, access.From(ctx), in.Year, by)
			if err != nil {
				return nil, err
			}
			return &casesOutput{casesJSON(c, by)}, nil
		})
}

func casesJSON(c Cases, by []string) CasesJSON {
	j := CasesJSON{Cells: make([]CellJSON, len(c.Cells)), Suppressed: c.Suppressed}
	for i := range c.Cells {
		cell := &c.Cells[i]
		j.Cells[i].Count = cell.Count
		if slices.Contains(by, "category") {
			j.Cells[i].Category = &cell.Category
		}
		if slices.Contains(by, "village") {
			j.Cells[i].Village = &cell.Village
		}
	}
	return j
}
