package partner

import (
	"strconv"
	"strings"

	"teduh/internal/db"
	"teduh/internal/partner/hours"
)

// facts is what fit is reckoned from, in short beside each row of the search. Nothing hidden is among them: where the address
// is, the place is empty.
type facts struct {
	cost       string
	free       *int
	checked    db.Date
	agreement  Agreement
	wheelchair bool
	sex        string
	ageFrom    *int
	ageTo      *int
	place      string // village of an address that is not hidden
	languages  string // apart by commas
	hours      string // as hours.Week writes itself
}

// factFields is how many there are; empty facts are of a service of which nothing is known.
const factFields = 11

// factsOf a service of a partner.
func factsOf(x Service, p Partner) facts {
	at := p.Address
	if x.OwnPlace {
		at = x.Address
	}
	f := facts{cost: x.Cost, free: x.Free, checked: x.Checked.On, agreement: p.Agreement, wheelchair: x.Wheelchair, sex: x.For.Sex,
		ageFrom: x.For.AgeFrom, ageTo: x.For.AgeTo, languages: strings.Join(x.Languages, ","), hours: x.Hours.String()}
	if at.Visibility != Hidden {
		f.place = at.Village
	}
	return f
}

func (f facts) String() string {
	agreed := ""
	if f.agreement.Number != "" {
		agreed = string(f.agreement.From) + "/" + string(f.agreement.Until)
	}
	wheelchair := ""
	if f.wheelchair {
		wheelchair = "w"
	}
	return strings.Join([]string{f.cost, digits(f.free), string(f.checked), agreed, wheelchair, f.sex, digits(f.ageFrom), digits(f.ageTo), f.place,
		f.languages, f.hours}, " ")
}

// readFacts reads what String wrote; anything else tells of nothing.
func readFacts(text string) (f facts) {
	parts := strings.SplitN(text, " ", factFields)
	if len(parts) != factFields {
		return f
	}
	f = facts{cost: parts[0], free: number(parts[1]), checked: db.Date(parts[2]), wheelchair: parts[4] != "", sex: parts[5],
		ageFrom: number(parts[6]), ageTo: number(parts[7]), place: parts[8], languages: parts[9], hours: parts[10]}
	if from, until, agreed := strings.Cut(parts[3], "/"); agreed {
		f.agreement = Agreement{"+", db.Date(from), db.Date(until)}
	}
	return f
}

// week of the facts; what can't be read never opens.
func (f facts) week() hours.Week {
	w, err := hours.Parse(f.hours)
	if err != nil {
		return hours.Week{}
	}
	return w
}

func digits(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

func number(s string) *int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return nil
	}
	return &n
}
