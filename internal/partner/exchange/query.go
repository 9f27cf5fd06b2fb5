package exchange

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"teduh/internal/fault"
	"teduh/internal/partner/hsds"
	"teduh/internal/web"
)

// query is what a list is asked for.
type query struct {
	page, perPage int
	lines         bool // format=ndjson: all of it, one a line
	search        string
	organization  string
	taxonomy      string
	words         string // the code of the taxonomy, once it was looked up
	term          string
	word          word // the term, likewise
	parent        string
	since         time.Time
	minimal       bool
	full          bool
	fullService   bool
	topOnly       bool
}

// Limits of a page.
const (
	usualPage = 50
	mostPage  = 500
	mostPages = 1_000_000
)

// asked reads a list's parameters, of those the list knows. What can't be meant is told by name.
func asked(r *http.Request, known ...string) (q query, err error) {
	values := r.URL.Query()
	var c fault.Checks
	for _, name := range []string{"postcode", "proximity"} {
		c.Field(values.Get(name) != "", name, "not_supported", "exchange.error.no_postcodes")
	}
	q.page = number(&c, values, "page", 1, mostPages)
	q.perPage = number(&c, values, "per_page", usualPage, mostPage)
	switch values.Get("format") {
	case "", "json":
	case "ndjson":
		q.lines = true
	default:
		c.Field(true, "format", "unknown", "exchange.error.format")
	}
	q.search = values.Get("search")
	c.Add(web.Length("search", q.search, 0, web.MaxName))
	for _, name := range known {
		q.read(&c, values, name)
	}
	err = c.Err()
	if e, ok := fault.As(err); ok {
		e.Status = http.StatusBadRequest
	}
	return q, err
}

func number(c *fault.Checks, values url.Values, name string, usual, most int) int {
	text := values.Get(name)
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	c.Field(err != nil || n < 1 || n > most, name, "impossible", "exchange.error.number", "max", most)
	return n
}

func flag(c *fault.Checks, values url.Values, name string) bool {
	text := values.Get(name)
	if text == "" {
		return false
	}
	b, err := strconv.ParseBool(text)
	c.Field(err != nil, name, "impossible", "exchange.error.flag")
	return b
}

func (q *query) read(c *fault.Checks, values url.Values, name string) {
	switch name {
	case "organization_id":
		q.organization = values.Get(name)
	case "taxonomy_id":
		q.taxonomy = values.Get(name)
	case "taxonomy_term_id":
		q.term = values.Get(name)
	case "parent_id":
		q.parent = values.Get(name)
	case "modified_after":
		if text := values.Get(name); text != "" {
			at, ok := hsds.Moment(text)
			c.Field(!ok, name, "impossible", "exchange.error.moment")
			q.since = at
		}
	case "minimal":
		q.minimal = flag(c, values, name)
		if q.minimal && values.Get("per_page") == "" {
			q.perPage = mostMinimal // all of it at once, as the specification wishes
		}
	case "full":
		q.full = flag(c, values, name)
	case "full_service":
		q.fullService = flag(c, values, name)
	case "top_only":
		q.topOnly = flag(c, values, name)
	}
}

// mostMinimal is how many a page holds where only keys are asked for.
const mostMinimal = 100_000
