package person

import (
	"bytes"
	"context"
	"encoding/json"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/web"
)

// JSON is a person with all facts, as one who opens the person sees them.
type JSON struct {
	ID             string        `json:"id"`
	Name           string        `json:"name"`
	CallName       string        `json:"call_name"`
	Aliases        []string      `json:"aliases"`
	Protected      bool          `json:"protected" doc:"the name is an alias; the real one is sealed"`
	RealName       *string       `json:"real_name" doc:"of a protected identity"`
	Sex            string        `json:"sex" enum:"f,m," doc:"empty: not stated"`
	BirthDate      *string       `json:"birth_date" format:"date"`
	BirthPrecision string        `json:"birth_precision" enum:"day,month,year,estimate,"`
	BirthPlace     string        `json:"birth_place"`
	NIK            *string       `json:"nik"`
	KK             *string       `json:"kk"`
	Phones         []PhoneJSON   `json:"phones"`
	Address        AddressJSON   `json:"address"`
	Religion       string        `json:"religion"`
	Marital        string        `json:"marital"`
	Education      string        `json:"education"`
	Work           string        `json:"work"`
	Disability     string        `json:"disability"`
	Languages      string        `json:"languages"`
	WelfareStatus  string        `json:"welfare_status"`
	Aid            string        `json:"aid"`
	Emergency      string        `json:"emergency"`
	DiedOn         *string       `json:"died_on" format:"date"`
	DiedPrecision  string        `json:"died_precision" enum:"day,month,year,unknown," doc:"unknown: dead, but nobody knows since when"`
	ExternalID     string        `json:"external_id"`
	Warnings       []WarningJSON `json:"warnings" doc:"what should be looked at once more; it was kept as it was sent"`
	CreatedAt      db.Time       `json:"created_at" format:"date-time"`
	UpdatedAt      db.Time       `json:"updated_at" format:"date-time"`
	Version        int64         `json:"version"`
}

// PhoneJSON is a number and how safe it is; numbers that exist are written as E.164.
type PhoneJSON struct {
	Number        string `json:"number" maxLength:"500"`
	SafeToCall    bool   `json:"safe_to_call" required:"false"`
	SafeToMessage bool   `json:"safe_to_message" required:"false"`
	Hours         string `json:"hours" required:"false" maxLength:"500"`
}

// AddressJSON is where a person lives.
type AddressJSON struct {
	VillageCode  string `json:"village_code" required:"false" maxLength:"13" doc:"region code of a village, 21.72.04.1002"`
	RW           string `json:"rw" required:"false" maxLength:"500"`
	RT           string `json:"rt" required:"false" maxLength:"500"`
	Street       string `json:"street" required:"false" maxLength:"500"`
	Landmark     string `json:"landmark" required:"false" maxLength:"500"`
	Point        string `json:"point" required:"false" maxLength:"500" doc:"latitude,longitude in degrees, WGS 84"`
	Confidential bool   `json:"confidential" required:"false"`
}

