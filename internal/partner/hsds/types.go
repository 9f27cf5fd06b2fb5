package hsds

import "strings"

// The tag `is` holds the rules of a field, which check.go keeps: need (the specification requires it, and nothing can be made
// of a thing without it), want (it is required, but nothing is said where it is empty), id and ref (keys), name, line and text
// (length), and the kind of what is written. Fields without omitempty are required and always written.

// Organization provides services.
type Organization struct {
	ID                      string                   `json:"id" is:"need id"`
	Name                    string                   `json:"name" is:"need name"`
	AlternateName           string                   `json:"alternate_name,omitempty" is:"name"`
	Description             string                   `json:"description" is:"want text"`
	Email                   string                   `json:"email,omitempty" is:"email"`
	Website                 string                   `json:"website,omitempty" is:"uri"`
	LegalStatus             string                   `json:"legal_status,omitempty" is:"line"`
	YearIncorporated        Number                   `json:"year_incorporated,omitempty" is:"extra"`
	URI                     string                   `json:"uri,omitempty" is:"uri"`
	ParentOrganizationID    string                   `json:"parent_organization_id,omitempty" is:"ref"`
	Funding                 []Funding                `json:"funding,omitempty"`
	Contacts                []Contact                `json:"contacts,omitempty"`
	Phones                  []Phone                  `json:"phones,omitempty"`
	Locations               []Location               `json:"locations,omitempty"`
	Programs                []Program                `json:"programs,omitempty"`
	OrganizationIdentifiers []OrganizationIdentifier `json:"organization_identifiers,omitempty"`
	Attributes              []Attribute              `json:"attributes,omitempty"`
	Metadata                []Metadata               `json:"metadata,omitempty"`
}

// Service is what an organization offers.
type Service struct {
	ID                     string              `json:"id" is:"need id"`
	OrganizationID         string              `json:"organization_id,omitempty" is:"ref"`
	ProgramID              string              `json:"program_id,omitempty" is:"ref"`
	Name                   string              `json:"name" is:"need name"`
	AlternateName          string              `json:"alternate_name,omitempty" is:"name"`
	Description            string              `json:"description,omitempty" is:"text"`
	URL                    string              `json:"url,omitempty" is:"uri"`
	Email                  string              `json:"email,omitempty" is:"email"`
	Status                 string              `json:"status" is:"need status"`
	InterpretationServices string              `json:"interpretation_services,omitempty" is:"text"`
	ApplicationProcess     string              `json:"application_process,omitempty" is:"text"`
	FeesDescription        string              `json:"fees_description,omitempty" is:"text"`
	WaitTime               string              `json:"wait_time,omitempty" is:"line"`
	Accreditations         string              `json:"accreditations,omitempty" is:"text"`
	EligibilityDescription string              `json:"eligibility_description,omitempty" is:"text"`
	MinimumAge             Number              `json:"minimum_age,omitempty" is:"number"`
	MaximumAge             Number              `json:"maximum_age,omitempty" is:"number"`
	AssuredDate            string              `json:"assured_date,omitempty" is:"date"`
	AssurerEmail           string              `json:"assurer_email,omitempty" is:"email"`
	Licenses               string              `json:"licenses,omitempty" is:"text"`
	Alert                  string              `json:"alert,omitempty" is:"text"`
	LastModified           string              `json:"last_modified,omitempty" is:"moment"`
	Phones                 []Phone             `json:"phones,omitempty"`
	Schedules              []Schedule          `json:"schedules,omitempty"`
	ServiceAreas           []ServiceArea       `json:"service_areas,omitempty"`
	ServiceAtLocations     []ServiceAtLocation `json:"service_at_locations,omitempty"`
	Languages              []Language          `json:"languages,omitempty"`
	Organization           *Organization       `json:"organization,omitempty"`
	Funding                []Funding           `json:"funding,omitempty"`
	CostOptions            []CostOption        `json:"cost_options,omitempty"`
	Program                *Program            `json:"program,omitempty"`
	RequiredDocuments      []RequiredDocument  `json:"required_documents,omitempty"`
	Contacts               []Contact           `json:"contacts,omitempty"`
	Attributes             []Attribute         `json:"attributes,omitempty"`
	Metadata               []Metadata          `json:"metadata,omitempty"`
}

