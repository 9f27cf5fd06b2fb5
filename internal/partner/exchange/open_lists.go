package exchange

import (
	"context"
	"net/http"
	"time"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/partner"
	"teduh/internal/partner/hsds"
)

// minimal is a service by its key alone.
type minimal struct {
	ID       string `json:"id"`
	Modified string `json:"modified_date"`
}

func (o *Open) services(w http.ResponseWriter, r *http.Request) error {
	q, c, err := o.ask(r, "organization_id", "taxonomy_id", "taxonomy_term_id", "modified_after", "minimal", "full")
	if err != nil {
		return err
	}
	return list(w, r, q, c.change.Time, c.fitting(q, false), func(ctx context.Context, found []listed) ([]any, error) {
		if q.minimal {
			return keysOf(found), nil
		}
		list, t, err := o.service.told(ctx, idsOf(found))
		docs := make([]any, len(list))
		for i, x := range list {
			docs[i] = brief(t.service(x), q.full)
		}
		return docs, err
	})
}

// ask reads what a list is asked for, and the index.
func (o *Open) ask(r *http.Request, known ...string) (query, *catalogue, error) {
	q, err := asked(r, known...)
	if err != nil {
		return q, nil, err
	}
	c, err := o.service.catalogue(r.Context())
	if err == nil {
		c.meant(&q)
	}
	return q, c, err
}

// fitting are the services asked for; located ones alone where places are listed.
func (c *catalogue) fitting(q query, located bool) (found []listed) {
	for _, x := range c.services {
		if (x.Located || !located) && x.fits(q) {
			found = append(found, x)
		}
	}
	return found
}

func idsOf(found []listed) []db.ID {
	ids := make([]db.ID, len(found))
	for i, x := range found {
		ids[i] = x.ID
	}
	return ids
}

func keysOf(found []listed) []any {
	docs := make([]any, len(found))
	for i, x := range found {
		docs[i] = minimal{x.ID.String(), x.Changed.UTC().Format(time.RFC3339)}
	}
	return docs
}

// brief is a service with its own fields and its organization's, unless all of it is asked for.
func brief(s *hsds.Service, full bool) *hsds.Service {
	if full {
		return s
	}
	return &hsds.Service{ID: s.ID, OrganizationID: s.OrganizationID, Name: s.Name, Description: s.Description, Email: s.Email, Status: s.Status,
		FeesDescription: s.FeesDescription, EligibilityDescription: s.EligibilityDescription, MinimumAge: s.MinimumAge, MaximumAge: s.MaximumAge,
		AssuredDate: s.AssuredDate, LastModified: s.LastModified, Organization: briefOrganization(s.Organization)}
}

func briefOrganization(o *hsds.Organization) *hsds.Organization {
	return &hsds.Organization{ID: o.ID, Name: o.Name, Description: o.Description, Website: o.Website}
}

