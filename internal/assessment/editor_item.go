package assessment

import (
	"errors"
	"net/http"
	"strings"

	"teduh/internal/fault"
	"teduh/internal/form"
	"teduh/internal/form/edit"
	"teduh/internal/form/expr"
	"teduh/internal/web"
)

// itemView is the page of a question or a section, as it stands or as it was typed.
type itemView struct {
	Edition Edition
	ID      string // empty for a new one
	Group   bool
	Form    web.Form
	Checked []string // names that the formulas read, once they were checked
	Err     error
}

func (p *Editor) newItemPage(w http.ResponseWriter, r *http.Request) error {
	e, err := p.draft(r)
	if err != nil {
		return err
	}
	q := web.Query(r)
	v := itemView{Edition: e, Group: q.Get("jenis") == "bagian"}
	v.Form = web.Form{Values: fieldsOf(form.Item{Type: form.String}, q.Line("di"))}
	return p.showItem(w, r, v)
}

func (p *Editor) itemPage(w http.ResponseWriter, r *http.Request) error {
	e, err := p.draft(r)
	if err != nil {
		return err
	}
	it, within, known := edit.Find(e.Form.Plain(), r.PathValue("item"))
	if !known {
		return fault.NotFound()
	}
	return p.showItem(w, r, itemView{Edition: e, ID: it.ID, Group: it.Type == form.Group, Form: web.Form{Values: fieldsOf(it, within)}})
}

func (p *Editor) showItem(w http.ResponseWriter, r *http.Request, v itemView) error {
	info := web.PageInfo{Title: v.title(r.Context()), Active: "settings", Err: v.Err}
	return web.ShowPage(w, r, info, itemPage(v))
}

func (p *Editor) newItem(w http.ResponseWriter, r *http.Request) error { return p.save(w, r, "") }

func (p *Editor) item(w http.ResponseWriter, r *http.Request) error {
	return p.save(w, r, r.PathValue("item"))
}

// save takes what was typed for an item. The buttons that only change the page (a row more, a row up, a check) write nothing
// and keep everything as it was typed.
func (p *Editor) save(w http.ResponseWriter, r *http.Request, id string) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	e, err := p.draft(r)
	if err != nil {
		return err
	}
	v := itemView{Edition: e, ID: id, Group: f.Line("type") == string(form.Group), Form: f}
	if id != "" {
		if _, known := e.Form.Item(id); !known {
			return fault.NotFound()
		}
	}
	if rearranged(f) {
		return p.showItem(w, r, v)
	}
	it, err := read(e.Form, id, f)
	check := f.Line("do") == "check"
	if err == nil {
		err = p.write(r, v, it, check)
	}
	switch v.Err = placed(err, it); {
	case tellable(v.Err):
		return p.showItem(w, r, v)
	case v.Err != nil:
		return v.Err
	case check:
		v.Checked = reads(it)
		return p.showItem(w, r, v)
	}
	web.Say(w, "assessment_form_saved")
	return web.Redirect(w, r, hrefOf(e)+anchor(it.ID))
}

// write puts the item into the draft; a check builds the draft and leaves it.
func (p *Editor) write(r *http.Request, v itemView, it form.Item, check bool) error {
	section := v.Form.Line("section")
	change := func(d *form.Definition) {
		switch {
		case v.ID == "":
			edit.Put(d, it, section)
		default:
			edit.Replace(d, v.ID, it)
			edit.Into(d, v.ID, section)
		}
	}
	if !check {
		return p.step(r, v.Edition, v.Form.Version(), change)
	}
	d := v.Edition.Form.Plain()
	change(&d)
	built, problems := form.Build(d)
	return told(r.Context(), append(problems, problemsOf(built)...), v.Edition.Form.Plain(), d)
}

// placed puts what is wrong with a formula at the field it was typed in.
func placed(err error, it form.Item) error {
	e, ok := fault.As(err)
	if !ok {
		return err
	}
	for _, x := range e.Fields {
		if x.Field == "" || x.Field == "formula" {
			x.Field = formulaOf(x, it)
		}
	}
	return err
}

func formulaOf(x *fault.Error, it form.Item) string {
	for field, source := range map[string]string{"relevant": it.Relevant, "calculation": it.Calculation} {
		if source == "" {
			continue
		}
		e, err := expr.Parse(source)
		var wrong *expr.Error
		if errors.As(err, &wrong) && x.Code == "expression_"+wrong.Code || err == nil && x.Code == "expression_self" && e.Self() {
			return field
		}
	}
	return map[string]string{"unknown_question": "conditions", "no_question": "conditions", "cycle": "conditions"}[x.Code]
}

// reads are the questions that an item's formulas and conditions look at.
func reads(it form.Item) (names []string) {
	for _, c := range it.When {
		names = append(names, c.Question)
	}
	for _, source := range []string{it.Relevant, it.Calculation} {
		if e, err := expr.Parse(source); err == nil {
			names = append(names, e.Names()...)
		}
	}
	return names
}

// rearranged carries out the buttons that only change the page.
func rearranged(f web.Form) bool {
	do := f.Line("do")
	switch {
	case do == "more_options":
		f.Set("options", sum(f.Int("options", 0), moreRows))
	case do == "more_conditions":
		addCondition(f)
	case strings.HasPrefix(do, "up_"):
		moveUp(f, do)
	default:
		return false
	}
	return true
}
