package calendar

import (
	"context"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/web"
)

// AppointmentAboutJSON is the case, request or person an appointment is about.
type AppointmentAboutJSON struct {
	ID     string  `json:"id"`
	Number *string `json:"number"`
	Name   *string `json:"name" doc:"null where one may not know it"`
}

// AppointmentJSON is an appointment as the account may know it.
type AppointmentJSON struct {
	ID      *string                          `json:"id" doc:"null where one may only know that time is taken"`
	Busy    bool                             `json:"busy" doc:"only the times and the worker are told"`
	From    db.Time                          `json:"from" format:"date-time"`
	To      db.Time                          `json:"to" format:"date-time"`
	Workers []casefile.NamedJSON             `json:"workers" nullable:"false"`
	Kind    *string                          `json:"kind" enum:"office,home_visit,phone,online,outside,family_meeting,internal"`
	State   *string                          `json:"state" enum:"planned,kept,missed,cancelled"`
	Case    web.OrNull[AppointmentAboutJSON] `json:"case"`
	Request web.OrNull[AppointmentAboutJSON] `json:"request"`
	Person  web.OrNull[AppointmentAboutJSON] `json:"person"`
	Title   *string                          `json:"title"`
	About   *string                          `json:"about"`
	Place   *string                          `json:"place"`
	Word    *string                          `json:"word"`
	Moved   int                              `json:"moved" doc:"how often it was moved"`
	MadeBy  web.OrNull[casefile.NamedJSON]   `json:"made_by"`
	Version int64                            `json:"version"`
}

type listInput struct {
	From   time.Time `query:"from" doc:"now when left out"`
	To     time.Time `query:"to" doc:"seven days after «from» when left out"`
	Worker string    `query:"worker" maxLength:"200" doc:"id or e-mail; oneself when left out; «all» for those who look after a team"`
	Case   string    `query:"case" maxLength:"36" doc:"only of this case"`
	Limit  int       `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"how many on a page"`
	Cursor string    `query:"cursor" maxLength:"500" doc:"next of the page before"`
}

type listOutput struct {
	Body web.Page[AppointmentJSON]
}

type oneOutput struct {
	Status   int
	ETag     string `header:"ETag"`
	Location string `header:"Location"`
	Body     AppointmentJSON
}

// Operations registers the calendar's.
func Operations(api *web.API, s *Service) {
	o := operations{s}
	read, write, tag := string(access.CalendarRead), string(access.CalendarWrite), []string{"appointments"}
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/appointments", Tags: tag, Summary: "Appointments within a time"}, read, o.list)
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/appointments", Tags: tag, Summary: "Make an appointment", DefaultStatus: http.StatusCreated,
		RequestBody: web.Sent(`{"kind":"office","from":"2026-11-24T02:00:00Z","to":"2026-11-24T03:00:00Z","case_id":"0197a3c2-5b1e-7d40-8a6f-3c2b1e0d4f5a"}`)}, write, o.make, o.madeAgain)
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/appointments/{id}", Tags: tag, Summary: "One appointment"}, read, o.get)
	web.Act(api, huma.Operation{Method: http.MethodPatch, Path: "/appointments/{id}", Tags: tag, Summary: "Move, change or settle an appointment",
		RequestBody: web.Sent(`{"state":"cancelled","word":"(why)"}`)}, write, o.patch,
		func(ctx context.Context, in *appointmentPatch, _ web.Made) (*oneOutput, error) {
			return o.get(ctx, &in.IDInput)
		})
}

type operations struct{ s *Service }