// ServiceAtLocation joins a service to a place where it is given, with what differs there.
type ServiceAtLocation struct {
	ID          string      `json:"id" is:"need id"`
	ServiceID   string      `json:"service_id,omitempty" is:"ref"`
	LocationID  string      `json:"location_id,omitempty" is:"ref"`
	Description string      `json:"description,omitempty" is:"text"`
	Contacts    []Contact   `json:"contacts,omitempty"`
	Phones      []Phone     `json:"phones,omitempty"`
	Schedules   []Schedule  `json:"schedules,omitempty"`
	Location    *Location   `json:"location,omitempty"`
	Attributes  []Attribute `json:"attributes,omitempty"`
	Metadata    []Metadata  `json:"metadata,omitempty"`
}

// Location is a place, one by mail, or one that is not a place.
type Location struct {
	ID                 string          `json:"id" is:"need id"`
	LocationType       string          `json:"location_type" is:"need place"`
	URL                string          `json:"url,omitempty" is:"uri"`
	OrganizationID     string          `json:"organization_id,omitempty" is:"ref"`
	Name               string          `json:"name,omitempty" is:"name"`
	AlternateName      string          `json:"alternate_name,omitempty" is:"name"`
	Description        string          `json:"description,omitempty" is:"text"`
	Transportation     string          `json:"transportation,omitempty" is:"text"`
	Latitude           Number          `json:"latitude,omitempty" is:"latitude"`
	Longitude          Number          `json:"longitude,omitempty" is:"longitude"`
	ExternalIdentifier string          `json:"external_identifier,omitempty" is:"line"`
	IdentifierType     string          `json:"external_identifier_type,omitempty" is:"line"`
	Languages          []Language      `json:"languages,omitempty"`
	Addresses          []Address       `json:"addresses,omitempty"`
	Contacts           []Contact       `json:"contacts,omitempty"`
	Accessibility      []Accessibility `json:"accessibility,omitempty"`
	Phones             []Phone         `json:"phones,omitempty"`
	Schedules          []Schedule      `json:"schedules,omitempty"`
	Attributes         []Attribute     `json:"attributes,omitempty"`
	Metadata           []Metadata      `json:"metadata,omitempty"`
}

// Address of a location.
type Address struct {
	ID            string      `json:"id" is:"need id"`
	LocationID    string      `json:"location_id,omitempty" is:"ref"`
	Attention     string      `json:"attention,omitempty" is:"line"`
	Address1      string      `json:"address_1" is:"want line"`
	Address2      string      `json:"address_2,omitempty" is:"line"`
	City          string      `json:"city" is:"want line"`
	Region        string      `json:"region,omitempty" is:"line"`
	StateProvince string      `json:"state_province" is:"want line"`
	PostalCode    string      `json:"postal_code" is:"want line"`
	Country       string      `json:"country" is:"want line"`
	AddressType   string      `json:"address_type" is:"need place"`
	Attributes    []Attribute `json:"attributes,omitempty"`
	Metadata      []Metadata  `json:"metadata,omitempty"`
}

// Phone of whatever it hangs on.
type Phone struct {
	ID                  string     `json:"id" is:"need id"`
	LocationID          string     `json:"location_id,omitempty" is:"ref"`
	ServiceID           string     `json:"service_id,omitempty" is:"ref"`
	OrganizationID      string     `json:"organization_id,omitempty" is:"ref"`
	ContactID           string     `json:"contact_id,omitempty" is:"ref"`
	ServiceAtLocationID string     `json:"service_at_location_id,omitempty" is:"ref"`
	Number              string     `json:"number" is:"need line"`
	Extension           Number     `json:"extension,omitempty" is:"extra"`
	Type                string     `json:"type,omitempty" is:"line"`
	Description         string     `json:"description,omitempty" is:"text"`
	Languages           []Language `json:"languages,omitempty"`
}

// Contact is someone to ask.
type Contact struct {
	ID                  string  `json:"id" is:"need id"`
	OrganizationID      string  `json:"organization_id,omitempty" is:"ref"`
	ServiceID           string  `json:"service_id,omitempty" is:"ref"`
	ServiceAtLocationID string  `json:"service_at_location_id,omitempty" is:"ref"`
	LocationID          string  `json:"location_id,omitempty" is:"ref"`
	Name                string  `json:"name,omitempty" is:"name"`
	Title               string  `json:"title,omitempty" is:"line"`
	Department          string  `json:"department,omitempty" is:"line"`
	Email               string  `json:"email,omitempty" is:"email"`
	Phones              []Phone `json:"phones,omitempty"`
}

