package partner

import (
	"time"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/partner/hours"
	"teduh/internal/web"
)

// OrganisationJSON is an organisation of the network.
type OrganisationJSON struct {
	ID          string              `json:"id"`
	Name        string              `json:"name"`
	Kind        string              `json:"kind"`
	PSKS        *string             `json:"psks" doc:"the source of social welfare it is"`
	Description string              `json:"description"`
	Website     *string             `json:"website"`
	Remarks     string              `json:"remarks" doc:"the office's own; empty for the partner"`
	Contacts    []ContactPersonJSON `json:"contacts" nullable:"false" doc:"in lists empty"`
	Address     PlaceAddressJSON    `json:"address"`
	Visibility  string              `json:"visibility" enum:"public,internal,hidden"`
	Agreement   MemorandumJSON      `json:"agreement"`
	CheckedOn   *string             `json:"checked_on" format:"date"`
	Stale       bool                `json:"stale" doc:"to be checked"`
	Ended       bool                `json:"ended"`
	UnitID      *string             `json:"unit_id" doc:"where it is another office of this installation"`
	Version     int64               `json:"version"`
}

// ContactPersonJSON is whom one asks for.
type ContactPersonJSON struct {
	Name  string `json:"name,omitempty" maxLength:"200"`
	Role  string `json:"role,omitempty" maxLength:"200"`
	Phone string `json:"phone,omitempty" maxLength:"40"`
	Email string `json:"email,omitempty" maxLength:"200"`
}

// PlaceAddressJSON is where something stands; of a hidden one nothing but its visibility is told.
type PlaceAddressJSON struct {
	Street      string   `json:"street,omitempty" maxLength:"500"`
	VillageCode string   `json:"village_code,omitempty" maxLength:"13"`
	Lat         *float64 `json:"lat,omitempty"`
	Lon         *float64 `json:"lon,omitempty"`
	Visibility  string   `json:"visibility,omitempty" enum:"public,internal,hidden"`
}

// MemorandumJSON is the memorandum with the office.
type MemorandumJSON struct {
	Number string  `json:"number,omitempty" maxLength:"200"`
	From   *string `json:"from,omitempty" format:"date" maxLength:"10"`
	Until  *string `json:"until,omitempty" format:"date" maxLength:"10"`
}

// OfferedServiceJSON is what a partner offers.
type OfferedServiceJSON struct {
	ID          string            `json:"id"`
	PartnerID   *string           `json:"partner_id"`
	PartnerName *string           `json:"partner_name"`
	Name        string            `json:"name"`
	Description string            `json:"description"`
	For         AudienceJSON      `json:"for"`
	Cost        *string           `json:"cost" doc:"free, insurance or paid"`
	CostWords   string            `json:"cost_words"`
	Documents   string            `json:"documents"`
	Hours       OpeningJSON       `json:"hours"`
	OpenNow     bool              `json:"open_now"`
	Places      CapacityJSON      `json:"places"`
	FreeAt      db.Time           `json:"free_at" format:"date-time" nullable:"true" doc:"when it was told how many places are free"`
	Languages   []string          `json:"languages" nullable:"false"`
	Wheelchair  bool              `json:"wheelchair"`
	Promises    map[string]int    `json:"promises" nullable:"false" doc:"hours of opening time until it answers, by urgency"`
	Contact     ContactPersonJSON `json:"contact"`
	OwnPlace    bool              `json:"own_place" doc:"it stands elsewhere than its partner"`
	Address     PlaceAddressJSON  `json:"address" doc:"its own, where it has one"`
	Visibility  string            `json:"visibility" enum:"public,internal,hidden"`
	CheckedOn   *string           `json:"checked_on" format:"date"`
	Stale       bool              `json:"stale" doc:"to be checked"`
	Ended       bool              `json:"ended"`
	Version     int64             `json:"version"`
}

// AudienceJSON is who a service is for.
type AudienceJSON struct {
	AgeFrom *int     `json:"age_from,omitempty" minimum:"0" maximum:"120"`
	AgeTo   *int     `json:"age_to,omitempty" minimum:"0" maximum:"120"`
	Sex     string   `json:"sex,omitempty" enum:"f,m," doc:"empty: for everyone"`
	Needs   []string `json:"needs,omitempty" nullable:"false" maxItems:"60" doc:"categories of the office; none: any"`
	Areas   []string `json:"areas,omitempty" nullable:"false" maxItems:"40" doc:"region codes; none: everywhere"`
}

// OpeningJSON is when something is open.
type OpeningJSON struct {
	Always bool              `json:"always,omitempty" doc:"at all hours"`
	Spans  []OpeningSpanJSON `json:"spans,omitempty" nullable:"false" maxItems:"50"`
}

