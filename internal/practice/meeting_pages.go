package practice

import (
	"context"
	"net/http"
	"strings"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/ui"
	"teduh/internal/web"
)

// meetingView is the family meetings of a case, and what was typed where the form was refused.
type meetingView struct {
	Case casefile.Case
	List []Meeting
	Form web.Form
	Err  error
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
	v := meetingView{Case: c, Form: f, Err: refused}
	if v.List, err = p.service.Meetings(r.Context(), a, c.ID); err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: c.Number, Active: "cases", Err: refused}, p.cases.Frame(r.Context(), c, "musyawarah", refused, meetingBody(v)))
}

func (p *Pages) holdMeeting(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	a := access.From(r.Context())
	m, err := readMeeting(f, a.Office.Zone)
	if err == nil {
		_, err = p.service.HoldMeeting(r.Context(), a, id, m)
	}
	if e, ok := fault.As(err); ok && e.Status != http.StatusNotFound {
		return p.showMeetings(w, r, err, f)
	}
	if err != nil {
		return err
	}
	web.Say(w, "meeting_saved")
	return web.Redirect(w, r, "/kasus/"+id.String()+"/musyawarah")
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

func meetingFacts(ctx context.Context, m Meeting) []ui.Fact {
	facts := []ui.Fact{{Label: i18n.T(ctx, "practice.meeting.took_part"), Value: strings.Join(m.Signers(), ", ")},
		{Label: i18n.T(ctx, "practice.meeting.watches"), Value: m.Watches}}
	if m.LookAgainOn != "" {
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "practice.meeting.look_again"), Value: i18n.Day(ctx, m.LookAgainOn)})
	}
	return facts
}
