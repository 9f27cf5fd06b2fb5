package exchange

import (
	"context"
	"encoding/json"
	"io"
	"strings"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/partner"
	"teduh/internal/partner/hsds"
)

// Written counts what stands in a file.
type Written struct {
	Organizations int `json:"organizations"`
	Services      int `json:"services"`
}

// Shapes of a file, by the ends of names: a package of tables, which holds organizations without services too, or services with
// everything in them, as an array or one a line.
var Shapes = []string{".zip", ".json", ".ndjson"}

// sink writes a file, and counts what it wrote.
type sink interface {
	Organization(o *hsds.Organization) error
	Service(s *hsds.Service) error
	Close() (Written, error)
}

// Export writes what is public of the actor's office.
func (s *Service) Export(ctx context.Context, a access.Actor, to io.Writer, shape string) (n Written, err error) {
	if err := a.Require(access.PartnerWrite); err != nil {
		return n, err
	}
	list, err := s.Directory.Listing(ctx, a.Office.ID)
	if err != nil {
		return n, err
	}
	t, err := s.tellerFor(ctx, a.Office.ID)
	if err != nil {
		return n, err
	}
	out, err := s.sinkFor(a, t, to, shape)
	if err != nil {
		return n, err
	}
	if err := s.exportPartners(ctx, t, list, out); err != nil {
		return n, err
	}
	if err := s.exportServices(ctx, t, list, out); err != nil {
		return n, err
	}
	return out.Close()
}

func (s *Service) exportPartners(ctx context.Context, t teller, list partner.Listing, out sink) error {
	var ids []db.ID
	for _, x := range list.Partners {
		ids = append(ids, x.ID)
	}
	for len(ids) > 0 {
		some := min(loaded, len(ids))
		partners, err := s.Directory.PublicPartners(ctx, ids[:some])
		if err != nil {
			return err
		}
		for _, p := range partners {
			if err := out.Organization(t.organization(p)); err != nil {
				return err
			}
		}
		ids = ids[some:]
	}
	return nil
}

func (s *Service) exportServices(ctx context.Context, t teller, list partner.Listing, out sink) error {
	var ids []db.ID
	for _, x := range list.Services {
		ids = append(ids, x.ID)
	}
	for len(ids) > 0 {
		some := min(loaded, len(ids))
		services, err := s.Directory.PublicServices(ctx, ids[:some])
		if err != nil {
			return err
		}
		for _, x := range services {
			if err := out.Service(t.service(x)); err != nil {
				return err
			}
		}
		ids = ids[some:]
	}
	return nil
}

func (s *Service) sinkFor(a access.Actor, t teller, to io.Writer, shape string) (sink, error) {
	if shape != ".zip" {
		return &nestedFile{to: to, array: shape == ".json", json: json.NewEncoder(to), owners: map[string]bool{}}, nil
	}
	p := hsds.NewPackage(to, hsds.About{Name: "teduh-" + strings.ToLower(a.Office.Prefix), Title: a.Office.Name, Created: s.Now().UTC().Format(time.RFC3339)})
	for _, code := range taxonomyCodes {
		x := taxonomy(t.ctx, code)
		if err := p.Taxonomy(&x); err != nil {
			return nil, err
		}
	}
	return &flatFile{p: p}, nil
}

// flatFile writes a package of tables.
type flatFile struct {
	p *hsds.Package
	n Written
}

// Organization writes one.
func (f *flatFile) Organization(o *hsds.Organization) error {
	f.n.Organizations++
	return f.p.Organization(o)
}

// Service writes one.
func (f *flatFile) Service(s *hsds.Service) error {
	f.n.Services++
	return f.p.Service(s)
}

// Close writes the package.
func (f *flatFile) Close() (Written, error) { return f.n, f.p.Close() }

// nestedFile writes services with everything in them.
type nestedFile struct {
	to     io.Writer
	json   *json.Encoder
	array  bool
	n      int
	owners map[string]bool
}

// Organization is told with its services; one without is left out.
func (f *nestedFile) Organization(*hsds.Organization) error { return nil }

// Service writes one.
func (f *nestedFile) Service(s *hsds.Service) error {
	if f.array {
		mark := "["
		if f.n > 0 {
			mark = ","
		}
		if _, err := io.WriteString(f.to, mark); err != nil {
			return err
		}
	}
	f.n++
	f.owners[s.OrganizationID] = true
	return f.json.Encode(s)
}

// Close ends the array.
func (f *nestedFile) Close() (Written, error) {
	end := ""
	if f.array && f.n == 0 {
		end = "["
	}
	if f.array {
		end += "]\n"
	}
	_, err := io.WriteString(f.to, end)
	return Written{len(f.owners), f.n}, err
}
