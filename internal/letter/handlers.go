package letter

import (
	"mime"
	"net/http"
	"slices"
	"strconv"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/web"
)

func (p *Pages) ofCase(w http.ResponseWriter, r *http.Request) error {
	a, c, err := p.cases.Opened(r)
	if err != nil {
		return err
	}
	list, err := p.service.OfCase(r.Context(), a, c.ID)
	if err != nil {
		return err
	}
	v := caseView{Case: c, Actor: a, List: list}
	return web.ShowPage(w, r, web.PageInfo{Title: c.Number, Active: "cases"}, p.cases.Frame(r.Context(), c, tab, nil, caseBody(v)))
}

// compose shows the form of a new letter of a kind, or of one that corrects another.
func (p *Pages) compose(w http.ResponseWriter, r *http.Request) error {
	v, err := p.composeView(r)
	if err != nil {
		return err
	}
	q := web.Query(r)
	v.New.Kind = q.Line("jenis")
	if old := q.ID("perbaiki"); !old.IsZero() {
		l, err := p.service.find(r.Context(), v.Actor, v.Case.ID, old)
		if err != nil {
			return err
		}
		v.New, v.Old = l.Made, l.Number
		v.New.Replaces = old
	}
	if v.Old == "" && !slices.Contains(Own, v.New.Kind) {
		v.New.Kind = Introduction
	}
	return p.showCompose(w, r, v)
}

func (p *Pages) composeView(r *http.Request) (v composeView, err error) {
	if v.Actor, v.Case, err = p.cases.Opened(r); err == nil && !v.Case.Writes {
		err = fault.Forbidden()
	}
	return v, err
}

// showCompose draws the form, once the client has agreed that something may leave.
func (p *Pages) showCompose(w http.ResponseWriter, r *http.Request, v composeView) error {
	if let, err := p.cases.LetOut(w, r, v.Case, Consent(v.New.Kind)); err != nil || !let {
		return err
	}
	var err error
	if v.Template, v.Settings, err = p.service.madeOf(r.Context(), v.Actor, v.New.Kind); err != nil {
		return err
	}
	info := web.PageInfo{Title: kindWords.T(r.Context(), v.New.Kind), Active: "cases", Err: v.Err}
	return web.ShowPage(w, r, info, composePage(v))
}

func (p *Pages) write(w http.ResponseWriter, r *http.Request) error {
	v, err := p.composeView(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v.New, v.Old = readNew(f), f.Line("old")
	if !slices.Contains(Kinds, v.New.Kind) {
		return fault.NotFound()
	}
	if f.Get("act") == "preview" {
		doc, err := p.service.Preview(r.Context(), v.Actor, v.Case.ID, v.New)
		if err != nil && !web.Refused(err) {
			return err
		}
		if v.Err = err; err == nil {
			v.Preview = &doc
		}
		return p.showCompose(w, r, v)
	}
	l, err := p.service.Write(r.Context(), v.Actor, v.Case.ID, v.New)
	if web.Refused(err) {
		v.Err = err
		return p.showCompose(w, r, v)
	}
	if err != nil {
		return err
	}
	web.Say(w, "letter_written")
	return web.Redirect(w, r, address(v.Case.ID, l.ID))
}

func address(caseID, id db.ID) string {
	return "/kasus/" + caseID.String() + "/" + tab + "/" + id.String()
}

func (p *Pages) one(w http.ResponseWriter, r *http.Request) error {
	return p.showOne(w, r, web.Form{}, nil)
}

func (p *Pages) showOne(w http.ResponseWriter, r *http.Request, f web.Form, refused error) error {
	a, c, err := p.cases.Opened(r)
	if err != nil {
		return err
	}
	id, err := web.PathID(r, "letter")
	if err != nil {
		return err
	}
	l, err := p.service.One(r.Context(), a, c.ID, id)
	if err != nil {
		return err
	}
	v := oneView{Case: c, Actor: a, Letter: l, Form: f, Err: refused}
	return web.ShowPage(w, r, web.PageInfo{Title: l.Number, Active: "cases", Err: refused}, onePage(v))
}

// paper is the PDF; «?simpan» gives it as a file to keep.
func (p *Pages) paper(w http.ResponseWriter, r *http.Request) error {
	a, c, err := p.cases.Opened(r)
	if err != nil {
		return err
	}
	id, err := web.PathID(r, "letter")
	if err != nil {
		return err
	}
	l, err := p.service.find(r.Context(), a, c.ID, id)
	if err != nil {
		return err
	}
	if let, err := p.cases.LetOut(w, r, c, Consent(l.Kind)); err != nil || !let {
		return err
	}
	pdf, name, err := p.service.PDF(r.Context(), a, c.ID, id)
	if err != nil {
		return err
	}
	manner := "inline"
	if r.URL.Query().Has("simpan") {
		manner = "attachment"
	}
	WritePDF(w, pdf, manner, name)
	return nil
}

// WritePDF answers with a PDF, «inline» or as an «attachment».
func WritePDF(w http.ResponseWriter, pdf []byte, manner, name string) {
	h := w.Header()
	h.Set("Content-Type", "application/pdf")
	h.Set("Content-Disposition", mime.FormatMediaType(manner, map[string]string{"filename": name}))
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Length", strconv.Itoa(len(pdf)))
	_, _ = w.Write(pdf) // an error means the reader has gone
}

func (p *Pages) withdraw(w http.ResponseWriter, r *http.Request) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	letter, err := web.PathID(r, "letter")
	if err != nil {
		return err
	}
	err = p.service.Withdraw(r.Context(), access.From(r.Context()), id, letter, Withdrawal{f.Line("why"), f.Version()})
	if web.Refused(err) {
		return p.showOne(w, r, f, err)
	}
	if err != nil {
		return err
	}
	web.Say(w, "letter_withdrawn")
	return web.Redirect(w, r, address(id, letter))
}

// office lists the letters of the office that the reader may know, the newest numbers first.
func (p *Pages) office(w http.ResponseWriter, r *http.Request) error {
	ask := readAsk(r)
	a := access.From(r.Context())
	list, more, err := p.service.List(r.Context(), a, ask)
	if err != nil {
		return err
	}
	v := listView{Kind: ask.Kind, List: list}
	if more {
		last := list[len(list)-1]
		v.Next = pageAddress(ask.Kind, last.ID)
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "letter.list"), Active: "letters"}, listPage(v))
}

// check tells whoever holds a letter whether it is real: its number, day, office, and whether it stands.
func (p *Pages) check(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Robots-Tag", "noindex")
	found, err := p.service.Check(r.Context(), r.PathValue("code"))
	if fault.Is(err, "not_found") {
		return web.Render(w, r, http.StatusNotFound, unknownPage())
	}
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, checkPage(found))
}

// caseView is the letters of a case.
type caseView struct {
	Case  casefile.Case
	Actor access.Actor
	List  []Letter
}
