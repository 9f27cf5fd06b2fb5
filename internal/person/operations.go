package person

import (
	"context"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/web"
)

// listInput is the question of a list of people.
type listInput struct {
	Q       string `query:"q" maxLength:"500" doc:"beginnings of words of the name in any order, a whole NIK, or a phone"`
	Village string `query:"village" maxLength:"13" doc:"region code of a village"`
	Limit   int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"how many on a page"`
	Cursor  string `query:"cursor" maxLength:"1000" doc:"next of the page before"`
	Total   bool   `query:"total" doc:"count all, exactly"`
}

type searchInput struct {
	Body struct {
		Q       string `json:"q" maxLength:"500"`
		Village string `json:"village" required:"false" maxLength:"13"`
		Limit   int    `json:"limit" required:"false" minimum:"1" maximum:"200" default:"50"`
		Cursor  string `json:"cursor" required:"false" maxLength:"1000"`
		Total   bool   `json:"total" required:"false"`
	}
}

type listOutput struct{ Body web.Page[SummaryJSON] }

type personOutput struct {
	ETag string `header:"ETag"`
	Body JSON
}

// TwinsJSON are the likely twins because of whom nothing was written.
type TwinsJSON struct {
	Duplicates []TwinJSON `json:"duplicates" nullable:"false"`
}

// AddedJSON is a new person, or, with status 200, the likely twins because of whom nothing was written.
type AddedJSON struct {
	*JSON
	Duplicates []TwinJSON `json:"duplicates,omitempty"`
}

type addedOutput struct {
	Status   int
	Location string `header:"Location"`
	ETag     string `header:"ETag"`
	Body     AddedJSON
}

type idInput struct {
	ID string `path:"id" format:"uuid" doc:"of the person"`
}

type changeInput struct {
	ID      string `path:"id" format:"uuid" doc:"of the person"`
	IfMatch string `header:"If-Match" doc:"the ETag of what was read"`
	Body    ChangedPersonJSON
}

// Operations registers what machines can do with people.
func Operations(api *web.API, s *Service) {
	read, write, tag := string(access.PersonRead), string(access.PersonWrite), []string{"people"}
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/people", Tags: tag, Summary: "People by name, NIK or phone, in the order of their names"}, read,
		func(ctx context.Context, in *listInput) (*listOutput, error) { return s.listJSON(ctx, *in) })
	web.Operation(api, huma.Operation{Method: http.MethodPost, Path: "/people/search", Tags: tag, Summary: "The same, for a NIK or a phone that should stand in no address",
		RequestBody: web.Sent(`{"q":"0800 0000 1234"}`)}, read,
		func(ctx context.Context, in *searchInput) (*listOutput, error) {
			return s.listJSON(ctx, listInput(in.Body))
		})
	web.Act(api, huma.Operation{Method: http.MethodPost, Path: "/people", Tags: tag, DefaultStatus: http.StatusCreated,
		Summary:     "Keep a new person; 200 with the likely twins and nothing written where there are some",
		RequestBody: web.Sent(newPersonExample), Responses: addedAnswers(api)}, write, s.addJSON, s.addedAgain)
	web.Operation(api, huma.Operation{Method: http.MethodGet, Path: "/people/{id}", Tags: tag, Summary: "A person with all facts"}, read, s.getJSON)
	web.Act(api, huma.Operation{Method: http.MethodPatch, Path: "/people/{id}", Tags: tag,
		Summary: "Change facts of a person; what is left out stays as it is, null empties it", RequestBody: web.Sent(`{"work":"penjahit","nik":null}`)}, write, s.changeJSON,
		func(ctx context.Context, in *changeInput, _ web.Made) (*personOutput, error) {
			return s.getJSON(ctx, &idInput{ID: in.ID})
		})
}

const newPersonExample = `{"name":"Contoh","sex":"f","birth_date":"1990-05-01","phones":[{"number":"0800 0000 1234","safe_to_call":true}],
"address":{"village_code":"21.72.04.1002","rw":"03","rt":"01"}}`

// addedAnswers are the two good answers to a new person: kept, or likely twins and nothing written.
func addedAnswers(api *web.API) map[string]*huma.Response {
	return map[string]*huma.Response{"201": api.Answer("Kept", reflect.TypeFor[JSON]()),
		"200": api.Answer("Nothing was written: these may be the same person. Send accept_duplicates to keep this one too", reflect.TypeFor[TwinsJSON]())}
}

func (s *Service) listJSON(ctx context.Context, in listInput) (*listOutput, error) {
	a, q := access.From(ctx), Search{Query: in.Q, Village: in.Village, Limit: web.Limit(in.Limit)}
	var err error
	if q.After, err = placeOf(in.Cursor); err != nil {
		return nil, err
	}
	list, more, err := s.Search(ctx, a, q)
	if err != nil {
		return nil, err
	}
	out := &listOutput{Body: web.Page[SummaryJSON]{Items: []SummaryJSON{}}}
	for _, f := range list {
		out.Body.Items = append(out.Body.Items, toSummary(f.Person))
	}
	if more {
		next := cursorOf(list[len(list)-1])
		out.Body.Next = &next
	}
	if in.Total {
		n, err := s.Count(ctx, a, q)
		if err != nil {
			return nil, err
		}
		out.Body.Total = &n
	}
	return out, nil
}

func cursorOf(f Found) string { return web.Cursor(f.NameKey, f.ID.String()) }

func placeOf(cursor string) (Place, error) {
	parts, err := web.NextPage(cursor, 2)
	if err != nil || parts == nil {
		return Place{}, err
	}
	id, err := db.ParseID(parts[1])
	if err != nil {
		return Place{}, web.BadCursor()
	}
	return Place{NameKey: parts[0], ID: id}, nil
}

func (s *Service) addJSON(ctx context.Context, in *struct{ Body NewPersonJSON }) (*addedOutput, error) {
	p := Person{Name: in.Body.Name, ExternalID: in.Body.ExternalID}
	in.Body.apply(&p)
	added, err := s.Add(ctx, access.From(ctx), p, in.Body.AcceptDuplicates)
	if err != nil {
		return nil, err
	}
	if len(added.Twins) > 0 {
		return &addedOutput{Status: http.StatusOK, Body: AddedJSON{Duplicates: toTwins(added.Twins)}}, nil
	}
	return kept(ctx, added.Person), nil
}

func kept(ctx context.Context, p Person) *addedOutput {
	body := toJSON(ctx, p)
	return &addedOutput{Status: http.StatusCreated, Location: "/api/v1/people/" + body.ID, ETag: web.ETag(p.Version), Body: AddedJSON{JSON: &body}}
}

// addedAgain is the answer to a person who was kept and whose answer was lost (web.Act).
func (s *Service) addedAgain(ctx context.Context, _ *struct{ Body NewPersonJSON }, m web.Made) (*addedOutput, error) {
	id, err := m.Of("person")
	if err != nil {
		return nil, err
	}
	p, err := s.Get(ctx, access.From(ctx), id, "api")
	if err != nil {
		return nil, err
	}
	return kept(ctx, p), nil
}

func (s *Service) getJSON(ctx context.Context, in *idInput) (*personOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	p, err := s.Get(ctx, access.From(ctx), id, "api")
	if err != nil {
		return nil, err
	}
	return &personOutput{ETag: web.ETag(p.Version), Body: toJSON(ctx, p)}, nil
}

func (s *Service) changeJSON(ctx context.Context, in *changeInput) (*personOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	a := access.From(ctx)
	old, err := s.Get(ctx, a, id, "api")
	if err != nil {
		return nil, err
	}
	version, err := web.IfMatch(in.IfMatch)
	if err != nil {
		return nil, err
	}
	p := old
	p.Version = version
	in.Body.Name.into(&p.Name)
	in.Body.apply(&p)
	if p, err = s.Change(ctx, a, p); err != nil {
		return nil, err
	}
	return &personOutput{ETag: web.ETag(p.Version), Body: toJSON(ctx, p)}, nil
}
