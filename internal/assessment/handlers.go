package assessment

import (
	"encoding/json"
	"net/http"
	"strconv"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/form"
	"teduh/internal/i18n"
	"teduh/internal/questions"
	"teduh/internal/ui"
	"teduh/internal/web"
)

func (p *Pages) page(w http.ResponseWriter, r *http.Request) error {
	return p.show(w, r, view{})
}

// show draws the assessment of a case; v holds what a form could not keep.
func (p *Pages) show(w http.ResponseWriter, r *http.Request, v view) error {
	v, err := p.opened(r, v)
	if err != nil {
		return err
	}
	if v.Beside, err = p.work.Beside(r.Context(), v.Reader, v.Case); err != nil {
		return err
	}
	if v.mayWrite() {
		if v.Left, err = p.cases.Left(r.Context(), v.Reader, v.Case, draftForm); err != nil {
			return err
		}
		v.fill()
	}
	info := web.PageInfo{Title: v.Case.Number, Active: "cases", Err: v.Err}
	return web.ShowPage(w, r, info, p.cases.Frame(r.Context(), v.Case, "asesmen", v.Err, pageBody(v)))
}

// opened reads the case of an address and its assessment.
func (p *Pages) opened(r *http.Request, v view) (view, error) {
	var err error
	if v.Reader, v.Case, err = p.cases.Opened(r); err != nil {
		return v, err
	}
	v.Language = string(i18n.Lang(r.Context()))
	if v.Assessment, err = p.service.Of(r.Context(), v.Reader, v.Case.ID); err != nil {
		return v, err
	}
	goals, err := p.service.practice.Work(r.Context(), v.Reader, v.Case.ID)
	v.Areas = v.Assessment.Areas(goals.Goals)
	return v, err
}

func (p *Pages) write(w http.ResponseWriter, r *http.Request) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	err = p.service.Write(r.Context(), access.From(r.Context()), id, readWriting(f))
	if web.Refused(err) {
		return p.show(w, r, view{Posted: f, Err: err})
	}
	if err != nil {
		return err
	}
	web.Say(w, "assessment_saved")
	return web.Redirect(w, r, "/kasus/"+id.String()+"/asesmen")
}

// asks answers which questions are asked while the form is filled in: {"asked":["…"],"reckoned":{"…":"…"}}.
func (p *Pages) asks(w http.ResponseWriter, r *http.Request) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	told, err := p.service.Asks(r.Context(), access.From(r.Context()), id, func(d *form.Definition) form.Answers { return questions.Read(d, f) })
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(told)
}

// keepsDraft tells whether what was typed is worth keeping: something of it was, and all of it answers the form it names.
func (p *Pages) keepsDraft(r *http.Request, caseID db.ID, f web.Form) (bool, error) {
	e, err := p.service.EditionOf(r.Context(), access.From(r.Context()), caseID, f.Line("edition"))
	if err != nil {
		return false, err
	}
	filled := false
	for id, values := range questions.Read(e.Form, f) {
		if _, known := e.Form.Item(id); !known {
			return false, fault.Invalid(fault.Field(questions.Name(id), "unknown", string(wrongWords)+"unknown"))
		}
		filled = filled || len(values) > 0
	}
	return filled, nil
}

func (p *Pages) makeGoal(w http.ResponseWriter, r *http.Request) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	goal, err := p.service.MakeGoal(r.Context(), access.From(r.Context()), id, f.Line("item"))
	if web.Refused(err) {
		return p.show(w, r, view{Err: err})
	}
	if err != nil {
		return err
	}
	web.Say(w, "assessment_goal")
	return web.Redirect(w, r, "/kasus/"+id.String()+"/rencana#g-"+goal.String())
}

func (p *Pages) print(w http.ResponseWriter, r *http.Request) error {
	v, err := p.opened(r, view{})
	if err != nil {
		return err
	}
	if let, err := p.cases.LetOut(w, r, v.Case, "data"); err != nil || !let {
		return err
	}
	return web.Render(w, r, http.StatusOK, sheet(v, ui.PlainProps{Title: v.Case.Number, Office: v.Reader.Office.Name, Home: v.href("asesmen")}))
}

// pastView is one former assessment beside the present one.
type pastView struct {
	view
	History
	Shown int // place of the one that is shown
}

func (p *Pages) past(w http.ResponseWriter, r *http.Request) error {
	a, c, err := p.cases.Opened(r)
	if err != nil {
		return err
	}
	v := pastView{view: view{Case: c, Reader: a, Language: string(i18n.Lang(r.Context()))}}
	if v.History, err = p.service.History(r.Context(), a, c.ID); err != nil {
		return err
	}
	if at := r.URL.Query().Get("ke"); at != "" {
		if v.Shown, err = strconv.Atoi(at); err != nil || v.Shown < 0 || v.Shown >= len(v.Past) {
			return fault.NotFound()
		}
	}
	return web.ShowPage(w, r, web.PageInfo{Title: c.Number, Active: "cases"}, p.cases.Frame(r.Context(), c, "asesmen", nil, pastBody(v)))
}
