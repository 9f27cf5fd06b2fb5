package practice

import (
	"context"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/web"
)

// ConsentJSON is a consent of a case.
type ConsentJSON struct {
	ID          string  `json:"id"`
	Kind        string  `json:"kind" enum:"service,data,referral,recording,child"`
	Stands      bool    `json:"stands" doc:"it still allows what it was given for"`
	TextVersion string  `json:"text_version" example:"1"`
	Language    string  `json:"language" enum:"id,en"`
	Manner      string  `json:"manner" enum:"screen,paper,spoken"`
	Signer      string  `json:"signer" example:"Contoh"`
	Witness     string  `json:"witness"`
	Guardian    string  `json:"guardian"`
	Recipient   string  `json:"recipient"`
	Data        string  `json:"data"`
	GivenAt     db.Time `json:"given_at" format:"date-time"`
	WithdrawnAt db.Time `json:"withdrawn_at" format:"date-time" nullable:"true"`
}

// Operations registers those of consent and plan.
func Operations(api *web.API, s *Service) {
	o := operations{s}
	read, work, consents, plan := string(access.CaseRead), string(access.CaseWork), []string{"consents"}, []string{"plan"}
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/cases/{id}/consents", Tags: consents, Summary: "What the client agreed to, newest first"}, read, o.consents)
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/cases/{id}/consents", Tags: consents, Summary: "Record a consent", DefaultStatus: http.StatusCreated,
		RequestBody: web.Sent(`{"kind":"data","language":"id","text_version":"1","manner":"spoken","signer":"Contoh","witness":"Ketua RT"}`)}, work, o.give, o.givenAgain)
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/cases/{id}/consents/{consent}/withdraw", Tags: consents, Summary: "Withdraw a consent",
		RequestBody: web.Sent(`{"why":"(in the client's own words)"}`)}, work, o.withdraw,
		func(ctx context.Context, in *withdrawInput, _ web.Made) (*consentOutput, error) {
			return o.consent(ctx, in.ID, in.Consent)
		})
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/cases/{id}/consents/{consent}/receipt", Tags: consents, Summary: "The receipt of a consent, after ISO/IEC TS 27560:2023"}, read, o.receipt)
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/cases/{id}/plan", Tags: plan, Summary: "Goals with their steps, and how far they were reached"}, read, o.plan)
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/cases/{id}/goals", Tags: plan, Summary: "Write a goal", DefaultStatus: http.StatusCreated,
		RequestBody: web.Sent(`{"aim":"overcome","words":"(in the client's own words)","measure":"(how it is measured)","target_on":"2027-01-31","first_step":{"what":"(what is done)","who":"(by whom)"}}`)}, work, o.addGoal, o.goalAgain)
	web.Act(api, huma.Operation{Method: http.MethodPatch, Path: "/cases/{id}/goals/{goal}", Tags: plan, Summary: "Change, score or give up a goal",
		RequestBody: web.Sent(`{"target":"(what is hoped for)","reason":"(why)"}`)}, work, o.patchGoal,
		func(ctx context.Context, in *goalPatch, _ web.Made) (*goalOutput, error) {
			return o.goal(ctx, in.ID, in.Goal)
		})
	o.stepOperations(api)
	o.safetyOperations(api)
	o.meetingOperations(api)
}

type operations struct{ s *Service }

// workOf reads the work of the case an address names.
func (o operations) workOf(ctx context.Context, id string) (Work, error) {
	list, err := web.AddressIDs(id)
	if err != nil {
		return Work{}, err
	}
	return o.s.Work(ctx, access.From(ctx), list[0])
}

// IDInput is the case an address names; embedded, so it must be exported.
type IDInput struct {
	ID string `path:"id" format:"uuid" doc:"of the case"`
}

type consentsOutput struct{ Body web.Page[ConsentJSON] }

func (o operations) consents(ctx context.Context, in *IDInput) (*consentsOutput, error) {
	id, err := web.AddressIDs(in.ID)
	if err != nil {
		return nil, err
	}
	w, err := o.s.Work(ctx, access.From(ctx), id[0])
	if err != nil {
		return nil, err
	}
	out := &consentsOutput{}
	out.Body.Items = make([]ConsentJSON, len(w.Consents))
	for i, c := range w.Consents {
		out.Body.Items[i] = consentJSON(c)
	}
	return out, nil
}

func consentJSON(c Consent) ConsentJSON {
	return ConsentJSON{c.ID.String(), c.Kind, c.Stands(), c.TextVersion, c.Language, c.Manner, c.Name, c.Witness, c.Guardian, c.Recipient, c.Data, c.GivenAt, c.WithdrawnAt}
}

