package importer

import (
	"hash/maphash"

	"teduh/internal/person"
	"teduh/internal/person/names"
)

// twinSearch finds people who may be twins of each other, or of someone in the office. It keeps hashes and no names: a list
// may have hundreds of thousands of rows.
type twinSearch struct {
	seed   maphash.Seed
	first  map[uint64]int32
	office *person.Register // nil looks among the rows alone
	list   []Twin
	total  int
}

func newTwinSearch(office *person.Register) twinSearch {
	return twinSearch{seed: maphash.MakeSeed(), first: map[uint64]int32{}, office: office}
}

// mostTwins are told one by one; the rest is counted.
const mostTwins = 50

// look compares a person with those before: the same NIK, a same phone, or the same name and birth.
func (t *twinSearch) look(line int, p person.Person) {
	keys := [][2]string{{"nik", p.Sealed.NIK}}
	for _, f := range p.Sealed.Phones {
		keys = append(keys, [2]string{"phone", f.Number})
	}
	if p.BirthDate != "" && p.BirthPrecision == "day" {
		keys = append(keys, [2]string{"name_birth", names.Key(p.Name) + string(p.BirthDate)})
	}
	for _, k := range keys {
		if first, ok := t.first[t.hash(k)]; ok && k[1] != "" {
			t.found(Twin{Line: line, Other: int(first), Why: k[0]})
			return
		}
	}
	for _, k := range keys {
		t.first[t.hash(k)] = int32(line)
	}
	if t.office == nil {
		return
	}
	if why := t.office.Twin(p); why != "" {
		t.found(Twin{Line: line, Why: why})
	}
}

func (t *twinSearch) hash(key [2]string) uint64 { return maphash.String(t.seed, key[0]+key[1]) }

func (t *twinSearch) found(twin Twin) {
	t.total++
	if len(t.list) < mostTwins {
		t.list = append(t.list, twin)
	}
}
