package intake

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/person"
	"teduh/internal/web"
)

// ReporterJSON is who told.
type ReporterJSON struct {
	Name      string `json:"name" required:"false" maxLength:"200" example:"Contoh"`
	Phone     string `json:"phone" required:"false" maxLength:"500"`
	Relation  string `json:"relation" required:"false" maxLength:"200"`
	Anonymous bool   `json:"anonymous" required:"false"`
}

// AboutJSON is whom a request is about: a known person, or words.
type AboutJSON struct {
	PersonID *string `json:"person_id" required:"false" maxLength:"36" doc:"of someone the office knows"`
	Name     string  `json:"name" required:"false" maxLength:"200" example:"Contoh"`
}

// ToldJSON is a request as it is sent in.
type ToldJSON struct {
	Channel     string       `json:"channel" required:"false" enum:"walk_in,phone,whatsapp,letter,referral_in,outreach,mobile_unit,portal,social_media,facilitator,event" doc:"walk_in when left out" example:"phone"`
	Kind        string       `json:"kind" required:"false" enum:"help_self,report_other,information,complaint,suggestion" doc:"help_self when left out" example:"help_self"`
	ArrivedAt   db.Time      `json:"arrived_at" required:"false" format:"date-time" doc:"now when left out; at most a year ago"`
	Reporter    ReporterJSON `json:"reporter" required:"false"`
	About       AboutJSON    `json:"about" required:"false"`
	VillageCode *string      `json:"village_code" required:"false" maxLength:"13" doc:"region code of a village" example:"21.72.04.1002"`
	Narrative   string       `json:"narrative" minLength:"1" maxLength:"100000" doc:"what was told" example:"(what was told, in plain words)"`
	DangerSigns []string     `json:"danger_signs" required:"false" nullable:"false" maxItems:"20" enum:"violence_now,weapon,child_hurt_or_alone,suicide,nowhere_safe,pregnant,very_young_or_old" doc:"they set the least urgency" example:"[\"nowhere_safe\"]"`
	Categories  []string     `json:"categories" required:"false" nullable:"false" maxItems:"30" doc:"PMKS number 1–26 or an office's own code" example:"[\"25\"]"`
	SafeContact string       `json:"safe_contact" required:"false" maxLength:"500" doc:"how and when it is safe to reach them"`
	Needs       string       `json:"needs" required:"false" maxLength:"500" doc:"language, access"`
}

// PersonRef names a worker.
type PersonRef struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// RequestJSON is a whole request.
type RequestJSON struct {
	ID          string                `json:"id"`
	Number      string                `json:"number" example:"PM-2026-000045"`
	State       string                `json:"state" enum:"new,contacted,decided"`
	Urgency     string                `json:"urgency" enum:"now,day,three_days,week"`
	RespondBy   db.Time               `json:"respond_by" format:"date-time" doc:"when someone must have been reached"`
	RecordedAt  db.Time               `json:"recorded_at" format:"date-time"`
	ContactedAt db.Time               `json:"contacted_at" format:"date-time" nullable:"true"`
	Outcome     *string               `json:"outcome" enum:"case,existing_case,referred,informed,resolved_nearby,out_of_area,duplicate,unreachable,withdrawn"`
	AssignedTo  web.OrNull[PersonRef] `json:"assigned_to"`
	CaseID      *string               `json:"case_id"`
	ToldJSON
	Version int64 `json:"version"`
}

type output struct {
	ETag     string `header:"ETag"`
	Location string `header:"Location"`
	Status   int
	Body     RequestJSON
}

// IDInput is the request an address names. It is exported because embedded fields of unexported types are not read.
type IDInput struct {
	ID string `path:"id" format:"uuid" doc:"of the request"`
}

