package carry

import (
	"encoding/json"
	"net/http"
	"strings"

	"teduh/internal/access"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/web"
)

// Pages are the handlers of this package.
type Pages struct{ service *Service }

// NewPages makes the pages.
func NewPages(s *Service) *Pages { return &Pages{s} }

const root = "/pengaturan/bawa"

// maxBody holds a file as it is sent back from its preview, where each quote takes three letters.
const maxBody = 3*MostBytes + 64<<10

// Routes of the pages.
func (p *Pages) Routes() []web.Route {
	settings := string(access.OfficeSettings)
	return []web.Route{
		{Method: "GET", Path: root, Permission: settings, Handle: p.page},
		{Method: "POST", Path: root, Permission: settings, Handle: p.take, MaxBody: maxBody},
		{Method: "GET", Path: root + "/daftar.json", Permission: settings, Handle: p.file},
	}
}

// view is the page: first the files, then what a file would change.
type view struct {
	File   File
	Raw    string
	Parts  []Part
	Chosen []string
	Err    error
}

// changes are the parts of the file that say something new here.
func (v view) changes() (list []Part) {
	for _, p := range v.Parts {
		if !p.Same {
			list = append(list, p)
		}
	}
	return list
}

func (p *Pages) page(w http.ResponseWriter, r *http.Request) error { return p.show(w, r, view{}) }

func (p *Pages) show(w http.ResponseWriter, r *http.Request, v view) error {
	info := web.PageInfo{Title: i18n.T(r.Context(), "carry.title"), Active: "settings", Err: v.Err}
	return web.ShowPage(w, r, info, carryPage(v))
}

func (p *Pages) file(w http.ResponseWriter, r *http.Request) error {
	a := access.From(r.Context())
	f, err := p.service.Export(r.Context(), a)
	if err != nil {
		return err
	}
	body, err := json.MarshalIndent(f, "", " ")
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Disposition", `attachment; filename="daftar-`+strings.ToLower(a.Office.Prefix)+"-"+f.Made+`.json"`)
	_, err = w.Write(append(body, '\n'))
	return err
}

// take shows what a file would change, or writes the parts that were chosen.
func (p *Pages) take(w http.ResponseWriter, r *http.Request) error {
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		raw, err := upload(r)
		return p.look(w, r, view{Raw: string(raw), Err: err})
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v := view{Raw: f.Get("definition"), Chosen: f.All("parts")}
	if _, v.Err = p.service.Take(r.Context(), access.From(r.Context()), []byte(v.Raw), v.Chosen); v.Err != nil {
		return p.look(w, r, v)
	}
	web.Say(w, "carry_taken")
	return web.Redirect(w, r, root)
}

// look compares the file, where it can be read, and tells what was refused.
func (p *Pages) look(w http.ResponseWriter, r *http.Request, v view) error {
	if v.Raw != "" {
		file, parts, err := p.service.Compare(r.Context(), access.From(r.Context()), []byte(v.Raw))
		if v.File, v.Parts = file, parts; v.Err == nil {
			v.Err = err
		}
	}
	if _, ok := fault.As(v.Err); v.Err != nil && !ok {
		return v.Err
	}
	return p.show(w, r, v)
}

// upload is the file of a form, never empty.
func upload(r *http.Request) ([]byte, error) {
	missing := refused("required", "carry.no_file")
	_, raw, err := web.Upload{Field: "file", Memory: maxBody, TooLarge: refused("too_large", "carry.too_large"), Missing: missing}.Read(r)
	if err == nil && len(raw) == 0 {
		err = missing
	}
	return raw, err
}
