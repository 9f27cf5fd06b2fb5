package casefile

import (
	"net/http"
	"net/url"
	"strconv"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/person"
	"teduh/internal/unit"
	"teduh/internal/web"
)

const listLimit = 50

// toWork is the case of an address whose form is asked for by someone who works on it.
func (p *Pages) toWork(r *http.Request) (access.Actor, Case, error) {
	a, c, err := p.Opened(r)
	if err == nil && !c.Writes {
		err = fault.Forbidden()
	}
	return a, c, err
}

func (p *Pages) stagePage(w http.ResponseWriter, r *http.Request) error {
	a, c, err := p.toWork(r)
	if err != nil {
		return err
	}
	to := r.URL.Query().Get("ke")
	if to == "" {
		to = NextStage(c.Stage)
	}
	return p.showStage(w, r, a, c, stageView{To: to}, nil)
}

func (p *Pages) showStage(w http.ResponseWriter, r *http.Request, a access.Actor, c Case, v stageView, refused error) error {
	gates, err := p.service.NextGate(r.Context(), a, c.ID)
	if err != nil {
		return err
	}
	v.frameView, v.Gates, v.MayPass = p.frame(r.Context(), c, ""), gates, a.Can(access.CasePassGate)
	v.Err = refused
	return web.ShowPage(w, r, info(c, refused), stagePage(v))
}

func (p *Pages) moveStage(w http.ResponseWriter, r *http.Request) error {
	a, c, err := p.Opened(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	step := Step{To: f.Line("to"), Reason: f.Line("reason"), Pass: f.Checked("pass"), Version: f.Version()}
	_, err = p.service.MoveStage(r.Context(), a, c.ID, step)
	if _, ok := fault.As(err); ok {
		return p.showStage(w, r, a, c, stageView{To: step.To, Reason: step.Reason}, err)
	}
	if err != nil {
		return err
	}
	web.Say(w, "stage_moved")
	return web.Redirect(w, r, "/kasus/"+c.ID.String())
}

func (p *Pages) editPage(w http.ResponseWriter, r *http.Request) error {
	a, c, err := p.toWork(r)
	if err != nil {
		return err
	}
	return p.showEdit(w, r, a, c, nil, nil)
}

func (p *Pages) showEdit(w http.ResponseWriter, r *http.Request, a access.Actor, c Case, refused error, typed *web.Form) error {
	v := editView{frameView: p.frame(r.Context(), c, ""), Actor: a, Form: editForm(c, typed)}
	v.Err, v.Raced = refused, fault.Is(refused, "version_changed")
	var err error
	if v.Staff, err = p.access.Colleagues(r.Context(), a); err != nil {
		return err
	}
	return web.ShowPage(w, r, info(c, refused), editPage(v))
}

func (p *Pages) edit(w http.ResponseWriter, r *http.Request) error {
	a, c, err := p.Opened(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	_, err = p.service.Change(r.Context(), a, c.ID, readEdit(f, c))
	if e, ok := fault.As(err); ok {
		if e.Code == "version_changed" {
			if c, err = p.service.Get(r.Context(), a, c.ID, "page"); err != nil {
				return err
			}
			return p.showEdit(w, r, a, c, e, &f)
		}
		return p.showEdit(w, r, a, c, err, &f)
	}
	if err != nil {
		return err
	}
	web.Say(w, "case_changed")
	return web.Redirect(w, r, "/kasus/"+c.ID.String())
}

// readEdit takes what differs from the case as it stands, so that a right one lacks is only asked for what one changes.
func readEdit(f web.Form, c Case) Edit {
	e := Edit{Version: f.Version()}
	if worker := f.Line("worker"); worker != "" && worker != c.Worker.ID.String() {
		e.Worker = &worker
	}
	if team := f.All("team"); !sameTeam(team, c.Team) {
		e.Team = &team
	}
	if codes := f.All("categories"); len(codes) > 0 || len(c.Categories) > 0 {
		e.Categories = &codes
	}
	if village := f.Line("village"); village != c.Village {
		e.Village = &village
	}
	if level, err := strconv.Atoi(f.Line("confidentiality")); err == nil {
		if named := f.All("named"); level != c.Confidentiality || level == Secret && !sameTeam(named, c.Named) {
			e.Confidentiality, e.Named = &level, &named
		}
	}
	return e
}

func sameTeam(ids []string, team []User) bool {
	if len(ids) != len(team) {
		return false
	}
	for _, u := range team {
		if rank(ids, u.ID.String()) < 0 {
			return false
		}
	}
	return true
}

func (p *Pages) closePage(w http.ResponseWriter, r *http.Request) error {
	a, c, err := p.toWork(r)
	if err != nil {
		return err
	}
	f := web.Form{Values: url.Values{}}
	if p.measured != nil {
		err = p.measured(r.Context(), a, c.ID, f.Values)
	}
	if err != nil {
		return err
	}
	return p.showClose(w, r, a, c, nil, f)
}

func (p *Pages) showClose(w http.ResponseWriter, r *http.Request, a access.Actor, c Case, refused error, f web.Form) error {
	v := closeView{frameView: p.frame(r.Context(), c, ""), Form: f}
	v.Err = refused
	var err error
	if v.Open, err = p.service.ToSettle(r.Context(), a, c.ID); err != nil {
		return err
	}
	return web.ShowPage(w, r, info(c, refused), closePage(v))
}

func (p *Pages) closeCase(w http.ResponseWriter, r *http.Request) error {
	a, c, err := p.Opened(r)
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	cl, err := readClosing(f)
	if err == nil {
		_, err = p.service.Close(r.Context(), a, c.ID, cl)
	}
	if _, ok := fault.As(err); ok {
		return p.showClose(w, r, a, c, err, f)
	}
	if err != nil {
		return err
	}
	web.Say(w, "case_closed")
	return web.Redirect(w, r, "/kasus/"+c.ID.String())
}

func (p *Pages) glassPage(w http.ResponseWriter, r *http.Request) error {
	return p.showGlass(w, r, glassView{Number: r.URL.Query().Get("nomor")}, nil)
}

func (p *Pages) showGlass(w http.ResponseWriter, r *http.Request, v glassView, refused error) error {
	v.Err, v.Email = refused, access.From(r.Context()).Email
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "case.glass.title"), Active: "cases", Err: refused}, glassPage(v))
}

