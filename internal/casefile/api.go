package casefile

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/web"
)

// NamedJSON is an id with its name.
type NamedJSON struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// ClientJSON is who a case is about.
type ClientJSON struct {
	Kind     string  `json:"kind" enum:"individual,family,group,organisation,community," doc:"empty for one who may only list"`
	ID       string  `json:"id" doc:"empty for one who may only list"`
	Name     string  `json:"name" doc:"empty for one who may only list" example:"Contoh"`
	PersonID *string `json:"person_id,omitempty"`
	FamilyID *string `json:"family_id,omitempty"`
}

// ItemJSON is a case in a list.
type ItemJSON struct {
	ID           string     `json:"id"`
	Number       string     `json:"number" example:"LK3-2026-000042"`
	Status       string     `json:"status" enum:"open,closed"`
	Stage        string     `json:"stage" enum:"outreach,engagement,assessment,planning,intervention,evaluation,termination"`
	Risk         string     `json:"risk" enum:"none,low,medium,high," doc:"empty for one who may only list"`
	MainCategory *string    `json:"main_category" example:"25"`
	OpenedOn     string     `json:"opened_on" format:"date"`
	UpdatedAt    db.Time    `json:"updated_at" format:"date-time"`
	Worker       NamedJSON  `json:"worker"`
	Client       ClientJSON `json:"client"`
}

// CaseJSON is a whole case.
type CaseJSON struct {
	ItemJSON
	OldNumber       *string        `json:"old_number"`
	Channel         string         `json:"channel" enum:"walk_in,phone,whatsapp,letter,referral_in,outreach,mobile_unit,portal,social_media,facilitator,event"`
	Confidentiality int            `json:"confidentiality" minimum:"1" maximum:"3" doc:"1 ordinary, 2 restricted, 3 secret"`
	Categories      []string       `json:"categories" nullable:"false" doc:"the main one first" example:"[\"25\"]"`
	Village         *string        `json:"village" doc:"region code of a village" example:"21.72.04.1002"`
	Team            []NamedJSON    `json:"team" nullable:"false"`
	ResolutionLevel string         `json:"resolution_level" enum:"family,rt,kelurahan,lk3,social_office,ministry"`
	Continued       bool           `json:"continued" doc:"the client had a case before"`
	ClosedOn        *string        `json:"closed_on" format:"date"`
	CloseReason     *string        `json:"close_reason"`
	Outcome         Outcome        `json:"outcome"`
	ClientWord      string         `json:"client_word"`
	FollowUpOn      *string        `json:"follow_up_on" format:"date"`
	Referrals       []ReferralJSON `json:"referrals" nullable:"false" doc:"all of them"`
	Notes           []NoteJSON     `json:"notes" nullable:"false" doc:"the newest 20"`
	NextGate        []Gate         `json:"next_gate" nullable:"false" doc:"what the next stage asks for"`
	Version         int64          `json:"version"`
}

// NoteJSON is a note.
type NoteJSON struct {
	ID         string         `json:"id"`
	Kind       string         `json:"kind" doc:"one of the kinds of notes, or the office's own" example:"counselling"`
	Author     NamedJSON      `json:"author"`
	HappenedAt db.Time        `json:"happened_at" format:"date-time"`
	RecordedAt db.Time        `json:"recorded_at" format:"date-time"`
	SignedAt   db.Time        `json:"signed_at" format:"date-time" nullable:"true"`
	Struck     bool           `json:"struck"`
	Text       string         `json:"text" example:"(what was seen, said and decided)"`
	Addenda    []AddendumJSON `json:"addenda" nullable:"false" doc:"what was added after signing"`
	Member     *NamedJSON     `json:"member,omitempty" doc:"whose own note it is: it is not for the others of the client's; absent where it stands for all"`
	Session    *string        `json:"session_id" doc:"of a group"`
	Named      []NamedJSON    `json:"named" nullable:"false" doc:"who may read a psychological note beside psychologists"`
}

// AddendumJSON is added to a signed note.
type AddendumJSON struct {
	Author NamedJSON `json:"author"`
	At     db.Time   `json:"at" format:"date-time"`
	Text   string    `json:"text"`
}

