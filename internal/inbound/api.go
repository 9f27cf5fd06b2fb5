package inbound

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/referral"
	"teduh/internal/web"
)

// HandedFieldJSON is a field of the client that is sent along.
type HandedFieldJSON struct {
	Field string `json:"field" enum:"called,age,sex,contact,languages,disability,village,categories,risk,name,birth_date,phone,address,nik" example:"name"`
	Value string `json:"value" maxLength:"500" example:"Contoh"`
}

// HandedJSON is a referral to the office as a partner's program sends it.
type HandedJSON struct {
	Kind      string            `json:"kind" required:"false" enum:"referral,transfer,information,joint" doc:"referral when left out"`
	Urgency   string            `json:"urgency" enum:"now,day,three_days,week" doc:"sets the clock of the first contact"`
	Asked     string            `json:"asked" minLength:"1" maxLength:"100000" doc:"what is asked of the office"`
	Why       string            `json:"why" required:"false" maxLength:"100000"`
	Summary   string            `json:"summary" required:"false" maxLength:"100000"`
	Companion string            `json:"companion" required:"false" maxLength:"500" doc:"who comes along"`
	Reference string            `json:"reference" required:"false" maxLength:"500" doc:"the sender's own number"`
	AnswerBy  string            `json:"answer_by" required:"false" format:"date" doc:"the day by which the sender wants to hear; by the urgency when left out"`
	Consent   bool              `json:"consent" required:"false" doc:"the client agrees to being referred here and to being written down"`
	Data      []HandedFieldJSON `json:"data" required:"false" nullable:"false" maxItems:"14" doc:"of the client, each field once"`
}

// SenderToldJSON is one step of what became of a referral.
type SenderToldJSON struct {
	At      db.Time `json:"at" format:"date-time"`
	State   string  `json:"state" enum:"received,accepted,declined,waitlisted,in_service,completed,not_attended,cancelled"`
	Reason  *string `json:"reason" nullable:"true"`
	Outcome *string `json:"outcome" nullable:"true"`
	Words   string  `json:"words" doc:"what the office adds, with the client's consent"`
}

// HandedInJSON is a referral to the office as its sender may know it: its state, and nothing of the request or the case.
type HandedInJSON struct {
	ID        string           `json:"id"`
	Number    string           `json:"number" doc:"of the request it became" example:"PM-2026-000045"`
	State     string           `json:"state" enum:"sent,received,accepted,declined,waitlisted,in_service,completed,not_attended,cancelled"`
	Reason    *string          `json:"reason" nullable:"true" doc:"why it was declined"`
	Outcome   *string          `json:"outcome" nullable:"true"`
	Reference string           `json:"reference"`
	SentAt    db.Time          `json:"sent_at" format:"date-time"`
	DueAt     db.Time          `json:"due_at" format:"date-time" nullable:"true" doc:"by when the sender hears next; null when nothing is owed"`
	Told      []SenderToldJSON `json:"told" nullable:"false"`
}

// ParcelTakenJSON is what a file became.
type ParcelTakenJSON struct {
	RequestID  *string `json:"request_id" nullable:"true" doc:"of a referral"`
	Number     *string `json:"number" nullable:"true" doc:"of the request"`
	ReferralID *string `json:"referral_id" nullable:"true" doc:"of the referral that was answered"`
	Again      bool    `json:"again" doc:"it was taken in before; nothing is new"`
}

func handedInJSON(w Whole) HandedInJSON {
	j := HandedInJSON{ID: w.ID.String(), Number: w.Number, State: w.State, Reason: web.Optional(w.Reason), Outcome: web.Optional(w.Outcome),
		Reference: w.Reference, SentAt: w.CreatedAt, DueAt: w.DueAt, Told: []SenderToldJSON{}}
	for _, x := range w.Words {
		j.Told = append(j.Told, SenderToldJSON{At: x.At, State: x.State, Reason: web.Optional(x.Reason), Outcome: web.Optional(x.Outcome), Words: x.Text})
	}
	return j
}

type handInInput struct{ Body HandedJSON }

type handedOutput struct {
	Location string `header:"Location"`
	Status   int
	Body     HandedInJSON
}

