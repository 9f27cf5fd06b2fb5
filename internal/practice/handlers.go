package practice

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/web"
)

// view is a case's professional work, and what was typed where a form was refused.
type view struct {
	Case casefile.Case
	Work Work
	Left map[string]casefile.Left // in the forms of this part
	Form web.Form
	Err  error
}

func (v view) href(part string) string { return "/kasus/" + v.Case.ID.String() + "/" + part }

// mayWrite tells whether forms are shown.
func (v view) mayWrite() bool { return v.Case.Writes && v.Case.Status == "open" }

func (p *Pages) assessment(w http.ResponseWriter, r *http.Request) error {
	return p.show(w, r, "asesmen", nil, web.Form{})
}

func (p *Pages) plan(w http.ResponseWriter, r *http.Request) error {
	return p.show(w, r, "rencana", nil, web.Form{})
}

// show draws one part of the case; refused and f hold what a form could not keep.
func (p *Pages) show(w http.ResponseWriter, r *http.Request, part string, refused error, f web.Form) error {
	a, c, err := p.cases.Opened(r)
	if err != nil {
		return err
	}
	v := view{Case: c, Form: f, Err: refused}
	if v.Work, err = p.service.Work(r.Context(), a, c.ID); err != nil {
		return err
	}
	body, forms := planBody, []string{goalDraft}
	if part == "asesmen" {
		body, forms = assessmentBody, []string{assessmentDraft, safetyDraft}
	}
	if err := p.fillLeft(r.Context(), a, &v, forms...); err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: c.Number, Active: "cases", Err: refused}, p.cases.Frame(r.Context(), c, part, refused, body(v)))
}

// act runs a form's act and comes back to the part it stands in.
func (p *Pages) act(w http.ResponseWriter, r *http.Request, part, said string, do func(a access.Actor, id db.ID, f web.Form) error) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	err = do(access.From(r.Context()), id, f)
	if e, ok := fault.As(err); ok && e.Status != http.StatusNotFound {
		return p.show(w, r, part, err, f)
	}
	if err != nil {
		return err
	}
	web.Say(w, said)
	return web.Redirect(w, r, "/kasus/"+id.String()+"/"+part)
}

func (p *Pages) writeAssessment(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "asesmen", "assessment_saved", func(a access.Actor, id db.ID, f web.Form) error {
		texts, was := map[string]string{}, map[string]string{}
		for _, code := range Sections {
			if f.Has(code) {
				texts[code] = f.Text(code)
			}
			if f.Has(wasField(code)) {
				was[code] = f.Get(wasField(code))
			}
		}
		return p.service.WriteSectionsOver(r.Context(), a, id, texts, was)
	})
}

func (p *Pages) giveConsent(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "asesmen", "consent_saved", func(a access.Actor, id db.ID, f web.Form) error {
		return p.service.GiveConsent(r.Context(), a, id, Consent{Kind: f.Line("kind"), Manner: f.Line("manner"), Witness: f.Line("witness")})
	})
}

func (p *Pages) withdrawConsent(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "asesmen", "consent_withdrawn", func(a access.Actor, id db.ID, _ web.Form) error {
		consent, err := web.PathID(r, "consent")
		if err != nil {
			return err
		}
		return p.service.WithdrawConsent(r.Context(), a, id, consent)
	})
}

func (p *Pages) writeSafetyPlan(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "asesmen", "safety_plan_saved", func(a access.Actor, id db.ID, f web.Form) error {
		return p.service.WriteSafetyPlan(r.Context(), a, id, f.Text("text"), f.Version())
	})
}

func (p *Pages) addGoal(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "rencana", "goal_saved", func(a access.Actor, id db.ID, f web.Form) error {
		target, ok := f.Day("target_on")
		if !ok {
			return fault.Invalid(fault.Field("target_on", "impossible", "case.day.impossible"))
		}
		_, err := p.service.AddGoal(r.Context(), a, id, Goal{Aim: f.Line("aim"), Words: f.Line("words"), Measure: f.Line("measure"), TargetOn: target},
			Step{What: f.Line("what"), Who: f.Line("who")})
		return err
	})
}

func (p *Pages) addStep(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "rencana", "step_saved", func(a access.Actor, id db.ID, f web.Form) error {
		goal, err := web.PathID(r, "goal")
		if err != nil {
			return err
		}
		return p.service.AddStep(r.Context(), a, id, goal, Step{What: f.Line("what"), Who: f.Line("who")})
	})
}

func (p *Pages) scoreGoal(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "rencana", "goal_scored", func(a access.Actor, id db.ID, f web.Form) error {
		goal, err := web.PathID(r, "goal")
		if err != nil {
			return err
		}
		return p.service.ScoreGoal(r.Context(), a, id, goal, f.Int("score", 99))
	})
}

func (p *Pages) finishStep(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "rencana", "step_done", func(a access.Actor, id db.ID, _ web.Form) error {
		step, err := web.PathID(r, "step")
		if err != nil {
			return err
		}
		return p.service.FinishStep(r.Context(), a, id, step)
	})
}

func (p *Pages) agree(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "rencana", "plan_agreed", func(a access.Actor, id db.ID, _ web.Form) error {
		return p.service.Agree(r.Context(), a, id)
	})
}

func (p *Pages) fillScales(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "rencana", "scales_saved", func(a access.Actor, id db.ID, f web.Form) error {
		return p.service.FillScales(r.Context(), a, id, readScales(f)...)
	})
}

// readScales takes the scales that were filled in.
func readScales(f web.Form) (list []Reading) {
	for _, aim := range Aims[1:] {
		for _, moment := range Moments {
			if name := aim + "_" + moment; f.Line(name) != "" {
				list = append(list, Reading{aim, moment, f.Int(name, -1)})
			}
		}
	}
	return list
}

// closingScales puts the scales that were filled into the form that closes the case.
func (p *Pages) closingScales(ctx context.Context, a access.Actor, id db.ID, into url.Values) error {
	w, err := p.service.Work(ctx, a, id)
	for _, aim := range Aims[1:] {
		for _, moment := range Moments {
			if value, ok := w.Scales[aim+" "+moment]; ok {
				into.Set(aim+"_"+moment, strconv.Itoa(value))
			}
		}
	}
	return err
}
