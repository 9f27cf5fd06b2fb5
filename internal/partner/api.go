package partner

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/web"
)

type operations struct{ d *Directory }

// IDInput is the entry an address names; exported because embedded fields of unexported types are not read.
type IDInput struct {
	ID string `path:"id" format:"uuid" doc:"of the entry"`
}

type partnersInput struct {
	Q      string `query:"q" maxLength:"200" doc:"words of the name; then there is one page"`
	Ended  bool   `query:"ended" doc:"those that ended, in place of those that are active"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"how many on a page"`
	Cursor string `query:"cursor" maxLength:"2000" doc:"next of the page before"`
}

type partnersOutput struct{ Body web.Page[OrganisationJSON] }

type partnerOutput struct {
	Status   int
	ETag     string `header:"ETag"`
	Location string `header:"Location"`
	Body     OrganisationJSON
}

type servicesInput struct {
	Q          string `query:"q" maxLength:"200" doc:"words of the name of the service or of its partner"`
	Need       string `query:"need" maxLength:"60" doc:"a category of the office: those who deal with it, and those who take any"`
	Near       string `query:"near" maxLength:"13" doc:"code of the region where the client lives: those who serve it"`
	OpenNow    bool   `query:"open_now"`
	FreePlace  bool   `query:"free_place" doc:"with a place free now"`
	Free       bool   `query:"free_of_charge"`
	Age        int    `query:"age" minimum:"-1" maximum:"120" default:"-1" doc:"of the client; -1 asks nothing"`
	Sex        string `query:"sex" enum:"f,m,any" default:"any"`
	Language   string `query:"language" maxLength:"3" doc:"ISO 639 code, sgn for signs"`
	Wheelchair bool   `query:"wheelchair"`
	Limit      int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"how many on a page"`
	Cursor     string `query:"cursor" maxLength:"2000" doc:"next of the page before"`
	Total      bool   `query:"total"`
}

type servicesOutput struct{ Body web.Page[FittingServiceJSON] }

type serviceOutput struct {
	Status   int
	ETag     string `header:"ETag"`
	Location string `header:"Location"`
	Body     OfferedServiceJSON
}

type addressOutput struct{ Body PlaceAddressJSON }

type newPartnerInput struct{ Body OrganisationWriteJSON }

type changePartnerInput struct {
	IDInput
	IfMatch string `header:"If-Match" doc:"the ETag of what was read"`
	Body    OrganisationWriteJSON
}

type newServiceInput struct{ Body OfferedServiceWriteJSON }

type changeServiceInput struct {
	IDInput
	IfMatch string `header:"If-Match" doc:"the ETag of what was read"`
	Body    OfferedServiceWriteJSON
}

type markInput struct {
	IDInput
	IfMatch string `header:"If-Match" doc:"the ETag of what was read"`
	Body    struct {
		Mark string `json:"mark" enum:"checked,ended,active" doc:"checked: looked through today and right; ended: offered no longer; active: brought back"`
	}
}

type capacityInput struct {
	IDInput
	Body struct {
		Free int `json:"free" minimum:"0" maximum:"10000" doc:"places free now; the last word stands"`
	}
}

// Operations registers the operations of the directory. A partner's user reaches the own entry and services alone, which the
// directory itself sees to.
func Operations(api *web.API, d *Directory) {
	o := operations{d}
	op := func(method, path, summary string) huma.Operation {
		return huma.Operation{Method: method, Path: path, Tags: []string{"partners"}, Summary: summary}
	}
	sent := func(x huma.Operation, body string) huma.Operation {
		x.RequestBody = web.Sent(body)
		return x
	}
	made := func(x huma.Operation) huma.Operation {
		x.DefaultStatus = http.StatusCreated
		return x
	}
	anyone, write := string(access.SignedIn), string(access.PartnerWrite)
	web.Operation(api, op(http.MethodGet, "/partners", "Partners by name"), anyone, o.partners)
	web.Act(api, made(sent(op(http.MethodPost, "/partners", "Add a partner"), `{"name":"(name)","kind":"foundation","contacts":[{"name":"(name)","phone":"0800-0000-1234"}]}`)),
		write, o.addPartner, o.addedPartner)
	web.Operation(api, op(http.MethodGet, "/partners/{id}", "A partner"), anyone, o.partner)
	web.Act(api, sent(op(http.MethodPatch, "/partners/{id}", "Change a partner; what is left out stays"), `{"description":"(words)"}`), anyone, o.changePartner,
		partnerStands(o, func(in *changePartnerInput) IDInput { return in.IDInput }))
	web.Act(api, sent(op(http.MethodPost, "/partners/{id}/mark", "Mark a partner as checked, ended or active"), `{"mark":"checked"}`), anyone, o.markPartner,
		partnerStands(o, func(in *markInput) IDInput { return in.IDInput }))
	web.Operation(api, op(http.MethodGet, "/partners/{id}/address", "A hidden address; that it was read is kept in the log"), write, o.partnerAddress)
	web.Operation(api, op(http.MethodGet, "/services", "Services, the best fit first; by name where nothing is asked"), anyone, o.services)
	web.Act(api, made(sent(op(http.MethodPost, "/services", "Add a service"), `{"name":"(name)","for":{"needs":["25"],"areas":["21.72"]},"hours":{"always":true}}`)),
		write, o.addService, o.addedService)
	web.Operation(api, op(http.MethodGet, "/services/{id}", "A service"), anyone, o.service)
	web.Act(api, sent(op(http.MethodPatch, "/services/{id}", "Change a service; what is left out stays"), `{"places":{"capacity":8,"free":2}}`), anyone, o.changeService,
		serviceStands(o, func(in *changeServiceInput) IDInput { return in.IDInput }))
	web.Act(api, sent(op(http.MethodPost, "/services/{id}/mark", "Mark a service as checked, ended or active"), `{"mark":"checked"}`), anyone, o.markService,
		serviceStands(o, func(in *markInput) IDInput { return in.IDInput }))
	web.Act(api, sent(op(http.MethodPost, "/services/{id}/capacity", "Tell how many places are free now"), `{"free":2}`), anyone, o.capacity,
		serviceStands(o, func(in *capacityInput) IDInput { return in.IDInput }))
	web.Operation(api, op(http.MethodGet, "/services/{id}/address", "A hidden address of a service; that it was read is kept in the log"), write, o.serviceAddress)
}

func partnerStands[I any](o operations, of func(*I) IDInput) func(context.Context, *I, web.Made) (*partnerOutput, error) {
	return func(ctx context.Context, in *I, _ web.Made) (*partnerOutput, error) {
		x := of(in)
		return o.partner(ctx, &x)
	}
}

func serviceStands[I any](o operations, of func(*I) IDInput) func(context.Context, *I, web.Made) (*serviceOutput, error) {
	return func(ctx context.Context, in *I, _ web.Made) (*serviceOutput, error) {
		x := of(in)
		return o.service(ctx, &x)
	}
}

// nextPlace is the place a cursor names; one of another list is refused.
func nextPlace(text string) (time.Time, Place, error) {
	parts, err := web.NextPage(text, 5)
	if err != nil || parts == nil {
		return time.Time{}, Place{}, err
	}
	at, p := readCursor(text)
	if p.ID.IsZero() {
		return at, p, web.BadCursor()
	}
	return at, p, nil
}

func (o operations) partners(ctx context.Context, in *partnersInput) (*partnersOutput, error) {
	a := access.From(ctx)
	_, after, err := nextPlace(in.Cursor)
	if err != nil {
		return nil, err
	}
	var list []Partner
	if in.Q != "" {
		list, err = o.d.PartnersNamed(ctx, a, in.Q, in.Limit)
	} else {
		list, err = o.d.Partners(ctx, a, after, in.Ended, in.Limit+1)
	}
	if err != nil {
		return nil, err
	}
	out := &partnersOutput{}
	if len(list) > in.Limit {
		list = list[:in.Limit]
		last := list[in.Limit-1]
		next := cursor(o.d.now(), Place{Name: ServiceKey(last.Name), ID: last.ID})
		out.Body.Next = &next
	}
	out.Body.Items = make([]OrganisationJSON, len(list))
	for i, p := range list {
		out.Body.Items[i] = partnerJSON(p, o.d.today(a))
	}
	return out, nil
}

func (o operations) partner(ctx context.Context, in *IDInput) (*partnerOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	return o.onePartner(ctx, id)
}

func (o operations) onePartner(ctx context.Context, id db.ID) (*partnerOutput, error) {
	a := access.From(ctx)
	p, err := o.d.Partner(ctx, a, id)
	if err != nil {
		return nil, err
	}
	return &partnerOutput{Status: http.StatusOK, ETag: web.ETag(p.Version), Body: partnerJSON(p, o.d.today(a))}, nil
}

func (o operations) addPartner(ctx context.Context, in *newPartnerInput) (*partnerOutput, error) {
	p := Partner{}
	if err := in.Body.over(&p); err != nil {
		return nil, err
	}
	id, err := o.d.AddPartner(ctx, access.From(ctx), p)
	if err != nil {
		return nil, err
	}
	return o.madePartner(ctx, id)
}

func (o operations) addedPartner(ctx context.Context, _ *newPartnerInput, m web.Made) (*partnerOutput, error) {
	id, err := m.Of("partner")
	if err != nil {
		return nil, err
	}
	return o.madePartner(ctx, id)
}

func (o operations) madePartner(ctx context.Context, id db.ID) (*partnerOutput, error) {
	out, err := o.onePartner(ctx, id)
	if err == nil {
		out.Status, out.Location = http.StatusCreated, "/api/v1/partners/"+id.String()
	}
	return out, err
}

func (o operations) changePartner(ctx context.Context, in *changePartnerInput) (*partnerOutput, error) {
	a := access.From(ctx)
	if _, err := changing(a); err != nil {
		return nil, err
	}
	id, version, err := entryOf(in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	p, err := o.d.Partner(ctx, a, id)
	if err == nil {
		err = in.Body.over(&p)
	}
	if err != nil {
		return nil, err
	}
	p.Version = version
	if err := o.d.ChangePartner(ctx, a, p); err != nil {
		return nil, err
	}
	return o.onePartner(ctx, id)
}

// entryOf reads which entry an act means, and which version of it.
func entryOf(text, ifMatch string) (id db.ID, version int64, err error) {
	if id, err = web.AddressID(text); err == nil {
		version, err = web.IfMatch(ifMatch)
	}
	return id, version, err
}

// acts of a mark.
func markOf(mark string, checked, ended, active func(context.Context, access.Actor, db.ID, int64) error) func(context.Context, access.Actor, db.ID, int64) error {
	switch mark {
	case "ended":
		return ended
	case "active":
		return active
	}
	return checked
}

func (o operations) markPartner(ctx context.Context, in *markInput) (*partnerOutput, error) {
	a := access.From(ctx)
	if _, err := changing(a); err != nil {
		return nil, err
	}
	id, version, err := entryOf(in.ID, in.IfMatch)
	if err == nil {
		err = markOf(in.Body.Mark, o.d.CheckPartner, o.d.EndPartner, o.d.ReturnPartner)(ctx, a, id, version)
	}
	if err != nil {
		return nil, err
	}
	return o.onePartner(ctx, id)
}

func (o operations) partnerAddress(ctx context.Context, in *IDInput) (*addressOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	at, err := o.d.Address(ctx, access.From(ctx), id, "api")
	if err != nil {
		return nil, err
	}
	return &addressOutput{addressJSON(at)}, nil
}

func (in servicesInput) ask() (q Ask, err error) {
	q = Ask{Text: in.Q, Need: in.Need, Near: in.Near, OpenNow: in.OpenNow, FreePlace: in.FreePlace, Free: in.Free, Language: in.Language,
		Wheelchair: in.Wheelchair, Limit: in.Limit}
	if in.Sex != "any" {
		q.Sex = in.Sex
	}
	if in.Age >= 0 {
		q.Age = &in.Age
	}
	q.At, q.After, err = nextPlace(in.Cursor)
	return q, err
}

func (o operations) services(ctx context.Context, in *servicesInput) (*servicesOutput, error) {
	a := access.From(ctx)
	q, err := in.ask()
	if err != nil {
		return nil, err
	}
	found, err := o.d.Search(ctx, a, q)
	if err != nil {
		return nil, err
	}
	out := &servicesOutput{}
	out.Body.Items = make([]FittingServiceJSON, len(found.Fits))
	for i, f := range found.Fits {
		out.Body.Items[i] = FittingServiceJSON{serviceJSON(f.Service, found.At), f.Score, reasonsJSON(f.Reasons)}
	}
	if next := cursor(found.At, found.Next); next != "" {
		out.Body.Next = &next
	}
	if in.Total {
		total := int64(found.Total)
		out.Body.Total = &total
	}
	return out, nil
}

func (o operations) service(ctx context.Context, in *IDInput) (*serviceOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	return o.oneService(ctx, id)
}

func (o operations) oneService(ctx context.Context, id db.ID) (*serviceOutput, error) {
	a := access.From(ctx)
	x, err := o.d.Service(ctx, a, id)
	if err != nil {
		return nil, err
	}
	return &serviceOutput{Status: http.StatusOK, ETag: web.ETag(x.Version), Body: serviceJSON(x, o.d.now().In(a.Zone()))}, nil
}

func (o operations) addService(ctx context.Context, in *newServiceInput) (*serviceOutput, error) {
	x := Service{}
	if err := in.Body.over(&x); err != nil {
		return nil, err
	}
	id, err := o.d.AddService(ctx, access.From(ctx), x)
	if err != nil {
		return nil, err
	}
	return o.madeService(ctx, id)
}

func (o operations) addedService(ctx context.Context, _ *newServiceInput, m web.Made) (*serviceOutput, error) {
	id, err := m.Of("partner_service")
	if err != nil {
		return nil, err
	}
	return o.madeService(ctx, id)
}

func (o operations) madeService(ctx context.Context, id db.ID) (*serviceOutput, error) {
	out, err := o.oneService(ctx, id)
	if err == nil {
		out.Status, out.Location = http.StatusCreated, "/api/v1/services/"+id.String()
	}
	return out, err
}

func (o operations) changeService(ctx context.Context, in *changeServiceInput) (*serviceOutput, error) {
	a := access.From(ctx)
	if _, err := changing(a); err != nil {
		return nil, err
	}
	id, version, err := entryOf(in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	x, err := o.d.Service(ctx, a, id)
	if err == nil {
		err = in.Body.over(&x)
	}
	if err != nil {
		return nil, err
	}
	x.Version = version
	if err := o.d.ChangeService(ctx, a, x); err != nil {
		return nil, err
	}
	return o.oneService(ctx, id)
}

func (o operations) markService(ctx context.Context, in *markInput) (*serviceOutput, error) {
	a := access.From(ctx)
	if _, err := changing(a); err != nil {
		return nil, err
	}
	id, version, err := entryOf(in.ID, in.IfMatch)
	if err == nil {
		err = markOf(in.Body.Mark, o.d.CheckService, o.d.EndService, o.d.ReturnService)(ctx, a, id, version)
	}
	if err != nil {
		return nil, err
	}
	return o.oneService(ctx, id)
}

func (o operations) capacity(ctx context.Context, in *capacityInput) (*serviceOutput, error) {
	a := access.From(ctx)
	if _, err := changing(a); err != nil {
		return nil, err
	}
	id, err := web.AddressID(in.ID)
	if err == nil {
		err = o.d.TellFree(ctx, a, id, in.Body.Free, 0)
	}
	if err != nil {
		return nil, err
	}
	return o.oneService(ctx, id)
}

func (o operations) serviceAddress(ctx context.Context, in *IDInput) (*addressOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	at, err := o.d.ServiceAddress(ctx, access.From(ctx), id, "api")
	if err != nil {
		return nil, err
	}
	return &addressOutput{addressJSON(at)}, nil
}

// clockJSON writes a minute of the day as 08:00.
func clockJSON(minute int) string {
	two := func(n int) string { return strconv.Itoa(n/10) + strconv.Itoa(n%10) }
	return two(minute/60) + ":" + two(minute%60)
}

// idOf reads an id of a body; nothing is none.
func idOf(field string, text *string) (db.ID, error) {
	if text == nil || *text == "" {
		return db.ID{}, nil
	}
	id, err := db.ParseID(*text)
	if err != nil {
		return id, fault.Invalid(fault.Field(field, "unknown", "error.unknown_id"))
	}
	return id, nil
}