func (p *Pages) breakGlass(w http.ResponseWriter, r *http.Request) error {
	a := access.From(r.Context())
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v := glassView{Number: f.Line("number"), Reason: f.Line("reason")}
	ok, err := p.access.Prove(r.Context(), a, f.Get("password"))
	if err == nil && !ok {
		err = fault.Invalid(fault.Field("password", "wrong", "access.password.wrong"))
	}
	var id db.ID
	if err == nil {
		id, err = p.service.BreakGlass(r.Context(), a, v.Number, v.Reason)
	}
	if fault.Is(err, "not_found") {
		err = fault.Invalid(fault.Field("number", "unknown", "case.glass.unknown"))
	}
	if _, isFault := fault.As(err); isFault {
		return p.showGlass(w, r, v, err)
	}
	if err != nil {
		return err
	}
	return web.Redirect(w, r, "/kasus/"+id.String())
}

func (p *Pages) handOverPage(w http.ResponseWriter, r *http.Request) error {
	return p.showHandOver(w, r, nil)
}

func (p *Pages) showHandOver(w http.ResponseWriter, r *http.Request, refused error) error {
	staff, err := p.access.Colleagues(r.Context(), access.From(r.Context()))
	if err != nil {
		return err
	}
	v := handOverView{Staff: staff, Err: refused}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "case.hand_over.title"), Active: "cases", Err: refused}, handOverPage(v))
}

func (p *Pages) handOver(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	_, err = p.service.HandOver(r.Context(), access.From(r.Context()), f.ID("from"), f.Line("to"))
	if _, ok := fault.As(err); ok {
		return p.showHandOver(w, r, err)
	}
	if err != nil {
		return err
	}
	web.Say(w, "handed_over")
	return web.Redirect(w, r, "/kasus?milik=semua")
}

func (p *Pages) openPage(w http.ResponseWriter, r *http.Request) error {
	q := web.Query(r)
	return p.showOpen(w, r, openView{Kind: q.Line("jenis"), Person: q.Line("orang"), Family: q.Line("keluarga"), Client: q.Line("klien")}, nil)
}

func (p *Pages) showOpen(w http.ResponseWriter, r *http.Request, v openView, refused error) error {
	a := access.From(r.Context())
	var err error
	if v.Staff, err = p.access.Colleagues(r.Context(), a); err != nil {
		return err
	}
	v.Categories, v.Err = unit.From(r.Context()).CategoryChoices(r.Context()), refused
	if v.Who, err = p.service.clientName(r.Context(), a, v.choice()); err != nil {
		return err
	}
	if v.Hits, err = p.service.people.Candidates(r.Context(), a, v.Query, candidates); err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "case.open.title"), Active: "cases", Err: refused}, openPage(v))
}

// candidates of each kind are shown for a new case; whoever is not among them is looked for by more words.
const candidates = 10

func (v openView) choice() person.ClientChoice {
	c := person.ClientChoice{Kind: v.Kind}
	for text, into := range map[string]*db.ID{v.Person: &c.Person, v.Family: &c.Family, v.Client: &c.Client} {
		if id, err := db.ParseID(text); err == nil {
			*into = id
		}
	}
	return c
}

func (p *Pages) open(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	v := openView{Kind: f.Line("kind"), Person: f.Line("person"), Family: f.Line("family"), Client: f.Line("client"), Worker: f.Line("worker"),
		Channel: f.Line("channel"), Chosen: f.All("categories"), Confidentiality: f.Line("confidentiality")}
	if f.Line("act") == "find" {
		return p.showOpen(w, r, openView{Query: f.Line("q")}, nil)
	}
	c, err := p.service.Open(r.Context(), access.From(r.Context()), Order{Client: v.choice(), Worker: v.Worker, Channel: v.Channel,
		Categories: v.Chosen, Confidentiality: f.Int("confidentiality", Ordinary)})
	if _, ok := fault.As(err); ok {
		return p.showOpen(w, r, v, err)
	}
	if err != nil {
		return err
	}
	web.Say(w, "case_opened")
	return web.Redirect(w, r, "/kasus/"+c.ID.String())
}
