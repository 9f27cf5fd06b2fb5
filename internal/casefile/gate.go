package casefile

import (
	"context"
	"slices"

	"teduh/internal/db"
	"teduh/internal/unit"
)

// Check tells whether a case has what a gate asks for.
type Check func(ctx context.Context, r db.Reader, caseID db.ID) (bool, error)

// Demand is one thing that must be there before a stage can be left.
type Demand struct {
	Stage string // the stage it stands at the end of
	Code  string // catalog key "case.gate." + code
	Check Check
	Asked Check // whether it is asked of a case at all; nil is always. No office switches it off: another package decides
}

// Gate is a demand and whether it is met.
type Gate struct {
	Code string `json:"code"`
	Met  bool   `json:"met"`
}

// Gates knows the demands of each stage. Those of the case itself are built in; practice adds its own in app.
type Gates struct{ demands []Demand }

// NewGates with the demands that the case's own tables answer.
func NewGates() *Gates {
	g := &Gates{}
	g.Add(
		Demand{Outreach, "first_contact", hasContact, nil},
		Demand{Assessment, "risk_set", hasRisk, nil},
		Demand{Assessment, "category", hasCategory, nil},
		Demand{Intervention, "session_or_step", hasSession, nil},
	)
	return g
}

// Add registers further demands; a code given twice is met when either check is.
func (g *Gates) Add(d ...Demand) { g.demands = append(g.demands, d...) }

// All are the demands of every stage, each once.
func (g *Gates) All() (list []unit.Gate) {
	for _, d := range g.demands {
		if gate := (unit.Gate{Stage: d.Stage, Code: d.Code}); d.Asked == nil && !slices.Contains(list, gate) {
			list = append(list, gate)
		}
	}
	return list
}

// At checks the gate at the end of a stage; active tells which demands the office keeps.
func (g *Gates) At(ctx context.Context, r db.Reader, caseID db.ID, stage string, active func(code string) bool) ([]Gate, error) {
	list := []Gate{}
	place := map[string]int{}
	for _, d := range g.demands {
		if d.Stage != stage || !active(d.Code) {
			continue
		}
		asked, met, err := d.at(ctx, r, caseID)
		if err != nil {
			return nil, err
		}
		if !asked {
			continue
		}
		if i, ok := place[d.Code]; ok {
			list[i].Met = list[i].Met || met
			continue
		}
		place[d.Code] = len(list)
		list = append(list, Gate{Code: d.Code, Met: met})
	}
	return list, nil
}

func (d Demand) at(ctx context.Context, r db.Reader, caseID db.ID) (asked, met bool, err error) {
	asked = true
	if d.Asked != nil {
		if asked, err = d.Asked(ctx, r, caseID); err != nil || !asked {
			return asked, false, err
		}
	}
	met, err = d.Check(ctx, r, caseID)
	return asked, met, err
}

// missing are the demands that are not met.
func missing(gates []Gate) (codes []string) {
	for _, g := range gates {
		if !g.Met {
			codes = append(codes, g.Code)
		}
	}
	return codes
}