// WarningJSON is something doubtful that was kept.
type WarningJSON struct {
	Field   string `json:"field"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// SummaryJSON is a person in a list, without anything sealed.
type SummaryJSON struct {
	ID             string       `json:"id"`
	Name           string       `json:"name"`
	Aliases        []string     `json:"aliases"`
	Sex            string       `json:"sex"`
	BirthDate      *string      `json:"birth_date" format:"date"`
	BirthPrecision string       `json:"birth_precision"`
	Address        SummaryPlace `json:"address"`
	Version        int64        `json:"version"`
}

// SummaryPlace is the village of someone in a list; null where it is unknown or confidential.
type SummaryPlace struct {
	VillageCode *string `json:"village_code"`
}

// TwinJSON is someone who may be the same person. One whom the caller may not see has no id and no name.
type TwinJSON struct {
	ID   *string `json:"id"`
	Name *string `json:"name"`
	Why  string  `json:"why" enum:"nik,phone,name_birth,name_village,ask_head"`
}

// FactsJSON is what is sent of a person: what is left out stays as it is, null empties it.
type FactsJSON struct {
	CallName       Maybe[string]      `json:"call_name" required:"false" maxLength:"200"`
	Aliases        Maybe[[]string]    `json:"aliases" required:"false" maxItems:"20"`
	Protected      Maybe[bool]        `json:"protected" required:"false"`
	RealName       Maybe[string]      `json:"real_name" required:"false" maxLength:"200"`
	Sex            Maybe[string]      `json:"sex" required:"false" enum:"f,m,"`
	BirthDate      Maybe[string]      `json:"birth_date" required:"false" maxLength:"10" doc:"YYYY-MM-DD"`
	BirthPrecision Maybe[string]      `json:"birth_precision" required:"false" enum:"day,month,year,estimate,"`
	BirthPlace     Maybe[string]      `json:"birth_place" required:"false" maxLength:"500"`
	NIK            Maybe[string]      `json:"nik" required:"false" maxLength:"500"`
	KK             Maybe[string]      `json:"kk" required:"false" maxLength:"500"`
	Phones         Maybe[[]PhoneJSON] `json:"phones" required:"false" maxItems:"20"`
	Address        Maybe[AddressJSON] `json:"address" required:"false"`
	Religion       Maybe[string]      `json:"religion" required:"false" maxLength:"500"`
	Marital        Maybe[string]      `json:"marital" required:"false" maxLength:"500"`
	Education      Maybe[string]      `json:"education" required:"false" maxLength:"500"`
	Work           Maybe[string]      `json:"work" required:"false" maxLength:"500"`
	Disability     Maybe[string]      `json:"disability" required:"false" maxLength:"500"`
	Languages      Maybe[string]      `json:"languages" required:"false" maxLength:"500"`
	WelfareStatus  Maybe[string]      `json:"welfare_status" required:"false" maxLength:"500"`
	Aid            Maybe[string]      `json:"aid" required:"false" maxLength:"500"`
	Emergency      Maybe[string]      `json:"emergency" required:"false" maxLength:"500"`
	DiedOn         Maybe[string]      `json:"died_on" required:"false" maxLength:"10" doc:"YYYY-MM-DD"`
	DiedPrecision  Maybe[string]      `json:"died_precision" required:"false" enum:"day,month,year,unknown,"`
}

// NewPersonJSON is a person to be kept.
type NewPersonJSON struct {
	Name string `json:"name" maxLength:"200"`
	FactsJSON
	ExternalID       string `json:"external_id" required:"false" maxLength:"200"`
	AcceptDuplicates bool   `json:"accept_duplicates" required:"false" doc:"they are different people: keep this one too"`
}

// ChangedPersonJSON is what changes of a person.
type ChangedPersonJSON struct {
	Name Maybe[string] `json:"name" required:"false" maxLength:"200"`
	FactsJSON
}

// Maybe is a field that may be left out; null is its empty value.
type Maybe[T any] struct {
	Set   bool
	Value T
}

// UnmarshalJSON implements json.Unmarshaler.
func (m *Maybe[T]) UnmarshalJSON(b []byte) error {
	m.Set = true
	if bytes.Equal(b, []byte("null")) {
		return nil
	}
	return json.Unmarshal(b, &m.Value)
}

// Schema implements huma.SchemaProvider: that of the value, or null.
func (m Maybe[T]) Schema(r huma.Registry) *huma.Schema {
	s := *huma.SchemaFromType(r, reflect.TypeFor[T]())
	if s.Ref != "" {
		return &huma.Schema{AnyOf: []*huma.Schema{{Ref: s.Ref}, {Type: "null"}}}
	}
	s.Nullable = true
	return &s
}

func (m Maybe[T]) into(place *T) {
	if m.Set {
		*place = m.Value
	}
}

// apply writes what was sent over a person.
func (f FactsJSON) apply(p *Person) {
	f.CallName.into(&p.CallName)
	f.Aliases.into(&p.Aliases)
	f.Protected.into(&p.Protected)
	f.RealName.into(&p.Sealed.RealName)
	f.Sex.into(&p.Sex)
	f.BirthPrecision.into(&p.BirthPrecision)
	f.BirthPlace.into(&p.BirthPlace)
	f.NIK.into(&p.Sealed.NIK)
	f.KK.into(&p.Sealed.KK)
	f.Religion.into(&p.Religion)
	f.Marital.into(&p.Marital)
	f.Education.into(&p.Education)
	f.Work.into(&p.Work)
	f.Disability.into(&p.Disability)
	f.Languages.into(&p.Languages)
	f.WelfareStatus.into(&p.WelfareStatus)
	f.Aid.into(&p.Aid)
	f.Emergency.into(&p.Sealed.Emergency)
	f.BirthDate.into((*string)(&p.BirthDate))
	f.DiedOn.into((*string)(&p.DiedOn))
	f.DiedPrecision.into(&p.DiedPrecision)
	f.applyContact(p)
}

func (f FactsJSON) applyContact(p *Person) {
	if f.Phones.Set {
		p.Sealed.Phones = nil
		for _, x := range f.Phones.Value {
			p.Sealed.Phones = append(p.Sealed.Phones, Phone(x))
		}
	}
	if a := f.Address.Value; f.Address.Set {
		p.Village, p.Confidential, p.Sealed.Village = a.VillageCode, a.Confidential, ""
		p.Sealed.RW, p.Sealed.RT, p.Sealed.Street, p.Sealed.Landmark, p.Sealed.Point = a.RW, a.RT, a.Street, a.Landmark, a.Point
	}
}

func toJSON(ctx context.Context, p Person) JSON {
	s := p.Sealed
	out := JSON{ID: p.ID.String(), Name: p.Name, CallName: p.CallName, Aliases: append([]string{}, p.Aliases...),
		Protected: p.Protected, RealName: web.Optional(s.RealName), Sex: p.Sex, BirthDate: web.Optional(string(p.BirthDate)),
		BirthPrecision: p.BirthPrecision, BirthPlace: p.BirthPlace, NIK: web.Optional(s.NIK), KK: web.Optional(s.KK), Phones: []PhoneJSON{},
		Address: AddressJSON{VillageCode: p.Home(), RW: s.RW, RT: s.RT, Street: s.Street, Landmark: s.Landmark, Point: s.Point,
			Confidential: p.Confidential},
		Religion: p.Religion, Marital: p.Marital, Education: p.Education, Work: p.Work, Disability: p.Disability,
		Languages: p.Languages, WelfareStatus: p.WelfareStatus, Aid: p.Aid, Emergency: s.Emergency, DiedOn: web.Optional(string(p.DiedOn)), DiedPrecision: p.DiedPrecision,
		ExternalID: p.ExternalID, Warnings: []WarningJSON{}, CreatedAt: p.CreatedAt, UpdatedAt: p.UpdatedAt, Version: p.Version}
	for _, f := range s.Phones {
		out.Phones = append(out.Phones, PhoneJSON(f))
	}
	for _, w := range p.Warnings() {
		out.Warnings = append(out.Warnings, WarningJSON{Field: w.Field, Code: w.Code, Message: warningWords.T(ctx, w.Code)})
	}
	return out
}

func toSummary(p Person) SummaryJSON {
	return SummaryJSON{ID: p.ID.String(), Name: p.Name, Aliases: append([]string{}, p.Aliases...), Sex: p.Sex,
		BirthDate: web.Optional(string(p.BirthDate)), BirthPrecision: p.BirthPrecision,
		Address: SummaryPlace{VillageCode: web.Optional(p.Village)}, Version: p.Version}
}

func toTwins(list []Twin) []TwinJSON {
	out := []TwinJSON{}
	for _, t := range list {
		out = append(out, TwinJSON{ID: web.Optional(t.ID.String()), Name: web.Optional(t.Name), Why: t.Why})
	}
	return out
}

var warningWords = i18n.Family("person.warning.")
