package assessment

import (
	"context"
	"net/http"
	"net/url"

	"teduh/internal/access"
	"teduh/internal/fault"
	"teduh/internal/form"
	"teduh/internal/form/edit"
	"teduh/internal/i18n"
	"teduh/internal/web"
)

// Editor are the pages on which an office makes its own form of the assessment, without writing code: the list of editions, a
// draft as an outline of sections and questions, one page a question, a preview, and files in and out.
//
// Each step is one change of the draft: it is built and checked as a whole before it is written, so a draft can be filled at
// any moment. What is refused stands in the fields as it was typed, with what is wrong beside it.
type Editor struct{ service *Service }

// NewEditor makes the pages.
func NewEditor(s *Service) *Editor { return &Editor{service: s} }

const editorRoot = "/pengaturan/asesmen"

// Routes of the editor.
func (p *Editor) Routes() []web.Route {
	settings := string(access.OfficeSettings)
	at := editorRoot + "/{edition}"
	return []web.Route{
		{Method: "GET", Path: editorRoot, Permission: settings, Handle: p.list},
		{Method: "POST", Path: editorRoot, Permission: settings, Handle: p.begin},
		{Method: "GET", Path: at, Permission: settings, Handle: p.edition},
		{Method: "POST", Path: at + "/keadaan", Permission: settings, Handle: p.setState},
		{Method: "POST", Path: at + "/urungkan", Permission: settings, Handle: p.undo},
		{Method: "POST", Path: at + "/geser", Permission: settings, Handle: p.move},
		{Method: "GET", Path: at + "/judul", Permission: settings, Handle: p.titlePage},
		{Method: "POST", Path: at + "/judul", Permission: settings, Handle: p.title},
		{Method: "GET", Path: at + "/butir-baru", Permission: settings, Handle: p.newItemPage},
		{Method: "POST", Path: at + "/butir-baru", Permission: settings, Handle: p.newItem},
		{Method: "GET", Path: at + "/butir/{item}", Permission: settings, Handle: p.itemPage},
		{Method: "POST", Path: at + "/butir/{item}", Permission: settings, Handle: p.item},
		{Method: "GET", Path: at + "/butir/{item}/hapus", Permission: settings, Handle: p.removePage},
		{Method: "POST", Path: at + "/butir/{item}/hapus", Permission: settings, Handle: p.remove},
		{Method: "GET", Path: at + "/pratinjau", Permission: settings, Handle: p.preview},
		{Method: "POST", Path: at + "/ditanya", Permission: settings, Handle: p.asks},
		{Method: "GET", Path: at + "/berkas/{berkas}", Permission: settings, Handle: p.file},
		{Method: "GET", Path: at + "/masukkan", Permission: settings, Handle: p.importPage},
		{Method: "POST", Path: at + "/masukkan", Permission: settings, Handle: p.imports, MaxBody: maxImport},
	}
}

// named finds an edition by the name it stands under in addresses.
func (p *Editor) named(r *http.Request) (Edition, error) {
	list, err := p.service.Editions(r.Context(), access.From(r.Context()))
	if err != nil {
		return Edition{}, err
	}
	return pick(list, r.PathValue("edition"))
}

func pick(list []Edition, name string) (Edition, error) {
	for _, e := range list {
		if e.Name() == name {
			return e, nil
		}
	}
	return Edition{}, fault.NotFound()
}

// draft is the edition of the address, which must be one.
func (p *Editor) draft(r *http.Request) (Edition, error) {
	e, err := p.named(r)
	if err == nil && e.State != Draft {
		err = stateRefused()
	}
	return e, err
}

// hrefOf is the address of an edition, and of what stands under it.
func hrefOf(e Edition, below ...string) string {
	href := editorRoot + "/" + url.PathEscape(e.Name())
	for _, b := range below {
		href += "/" + url.PathEscape(b)
	}
	return href
}

// anchor is where an item stands on the outline.
func anchor(id string) string { return "#b-" + url.PathEscape(id) }

// step changes a draft over the version that was read: change works on a plain copy, which is built, checked and written.
func (p *Editor) step(r *http.Request, e Edition, version int64, change func(d *form.Definition)) error {
	d := e.Form.Plain()
	change(&d)
	built, problems := form.Build(d)
	if problems = append(problems, problemsOf(built)...); len(problems) > 0 {
		return told(r.Context(), problems, e.Form.Plain(), d)
	}
	raw, err := built.JSON()
	if err != nil {
		return err
	}
	_, err = p.service.SaveDraft(r.Context(), access.From(r.Context()), e.ID, version, raw)
	return err
}