// Schedule is when something is open, by the recurrence rules of RFC 5545.
type Schedule struct {
	ID                  string `json:"id" is:"need id"`
	ServiceID           string `json:"service_id,omitempty" is:"ref"`
	LocationID          string `json:"location_id,omitempty" is:"ref"`
	ServiceAtLocationID string `json:"service_at_location_id,omitempty" is:"ref"`
	ValidFrom           string `json:"valid_from,omitempty" is:"date"`
	ValidTo             string `json:"valid_to,omitempty" is:"date"`
	DTStart             string `json:"dtstart,omitempty" is:"date"`
	Timezone            Number `json:"timezone,omitempty" is:"zone"` // hours from UTC
	Until               string `json:"until,omitempty" is:"date"`
	Count               Number `json:"count,omitempty" is:"number"`
	WkSt                string `json:"wkst,omitempty" is:"weekday"`
	Freq                string `json:"freq,omitempty" is:"freq"`
	Interval            Number `json:"interval,omitempty" is:"number"`
	ByDay               string `json:"byday,omitempty" is:"days"`
	ByWeekNo            string `json:"byweekno,omitempty" is:"line"`
	ByMonthDay          string `json:"bymonthday,omitempty" is:"line"`
	ByYearDay           string `json:"byyearday,omitempty" is:"line"`
	Description         string `json:"description,omitempty" is:"text"`
	OpensAt             string `json:"opens_at,omitempty" is:"time"`
	ClosesAt            string `json:"closes_at,omitempty" is:"time"`
	ScheduleLink        string `json:"schedule_link,omitempty" is:"uri"`
	AttendingType       string `json:"attending_type,omitempty" is:"line"`
	Notes               string `json:"notes,omitempty" is:"text"`
}

// Language that is spoken there.
type Language struct {
	ID         string `json:"id" is:"need id"`
	ServiceID  string `json:"service_id,omitempty" is:"ref"`
	LocationID string `json:"location_id,omitempty" is:"ref"`
	PhoneID    string `json:"phone_id,omitempty" is:"ref"`
	Name       string `json:"name,omitempty" is:"name"`
	Code       string `json:"code,omitempty" is:"line"`
	Note       string `json:"note,omitempty" is:"text"`
}

// Accessibility of a location for people with disabilities.
type Accessibility struct {
	ID          string `json:"id" is:"need id"`
	LocationID  string `json:"location_id,omitempty" is:"ref"`
	Description string `json:"description,omitempty" is:"text"`
	Details     string `json:"details,omitempty" is:"text"`
	URL         string `json:"url,omitempty" is:"uri"`
}

// CostOption is what a service costs whom.
type CostOption struct {
	ID                string `json:"id" is:"need id"`
	ServiceID         string `json:"service_id,omitempty" is:"ref"`
	ValidFrom         string `json:"valid_from,omitempty" is:"date"`
	ValidTo           string `json:"valid_to,omitempty" is:"date"`
	Option            string `json:"option,omitempty" is:"line"`
	Currency          string `json:"currency,omitempty" is:"line"`
	Amount            Number `json:"amount,omitempty" is:"number"`
	AmountDescription string `json:"amount_description,omitempty" is:"text"`
}

// RequiredDocument is what one has to bring.
type RequiredDocument struct {
	ID        string `json:"id" is:"need id"`
	ServiceID string `json:"service_id,omitempty" is:"ref"`
	Document  string `json:"document,omitempty" is:"text"`
	URI       string `json:"uri,omitempty" is:"uri"`
}

// ServiceArea is where those live whom a service is for.
type ServiceArea struct {
	ID          string `json:"id" is:"need id"`
	ServiceID   string `json:"service_id,omitempty" is:"ref"`
	Name        string `json:"name,omitempty" is:"name"`
	Description string `json:"description,omitempty" is:"text"`
	Extent      string `json:"extent,omitempty" is:"text"`
	ExtentType  string `json:"extent_type,omitempty" is:"line"`
	URI         string `json:"uri,omitempty" is:"line"`
}