func (o *Open) service1(w http.ResponseWriter, r *http.Request) error {
	x, t, err := o.service.one(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	return answer(w, r, x.Changed().Time, t.service(x))
}

// given is a service at a location with both of them. The specification's own description asks for the fields of a service
// here; its name and status stand beside, so that the answer is right by it and by the schema of what it is.
type given struct {
	hsds.ServiceAtLocation
	Name    string        `json:"name"`
	Status  string        `json:"status"`
	Service *hsds.Service `json:"service,omitempty"`
}

func placed(s *hsds.Service, full bool) given {
	at := s.ServiceAtLocations[0]
	if !full {
		l := *at.Location
		l.Addresses, l.Accessibility = nil, nil
		at.Location = &l
	}
	inside := brief(s, full)
	inside.ServiceAtLocations = nil
	return given{at, s.Name, s.Status, inside}
}

func (o *Open) serviceAtLocations(w http.ResponseWriter, r *http.Request) error {
	q, c, err := o.ask(r, "organization_id", "taxonomy_id", "taxonomy_term_id", "modified_after", "full")
	if err != nil {
		return err
	}
	return list(w, r, q, c.change.Time, c.fitting(q, true), func(ctx context.Context, found []listed) ([]any, error) {
		list, t, err := o.service.told(ctx, idsOf(found))
		var docs []any
		for _, x := range list {
			if s := t.service(x); len(s.ServiceAtLocations) > 0 {
				docs = append(docs, placed(s, q.full))
			}
		}
		return docs, err
	})
}

// serviceAtLocation finds the one place of a service by its derived key.
func (o *Open) serviceAtLocation(w http.ResponseWriter, r *http.Request) error {
	c, err := o.service.catalogue(r.Context())
	if err != nil {
		return err
	}
	id, known := c.places[r.PathValue("id")]
	if !known {
		return fault.NotFound()
	}
	x, t, err := o.service.one(r.Context(), id.String())
	if err != nil {
		return err
	}
	s := t.service(x)
	if len(s.ServiceAtLocations) == 0 {
		return fault.NotFound()
	}
	return answer(w, r, x.Changed().Time, placed(s, true))
}

// offering is an organization with what it offers.
type offering struct {
	*hsds.Organization
	Services []any `json:"services,omitempty"`
}

func (o *Open) organizations(w http.ResponseWriter, r *http.Request) error {
	q, c, err := o.ask(r, "full", "full_service")
	if err != nil {
		return err
	}
	var found []listedPartner
	for _, x := range c.partners {
		if matches(x.text, q.search) {
			found = append(found, x)
		}
	}
	return list(w, r, q, c.change.Time, found, func(ctx context.Context, found []listedPartner) ([]any, error) {
		ids := make([]db.ID, len(found))
		for i, x := range found {
			ids[i] = x.ID
		}
		return o.offerings(ctx, c, ids, q)
	})
}

// offerings are organizations with their services: their keys, or all of them.
func (o *Open) offerings(ctx context.Context, c *catalogue, ids []db.ID, q query) ([]any, error) {
	partners, err := o.service.Directory.PublicPartners(ctx, ids)
	if err != nil {
		return nil, err
	}
	offices := make([]db.ID, len(partners))
	for i, p := range partners {
		offices[i] = p.Office
	}
	t, err := o.service.tellerFor(ctx, offices...)
	if err != nil {
		return nil, err
	}
	services, err := o.offered(ctx, c, partners, q)
	docs := make([]any, len(partners))
	for i, p := range partners {
		whole := t.organization(p)
		if !q.full {
			whole = briefOrganization(whole)
		}
		docs[i] = offering{whole, services[p.ID]}
	}
	return docs, err
}

// offered are the services of some organizations, where they are asked for or the organization is told whole.
func (o *Open) offered(ctx context.Context, c *catalogue, partners []partner.Partner, q query) (map[db.ID][]any, error) {
	found := map[db.ID][]any{}
	if !q.full && !q.fullService {
		return found, nil
	}
	var ids []db.ID
	wanted := map[db.ID]bool{}
	for _, p := range partners {
		wanted[p.ID] = true
	}
	for _, x := range c.services {
		if wanted[x.Partner] {
			ids = append(ids, x.ID)
		}
	}
	list, t, err := o.service.told(ctx, ids)
	for _, x := range list {
		var doc any = map[string]string{"id": x.Service.ID.String(), "name": x.Service.Name, "status": "active"}
		if q.fullService {
			s := t.service(x)
			s.Organization = nil
			doc = s
		}
		found[x.Partner.ID] = append(found[x.Partner.ID], doc)
	}
	return found, err
}

func (o *Open) organization(w http.ResponseWriter, r *http.Request) error {
	q, c, err := o.ask(r, "full_service")
	if err != nil {
		return err
	}
	id, err := db.ParseID(r.PathValue("id"))
	if err != nil {
		return fault.NotFound()
	}
	q.full = true
	docs, err := o.offerings(r.Context(), c, []db.ID{id}, q)
	if err == nil && len(docs) == 0 {
		err = fault.NotFound()
	}
	if err != nil {
		return err
	}
	return answer(w, r, c.change.Time, docs[0])
}
