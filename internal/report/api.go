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
	outcomesOperation(api, s)
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

// MeanJSON is an average with its 95 % interval; all is null under five.
type MeanJSON struct {
	N     *int     `json:"n"`
	Value *float64 `json:"value"`
	Low   *float64 `json:"low"`
	High  *float64 `json:"high"`
}

// OutcomeJSON is what became of the closed cases of a group.
type OutcomeJSON struct {
	Key          *string         `json:"key" doc:"category, region code or the worker's name; null for all and where a case does not say"`
	N            *int            `json:"n" doc:"null under five"`
	Overcome     map[string]*int `json:"overcome" doc:"gone, less, same, worse; null where it is too small to tell"`
	Restored     MeanJSON        `json:"restored" doc:"change of the scale from 0 to 10"`
	Strengthened MeanJSON        `json:"strengthened"`
}

// ReachedJSON is how the goals of one aim came out.
type ReachedJSON struct {
	Aim     string   `json:"aim" enum:"overcome,restored,strengthened"`
	N       int      `json:"n"`
	Reached *int     `json:"reached" doc:"as hoped or better; null where it is too small to tell"`
	Score   MeanJSON `json:"score"`
}

// ScaleJSON is how a scale of an instrument changed from the first answers to the last.
type ScaleJSON struct {
	Title    string          `json:"title" example:"PHQ-9"`
	N        int             `json:"n"`
	Verdicts map[string]*int `json:"verdicts" doc:"better, same, worse by reliable change, unjudged; null where it is too small to tell"`
	Change   MeanJSON        `json:"change"`
}

// OutcomesJSON are the results of the cases closed in a year.
type OutcomesJSON struct {
	Year       int           `json:"year"`
	Closed     int           `json:"closed"`
	All        OutcomeJSON   `json:"all"`
	Groups     []OutcomeJSON `json:"groups" nullable:"false"`
	Suppressed int           `json:"suppressed" doc:"groups that are too small to tell, or would betray one that is"`
	Aims       []ReachedJSON `json:"aims" nullable:"false"`
	Scales     []ScaleJSON   `json:"scales" nullable:"false" doc:"of instruments that were answered at least twice in the case; those of fewer than five cases are left out"`
}

type outcomesInput struct {
	Year int    `query:"year" doc:"the year cases were closed in; this year when left out"`
	By   string `query:"by" enum:"category,village,worker" doc:"what they are told apart by; worker only for those who look after a team"`
}

type outcomesOutput struct{ Body OutcomesJSON }

func outcomesOperation(api *web.API, s *Service) {
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/reports/outcomes", Tags: []string{"reports"}, Summary: "What changed in the cases closed in a year"},
		string(access.ReportRead), func(ctx context.Context, in *outcomesInput) (*outcomesOutput, error) {
			o, err := s.Outcomes(ctx, access.From(ctx), in.Year, in.By)
			if err != nil {
				return nil, err
			}
			return &outcomesOutput{outcomesJSON(o)}, nil
		})
}

func outcomesJSON(o Outcomes) OutcomesJSON {
	j := OutcomesJSON{Year: o.Year, Closed: o.Closed, All: outcomeJSON(o.All), Groups: []OutcomeJSON{}, Suppressed: o.Small, Aims: []ReachedJSON{}, Scales: []ScaleJSON{}}
	for _, x := range o.Scales {
		scale := ScaleJSON{Title: x.Title, N: x.N, Verdicts: map[string]*int{}, Change: meanJSON(x.Change)}
		for i, word := range Verdicts {
			scale.Verdicts[word] = told(x.Verdicts[i])
		}
		j.Scales = append(j.Scales, scale)
	}
	for _, g := range o.Groups {
		j.Groups = append(j.Groups, outcomeJSON(g))
	}
	for _, x := range o.Aims {
		if x.N < Least {
			continue
		}
		j.Aims = append(j.Aims, ReachedJSON{Aim: x.Aim, N: x.N, Reached: told(x.Goals), Score: meanJSON(x.Score)})
	}
	return j
}

func outcomeJSON(o Outcome) OutcomeJSON {
	j := OutcomeJSON{N: told(o.N), Overcome: map[string]*int{}, Restored: meanJSON(o.Restored), Strengthened: meanJSON(o.Strengthened)}
	if o.Key != "" {
		j.Key = &o.Key
	}
	for i, word := range Overcome {
		j.Overcome[word] = told(o.Overcome[i])
	}
	return j
}

func told(n int) *int {
	if n == Hidden {
		return nil
	}
	return &n
}

func meanJSON(m Mean) MeanJSON {
	if !m.Told() {
		return MeanJSON{}
	}
	return MeanJSON{N: &m.N, Value: &m.Value, Low: &m.Low, High: &m.High}
}
