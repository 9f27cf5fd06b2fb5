package assessment

import (
	"bytes"
	"context"
	"net/http"
	"strings"

	"teduh/internal/access"
	"teduh/internal/fault"
	"teduh/internal/form"
	"teduh/internal/form/edit"
	"teduh/internal/form/xlsform"
	"teduh/internal/i18n"
	"teduh/internal/web"
)

// maxImport holds a file and what a form puts around it, or a definition on its way from the preview.
const maxImport = xlsform.MostBytes + 2<<20

// file gives a form out: as FHIR, or as an XLSForm workbook.
func (p *Editor) file(w http.ResponseWriter, r *http.Request) error {
	e, err := p.named(r)
	if err != nil {
		return err
	}
	d := e.Form.Plain()
	d.Status = map[string]string{Draft: "draft", Published: "active", Retired: "retired"}[e.State]
	built, problems := form.Build(d)
	if len(problems) > 0 {
		return told(r.Context(), problems)
	}
	var body bytes.Buffer
	kind := "application/fhir+json"
	switch r.PathValue("berkas") {
	case "questionnaire.json":
		var raw []byte
		raw, err = built.JSON()
		body.Write(raw)
	case "xlsform.xlsx":
		kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
		err = xlsform.Write(&body, built)
	default:
		return fault.NotFound()
	}
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", `attachment; filename="asesmen-`+e.Name()+"-"+r.PathValue("berkas")+`"`)
	_, err = w.Write(body.Bytes())
	return err
}

// importView is a form that is to be taken in: first the file, then what would change.
type importView struct {
	Edition    Edition
	Problems   []form.Problem
	Definition string // of the file, once it was read
	Changes    []edit.Change
	Err        error
}

func (p *Editor) importPage(w http.ResponseWriter, r *http.Request) error {
	e, err := p.draft(r)
	if err != nil {
		return err
	}
	return p.showImport(w, r, importView{Edition: e})
}

func (p *Editor) showImport(w http.ResponseWriter, r *http.Request, v importView) error {
	info := web.PageInfo{Title: i18n.T(r.Context(), "assessment.editor.import"), Active: "settings", Err: v.Err}
	return web.ShowPage(w, r, info, importPage(v))
}

// imports reads a file and shows what it would change, or takes what was shown.
func (p *Editor) imports(w http.ResponseWriter, r *http.Request) error {
	e, err := p.draft(r)
	if err != nil {
		return err
	}
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		return p.take(w, r, e)
	}
	v := importView{Edition: e}
	raw, err := upload(r)
	if v.Err = err; err == nil {
		v.Definition, v.Changes, v.Problems = compared(e, raw)
	}
	if v.Err != nil && !tellable(v.Err) {
		return v.Err
	}
	return p.showImport(w, r, v)
}

// upload is the file of a form.
func upload(r *http.Request) ([]byte, error) {
	_, raw, err := web.Upload{Field: "file", Memory: maxImport, TooLarge: fault.Invalid(fault.Field("file", "too_large", "form.problem.sheet_too_large")),
		Missing: fault.Invalid(fault.Field("file", "required", "assessment.editor.wrong.file"))}.Read(r)
	return raw, err
}

// compared reads a file of either kind as the draft would become by it, and tells what would change.
func compared(e Edition, raw []byte) (definition string, changes []edit.Change, problems []form.Problem) {
	read := func() (*form.Definition, []form.Problem) { return form.Parse(raw) }
	if bytes.HasPrefix(raw, []byte("PK")) {
		read = func() (*form.Definition, []form.Problem) { return xlsform.Read(bytes.NewReader(raw)) }
	}
	came, problems := read()
	if len(problems) > 0 {
		return "", nil, problems
	}
	d := came.Plain()
	d.URL, d.Name, d.Version, d.Status = e.Form.URL, e.Form.Name, e.Form.Version, ""
	if len(d.Title) == 0 {
		d.Title = e.Form.Title
	}
	built, problems := form.Build(d)
	if problems = append(problems, problemsOf(built)...); len(problems) > 0 {
		return "", nil, problems
	}
	out, err := built.JSON()
	if err != nil || len(out) > form.MostBytes {
		return "", nil, []form.Problem{{Code: "too_large"}}
	}
	return string(out), edit.Diff(e.Form, built), nil
}

// take writes what the preview showed.
func (p *Editor) take(w http.ResponseWriter, r *http.Request, e Edition) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	_, err = p.service.SaveDraft(r.Context(), access.From(r.Context()), e.ID, f.Version(), []byte(f.Get("definition")))
	if tellable(err) {
		return p.showImport(w, r, importView{Edition: e, Err: err})
	}
	if err != nil {
		return err
	}
	web.Say(w, "assessment_form_taken")
	return web.Redirect(w, r, hrefOf(e))
}

// problemLine tells a problem in words, with the row of a sheet where it has one.
func problemLine(ctx context.Context, p form.Problem) string {
	words := formProblems.T(ctx, p.Code, "item", p.Item, "word", p.Word, "at", p.At)
	if p.Row > 0 {
		return i18n.T(ctx, "assessment.editor.row", "row", p.Row, "words", words)
	}
	return words
}
