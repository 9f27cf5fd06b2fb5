package supervision

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/web"
)

type professionInput struct {
	WorkerInput
	Body struct {
		Profession string `json:"profession" maxLength:"200" doc:"a code of the office's list; empty takes it away"`
	}
}

type licenceInput struct {
	WorkerInput
	Body struct {
		Kind      string  `json:"kind" enum:"str,sipp,sip,certificate,other"`
		Number    string  `json:"number" minLength:"1" maxLength:"200"`
		ExpiresOn *string `json:"expires_on,omitempty" format:"date" doc:"left out where it holds for life"`
	}
}

type trainingInput struct {
	WorkerInput
	Body struct {
		Name   string `json:"name" minLength:"1" maxLength:"200"`
		HeldOn string `json:"held_on" format:"date"`
		Hours  int    `json:"hours" minimum:"1" maximum:"2000"`
	}
}

type entryInput struct {
	WorkerInput
	Entry string `path:"entry" format:"uuid" doc:"of the licence or training"`
}

// recordOperations change what a worker is able and licensed to do; each answers with the whole record.
func (o operations) recordOperations(api *web.API) {
	tag, own := []string{"supervision"}, string(access.CompetenceOwn)
	const record = "/colleagues/{user}/competence"
	web.Act(api, huma.Operation{Method: http.MethodPut, Path: record + "/profession", Tags: tag, Summary: "Say which profession a worker has",
		RequestBody: web.Sent(`{"profession":"social_worker"}`)}, string(access.TeamRead), o.setProfession,
		func(ctx context.Context, in *professionInput, _ web.Made) (*competenceOutput, error) {
			return o.competence(ctx, &in.WorkerInput)
		})
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: record + "/licences", Tags: tag, Summary: "Add a licence",
		RequestBody: web.Sent(`{"kind":"str","number":"(number)","expires_on":"2029-12-31"}`)}, own, o.addLicence,
		func(ctx context.Context, in *licenceInput, _ web.Made) (*competenceOutput, error) {
			return o.competence(ctx, &in.WorkerInput)
		})
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: record + "/trainings", Tags: tag, Summary: "Add a training",
		RequestBody: web.Sent(`{"name":"(name)","held_on":"2026-05-02","hours":16}`)}, own, o.addTraining,
		func(ctx context.Context, in *trainingInput, _ web.Made) (*competenceOutput, error) {
			return o.competence(ctx, &in.WorkerInput)
		})
	web.Act(api, huma.Operation{Method: http.MethodDelete, Path: record + "/entries/{entry}", Tags: tag, Summary: "Take a licence or a training off the record",
		DefaultStatus: http.StatusOK}, own, o.endEntry,
		func(ctx context.Context, in *entryInput, _ web.Made) (*competenceOutput, error) {
			return o.competence(ctx, &in.WorkerInput)
		})
}

// onRecord runs an act on the record an address names and answers with the whole of it.
func (o operations) onRecord(ctx context.Context, in *WorkerInput, act func(a access.Actor, worker db.ID) error) (*competenceOutput, error) {
	worker, err := web.AddressID(in.User)
	if err == nil {
		err = act(access.From(ctx), worker)
	}
	if err != nil {
		return nil, err
	}
	return o.competence(ctx, in)
}

func (o operations) setProfession(ctx context.Context, in *professionInput) (*competenceOutput, error) {
	return o.onRecord(ctx, &in.WorkerInput, func(a access.Actor, worker db.ID) error {
		return o.s.SetProfession(ctx, a, worker, in.Body.Profession)
	})
}

func (o operations) addLicence(ctx context.Context, in *licenceInput) (*competenceOutput, error) {
	return o.onRecord(ctx, &in.WorkerInput, func(a access.Actor, worker db.ID) error {
		_, err := o.s.AddLicence(ctx, a, worker, Licence{Kind: in.Body.Kind, Number: in.Body.Number, ExpiresOn: web.OptionalDay(in.Body.ExpiresOn)})
		return err
	})
}

func (o operations) addTraining(ctx context.Context, in *trainingInput) (*competenceOutput, error) {
	return o.onRecord(ctx, &in.WorkerInput, func(a access.Actor, worker db.ID) error {
		_, err := o.s.AddTraining(ctx, a, worker, Training{Name: in.Body.Name, HeldOn: db.Date(in.Body.HeldOn), Hours: in.Body.Hours})
		return err
	})
}

func (o operations) endEntry(ctx context.Context, in *entryInput) (*competenceOutput, error) {
	return o.onRecord(ctx, &in.WorkerInput, func(a access.Actor, worker db.ID) error {
		entry, err := web.AddressID(in.Entry)
		if err != nil {
			return err
		}
		return o.s.End(ctx, a, worker, entry)
	})
}
