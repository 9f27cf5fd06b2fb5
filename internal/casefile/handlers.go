package casefile

import (
	"net/http"
	"net/url"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/ui"
	"teduh/internal/web"
)

// info is the title of every page of a case: its number, never a name.
func info(c Case, err error) web.PageInfo {
	return web.PageInfo{Title: c.Number, Active: "cases", Err: err}
}

// Opened is the case of an address for the one who asks; the reading is logged.
func (p *Pages) Opened(r *http.Request) (access.Actor, Case, error) {
	a := access.From(r.Context())
	id, err := web.PathID(r, "id")
	if err != nil {
		return a, Case{}, err
	}
	c, err := p.service.Get(r.Context(), a, id, "page")
	if err == nil {
		err = p.service.safety(r.Context(), a, &c)
	}
	return a, c, err
}

func (p *Pages) summary(w http.ResponseWriter, r *http.Request) error {
	a, c, err := p.Opened(r)
	if err != nil {
		return err
	}
	return p.showSummary(w, r, a, c, nil, nil)
}

// showSummary shows the first part of a case; box holds what was refused of a note.
func (p *Pages) showSummary(w http.ResponseWriter, r *http.Request, a access.Actor, c Case, refused error, box *noteBox) error {
	ctx := r.Context()
	v := summaryView{frameView: p.frame(ctx, c, "")}
	v.Err = refused
	q := web.Query(r)
	v.Member, v.Shared = q.ID("anggota"), c.Grouped() || q.Line("anggota") == sharedOnly
	notes, more, err := p.service.Notes(ctx, a, c.ID, NotesPage{Before: readPlace(r.URL.Query().Get("cursor")), Limit: 20,
		Kind: r.URL.Query().Get("jenis"), Word: r.URL.Query().Get("kata"), Member: v.Member, Shared: v.Shared}, "page")
	if err != nil {
		return err
	}
	v.Notes = notes
	if more {
		next := url.Values{"cursor": {NotePlace(notes[len(notes)-1])}}
		for _, name := range []string{"jenis", "kata", "anggota"} {
			if value := r.URL.Query().Get(name); value != "" {
				next.Set(name, value)
			}
		}
		v.Next = v.href("") + "?" + next.Encode()
	}
	if err := p.fillSummary(r, a, c, &v); err != nil {
		return err
	}
	if box != nil {
		v.Box = *box
	}
	v.Box.Kinds = kindChoices(ctx, a)
	return web.ShowPage(w, r, info(c, refused), summaryPage(v))
}

func (p *Pages) fillSummary(r *http.Request, a access.Actor, c Case, v *summaryView) (err error) {
	ctx := r.Context()
	if v.Tasks, err = p.service.TasksOf(ctx, a, c.ID); err != nil {
		return err
	}
	if v.Gates, err = p.service.NextGate(ctx, a, c.ID); err != nil {
		return err
	}
	if v.People, err = p.service.People(ctx, a, c.ID); err != nil {
		return err
	}
	if v.Task.Staff, err = p.access.Offered(ctx, a); err != nil {
		return err
	}
	if c.Family() || c.Grouped() {
		if v.Members, err = p.service.Members(ctx, a, c.ID); err != nil {
			return err
		}
	}
	if c.Writes {
		if err := p.fillDraft(r, a, c, v); err != nil {
			return err
		}
	}
	for _, panel := range p.panels {
		drawn, err := panel(ctx, a, c)
		if err != nil {
			return err
		}
		if drawn != nil {
			v.Panels = append(v.Panels, drawn)
		}
	}
	return nil
}

// fillDraft puts back what the worker left in the note box.
func (p *Pages) fillDraft(r *http.Request, a access.Actor, c Case, v *summaryView) error {
	left, err := p.Left(r.Context(), a, c, noteDraft)
	if err != nil {
		return err
	}
	if left.Values == nil {
		v.Box = sessionBox(web.Query(r))
		return nil
	}
	_, v.Box, _ = readNote(left.Form, a.Office.Zone) // a day half typed is shown as it stands
	v.Box.Saved = left.SavedAt
	return nil
}

