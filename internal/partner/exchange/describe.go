package exchange

import (
	"net/http"
	"strings"
	"time"

	"teduh/internal/partner/hsds"
)

// schemas is where the specification's own schemas are published.
const schemas = "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/"

// described are the lists that are served: what they hold, by which schema, and what they may be asked.
var described = []struct {
	path, holds, schema string
	asks                []string
}{
	{"services", "services", "service.json", []string{"search", "organization_id", "taxonomy_id", "taxonomy_term_id", "modified_after", "minimal", "full"}},
	{"organizations", "organizations", "organization.json", []string{"search", "full", "full_service"}},
	{"service_at_locations", "services at a location", "service_at_location.json", []string{"search", "organization_id", "taxonomy_id", "taxonomy_term_id", "modified_after", "full"}},
	{"taxonomies", "taxonomies", "taxonomy.json", []string{"search"}},
	{"taxonomy_terms", "taxonomy terms", "taxonomy_term.json", []string{"search", "taxonomy_id", "parent_id", "top_only"}},
}

// object is a piece of a description.
type object = map[string]any

// parameters with their kinds and what they do.
var parameters = map[string][2]string{
	"page": {"integer", "Which page, from 1."}, "per_page": {"integer", "How many on a page, up to 500."}, "format": {"string", "json, or ndjson: all of it, one a line."},
	"search": {"string", "Words with which words of the names and descriptions begin."}, "organization_id": {"string", "Of this organization alone."},
	"taxonomy_id": {"string", "With a term of this taxonomy."}, "taxonomy_term_id": {"string", "With this term."},
	"modified_after": {"string", "Changed at this moment or later."}, "minimal": {"boolean", "Keys and the last change alone, all on one page."},
	"full": {"boolean", "With everything that belongs to each."}, "full_service": {"boolean", "With services whole."},
	"parent_id": {"string", "Below this term."}, "top_only": {"boolean", "At the top alone."},
}

func asking(names ...string) (list []object) {
	for _, name := range names {
		list = append(list, object{"name": name, "in": "query", "description": parameters[name][1], "schema": object{"type": parameters[name][0]}})
	}
	return list
}

func replies(schema object) object {
	return object{"200": object{"description": "What was asked for.", "content": object{"application/json": object{"schema": schema}}},
		"default": object{"description": "Why not.", "content": object{"application/problem+json": object{"schema": object{"type": "object"}}}}}
}

// openAPI makes the OpenAPI document of what is served.
func openAPI(at, version string) object {
	text, flag, whole := object{"type": "string"}, object{"type": "boolean"}, object{"type": "integer"}
	paths := object{"/": object{"get": object{"operationId": "about", "summary": "What this is.",
		"responses": replies(object{"type": "object", "properties": object{"version": text, "profile": text, "openapi_url": text}})}}}
	for _, d := range described {
		id := strings.ReplaceAll(d.path, "_", "-")
		item := object{"$ref": schemas + d.schema}
		paths["/"+d.path] = object{"get": object{"operationId": "list-" + id, "summary": "Lists " + d.holds + ".",
			"parameters": asking(append([]string{"page", "per_page", "format"}, d.asks...)...),
			"responses": replies(object{"allOf": []object{{"$ref": "#/components/schemas/Page"},
				{"type": "object", "properties": object{"contents": object{"type": "array", "items": item}}}}})}}
		one := object{"operationId": "get-" + id, "summary": "One of the " + d.holds + ", with everything that belongs to it.", "responses": replies(item),
			"parameters": []object{{"name": "id", "in": "path", "required": true, "schema": text}}}
		paths["/"+d.path+"/{id}"] = object{"get": one}
	}
	return object{"openapi": "3.1.0", "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
		"info":    object{"title": "Teduh, open directory of services (HSDS " + hsds.Version + ")", "version": version},
		"servers": []object{{"url": at + strings.TrimSuffix(Root, "/")}}, "paths": paths,
		"components": object{"schemas": object{"Page": object{"type": "object", "properties": object{"total_items": whole, "total_pages": whole, "page_number": whole,
			"size": whole, "first_page": flag, "last_page": flag, "empty": flag}}}}}
}

func (o *Open) openapi(w http.ResponseWriter, r *http.Request) error {
	return answer(w, r, time.Time{}, openAPI(o.at(r), "1"))
}
