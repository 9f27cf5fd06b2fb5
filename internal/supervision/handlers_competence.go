package supervision

import (
	"context"
	"net/http"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/web"
)

// competenceView is a worker's record, and what was typed where a form was refused.
type competenceView struct {
	Competence
	Actor access.Actor
	Today db.Date
	Form  web.Form
	Err   error
}

func (v competenceView) href(act string) string {
	return "/kompetensi/" + v.Worker.ID.String() + "/" + act
}

func (v competenceView) own() bool { return v.Worker.ID == v.Actor.User }

// setsProfession tells whether the reader says which profession this is: a head, and a supervisor of others.
func (v competenceView) setsProfession() bool {
	return v.Actor.Has(access.Head) || !v.own() && v.Actor.Can(access.CaseSupervise)
}

func (v competenceView) get(name string) string {
	if v.Form.Values == nil {
		return ""
	}
	return v.Form.Text(name)
}

func (p *Pages) ownCompetence(w http.ResponseWriter, r *http.Request) error {
	return p.showCompetence(w, r, access.From(r.Context()).User, nil, web.Form{})
}

func (p *Pages) competence(w http.ResponseWriter, r *http.Request) error {
	user, err := web.PathID(r, "user")
	if err != nil {
		return err
	}
	return p.showCompetence(w, r, user, nil, web.Form{})
}

func (p *Pages) showCompetence(w http.ResponseWriter, r *http.Request, user db.ID, refused error, f web.Form) (err error) {
	a := access.From(r.Context())
	v := competenceView{Actor: a, Today: db.DayOf(p.service.now(), a.Office.Zone), Form: f, Err: refused}
	if v.Competence, err = p.service.Competence(r.Context(), a, user); err != nil {
		return err
	}
	active := "team"
	if v.own() {
		active = "competence"
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "supervision.competence.title"), Active: active, Err: refused}, competencePage(v))
}

// onCompetence runs a form's act on a record and comes back to it.
func (p *Pages) onCompetence(w http.ResponseWriter, r *http.Request, do func(context.Context, access.Actor, db.ID, web.Form) error) error {
	user, f, err := web.PathForm(r, "user")
	if err != nil {
		return err
	}
	err = do(r.Context(), access.From(r.Context()), user, f)
	if web.Refused(err) {
		return p.showCompetence(w, r, user, err, f)
	}
	if err != nil {
		return err
	}
	web.Say(w, "competence_saved")
	return web.Redirect(w, r, "/kompetensi/"+user.String())
}

func (p *Pages) setProfession(w http.ResponseWriter, r *http.Request) error {
	return p.onCompetence(w, r, func(ctx context.Context, a access.Actor, user db.ID, f web.Form) error {
		return p.service.SetProfession(ctx, a, user, f.Line("profession"))
	})
}

func (p *Pages) addLicence(w http.ResponseWriter, r *http.Request) error {
	return p.onCompetence(w, r, func(ctx context.Context, a access.Actor, user db.ID, f web.Form) error {
		day, ok := f.Day("expires")
		if !ok {
			return fault.Invalid(fault.Field("expires", "impossible", "case.day.impossible"))
		}
		_, err := p.service.AddLicence(ctx, a, user, Licence{Kind: f.Line("kind"), Number: f.Line("number"), ExpiresOn: day})
		return err
	})
}

func (p *Pages) addTraining(w http.ResponseWriter, r *http.Request) error {
	return p.onCompetence(w, r, func(ctx context.Context, a access.Actor, user db.ID, f web.Form) error {
		day, ok := f.Day("held")
		if !ok {
			return fault.Invalid(fault.Field("held", "impossible", "case.day.impossible"))
		}
		_, err := p.service.AddTraining(ctx, a, user, Training{Name: f.Line("name"), HeldOn: day, Hours: f.Int("hours", 0)})
		return err
	})
}

func (p *Pages) endEntry(w http.ResponseWriter, r *http.Request) error {
	return p.onCompetence(w, r, func(ctx context.Context, a access.Actor, user db.ID, _ web.Form) error {
		entry, err := web.PathID(r, "entry")
		if err == nil {
			err = p.service.End(ctx, a, user, entry)
		}
		return err
	})
}
