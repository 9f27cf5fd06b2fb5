package referral

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

type operations struct{ s *Service }

// NamedInput is the referral an address names; exported because embedded fields of unexported types are not read.
type NamedInput struct {
	ID string `path:"id" format:"uuid" doc:"of the referral"`
}

type oneOutput struct {
	Status   int
	ETag     string `header:"ETag"`
	Location string `header:"Location"`
	Body     WholeJSON
}

type referralsInput struct {
	Status string `query:"status" enum:"draft,sent,received,accepted,declined,waitlisted,in_service,completed,not_attended,cancelled"`
	Late   bool   `query:"late" doc:"past their time, the longest first"`
	Mine   bool   `query:"mine" doc:"sent by oneself, or from a case one is in charge of"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"how many on a page"`
	Cursor string `query:"cursor" maxLength:"500" doc:"next of the page before"`
}

type findOutput struct{ Body web.Page[ListedJSON] }

// OrderJSON is what is asked of a partner, and what goes along.
type OrderJSON struct {
	Services  []string `json:"services" nullable:"false" minItems:"1" maxItems:"5" doc:"ids; several ask for one need and form a group"`
	Kind      string   `json:"kind" enum:"referral,transfer,information,joint"`
	Urgency   string   `json:"urgency" enum:"now,day,three_days,week"`
	Asked     string   `json:"asked" minLength:"1" maxLength:"100000"`
	Why       string   `json:"why" minLength:"1" maxLength:"100000"`
	Summary   string   `json:"summary,omitempty" maxLength:"100000"`
	Companion string   `json:"companion,omitempty" maxLength:"500"`
	Fields    []string `json:"fields,omitempty" nullable:"false" maxItems:"20" doc:"of the client, that go along: called, age, sex, contact, languages, disability, village, categories, risk, name, birth_date, phone, address, nik"`
	WantedOn  *string  `json:"wanted_on,omitempty" format:"date"`
	Transport bool     `json:"transport,omitempty"`
}

func (j OrderJSON) order() (o Order, err error) {
	o = Order{Kind: j.Kind, Urgency: j.Urgency, Fields: j.Fields, Transport: j.Transport, Words: Words{Why: j.Why, Asked: j.Asked, Companion: j.Companion, Summary: j.Summary}}
	for _, text := range j.Services {
		id, err := db.ParseID(text)
		if err != nil {
			return o, fault.Invalid(fault.Field("services", "unknown", "referral.service_unknown"))
		}
		o.Services = append(o.Services, id)
	}
	o.WantedOn = web.OptionalDay(j.WantedOn)
	return o, nil
}

type referInput struct {
	casefile.IDInput
	Body struct {
		OrderJSON
		Draft bool `json:"draft,omitempty" doc:"not sent yet"`
	}
}

type orderedOutput struct {
	Status int
	Body   struct {
		Items []WholeJSON `json:"items" nullable:"false" doc:"one for each service"`
	}
}

type referralDraftInput struct {
	NamedInput
	IfMatch string `header:"If-Match" doc:"the ETag of what was read"`
	Body    OrderJSON
}

type referralMoveInput struct {
	NamedInput
	IfMatch string `header:"If-Match" doc:"the ETag of what was read"`
	Body    struct {
		To      string  `json:"to" enum:"sent,received,accepted,declined,waitlisted,in_service,completed,not_attended,cancelled"`
		Reason  string  `json:"reason,omitempty" enum:"capacity,means,documents,area,not_eligible,other" doc:"of declined"`
		Outcome string  `json:"outcome,omitempty" enum:"helped,partly,not_helped,passed_on,withdrew,other" doc:"of completed"`
		Place   int     `json:"place,omitempty" minimum:"0" maximum:"100000" doc:"of waitlisted"`
		NextOn  *string `json:"next_on,omitempty" format:"date"`
		Words   string  `json:"words,omitempty" maxLength:"100000" doc:"what was given, and what came of it"`
		By      string  `json:"by,omitempty" maxLength:"200" doc:"who said so at the partner, where the office types it in"`
	}
}

