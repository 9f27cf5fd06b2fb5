package hsds

import (
	"reflect"
	"strings"
)

// table is a kind of thing, and the file of a package its rows stand in.
type table struct {
	name string // as keys name it: service_at_location
	file string
	of   reflect.Type
	cols []column
	kids []child
}

// column is a field that holds a value.
type column struct {
	name  string
	index int
	rules []string
	kind  string // its kind in datapackage.json
}

// child is a field that holds other things, one or many.
type child struct {
	name  string
	index int
	of    reflect.Type
	many  bool
}

// tables stand in the order in which a package names them.
var tables = []*table{
	shape("organization", "organizations.csv", Organization{}), shape("program", "programs.csv", Program{}), shape("service", "services.csv", Service{}),
	shape("attribute", "attributes.csv", Attribute{}), shape("service_at_location", "service_at_location.csv", ServiceAtLocation{}),
	shape("location", "locations.csv", Location{}), shape("phone", "phones.csv", Phone{}), shape("contact", "contacts.csv", Contact{}),
	shape("address", "addresses.csv", Address{}), shape("schedule", "schedules.csv", Schedule{}), shape("funding", "funding.csv", Funding{}),
	shape("service_area", "service_areas.csv", ServiceArea{}), shape("required_document", "required_documents.csv", RequiredDocument{}),
	shape("language", "languages.csv", Language{}), shape("accessibility", "accessibility.csv", Accessibility{}),
	shape("taxonomy_term", "taxonomy_terms.csv", TaxonomyTerm{}), shape("metadata", "metadata.csv", Metadata{}),
	shape("cost_option", "cost_options.csv", CostOption{}), shape("organization_identifier", "organization_identifiers.csv", OrganizationIdentifier{}),
	shape("taxonomy", "taxonomies.csv", Taxonomy{}),
}

var (
	byType = map[reflect.Type]*table{}
	byName = map[string]*table{}
)

func init() {
	for _, t := range tables {
		byType[t.of], byName[t.name] = t, t
	}
}

func shape(name, file string, example any) *table {
	t := &table{name: name, file: file, of: reflect.TypeOf(example)}
	for i := range t.of.NumField() {
		f := t.of.Field(i)
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch f.Type.Kind() {
		case reflect.Slice:
			t.kids = append(t.kids, child{tag, i, f.Type.Elem(), true})
		case reflect.Pointer:
			t.kids = append(t.kids, child{tag, i, f.Type.Elem(), false})
		default:
			rules := strings.Fields(f.Tag.Get("is"))
			t.cols = append(t.cols, column{tag, i, rules, packageKind(f.Type, rules)})
		}
	}
	return t
}

func packageKind(t reflect.Type, rules []string) string {
	if t == reflect.TypeFor[Number]() {
		return "number"
	}
	switch rules[len(rules)-1] {
	case "date":
		return "date"
	case "time":
		return "time"
	case "moment":
		return "datetime"
	}
	return "string"
}

// column by its name; nil where a table has none.
func (t *table) column(name string) *column {
	for i := range t.cols {
		if t.cols[i].name == name {
			return &t.cols[i]
		}
	}
	return nil
}

// Field is what the package knows of a field, for holding it against the schemas.
type Field struct {
	Table, Name string
	Required    bool
	Choices     []string
	Number      bool
	Nested      string // the table of what it holds
	Many        bool
}

// Fields lists every field that is read and written.
func Fields() (list []Field) {
	for _, t := range tables {
		for _, c := range t.cols {
			last := c.rules[len(c.rules)-1]
			list = append(list, Field{Table: t.name, Name: c.name, Required: len(c.rules) > 1, Choices: choices[last], Number: c.kind == "number"})
		}
		for _, k := range t.kids {
			list = append(list, Field{Table: t.name, Name: k.name, Nested: byType[k.of].name, Many: k.many})
		}
	}
	return list
}
