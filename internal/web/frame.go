package web

import (
	"context"
	"io"
	"net/http"

	"github.com/a-h/templ"

	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/ui"
)

type shellKey struct{}

// WithShell keeps how the frame around a page is made for the one who reads; it is only made when a page is.
func WithShell(ctx context.Context, shell func() ui.Shell) context.Context {
	return context.WithValue(ctx, shellKey{}, shell)
}

// PageInfo is what a page says of itself to the frame.
type PageInfo struct {
	Title   string // the case's number or the page's name, never a person's name
	Active  string // the key of the open entry of the navigation
	Query   string // what the search field holds
	Err     error  // why the form on the page was refused
	Status  int    // 0 is 200, or the status of Err
	Scripts []string
}

// ShowPage renders a page of the working side in its frame, or its body alone where htmx asked for a part.
func ShowPage(w http.ResponseWriter, r *http.Request, p PageInfo, body templ.Component) error {
	status := statusOf(p)
	if IsPartial(r) && r.Header.Get("HX-Request-Type") == "partial" {
		return Render(w, r, status, body)
	}
	s := ui.Shell{}
	if shell, ok := r.Context().Value(shellKey{}).(func() ui.Shell); ok {
		s = shell()
	}
	s.Title, s.Active, s.Query, s.Failed, s.Scripts = p.Title, p.Active, p.Query, p.Err != nil, p.Scripts
	s.Here = r.URL.RequestURI()
	s.Flash = Said(w, r)
	return Render(w, r, status, templ.ComponentFunc(func(ctx context.Context, out io.Writer) error {
		return ui.Layout(s).Render(templ.WithChildren(ctx, body), out)
	}))
}

const flashCookie = "teduh_said"

var flashes = i18n.Family("flash.")

// StatusOf is the status of a page that tells an error, or of one that tells none.
func StatusOf(err error) int {
	if e, ok := fault.As(err); ok {
		return e.Status
	}
	return http.StatusOK
}

func statusOf(p PageInfo) int {
	if p.Status != 0 {
		return p.Status
	}
	if e, ok := fault.As(p.Err); ok {
		if e.Status == http.StatusPreconditionFailed {
			return http.StatusConflict // a lost race: the page shows both versions
		}
		return e.Status
	}
	return http.StatusOK
}

// Say keeps a word about what was done for the next page: a key of the catalog's family «flash.».
func Say(w http.ResponseWriter, key string) {
	http.SetCookie(w, &http.Cookie{Name: flashCookie, Value: key, Path: "/", MaxAge: 60, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// Said is the word about what was done that the page before left, once.
func Said(w http.ResponseWriter, r *http.Request) ui.Flash {
	c, err := r.Cookie(flashCookie)
	if err != nil || !flashes.Has(c.Value) {
		return ui.Flash{}
	}
	http.SetCookie(w, &http.Cookie{Name: flashCookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	return ui.Flash{Text: flashes.T(r.Context(), c.Value), Tone: ui.Green}
}