// told puts problems into the words of an error, each at the field of the editor it is mended in. Items are told by their
// words, which one of the definitions knows.
func told(ctx context.Context, problems []form.Problem, known ...form.Definition) error {
	var c fault.Checks
	for _, problem := range problems {
		c.Add(fault.Field(fieldOf(problem), problem.Code, string(formProblems)+problem.Code, "item", wordsOf(ctx, known, problem.Item),
			"word", wordsOf(ctx, known, problem.Word), "at", problem.At))
	}
	return c.Err()
}

// wordsOf are the words of an item, or the name where nobody knows it.
func wordsOf(ctx context.Context, known []form.Definition, id string) string {
	for _, d := range known {
		if it, _, ok := edit.Find(d, id); ok && id != "" {
			return "«" + named(ctx, it) + "»"
		}
	}
	return id
}

// fields are where problems are mended.
var fields = map[string]string{"type": "type", "no_options": "options", "option_code": "options", "too_many_options": "options", "range": "least",
	"area": "area", "text_too_long": "text_id", "unknown_stage": "stage", "condition_answer": "conditions", "operator": "conditions",
	"expression_self": "formula", "help": "help_id", "calculated_group": "calculation"}

func fieldOf(p form.Problem) string { return fields[p.Code] }

// tellable tells whether an error can be told on the page itself.
func tellable(err error) bool {
	e, ok := fault.As(err)
	return ok && (e.Status == http.StatusUnprocessableEntity || e.Status == http.StatusConflict || e.Code == "version_changed")
}

func (p *Editor) list(w http.ResponseWriter, r *http.Request) error { return p.showList(w, r, nil) }

func (p *Editor) showList(w http.ResponseWriter, r *http.Request, refused error) error {
	editions, err := p.service.Editions(r.Context(), access.From(r.Context()))
	if err != nil {
		return err
	}
	info := web.PageInfo{Title: i18n.T(r.Context(), "assessment.editor.title"), Active: "settings", Err: refused}
	return web.ShowPage(w, r, info, listPage(listView{Editions: editions, Err: refused}))
}

func (p *Editor) begin(w http.ResponseWriter, r *http.Request) error {
	if _, err := web.ReadForm(r); err != nil {
		return err
	}
	e, err := p.service.Begin(r.Context(), access.From(r.Context()))
	if err != nil {
		return err
	}
	return web.Redirect(w, r, hrefOf(e))
}

// edition is the outline of a draft, and the look of any other.
func (p *Editor) edition(w http.ResponseWriter, r *http.Request) error {
	return p.showEdition(w, r, nil)
}

func (p *Editor) showEdition(w http.ResponseWriter, r *http.Request, refused error) error {
	a := access.From(r.Context())
	list, err := p.service.Editions(r.Context(), a)
	if err != nil {
		return err
	}
	v := editionView{Err: refused}
	if v.Edition, err = pick(list, r.PathValue("edition")); err != nil {
		return err
	}
	for _, e := range list {
		if e.State == Published {
			v.InForce = e
		}
	}
	if v.Undoable, err = p.service.Undoable(r.Context(), a, v.Edition); err != nil {
		return err
	}
	info := web.PageInfo{Title: v.Edition.Title(r.Context()), Active: "settings", Err: refused}
	if v.Edition.State == Draft {
		return web.ShowPage(w, r, info, draftPage(v))
	}
	return web.ShowPage(w, r, info, formPage(v))
}

// setState publishes, retires or discards an edition.
func (p *Editor) setState(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	e, err := p.named(r)
	if err != nil {
		return err
	}
	back, act := hrefOf(e), p.acts()[f.Line("state")]
	if act == nil || e.Shipped() {
		return fault.Malformed()
	}
	if err := act(r.Context(), access.From(r.Context()), e, f.Version()); err != nil {
		if tellable(err) {
			return p.showEdition(w, r, err)
		}
		return err
	}
	if f.Line("state") == "discarded" {
		back = editorRoot
	}
	web.Say(w, "assessment_form_"+f.Line("state"))
	return web.Redirect(w, r, back)
}

type act func(ctx context.Context, a access.Actor, e Edition, version int64) error

func (p *Editor) acts() map[string]act {
	return map[string]act{
		Published: func(ctx context.Context, a access.Actor, e Edition, v int64) error {
			return p.service.Publish(ctx, a, e.ID, v)
		},
		Retired: func(ctx context.Context, a access.Actor, e Edition, v int64) error {
			return p.service.Retire(ctx, a, e.ID, v)
		},
		"discarded": func(ctx context.Context, a access.Actor, e Edition, v int64) error {
			return p.service.Discard(ctx, a, e.ID, v)
		},
	}
}

func (p *Editor) undo(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	e, err := p.draft(r)
	if err == nil {
		_, err = p.service.Undo(r.Context(), access.From(r.Context()), e.ID, f.Version())
	}
	if tellable(err) {
		return p.showEdition(w, r, err)
	}
	if err != nil {
		return err
	}
	web.Say(w, "assessment_form_undone")
	return web.Redirect(w, r, hrefOf(e))
}
