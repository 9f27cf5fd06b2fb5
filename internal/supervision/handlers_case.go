package supervision

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/ui"
	"teduh/internal/unit"
	"teduh/internal/web"
)

// caseView is a part of a case that this package keeps, and what was typed where a form was refused.
type caseView struct {
	Case        casefile.Case
	Reader      access.Actor
	Form        web.Form
	Err         error
	Leads       bool // the reader heads the office or supervises the one in charge
	Notes       []Note
	Conferences []Conference
	Approvals   []Approval
	Staff       []access.Colleague
}

func (v caseView) href(part string) string { return "/kasus/" + v.Case.ID.String() + "/" + part }

func (v caseView) get(name string) string {
	if v.Form.Values == nil {
		return ""
	}
	return v.Form.Text(name)
}

func (v caseView) open() bool { return v.Case.Status == "open" }

// confers tells whether the form for a conference is shown.
func (v caseView) confers() bool { return v.open() && (v.Case.Writes || v.Leads) }

// opened reads what stands around every part; leads is asked for those who might.
func (p *Pages) opened(r *http.Request) (v caseView, err error) {
	if v.Reader, v.Case, err = p.cases.Opened(r); err != nil || !v.Reader.Can(access.CaseSupervise) {
		return v, err
	}
	v.Leads, err = p.service.Leads(r.Context(), v.Reader, v.Case)
	return v, err
}

func (p *Pages) frame(w http.ResponseWriter, r *http.Request, v caseView, part string, body templ.Component) error {
	return web.ShowPage(w, r, web.PageInfo{Title: v.Case.Number, Active: "cases", Err: v.Err}, p.cases.Frame(r.Context(), v.Case, part, v.Err, body))
}

// act runs a form's act and comes back to its part; show draws the part again where the act was refused.
func (p *Pages) act(w http.ResponseWriter, r *http.Request, part, said string, do func(context.Context, access.Actor, db.ID, web.Form) error) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	err = do(r.Context(), access.From(r.Context()), id, f)
	if web.Refused(err) {
		return map[string]func(http.ResponseWriter, *http.Request, error, web.Form) error{"supervisi": p.showNotes, "konferensi": p.showConferences,
			"pengesahan": p.showApprovals}[part](w, r, err, f)
	}
	if err != nil {
		return err
	}
	web.Say(w, said)
	return web.Redirect(w, r, "/kasus/"+id.String()+"/"+part)
}

func (p *Pages) notes(w http.ResponseWriter, r *http.Request) error {
	return p.showNotes(w, r, nil, web.Form{})
}

func (p *Pages) showNotes(w http.ResponseWriter, r *http.Request, refused error, f web.Form) error {
	v, err := p.opened(r)
	if err != nil {
		return err
	}
	v.Err, v.Form = refused, f
	if v.Notes, err = p.service.Notes(r.Context(), v.Reader, v.Case.ID); err != nil {
		return err
	}
	return p.frame(w, r, v, "supervisi", notesBody(v))
}

func (p *Pages) writeNote(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "supervisi", "guidance_saved", func(ctx context.Context, a access.Actor, id db.ID, f web.Form) error {
		n := Note{NoteText: NoteText{Text: f.Text("text"), Agreed: f.Text("agreed")}, Minutes: f.Int("minutes", 0)}
		var err error
		if n.HeldAt, err = readDay(f, a); err == nil {
			_, err = p.service.WriteNote(ctx, a, id, n)
		}
		return err
	})
}

// readDay is noon of the day of a form, or the zero time where none was typed; today becomes now.
func readDay(f web.Form, a access.Actor) (at db.Time, err error) {
	day, ok := f.Day("held")
	switch {
	case !ok:
		return at, fault.Invalid(fault.Field("held", "impossible", "case.day.impossible"))
	case day == "":
		return at, nil
	}
	return db.At(day.In(a.Office.Zone)), nil
}

func (p *Pages) strikeNote(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "supervisi", "guidance_struck", func(ctx context.Context, a access.Actor, id db.ID, f web.Form) error {
		note, err := web.PathID(r, "guidance")
		if err == nil {
			err = p.service.StrikeNote(ctx, a, id, note, f.Line("reason"))
		}
		return err
	})
}

func (p *Pages) review(w http.ResponseWriter, r *http.Request) error {
	a := access.From(r.Context())
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	v, err := p.service.Review(r.Context(), a, id)
	if err != nil {
		return err
	}
	title := i18n.T(r.Context(), "supervision.review.title")
	return web.Render(w, r, http.StatusOK, reviewSheet(v, ui.PlainProps{Title: title, Office: a.Office.Name, Home: "/kasus/" + id.String()}))
}

