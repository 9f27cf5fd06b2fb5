package genogram

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/web"
)

// SystemJSON is a system around a household.
type SystemJSON struct {
	ID       string  `json:"id" doc:"a change goes on under another"`
	Name     string  `json:"name" example:"(who or what)"`
	Kind     string  `json:"kind" enum:"school,work,health,religion,kin,friends,neighbours,services,law,money,other"`
	Strength string  `json:"strength" enum:"strong,tenuous,stressful"`
	Flow     string  `json:"flow" enum:"both,in,out,none" doc:"where support goes; in is to the household"`
	Note     string  `json:"note"`
	Since    db.Time `json:"since" format:"date-time"`
	EndedAt  db.Time `json:"ended_at" format:"date-time" nullable:"true"`
	By       string  `json:"by" example:"Contoh"`
}

// EcomapJSON is what surrounds the household of a case.
type EcomapJSON struct {
	Systems []SystemJSON `json:"systems" nullable:"false"`
	Former  []SystemJSON `json:"former" nullable:"false" doc:"what has ended, and what those that stand were before they were changed"`
}

// NewSystem is a system as it is told; a schema of the document, so it must be exported.
type NewSystem struct {
	Name     string `json:"name" minLength:"1" maxLength:"200"`
	Kind     string `json:"kind" enum:"school,work,health,religion,kin,friends,neighbours,services,law,money,other"`
	Strength string `json:"strength" enum:"strong,tenuous,stressful"`
	Flow     string `json:"flow" enum:"both,in,out,none"`
	Note     string `json:"note,omitempty" maxLength:"500"`
}

func (n NewSystem) surrounding() Surrounding {
	return Surrounding{Kind: n.Kind, Strength: n.Strength, Flow: n.Flow, Told: Told{Name: n.Name, Note: n.Note}}
}

type ecoInput struct {
	ID string `path:"id" format:"uuid" doc:"of the case"`
}

type ecoOutput struct{ Body EcomapJSON }

type systemInput struct {
	ID   string `path:"id" format:"uuid" doc:"of the case"`
	Body NewSystem
}

type systemChange struct {
	ID     string `path:"id" format:"uuid" doc:"of the case"`
	System string `path:"system" format:"uuid" doc:"of the system as it stands"`
	Body   NewSystem
}

type systemEnd struct {
	ID     string `path:"id" format:"uuid" doc:"of the case"`
	System string `path:"system" format:"uuid" doc:"of the system as it stands"`
}

type ecomaps struct{ s *Service }

func ecomapOperations(api *web.API, s *Service) {
	o, tags := ecomaps{s}, []string{"people"}
	read, work := string(access.CaseRead), string(access.CaseWork)
	sent := web.Sent(`{"name":"(who or what)","kind":"school","strength":"stressful","flow":"none"}`)
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/cases/{id}/ecomap", Tags: tags, Summary: "What surrounds the household of a case, and what did"}, read, o.read)
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/cases/{id}/ecomap", Tags: tags, Summary: "Add a system to the ecomap", RequestBody: sent}, work,
		o.add, func(ctx context.Context, in *systemInput, _ web.Made) (*ecoOutput, error) {
			return o.read(ctx, &ecoInput{in.ID})
		})
	web.Act(api, huma.Operation{Method: http.MethodPut, Path: "/cases/{id}/ecomap/{system}", Tags: tags, Summary: "Tell a system anew; what it was stays on record", RequestBody: sent}, work,
		o.change, func(ctx context.Context, in *systemChange, _ web.Made) (*ecoOutput, error) {
			return o.read(ctx, &ecoInput{in.ID})
		})
	web.Act(api, huma.Operation{Method: http.MethodDelete, Path: "/cases/{id}/ecomap/{system}", Tags: tags, Summary: "Take a system off the ecomap; it stays on record",
		DefaultStatus: http.StatusOK}, work,
		o.end, func(ctx context.Context, in *systemEnd, _ web.Made) (*ecoOutput, error) {
			return o.read(ctx, &ecoInput{in.ID})
		})
}

func (o ecomaps) read(ctx context.Context, in *ecoInput) (*ecoOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	m, err := o.s.Surroundings(ctx, access.From(ctx), id)
	if err != nil {
		return nil, err
	}
	out := &ecoOutput{EcomapJSON{Systems: []SystemJSON{}, Former: []SystemJSON{}}}
	for _, x := range m {
		j := SystemJSON{x.ID.String(), x.Name, x.Kind, x.Strength, x.Flow, x.Note, x.At, x.Ended, x.By}
		if x.Ended.IsZero() {
			out.Body.Systems = append(out.Body.Systems, j)
		} else {
			out.Body.Former = append(out.Body.Former, j)
		}
	}
	return out, nil
}

// on runs a change of the case an address names and answers with the whole map.
func (o ecomaps) on(ctx context.Context, caseID string, act func(a access.Actor, id db.ID) error) (*ecoOutput, error) {
	id, err := web.AddressID(caseID)
	if err == nil {
		err = act(access.From(ctx), id)
	}
	if err != nil {
		return nil, err
	}
	return o.read(ctx, &ecoInput{caseID})
}

func (o ecomaps) add(ctx context.Context, in *systemInput) (*ecoOutput, error) {
	return o.on(ctx, in.ID, func(a access.Actor, id db.ID) error {
		_, err := o.s.Surround(ctx, a, id, in.Body.surrounding())
		return err
	})
}

func (o ecomaps) change(ctx context.Context, in *systemChange) (*ecoOutput, error) {
	return o.on(ctx, in.ID, func(a access.Actor, id db.ID) error {
		x := in.Body.surrounding()
		var err error
		if x.ID, err = web.AddressID(in.System); err == nil {
			_, err = o.s.ChangeSurrounding(ctx, a, id, x)
		}
		return err
	})
}

func (o ecomaps) end(ctx context.Context, in *systemEnd) (*ecoOutput, error) {
	return o.on(ctx, in.ID, func(a access.Actor, id db.ID) error {
		system, err := web.AddressID(in.System)
		if err == nil {
			err = o.s.EndSurrounding(ctx, a, id, system)
		}
		return err
	})
}