func (o operations) list(ctx context.Context, in *listInput) (*listOutput, error) {
	a := access.From(ctx)
	span := Span{From: db.At(in.From), To: db.At(in.To), Worker: a.User, Limit: in.Limit, After: o.s.readCursor(in.Cursor)}
	if in.Cursor != "" && span.After.ID.IsZero() {
		return nil, web.BadCursor()
	}
	if span.From.IsZero() {
		span.From = db.At(o.s.now())
	}
	if span.To.IsZero() {
		span.To = db.At(span.From.AddDate(0, 0, 7))
	}
	if in.Case != "" {
		span.Case = parseWorker(in.Case)
	}
	if in.Worker != "" {
		if err := o.s.whose(ctx, a, in.Worker, &span); err != nil {
			return nil, err
		}
	}
	slice, err := o.s.Between(ctx, a, span)
	if err != nil {
		return nil, err
	}
	out := &listOutput{}
	out.Body.Items = make([]AppointmentJSON, len(slice.List))
	for i, p := range slice.List {
		out.Body.Items[i] = appointmentJSON(p)
	}
	if slice.More {
		next, err := o.s.cursor(slice.Last)
		if err != nil {
			return nil, err
		}
		out.Body.Next = &next
	}
	return out, nil
}

// whose puts the worker that a filter names into a span; one who is unknown has no appointments.
func (s *Service) whose(ctx context.Context, a access.Actor, who string, span *Span) error {
	if who == "all" {
		span.Worker = db.ID{}
		return nil
	}
	return s.db.Read(ctx, func(r db.Reader) error {
		c, err := access.ColleagueIn(ctx, r, a.Office.ID, who)
		span.Worker = c.ID
		if fault.Is(err, "not_found") {
			span.Worker, err = db.NewID(), nil
		}
		return err
	})
}

// cursor is the place after an appointment. It is sealed, because that appointment may be one whose id one may not know.
func (s *Service) cursor(p Place) (string, error) {
	sealed, err := s.vault.Brief().Seal("appointment cursor", strconv.FormatInt(p.At.UnixMicro(), 10)+" "+p.ID.String())
	return base64.RawURLEncoding.EncodeToString(sealed), err
}

// readCursor unpacks a cursor; anything else is the beginning of the list.
func (s *Service) readCursor(cursor string) (p Place) {
	sealed, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return p
	}
	plain, err := s.vault.Brief().Open("appointment cursor", sealed)
	if err != nil {
		return p
	}
	at, id, _ := strings.Cut(plain, " ")
	micro, err := strconv.ParseInt(at, 10, 64)
	if err != nil {
		return p
	}
	if p.ID, err = db.ParseID(id); err != nil {
		return Place{}
	}
	p.At = db.Time{Time: time.UnixMicro(micro).UTC()}
	return p
}

type appointmentOrder struct {
	Body struct {
		Kind           string    `json:"kind" enum:"office,home_visit,phone,online,outside,family_meeting,internal"`
		From           time.Time `json:"from"`
		To             time.Time `json:"to"`
		Workers        []string  `json:"workers,omitempty" nullable:"false" maxItems:"50" doc:"ids or e-mails; oneself when left out"`
		CaseID         string    `json:"case_id,omitempty" maxLength:"36"`
		RequestID      string    `json:"request_id,omitempty" maxLength:"36"`
		PersonID       string    `json:"person_id,omitempty" maxLength:"36"`
		Title          string    `json:"title,omitempty" maxLength:"200"`
		About          string    `json:"about,omitempty" maxLength:"100000"`
		Place          string    `json:"place,omitempty" maxLength:"500"`
		AcceptWarnings bool      `json:"accept_warnings,omitempty" doc:"what is doubtful was looked at: keep it all the same"`
	}
}

func (o operations) make(ctx context.Context, in *appointmentOrder) (*oneOutput, error) {
	b := in.Body
	order := Order{Kind: b.Kind, From: b.From, To: b.To, Workers: b.Workers, Told: Told{Title: b.Title, About: b.About, Place: b.Place}, Accept: b.AcceptWarnings}
	given := 0
	for _, x := range []struct {
		text, field string
		into        *db.ID
	}{{b.CaseID, "case_id", &order.Case}, {b.RequestID, "request_id", &order.Request}, {b.PersonID, "person_id", &order.Person}} {
		if x.text == "" {
			continue
		}
		id, err := db.ParseID(x.text)
		if given++; err != nil || given > 1 {
			return nil, fault.Invalid(fault.Field(x.field, "unknown", "error.unknown_id"))
		}
		*x.into = id
	}
	p, err := o.s.Make(ctx, access.From(ctx), order)
	if err != nil {
		return nil, err
	}
	return made(p), nil
}