// OpeningSpanJSON is a stretch of one weekday.
type OpeningSpanJSON struct {
	Day  int    `json:"day" minimum:"0" maximum:"6" doc:"0 is Sunday"`
	From string `json:"from" maxLength:"5" example:"08:00"`
	To   string `json:"to" maxLength:"5" example:"12:00" doc:"24:00 is the end of the day"`
}

// CapacityJSON is how many places there are, and how many are free.
type CapacityJSON struct {
	Capacity *int `json:"capacity,omitempty" minimum:"0" maximum:"10000"`
	Free     *int `json:"free,omitempty" minimum:"0" maximum:"10000"`
}

// FittingServiceJSON is a service that was found.
type FittingServiceJSON struct {
	OfferedServiceJSON
	Score   int             `json:"score"`
	Reasons []FitReasonJSON `json:"reasons" nullable:"false" doc:"what speaks for it, the weightiest kind first"`
}

// FitReasonJSON is one thing that speaks for a service, or against it.
type FitReasonJSON struct {
	Code   string `json:"code"`
	Points int    `json:"points"`
}

// OrganisationWriteJSON is what is written of a partner; what is left out stays, objects and lists are taken whole.
type OrganisationWriteJSON struct {
	Name        *string              `json:"name,omitempty" maxLength:"200"`
	Kind        *string              `json:"kind,omitempty" maxLength:"40"`
	PSKS        *string              `json:"psks,omitempty" maxLength:"40"`
	Description *string              `json:"description,omitempty" maxLength:"5000"`
	Website     *string              `json:"website,omitempty" maxLength:"500"`
	Remarks     *string              `json:"remarks,omitempty" maxLength:"5000"`
	Contacts    *[]ContactPersonJSON `json:"contacts,omitempty" maxItems:"10"`
	Address     *PlaceAddressJSON    `json:"address,omitempty" doc:"a hidden one stays where its fields are left out"`
	Visibility  *string              `json:"visibility,omitempty" maxLength:"10"`
	Agreement   *MemorandumJSON      `json:"agreement,omitempty"`
	UnitID      *string              `json:"unit_id,omitempty" maxLength:"36"`
}

// OfferedServiceWriteJSON is what is written of a service; what is left out stays, objects and lists are taken whole.
type OfferedServiceWriteJSON struct {
	PartnerID   *string            `json:"partner_id,omitempty" maxLength:"36"`
	Name        *string            `json:"name,omitempty" maxLength:"200"`
	Description *string            `json:"description,omitempty" maxLength:"5000"`
	For         *AudienceJSON      `json:"for,omitempty"`
	Cost        *string            `json:"cost,omitempty" maxLength:"10"`
	CostWords   *string            `json:"cost_words,omitempty" maxLength:"500"`
	Documents   *string            `json:"documents,omitempty" maxLength:"5000"`
	Hours       *OpeningJSON       `json:"hours,omitempty"`
	Places      *CapacityJSON      `json:"places,omitempty"`
	Languages   *[]string          `json:"languages,omitempty" maxItems:"20"`
	Wheelchair  *bool              `json:"wheelchair,omitempty"`
	Promises    *map[string]int    `json:"promises,omitempty"`
	Contact     *ContactPersonJSON `json:"contact,omitempty"`
	OwnPlace    *bool              `json:"own_place,omitempty"`
	Address     *PlaceAddressJSON  `json:"address,omitempty"`
	Visibility  *string            `json:"visibility,omitempty" maxLength:"10"`
}

// set writes what was sent over what stands.
func set[T any](into *T, sent *T) {
	if sent != nil {
		*into = *sent
	}
}

func (j OrganisationWriteJSON) over(p *Partner) (err error) {
	for into, sent := range map[*string]*string{&p.Name: j.Name, &p.Kind: j.Kind, &p.PSKS: j.PSKS, &p.Description: j.Description, &p.Website: j.Website,
		&p.Remarks: j.Remarks, &p.Visibility: j.Visibility} {
		set(into, sent)
	}
	if j.Contacts != nil {
		p.Contacts = make([]Contact, len(*j.Contacts))
		for i, c := range *j.Contacts {
			p.Contacts[i] = Contact(c)
		}
	}
	if j.Agreement != nil {
		p.Agreement = Agreement{j.Agreement.Number, web.OptionalDay(j.Agreement.From), web.OptionalDay(j.Agreement.Until)}
	}
	if j.UnitID != nil {
		if p.Unit, err = idOf("unit_id", j.UnitID); err != nil {
			return err
		}
	}
	return j.Address.over(&p.Address)
}

func (j *PlaceAddressJSON) over(at *Address) error {
	if j == nil {
		return nil
	}
	*at = Address{Street: j.Street, Village: j.VillageCode, Visibility: orElse(j.Visibility, at.Visibility)}
	switch {
	case j.Lat != nil && j.Lon != nil:
		at.Point = &Point{*j.Lat, *j.Lon}
	case j.Lat != nil || j.Lon != nil:
		return fault.Invalid(fault.Field("address", "point", "partner.error.point"))
	}
	return nil
}