func (p *Pages) writeNote(w http.ResponseWriter, r *http.Request) error {
	a, c, err := p.Opened(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	n, box, err := readNote(f, a.Office.Zone)
	if err == nil {
		_, err = p.service.WriteNote(r.Context(), a, c.ID, n)
	}
	if _, ok := fault.As(err); ok {
		return p.showSummary(w, r, a, c, err, &box)
	}
	if err != nil {
		return err
	}
	web.Say(w, map[bool]string{true: "note_signed", false: "note_saved"}[n.Sign])
	return web.Redirect(w, r, "/kasus/"+c.ID.String())
}

// onNote runs an act on a note and comes back to the case.
func (p *Pages) onNote(w http.ResponseWriter, r *http.Request, said string, act func(a access.Actor, caseID, note db.ID, f web.Form) error) error {
	a, c, err := p.Opened(r)
	if err != nil {
		return err
	}
	note, f, err := web.PathForm(r, "note")
	if err != nil {
		return err
	}
	err = act(a, c.ID, note, f)
	if _, ok := fault.As(err); ok {
		return p.showSummary(w, r, a, c, err, nil)
	}
	if err != nil {
		return err
	}
	web.Say(w, said)
	return web.Redirect(w, r, "/kasus/"+c.ID.String())
}

func (p *Pages) signNote(w http.ResponseWriter, r *http.Request) error {
	return p.onNote(w, r, "note_signed", func(a access.Actor, c, n db.ID, _ web.Form) error {
		return p.service.SignNote(r.Context(), a, c, n)
	})
}

func (p *Pages) addToNote(w http.ResponseWriter, r *http.Request) error {
	return p.onNote(w, r, "note_added_to", func(a access.Actor, c, n db.ID, f web.Form) error {
		return p.service.AddToNote(r.Context(), a, c, n, f.Text("text"))
	})
}

func (p *Pages) strikeNote(w http.ResponseWriter, r *http.Request) error {
	return p.onNote(w, r, "note_struck", func(a access.Actor, c, n db.ID, f web.Form) error {
		return p.service.StrikeNote(r.Context(), a, c, n, f.Line("reason"))
	})
}

func (p *Pages) addTask(w http.ResponseWriter, r *http.Request) error {
	return p.onCase(w, r, "task_added", func(a access.Actor, c Case, f web.Form) error {
		due, ok := f.Day("due_on")
		if !ok {
			return fault.Invalid(fault.Field("due_on", "impossible", "case.day.impossible"))
		}
		_, err := p.service.AddTask(r.Context(), a, c.ID, NewTask{What: f.Line("what"), For: f.Line("for"), DueOn: due, Profession: f.Line("profession")})
		return err
	})
}

// onCase runs an act on a case from a form on its first part, and comes back there.
func (p *Pages) onCase(w http.ResponseWriter, r *http.Request, said string, act func(access.Actor, Case, web.Form) error) error {
	a, c, err := p.Opened(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	err = act(a, c, f)
	if _, ok := fault.As(err); ok {
		return p.showSummary(w, r, a, c, err, nil)
	}
	if err != nil {
		return err
	}
	web.Say(w, said)
	return web.Redirect(w, r, "/kasus/"+c.ID.String())
}

func (p *Pages) setRisk(w http.ResponseWriter, r *http.Request) error {
	return p.onCase(w, r, "risk_set", func(a access.Actor, c Case, f web.Form) error {
		_, err := p.service.SetRisk(r.Context(), a, c.ID, f.Line("level"), f.Line("reason"), f.Version())
		return err
	})
}

func (p *Pages) climb(w http.ResponseWriter, r *http.Request) error {
	return p.onCase(w, r, "case_changed", func(a access.Actor, c Case, f web.Form) error {
		_, err := p.service.Climb(r.Context(), a, c.ID, f.Line("level"), f.Line("reason"), f.Version())
		return err
	})
}

func (p *Pages) reopen(w http.ResponseWriter, r *http.Request) error {
	return p.onCase(w, r, "case_reopened", func(a access.Actor, c Case, f web.Form) error {
		_, err := p.service.Reopen(r.Context(), a, c.ID, f.Line("reason"), f.Version())
		return err
	})
}

func (p *Pages) finishTask(w http.ResponseWriter, r *http.Request) error {
	return p.onTask(w, r, func(a access.Actor, id db.ID, f web.Form) error {
		return p.service.FinishTask(r.Context(), a, id, f.Checked("cancel"), f.Line("word"))
	})
}

func (p *Pages) reopenTask(w http.ResponseWriter, r *http.Request) error {
	return p.onTask(w, r, func(a access.Actor, id db.ID, _ web.Form) error { return p.service.ReopenTask(r.Context(), a, id) })
}

func (p *Pages) onTask(w http.ResponseWriter, r *http.Request, act func(access.Actor, db.ID, web.Form) error) error {
	id, f, err := web.PathForm(r, "task")
	if err != nil {
		return err
	}
	if err := act(access.From(r.Context()), id, f); err != nil {
		return err
	}
	return web.Redirect(w, r, f.Get("back"))
}

func (p *Pages) history(w http.ResponseWriter, r *http.Request) error {
	a, c, err := p.Opened(r)
	if err != nil {
		return err
	}
	before, err := db.ParseID(r.URL.Query().Get("cursor"))
	if err != nil {
		before = db.ID{}
	}
	const limit = 50
	list, err := p.service.Timeline(r.Context(), a, c.ID, journal.Page{Before: before, Limit: limit + 1, Codes: historyCodes(r.URL.Query().Get("jenis"))})
	if err != nil {
		return err
	}
	v := historyView{frameView: p.frame(r.Context(), c, "riwayat"), Kind: r.URL.Query().Get("jenis")}
	if len(list) > limit {
		list = list[:limit]
		v.Next = v.href("riwayat") + "?" + url.Values{"cursor": {list[limit-1].ID.String()}, "jenis": {v.Kind}}.Encode()
	}
	v.List = list
	return web.ShowPage(w, r, info(c, nil), historyPage(v))
}

func (p *Pages) readers(w http.ResponseWriter, r *http.Request) error {
	a, c, err := p.Opened(r)
	if err != nil {
		return err
	}
	v := readersView{frameView: p.frame(r.Context(), c, "pembaca")}
	if v.Seers, err = p.service.WhoCanSee(r.Context(), a, c.ID); err != nil {
		return err
	}
	if a.Can(access.CaseReaders) {
		if v.Readings, err = p.service.NamedReadings(r.Context(), a, c.ID, journal.Page{Limit: 100}); err != nil {
			return err
		}
		v.ShowReadings = true
	}
	return web.ShowPage(w, r, info(c, nil), readersPage(v))
}

// LetOut tells whether data of an opened case may leave by this request. Where the consent of the kind is missing, it has
// answered with the way to ask for it.
func (p *Pages) LetOut(w http.ResponseWriter, r *http.Request, c Case, kind string) (bool, error) {
	err := p.service.Leaving(r.Context(), access.From(r.Context()), c.ID, kind)
	if fault.Is(err, "consent_missing") {
		return false, p.askFirst(w, r, c, kind)
	}
	return err == nil, err
}

// LetFamilyOut is LetOut for what the office knows of a whole family: every open case of theirs that the reader may know must
// have the consent.
func (p *Pages) LetFamilyOut(w http.ResponseWriter, r *http.Request, family db.ID, kind string) (bool, error) {
	c, found, err := p.service.OfFamilyUnasked(r.Context(), access.From(r.Context()), family, kind)
	if err != nil || !found {
		return err == nil, err
	}
	return false, p.askFirst(w, r, c, kind)
}

func (p *Pages) askFirst(w http.ResponseWriter, r *http.Request, c Case, kind string) error {
	refused := consentMissing()
	return web.ShowPage(w, r, info(c, refused), withoutConsent(c, kind, refused))
}

func (p *Pages) print(w http.ResponseWriter, r *http.Request) error {
	a, c, err := p.Opened(r)
	if err != nil {
		return err
	}
	if let, err := p.LetOut(w, r, c, "data"); err != nil || !let {
		return err
	}
	v := summaryView{frameView: p.frame(r.Context(), c, "")}
	if err := p.forMember(r, a, &v); err != nil {
		return err
	}
	for place, more := (Place{}), true; more; {
		var notes []Note
		if notes, more, err = p.service.Notes(r.Context(), a, c.ID, NotesPage{Before: place, Limit: 200, Shared: true, Member: v.Member}, "export"); err != nil {
			return err
		}
		v.Notes = append(v.Notes, notes...)
		if more {
			last := notes[len(notes)-1]
			place = Place{At: last.HappenedAt, ID: last.ID}
		}
	}
	v.Notes = printable(v.Notes)
	return web.Render(w, r, http.StatusOK, printPage(v, ui.PlainProps{Title: c.Number, Office: a.Office.Name, Home: v.href("")}))
}
