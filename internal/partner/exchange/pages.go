package exchange

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"

	"teduh/internal/access"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/web"
)

// Pages are those by which an office takes its directory along and others' in.
type Pages struct{ service *Service }

// NewPages makes the pages.
func NewPages(s *Service) *Pages { return &Pages{s} }

const root = "/direktori"

// maxBody is a file and what a form puts around it.
const maxBody = MaxUpload + 64<<10

// Routes of the pages.
func (p *Pages) Routes() []web.Route {
	write := string(access.PartnerWrite)
	return []web.Route{
		{Method: "GET", Path: root, Permission: write, Handle: p.page},
		{Method: "POST", Path: root, Permission: write, Handle: p.receive, MaxBody: maxBody},
		{Method: "GET", Path: root + "/bawa.zip", Permission: write, Handle: p.file},
		{Method: "GET", Path: root + "/{id}", Permission: write, Handle: p.look},
		{Method: "POST", Path: root + "/{id}/masukkan", Permission: write, Handle: p.take},
		{Method: "POST", Path: root + "/{id}/buang", Permission: write, Handle: p.discard},
	}
}

// view is the page: what goes out and in, or what a file would change.
type view struct {
	Sent Sent
	Open string // where the open directory is
	Err  error
}

func (p *Pages) page(w http.ResponseWriter, r *http.Request) error { return p.show(w, r, view{}) }

func (p *Pages) show(w http.ResponseWriter, r *http.Request, v view) error {
	v.Open = Root
	info := web.PageInfo{Title: i18n.T(r.Context(), "exchange.title"), Active: "partners", Err: v.Err}
	if v.Sent.ID.IsZero() {
		return web.ShowPage(w, r, info, indexPage(v))
	}
	return web.ShowPage(w, r, info, sentPage(v))
}

// file hands over what is public of the office. It is made whole first, so that what fails is told.
func (p *Pages) file(w http.ResponseWriter, r *http.Request) error {
	a := access.From(r.Context())
	var out bytes.Buffer
	if _, err := p.service.Export(r.Context(), a, &out, ".zip"); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/zip")
	h.Set("Content-Length", strconv.Itoa(out.Len()))
	h.Set("Content-Disposition", `attachment; filename="direktori-`+strings.ToLower(a.Office.Prefix)+"-"+p.service.day(a)+`.zip"`)
	_, err := out.WriteTo(w)
	return err
}

func (p *Pages) receive(w http.ResponseWriter, r *http.Request) error {
	name, body, err := upload(r)
	if err != nil {
		if e, ok := fault.As(err); ok && e.Status != http.StatusBadRequest {
			return p.show(w, r, view{Err: err})
		}
		return err
	}
	id, err := p.service.Receive(r.Context(), access.From(r.Context()), name, body)
	if err != nil {
		return err
	}
	return web.Redirect(w, r, root+"/"+id.String())
}

// upload is the file of a form, never empty.
func upload(r *http.Request) (name string, body []byte, err error) {
	missing := fault.Invalid(fault.Field("file", "required", "exchange.error.no_file"))
	name, body, err = web.Upload{Field: "file", Memory: maxBody, TooLarge: tooLarge(), Missing: missing}.Read(r)
	switch {
	case err != nil:
		return "", nil, err
	case len(body) == 0:
		err = missing
	case len(body) > MaxUpload:
		err = tooLarge()
	}
	return name, body, err
}

func tooLarge() error {
	return fault.Invalid(fault.Field("file", "too_large", "exchange.error.too_large", "max", MaxUpload>>20))
}

func (p *Pages) look(w http.ResponseWriter, r *http.Request) error { return p.lookAt(w, r, nil) }

func (p *Pages) lookAt(w http.ResponseWriter, r *http.Request, refused error) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	x, err := p.service.Look(r.Context(), access.From(r.Context()), id)
	if err != nil {
		return err
	}
	return p.show(w, r, view{Sent: x, Err: refused})
}

func (p *Pages) take(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	_, err = p.service.Take(r.Context(), access.From(r.Context()), id)
	if fault.Is(err, "changed_meanwhile") {
		return p.lookAt(w, r, err)
	}
	if err != nil {
		return err
	}
	web.Say(w, "exchange_taken")
	return web.Redirect(w, r, "/mitra")
}

func (p *Pages) discard(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	if err := p.service.Discard(r.Context(), access.From(r.Context()), id); err != nil {
		return err
	}
	web.Say(w, "exchange_discarded")
	return web.Redirect(w, r, root)
}