// HandedID is the referral to the office that an address names.
type HandedID struct {
	ID string `path:"id" format:"uuid" doc:"of the referral"`
}

type parcelInput struct{ Body Parcel }

type parcelOutput struct{ Body ParcelTakenJSON }

// Operations registers the operations of referrals to the office.
func Operations(api *web.API, s *Service) {
	o := operations{s}
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/referrals-in", Tags: []string{"referrals"}, Summary: "Refer someone to the office", DefaultStatus: http.StatusCreated,
		RequestBody: web.Sent(`{"urgency":"three_days","asked":"(what is asked)","reference":"421/2026","consent":true,"data":[{"field":"name","value":"Contoh"}]}`)},
		string(access.ReferralHandIn), o.handIn, o.handedAgain)
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/referrals-in/{id}", Tags: []string{"referrals"}, Summary: "What became of a referral to the office, for its sender"},
		string(access.ReferralHandIn), o.get)
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/referrals-in/files", Tags: []string{"referrals"}, Summary: "Take in a signed file of an office elsewhere",
		RequestBody: web.Sent(`{"format":"teduh-rujukan-1","from":"0a1b-2c3d-4e5f-6071","to":"1b2c-3d4e-5f60-7182","sealed":"(base64)","signature":"(base64)"}`)},
		string(access.RequestHandle), o.takeIn, o.takenAgain)
}

type operations struct{ s *Service }

func (o operations) handIn(ctx context.Context, in *handInInput) (*handedOutput, error) {
	b := in.Body
	h := Handed{Kind: b.Kind, Urgency: b.Urgency, FeedbackOn: db.Date(b.AnswerBy), Agreed: b.Consent, Body: Body{Reference: b.Reference,
		Shared: referral.Shared{Words: referral.Words{Asked: b.Asked, Why: b.Why, Summary: b.Summary, Companion: b.Companion}}}}
	for _, d := range b.Data {
		h.Data = append(h.Data, referral.Datum(d))
	}
	x, err := o.s.HandIn(ctx, access.From(ctx), h)
	if err != nil {
		return nil, err
	}
	return handed(Whole{In: x}), nil
}

func handed(w Whole) *handedOutput {
	return &handedOutput{Location: "/api/v1/referrals-in/" + w.ID.String(), Status: http.StatusCreated, Body: handedInJSON(w)}
}

func (o operations) handedAgain(ctx context.Context, _ *handInInput, m web.Made) (*handedOutput, error) {
	request, err := m.Of("request")
	if err != nil {
		return nil, err
	}
	w, err := o.s.ownOfRequest(ctx, access.From(ctx), request)
	if err != nil {
		return nil, err
	}
	return handed(w), nil
}

func (o operations) get(ctx context.Context, in *HandedID) (*handedOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	w, err := o.s.Own(ctx, access.From(ctx), id)
	if err != nil {
		return nil, err
	}
	return &handedOutput{Status: http.StatusOK, Body: handedInJSON(w)}, nil
}

func (o operations) takeIn(ctx context.Context, in *parcelInput) (*parcelOutput, error) {
	got, again, err := o.s.TakeIn(ctx, access.From(ctx), in.Body)
	if err != nil {
		return nil, err
	}
	return taken(got, again), nil
}

func taken(o Opened, again bool) *parcelOutput {
	out := &parcelOutput{}
	out.Body.Again = again
	if o.Format == AnswerParcel {
		out.Body.ReferralID = web.Optional(o.Said.ID.String())
		return out
	}
	out.Body.RequestID, out.Body.Number = web.Optional(o.Taken.String()), web.Optional(o.Number)
	return out
}

func (o operations) takenAgain(ctx context.Context, in *parcelInput, m web.Made) (*parcelOutput, error) {
	if in.Body.Format == AnswerParcel {
		id, err := m.Of("referral")
		return taken(Opened{Parcel: in.Body, Said: saidBack{ID: id}}, false), err
	}
	got, err := o.s.Open(ctx, access.From(ctx), in.Body)
	if err != nil {
		return nil, err
	}
	return taken(got, false), nil
}
