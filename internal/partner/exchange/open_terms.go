package exchange

import (
	"context"
	"net/http"
	"slices"
	"time"

	"teduh/internal/db"
	"teduh/internal/fault"
)

func (o *Open) taxonomies(w http.ResponseWriter, r *http.Request) error {
	q, err := asked(r)
	if err != nil {
		return err
	}
	ctx := inData(r.Context())
	var found []any
	for _, code := range taxonomyCodes {
		if t := taxonomy(ctx, code); matches(searched(t.Name+" "+t.Description), q.search) {
			found = append(found, t)
		}
	}
	return list(w, r, q, time.Time{}, found, itself)
}

// itself gives documents that are made already.
func itself(_ context.Context, docs []any) ([]any, error) { return docs, nil }

func (o *Open) taxonomy(w http.ResponseWriter, r *http.Request) error {
	i := slices.IndexFunc(taxonomyCodes, func(code string) bool { return taxonomyID(code) == r.PathValue("taxonomy") })
	if i < 0 {
		return fault.NotFound()
	}
	return answer(w, r, time.Time{}, taxonomy(inData(r.Context()), taxonomyCodes[i]))
}

// taxonomyTerms lists words; none has another above it, so that all are at the top and none lies below one.
func (o *Open) taxonomyTerms(w http.ResponseWriter, r *http.Request) error {
	q, c, err := o.ask(r, "taxonomy_id", "parent_id", "top_only")
	if err != nil {
		return err
	}
	t, err := o.service.tellerFor(r.Context(), officesOf(c.words)...)
	if err != nil {
		return err
	}
	var found []any
	for _, x := range c.words {
		if q.parent != "" || q.taxonomy != "" && taxonomyID(x.taxonomy) != q.taxonomy {
			continue
		}
		if term := x.term(t.ctx, t.places[x.office].settings); matches(searched(term.Name), q.search) {
			found = append(found, term)
		}
	}
	return list(w, r, q, c.change.Time, found, itself)
}

// officesOf the words that an office made.
func officesOf(words []word) (offices []db.ID) {
	for _, x := range words {
		if !x.office.IsZero() {
			offices = append(offices, x.office)
		}
	}
	return offices
}

func (o *Open) taxonomyTerm(w http.ResponseWriter, r *http.Request) error {
	c, err := o.service.catalogue(r.Context())
	if err != nil {
		return err
	}
	i := slices.IndexFunc(c.words, func(x word) bool { return x.id() == r.PathValue("term") })
	if i < 0 {
		return fault.NotFound()
	}
	t, err := o.service.tellerFor(r.Context(), officesOf(c.words[i:i+1])...)
	if err != nil {
		return err
	}
	return answer(w, r, c.change.Time, c.words[i].term(t.ctx, t.places[c.words[i].office].settings))
}