type giveInput struct {
	IDInput
	Body struct {
		Kind        string `json:"kind" enum:"service,data,referral,recording,child"`
		Language    string `json:"language,omitempty" enum:"id,en" doc:"in which the text was read; id when left out"`
		TextVersion string `json:"text_version,omitempty" maxLength:"9" doc:"of the text that was read; the one that holds now when left out"`
		Manner      string `json:"manner" enum:"screen,paper,spoken"`
		Signer      string `json:"signer,omitempty" maxLength:"200"`
		Read        bool   `json:"read,omitempty" doc:"on the screen: read and ticked"`
		KeptAt      string `json:"kept_at,omitempty" maxLength:"500" doc:"where the paper lies"`
		Witness     string `json:"witness,omitempty" maxLength:"200" doc:"needed when spoken"`
		Guardian    string `json:"guardian,omitempty" maxLength:"200" doc:"needed for a child"`
		Relation    string `json:"relation,omitempty" maxLength:"200" doc:"of the guardian to the child"`
		Recipient   string `json:"recipient,omitempty" maxLength:"500" doc:"needed for a referral"`
		Data        string `json:"data,omitempty" maxLength:"500" doc:"the data named for a referral, or what a recording is for"`
	}
}

type consentOutput struct {
	Status   int
	Location string `header:"Location"`
	Body     ConsentJSON
}

func (o operations) give(ctx context.Context, in *giveInput) (*consentOutput, error) {
	id, err := web.AddressIDs(in.ID)
	if err != nil {
		return nil, err
	}
	b := in.Body
	made, err := o.s.GiveConsent(ctx, access.From(ctx), id[0], Consent{Kind: b.Kind, Language: b.Language, TextVersion: b.TextVersion, Guardian: b.Guardian, Relation: b.Relation,
		Recipient: b.Recipient, Data: b.Data, Signed: Signed{Manner: b.Manner, Name: b.Signer, Read: b.Read, KeptAt: b.KeptAt, Witness: b.Witness}}, nil)
	if err != nil {
		return nil, err
	}
	return o.given(ctx, in.ID, made.String())
}

func (o operations) given(ctx context.Context, caseID, consent string) (*consentOutput, error) {
	out, err := o.consent(ctx, caseID, consent)
	if err == nil {
		out.Status, out.Location = http.StatusCreated, "/api/v1/cases/"+caseID+"/consents/"+consent+"/receipt"
	}
	return out, err
}

// givenAgain answers a consent that was kept and whose answer was lost with the newest of its kind that the account recorded.
func (o operations) givenAgain(ctx context.Context, in *giveInput, _ web.Made) (*consentOutput, error) {
	id, err := web.AddressIDs(in.ID)
	if err != nil {
		return nil, err
	}
	a := access.From(ctx)
	w, err := o.s.Work(ctx, a, id[0])
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(w.Consents, func(c Consent) bool { return c.Kind == in.Body.Kind && c.By == a.Name })
	if i < 0 {
		return nil, fault.NotFound()
	}
	return o.given(ctx, in.ID, w.Consents[i].ID.String())
}

func (o operations) consent(ctx context.Context, caseID, consent string) (*consentOutput, error) {
	list, err := web.AddressIDs(caseID, consent)
	if err != nil {
		return nil, err
	}
	c, _, err := o.s.Record(ctx, access.From(ctx), list[0], list[1])
	if err != nil {
		return nil, err
	}
	return &consentOutput{Status: http.StatusOK, Body: consentJSON(c)}, nil
}

// ConsentInput names a consent of a case; embedded, so it must be exported.
type ConsentInput struct {
	IDInput
	Consent string `path:"consent" format:"uuid" doc:"of the consent"`
}

type withdrawInput struct {
	ConsentInput
	Body struct {
		Why string `json:"why,omitempty" maxLength:"500" doc:"the client need not give a reason"`
	}
}

func (o operations) withdraw(ctx context.Context, in *withdrawInput) (*consentOutput, error) {
	list, err := web.AddressIDs(in.ID, in.Consent)
	if err != nil {
		return nil, err
	}
	if err := o.s.WithdrawConsent(ctx, access.From(ctx), list[0], list[1], in.Body.Why); err != nil {
		return nil, err
	}
	return o.consent(ctx, in.ID, in.Consent)
}

type receiptOutput struct{ Body ReceiptJSON }

func (o operations) receipt(ctx context.Context, in *ConsentInput) (*receiptOutput, error) {
	list, err := web.AddressIDs(in.ID, in.Consent)
	if err != nil {
		return nil, err
	}
	a := access.From(ctx)
	c, text, err := o.s.Record(ctx, a, list[0], list[1])
	if err != nil {
		return nil, err
	}
	of, err := o.s.cases.Get(ctx, a, list[0], "api")
	if err != nil {
		return nil, err
	}
	return &receiptOutput{receiptJSON(a.Office.Name, of, c, text)}, nil
}