func (j OfferedServiceWriteJSON) over(x *Service) (err error) {
	for into, sent := range map[*string]*string{&x.Name: j.Name, &x.Description: j.Description, &x.Cost: j.Cost, &x.CostWords: j.CostWords,
		&x.Documents: j.Documents, &x.Visibility: j.Visibility} {
		set(into, sent)
	}
	set(&x.Languages, j.Languages)
	set(&x.Wheelchair, j.Wheelchair)
	set(&x.OwnPlace, j.OwnPlace)
	set(&x.Promises, j.Promises)
	if j.For != nil {
		x.For = Audience(*j.For)
	}
	if j.Places != nil {
		x.Capacity, x.Free = j.Places.Capacity, j.Places.Free
	}
	if j.Contact != nil {
		x.Contact = Contact(*j.Contact)
	}
	if j.PartnerID != nil {
		if x.Partner, err = idOf("partner_id", j.PartnerID); err != nil {
			return err
		}
	}
	if j.Hours != nil {
		if x.Hours, err = j.Hours.week(); err != nil {
			return err
		}
	}
	return j.Address.over(&x.Address)
}

func (j OpeningJSON) week() (w hours.Week, err error) {
	if w.Always = j.Always; w.Always {
		return w, nil
	}
	for _, s := range j.Spans {
		from, okFrom := readClock(s.From)
		to, okTo := readClock(s.To)
		if !okFrom || !okTo || s.Day < 0 || s.Day > 6 {
			return w, fault.Invalid(fault.Field("hours", "impossible", "partner.error.hours"))
		}
		w.Days[s.Day] = append(w.Days[s.Day], hours.Span{From: from, To: to})
	}
	return w, nil
}

func hoursJSON(w hours.Week) OpeningJSON {
	j := OpeningJSON{Always: w.Always, Spans: []OpeningSpanJSON{}}
	for day, spans := range w.Days {
		for _, s := range spans {
			j.Spans = append(j.Spans, OpeningSpanJSON{day, clockJSON(s.From), clockJSON(s.To)})
		}
	}
	return j
}

func addressJSON(at Address) PlaceAddressJSON {
	j := PlaceAddressJSON{Street: at.Street, VillageCode: at.Village, Visibility: at.Visibility}
	if at.Point != nil {
		j.Lat, j.Lon = &at.Point.Lat, &at.Point.Lon
	}
	return j
}

func partnerJSON(p Partner, today db.Date) OrganisationJSON {
	j := OrganisationJSON{ID: p.ID.String(), Name: p.Name, Kind: p.Kind, PSKS: web.Optional(p.PSKS), Description: p.Description, Website: web.Optional(p.Website),
		Remarks: p.Remarks, Contacts: make([]ContactPersonJSON, len(p.Contacts)), Address: addressJSON(p.Address), Visibility: p.Visibility,
		Agreement: MemorandumJSON{p.Agreement.Number, web.Optional(string(p.Agreement.From)), web.Optional(string(p.Agreement.Until))},
		CheckedOn: web.Optional(string(p.Checked.On)), Stale: p.Checked.Stale(today), Ended: !p.EndedAt.IsZero(), UnitID: web.Optional(p.Unit.String()), Version: p.Version}
	for i, c := range p.Contacts {
		j.Contacts[i] = ContactPersonJSON(c)
	}
	return j
}

func serviceJSON(x Service, now time.Time) OfferedServiceJSON {
	j := OfferedServiceJSON{ID: x.ID.String(), PartnerID: web.Optional(x.Partner.String()), PartnerName: web.Optional(x.PartnerName), Name: x.Name,
		Description: x.Description, For: AudienceJSON(x.For), Cost: web.Optional(x.Cost), CostWords: x.CostWords, Documents: x.Documents,
		Hours: hoursJSON(x.Hours), OpenNow: x.Hours.OpenAt(now), Places: CapacityJSON{x.Capacity, x.Free}, FreeAt: x.FreeAt, Languages: x.Languages,
		Wheelchair: x.Wheelchair, Promises: x.Promises, Contact: ContactPersonJSON(x.Contact), OwnPlace: x.OwnPlace, Address: addressJSON(x.Address),
		Visibility: x.Visibility, CheckedOn: web.Optional(string(x.Checked.On)), Stale: x.Checked.Stale(db.Date(now.Format(time.DateOnly))),
		Ended: !x.EndedAt.IsZero(), Version: x.Version}
	if j.Languages == nil {
		j.Languages = []string{}
	}
	if j.Promises == nil {
		j.Promises = map[string]int{}
	}
	return j
}

func reasonsJSON(list []Reason) []FitReasonJSON {
	j := make([]FitReasonJSON, len(list))
	for i, r := range list {
		j[i] = FitReasonJSON{r.Code, r.Points}
	}
	return j
}
