package practice

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/web"
)

// ReviewJSON is a look at the plan with the client.
type ReviewJSON struct {
	HeldOn  string  `json:"held_on" format:"date"`
	NextOn  *string `json:"next_on" format:"date"`
	Changed string  `json:"changed"`
	By      string  `json:"by" example:"Contoh"`
	At      db.Time `json:"at" format:"date-time"`
}

// AgreementJSON is that the client agreed to the goals as they stood.
type AgreementJSON struct {
	Manner  string  `json:"manner" enum:"screen,paper,spoken"`
	Signer  string  `json:"signer" example:"Contoh"`
	Witness string  `json:"witness"`
	KeptAt  string  `json:"kept_at" doc:"where the paper lies"`
	By      string  `json:"by" example:"Contoh"`
	At      db.Time `json:"at" format:"date-time"`
}

// AgreedJSON is how a plan was agreed to and looked at again, each newest first.
type AgreedJSON struct {
	Agreements []AgreementJSON `json:"agreements" nullable:"false"`
	Reviews    []ReviewJSON    `json:"reviews" nullable:"false"`
}

type agreedOutput struct{ Body AgreedJSON }

type stepInput struct {
	IDInput
	Goal string `path:"goal" format:"uuid" doc:"of the goal"`
	Body NewStep
}

type stepPatch struct {
	IDInput
	Step    string `path:"step" format:"uuid" doc:"of the step"`
	IfMatch string `header:"If-Match" doc:"the version of what was read, as an ETag"`
	Body    struct {
		What   *string `json:"what,omitempty" minLength:"1" maxLength:"500"`
		Who    *string `json:"who,omitempty" maxLength:"500"`
		DueOn  *string `json:"due_on,omitempty" format:"date"`
		Done   bool    `json:"done,omitempty" doc:"it was done; alone"`
		Drop   bool    `json:"drop,omitempty" doc:"give the step up; alone, with the reason"`
		Reason string  `json:"reason,omitempty" maxLength:"500"`
	}
}

type reviewInput struct {
	IDInput
	Body struct {
		HeldOn  *string `json:"held_on,omitempty" format:"date" doc:"today when left out"`
		NextOn  *string `json:"next_on,omitempty" format:"date" doc:"becomes a task"`
		Changed string  `json:"changed" minLength:"1" maxLength:"100000"`
	}
}

type agreeInput struct {
	IDInput
	Body struct {
		Manner  string `json:"manner" enum:"screen,paper,spoken"`
		Signer  string `json:"signer,omitempty" maxLength:"200"`
		Read    bool   `json:"read,omitempty" doc:"read and agreed on the screen"`
		KeptAt  string `json:"kept_at,omitempty" maxLength:"500" doc:"where the paper lies"`
		Witness string `json:"witness,omitempty" maxLength:"200"`
	}
}

func (o operations) stepOperations(api *web.API) {
	tag, read, work := []string{"plan"}, string(access.CaseRead), string(access.CaseWork)
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/cases/{id}/goals/{goal}/steps", Tags: tag, Summary: "Add a step to a goal",
		RequestBody: web.Sent(`{"what":"(what is done)","who":"(by whom)","due_on":"2027-01-31"}`)}, work, o.addStep,
		func(ctx context.Context, in *stepInput, _ web.Made) (*planOutput, error) {
			return o.plan(ctx, &in.IDInput)
		})
	web.Act(api, huma.Operation{Method: http.MethodPatch, Path: "/cases/{id}/steps/{step}", Tags: tag, Summary: "Change, finish or give up a step",
		RequestBody: web.Sent(`{"done":true}`)}, work, o.patchStep,
		func(ctx context.Context, in *stepPatch, _ web.Made) (*planOutput, error) {
			return o.plan(ctx, &in.IDInput)
		})
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/cases/{id}/plan/agreements", Tags: tag, Summary: "How the plan was agreed to and looked at again"}, read, o.agreed)
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/cases/{id}/plan/agreements", Tags: tag, Summary: "Note that the client agrees to the goals as they stand",
		RequestBody: web.Sent(`{"manner":"spoken","signer":"Contoh","witness":"Ketua RT"}`)}, work, o.agree,
		func(ctx context.Context, in *agreeInput, _ web.Made) (*agreedOutput, error) {
			return o.agreed(ctx, &in.IDInput)
		})
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/cases/{id}/plan/reviews", Tags: tag, Summary: "Keep a look at the plan with the client",
		RequestBody: web.Sent(`{"changed":"(what changed)","next_on":"2027-02-28"}`)}, work, o.review,
		func(ctx context.Context, in *reviewInput, _ web.Made) (*agreedOutput, error) {
			return o.agreed(ctx, &in.IDInput)
		})
}