// Operations registers the operations of requests.
func Operations(api *web.API, s *Service) {
	o := operations{s}
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/requests", Tags: []string{"requests"}, Summary: "Record a request", DefaultStatus: http.StatusCreated,
		RequestBody: web.Sent(`{"channel":"phone","kind":"help_self","narrative":"(what was told, in plain words)","danger_signs":["nowhere_safe"],"village_code":"21.72.04.1002","categories":["25"]}`)}, string(access.RequestRecord), o.record, o.recordedAgain)
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/requests", Tags: []string{"requests"}, Summary: "Requests; those waiting by their clock"}, string(access.RequestRead), o.list)
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/requests/{id}", Tags: []string{"requests"}, Summary: "A whole request"}, string(access.RequestRead), o.get)
	web.Act(api, huma.Operation{Method: http.MethodPatch, Path: "/requests/{id}", Tags: []string{"requests"}, Summary: "Change urgency or who sees to it",
		RequestBody: web.Sent(`{"urgency":"now","assigned_to":"pekerja@lk3.example"}`)}, string(access.RequestHandle), o.patch, o.patchedAgain)
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/requests/{id}/contacts", Tags: []string{"requests"}, Summary: "Note a try to reach someone", DefaultStatus: http.StatusCreated,
		RequestBody: web.Sent(`{"how":"phone","reached":true,"note":"(what was agreed)"}`)}, string(access.RequestHandle), o.contact, o.contactedAgain)
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/requests/{id}/triage", Tags: []string{"requests"}, Summary: "Decide what becomes of it",
		RequestBody: web.Sent(`{"outcome":"case","client":{"kind":"individual","person_id":"0197a3c2-5b1e-7d40-8a6f-3c2b1e0d4f5a"},"worker":"pekerja@lk3.example","note":"(why)"}`)}, string(access.RequestTriage), o.triage, o.triagedAgain)
}

type operations struct{ s *Service }

type recordInput struct{ Body ToldJSON }

func (o operations) record(ctx context.Context, in *recordInput) (*output, error) {
	q, err := fromJSON(in.Body)
	if err != nil {
		return nil, err
	}
	if q, err = o.s.Record(ctx, access.From(ctx), q); err != nil {
		return nil, err
	}
	return answer(q, http.StatusCreated), nil
}

func fromJSON(j ToldJSON) (Request, error) {
	q := Request{Channel: j.Channel, Kind: j.Kind, ArrivedAt: j.ArrivedAt, Danger: j.DangerSigns, Categories: j.Categories,
		Told: Told{Narrative: j.Narrative, About: j.About.Name, SafeContact: j.SafeContact, Needs: j.Needs,
			Reporter: Reporter{j.Reporter.Name, j.Reporter.Phone, j.Reporter.Relation, j.Reporter.Anonymous}}}
	if j.VillageCode != nil {
		q.Village = *j.VillageCode
	}
	if j.About.PersonID == nil {
		return q, nil
	}
	id, err := db.ParseID(*j.About.PersonID)
	if err != nil {
		return q, fault.Invalid(fault.Field("about.person_id", "unknown", "error.unknown_id"))
	}
	q.Person = id
	return q, nil
}

func answer(q Request, status int) *output {
	out := &output{ETag: web.ETag(q.Version), Status: status, Body: toJSON(q)}
	if status == http.StatusCreated {
		out.Location = "/api/v1/requests/" + q.ID.String()
	}
	return out
}

func toJSON(q Request) RequestJSON {
	t := q.Told
	j := RequestJSON{ID: q.ID.String(), Number: q.Number, State: q.State, Urgency: q.Urgency, RespondBy: q.RespondBy, RecordedAt: q.RecordedAt,
		ContactedAt: q.Contacted, Outcome: web.Optional(q.Outcome), CaseID: web.Optional(q.Case.String()), Version: q.Version,
		ToldJSON: ToldJSON{Channel: q.Channel, Kind: q.Kind, ArrivedAt: q.ArrivedAt, Narrative: t.Narrative, VillageCode: web.Optional(q.Village),
			Reporter: ReporterJSON{t.Reporter.Name, t.Reporter.Phone, t.Reporter.Relation, t.Reporter.Anonymous},
			About:    AboutJSON{PersonID: web.Optional(q.Person.String()), Name: t.About}, SafeContact: t.SafeContact, Needs: t.Needs,
			DangerSigns: append([]string{}, q.Danger...), Categories: append([]string{}, q.Categories...)}}
	if !q.AssignedTo.ID.IsZero() {
		j.AssignedTo.Thing = &PersonRef{q.AssignedTo.ID.String(), q.AssignedTo.Name}
	}
	return j
}

