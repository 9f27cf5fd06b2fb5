package assessment

import (
	"net/http"
	"slices"

	"teduh/internal/access"
	"teduh/internal/fault"
	"teduh/internal/form"
	"teduh/internal/form/edit"
	"teduh/internal/i18n"
	"teduh/internal/web"
)

// move takes an item a place up or down.
func (p *Editor) move(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	e, err := p.draft(r)
	if err != nil {
		return err
	}
	id, by := f.Line("up"), -1
	if id == "" {
		id, by = f.Line("down"), 1
	}
	if _, known := e.Form.Item(id); !known {
		return fault.NotFound()
	}
	if err := p.step(r, e, f.Version(), func(d *form.Definition) { edit.Move(d, id, by) }); err != nil {
		if tellable(err) {
			return p.showEdition(w, r, err)
		}
		return err
	}
	return web.Redirect(w, r, hrefOf(e)+anchor(id))
}

func (p *Editor) titlePage(w http.ResponseWriter, r *http.Request) error {
	e, err := p.draft(r)
	if err != nil {
		return err
	}
	return p.showTitle(w, r, titleView{Edition: e, ID: e.Form.Title["id"], EN: e.Form.Title["en"]})
}

func (p *Editor) showTitle(w http.ResponseWriter, r *http.Request, v titleView) error {
	info := web.PageInfo{Title: i18n.T(r.Context(), "assessment.editor.rename"), Active: "settings", Err: v.Err}
	return web.ShowPage(w, r, info, titlePage(v))
}

func (p *Editor) title(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	e, err := p.draft(r)
	if err != nil {
		return err
	}
	v := titleView{Edition: e, ID: f.Line("text_id"), EN: f.Line("text_en")}
	var c fault.Checks
	c.Add(web.Length("text_id", v.ID, 1, web.MaxName))
	c.Add(web.Length("text_en", v.EN, 0, web.MaxName))
	if v.Err = c.Err(); v.Err == nil {
		v.Err = p.step(r, e, f.Version(), func(d *form.Definition) { d.Title = spoken(d.Title, v.ID, v.EN) })
	}
	if tellable(v.Err) {
		return p.showTitle(w, r, v)
	}
	if v.Err != nil {
		return v.Err
	}
	return web.Redirect(w, r, hrefOf(e))
}

func (p *Editor) removePage(w http.ResponseWriter, r *http.Request) error {
	return p.showRemove(w, r, nil)
}

func (p *Editor) showRemove(w http.ResponseWriter, r *http.Request, refused error) error {
	e, err := p.draft(r)
	if err != nil {
		return err
	}
	it, known := e.Form.Item(r.PathValue("item"))
	if !known {
		return fault.NotFound()
	}
	before, err := p.before(r, e, it.ID)
	if err != nil {
		return err
	}
	info := web.PageInfo{Title: i18n.T(r.Context(), "assessment.editor.remove"), Active: "settings", Err: refused}
	return web.ShowPage(w, r, info, removePage(removeView{Edition: e, Item: it, Asked: before, Err: refused}))
}

// before tells whether another edition of the office had the item, so that there may be answers to it.
func (p *Editor) before(r *http.Request, e Edition, id string) (bool, error) {
	list, err := p.service.Editions(r.Context(), access.From(r.Context()))
	return slices.ContainsFunc(list, func(o Edition) bool {
		_, had := o.Form.Item(id)
		return had && o.Name() != e.Name()
	}), err
}

func (p *Editor) remove(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	e, err := p.draft(r)
	if err != nil {
		return err
	}
	id := r.PathValue("item")
	if _, known := e.Form.Item(id); !known {
		return fault.NotFound()
	}
	if err := p.step(r, e, f.Version(), func(d *form.Definition) { edit.Remove(d, id) }); err != nil {
		if tellable(err) {
			return p.showRemove(w, r, err)
		}
		return err
	}
	web.Say(w, "assessment_form_saved")
	return web.Redirect(w, r, hrefOf(e))
}
