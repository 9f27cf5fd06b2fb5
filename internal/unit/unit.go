// Package unit keeps what an office decides for itself: its lists and labels, the gates it keeps, the clocks of urgency,
// what each danger sign means, who is on duty, when the office works, emergency numbers, and the dates that follow from
// what happens.
//
// Settings is all of it for one office. An office that changed nothing has the Defaults of the domain; each area is
// changed as a whole by the head and read by everyone who works there. Settings are read on every request, so Of keeps
// them for a second; the change is journalled, and the node that made it forgets what it kept at once.
//
// From(ctx) gives the settings of the office one stands at, for labels on pages.
package unit

import (
	"context"
	"slices"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/web"
)

// Settings of one office.
type Settings struct {
	Categories Categories
	Services   Services
	Stages     Stages
	Urgency    Urgency
	Danger     Danger
	Duty       Duty
	Calendar   Calendar
	Emergency  Emergency
	Rules      Rules
	FollowUp   FollowUp
	Guidance   Guidance
	versions   map[string]int64
}

// Part is one area, changed as a whole.
type Part interface {
	Area() string
	Check() error
}

// Areas in the order of the settings page.
var Areas = []string{"categories", "services", "stages", "urgency", "danger", "duty", "calendar", "emergency", "rules", "follow_up", "guidance"}

// Version of an area, 0 while it stands at its defaults.
func (s Settings) Version(area string) int64 { return s.versions[area] }

// Entry of a list. Code never changes; empty labels mean the catalog's words.
type Entry struct {
	Code string `json:"code"`
	ID   string `json:"id,omitempty"`
	EN   string `json:"en,omitempty"`
	Off  bool   `json:"off,omitempty"`
}

func (e Entry) label(ctx context.Context, words i18n.Family) string {
	switch {
	case i18n.Lang(ctx) == i18n.EN && e.EN != "":
		return e.EN
	case e.ID != "":
		return e.ID
	case words.Has(e.Code):
		return words.T(ctx, e.Code)
	}
	return e.Code
}

// MaxEntries of a list an office may have.
const MaxEntries = 200

func checkEntries(list []Entry) error {
	var c fault.Checks
	c.Field(len(list) > MaxEntries, "entries", "too_many", "unit.too_many", "max", MaxEntries)
	seen := map[string]bool{}
	for _, e := range list {
		c.Field(e.Code == "" || seen[e.Code], "entries", "duplicate", "unit.duplicate")
		seen[e.Code] = true
		c.Add(web.Length("entries", e.ID, 0, web.MaxName))
		c.Add(web.Length("entries", e.EN, 0, web.MaxName))
	}
	return c.Err()
}

// Categories are the 26 kinds of PMKS/PPKS, family problems and the office's own kinds.
type Categories []Entry

// Area names it.
func (Categories) Area() string { return "categories" }

// Check refuses double codes and labels that are too long.
func (l Categories) Check() error { return checkEntries(l) }

// Services are the kinds of service given.
type Services []Entry

// Area names it.
func (Services) Area() string { return "services" }

// Check refuses double codes and labels that are too long.
func (l Services) Check() error { return checkEntries(l) }

// Stages are the office's own words for the seven stages, and the gates it does not keep, as "stage/code".
type Stages struct {
	Labels []Entry  `json:"labels"`
	Off    []string `json:"off,omitempty"`
}

// Area names it.
func (Stages) Area() string { return "stages" }

// Check refuses labels that are too long.
func (s Stages) Check() error { return checkEntries(s.Labels) }

// Number to call in an emergency. It is shown once the office has checked it.
type Number struct {
	Name    string  `json:"name"`
	Number  string  `json:"number"`
	On      bool    `json:"on"`
	Checked db.Date `json:"checked,omitempty"`
}

// Emergency numbers in the order they are shown.
type Emergency []Number

// Area names it.
func (Emergency) Area() string { return "emergency" }

// Check asks for a name with each number.
func (e Emergency) Check() error {
	var c fault.Checks
	for _, n := range e {
		c.Add(web.Length("name", n.Name, 1, web.MaxName))
		c.Add(web.Length("number", n.Number, 1, 40))
	}
	return c.Err()
}

// Shown are the numbers that are switched on.
func (e Emergency) Shown() Emergency {
	return slices.DeleteFunc(slices.Clone(e), func(n Number) bool { return !n.On })
}

// Rule makes a task some days after something happened. After is a change's code, with the stage or risk it led to
// («case.opened», «case.stage.planning», «practice.agreed»).
type Rule struct {
	Code  string `json:"code"`
	After string `json:"after"`
	Days  int    `json:"days"`
	What  string `json:"what,omitempty"` // empty means the catalog's words for Code
	Off   bool   `json:"off,omitempty"`
}

// Rules of dates.
type Rules []Rule

// Area names it.
func (Rules) Area() string { return "rules" }

// Occasions that a rule may follow.
var Occasions = []string{"case.opened", "case.stage.engagement", "case.stage.assessment", "case.stage.planning", "case.stage.intervention",
	"case.stage.evaluation", "case.stage.termination", "case.risk.high", "practice.agreed", "practice.safety_plan", "case.reopened"}

// Check names what is wrong with a rule.
func (l Rules) Check() error {
	var c fault.Checks
	for _, r := range l {
		c.Field(!slices.Contains(Occasions, r.After), "after", "unknown", "error.choice")
		c.Field(r.Days < 0 || r.Days > 730, "days", "out_of_range", "unit.rule.days")
		c.Field(!ruleWords.Has(r.Code) && r.What == "", "what", "required", "unit.rule.what_required")
		c.Add(web.Length("what", r.What, 0, web.MaxLine))
	}
	return c.Err()
}

// After are the rules that an occasion sets off.
func (l Rules) After(occasion string) (found []Rule) {
	for _, r := range l {
		if r.After == occasion && !r.Off {
			found = append(found, r)
		}
	}
	return found
}

// FollowUp is when the office looks in after closing, in months, and whether lowering a high risk needs the supervisor.
type FollowUp struct {
	Months          []int `json:"months"`
	RiskNeedsSecond bool  `json:"risk_needs_second,omitempty"`
}

// Area names it.
func (FollowUp) Area() string { return "follow_up" }

// Check keeps the months within two years.
func (f FollowUp) Check() error {
	var c fault.Checks
	for _, m := range f.Months {
		c.Field(m < 1 || m > 24, "months", "out_of_range", "unit.follow_up.months")
	}
	return c.Err()
}

// Duty is who is called when a life is in danger: first those on duty, then the stand-ins, then the heads.
type Duty struct {
	First    []db.ID `json:"first"`
	StandIns []db.ID `json:"stand_ins"`
	ToStand  int     `json:"to_stand_in"` // minutes until it goes on to the stand-ins
	ToHead   int     `json:"to_head"`     // minutes until it goes on to the heads
}

// Area names it.
func (Duty) Area() string { return "duty" }

// Check keeps the waits within an hour and in order.
func (d Duty) Check() error {
	var c fault.Checks
	c.Field(d.ToStand < 1 || d.ToStand > 60, "to_stand_in", "out_of_range", "unit.duty.minutes")
	c.Field(d.ToHead < d.ToStand || d.ToHead > 120, "to_head", "out_of_range", "unit.duty.minutes_head")
	return c.Err()
}
