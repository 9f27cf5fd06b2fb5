package importer

import (
	"errors"
	"mime"
	"net/http"
	"strconv"
	"time"

	"teduh/internal/access"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/journal"
	"teduh/internal/web"
)

func (p *Pages) index(w http.ResponseWriter, r *http.Request) error {
	return p.showIndex(w, r, r.URL.Query().Get("jenis"), nil)
}

func (p *Pages) showIndex(w http.ResponseWriter, r *http.Request, kind string, refused error) error {
	lists, err := p.lists.Newest(r.Context(), access.From(r.Context()))
	if err != nil {
		return err
	}
	if kind != CasesSheet {
		kind = PeopleSheet
	}
	page := web.PageInfo{Title: i18n.T(r.Context(), "list.title"), Active: "settings", Err: refused}
	return web.ShowPage(w, r, page, indexPage(indexView{Kind: kind, Lists: lists, Err: refused}))
}

// receive takes a file. What is too large is refused before it is read where the browser says how large it is, and while it
// is read where it does not.
func (p *Pages) receive(w http.ResponseWriter, r *http.Request) error {
	if r.ContentLength > maxBody {
		w.Header().Set("Connection", "close") // what is still on its way is not read
		return p.showIndex(w, r, "", tooLarge())
	}
	up, err := readUpload(r, p.lists)
	var big *http.MaxBytesError
	switch {
	case errors.Is(err, journal.ErrClaimed): // a second click: the first one's list is there
		return p.toClaimed(w, r, up)
	case errors.As(err, &big):
		return p.showIndex(w, r, up.kind, tooLarge())
	}
	if e, ok := fault.As(err); ok && (e.Status == http.StatusUnprocessableEntity || e.Status == http.StatusRequestEntityTooLarge) {
		return p.showIndex(w, r, up.kind, err)
	}
	if err != nil {
		return err
	}
	return web.Redirect(w, r, href(up.list, ""))
}

func tooLarge() *fault.Error {
	e := fault.Invalid(fault.Field("file", "too_large", "import.too_large", "max", MaxList>>20))
	e.Status = http.StatusRequestEntityTooLarge
	return e
}

func (p *Pages) toClaimed(w http.ResponseWriter, r *http.Request, up upload) error {
	found, err := p.lists.service.Journal.FindClaim(r.Context(), up.claim)
	if err != nil {
		return err
	}
	return web.Redirect(w, r, "/impor/"+found.Subject.String())
}

// patience is how long a page waits for its list: most are ready by then.
const patience = 700 * time.Millisecond

func (p *Pages) list(w http.ResponseWriter, r *http.Request) error { return p.showList(w, r, nil) }

func (p *Pages) showList(w http.ResponseWriter, r *http.Request, refused error) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	a := access.From(r.Context())
	l, err := p.lists.Get(r.Context(), a, id)
	if err == nil && l.Running() {
		p.lists.Await(r.Context(), id, patience)
		l, err = p.lists.Get(r.Context(), a, id)
	}
	if err != nil {
		return err
	}
	v := listView{List: l, Err: refused, Query: web.Query(r)}
	v.Rows, v.Of = p.lists.Progress(id)
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "list.title"), Active: "settings", Err: refused, Scripts: []string{"follow.js"}}, listPage(v))
}

// understand takes what the columns stand for: column_0, column_1 … hold the codes.
func (p *Pages) understand(w http.ResponseWriter, r *http.Request) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	chosen := map[int]string{}
	for i := range maxColumns {
		if as := f.Text(columnField(i)); as != "" {
			chosen[i] = as
		}
	}
	if err := p.lists.Understand(r.Context(), access.From(r.Context()), id, chosen); err != nil {
		return p.again(w, r, err)
	}
	return web.Redirect(w, r, "/impor/"+id.String())
}

func columnField(i int) string { return "column_" + strconv.Itoa(i) }

func (p *Pages) take(w http.ResponseWriter, r *http.Request) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	if err := p.lists.Take(r.Context(), access.From(r.Context()), id, f.Checked("skip_bad")); err != nil {
		return p.again(w, r, err)
	}
	return web.Redirect(w, r, "/impor/"+id.String())
}

func (p *Pages) discard(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	if err := p.lists.Discard(r.Context(), access.From(r.Context()), id); err != nil {
		return p.again(w, r, err)
	}
	web.Say(w, "list_discarded")
	return web.Redirect(w, r, "/impor")
}

// again shows the list with what was refused.
func (p *Pages) again(w http.ResponseWriter, r *http.Request, err error) error {
	if e, ok := fault.As(err); ok && (e.Status == http.StatusConflict || e.Status == http.StatusUnprocessableEntity) {
		return p.showList(w, r, err)
	}
	return err
}

// result hands over what became of a list, as a CSV file.
func (p *Pages) result(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	l, err := p.lists.Get(r.Context(), access.From(r.Context()), id)
	if err != nil {
		return err
	}
	if l.Running() || l.State == StateGone {
		return fault.NotFound()
	}
	h := w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": i18n.T(r.Context(), "list.result_file") + ".csv"}))
	_ = writeResult(r.Context(), w, l) // an error means the reader has gone
	return nil
}