func (p *Pages) conferences(w http.ResponseWriter, r *http.Request) error {
	return p.showConferences(w, r, nil, web.Form{})
}

func (p *Pages) showConferences(w http.ResponseWriter, r *http.Request, refused error, f web.Form) error {
	v, err := p.opened(r)
	if err != nil {
		return err
	}
	v.Err, v.Form = refused, f
	if v.Conferences, err = p.service.Conferences(r.Context(), v.Reader, v.Case.ID); err != nil {
		return err
	}
	if v.confers() {
		if v.Staff, err = p.access.Offered(r.Context(), v.Reader); err != nil {
			return err
		}
	}
	return p.frame(w, r, v, "konferensi", conferencesBody(v))
}

// tasksOffered are the rows for tasks in the form of a conference.
const tasksOffered = 3

func (p *Pages) holdConference(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "konferensi", "conference_saved", func(ctx context.Context, a access.Actor, id db.ID, f web.Form) error {
		n := NewConference{Members: f.All("members"), ConferenceText: ConferenceText{Outside: f.Text("outside"), About: f.Line("about"), Decided: f.Text("decided")}}
		n.Members = append(n.Members, strings.Fields(f.Line("member_mails"))...)
		var err error
		if n.HeldAt, err = readDay(f, a); err != nil {
			return err
		}
		for i := range tasksOffered {
			t, err := readTask(f, strconv.Itoa(i))
			if err != nil {
				return err
			}
			if t.What != "" {
				n.Tasks = append(n.Tasks, t)
			}
		}
		_, err = p.service.HoldConference(ctx, a, id, n)
		return err
	})
}

func readTask(f web.Form, row string) (casefile.NewTask, error) {
	due, ok := f.Day("due_" + row)
	if !ok {
		return casefile.NewTask{}, fault.Invalid(fault.Field("due_"+row, "impossible", "case.day.impossible"))
	}
	return casefile.NewTask{What: f.Line("what_" + row), For: f.Line("for_" + row), DueOn: due}, nil
}

func (p *Pages) printConference(w http.ResponseWriter, r *http.Request) error {
	v, err := p.opened(r)
	if err != nil {
		return err
	}
	id, err := web.PathID(r, "conference")
	if err != nil {
		return err
	}
	c, err := p.service.Conference(r.Context(), v.Reader, v.Case.ID, id)
	if err != nil {
		return err
	}
	return web.Render(w, r, http.StatusOK, conferenceSheet(v, c, ui.PlainProps{Title: v.Case.Number, Office: v.Reader.Office.Name, Home: v.href("konferensi")}))
}

func (p *Pages) strikeConference(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "konferensi", "conference_struck", func(ctx context.Context, a access.Actor, id db.ID, f web.Form) error {
		conference, err := web.PathID(r, "conference")
		if err == nil {
			err = p.service.StrikeConference(ctx, a, id, conference, f.Line("reason"))
		}
		return err
	})
}

func (p *Pages) approvals(w http.ResponseWriter, r *http.Request) error {
	return p.showApprovals(w, r, nil, web.Form{})
}

func (p *Pages) showApprovals(w http.ResponseWriter, r *http.Request, refused error, f web.Form) error {
	v, err := p.opened(r)
	if err != nil {
		return err
	}
	v.Err, v.Form = refused, f
	if v.Approvals, err = p.service.Approvals(r.Context(), v.Reader, v.Case.ID); err != nil {
		return err
	}
	return p.frame(w, r, v, "pengesahan", approvalsBody(v))
}

func (p *Pages) ask(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "pengesahan", "approval_asked", func(ctx context.Context, a access.Actor, id db.ID, f web.Form) error {
		_, err := p.service.Ask(ctx, a, id, f.Line("kind"), f.Text("word"))
		return err
	})
}

func (p *Pages) decide(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "pengesahan", "approval_decided", func(ctx context.Context, a access.Actor, id db.ID, f web.Form) error {
		approval, err := web.PathID(r, "approval")
		if err == nil {
			err = p.service.Decide(ctx, a, id, approval, Answer{Approve: f.Line("answer") == "approve", Reply: f.Text("reply")})
		}
		return err
	})
}

// approvalPanel says beside a case what needs an approval and where it stands; it is there where the office asks for one.
func (p *Pages) approvalPanel(ctx context.Context, a access.Actor, c casefile.Case) (templ.Component, error) {
	g := unit.From(ctx).Guidance
	if c.Status != "open" || !g.PlanApproval && !g.ClosingApproval {
		return nil, nil
	}
	list, err := p.service.Approvals(ctx, a, c.ID)
	if err != nil {
		return nil, err
	}
	return approvalCard(caseView{Case: c, Reader: a, Approvals: list}), nil
}
