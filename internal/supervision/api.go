package supervision

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/web"
)

// LoadJSON is what lies on a worker.
type LoadJSON struct {
	Worker   casefile.NamedJSON `json:"worker"`
	Weight   int                `json:"weight" doc:"of the open cases, by the office's points for stage and risk"`
	Open     int                `json:"open"`
	High     int                `json:"high_risk"`
	Gates    int                `json:"gates_late" doc:"cases where something that a stage asks for is past its day"`
	Quiet    int                `json:"quiet" doc:"cases without anything happening for 14 days"`
	Unsigned int                `json:"unsigned_notes" doc:"cases with a note that its author has not signed"`
}

// ApprovalJSON is a request for approval and its answer.
type ApprovalJSON struct {
	ID        string                         `json:"id"`
	Kind      string                         `json:"kind" enum:"plan,closing"`
	AskedBy   casefile.NamedJSON             `json:"asked_by"`
	AskedAt   db.Time                        `json:"asked_at" format:"date-time"`
	Word      *string                        `json:"word"`
	State     string                         `json:"state" enum:"waiting,approved,overtaken,returned" doc:"overtaken: it was approved, and the plan was changed since it was asked for"`
	DecidedBy web.OrNull[casefile.NamedJSON] `json:"decided_by"`
	DecidedAt db.Time                        `json:"decided_at" format:"date-time" nullable:"true"`
	Reply     *string                        `json:"reply"`
}

// LicenceJSON is a licence of a worker.
type LicenceJSON struct {
	ID        string  `json:"id"`
	Kind      string  `json:"kind" enum:"str,sipp,sip,certificate,other"`
	Number    string  `json:"number"`
	ExpiresOn *string `json:"expires_on" format:"date"`
}

// TrainingJSON is a training that a worker took part in.
type TrainingJSON struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	HeldOn string `json:"held_on" format:"date"`
	Hours  int    `json:"hours"`
}

// CompetenceJSON is what a worker is able and licensed to do.
type CompetenceJSON struct {
	Worker        casefile.NamedJSON `json:"worker"`
	Profession    *string            `json:"profession" enum:"social_worker,psychologist,health_worker,police,legal_expert,religious_expert,education_expert"`
	Licences      []LicenceJSON      `json:"licences" nullable:"false"`
	Trainings     []TrainingJSON     `json:"trainings" nullable:"false"`
	TrainingHours int                `json:"training_hours"`
	GuidedMinutes int                `json:"supervision_minutes"`
}

type teamOutput struct {
	Body struct {
		Items []LoadJSON `json:"items" nullable:"false"`
	}
}

type approvalsOutput struct {
	Body struct {
		Items []ApprovalJSON `json:"items" nullable:"false"`
	}
}

type approvalOutput struct{ Body ApprovalJSON }

type competenceOutput struct{ Body CompetenceJSON }

type askInput struct {
	casefile.IDInput
	Body struct {
		Kind string `json:"kind" enum:"plan,closing"`
		Word string `json:"word,omitempty" maxLength:"100000"`
	}
}

type decideInput struct {
	casefile.IDInput
	Approval string `path:"approval" format:"uuid" doc:"the request"`
	Body     struct {
		Approve bool   `json:"approve"`
		Reply   string `json:"reply,omitempty" maxLength:"100000" doc:"needed when it is sent back"`
	}
}

// WorkerInput is the worker an address names; embedded, so it must be exported.
type WorkerInput struct {
	User string `path:"user" format:"uuid" doc:"of the worker"`
}

// Operations registers those of supervision.
func Operations(api *web.API, s *Service) {
	o := operations{s}
	tag := []string{"supervision"}
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/team", Tags: tag, Summary: "How the work lies on the workers one looks after"}, string(access.TeamRead), o.team)
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/colleagues/{user}/competence", Tags: tag, Summary: "What a worker is able and licensed to do"}, string(access.CompetenceOwn), o.competence)
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/cases/{id}/approvals", Tags: tag, Summary: "Requests for approval, newest first"}, string(access.CaseRead), o.approvals)
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/cases/{id}/approvals", Tags: tag, Summary: "Ask for the approval of a plan or a closing", DefaultStatus: http.StatusCreated,
		RequestBody: web.Sent(`{"kind":"plan","word":"(what one should know)"}`)}, string(access.CaseWork), o.ask, o.askAgain)
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/cases/{id}/approvals/{approval}/decision", Tags: tag, Summary: "Approve or send back",
		RequestBody: web.Sent(`{"approve":true}`)}, string(access.CaseSupervise), o.decide, o.decideAgain)
	o.caseOperations(api)
	o.recordOperations(api)
}

type operations struct{ s *Service }

func named(u casefile.User) casefile.NamedJSON {
	return casefile.NamedJSON{ID: u.ID.String(), Name: u.Name}
}

