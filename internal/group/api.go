package group

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/web"
)

// SessionJSON is a session of a group.
type SessionJSON struct {
	ID          string             `json:"id"`
	HeldAt      db.Time            `json:"held_at" format:"date-time"`
	Minutes     int                `json:"minutes"`
	LedBy       casefile.NamedJSON `json:"led_by"`
	Theme       string             `json:"theme" example:"(theme)"`
	Place       string             `json:"place"`
	Aims        string             `json:"aims"`
	CancelledAt db.Time            `json:"cancelled_at" format:"date-time" nullable:"true"`
	Came        int                `json:"came" doc:"present and late"`
	Marked      int                `json:"marked" doc:"of whom something is marked"`
	Attendance  []AttendanceJSON   `json:"attendance" nullable:"false" doc:"of everyone of whom something is marked"`
	Version     int64              `json:"version"`
}

// AttendanceJSON says whether a member came.
type AttendanceJSON struct {
	MemberID string `json:"member_id"`
	State    string `json:"state" enum:"present,late,excused,absent"`
}

type sessionOutput struct {
	Status   int
	ETag     string `header:"ETag"`
	Location string `header:"Location"`
	Body     SessionJSON
}

type listInput struct {
	casefile.IDInput
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"how many on a page"`
	Cursor string `query:"cursor" maxLength:"500" doc:"next of the page before"`
}

type listOutput struct{ Body web.Page[SessionJSON] }

// SessionInput is the session an address names; exported because embedded fields of unexported types are not read.
type SessionInput struct {
	casefile.IDInput
	Session string `path:"session" format:"uuid" doc:"of the group"`
}

type holdInput struct {
	casefile.IDInput
	Body struct {
		HeldAt  time.Time `json:"held_at"`
		Minutes int       `json:"minutes,omitempty" minimum:"0" maximum:"1440"`
		LedBy   string    `json:"led_by,omitempty" maxLength:"200" doc:"id or e-mail; oneself when left out"`
		Theme   string    `json:"theme" minLength:"1" maxLength:"500"`
		Place   string    `json:"place,omitempty" maxLength:"500"`
		Aims    string    `json:"aims,omitempty" maxLength:"100000"`
	}
}

type changeInput struct {
	SessionInput
	IfMatch string `header:"If-Match" doc:"the ETag of what was read"`
	Body    struct {
		HeldAt  *time.Time `json:"held_at,omitempty"`
		Minutes *int       `json:"minutes,omitempty" minimum:"0" maximum:"1440"`
		LedBy   string     `json:"led_by,omitempty" maxLength:"200"`
		Theme   *string    `json:"theme,omitempty" minLength:"1" maxLength:"500"`
		Place   *string    `json:"place,omitempty" maxLength:"500"`
		Aims    *string    `json:"aims,omitempty" maxLength:"100000"`
	}
}

type cancelInput struct {
	SessionInput
	Body struct {
		Reason string `json:"reason" minLength:"3" maxLength:"500"`
	}
}

// MarkJSON is what is to be marked of a member.
type MarkJSON struct {
	MemberID string  `json:"member_id" maxLength:"36"`
	State    *string `json:"state" maxLength:"20" doc:"present, late, excused or absent; null takes the mark away"`
}

type attendInput struct {
	SessionInput
	Body struct {
		Marks       []MarkJSON `json:"marks,omitempty" nullable:"false" maxItems:"200"`
		RestPresent bool       `json:"rest_present,omitempty" doc:"everyone else of whom nothing is marked yet came"`
	}
}

type operations struct{ s *Service }

// Operations registers the operations of sessions.
func Operations(api *web.API, s *Service) {
	o := operations{s}
	op := func(method, rest, summary string) huma.Operation {
		return huma.Operation{Method: method, Path: "/cases/{id}/sessions" + rest, Tags: []string{"groups"}, Summary: summary}
	}
	sent := func(x huma.Operation, body string) huma.Operation {
		x.RequestBody = web.Sent(body)
		return x
	}
	read, work := string(access.CaseRead), string(access.CaseWork)
	web.Operation(api, op(http.MethodGet, "", "Sessions of a group with who came, newest first"), read, o.list)
	hold := sent(op(http.MethodPost, "", "Record a session, or plan one ahead"), `{"held_at":"2026-11-21T08:00:00Z","minutes":90,"theme":"(theme)","place":"(place)"}`)
	hold.DefaultStatus = http.StatusCreated
	web.Act(api, hold, work, o.hold, o.heldAgain)
	web.Operation(api, op(http.MethodGet, "/{session}", "A session with who came"), read, o.get)
	web.Act(api, sent(op(http.MethodPatch, "/{session}", "Change a session"), `{"place":"(place)"}`), work, o.change, stands(o, func(in *changeInput) SessionInput { return in.SessionInput }))
	web.Act(api, sent(op(http.MethodPost, "/{session}/cancel", "A session did not take place"), `{"reason":"(why)"}`), work, o.cancel, stands(o, func(in *cancelInput) SessionInput { return in.SessionInput }))
	web.Act(api, sent(op(http.MethodPost, "/{session}/attendance", "Mark who came"), `{"marks":[{"member_id":"0197a3c2-5b1e-7d40-8a6f-3c2b1e0d4f5a","state":"late"}],"rest_present":true}`), work,
		o.attend, stands(o, func(in *attendInput) SessionInput { return in.SessionInput }))
}

// stands answers an act on a session with the session as it stands.
func stands[I any](o operations, of func(*I) SessionInput) func(context.Context, *I, web.Made) (*sessionOutput, error) {
	return func(ctx context.Context, in *I, _ web.Made) (*sessionOutput, error) {
		x := of(in)
		return o.get(ctx, &x)
	}
}

func sessionJSON(g Grid, x Session) SessionJSON {
	t := g.Of(x.ID)
	j := SessionJSON{ID: x.ID.String(), HeldAt: x.HeldAt, Minutes: x.Minutes, LedBy: casefile.NamedJSON{ID: x.LedBy.ID.String(), Name: x.LedBy.Name},
		Theme: x.Theme, Place: x.Place, Aims: x.Aims, CancelledAt: x.CancelledAt, Came: t.Came(), Marked: t.All(), Attendance: []AttendanceJSON{}, Version: x.Version}
	for _, m := range g.Members {
		if state := g.State(x.ID, m.ID); state != "" {
			j.Attendance = append(j.Attendance, AttendanceJSON{m.ID.String(), state})
		}
	}
	return j
}

func (o operations) list(ctx context.Context, in *listInput) (*listOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	before, err := nextPlace(in.Cursor)
	if err != nil {
		return nil, err
	}
	g, more, err := o.s.Page(ctx, access.From(ctx), id, before, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &listOutput{}
	out.Body.Items = make([]SessionJSON, len(g.Sessions))
	for i, x := range g.Sessions {
		out.Body.Items[i] = sessionJSON(g, x)
	}
	if more {
		next := placeAfter(g.Sessions[len(g.Sessions)-1])
		out.Body.Next = &next
	}
	return out, nil
}

// nextPlace is the place a cursor names; one of another list is refused.
func nextPlace(cursor string) (Place, error) {
	parts, err := web.NextPage(cursor, 3)
	if err != nil || parts == nil {
		return Place{}, err
	}
	p := readPlace(cursor)
	if p.ID.IsZero() {
		return p, web.BadCursor()
	}
	return p, nil
}

func (o operations) get(ctx context.Context, in *SessionInput) (*sessionOutput, error) {
	caseID, id, err := in.ids()
	if err != nil {
		return nil, err
	}
	return o.one(ctx, caseID, id)
}

func (in SessionInput) ids() (caseID, id db.ID, err error) {
	if caseID, err = web.AddressID(in.ID); err == nil {
		id, err = web.AddressID(in.Session)
	}
	return caseID, id, err
}

func (o operations) one(ctx context.Context, caseID, id db.ID) (*sessionOutput, error) {
	g, err := o.s.One(ctx, access.From(ctx), caseID, id)
	if err != nil {
		return nil, err
	}
	x := g.Sessions[0]
	return &sessionOutput{Status: http.StatusOK, ETag: web.ETag(x.Version), Body: sessionJSON(g, x)}, nil
}

func (o operations) held(ctx context.Context, caseID, id db.ID) (*sessionOutput, error) {
	out, err := o.one(ctx, caseID, id)
	if err == nil {
		out.Status, out.Location = http.StatusCreated, "/api/v1/cases/"+caseID.String()+"/sessions/"+id.String()
	}
	return out, err
}

func (o operations) hold(ctx context.Context, in *holdInput) (*sessionOutput, error) {
	caseID, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	x := Session{HeldAt: db.At(in.Body.HeldAt), Minutes: in.Body.Minutes, Told: Told{Theme: in.Body.Theme, Place: in.Body.Place, Aims: in.Body.Aims}}
	id, err := o.s.Hold(ctx, access.From(ctx), caseID, x, in.Body.LedBy)
	if err != nil {
		return nil, err
	}
	return o.held(ctx, caseID, id)
}

func (o operations) heldAgain(ctx context.Context, in *holdInput, m web.Made) (*sessionOutput, error) {
	caseID, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	id, err := m.Of("group_session")
	if err != nil {
		return nil, err
	}
	return o.held(ctx, caseID, id)
}

func (o operations) change(ctx context.Context, in *changeInput) (*sessionOutput, error) {
	caseID, id, err := in.ids()
	if err != nil {
		return nil, err
	}
	version, err := web.IfMatch(in.IfMatch)
	if err != nil {
		return nil, err
	}
	a := access.From(ctx)
	g, err := o.s.One(ctx, a, caseID, id)
	if err != nil {
		return nil, err
	}
	x, b := g.Sessions[0], in.Body
	x.Version = version
	if b.HeldAt != nil {
		x.HeldAt = db.At(*b.HeldAt)
	}
	if b.Minutes != nil {
		x.Minutes = *b.Minutes
	}
	for into, from := range map[*string]*string{&x.Theme: b.Theme, &x.Place: b.Place, &x.Aims: b.Aims} {
		if from != nil {
			*into = *from
		}
	}
	if err := o.s.Change(ctx, a, caseID, x, b.LedBy); err != nil {
		return nil, err
	}
	return o.one(ctx, caseID, id)
}

func (o operations) cancel(ctx context.Context, in *cancelInput) (*sessionOutput, error) {
	caseID, id, err := in.ids()
	if err != nil {
		return nil, err
	}
	if err := o.s.Cancel(ctx, access.From(ctx), caseID, id, in.Body.Reason); err != nil {
		return nil, err
	}
	return o.one(ctx, caseID, id)
}

func (o operations) attend(ctx context.Context, in *attendInput) (*sessionOutput, error) {
	caseID, id, err := in.ids()
	if err != nil {
		return nil, err
	}
	marks := make([]Mark, len(in.Body.Marks))
	for i, m := range in.Body.Marks {
		if marks[i].Member, err = db.ParseID(m.MemberID); err != nil {
			return nil, fault.Invalid(fault.Field("member_id", "unknown", "error.unknown_id"))
		}
		if m.State != nil {
			marks[i].State = *m.State
		}
	}
	if err := o.s.Attend(ctx, access.From(ctx), caseID, id, marks, in.Body.RestPresent); err != nil {
		return nil, err
	}
	return o.one(ctx, caseID, id)
}