type messagesInput struct {
	NamedInput
	Cursor string `query:"cursor" maxLength:"500" doc:"next of the page before"`
}

type messagesOutput struct{ Body web.Page[MessageJSON] }

type messageInput struct {
	NamedInput
	Body struct {
		Text string `json:"text" minLength:"1" maxLength:"100000"`
	}
}

type messageOutput struct {
	Status int
	Body   MessageJSON
}

// Operations registers the operations of referrals, for the office's side and the partner's.
func Operations(api *web.API, s *Service) {
	o := operations{s}
	op := func(method, path, summary string) huma.Operation {
		return huma.Operation{Method: method, Path: path, Tags: []string{"referrals"}, Summary: summary}
	}
	sent := func(x huma.Operation, status int, body string) huma.Operation {
		x.RequestBody, x.DefaultStatus = web.Sent(body), status
		return x
	}
	read, refer, both := string(access.CaseRead), string(access.ReferralRefer), string(access.SignedIn)
	const order = `"services":["0197a3c2-5b1e-7d40-8a6f-3c2b1e0d4f5a"],"kind":"referral","urgency":"day","asked":"(what is asked)","why":"(why)","fields":["called","age","contact"]`
	web.Operation(api, op(http.MethodGet, "/referrals", "Referrals of the cases one may open, newest first"), read, o.find)
	web.Act(api, sent(op(http.MethodPost, "/cases/{id}/referrals", "Refer a client to a service, or to several for one need"), http.StatusCreated, `{`+order+`}`),
		refer, o.refer, o.referredAgain)
	web.Operation(api, op(http.MethodGet, "/referrals/{id}", "A referral with its moves, for the office or the partner it was sent to"), both, o.get)
	web.Act(api, sent(op(http.MethodPatch, "/referrals/{id}", "Change a draft as a whole"), 0, `{`+order+`}`), refer, o.change,
		func(ctx context.Context, in *referralDraftInput, _ web.Made) (*oneOutput, error) {
			return o.get(ctx, &in.NamedInput)
		})
	web.Act(api, sent(op(http.MethodPost, "/referrals/{id}/moves", "Bring a referral to another state"), 0, `{"to":"accepted","next_on":"2026-11-27","words":"(what was said)"}`), both, o.move,
		func(ctx context.Context, in *referralMoveInput, _ web.Made) (*oneOutput, error) {
			return o.get(ctx, &in.NamedInput)
		})
	web.Operation(api, op(http.MethodGet, "/referrals/{id}/messages", "What the two sides wrote, newest first"), both, o.messages)
	web.Act(api, sent(op(http.MethodPost, "/referrals/{id}/messages", "Write to the other side"), http.StatusCreated, `{"text":"(message)"}`), both, o.write, o.writtenAgain)
}

func (o operations) find(ctx context.Context, in *referralsInput) (*findOutput, error) {
	f := Filter{Status: in.Status, Mine: in.Mine, Limit: in.Limit}
	v := listView{}
	if in.Late {
		f.Group = "late"
	}
	v.Group = f.Group
	v.readCursor(in.Cursor)
	if in.Cursor != "" && v.Before == "" && v.Late.ID.IsZero() {
		return nil, web.BadCursor()
	}
	f.Before, f.Late = v.Before, v.Late
	found, err := o.s.Find(ctx, access.From(ctx), f)
	if err != nil {
		return nil, err
	}
	out := &findOutput{}
	out.Body.Items = make([]ListedJSON, len(found.Items))
	for i, x := range found.Items {
		out.Body.Items[i] = listedJSON(x, o.s.now())
	}
	if v.Found = found; found.More {
		next := v.cursor()
		out.Body.Next = &next
	}
	return out, nil
}

func (o operations) get(ctx context.Context, in *NamedInput) (*oneOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	w, err := o.s.Open(ctx, access.From(ctx), id)
	if err != nil {
		return nil, err
	}
	return &oneOutput{Status: http.StatusOK, ETag: web.ETag(w.Version), Body: whole(w, o.s.now())}, nil
}

