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
	Name      string `json:"name" required:"false" maxLength:"200"`
	Phone     string `json:"phone" required:"false" maxLength:"500"`
	Relation  string `json:"relation" required:"false" maxLength:"200"`
	Anonymous bool   `json:"anonymous" required:"false"`
}

// AboutJSON is whom a request is about: a known person, or words.
type AboutJSON struct {
	PersonID *string `json:"person_id" required:"false"`
	Name     string  `json:"name" required:"false" maxLength:"200"`
}

// ToldJSON is a request as it is sent in.
type ToldJSON struct {
	Channel     string       `json:"channel" required:"false"`
	Kind        string       `json:"kind" required:"false"`
	ArrivedAt   db.Time      `json:"arrived_at" required:"false"`
	Reporter    ReporterJSON `json:"reporter" required:"false"`
	About       AboutJSON    `json:"about" required:"false"`
	VillageCode *string      `json:"village_code" required:"false"`
	Narrative   string       `json:"narrative" maxLength:"100000"`
	DangerSigns []string     `json:"danger_signs" required:"false"`
	Categories  []string     `json:"categories" required:"false"`
	SafeContact string       `json:"safe_contact" required:"false" maxLength:"500"`
	Needs       string       `json:"needs" required:"false" maxLength:"500"`
}

// PersonRef names a worker.
type PersonRef struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// RequestJSON is a whole request.
type RequestJSON struct {
	ID          string     `json:"id"`
	Number      string     `json:"number"`
	State       string     `json:"state"`
	Urgency     string     `json:"urgency"`
	RespondBy   db.Time    `json:"respond_by"`
	RecordedAt  db.Time    `json:"recorded_at"`
	ContactedAt db.Time    `json:"contacted_at"`
	Outcome     *string    `json:"outcome"`
	AssignedTo  *PersonRef `json:"assigned_to"`
	CaseID      *string    `json:"case_id"`
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
	ID string `path:"id" format:"uuid"`
}

// Operations registers the operations of requests.
func Operations(api *web.API, s *Service) {
	o := operations{s}
	web.Operation(api, huma.Operation{Method: http.MethodPost, Path: "/requests", Summary: "Record a request", DefaultStatus: http.StatusCreated}, string(access.RequestRecord), o.record)
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/requests", Summary: "Requests; those waiting by their clock"}, string(access.RequestRead), o.list)
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/requests/{id}", Summary: "A whole request"}, string(access.RequestRead), o.get)
	web.Operation(api, huma.Operation{Method: http.MethodPatch, Path: "/requests/{id}", Summary: "Change urgency or who sees to it"}, string(access.RequestHandle), o.patch)
	web.Operation(api, huma.Operation{Method: http.MethodPost, Path: "/requests/{id}/contacts", Summary: "Note a try to reach someone", DefaultStatus: http.StatusCreated}, string(access.RequestHandle), o.contact)
	web.Operation(api, huma.Operation{Method: http.MethodPost, Path: "/requests/{id}/triage", Summary: "Decide what becomes of it"}, string(access.RequestTriage), o.triage)
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
	return &output{ETag: web.ETag(q.Version), Location: "/api/v1/requests/" + q.ID.String(), Status: status, Body: toJSON(q)}
}

