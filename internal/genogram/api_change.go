package genogram

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

// NewRelative is somebody who is drawn beside another; a schema of the document, so it must be exported.
type NewRelative struct {
	To             string  `json:"to" format:"uuid" doc:"beside whom"`
	As             string  `json:"as" enum:"partner,child,parent,sibling"`
	Manner         string  `json:"manner,omitempty" maxLength:"40" doc:"of the union (married, separated, divorced, not_married) or of the parents (biological, adoptive, foster, step)"`
	OtherParent    string  `json:"other_parent,omitempty" format:"uuid" doc:"of a child"`
	Place          string  `json:"place" enum:"house,member,kin" doc:"in the household, of the family but elsewhere, or kin alone"`
	Person         string  `json:"person,omitempty" format:"uuid" doc:"somebody on record; else a new person of this name"`
	Name           string  `json:"name,omitempty" maxLength:"200"`
	Sex            string  `json:"sex,omitempty" enum:"f,m,"`
	BirthDate      *string `json:"birth_date,omitempty" format:"date"`
	BirthPrecision string  `json:"birth_precision,omitempty" enum:"day,month,year,estimate,"`
	DiedOn         *string `json:"died_on,omitempty" format:"date"`
	DiedPrecision  string  `json:"died_precision,omitempty" enum:"day,month,year,unknown,"`
	Accept         bool    `json:"accept_duplicates,omitempty" doc:"they are different people: keep this one too"`
}

// NewLine is a line between two people; a schema of the document, so it must be exported.
type NewLine struct {
	From   string  `json:"from" format:"uuid" doc:"of a parent line the parent"`
	To     string  `json:"to" format:"uuid"`
	Kind   string  `json:"kind" enum:"spouse,parent,guardian,other,bond"`
	Manner string  `json:"manner" minLength:"1" maxLength:"40" doc:"such as married, biological, sibling; of a bond close, conflict, violence …"`
	Since  *string `json:"since,omitempty" format:"date"`
	Until  *string `json:"until,omitempty" format:"date"`
}

type relativeInput struct {
	ID   string `path:"id" doc:"of the family"`
	Body NewRelative
}

type lineInput struct {
	ID   string `path:"id" doc:"of the family"`
	Body NewLine
}

type lineRemoval struct {
	ID   string `path:"id" doc:"of the family"`
	Line string `path:"line" format:"uuid" doc:"of the line"`
}

func changeOperations(api *web.API, s *Service) {
	o, tags, write := sheets{s}, []string{"people"}, string(access.PersonWrite)
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/families/{id}/genogram/people", Tags: tags, Summary: "Draw somebody beside another",
		RequestBody: web.Sent(`{"to":"01900000-0000-7000-8000-000000000001","as":"child","manner":"biological","place":"house","name":"Contoh","sex":"f"}`)}, write, o.addRelative,
		func(ctx context.Context, in *relativeInput, _ web.Made) (*output, error) { return o.read(ctx, in.ID) })
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/families/{id}/genogram/lines", Tags: tags, Summary: "Draw a line between two people, or draw it anew",
		RequestBody: web.Sent(`{"from":"01900000-0000-7000-8000-000000000001","to":"01900000-0000-7000-8000-000000000002","kind":"bond","manner":"close"}`)}, write, o.addLine,
		func(ctx context.Context, in *lineInput, _ web.Made) (*output, error) { return o.read(ctx, in.ID) })
	web.Act(api, huma.Operation{Method: http.MethodDelete, Path: "/families/{id}/genogram/lines/{line}", Tags: tags, Summary: "Take a line away", DefaultStatus: http.StatusOK}, write, o.removeLine,
		func(ctx context.Context, in *lineRemoval, _ web.Made) (*output, error) { return o.read(ctx, in.ID) })
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/families/{id}/genogram/undo", Tags: tags, Summary: "Take back one's own last change of the drawing",
		DefaultStatus: http.StatusOK}, write, o.undo,
		func(ctx context.Context, in *input, _ web.Made) (*output, error) { return o.read(ctx, in.ID) })
}

type sheets struct{ s *Service }

func (o sheets) read(ctx context.Context, family string) (*output, error) {
	id, err := web.AddressID(family)
	if err != nil {
		return nil, err
	}
	d, err := o.s.Open(ctx, access.From(ctx), id, db.ID{}, "api")
	if err != nil {
		return nil, err
	}
	return &output{toJSON(d)}, nil
}

// on runs a change of the family an address names and answers with the whole drawing.
func (o sheets) on(ctx context.Context, family string, act func(a access.Actor, id db.ID) error) (*output, error) {
	id, err := web.AddressID(family)
	if err == nil {
		err = act(access.From(ctx), id)
	}
	if err != nil {
		return nil, err
	}
	return o.read(ctx, family)
}

func (o sheets) addRelative(ctx context.Context, in *relativeInput) (*output, error) {
	return o.on(ctx, in.ID, func(a access.Actor, family db.ID) error {
		b := in.Body
		x := Relative{As: b.As, Manner: b.Manner, Place: b.Place, Accept: b.Accept,
			Person: person.Person{Name: b.Name, Sex: b.Sex, BirthDate: web.OptionalDay(b.BirthDate), BirthPrecision: b.BirthPrecision, DiedOn: web.OptionalDay(b.DiedOn), DiedPrecision: b.DiedPrecision}}
		if err := web.ReadIDs(web.IDs{"to": {Text: b.To, Into: &x.To}, "other_parent": {Text: b.OtherParent, Into: &x.Other}, "person": {Text: b.Person, Into: &x.Person.ID}}); err != nil {
			return err
		}
		_, twins, err := o.s.Add(ctx, a, family, x)
		if err == nil && len(twins) > 0 {
			err = fault.Conflict("likely_duplicates", "genogram.likely")
		}
		return err
	})
}

func (o sheets) addLine(ctx context.Context, in *lineInput) (*output, error) {
	return o.on(ctx, in.ID, func(a access.Actor, family db.ID) error {
		b := in.Body
		var from, to db.ID
		if err := web.ReadIDs(web.IDs{"from": {Text: b.From, Into: &from}, "to": {Text: b.To, Into: &to}}); err != nil {
			return err
		}
		if b.Kind == "bond" {
			return o.s.Bond(ctx, a, family, person.Bond{From: from, To: to, Kind: b.Manner})
		}
		return o.s.Relate(ctx, a, family, person.Relation{From: from, To: to, Kind: b.Kind, Manner: b.Manner, Since: web.OptionalDay(b.Since), Until: web.OptionalDay(b.Until)})
	})
}

func (o sheets) removeLine(ctx context.Context, in *lineRemoval) (*output, error) {
	return o.on(ctx, in.ID, func(a access.Actor, family db.ID) error {
		line, err := web.AddressID(in.Line)
		if err != nil {
			return err
		}
		return o.s.Remove(ctx, a, family, line)
	})
}

func (o sheets) undo(ctx context.Context, in *input) (*output, error) {
	return o.on(ctx, in.ID, func(a access.Actor, family db.ID) error { return o.s.Undo(ctx, a, family) })
}
