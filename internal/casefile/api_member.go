package casefile

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

// memberID reads whom a field names; empty is nobody.
func memberID(field, text string) (id db.ID, err error) {
	if text == "" {
		return id, nil
	}
	if id, err = db.ParseID(text); err != nil {
		err = fault.Invalid(fault.Field(field, "unknown", "error.unknown_id"))
	}
	return id, err
}

// MemberJSON is someone of a case's client.
type MemberJSON struct {
	ID       *string `json:"id" doc:"null for someone of a family of whom no note stands alone yet; the person's id names them"`
	PersonID *string `json:"person_id" doc:"null where only the name is known"`
	Name     string  `json:"name" example:"Contoh"`
	JoinedOn *string `json:"joined_on" format:"date"`
	LeftOn   *string `json:"left_on" format:"date"`
}

func memberJSON(m Member) MemberJSON {
	return MemberJSON{ID: web.Optional(m.ID.String()), PersonID: web.Optional(m.Person.String()), Name: m.Name, JoinedOn: web.Optional(string(m.JoinedOn)), LeftOn: web.Optional(string(m.LeftOn))}
}

type membersOutput struct {
	Body struct {
		Items []MemberJSON `json:"items" nullable:"false" doc:"all of them, by name; at most 200 in a group"`
	}
}

type memberOutput struct {
	Location string `header:"Location"`
	Body     MemberJSON
}

type joinInput struct {
	IDInput
	Body struct {
		PersonID string  `json:"person_id,omitempty" maxLength:"36" doc:"somebody from the register; or else a name"`
		Name     string  `json:"name,omitempty" maxLength:"200"`
		JoinedOn *string `json:"joined_on,omitempty" format:"date" doc:"today when left out"`
	}
}

type leaveInput struct {
	IDInput
	Member string `path:"member" format:"uuid" doc:"of the group"`
	Body   struct {
		LeftOn *string `json:"left_on" format:"date" doc:"null takes it back"`
	}
}

// memberOperations registers the operations of the members of a case's client.
func memberOperations(api *web.API, o operations) {
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/cases/{id}/members", Tags: []string{"groups"}, Summary: "Members of a group, or the people of a family"}, string(access.CaseRead), o.members)
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/cases/{id}/members", Tags: []string{"groups"}, Summary: "Take somebody into the group", DefaultStatus: http.StatusCreated,
		RequestBody: web.Sent(`{"name":"(name)","joined_on":"2026-11-02"}`)}, string(access.CaseWork), o.join, o.joinedAgain)
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/cases/{id}/members/{member}/leave", Tags: []string{"groups"}, Summary: "Keep the day a member left",
		RequestBody: web.Sent(`{"left_on":"2026-11-20"}`)}, string(access.CaseWork), o.leave, o.leftAgain)
}

func (o operations) members(ctx context.Context, in *IDInput) (*membersOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	list, err := o.s.Members(ctx, access.From(ctx), id)
	if err != nil {
		return nil, err
	}
	out := &membersOutput{}
	out.Body.Items = make([]MemberJSON, len(list))
	for i, m := range list {
		out.Body.Items[i] = memberJSON(m)
	}
	return out, nil
}

func (o operations) join(ctx context.Context, in *joinInput) (*memberOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	n := NewMember{Name: in.Body.Name}
	if n.Person, err = memberID("person_id", in.Body.PersonID); err != nil {
		return nil, err
	}
	if in.Body.JoinedOn != nil {
		n.JoinedOn = db.Date(*in.Body.JoinedOn)
	}
	m, err := o.s.AddMember(ctx, access.From(ctx), id, n)
	if err != nil {
		return nil, err
	}
	return joined(in.ID, m), nil
}

func joined(caseID string, m Member) *memberOutput {
	return &memberOutput{Location: "/api/v1/cases/" + caseID + "/members", Body: memberJSON(m)}
}

// memberAgain is a member of a case as they stand.
func (o operations) memberAgain(ctx context.Context, caseID string, id db.ID) (*memberOutput, error) {
	in, err := web.AddressID(caseID)
	if err != nil {
		return nil, err
	}
	list, err := o.s.Members(ctx, access.From(ctx), in)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(list, func(m Member) bool { return m.ID == id })
	if i < 0 {
		return nil, fault.NotFound()
	}
	return joined(caseID, list[i]), nil
}

func (o operations) joinedAgain(ctx context.Context, in *joinInput, m web.Made) (*memberOutput, error) {
	id, err := m.Of("member")
	if err != nil {
		return nil, err
	}
	return o.memberAgain(ctx, in.ID, id)
}

func (o operations) leave(ctx context.Context, in *leaveInput) (*memberOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	member, err := web.AddressID(in.Member)
	if err != nil {
		return nil, err
	}
	left := db.Date("")
	if in.Body.LeftOn != nil {
		left = db.Date(*in.Body.LeftOn)
	}
	m, err := o.s.EndMember(ctx, access.From(ctx), id, member, left)
	if err != nil {
		return nil, err
	}
	return joined(in.ID, m), nil
}

func (o operations) leftAgain(ctx context.Context, in *leaveInput, m web.Made) (*memberOutput, error) {
	id, err := m.Of("member")
	if err != nil {
		return nil, err
	}
	return o.memberAgain(ctx, in.ID, id)
}
