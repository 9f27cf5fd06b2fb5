package practice

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/a-h/templ"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/ui"
	"teduh/internal/web"
)

// meetingView is the family meetings of a case, or one that is being changed, and what was typed where a form was refused.
type meetingView struct {
	Case    casefile.Case
	Reader  access.Actor
	List    []Meeting
	Form    web.Form
	Err     error
	SavedAt time.Time // when the form was last kept as a draft
	Change  Meeting   // the one being changed, at the version the form goes over
	Theirs  *Meeting  // what stands now, after a lost race
}

func (v meetingView) href(part string) string { return "/kasus/" + v.Case.ID.String() + "/" + part }

func (p *Pages) meetings(w http.ResponseWriter, r *http.Request) error {
	return p.showMeetings(w, r, nil, web.Form{})
}

func (p *Pages) showMeetings(w http.ResponseWriter, r *http.Request, refused error, f web.Form) error {
	a, c, err := p.cases.Opened(r)
	if err != nil {
		return err
	}
	v := meetingView{Case: c, Reader: a, Form: f, Err: refused}
	if v.List, err = p.service.Meetings(r.Context(), a, c.ID); err != nil {
		return err
	}
	if v.writes() && !v.Form.Has("decided") {
		left, err := p.cases.Left(r.Context(), a, c, meetingDraft)
		if err != nil {
			return err
		}
		v.SavedAt = left.SavedAt
		if left.Values != nil {
			v.Form = left.Form
		}
	}
	return web.ShowPage(w, r, web.PageInfo{Title: c.Number, Active: "cases", Err: refused}, p.cases.Frame(r.Context(), c, "musyawarah", refused, meetingBody(v)))
}

func (p *Pages) holdMeeting(w http.ResponseWriter, r *http.Request) error {
	return p.onMeetings(w, r, "meeting_saved", func(a access.Actor, id db.ID, f web.Form) error {
		m, err := readMeeting(f, a.Office.Zone)
		if err == nil {
			_, err = p.service.HoldMeeting(r.Context(), a, id, m)
		}
		return err
	})
}

func (p *Pages) strikeMeeting(w http.ResponseWriter, r *http.Request) error {
	return p.onMeetings(w, r, "meeting_struck", func(a access.Actor, id db.ID, f web.Form) error {
		meeting, err := web.PathID(r, "meeting")
		if err != nil {
			return err
		}
		return p.service.StrikeMeeting(r.Context(), a, id, meeting, f.Line("reason"))
	})
}

// onMeetings runs a form's act and comes back to the meetings of the case.
func (p *Pages) onMeetings(w http.ResponseWriter, r *http.Request, said string, act func(access.Actor, db.ID, web.Form) error) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	err = act(access.From(r.Context()), id, f)
	if e, ok := fault.As(err); ok && e.Status != http.StatusNotFound {
		return p.showMeetings(w, r, err, f)
	}
	if err != nil {
		return err
	}
	web.Say(w, said)
	return web.Redirect(w, r, "/kasus/"+id.String()+"/musyawarah")
}

// openedMeeting is the meeting of an address in its case.
func (p *Pages) openedMeeting(r *http.Request) (v meetingView, err error) {
	if v.Reader, v.Case, err = p.cases.Opened(r); err != nil {
		return v, err
	}
	id, err := web.PathID(r, "meeting")
	if err != nil {
		return v, err
	}
	v.Change, err = p.service.Meeting(r.Context(), v.Reader, v.Case.ID, id)
	return v, err
}

func (p *Pages) editMeeting(w http.ResponseWriter, r *http.Request) error {
	v, err := p.openedMeeting(r)
	if err != nil {
		return err
	}
	if !v.changes(v.Change) {
		return fault.Forbidden()
	}
	v.Form = meetingForm(v.Change, v.Reader.Office.Zone)
	return p.showChange(w, r, v)
}

func (p *Pages) showChange(w http.ResponseWriter, r *http.Request, v meetingView) error {
	return web.ShowPage(w, r, web.PageInfo{Title: v.Case.Number, Active: "cases", Err: v.Err}, p.cases.Frame(r.Context(), v.Case, "musyawarah", v.Err, changeBody(v)))
}

func (p *Pages) changeMeeting(w http.ResponseWriter, r *http.Request) error {
	v, err := p.openedMeeting(r)
	if err != nil {
		return err
	}
	if v.Form, err = web.ReadForm(r); err != nil {
		return err
	}
	m, err := readMeeting(v.Form, v.Reader.Office.Zone)
	if err == nil {
		m.ID, m.Version = v.Change.ID, v.Form.Version()
		err = p.service.ChangeMeeting(r.Context(), v.Reader, v.Case.ID, m)
	}
	if e, ok := fault.As(err); ok && e.Status != http.StatusForbidden && e.Status != http.StatusNotFound {
		stands := v.Change
		if v.Err = err; e.Code == "version_changed" {
			v.Theirs = &stands
		} else {
			v.Change.Version = v.Form.Version()
		}
		return p.showChange(w, r, v)
	}
	if err != nil {
		return err
	}
	web.Say(w, "meeting_changed")
	return web.Redirect(w, r, v.href("musyawarah"))
}