func (o operations) refer(ctx context.Context, in *referInput) (*orderedOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	order, err := in.Body.order()
	if err != nil {
		return nil, err
	}
	act := o.s.Refer
	if in.Body.Draft {
		act = o.s.Draft
	}
	ids, err := act(ctx, access.From(ctx), id, order)
	if err != nil {
		return nil, err
	}
	return o.ordered(ctx, ids)
}

func (o operations) ordered(ctx context.Context, ids []db.ID) (*orderedOutput, error) {
	out := &orderedOutput{Status: http.StatusCreated}
	for _, id := range ids {
		w, err := o.s.Open(ctx, access.From(ctx), id)
		if err != nil {
			return nil, err
		}
		out.Body.Items = append(out.Body.Items, whole(w, o.s.now()))
	}
	return out, nil
}

func (o operations) referredAgain(ctx context.Context, _ *referInput, m web.Made) (*orderedOutput, error) {
	id, err := m.Of("referral")
	if err != nil {
		return nil, err
	}
	w, err := o.s.Open(ctx, access.From(ctx), id)
	if err != nil {
		return nil, err
	}
	ids := []db.ID{id}
	for _, x := range w.Siblings {
		ids = append(ids, x.ID)
	}
	return o.ordered(ctx, ids)
}

func (o operations) change(ctx context.Context, in *referralDraftInput) (*oneOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	version, err := web.IfMatch(in.IfMatch)
	if err != nil {
		return nil, err
	}
	order, err := in.Body.order()
	if err == nil {
		err = o.s.ChangeDraft(ctx, access.From(ctx), id, version, order)
	}
	if err != nil {
		return nil, err
	}
	return o.get(ctx, &in.NamedInput)
}

func (o operations) move(ctx context.Context, in *referralMoveInput) (*oneOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	version, err := web.IfMatch(in.IfMatch)
	if err != nil {
		return nil, err
	}
	b := in.Body
	st := Step{To: b.To, Reason: b.Reason, Outcome: b.Outcome, Place: b.Place, NextOn: web.OptionalDay(b.NextOn), Words: b.Words, By: b.By, Version: version}
	if err := o.s.Move(ctx, access.From(ctx), id, st); err != nil {
		return nil, err
	}
	return o.get(ctx, &in.NamedInput)
}

func (o operations) messages(ctx context.Context, in *messagesInput) (*messagesOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	before := db.ID{}
	if parts, err := web.NextPage(in.Cursor, 1); err != nil {
		return nil, err
	} else if parts != nil {
		if before, err = db.ParseID(parts[0]); err != nil {
			return nil, web.BadCursor()
		}
	}
	list, more, err := o.s.Messages(ctx, access.From(ctx), id, before)
	if err != nil {
		return nil, err
	}
	out := &messagesOutput{}
	out.Body.Items = make([]MessageJSON, len(list))
	for i, m := range list {
		out.Body.Items[len(list)-1-i] = messageJSON(m)
	}
	if more {
		next := web.Cursor(list[0].ID.String())
		out.Body.Next = &next
	}
	return out, nil
}

func (o operations) write(ctx context.Context, in *messageInput) (*messageOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	m, err := o.s.Write(ctx, access.From(ctx), id, in.Body.Text)
	if err != nil {
		return nil, err
	}
	return &messageOutput{http.StatusCreated, messageJSON(m)}, nil
}

// writtenAgain answers with the message that was written: the last of one's own.
func (o operations) writtenAgain(ctx context.Context, in *messageInput, m web.Made) (*messageOutput, error) {
	id, err := m.Of("referral_message")
	if err != nil {
		return nil, err
	}
	of, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	list, _, err := o.s.Messages(ctx, access.From(ctx), of, db.ID{})
	if err != nil {
		return nil, err
	}
	for _, x := range list {
		if x.ID == id {
			return &messageOutput{http.StatusCreated, messageJSON(x)}, nil
		}
	}
	return nil, fault.NotFound()
}
