package group

import (
	"net/http"
	"slices"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/person"
	"teduh/internal/ui"
	"teduh/internal/web"
)

func (p *Pages) grid(w http.ResponseWriter, r *http.Request) error {
	return p.showGrid(w, r, gridView{})
}

// showGrid shows the grid; v holds what was refused of a form, or who was found.
func (p *Pages) showGrid(w http.ResponseWriter, r *http.Request, v gridView) error {
	a, c, err := p.cases.Opened(r)
	if err != nil {
		return err
	}
	v.Reader, v.Now, v.Cursor = a, p.all.Now(), r.URL.Query().Get("cursor")
	if v.Grid, err = p.service.Grid(r.Context(), a, c.ID, readPlace(v.Cursor)); err != nil {
		return err
	}
	v.Case = c
	if v.Staff, err = p.access.Offered(r.Context(), a); err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: c.Number, Active: "cases", Err: v.Err}, p.cases.Frame(r.Context(), c, tab, v.Err, gridBody(v)))
}

func (p *Pages) hold(w http.ResponseWriter, r *http.Request) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	a := access.From(r.Context())
	x, led, err := readSession(f, a.Office.Zone)
	if err == nil {
		x.ID, err = p.service.Hold(r.Context(), a, id, x, led)
	}
	if again(err) {
		return p.showGrid(w, r, gridView{Form: f, Err: err})
	}
	if err != nil {
		return err
	}
	web.Say(w, "session_saved")
	return web.Redirect(w, r, address(id, "sesi/"+x.ID.String()))
}

// again tells whether a form is shown anew with what is wrong in it.
func again(err error) bool {
	e, ok := fault.As(err)
	return ok && (e.Status == http.StatusUnprocessableEntity || e.Status == http.StatusConflict || e.Status == http.StatusPreconditionFailed)
}

func address(caseID db.ID, part string) string {
	return "/kasus/" + caseID.String() + "/" + tab + "/" + part
}

// markGrid takes a tap on the grid and comes back to it.
func (p *Pages) markGrid(w http.ResponseWriter, r *http.Request) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	session, marks, rest, err := readTap(f)
	if err == nil {
		err = p.service.Attend(r.Context(), access.From(r.Context()), id, session, marks, rest)
	}
	if again(err) {
		return p.showGrid(w, r, gridView{Err: err})
	}
	if err != nil {
		return err
	}
	back := "/kasus/" + id.String() + "/" + tab
	if cursor := f.Line("cursor"); cursor != "" {
		back += "?cursor=" + cursor
	}
	return web.Redirect(w, r, back)
}

func (p *Pages) join(w http.ResponseWriter, r *http.Request) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	a := access.From(r.Context())
	if f.Get("act") == "find" {
		list, _, err := p.people.Search(r.Context(), a, person.Search{Query: f.Line("name"), Limit: 10})
		return orShow(err, func() error { return p.showGrid(w, r, gridView{Join: f, Found: list, Looked: true}) })
	}
	n := casefile.NewMember{Person: f.ID("person"), Name: f.Line("name")}
	day, ok := f.Day("joined_on")
	if n.JoinedOn = day; !ok {
		err = fault.Invalid(fault.Field("joined_on", "impossible", "case.day.impossible"))
	}
	if err == nil {
		_, err = p.all.AddMember(r.Context(), a, id, n)
	}
	if again(err) {
		return p.showGrid(w, r, gridView{Join: f, Err: err})
	}
	if err != nil {
		return err
	}
	web.Say(w, "member_saved")
	return web.Redirect(w, r, "/kasus/"+id.String()+"/"+tab+"#anggota")
}

func orShow(err error, show func() error) error {
	if err != nil {
		return err
	}
	return show()
}

func (p *Pages) leave(w http.ResponseWriter, r *http.Request) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	member, err := web.PathID(r, "member")
	if err != nil {
		return err
	}
	left, ok := f.Day("left_on")
	if !ok {
		err = fault.Invalid(fault.Field("left_on", "impossible", "case.day.impossible"))
	}
	if err == nil {
		_, err = p.all.EndMember(r.Context(), access.From(r.Context()), id, member, left)
	}
	if again(err) {
		return p.showGrid(w, r, gridView{Err: err})
	}
	if err != nil {
		return err
	}
	web.Say(w, "member_saved")
	return web.Redirect(w, r, "/kasus/"+id.String()+"/"+tab+"#anggota")
}

func (p *Pages) session(w http.ResponseWriter, r *http.Request) error {
	return p.showSession(w, r, sessionView{})
}

// open is the session of an address in its case.
func (p *Pages) open(r *http.Request) (v sessionView, err error) {
	var c casefile.Case
	if v.Reader, c, err = p.cases.Opened(r); err != nil {
		return v, err
	}
	id, err := web.PathID(r, "session")
	if err != nil {
		return v, err
	}
	if v.Grid, err = p.service.One(r.Context(), v.Reader, c.ID, id); err != nil {
		return v, err
	}
	v.Case, v.Now = c, p.all.Now()
	return v, nil
}