// Taxonomy is a list of terms that someone keeps.
type Taxonomy struct {
	ID          string     `json:"id" is:"need id"`
	Name        string     `json:"name" is:"need name"`
	Description string     `json:"description" is:"want text"`
	URI         string     `json:"uri,omitempty" is:"uri"`
	Version     string     `json:"version,omitempty" is:"line"`
	Metadata    []Metadata `json:"metadata,omitempty"`
}

// TaxonomyTerm is a word of a taxonomy.
type TaxonomyTerm struct {
	ID             string     `json:"id" is:"need id"`
	Code           string     `json:"code,omitempty" is:"line"`
	Name           string     `json:"name" is:"need name"`
	Description    string     `json:"description" is:"want text"`
	ParentID       string     `json:"parent_id,omitempty" is:"ref"`
	Taxonomy       string     `json:"taxonomy,omitempty" is:"name"`
	TaxonomyDetail *Taxonomy  `json:"taxonomy_detail,omitempty"`
	Language       string     `json:"language,omitempty" is:"line"`
	TaxonomyID     string     `json:"taxonomy_id,omitempty" is:"ref"`
	TermURI        string     `json:"term_uri,omitempty" is:"uri"`
	Metadata       []Metadata `json:"metadata,omitempty"`
}

// Attribute says a term of something.
type Attribute struct {
	ID             string        `json:"id" is:"need id"`
	LinkID         string        `json:"link_id,omitempty" is:"ref"`
	TaxonomyTermID string        `json:"taxonomy_term_id,omitempty" is:"ref"`
	LinkType       string        `json:"link_type,omitempty" is:"line"`
	LinkEntity     string        `json:"link_entity,omitempty" is:"line"`
	Value          string        `json:"value,omitempty" is:"text"`
	TaxonomyTerm   *TaxonomyTerm `json:"taxonomy_term,omitempty"`
}

// Metadata is a change that was made to something. Teduh reads past it and writes none: it names people.
type Metadata struct {
	ID               string `json:"id" is:"need id"`
	ResourceID       string `json:"resource_id,omitempty" is:"ref"`
	ResourceType     string `json:"resource_type,omitempty" is:"line"`
	LastActionDate   string `json:"last_action_date" is:"want date"`
	LastActionType   string `json:"last_action_type" is:"want line"`
	FieldName        string `json:"field_name" is:"want line"`
	PreviousValue    string `json:"previous_value" is:"want text"`
	ReplacementValue string `json:"replacement_value" is:"want text"`
	UpdatedBy        string `json:"updated_by" is:"want name"`
}

// OrganizationIdentifier is a number someone else knows an organization by.
type OrganizationIdentifier struct {
	ID               string `json:"id" is:"need id"`
	OrganizationID   string `json:"organization_id,omitempty" is:"ref"`
	IdentifierScheme string `json:"identifier_scheme,omitempty" is:"line"`
	IdentifierType   string `json:"identifier_type" is:"want line"`
	Identifier       string `json:"identifier" is:"need line"`
}

// Funding is where the money comes from.
type Funding struct {
	ID             string `json:"id" is:"need id"`
	OrganizationID string `json:"organization_id,omitempty" is:"ref"`
	ServiceID      string `json:"service_id,omitempty" is:"ref"`
	Source         string `json:"source,omitempty" is:"text"`
}

// Program groups services of an organization.
type Program struct {
	ID             string `json:"id" is:"need id"`
	OrganizationID string `json:"organization_id,omitempty" is:"ref"`
	Name           string `json:"name" is:"need name"`
	AlternateName  string `json:"alternate_name,omitempty" is:"name"`
	Description    string `json:"description" is:"want text"`
}

// Number is a number as it is written; empty where there is none. Many publishers put it between quotes, which is read too.
type Number string

// UnmarshalJSON takes what stands there; whether it is a number is checked with the other fields.
func (n *Number) UnmarshalJSON(raw []byte) error {
	if string(raw) != "null" {
		*n = Number(strings.TrimSpace(strings.Trim(string(raw), `"`)))
	}
	return nil
}

// MarshalJSON writes it without quotes.
func (n Number) MarshalJSON() ([]byte, error) {
	if !n.Valid() {
		return []byte("null"), nil
	}
	return []byte(n), nil
}