func (o operations) addStep(ctx context.Context, in *stepInput) (*planOutput, error) {
	list, err := web.AddressIDs(in.ID, in.Goal)
	if err != nil {
		return nil, err
	}
	st := Step{What: in.Body.What, Who: in.Body.Who, DueOn: web.OptionalDay(in.Body.DueOn)}
	if err := o.s.AddStep(ctx, access.From(ctx), list[0], list[1], st); err != nil {
		return nil, err
	}
	return o.plan(ctx, &in.IDInput)
}

func (o operations) patchStep(ctx context.Context, in *stepPatch) (*planOutput, error) {
	list, err := web.AddressIDs(in.ID, in.Step)
	if err != nil {
		return nil, err
	}
	version, err := web.IfMatch(in.IfMatch)
	if err != nil {
		return nil, err
	}
	a, b := access.From(ctx), in.Body
	switch {
	case b.Done:
		err = o.s.FinishStep(ctx, a, list[0], list[1])
	case b.Drop:
		err = o.s.DropStep(ctx, a, list[0], list[1], b.Reason, version)
	default:
		err = o.overStep(ctx, a, list[0], list[1], version, in)
	}
	if err != nil {
		return nil, err
	}
	return o.plan(ctx, &in.IDInput)
}

func (o operations) overStep(ctx context.Context, a access.Actor, caseID, step db.ID, version int64, in *stepPatch) error {
	st, err := o.s.Step(ctx, a, caseID, step)
	if err != nil {
		return err
	}
	b := in.Body
	if b.What != nil {
		st.What = *b.What
	}
	if b.Who != nil {
		st.Who = *b.Who
	}
	if b.DueOn != nil {
		st.DueOn = db.Date(*b.DueOn)
	}
	st.Version = version
	return o.s.ChangeStep(ctx, a, caseID, st)
}

func (o operations) agreed(ctx context.Context, in *IDInput) (*agreedOutput, error) {
	w, err := o.workOf(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	out := &agreedOutput{AgreedJSON{Agreements: []AgreementJSON{}, Reviews: []ReviewJSON{}}}
	for _, x := range w.Agreements {
		out.Body.Agreements = append(out.Body.Agreements, AgreementJSON{x.Manner, x.Name, x.Witness, x.KeptAt, x.By, x.At})
	}
	for _, x := range w.Reviews {
		out.Body.Reviews = append(out.Body.Reviews, ReviewJSON{string(x.HeldOn), web.Optional(string(x.NextOn)), x.Changed, x.By, x.At})
	}
	return out, nil
}

func (o operations) agree(ctx context.Context, in *agreeInput) (*agreedOutput, error) {
	id, err := web.AddressIDs(in.ID)
	if err != nil {
		return nil, err
	}
	b := in.Body
	sg := Signed{Manner: b.Manner, Name: b.Signer, Read: b.Read, KeptAt: b.KeptAt, Witness: b.Witness}
	if err := o.s.Agree(ctx, access.From(ctx), id[0], sg, nil); err != nil {
		return nil, err
	}
	return o.agreed(ctx, &in.IDInput)
}

func (o operations) review(ctx context.Context, in *reviewInput) (*agreedOutput, error) {
	id, err := web.AddressIDs(in.ID)
	if err != nil {
		return nil, err
	}
	v := Review{HeldOn: web.OptionalDay(in.Body.HeldOn), NextOn: web.OptionalDay(in.Body.NextOn), Changed: in.Body.Changed}
	if err := o.s.ReviewPlan(ctx, access.From(ctx), id[0], v); err != nil {
		return nil, err
	}
	return o.agreed(ctx, &in.IDInput)
}
