package unit

import (
	"maps"
	"slices"

	"teduh/internal/fault"
	"teduh/internal/web"
)

// Guidance is how work is supervised: what a case weighs in somebody's caseload, by its stage and its risk, and what needs a
// second person's approval.
type Guidance struct {
	Stages          Weights `json:"stages"`
	Risks           Weights `json:"risks"`
	PlanApproval    bool    `json:"plan_approval,omitempty"`
	ClosingApproval bool    `json:"closing_approval,omitempty"`
}

// Weights are points by code.
type Weights map[string]int

// RiskCodes in their order.
var RiskCodes = []string{"none", "low", "medium", "high"}

// MaxWeight is the most points of a stage or a risk.
const MaxWeight = 20

// The gates that an office keeps only where it asks for an approval.
const (
	PlanApproved    = "plan_approved"
	ClosingApproved = "closing_approved"
)

// Area names it.
func (Guidance) Area() string { return "guidance" }

// Check keeps the points within their bounds; a case that weighs nothing at any risk would be nobody's work.
func (g Guidance) Check() error {
	var c fault.Checks
	for field, w := range map[string]Weights{"stage": g.Stages, "risk": g.Risks} {
		for _, code := range slices.Sorted(maps.Keys(w)) {
			c.Field(w[code] < 0 || w[code] > MaxWeight, field+"_"+code, "out_of_range", "unit.guidance.points", "max", MaxWeight)
		}
	}
	for _, code := range StageCodes {
		c.Field(g.Stages[code] < 1, "stage_"+code, "too_small", "unit.guidance.least")
	}
	return c.Err()
}

// Weight of a case is the points of its stage and those of its risk.
func (g Guidance) Weight(stage, risk string) int { return g.Stages[stage] + g.Risks[risk] }

// asks tells whether the office asks for an approval; ok is false for gates that are none.
func (g Guidance) asks(code string) (asked, ok bool) {
	switch code {
	case PlanApproved:
		return g.PlanApproval, true
	case ClosingApproved:
		return g.ClosingApproval, true
	}
	return false, false
}

func isApproval(g Gate) bool { return g.Code == PlanApproved || g.Code == ClosingApproved }

func readGuidance(f web.Form) Guidance {
	g := Guidance{Stages: Weights{}, Risks: Weights{}, PlanApproval: f.Checked("plan_approval"), ClosingApproval: f.Checked("closing_approval")}
	for _, code := range StageCodes {
		g.Stages[code] = f.Int("stage_"+code, -1)
	}
	for _, code := range RiskCodes {
		g.Risks[code] = f.Int("risk_"+code, -1)
	}
	return g
}