type listInput struct {
	State   string `query:"state" enum:"new,contacted,decided"`
	Urgency string `query:"urgency" enum:"now,day,three_days,week"`
	Overdue bool   `query:"overdue" doc:"only those nobody was reached for in time"`
	Village string `query:"village" maxLength:"13" doc:"region code of a village"`
	Limit   int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"how many on a page"`
	Cursor  string `query:"cursor" maxLength:"500" doc:"next of the page before"`
	Total   bool   `query:"total" doc:"count all, exactly"`
}

type listOutput struct{ Body web.Page[RequestJSON] }

func (o operations) list(ctx context.Context, in *listInput) (*listOutput, error) {
	f := Filter{State: in.State, Urgency: in.Urgency, Overdue: in.Overdue, Village: in.Village, Limit: in.Limit, Total: in.Total, After: readPlace(in.Cursor)}
	if in.Cursor != "" && (f.After.ID.IsZero() || f.byClock() == f.After.At.IsZero()) {
		return nil, web.BadCursor()
	}
	l, err := o.s.List(ctx, access.From(ctx), f)
	if err != nil {
		return nil, err
	}
	out := &listOutput{}
	out.Body.Items = make([]RequestJSON, len(l.Items))
	for i, q := range l.Items {
		out.Body.Items[i] = toJSON(q)
	}
	if l.More {
		next := placeOf(l.Items[len(l.Items)-1], f)
		out.Body.Next = &next
	}
	if in.Total {
		out.Body.Total = &l.Total
	}
	return out, nil
}

func (o operations) get(ctx context.Context, in *IDInput) (*output, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	q, err := o.s.Get(ctx, access.From(ctx), id, "api")
	if err != nil {
		return nil, err
	}
	return answer(q, http.StatusOK), nil
}

type amendRequestInput struct {
	IDInput
	IfMatch string `header:"If-Match" doc:"the ETag of what was read"`
	Body    struct {
		Urgency    string `json:"urgency,omitempty" enum:"now,day,three_days,week"`
		Reason     string `json:"reason,omitempty" maxLength:"500" doc:"needed where the urgency is lowered"`
		AssignedTo string `json:"assigned_to,omitempty" maxLength:"200" doc:"e-mail or id"`
	}
}

// patch changes one thing after the other, each over the version the one before left.
func (o operations) patch(ctx context.Context, in *amendRequestInput) (*output, error) {
	id, version, err := named(in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	a := access.From(ctx)
	q, err := o.s.Change(ctx, a, id, Amendment{Urgency: in.Body.Urgency, Reason: in.Body.Reason, AssignedTo: in.Body.AssignedTo, Version: version})
	if err != nil {
		return nil, err
	}
	return answer(q, http.StatusOK), nil
}

func named(text, ifMatch string) (id db.ID, version int64, err error) {
	if id, err = db.ParseID(text); err != nil {
		return id, 0, fault.NotFound()
	}
	version, err = web.IfMatch(ifMatch)
	return id, version, err
}

type contactInput struct {
	IDInput
	Body struct {
		At      db.Time `json:"at,omitempty" format:"date-time" doc:"now when left out"`
		How     string  `json:"how" enum:"phone,whatsapp,walk_in,visit,letter,through_other"`
		Reached bool    `json:"reached"`
		Note    string  `json:"note,omitempty" maxLength:"100000"`
	}
}

func (o operations) contact(ctx context.Context, in *contactInput) (*output, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	b := in.Body
	q, err := o.s.Contact(ctx, access.From(ctx), id, Contact{At: b.At, How: b.How, Reached: b.Reached, Note: b.Note})
	if err != nil {
		return nil, err
	}
	return answer(q, http.StatusCreated), nil
}

// WhoJSON is whom a new case is about.
type WhoJSON struct {
	Kind     string `json:"kind,omitempty" enum:"individual,family,group,organisation,community"`
	PersonID string `json:"person_id,omitempty" maxLength:"36" doc:"of an individual"`
	FamilyID string `json:"family_id,omitempty" maxLength:"36" doc:"of a family"`
	ClientID string `json:"client_id,omitempty" maxLength:"36" doc:"of a group, an organisation, a community, or of anyone who was a client before"`
}

type triageInput struct {
	IDInput
	IfMatch string `header:"If-Match" doc:"the ETag of what was read"`
	Body    struct {
		Outcome         string  `json:"outcome" enum:"case,existing_case,referred,informed,resolved_nearby,out_of_area,duplicate,unreachable,withdrawn"`
		Note            string  `json:"note" minLength:"3" maxLength:"500" doc:"a sentence, always"`
		Client          WhoJSON `json:"client,omitempty"`
		NewName         string  `json:"new_name,omitempty" maxLength:"200" doc:"who the new case is about, where the office does not know the person yet"`
		Worker          string  `json:"worker,omitempty" maxLength:"200" doc:"e-mail or id; oneself when left out"`
		Confidentiality int     `json:"confidentiality,omitempty" minimum:"1" maximum:"3" doc:"1 ordinary, 2 restricted, 3 secret"`
		CaseID          string  `json:"case_id,omitempty" maxLength:"36" doc:"for existing_case"`
		RequestID       string  `json:"request_id,omitempty" maxLength:"36" doc:"for duplicate"`
		UnitID          string  `json:"unit_id,omitempty" maxLength:"36" doc:"for out_of_area, where the unit is known"`
	}
}

// CaseRef is a case by its number.
type CaseRef struct {
	ID     string `json:"id"`
	Number string `json:"number" example:"LK3-2026-000042"`
}

type triageAnswer struct {
	ETag string `header:"ETag"`
	Body struct {
		Request RequestJSON         `json:"request"`
		Case    web.OrNull[CaseRef] `json:"case"`
	}
}

func (o operations) triage(ctx context.Context, in *triageInput) (*triageAnswer, error) {
	id, version, err := named(in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	b := in.Body
	d := Decision{Outcome: b.Outcome, Note: b.Note, NewName: b.NewName, Worker: b.Worker, Secrecy: b.Confidentiality, Version: version,
		Client: person.ClientChoice{Kind: b.Client.Kind}}
	if err := web.ReadIDs(web.IDs{"client.person_id": {Text: b.Client.PersonID, Into: &d.Client.Person}, "client.family_id": {Text: b.Client.FamilyID, Into: &d.Client.Family},
		"client.client_id": {Text: b.Client.ClientID, Into: &d.Client.Client}, "case_id": {Text: b.CaseID, Into: &d.Case},
		"request_id": {Text: b.RequestID, Into: &d.Duplicate}, "unit_id": {Text: b.UnitID, Into: &d.Unit}}); err != nil {
		return nil, err
	}
	out, err := o.s.Triage(ctx, access.From(ctx), id, d)
	if err != nil {
		return nil, err
	}
	return triaged(out), nil
}

func triaged(out Outcome) *triageAnswer {
	answer := &triageAnswer{ETag: web.ETag(out.Request.Version)}
	answer.Body.Request = toJSON(out.Request)
	if !out.Case.IsZero() {
		answer.Body.Case.Thing = &CaseRef{out.Case.String(), out.CaseNumber}
	}
	return answer
}