// madeAgain is the answer to an appointment that was kept and whose answer was lost (web.Act).
func (o operations) madeAgain(ctx context.Context, _ *appointmentOrder, m web.Made) (*oneOutput, error) {
	id, err := m.Of("appointment")
	if err != nil {
		return nil, err
	}
	p, err := o.s.Get(ctx, access.From(ctx), id, "api")
	if err != nil {
		return nil, err
	}
	return made(p), nil
}

func made(p Appointment) *oneOutput {
	out := one(p)
	out.Status, out.Location = http.StatusCreated, "/api/v1/appointments/"+p.ID.String()
	return out
}

func one(p Appointment) *oneOutput {
	return &oneOutput{Status: http.StatusOK, ETag: web.ETag(p.Version), Body: appointmentJSON(p)}
}

// IDInput is the key in an address; embedded, so it must be exported.
type IDInput struct {
	ID string `path:"id" format:"uuid" doc:"of the appointment"`
}

func (o operations) get(ctx context.Context, in *IDInput) (*oneOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	p, err := o.s.Get(ctx, access.From(ctx), id, "api")
	if err != nil {
		return nil, err
	}
	return one(p), nil
}

type appointmentPatch struct {
	IDInput
	IfMatch string `header:"If-Match" doc:"the ETag of what was read"`
	Body    struct {
		Kind           *string    `json:"kind,omitempty" enum:"office,home_visit,phone,online,outside,family_meeting,internal"`
		From           *time.Time `json:"from,omitempty"`
		To             *time.Time `json:"to,omitempty"`
		Workers        *[]string  `json:"workers,omitempty" maxItems:"50"`
		Title          *string    `json:"title,omitempty" maxLength:"200"`
		About          *string    `json:"about,omitempty" maxLength:"100000"`
		Place          *string    `json:"place,omitempty" maxLength:"500"`
		State          *string    `json:"state,omitempty" enum:"planned,kept,missed,cancelled"`
		Word           *string    `json:"word,omitempty" maxLength:"500" doc:"why it was cancelled or missed"`
		AcceptWarnings bool       `json:"accept_warnings,omitempty" doc:"what is doubtful was looked at: keep it all the same"`
	}
}

func (o operations) patch(ctx context.Context, in *appointmentPatch) (*oneOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	version, err := web.IfMatch(in.IfMatch)
	if err != nil {
		return nil, err
	}
	b := in.Body
	p, err := o.s.Change(ctx, access.From(ctx), id, Edit{Kind: b.Kind, From: b.From, To: b.To, Workers: b.Workers, Title: b.Title, About: b.About,
		Place: b.Place, State: b.State, Word: b.Word, Accept: b.AcceptWarnings, Version: version})
	if err != nil {
		return nil, err
	}
	return one(p), nil
}

func appointmentJSON(p Appointment) AppointmentJSON {
	j := AppointmentJSON{Busy: p.Knows == Busy, From: p.From, To: p.To, Workers: make([]casefile.NamedJSON, len(p.Workers))}
	for i, u := range p.Workers {
		j.Workers[i] = casefile.NamedJSON{ID: u.ID.String(), Name: u.Name}
	}
	if j.Busy {
		return j
	}
	j.ID, j.Kind, j.State, j.Moved, j.Version = web.Optional(p.ID.String()), &p.Kind, &p.State, p.Moved, p.Version
	j.Title, j.About, j.Place, j.Word = web.Optional(p.Told.Title), web.Optional(p.About), web.Optional(p.Place), web.Optional(p.Word)
	j.MadeBy.Thing = &casefile.NamedJSON{ID: p.MadeBy.ID.String(), Name: p.MadeBy.Name}
	j.Case.Thing, j.Request.Thing, j.Person.Thing = aboutJSON(p, p.Case), aboutJSON(p, p.Request), aboutJSON(p, p.Person)
	return j
}

func aboutJSON(p Appointment, id db.ID) *AppointmentAboutJSON {
	if id.IsZero() {
		return nil
	}
	return &AppointmentAboutJSON{ID: id.String(), Number: web.Optional(p.Number), Name: web.Optional(p.Name)}
}