func (o operations) team(ctx context.Context, _ *struct{}) (*teamOutput, error) {
	team, err := o.s.Team(ctx, access.From(ctx), 0)
	if err != nil {
		return nil, err
	}
	out := &teamOutput{}
	out.Body.Items = make([]LoadJSON, len(team.Loads))
	for i, l := range team.Loads {
		out.Body.Items[i] = LoadJSON{Worker: named(l.Worker), Weight: l.Weight, Open: l.Open, High: l.High, Gates: l.Gates, Quiet: l.Quiet, Unsigned: l.Unsigned}
	}
	return out, nil
}

func (o operations) competence(ctx context.Context, in *WorkerInput) (*competenceOutput, error) {
	id, err := web.AddressID(in.User)
	if err != nil {
		return nil, err
	}
	c, err := o.s.Competence(ctx, access.From(ctx), id)
	if err != nil {
		return nil, err
	}
	out := &competenceOutput{CompetenceJSON{Worker: named(c.Worker), Profession: web.Optional(c.Profession), Licences: make([]LicenceJSON, len(c.Licences)),
		Trainings: make([]TrainingJSON, len(c.Trainings)), TrainingHours: c.TrainingHours, GuidedMinutes: c.GuidedMinutes}}
	for i, l := range c.Licences {
		out.Body.Licences[i] = LicenceJSON{l.ID.String(), l.Kind, l.Number, web.Optional(string(l.ExpiresOn))}
	}
	for i, t := range c.Trainings {
		out.Body.Trainings[i] = TrainingJSON{t.ID.String(), t.Name, string(t.HeldOn), t.Hours}
	}
	return out, nil
}

func approvalJSON(x Approval) ApprovalJSON {
	out := ApprovalJSON{ID: x.ID.String(), Kind: x.Kind, AskedBy: named(x.AskedBy), AskedAt: x.AskedAt, Word: web.Optional(x.Word), State: "waiting", Reply: web.Optional(x.Reply)}
	if !x.Waits() {
		by := named(x.DecidedBy)
		out.State, out.DecidedBy, out.DecidedAt = "returned", web.OrNull[casefile.NamedJSON]{Thing: &by}, x.DecidedAt
		if x.Approved {
			out.State = "approved"
			if x.Overtaken {
				out.State = "overtaken"
			}
		}
	}
	return out
}

func (o operations) approvals(ctx context.Context, in *casefile.IDInput) (*approvalsOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	list, err := o.s.Approvals(ctx, access.From(ctx), id)
	if err != nil {
		return nil, err
	}
	out := &approvalsOutput{}
	out.Body.Items = make([]ApprovalJSON, len(list))
	for i, x := range list {
		out.Body.Items[i] = approvalJSON(x)
	}
	return out, nil
}

// one answers with a request of a case.
func (o operations) one(ctx context.Context, caseID, id db.ID) (*approvalOutput, error) {
	list, err := o.s.Approvals(ctx, access.From(ctx), caseID)
	if err != nil {
		return nil, err
	}
	for _, x := range list {
		if x.ID == id {
			return &approvalOutput{approvalJSON(x)}, nil
		}
	}
	return nil, fault.NotFound()
}

func (o operations) ask(ctx context.Context, in *askInput) (*approvalOutput, error) {
	caseID, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	id, err := o.s.Ask(ctx, access.From(ctx), caseID, in.Body.Kind, in.Body.Word)
	if err != nil {
		return nil, err
	}
	return o.one(ctx, caseID, id)
}

// askAgain answers a request that was kept: the last of its kind is the one, for no second is taken while it waits.
func (o operations) askAgain(ctx context.Context, in *askInput, _ web.Made) (*approvalOutput, error) {
	caseID, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	list, err := o.s.Approvals(ctx, access.From(ctx), caseID)
	if err != nil {
		return nil, err
	}
	for _, x := range list {
		if x.Kind == in.Body.Kind {
			return &approvalOutput{approvalJSON(x)}, nil
		}
	}
	return nil, fault.NotFound()
}

func (o operations) decide(ctx context.Context, in *decideInput) (*approvalOutput, error) {
	caseID, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	id, err := web.AddressID(in.Approval)
	if err != nil {
		return nil, err
	}
	if err := o.s.Decide(ctx, access.From(ctx), caseID, id, Answer{Approve: in.Body.Approve, Reply: in.Body.Reply}); err != nil {
		return nil, err
	}
	return o.one(ctx, caseID, id)
}

func (o operations) decideAgain(ctx context.Context, in *decideInput, _ web.Made) (*approvalOutput, error) {
	caseID, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	id, err := web.AddressID(in.Approval)
	if err != nil {
		return nil, err
	}
	return o.one(ctx, caseID, id)
}
