package exchange

import (
	"context"

	"teduh/internal/db"
	"teduh/internal/i18n"
	"teduh/internal/partner"
	"teduh/internal/partner/hsds"
	"teduh/internal/unit"
)

// The taxonomies that are given out, by their codes.
const (
	needsTaxonomy = "needs"    // what a service is for: the categories of cases
	kindTaxonomy  = "kinds"    // what an organization is
	psksTaxonomy  = "psks"     // which source of social welfare it is
	forTaxonomy   = "audience" // whom a service is for
)

var (
	taxonomyCodes = []string{needsTaxonomy, kindTaxonomy, psksTaxonomy, forTaxonomy}
	taxonomyNames = i18n.Family("exchange.taxonomy.")
	taxonomyAbout = i18n.Family("exchange.about.")
	kindNames     = i18n.Family("partner.kind.")
	psksNames     = i18n.Family("partner.psks.")
	sexNames      = i18n.Family("person.sex.")
	standardNeeds = unit.Defaults()
	sexes         = []string{"f", "m"}
	nobody        db.ID // whose the words are that all offices share
)

func taxonomyID(code string) string { return derived(nobody, "taxonomy", code) }

func taxonomy(ctx context.Context, code string) hsds.Taxonomy {
	return hsds.Taxonomy{ID: taxonomyID(code), Name: taxonomyNames.T(ctx, code), Description: taxonomyAbout.T(ctx, code), URI: "urn:teduh:taxonomy:" + code, Version: "1"}
}

// word is a term: of a taxonomy, and of an office where the office made it.
type word struct {
	taxonomy string
	code     string
	office   db.ID
}

// need is the word for a need of an office's list.
func need(office db.ID, code string) word {
	if standardNeeds.CategoryKnown(code) {
		office = nobody
	}
	return word{needsTaxonomy, code, office}
}

func (w word) id() string { return derived(w.office, "term "+w.taxonomy, w.code) }

// term is a word with its name; settings are those of its office.
func (w word) term(ctx context.Context, settings *unit.Settings) hsds.TaxonomyTerm {
	t := hsds.TaxonomyTerm{ID: w.id(), Code: w.code, TaxonomyID: taxonomyID(w.taxonomy), Taxonomy: taxonomyNames.T(ctx, w.taxonomy), Language: "id"}
	switch w.taxonomy {
	case needsTaxonomy:
		if w.office.IsZero() {
			settings = &standardNeeds
		}
		t.Name = settings.Category(ctx, w.code)
	case kindTaxonomy:
		t.Name = kindNames.T(ctx, w.code)
	case psksTaxonomy:
		t.Name = psksNames.T(ctx, w.code)
	default:
		t.Name = sexNames.T(ctx, w.code)
	}
	return t
}

// attribute says a word of something.
func (w word) attribute(ctx context.Context, of db.ID, entity string, settings *unit.Settings) hsds.Attribute {
	t := w.term(ctx, settings)
	return hsds.Attribute{ID: derived(of, "attribute "+w.taxonomy, w.code), LinkID: of.String(), LinkEntity: entity, LinkType: w.taxonomy,
		TaxonomyTermID: t.ID, TaxonomyTerm: &t}
}

// words of the closed lists, and those needs that all offices share.
func sharedWords() (list []word) {
	for _, e := range standardNeeds.Categories {
		list = append(list, word{needsTaxonomy, e.Code, nobody})
	}
	for _, code := range partner.Kinds {
		list = append(list, word{kindTaxonomy, code, nobody})
	}
	for _, code := range partner.PSKSKinds {
		list = append(list, word{psksTaxonomy, code, nobody})
	}
	for _, code := range sexes {
		list = append(list, word{forTaxonomy, code, nobody})
	}
	return list
}

// said is the code that an attribute says in one of our taxonomies; empty where it is another's.
func said(a hsds.Attribute, taxonomy string) string {
	if t := a.TaxonomyTerm; t != nil && t.TaxonomyID == taxonomyID(taxonomy) {
		return t.Code
	}
	return ""
}