// showSession shows a session: who came, the note for all, and one member's own thread.
func (p *Pages) showSession(w http.ResponseWriter, r *http.Request, refused sessionView) error {
	v, err := p.open(r)
	if err != nil {
		return err
	}
	v.Form, v.Err = refused.Form, refused.Err
	v.Member = web.Query(r).ID("anggota")
	if err := p.putBack(r, &v); err != nil {
		return err
	}
	if v.Form.Values != nil {
		v.Member = v.Form.ID("member")
	}
	if !v.Member.IsZero() && !slices.ContainsFunc(v.Members, func(m casefile.Member) bool { return m.ID == v.Member }) {
		return fault.NotFound()
	}
	v.Notes, _, err = p.all.Notes(r.Context(), v.Reader, v.Case.ID, casefile.NotesPage{Limit: 50, Shared: true, Member: v.Member, Session: v.session().ID}, "page")
	if err != nil {
		return err
	}
	if m := v.thread(); v.writes() && !m.Person.IsZero() {
		if v.Own, err = p.all.OwnCases(r.Context(), v.Reader, m.Person); err != nil {
			return err
		}
	}
	return web.ShowPage(w, r, web.PageInfo{Title: v.Case.Number, Active: "cases", Err: v.Err}, p.cases.Frame(r.Context(), v.Case, tab, v.Err, sessionBody(v)))
}

// putBack puts what was left of a note of this session back into its box.
func (p *Pages) putBack(r *http.Request, v *sessionView) error {
	if !v.writes() || v.Form.Values != nil {
		return nil
	}
	left, err := p.cases.Left(r.Context(), v.Reader, v.Case, casefile.SessionDraft)
	if err != nil || left.Values == nil || left.ID("session") != v.session().ID {
		return err
	}
	if member := left.ID("member"); member == v.Member || v.Member.IsZero() {
		v.Form, v.SavedAt = left.Form, left.SavedAt
	}
	return nil
}

// onSession runs an act on a session from a form on its page and comes back there.
func (p *Pages) onSession(w http.ResponseWriter, r *http.Request, said string, act func(a access.Actor, caseID, session db.ID, f web.Form) error) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	session, err := web.PathID(r, "session")
	if err != nil {
		return err
	}
	err = act(access.From(r.Context()), id, session, f)
	if again(err) {
		return p.showSession(w, r, sessionView{Form: f, Err: err})
	}
	if err != nil {
		return err
	}
	if said != "" {
		web.Say(w, said)
	}
	back := address(id, "sesi/"+session.String())
	if member := f.ID("member"); !member.IsZero() {
		back += "?anggota=" + member.String() + "#utas"
	}
	return web.Redirect(w, r, back)
}

func (p *Pages) markSession(w http.ResponseWriter, r *http.Request) error {
	return p.onSession(w, r, "", func(a access.Actor, caseID, session db.ID, f web.Form) error {
		return p.service.Attend(r.Context(), a, caseID, session, readMarks(f), f.Has(allField))
	})
}

func (p *Pages) cancel(w http.ResponseWriter, r *http.Request) error {
	return p.onSession(w, r, "session_cancelled", func(a access.Actor, caseID, session db.ID, f web.Form) error {
		return p.service.Cancel(r.Context(), a, caseID, session, f.Line("reason"))
	})
}

func (p *Pages) writeNote(w http.ResponseWriter, r *http.Request) error {
	return p.onSession(w, r, "note_kept", func(a access.Actor, caseID, session db.ID, f web.Form) error {
		n := casefile.NewNote{Member: f.ID("member"), NoteText: casefile.NoteText{Text: f.Text("text")}, Sign: f.Get("act") == "sign"}
		_, err := p.service.WriteNote(r.Context(), a, caseID, session, n)
		return err
	})
}

func (p *Pages) takeOver(w http.ResponseWriter, r *http.Request) error {
	return p.onSession(w, r, "note_taken", func(a access.Actor, caseID, _ db.ID, f web.Form) error {
		note, err := web.PathID(r, "own")
		if err != nil {
			return err
		}
		_, err = p.all.TakeOver(r.Context(), a, caseID, note, f.ID("case"))
		return err
	})
}

func (p *Pages) edit(w http.ResponseWriter, r *http.Request) error {
	v, err := p.open(r)
	if err != nil {
		return err
	}
	if !v.writes() || !v.session().CancelledAt.IsZero() {
		return fault.Forbidden()
	}
	v.Form = sessionForm(v.session(), v.Reader.Office.Zone)
	return p.showEdit(w, r, v)
}

func (p *Pages) showEdit(w http.ResponseWriter, r *http.Request, v sessionView) (err error) {
	if v.Staff, err = p.access.Offered(r.Context(), v.Reader); err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: v.Case.Number, Active: "cases", Err: v.Err}, p.cases.Frame(r.Context(), v.Case, tab, v.Err, editBody(v)))
}

func (p *Pages) change(w http.ResponseWriter, r *http.Request) error {
	v, err := p.open(r)
	if err != nil {
		return err
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	x, led, err := readSession(v.Form, v.Reader.Office.Zone)
	if err == nil {
		x.ID = v.session().ID
		err = p.service.Change(r.Context(), v.Reader, v.Case.ID, x, led)
	}
	if again(err) {
		v.Err = err
		return p.showEdit(w, r, v)
	}
	if err != nil {
		return err
	}
	web.Say(w, "session_saved")
	return web.Redirect(w, r, address(v.Case.ID, "sesi/"+v.session().ID.String()))
}

// print is the list to sign by hand: who was a member on the day.
func (p *Pages) print(w http.ResponseWriter, r *http.Request) error {
	v, err := p.open(r)
	if err != nil {
		return err
	}
	home := address(v.Case.ID, "sesi/"+v.session().ID.String())
	return web.Render(w, r, http.StatusOK, attendanceSheet(v, ui.PlainProps{Title: v.Case.Number, Office: v.Reader.Office.Name, Home: home}))
}
