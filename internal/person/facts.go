package person

import (
	"encoding/json"
	"slices"
)

// fact is one thing known of a person that is changed, compared and, at a merge, chosen as a whole: an address is no mix
// of two addresses.
type fact struct {
	code string // catalog key "person.field." + code
	pick func(from *Person) any
	take func(to *Person, from Person)
}

// facts in the order of the form.
var facts = []fact{
	{"name", func(p *Person) any { return []any{p.Name, p.Protected, p.Sealed.RealName} }, func(to *Person, from Person) {
		to.Name, to.Protected, to.Sealed.RealName = from.Name, from.Protected, from.Sealed.RealName
	}},
	text("call_name", func(p *Person) *string { return &p.CallName }),
	{"aliases", func(p *Person) any { return append([]string{}, p.Aliases...) }, func(to *Person, from Person) { to.Aliases = slices.Clone(from.Aliases) }},
	text("sex", func(p *Person) *string { return &p.Sex }),
	{"birth_date", func(p *Person) any { return []any{p.BirthDate, p.BirthPrecision} }, func(to *Person, from Person) {
		to.BirthDate, to.BirthPrecision = from.BirthDate, from.BirthPrecision
	}},
	text("birth_place", func(p *Person) *string { return &p.BirthPlace }),
	text("nik", func(p *Person) *string { return &p.Sealed.NIK }),
	text("kk", func(p *Person) *string { return &p.Sealed.KK }),
	{"phones", func(p *Person) any { return append([]Phone{}, p.Sealed.Phones...) }, func(to *Person, from Person) {
		to.Sealed.Phones = slices.Clone(from.Sealed.Phones)
	}},
	{"address", func(p *Person) any {
		s := p.Sealed
		return []any{p.Home(), p.Confidential, s.RW, s.RT, s.Street, s.Landmark, s.Point}
	}, takeAddress},
	text("religion", func(p *Person) *string { return &p.Religion }),
	text("marital", func(p *Person) *string { return &p.Marital }),
	text("education", func(p *Person) *string { return &p.Education }),
	text("work", func(p *Person) *string { return &p.Work }),
	text("disability", func(p *Person) *string { return &p.Disability }),
	text("languages", func(p *Person) *string { return &p.Languages }),
	text("welfare_status", func(p *Person) *string { return &p.WelfareStatus }),
	text("aid", func(p *Person) *string { return &p.Aid }),
	text("emergency", func(p *Person) *string { return &p.Sealed.Emergency }),
	{"died_on", func(p *Person) any { return []any{p.DiedOn, p.DiedPrecision} }, func(to *Person, from Person) {
		to.DiedOn, to.DiedPrecision = from.DiedOn, from.DiedPrecision
	}},
}

func text(code string, place func(*Person) *string) fact {
	return fact{code, func(p *Person) any { return *place(p) }, func(to *Person, from Person) { *place(to) = *place(&from) }}
}

func takeAddress(to *Person, from Person) {
	to.Village, to.Confidential = from.Village, from.Confidential
	to.Sealed.Village, to.Sealed.RW, to.Sealed.RT = from.Sealed.Village, from.Sealed.RW, from.Sealed.RT
	to.Sealed.Street, to.Sealed.Landmark, to.Sealed.Point = from.Sealed.Street, from.Sealed.Landmark, from.Sealed.Point
}

// same tells whether two people agree in the fact.
func (f fact) same(a, b Person) bool {
	x, errX := json.Marshal(f.pick(&a))
	y, errY := json.Marshal(f.pick(&b))
	return errX == nil && errY == nil && string(x) == string(y)
}

// different names the facts in which two versions of a person differ; never what they say.
func different(a, b Person) []string {
	list := []string{}
	for _, f := range facts {
		if !f.same(a, b) {
			list = append(list, f.code)
		}
	}
	return list
}