// ReferralJSON is a referral of a case.
type ReferralJSON struct {
	ID             string  `json:"id"`
	Number         string  `json:"number"`
	PartnerService string  `json:"partner_service"`
	Status         string  `json:"status" enum:"draft,sent,received,accepted,declined,waitlisted,in_service,completed,not_attended,cancelled"`
	SentAt         db.Time `json:"sent_at" format:"date-time" nullable:"true"`
	AnsweredAt     db.Time `json:"answered_at" format:"date-time" nullable:"true"`
}

type listInput struct {
	Worker          string `query:"worker" maxLength:"200" doc:"id or e-mail of the worker in charge"`
	Status          string `query:"status" enum:"open,closed"`
	Stage           string `query:"stage" enum:"outreach,engagement,assessment,planning,intervention,evaluation,termination"`
	Risk            string `query:"risk" enum:"none,low,medium,high"`
	Category        string `query:"category" maxLength:"40" doc:"PMKS number 1–26 or an office's own code"`
	Village         string `query:"village" maxLength:"13" doc:"region code of a village"`
	Confidentiality int    `query:"confidentiality" minimum:"1" maximum:"3"`
	Q               string `query:"q" maxLength:"200" doc:"number, old number, or beginnings of words of the client's name"`
	Sort            string `query:"sort" enum:"-opened_on,opened_on,-updated_at" default:"-opened_on"`
	Limit           int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"how many on a page"`
	Cursor          string `query:"cursor" maxLength:"500" doc:"next of the page before"`
	Total           bool   `query:"total" doc:"count all, exactly"`
}

type pageOf[T any] struct{ Body web.Page[T] }

// IDInput is the case an address names. It is exported because embedded fields of unexported types are not read.
type IDInput struct {
	ID string `path:"id" format:"uuid" doc:"of the case"`
}

type caseOutput struct {
	ETag     string `header:"ETag"`
	Location string `header:"Location"`
	Status   int
	Body     CaseJSON
}

// Operations registers the operations of cases.
func Operations(api *web.API, s *Service) {
	o := operations{s}
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/cases", Tags: []string{"cases"}, Summary: "Cases one may see"}, string(access.CaseList), o.list)
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/cases", Tags: []string{"cases"}, Summary: "Open a case", DefaultStatus: http.StatusCreated,
		RequestBody: web.Sent(`{"client":{"kind":"individual","person_id":"0197a3c2-5b1e-7d40-8a6f-3c2b1e0d4f5a"},"categories":["25"]}`)}, string(access.CaseOpen), o.open, o.openedAgain)
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/cases/{id}", Tags: []string{"cases"}, Summary: "A whole case"}, string(access.CaseRead), o.get)
	web.Act(api, huma.Operation{Method: http.MethodPatch, Path: "/cases/{id}", Tags: []string{"cases"}, Summary: "Change what a case's head holds",
		RequestBody: web.Sent(`{"team":["pekerja2@lk3.example"],"confidentiality":2}`)}, string(access.CaseWork), o.patch, wholeAgain[patchInput](o))
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/cases/{id}/notes", Tags: []string{"cases"}, Summary: "Notes, newest first"}, string(access.CaseRead), o.notes)
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/cases/{id}/notes", Tags: []string{"cases"}, Summary: "Write a note", DefaultStatus: http.StatusCreated,
		RequestBody: web.Sent(`{"kind":"counselling","happened_at":"2026-11-24T02:00:00Z","text":"(what was seen, said and decided)","sign":true}`)}, string(access.CaseWork), o.write, o.writtenAgain)
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/cases/{id}/stage", Tags: []string{"cases"}, Summary: "Move to another stage",
		RequestBody: web.Sent(`{"to":"assessment"}`)}, string(access.CaseWork), o.stage, wholeAgain[stageInput](o))
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/cases/{id}/risk", Tags: []string{"cases"}, Summary: "Set the risk",
		RequestBody: web.Sent(`{"level":"medium","reason":"(why)"}`)}, string(access.CaseWork), o.risk, wholeAgain[riskInput](o))
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/cases/{id}/tasks", Tags: []string{"cases"}, Summary: "Make a task", DefaultStatus: http.StatusCreated,
		RequestBody: web.Sent(`{"what":"(what is to be done)","due_on":"2026-12-01"}`)}, string(access.CaseWork), o.task, o.taskAgain)
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/cases/{id}/close", Tags: []string{"cases"}, Summary: "Close with its outcome",
		RequestBody: web.Sent(`{"reason":"goals_reached","outcome":{"overcome":"less","restored":{"before":3,"after":7},"strengthened":{"before":4,"after":8}},"client_word":"(in the client's own words)","follow_up_on":"2027-02-24"}`)}, string(access.CaseWork), o.close, wholeAgain[closeInput](o))
	memberOperations(api, o)
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/cases/{id}/timeline", Tags: []string{"cases"}, Summary: "What happened, newest first"}, string(access.CaseRead), o.timeline)
}

type operations struct{ s *Service }

func (o operations) list(ctx context.Context, in *listInput) (*pageOf[ItemJSON], error) {
	a := access.From(ctx)
	f := Filter{Status: in.Status, Stage: in.Stage, Risk: in.Risk, Category: in.Category, Village: in.Village,
		Confidentiality: in.Confidentiality, Query: in.Q, Sort: in.Sort, Limit: in.Limit, Total: in.Total}
	if in.Worker != "" {
		id, err := o.s.workerID(ctx, in.Worker)
		if err != nil {
			return nil, err
		}
		f.Worker = id
	}
	var err error
	if f.After, err = nextPlace(in.Cursor, in.Sort); err != nil {
		return nil, err
	}
	l, err := o.s.List(ctx, a, f)
	if err != nil {
		return nil, err
	}
	out := &pageOf[ItemJSON]{}
	out.Body.Items = make([]ItemJSON, len(l.Items))
	for i, item := range l.Items {
		out.Body.Items[i] = itemJSON(item)
	}
	if l.More {
		next := placeOf(l.Items[len(l.Items)-1], f.Sort)
		out.Body.Next = &next
	}
	if in.Total {
		out.Body.Total = &l.Total
	}
	return out, nil
}

// placeOf is the cursor after an item.
func placeOf(i Item, sort string) string {
	if sort == LatestChange || sort == Quietest {
		return web.Cursor("t", i.UpdatedAt.UTC().Format(time.RFC3339Nano), i.ID.String())
	}
	return web.Cursor("d", string(i.OpenedOn), i.ID.String())
}

func readPlace(cursor string) (p Place) {
	parts, ok := web.ReadCursor(cursor, 3)
	if !ok {
		return p
	}
	id, err := db.ParseID(parts[2])
	if err != nil {
		return p
	}
	if day, err := db.ParseDate(parts[1]); err == nil && parts[0] == "d" {
		p.ID, p.Day = id, day
	}
	if t, err := time.Parse(time.RFC3339Nano, parts[1]); err == nil && parts[0] == "t" {
		p.ID, p.At = id, db.At(t)
	}
	return p
}

// nextPlace is the place a cursor of the API names; one of a list in another order is refused.
func nextPlace(cursor, sort string) (Place, error) {
	parts, err := web.NextPage(cursor, 3)
	if err != nil || parts == nil {
		return Place{}, err
	}
	p := readPlace(cursor)
	if p.ID.IsZero() || (sort == LatestChange) != !p.At.IsZero() {
		return Place{}, web.BadCursor()
	}
	return p, nil
}

// workerID is the user a filter names; one who is unknown has no cases.
func (s *Service) workerID(ctx context.Context, who string) (id db.ID, err error) {
	if id, err = db.ParseID(who); err == nil {
		return id, nil
	}
	err = s.db.Read(ctx, func(r db.Reader) error {
		c, err := access.ColleagueIn(ctx, r, access.From(ctx).Office.ID, who)
		id = c.ID
		if fault.Is(err, "not_found") {
			id, err = db.NewID(), nil
		}
		return err
	})
	return id, err
}

func itemJSON(i Item) ItemJSON {
	return ItemJSON{ID: i.ID.String(), Number: i.Number, Status: i.Status, Stage: i.Stage, Risk: i.Risk, MainCategory: web.Optional(i.MainCategory),
		OpenedOn: string(i.OpenedOn), UpdatedAt: i.UpdatedAt, Worker: NamedJSON{i.Worker.ID.String(), i.Worker.Name},
		Client: ClientJSON{Kind: i.ClientKind, ID: i.ClientID.String(), Name: i.ClientName}}
}

func noteJSON(n Note) NoteJSON {
	j := NoteJSON{ID: n.ID.String(), Kind: n.Kind, Author: NamedJSON{n.Author.ID.String(), n.Author.Name}, HappenedAt: n.HappenedAt,
		RecordedAt: n.RecordedAt, SignedAt: n.SignedAt, Struck: !n.StruckAt.IsZero(), Text: n.Text, Addenda: []AddendumJSON{},
		Session: web.Optional(n.Session.String()), Named: []NamedJSON{}}
	if !n.Member.ID.IsZero() {
		j.Member = &NamedJSON{n.Member.ID.String(), n.Member.Name}
	}
	for _, u := range n.Named {
		j.Named = append(j.Named, NamedJSON{u.ID.String(), u.Name})
	}
	for _, d := range n.Addenda {
		j.Addenda = append(j.Addenda, AddendumJSON{NamedJSON{d.Author.ID.String(), d.Author.Name}, d.At, d.Text})
	}
	return j
}

func caseJSON(c Case) CaseJSON {
	j := CaseJSON{OldNumber: web.Optional(c.OldNumber), Channel: c.Channel, Confidentiality: c.Confidentiality,
		Categories: append([]string{}, c.Categories...), Village: web.Optional(c.Village), Team: []NamedJSON{}, ResolutionLevel: c.ResolutionLevel,
		Continued: c.Continued, ClosedOn: web.Optional(string(c.ClosedOn)), CloseReason: web.Optional(c.CloseReason), Outcome: c.Outcome,
		ClientWord: c.ClientWord, FollowUpOn: web.Optional(string(c.FollowUpOn)), Referrals: []ReferralJSON{}, Notes: []NoteJSON{},
		NextGate: []Gate{}, Version: c.Version}
	j.ItemJSON = itemJSON(Item{ID: c.ID, Number: c.Number, Status: c.Status, Stage: c.Stage, Risk: c.Risk, MainCategory: c.MainCategory,
		OpenedOn: c.OpenedOn, UpdatedAt: c.UpdatedAt, Worker: c.Worker, ClientKind: c.Client.Kind, ClientID: c.Client.ID, ClientName: c.Client.Name})
	j.Client.PersonID, j.Client.FamilyID = web.Optional(c.Client.Person.String()), web.Optional(c.Client.Family.String())
	for _, u := range c.Team {
		j.Team = append(j.Team, NamedJSON{u.ID.String(), u.Name})
	}
	return j
}

// whole reads a case with its newest notes and its gate, in one snapshot.
func (s *Service) whole(ctx context.Context, a access.Actor, id db.ID) (*caseOutput, error) {
	var c Case
	var j CaseJSON
	err := s.db.Read(ctx, func(r db.Reader) (err error) {
		if c, err = s.find(ctx, r, a, id); err != nil {
			return err
		}
		j = caseJSON(c)
		notes, err := s.NotesIn(ctx, r, a, id, NotesPage{Limit: 19})
		if err != nil {
			return err
		}
		for _, n := range notes {
			j.Notes = append(j.Notes, noteJSON(n))
		}
		if s.referrals != nil {
			if j.Referrals, err = s.referrals(ctx, r, id); err != nil {
				return err
			}
		}
		j.NextGate, err = s.gatesUpTo(ctx, r, a, c, NextStage(c.Stage))
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := s.logReading(ctx, a, c, "case", id, "api"); err != nil {
		return nil, err
	}
	for _, n := range j.Notes {
		noteID, err := db.ParseID(n.ID)
		if err != nil {
			return nil, err
		}
		if err := s.logReading(ctx, a, c, "note", noteID, "api"); err != nil {
			return nil, err
		}
	}
	return &caseOutput{ETag: web.ETag(c.Version), Status: http.StatusOK, Body: j}, nil
}

func (o operations) get(ctx context.Context, in *IDInput) (*caseOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	return o.s.whole(ctx, access.From(ctx), id)
}
