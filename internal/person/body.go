package person

import (
	"slices"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/person/phone"
	"teduh/internal/web"
)

// BodyKinds are what a group, organisation or community may be; what fits none is «other».
var BodyKinds = []string{"school", "rt", "rw", "workplace", "youth_group", "religious_body", "women_group", "care_home", "government", "other"}

// Bodies are the kinds of client that are no person and no family.
var Bodies = []string{"group", "organisation", "community"}

// mostContacts speak for one body.
const mostContacts = 5

// tidyBody brings what was typed of a group, organisation or community into its normal form.
func (c *Client) tidyBody() {
	c.Name, c.Sealed.Address = oneLine(c.Name), oneLine(c.Sealed.Address)
	var kept []Contact
	for _, x := range c.Sealed.Contacts {
		x.Name, x.Role = oneLine(x.Name), oneLine(x.Role)
		x.Phone, _ = phone.Normalise(x.Phone)
		if x != (Contact{}) {
			kept = append(kept, x)
		}
	}
	c.Sealed.Contacts = kept
}

// checkBody names what is wrong with a group, organisation or community.
func (c Client) checkBody() error {
	var f fault.Checks
	f.Field(!slices.Contains(Bodies, c.Kind), "kind", "unknown", "error.choice")
	f.Add(web.Length("name", c.Name, 1, web.MaxName))
	f.Field(!slices.Contains(BodyKinds, c.BodyKind), "body_kind", "unknown", "error.choice")
	f.Field(!knownVillage(c.Village), "village", "unknown", "person.village.unknown")
	f.Add(web.Length("address", c.Sealed.Address, 0, web.MaxLine))
	f.Field(c.Members < 0 || c.Members > 10_000_000, "members", "impossible", "person.body.members_impossible")
	f.Field(len(c.Sealed.Contacts) > mostContacts, "contacts", "too_many", "person.body.contacts_too_many", "max", mostContacts)
	for _, x := range c.Sealed.Contacts {
		f.Add(web.Length("contacts", x.Name, 0, web.MaxName))
		f.Add(web.Length("contacts", x.Role, 0, web.MaxLine))
		f.Add(web.Length("contacts", x.Phone, 0, web.MaxLine))
	}
	return f.Err()
}

// Body is a group, organisation or community in a list.
type Body struct {
	Client
	NameKey string
}

// Hit is someone a case may be about, found by search.
type Hit struct {
	Kind    string // one of ClientKinds
	ID      db.ID  // of the person, the family or the client
	Name    string
	Village string
	Person  *Found
	Body    string // what a body is
	Count   int    // members
}