// heldHint says what no day means for a new meeting; one that is changed has its day.
func (v meetingView) heldHint(ctx context.Context) string {
	if !v.Change.ID.IsZero() {
		return ""
	}
	return i18n.T(ctx, "case.note.day_hint")
}

// writes tells whether forms are shown.
func (v meetingView) writes() bool { return v.Case.Writes && v.Case.Status == "open" }

// changes tells whether the reader may change a meeting: who recorded it, until it is struck.
func (v meetingView) changes(m Meeting) bool {
	return v.writes() && m.By.ID == v.Reader.User && m.StruckAt.IsZero()
}

// strikes tells whether the reader may strike a meeting.
func (v meetingView) strikes(m Meeting) bool {
	return v.writes() && (m.By.ID == v.Reader.User || v.Reader.Has(access.Head)) && m.StruckAt.IsZero()
}

// meetingForm is the form of a meeting as it stands.
func meetingForm(m Meeting, zone *time.Location) web.Form {
	at := m.HeldAt.In(zone)
	f := url.Values{"took_part": {m.TookPart}, "decided": {m.Decided}, "watches": {m.Watches}, "clock": {at.Format("15.04")}}
	for name, day := range map[string]db.Date{"held": db.DayOf(at, zone), "look_again_on": m.LookAgainOn} {
		if parts := strings.Split(string(day), "-"); len(parts) == 3 {
			f[name+"_y"], f[name+"_m"], f[name+"_d"] = parts[:1], parts[1:2], parts[2:]
		}
	}
	return web.Form{Values: f}
}

// readMeeting reads the form; a day without a clock means noon, no day means now.
func readMeeting(f web.Form, zone *time.Location) (Meeting, error) {
	m := Meeting{MeetingText: MeetingText{TookPart: f.Text("took_part"), Decided: f.Text("decided"), Watches: f.Line("watches")}}
	var c fault.Checks
	day, ok := f.Day("held")
	c.Field(!ok, "held", "impossible", "case.day.impossible")
	again, ok := f.Day("look_again_on")
	c.Field(!ok, "look_again_on", "impossible", "case.day.impossible")
	m.LookAgainOn = again
	clock := strings.ReplaceAll(f.Line("clock"), ".", ":")
	if clock == "" {
		clock = "12:00"
	}
	if day != "" {
		at, err := time.ParseInLocation("2006-01-02 15:04", string(day)+" "+clock, zone)
		c.Field(err != nil, "clock", "impossible", "case.clock.impossible")
		m.HeldAt = db.At(at)
	}
	return m, c.Err()
}

func (p *Pages) printMeeting(w http.ResponseWriter, r *http.Request) error {
	a, c, err := p.cases.Opened(r)
	if err != nil {
		return err
	}
	id, err := web.PathID(r, "meeting")
	if err != nil {
		return err
	}
	m, err := p.service.Meeting(r.Context(), a, c.ID, id)
	if err != nil {
		return err
	}
	v := meetingView{Case: c}
	return web.Render(w, r, http.StatusOK, meetingSheet(v, m, ui.PlainProps{Title: c.Number, Office: a.Office.Name, Home: v.href("musyawarah")}))
}

// struckPill says that a meeting was struck.
func struckPill(ctx context.Context, m Meeting) templ.Component {
	if m.StruckAt.IsZero() {
		return nil
	}
	return ui.Pill(ui.Mark{Text: i18n.T(ctx, "practice.meeting.mark_struck"), Tone: ui.Coral})
}

// theirs is a meeting as it stands, for whoever lost a race.
func theirs(ctx context.Context, m Meeting) []ui.Fact {
	return append([]ui.Fact{{Label: i18n.T(ctx, "practice.meeting.when"), Value: i18n.DateTime(ctx, m.HeldAt.Time)},
		{Label: i18n.T(ctx, "practice.meeting.decided"), Value: m.Decided}}, meetingFacts(ctx, m)...)
}

func meetingFacts(ctx context.Context, m Meeting) []ui.Fact {
	facts := []ui.Fact{{Label: i18n.T(ctx, "practice.meeting.took_part"), Value: strings.Join(m.Signers(), ", ")},
		{Label: i18n.T(ctx, "practice.meeting.watches"), Value: m.Watches}}
	if m.LookAgainOn != "" {
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "practice.meeting.look_again"), Value: i18n.Day(ctx, m.LookAgainOn)})
	}
	return facts
}
