package practice

import (
	"context"
	"crypto/sha256"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/web"
)

// The pages on which a goal or a step is changed or dropped.

func (p *Pages) editGoal(w http.ResponseWriter, r *http.Request) error {
	return p.showGoal(w, r, view{})
}

func (p *Pages) showGoal(w http.ResponseWriter, r *http.Request, v view) error {
	v, err := p.editable(r, v)
	if err != nil {
		return err
	}
	id, err := web.PathID(r, "goal")
	if err != nil {
		return err
	}
	g, err := p.service.Goal(r.Context(), v.Reader, v.Case.ID, id)
	if err != nil {
		return err
	}
	if v.Posted != goalDraft { // the form as it stands; what was typed into the other one is the reader's own
		v.Stands = goalValues(g)
	}
	return p.frame(w, r, "rencana", v, goalChangeBody(v, g))
}

func (p *Pages) editStep(w http.ResponseWriter, r *http.Request) error {
	return p.showStep(w, r, view{})
}

func (p *Pages) showStep(w http.ResponseWriter, r *http.Request, v view) error {
	v, err := p.editable(r, v)
	if err != nil {
		return err
	}
	id, err := web.PathID(r, "step")
	if err != nil {
		return err
	}
	s, err := p.service.Step(r.Context(), v.Reader, v.Case.ID, id)
	if err != nil {
		return err
	}
	if v.Posted != stepChange {
		f := url.Values{"step_what": {s.What}, "step_who": {s.Who}}
		setDay(f, "step_due", s.DueOn)
		v.Stands = web.Form{Values: f}
	}
	return p.frame(w, r, "rencana", v, stepChangeBody(v, s))
}

// editable opens a case that the reader may write in.
func (p *Pages) editable(r *http.Request, v view) (view, error) {
	var err error
	if v.Reader, v.Case, err = p.cases.Opened(r); err == nil && !v.mayWrite() {
		err = fault.Forbidden()
	}
	return v, err
}

// onOne runs an act on a goal or a step and comes back to the plan; a refusal is shown on the page of that goal or step.
func (p *Pages) onOne(w http.ResponseWriter, r *http.Request, name, form, said string, show func(http.ResponseWriter, *http.Request, view) error,
	do func(a access.Actor, caseID, one db.ID, f web.Form) error) error {
	caseID, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	one, err := web.PathID(r, name)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	err = do(access.From(r.Context()), caseID, one, f)
	if web.Refused(err) {
		return show(w, r, view{Posted: form, Form: f, Err: err})
	}
	if err != nil {
		return err
	}
	web.Say(w, said)
	return web.Redirect(w, r, "/kasus/"+caseID.String()+"/rencana")
}

func (p *Pages) changeGoal(w http.ResponseWriter, r *http.Request) error {
	return p.onOne(w, r, "goal", goalDraft, "goal_saved", p.showGoal, func(a access.Actor, caseID, one db.ID, f web.Form) error {
		g, err := readGoal(f)
		if g.ID = one; err != nil {
			return err
		}
		return p.service.ChangeGoal(r.Context(), a, caseID, g, f.Line("reason"))
	})
}

func (p *Pages) dropGoal(w http.ResponseWriter, r *http.Request) error {
	return p.onOne(w, r, "goal", dropForm, "goal_dropped", p.showGoal, func(a access.Actor, caseID, one db.ID, f web.Form) error {
		return onField(p.service.DropGoal(r.Context(), a, caseID, one, f.Line("drop_reason"), f.Version()), "reason", "drop_reason")
	})
}

func (p *Pages) changeStep(w http.ResponseWriter, r *http.Request) error {
	return p.onOne(w, r, "step", stepChange, "step_saved", p.showStep, func(a access.Actor, caseID, one db.ID, f web.Form) error {
		s, err := readStep(f, "step_")
		if s.ID = one; err != nil {
			return err
		}
		return p.service.ChangeStep(r.Context(), a, caseID, s)
	})
}

func (p *Pages) dropStep(w http.ResponseWriter, r *http.Request) error {
	return p.onOne(w, r, "step", dropForm, "step_dropped", p.showStep, func(a access.Actor, caseID, one db.ID, f web.Form) error {
		return onField(p.service.DropStep(r.Context(), a, caseID, one, f.Line("drop_reason"), f.Version()), "reason", "drop_reason")
	})
}

// onField names a field of a refusal as the form has it.
func onField(err error, was, is string) error {
	if e, ok := fault.As(err); ok {
		for _, f := range e.Fields {
			if f.Field == was {
				f.Field = is
			}
		}
	}
	return err
}

// signed runs a form that may bring a photograph; what is not kept of it is taken away again.
func (p *Pages) signed(w http.ResponseWriter, r *http.Request, back, said string, do func(ctx context.Context, a access.Actor, id db.ID, f web.Form, photo Photo) error,
	refused func(f web.Form, err error) error) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	a := access.From(r.Context())
	f, photo, err := p.readWithPhoto(r, id)
	if err == nil {
		err = do(claimed(r, a, f), a, id, f, photo)
	}
	if err != nil && !errors.Is(err, journal.ErrClaimed) { // a second click on the same form: what the first one kept is there
		if photo != nil {
			if discarded := photo.Discard(); discarded != nil {
				return discarded
			}
		}
		if web.Refused(err) {
			return refused(f, err)
		}
		return err
	}
	web.Say(w, said)
	return web.Redirect(w, r, "/kasus/"+id.String()+"/"+back)
}

// claimed puts the one-time key of a form in parts on what is written; other forms have it already.
func claimed(r *http.Request, a access.Actor, f web.Form) context.Context {
	key := f.Get("form_key")
	if key == "" || !strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		return r.Context()
	}
	sum := sha256.Sum256([]byte(key))
	return journal.WithClaim(r.Context(), &journal.Claim{Account: a.User, Key: "form:" + key, BodyHash: sum[:]})
}
