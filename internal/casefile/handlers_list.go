package casefile

import (
	"net/http"
	"net/url"
	"time"

	"teduh/internal/access"
	"teduh/internal/bulk"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/web"
)

// listAddress is where the list stands; every filter is in the address, so that a list can be come back to and sent on.
const listAddress = "/kasus"

// listFilter reads what an address asks for; mine tells whether it is the actor's own cases.
func (p *Pages) listFilter(q web.Form, a access.Actor) (f Filter, mine bool) {
	f = Filter{Status: q.Line("status"), Stage: q.Line("tahap"), Risk: q.Line("risiko"), Category: q.Line("kategori"), Village: q.Line("kelurahan"),
		Query: q.Line("q"), Sort: q.Line("urut"), Worker: q.ID("petugas"), Confidentiality: q.Int("rahasia", 0), After: readPlace(q.Get("cursor")), Limit: listLimit, Total: true}
	if f.Status == "" && !q.Has("status") {
		f.Status = "open"
	}
	f.need(q.Line("perlu"), a, p.now())
	mine = q.Line("milik") == "saya" || q.Line("milik") != "semua" && a.Can(access.CaseWork) && !a.Has(access.Head)
	if mine = mine && f.Worker.IsZero(); mine {
		f.Worker = a.User
	}
	return f, mine
}

// What a case may need, as the supervisor's list counts it and the address of a list asks for it.
const (
	NeedGate  = "syarat"
	NeedQuiet = "kabar"
	NeedSign  = "tanda-tangan"
)

// QuietAfter is how long nothing happens in a case until it counts as quiet.
const QuietAfter = 14 * 24 * time.Hour

// need narrows the filter to cases that need something.
func (f *Filter) need(what string, a access.Actor, now time.Time) {
	switch what {
	case NeedGate:
		f.GatesLate = db.DayOf(now, a.Office.Zone)
	case NeedQuiet:
		f.QuietSince = db.At(now.Add(-QuietAfter))
	case NeedSign:
		f.Unsigned = true
	}
}

func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	return p.showList(w, r, nil)
}

// showList shows the list; refused tells why a view could not be kept.
func (p *Pages) showList(w http.ResponseWriter, r *http.Request, refused error) error {
	ctx, a, q := r.Context(), access.From(r.Context()), web.Query(r)
	shelf, err := p.service.Shelf(ctx, a)
	if err != nil {
		return err
	}
	if r.URL.RawQuery == "" && r.Method == http.MethodGet {
		for _, v := range shelf.Views {
			if v.Default && v.Query != "" {
				return web.Redirect(w, r, listAddress+"?"+v.Query)
			}
		}
	}
	f, mine := p.listFilter(q, a)
	v := listView{Filter: f, Mine: mine, Values: q.Values, Now: p.now(), Actor: a, Region: a.Office.Region, Shelf: shelf, Err: refused}
	if v.List, err = p.service.List(ctx, a, f); err != nil {
		return err
	}
	if err := p.besideList(r, &v); err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(ctx, "case.list.title"), Active: "cases", Err: refused}, listPage(v))
}

// besideList reads the safety marks of the clients shown, the staff to filter by, and where the next page is.
func (p *Pages) besideList(r *http.Request, v *listView) (err error) {
	if v.Actor.Can(access.CaseRead) {
		if v.Marks, err = p.service.clientMarks(r.Context(), v.Actor, v.List.Items); err != nil {
			return err
		}
		if v.Staff, err = p.access.Colleagues(r.Context(), v.Actor); err != nil {
			return err
		}
	}
	if v.List.More {
		next := url.Values{}
		for name, values := range v.Values {
			next[name] = values
		}
		next.Set("cursor", placeOf(v.List.Items[len(v.List.Items)-1], v.Filter.Sort))
		v.Next = listAddress + "?" + next.Encode()
	}
	return nil
}

// export answers with the whole list as a file.
func (p *Pages) export(w http.ResponseWriter, r *http.Request) error {
	a, q := access.From(r.Context()), web.Query(r)
	open, kind, mime := bulk.NewCSV, "csv", "text/csv; charset=utf-8"
	if q.Line("format") == "xlsx" {
		open, kind, mime = bulk.NewXLSX, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	f, _ := p.listFilter(q, a)
	to := &begun{w: w, mime: mime, name: "kasus-" + string(db.DayOf(p.now(), a.Office.Zone)) + "." + kind}
	out, err := open(to)
	if err == nil {
		_, err = p.service.Export(r.Context(), a, f, out)
	}
	if err != nil && to.started {
		panic(http.ErrAbortHandler) // half a file must not look like a whole one
	}
	return err
}

// begun sends the headers of a file with its first bytes, so that a refusal before them is told as one.
type begun struct {
	w          http.ResponseWriter
	mime, name string
	started    bool
}

func (b *begun) Write(p []byte) (int, error) {
	if !b.started {
		b.started = true
		b.w.Header().Set("Content-Type", b.mime)
		b.w.Header().Set("Content-Disposition", `attachment; filename="`+b.name+`"`)
	}
	return b.w.Write(p)
}

func (p *Pages) saveView(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	view := SavedView{Name: f.Line("name"), Query: f.Get("query"), Default: f.Checked("default")}
	err = p.service.SaveView(r.Context(), access.From(r.Context()), view)
	if e, ok := fault.As(err); ok && e.Status == http.StatusUnprocessableEntity {
		return p.showList(w, r, err)
	}
	if err != nil {
		return err
	}
	web.Say(w, "view_saved")
	return web.Redirect(w, r, listAddress+"?"+view.Query)
}

func (p *Pages) dropView(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "view")
	if err != nil {
		return err
	}
	if err := p.service.DropView(r.Context(), access.From(r.Context()), id); err != nil {
		return err
	}
	web.Say(w, "view_dropped")
	return web.Redirect(w, r, listAddress+"?status=open")
}

func (p *Pages) chooseColumns(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	if err := p.service.ChooseColumns(r.Context(), access.From(r.Context()), f.All("columns")); err != nil {
		return err
	}
	return web.Redirect(w, r, listAddress+"?"+f.Get("query"))
}
