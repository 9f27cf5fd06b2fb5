package instrument

import (
	"errors"
	"io"
	"net/http"
	"strings"

	"teduh/internal/access"
	"teduh/internal/fault"
	"teduh/internal/form"
	"teduh/internal/i18n"
	"teduh/internal/instrument/scoring"
	"teduh/internal/web"
)

// officeView is the list of an office's instruments.
type officeView struct {
	Editions []Edition
	Err      error
}

func (p *Pages) editions(w http.ResponseWriter, r *http.Request) error {
	return p.showEditions(w, r, nil)
}

func (p *Pages) showEditions(w http.ResponseWriter, r *http.Request, refused error) error {
	list, err := p.service.Editions(r.Context(), access.From(r.Context()))
	if err != nil {
		return err
	}
	info := web.PageInfo{Title: i18n.T(r.Context(), "instrument.title"), Active: "settings", Err: refused}
	return web.ShowPage(w, r, info, officePage(officeView{Editions: list, Err: refused}))
}

// maxUpload holds the two documents and what a form puts around them.
const maxUpload = form.MostBytes + scoring.MostBytes + 64<<10

func (p *Pages) bring(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, maxUpload)
	questionnaire, rules, err := readFiles(r)
	var e Edition
	if err == nil {
		e, err = p.service.Bring(r.Context(), access.From(r.Context()), questionnaire, rules)
	}
	if f, ok := fault.As(err); ok && f.Status != http.StatusForbidden {
		return p.showEditions(w, r, err)
	}
	if err != nil {
		return err
	}
	web.Say(w, "instrument_brought")
	return web.Redirect(w, r, hrefOf(e))
}

func hrefOf(e Edition) string { return "/instrumen/" + e.Name + "/" + e.Version }

// readFiles reads the two documents of an upload; the second may be missing.
func readFiles(r *http.Request) (questionnaire, rules []byte, err error) {
	if err := r.ParseMultipartForm(maxUpload); err != nil {
		var big *http.MaxBytesError
		if errors.As(err, &big) {
			return nil, nil, fault.Invalid(fault.Field("questionnaire", "too_large", "form.problem.too_large"))
		}
		return nil, nil, fault.Malformed()
	}
	if questionnaire, err = readFile(r, "questionnaire"); err != nil {
		return nil, nil, err
	}
	if len(questionnaire) == 0 {
		return nil, nil, fault.Invalid(fault.Field("questionnaire", "required", "instrument.no_file"))
	}
	rules, err = readFile(r, "scoring")
	return questionnaire, rules, err
}

func readFile(r *http.Request, name string) ([]byte, error) {
	f, _, err := r.FormFile(name)
	if errors.Is(err, http.ErrMissingFile) {
		return nil, nil
	}
	if err != nil {
		return nil, fault.Malformed()
	}
	raw, err := io.ReadAll(f)
	return raw, errors.Join(err, f.Close())
}

func (p *Pages) edition(r *http.Request) (Edition, error) {
	return p.service.Edition(r.Context(), access.From(r.Context()), r.PathValue("name"), r.PathValue("edition"))
}

func (p *Pages) preview(w http.ResponseWriter, r *http.Request) error {
	e, err := p.edition(r)
	if err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "instrument.title"), Active: "settings"}, previewPage(e))
}

func (p *Pages) setState(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	err = p.service.SetState(r.Context(), access.From(r.Context()), r.PathValue("name"), r.PathValue("edition"), f.Line("state"))
	if e, ok := fault.As(err); ok && e.Status == http.StatusConflict {
		return p.showEditions(w, r, err)
	}
	if err != nil {
		return err
	}
	web.Say(w, "instrument_state")
	return web.Redirect(w, r, "/instrumen")
}

// file gives one of the two documents out, to be carried to another installation.
func (p *Pages) file(w http.ResponseWriter, r *http.Request) error {
	e, err := p.edition(r)
	if err != nil {
		return err
	}
	body, which := e.files.questionnaire, r.PathValue("document")
	switch which {
	case "questionnaire.json":
	case "scoring.json":
		body = e.files.scoring
	default:
		return fault.NotFound()
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Disposition", `attachment; filename="`+e.Name+"-"+e.Version+"."+which+`"`)
	_, err = io.WriteString(w, body)
	return err
}

// wordsView is the form for the licensed words of a structure.
type wordsView struct {
	Edition Edition
	Form    web.Form
	Err     error
}

func (p *Pages) wordsPage(w http.ResponseWriter, r *http.Request) error {
	return p.showWords(w, r, web.Form{}, nil)
}

func (p *Pages) showWords(w http.ResponseWriter, r *http.Request, f web.Form, refused error) error {
	list, err := p.service.Editions(r.Context(), access.From(r.Context()))
	if err != nil {
		return err
	}
	e, err := structure(list, r.PathValue("name"))
	if err != nil {
		return err
	}
	info := web.PageInfo{Title: i18n.T(r.Context(), "instrument.title"), Active: "settings", Err: refused}
	return web.ShowPage(w, r, info, wordsPage(wordsView{e, f, refused}))
}

func (p *Pages) word(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	words := Words{Intro: f.Line("intro"), Source: f.Line("source"), Items: map[string]string{}, Options: map[string]string{}}
	if f.Line("cutoff") != "" {
		words.Cutoff = f.Int("cutoff", -1)
	}
	for name := range f.Values {
		if id, ok := strings.CutPrefix(name, "item-"); ok {
			words.Items[id] = f.Line(name)
		}
		if code, ok := strings.CutPrefix(name, "option-"); ok {
			words.Options[code] = f.Line(name)
		}
	}
	e, err := p.service.Word(r.Context(), access.From(r.Context()), r.PathValue("name"), words)
	if x, ok := fault.As(err); ok && x.Status == http.StatusUnprocessableEntity {
		return p.showWords(w, r, f, err)
	}
	if err != nil {
		return err
	}
	web.Say(w, "instrument_brought")
	return web.Redirect(w, r, hrefOf(e))
}
