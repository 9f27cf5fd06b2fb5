package exchange

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/partner"
	"teduh/internal/web"
)

// Open serves what is public to anyone, as the API of HSDS 3.0 describes. Its answers are JSON, its errors too.
type Open struct {
	service *Service
	base    string // https://teduh.example
}

// NewOpen makes the handlers; base is where the installation is reached from outside.
func NewOpen(s *Service, base string) *Open { return &Open{s, base} }

// Root is where it is served.
const Root = "/hsds/"

// Routes of the open directory.
func (o *Open) Routes() []web.Route {
	public := string(access.Public)
	return []web.Route{
		{Method: "GET", Path: Root + "{$}", Permission: public, Handle: o.about},
		{Method: "GET", Path: Root + "openapi.json", Permission: public, Handle: o.openapi},
		{Method: "GET", Path: Root + "services", Permission: public, Handle: o.services},
		{Method: "GET", Path: Root + "services/{id}", Permission: public, Handle: o.service1},
		{Method: "GET", Path: Root + "organizations", Permission: public, Handle: o.organizations},
		{Method: "GET", Path: Root + "organizations/{id}", Permission: public, Handle: o.organization},
		{Method: "GET", Path: Root + "service_at_locations", Permission: public, Handle: o.serviceAtLocations},
		{Method: "GET", Path: Root + "service_at_locations/{id}", Permission: public, Handle: o.serviceAtLocation},
		{Method: "GET", Path: Root + "taxonomies", Permission: public, Handle: o.taxonomies},
		{Method: "GET", Path: Root + "taxonomies/{taxonomy}", Permission: public, Handle: o.taxonomy},
		{Method: "GET", Path: Root + "taxonomy_terms", Permission: public, Handle: o.taxonomyTerms},
		{Method: "GET", Path: Root + "taxonomy_terms/{term}", Permission: public, Handle: o.taxonomyTerm},
	}
}

// IsOpen tells whether a request is for the open directory, whose errors are told as JSON.
func IsOpen(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, Root) }

func (o *Open) about(w http.ResponseWriter, r *http.Request) error {
	return answer(w, r, time.Time{}, map[string]string{"version": "3.0", "profile": "https://docs.openreferral.org/en/v3.0/hsds/overview.html",
		"openapi_url": o.at(r) + Root + "openapi.json"})
}

// at is where the installation is reached: as it was told, or else as it was asked.
func (o *Open) at(r *http.Request) string {
	switch {
	case o.base != "":
		return o.base
	case r.TLS != nil:
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// keptFor is how long whoever asked may use an answer, in seconds.
const keptFor = "60"

// answer writes a document that may be kept for a while, and says when it has not changed since it was asked for.
func answer(w http.ResponseWriter, r *http.Request, changed time.Time, doc any) error {
	body, err := json.Marshal(doc)
	if err != nil {
		return err
	}
	openHeaders(w, "application/json")
	sum := sha256.Sum256(body)
	w.Header().Set("ETag", `"`+base64.RawURLEncoding.EncodeToString(sum[:15])+`"`)
	http.ServeContent(w, r, "", changed, bytes.NewReader(append(body, '\n')))
	return nil
}

// openHeaders let any site read what is public.
func openHeaders(w http.ResponseWriter, kind string) {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", "public, max-age="+keptFor)
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
}

// page is a page of a list, with the names of the specification.
type page struct {
	TotalItems int   `json:"total_items"`
	TotalPages int   `json:"total_pages"`
	PageNumber int   `json:"page_number"`
	Size       int   `json:"size"`
	FirstPage  bool  `json:"first_page"`
	LastPage   bool  `json:"last_page"`
	Empty      bool  `json:"empty"`
	Contents   []any `json:"contents"`
}

// list answers with a page of what was found, or with all of it line by line. Load makes documents of some of it.
func list[T any](w http.ResponseWriter, r *http.Request, q query, changed time.Time, found []T, load func(context.Context, []T) ([]any, error)) error {
	if q.lines {
		return stream(w, r, found, load)
	}
	from := min((q.page-1)*q.perPage, len(found))
	to := min(from+q.perPage, len(found))
	contents, err := load(r.Context(), found[from:to])
	if err != nil {
		return err
	}
	if contents == nil {
		contents = []any{}
	}
	pages := (len(found) + q.perPage - 1) / q.perPage
	return answer(w, r, changed, page{TotalItems: len(found), TotalPages: pages, PageNumber: q.page, Size: len(contents), FirstPage: q.page == 1,
		LastPage: q.page >= pages, Empty: len(contents) == 0, Contents: contents})
}

// loaded are how many are read at once where all are asked for.
const loaded = 100

func stream[T any](w http.ResponseWriter, r *http.Request, found []T, load func(context.Context, []T) ([]any, error)) error {
	openHeaders(w, "application/x-ndjson")
	to := json.NewEncoder(w)
	for len(found) > 0 {
		n := min(loaded, len(found))
		contents, err := load(r.Context(), found[:n])
		if err != nil {
			return err
		}
		if !sent(to, contents) {
			return nil // who asked has gone
		}
		found = found[n:]
	}
	return nil
}

// sent tells whether documents could be handed over, one a line.
func sent(to *json.Encoder, docs []any) bool {
	return !slices.ContainsFunc(docs, func(x any) bool { return to.Encode(x) != nil })
}

// told reads services and a teller for them.
func (s *Service) told(ctx context.Context, ids []db.ID) ([]partner.Told, teller, error) {
	list, err := s.Directory.PublicServices(ctx, ids)
	if err != nil {
		return nil, teller{}, err
	}
	offices := make([]db.ID, len(list))
	for i, x := range list {
		offices[i] = x.Service.Office
	}
	t, err := s.tellerFor(ctx, offices...)
	return list, t, err
}

// one reads the service of a path; one that is not public is not there.
func (s *Service) one(ctx context.Context, text string) (partner.Told, teller, error) {
	id, err := db.ParseID(text)
	if err != nil {
		return partner.Told{}, teller{}, fault.NotFound()
	}
	list, t, err := s.told(ctx, []db.ID{id})
	if err == nil && len(list) == 0 {
		err = fault.NotFound()
	}
	if err != nil {
		return partner.Told{}, teller{}, err
	}
	return list[0], t, nil
}
