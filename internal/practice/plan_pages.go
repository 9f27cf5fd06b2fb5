package practice

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/ui"
	"teduh/internal/web"
)

// levelFields are the fields of the five levels, from −2 to +2.
var levelFields = [5]string{"level_m2", "level_m1", "level_0", "level_p1", "level_p2"}

// readGoal reads the form of a goal.
func readGoal(f web.Form) (Goal, error) {
	g := Goal{Aim: f.Line("aim"), Words: f.Line("words"), Measure: f.Line("measure"), Baseline: f.Line("baseline"), Target: f.Line("target"),
		Weight: f.Int("weight", 1), Version: f.Version()}
	for i, name := range levelFields {
		g.Levels[i] = f.Line(name)
	}
	target, ok := f.Day("target_on")
	g.TargetOn = target
	return g, impossible(ok, "target_on")
}

// goalValues is the form of a goal as it stands.
func goalValues(g Goal) web.Form {
	f := url.Values{"aim": {g.Aim}, "words": {g.Words}, "measure": {g.Measure}, "baseline": {g.Baseline}, "target": {g.Target}, "weight": {strconv.Itoa(g.Weight)}}
	for i, name := range levelFields {
		f.Set(name, g.Levels[i])
	}
	setDay(f, "target_on", g.TargetOn)
	return web.Form{Values: f}
}

func setDay(f url.Values, name string, day db.Date) {
	if parts := strings.Split(string(day), "-"); len(parts) == 3 {
		f.Set(name+"_y", parts[0])
		f.Set(name+"_m", parts[1])
		f.Set(name+"_d", parts[2])
	}
}

func impossible(ok bool, field string) error {
	if ok {
		return nil
	}
	return fault.Invalid(fault.Field(field, "impossible", "case.day.impossible"))
}

// readStep reads the fields of a step, whose names begin with prefix.
func readStep(f web.Form, prefix string) (Step, error) {
	due, ok := f.Day(prefix + "due")
	return Step{What: f.Line(prefix + "what"), Who: f.Line(prefix + "who"), DueOn: due, Version: f.Version()}, impossible(ok, prefix+"due")
}

func (p *Pages) addGoal(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, posted{planPart, goalDraft, "goal_saved"}, func(a access.Actor, id db.ID, f web.Form) error {
		g, err := readGoal(f)
		if err != nil {
			return err
		}
		first, err := readStep(f, "")
		if err == nil {
			_, err = p.service.AddGoal(r.Context(), a, id, g, first)
		}
		return err
	})
}

func (p *Pages) addStep(w http.ResponseWriter, r *http.Request) error {
	form := "step:" + r.PathValue("goal")
	return p.act(w, r, posted{planPart, form, "step_saved"}, func(a access.Actor, id db.ID, f web.Form) error {
		goal, err := web.PathID(r, "goal")
		if err != nil {
			return err
		}
		step, err := readStep(f, "step_")
		if err != nil {
			return err
		}
		return p.service.AddStep(r.Context(), a, id, goal, step)
	})
}

func (p *Pages) scoreGoal(w http.ResponseWriter, r *http.Request) error {
	form := "score:" + r.PathValue("goal")
	return p.act(w, r, posted{planPart, form, "goal_scored"}, func(a access.Actor, id db.ID, f web.Form) error {
		goal, err := web.PathID(r, "goal")
		if err != nil {
			return err
		}
		return p.service.ScoreGoal(r.Context(), a, id, goal, f.Int("score", 99))
	})
}

func (p *Pages) finishStep(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, posted{planPart, "", "step_done"}, func(a access.Actor, id db.ID, _ web.Form) error {
		step, err := web.PathID(r, "step")
		if err != nil {
			return err
		}
		return p.service.FinishStep(r.Context(), a, id, step)
	})
}

func (p *Pages) reviewPlan(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, posted{planPart, reviewDraft, "plan_reviewed"}, func(a access.Actor, id db.ID, f web.Form) error {
		held, ok := f.Day("held_on")
		if err := impossible(ok, "held_on"); err != nil {
			return err
		}
		next, ok := f.Day("next_on")
		if err := impossible(ok, "next_on"); err != nil {
			return err
		}
		return p.service.ReviewPlan(r.Context(), a, id, Review{HeldOn: held, NextOn: next, Changed: f.Text("changed")})
	})
}

func (p *Pages) agreePage(w http.ResponseWriter, r *http.Request) error {
	return p.showAgree(w, r, view{})
}

func (p *Pages) showAgree(w http.ResponseWriter, r *http.Request, v view) error {
	v, err := p.opened(r, v)
	if err != nil {
		return err
	}
	if !v.mayWrite() {
		return fault.Forbidden()
	}
	return web.ShowPage(w, r, web.PageInfo{Title: v.Case.Number, Active: "cases", Err: v.Err}, agreeBody(v))
}

func (p *Pages) agree(w http.ResponseWriter, r *http.Request) error {
	return p.signed(w, r, "rencana", "plan_agreed", func(ctx context.Context, a access.Actor, id db.ID, f web.Form, photo Photo) error {
		return p.service.Agree(ctx, a, id, readSigned(f), photo)
	}, func(f web.Form, err error) error {
		return p.showAgree(w, r, view{Posted: agreeForm, Form: f, Err: err})
	})
}

func (p *Pages) printPlan(w http.ResponseWriter, r *http.Request) error {
	v, err := p.opened(r, view{})
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, planSheet(v, ui.PlainProps{Title: v.Case.Number, Office: v.Reader.Office.Name, Home: v.href("rencana")}))
}
