package genogram

import (
	"net/http"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/genogram/drawing"
	"teduh/internal/i18n"
	"teduh/internal/person"
	"teduh/internal/web"
)

// finderSize is how many people a search inside a form shows.
const finderSize = 10

// opened is the drawing of an address, with whom it has chosen and what is to be done with them.
func (p *Pages) opened(r *http.Request, f web.Form) (view, error) {
	a := access.From(r.Context())
	id, err := web.PathID(r, "id")
	if err != nil {
		return view{}, err
	}
	d, err := p.service.Open(r.Context(), a, id, db.ID{}, "page")
	v := view{Drawing: d, Actor: a, Today: p.service.today(a), Do: f.Line("do"), Form: f}
	v.choose(f.ID("orang"))
	return v, err
}

func (p *Pages) page(w http.ResponseWriter, r *http.Request) error {
	v, err := p.opened(r, web.Query(r))
	if err != nil {
		return err
	}
	v.Form = web.Form{}
	v.prefill(web.Query(r))
	return p.show(w, r, v)
}

// show draws the page; where a form searched for somebody, with those who were found.
func (p *Pages) show(w http.ResponseWriter, r *http.Request, v view) error {
	if q := v.Form.Line("q"); q != "" {
		found, _, err := p.people.Search(r.Context(), v.Actor, person.Search{Query: q, Limit: finderSize})
		if err != nil {
			return err
		}
		v.Found, v.Looked = person.FoundOptions(r.Context(), found, v.Today, []db.ID{v.Chosen.ID}), true
	}
	info := web.PageInfo{Title: i18n.T(r.Context(), "genogram.title"), Active: "people", Err: v.Err, Scripts: []string{"genogram.js"}}
	if v.Err == nil && len(v.Twins) > 0 {
		info.Status = http.StatusConflict
	}
	return web.ShowPage(w, r, info, page(v))
}

// act runs a form's act and comes back to the drawing; a refused form is shown again as it was typed.
func (p *Pages) act(w http.ResponseWriter, r *http.Request, said string, do func(v *view) error) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v, err := p.opened(r, f)
	if err != nil {
		return err
	}
	err = do(&v)
	if web.Refused(err) {
		v.Err = err
		return p.show(w, r, v)
	}
	if err != nil {
		return err
	}
	if v.again {
		return p.show(w, r, v)
	}
	web.Say(w, said)
	return web.Redirect(w, r, v.back())
}

func (p *Pages) add(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "genogram_saved", func(v *view) error {
		f := v.Form
		if f.Line("act") == "find" {
			v.again = true
			return nil
		}
		x := Relative{To: v.Chosen.ID, As: v.Do, Manner: f.Line("manner"), Other: f.ID("other"), Place: f.Line("place"), Accept: f.Checked("accept")}
		x.Person.ID = f.ID("person")
		if x.Person.ID.IsZero() {
			typed, err := person.ReadVital(f, person.Person{}, v.Today)
			if err != nil {
				return err
			}
			x.Person = typed
		}
		who, twins, err := p.service.Add(r.Context(), v.Actor, v.Family.ID, x)
		v.Twins, v.again = twins, len(twins) > 0
		v.Chosen.ID = who
		if v.again || err != nil {
			v.choose(f.ID("orang"))
		}
		return err
	})
}

func (p *Pages) changePerson(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "genogram_saved", func(v *view) error {
		v.Do = "facts"
		typed, err := person.ReadVital(v.Form, person.Person{ID: v.Chosen.ID, Version: v.Form.Version()}, v.Today)
		if err != nil {
			return err
		}
		return p.service.ChangePerson(r.Context(), v.Actor, v.Family.ID, typed)
	})
}

func (p *Pages) line(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "genogram_saved", func(v *view) error {
		v.Do = "line"
		x, bond, err := readLine(v.Form)
		switch {
		case err != nil:
			return err
		case bond != "":
			return p.service.Bond(r.Context(), v.Actor, v.Family.ID, person.Bond{From: x.From, To: x.To, Kind: bond})
		}
		return p.service.Relate(r.Context(), v.Actor, v.Family.ID, x)
	})
}

func (p *Pages) removeLine(w http.ResponseWriter, r *http.Request) error {
	line, err := web.PathID(r, "line")
	if err != nil {
		return err
	}
	return p.act(w, r, "genogram_saved", func(v *view) error {
		return p.service.Remove(r.Context(), v.Actor, v.Family.ID, line)
	})
}

func (p *Pages) undo(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "genogram_undone", func(v *view) error {
		return p.service.Undo(r.Context(), v.Actor, v.Family.ID)
	})
}

func (p *Pages) keep(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "genogram_kept", func(v *view) error {
		_, err := p.service.Keep(r.Context(), v.Actor, v.Family.ID, v.Form.Line("picture"))
		return err
	})
}

func (p *Pages) picture(w http.ResponseWriter, r *http.Request) error {
	a := access.From(r.Context())
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	one, err := web.PathID(r, "picture")
	if err != nil {
		return err
	}
	d, kept, err := p.service.Picture(r.Context(), a, id, one)
	if err != nil {
		return err
	}
	v := view{Drawing: d, Actor: a, Today: p.service.today(a), Picture: &kept}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "genogram.title"), Active: "people", Scripts: []string{"genogram.js"}}, picturePage(v))
}

// file is the drawing as a file of its own. Its name tells nobody's.
func (p *Pages) file(w http.ResponseWriter, r *http.Request) error {
	a := access.From(r.Context())
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	d, err := p.service.Open(r.Context(), a, id, db.ID{}, "export")
	if err != nil {
		return err
	}
	if let, err := p.cases.LetFamilyOut(w, r, id, "data"); err != nil || !let {
		return err
	}
	v := view{Drawing: d, Actor: a, Today: p.service.today(a)}
	sendSVG(w, "genogram.svg")
	words := v.words(r.Context())
	words.Href = nil
	return drawing.File(d.Sheet, words).Render(r.Context(), w)
}

// ofCase is the genogram of a case's client.
func (p *Pages) ofCase(w http.ResponseWriter, r *http.Request) error {
	a, c, err := p.cases.Opened(r)
	if err != nil {
		return err
	}
	v := view{Actor: a, Today: p.service.today(a), InCase: true}
	if v.Drawing, err = p.caseDrawing(r, a, c.Client); err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: c.Number, Active: "cases", Scripts: []string{"genogram.js"}}, p.cases.Frame(r.Context(), c, "genogram", nil, caseBody(v)))
}

// caseDrawing is the drawing of a client's family, of the client alone where there is no family that the reader may know,
// and empty for a client that is no person and no family.
func (p *Pages) caseDrawing(r *http.Request, a access.Actor, c person.Client) (d Drawing, err error) {
	if !a.Can(access.PersonRead) {
		return d, nil
	}
	family := c.Family
	if family.IsZero() && !c.Person.IsZero() {
		list, err := p.people.FamiliesOf(r.Context(), a, c.Person)
		if err != nil {
			return d, err
		}
		if len(list) == 0 {
			return p.service.OfPerson(r.Context(), a, c.Person)
		}
		family = list[0].ID
	}
	if family.IsZero() {
		return d, nil
	}
	if d, err = p.service.Open(r.Context(), a, family, c.Person, "page"); fault.Is(err, "not_found") {
		return Drawing{}, nil
	}
	return d, err
}
