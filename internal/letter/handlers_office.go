package letter

import (
	"net/http"
	"slices"
	"strings"

	"teduh/internal/access"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/web"
)

func (p *Pages) settings(w http.ResponseWriter, r *http.Request) error {
	now, logo, err := p.service.Settings(r.Context(), access.From(r.Context()))
	if err != nil {
		return err
	}
	return p.showSettings(w, r, settingsView{Settings: now, Logo: logo})
}

func (p *Pages) showSettings(w http.ResponseWriter, r *http.Request, v settingsView) error {
	a := access.From(r.Context())
	v.Office, v.Now = a.Office, p.now()
	info := web.PageInfo{Title: i18n.T(r.Context(), "letter.settings"), Active: "settings", Err: v.Err}
	return web.ShowPage(w, r, info, settingsPage(v))
}

// save keeps the settings, or shows how letters would look with what was typed.
func (p *Pages) save(w http.ResponseWriter, r *http.Request) error {
	f, logo, err := readWithLogo(r)
	if err != nil {
		return err
	}
	a := access.From(r.Context())
	typed := readSettings(f)
	if len(logo) > 0 {
		logo, err = redraw(logo)
	}
	switch {
	case err != nil:
	case f.Get("act") == "preview":
		err = typed.check()
	default:
		err = p.service.Save(r.Context(), a, typed, logo, f.Checked("drop_logo"))
		if err == nil {
			web.Say(w, "letter_settings_saved")
			return web.Redirect(w, r, "/pengaturan/surat")
		}
	}
	if err != nil && !web.Refused(err) {
		return err
	}
	now, kept, stands := p.service.Settings(r.Context(), a)
	if stands != nil {
		return stands
	}
	if f.Checked("drop_logo") {
		kept = nil
	}
	if len(logo) == 0 || err != nil {
		logo = kept
	}
	typed.Logo = now.Logo
	return p.showSettings(w, r, settingsView{Settings: typed, Logo: logo, Err: err, Preview: err == nil, Theirs: theirs(err, now)})
}

// theirs is what is kept now, where somebody else saved in between.
func theirs(err error, now Settings) *Settings {
	if fault.Is(err, "version_changed") {
		return &now
	}
	return nil
}

func (p *Pages) template(w http.ResponseWriter, r *http.Request) error {
	t, err := p.templateOf(r)
	if err != nil {
		return err
	}
	return p.showTemplate(w, r, templateView{Template: t})
}

// templateOf is the template an address names, as it stands.
func (p *Pages) templateOf(r *http.Request) (Template, error) {
	list, err := p.service.Templates(r.Context(), access.From(r.Context()))
	if err != nil {
		return Template{}, err
	}
	i := slices.IndexFunc(list, func(t Template) bool { return t.Kind == r.PathValue("letterkind") })
	if i < 0 {
		return Template{}, fault.NotFound()
	}
	return list[i], nil
}

func (p *Pages) showTemplate(w http.ResponseWriter, r *http.Request, v templateView) error {
	v.Office = access.From(r.Context()).Office
	info := web.PageInfo{Title: kindWords.T(r.Context(), v.Template.Kind), Active: "settings", Err: v.Err, Scripts: []string{"insert.js"}}
	return web.ShowPage(w, r, info, templatePage(v))
}

// publish makes a new edition of a template, or shows with made-up values how a letter by it would look, as a page or as PDF.
func (p *Pages) publish(w http.ResponseWriter, r *http.Request) error {
	now, err := p.templateOf(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v := templateView{Template: readTemplate(f, now.Kind)}
	a := access.From(r.Context())
	switch act := f.Get("act"); act {
	case "preview", "pdf":
		doc, err := p.service.Sample(r.Context(), a, v.Template)
		if v.Err = err; err == nil && act == "pdf" {
			return p.samplePDF(w, doc)
		} else if err == nil {
			v.Preview = &doc
		}
	default:
		v.Err = p.service.Publish(r.Context(), a, v.Template)
		if v.Err == nil {
			web.Say(w, "letter_template_published")
			return web.Redirect(w, r, "/pengaturan/surat/templat/"+now.Kind)
		}
	}
	if v.Err != nil && !web.Refused(v.Err) {
		return v.Err
	}
	if fault.Is(v.Err, "version_changed") {
		v.Theirs = &now
	}
	return p.showTemplate(w, r, v)
}

func (t Template) text() string {
	return strings.Join(tidyParts(t.Subject, t.Secrecy, t.Opening, t.Body, t.Closing), "\n\n")
}