func toJSON(q Request) RequestJSON {
	t := q.Told
	j := RequestJSON{ID: q.ID.String(), Number: q.Number, State: q.State, Urgency: q.Urgency, RespondBy: q.RespondBy, RecordedAt: q.RecordedAt,
		ContactedAt: q.Contacted, Outcome: optional(q.Outcome), CaseID: optional(q.Case.String()), Version: q.Version,
		ToldJSON: ToldJSON{Channel: q.Channel, Kind: q.Kind, ArrivedAt: q.ArrivedAt, Narrative: t.Narrative, VillageCode: optional(q.Village),
			Reporter: ReporterJSON{t.Reporter.Name, t.Reporter.Phone, t.Reporter.Relation, t.Reporter.Anonymous},
			About:    AboutJSON{PersonID: optional(q.Person.String()), Name: t.About}, SafeContact: t.SafeContact, Needs: t.Needs,
			DangerSigns: append([]string{}, q.Danger...), Categories: append([]string{}, q.Categories...)}}
	if !q.AssignedTo.ID.IsZero() {
		j.AssignedTo = &PersonRef{q.AssignedTo.ID.String(), q.AssignedTo.Name}
	}
	return j
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

type listInput struct {
	State   string `query:"state" enum:"new,contacted,decided"`
	Urgency string `query:"urgency" enum:"now,day,three_days,week"`
	Overdue bool   `query:"overdue"`
	Village string `query:"village"`
	Limit   int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	Cursor  string `query:"cursor"`
	Total   bool   `query:"total"`
}

type listOutput struct{ Body web.Page[RequestJSON] }

func (o operations) list(ctx context.Context, in *listInput) (*listOutput, error) {
	f := Filter{State: in.State, Urgency: in.Urgency, Overdue: in.Overdue, Village: in.Village, Limit: in.Limit, Total: in.Total, After: readPlace(in.Cursor)}
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
	id, err := db.ParseID(in.ID)
	if err != nil {
		return nil, fault.NotFound()
	}
	q, err := o.s.Get(ctx, access.From(ctx), id, "api")
	if err != nil {
		return nil, err
	}
	return answer(q, http.StatusOK), nil
}

type amendRequestInput struct {
	IDInput
	IfMatch string `header:"If-Match"`
	Body    struct {
		Urgency    string `json:"urgency,omitempty"`
		Reason     string `json:"reason,omitempty" maxLength:"500"`
		AssignedTo string `json:"assigned_to,omitempty" doc:"e-mail or id"`
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
		At      db.Time `json:"at,omitempty"`
		How     string  `json:"how"`
		Reached bool    `json:"reached"`
		Note    string  `json:"note,omitempty" maxLength:"100000"`
	}
}

func (o operations) contact(ctx context.Context, in *contactInput) (*output, error) {
	id, err := db.ParseID(in.ID)
	if err != nil {
		return nil, fault.NotFound()
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
	Kind     string `json:"kind,omitempty"`
	PersonID string `json:"person_id,omitempty"`
	FamilyID string `json:"family_id,omitempty"`
	ClientID string `json:"client_id,omitempty"`
}

type triageInput struct {
	IDInput
	IfMatch string `header:"If-Match"`
	Body    struct {
		Outcome         string  `json:"outcome"`
		Note            string  `json:"note" maxLength:"500"`
		Client          WhoJSON `json:"client,omitempty"`
		NewName         string  `json:"new_name,omitempty" maxLength:"200" doc:"who the new case is about, where the office does not know the person yet"`
		Worker          string  `json:"worker,omitempty" doc:"e-mail or id; oneself when left out"`
		Confidentiality int     `json:"confidentiality,omitempty"`
		CaseID          string  `json:"case_id,omitempty"`
		RequestID       string  `json:"request_id,omitempty"`
		UnitID          string  `json:"unit_id,omitempty"`
	}
}

// CaseRef is a case by its number.
type CaseRef struct {
	ID     string `json:"id"`
	Number string `json:"number"`
}

type triageAnswer struct {
	ETag string `header:"ETag"`
	Body struct {
		Request RequestJSON `json:"request"`
		Case    *CaseRef    `json:"case"`
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
	for text, into := range map[*string]*db.ID{&b.Client.PersonID: &d.Client.Person, &b.Client.FamilyID: &d.Client.Family, &b.Client.ClientID: &d.Client.Client,
		&b.CaseID: &d.Case, &b.RequestID: &d.Duplicate, &b.UnitID: &d.Unit} {
		if parsed, err := db.ParseID(*text); err == nil {
			*into = parsed
		}
	}
	out, err := o.s.Triage(ctx, access.From(ctx), id, d)
	if err != nil {
		return nil, err
	}
	answer := &triageAnswer{ETag: web.ETag(out.Request.Version)}
	answer.Body.Request = toJSON(out.Request)
	if !out.Case.IsZero() {
		answer.Body.Case = &CaseRef{out.Case.String(), out.CaseNumber}
	}
	return answer, nil
}
