package attachment

import (
	"mime"
	"net/http"
	"strconv"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/web"
)

// view is a case's files, and what was refused of a sending.
type view struct {
	Case    casefile.Case
	Files   []File
	Next    string
	Err     error
	Refused []refusal
	Actor   access.Actor
}

func (v view) href(part string) string { return "/kasus/" + v.Case.ID.String() + "/" + tabPath + part }

// mayWrite tells whether the form is shown.
func (v view) mayWrite() bool { return v.Case.Writes && v.Case.Status == "open" }

// mayStrike tells whether the way to strike a file is shown.
func (v view) mayStrike(f File) bool {
	return v.mayWrite() && f.mayStrike(v.Actor.User, v.Actor.Has(access.Head))
}

func (p *Pages) list(w http.ResponseWriter, r *http.Request) error { return p.show(w, r, nil, nil) }

// show draws the files of the case; err and refused tell what was not taken of a sending.
func (p *Pages) show(w http.ResponseWriter, r *http.Request, err error, refused []refusal) error {
	v := view{Err: err, Refused: refused}
	var more bool
	if v.Actor, v.Case, err = p.cases.Opened(r); err != nil {
		return err
	}
	before, err := db.ParseID(r.URL.Query().Get("cursor"))
	if err != nil {
		before = db.ID{}
	}
	if v.Files, more, err = p.service.List(r.Context(), v.Actor, v.Case.ID, before); err != nil {
		return err
	}
	if more {
		v.Next = v.href("?cursor=" + v.Files[len(v.Files)-1].ID.String())
	}
	page := web.PageInfo{Title: v.Case.Number, Active: "cases", Err: v.Err}
	return web.ShowPage(w, r, page, p.cases.Frame(r.Context(), v.Case, tabPath, v.Err, listBody(v)))
}

func (p *Pages) open(w http.ResponseWriter, r *http.Request) error {
	caseID, file, err := ids(r)
	if err != nil {
		return err
	}
	f, content, err := p.service.Open(r.Context(), access.From(r.Context()), caseID, file)
	if err != nil {
		return err
	}
	Hand(w, f, content)
	return nil
}

// Hand hands a file over. Only pictures and PDF are shown in the browser; everything else is saved, and nothing in it runs as a
// page of ours.
func Hand(w http.ResponseWriter, f File, content []byte) {
	manner := "attachment"
	if kinds[f.Type].inline {
		manner = "inline"
	}
	h := w.Header()
	h.Set("Content-Type", f.Type)
	h.Set("Content-Disposition", mime.FormatMediaType(manner, map[string]string{"filename": f.Name}))
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Length", strconv.Itoa(len(content)))
	_, _ = w.Write(content) // an error means the reader has gone
}

func ids(r *http.Request) (caseID, file db.ID, err error) {
	if caseID, err = web.PathID(r, "id"); err != nil {
		return caseID, file, err
	}
	file, err = web.PathID(r, "file")
	return caseID, file, err
}

func (p *Pages) strikePage(w http.ResponseWriter, r *http.Request) error {
	_, file, err := ids(r)
	if err != nil {
		return err
	}
	a, c, err := p.cases.Opened(r)
	if err != nil {
		return err
	}
	f, err := p.service.ToStrike(r.Context(), a, c.ID, file)
	if err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: c.Number, Active: "cases"}, strikeBody(view{Case: c, Actor: a}, f))
}

func (p *Pages) strike(w http.ResponseWriter, r *http.Request) error {
	caseID, file, err := ids(r)
	if err != nil {
		return err
	}
	err = p.service.Strike(r.Context(), access.From(r.Context()), caseID, file)
	if e, ok := fault.As(err); ok && e.Status == http.StatusConflict {
		return p.show(w, r, err, nil)
	}
	if err != nil {
		return err
	}
	web.Say(w, "file_struck")
	return web.Redirect(w, r, view{Case: casefile.Case{ID: caseID}}.href(""))
}
