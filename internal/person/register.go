package person

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/person/names"
)

// Register finds people of the office by what a list calls them, without asking the database each time. It holds some
// hundred bytes a person.
type Register struct {
	s       *Service
	byNIK   map[string]registered // by blind index
	byPhone map[string]bool       // by blind index
	byName  map[string]registered // by the key of the name
	byBirth map[string]bool       // by the key of the name and the birth
}

// registered is someone of the office; count tells of how many it is one.
type registered struct {
	id    db.ID
	count int
	known bool // to the one who imports
}

// Register of the actor's office, as it stands.
func (l *Loader) Register(ctx context.Context, a access.Actor) (*Register, error) {
	reg := &Register{s: l.s, byNIK: map[string]registered{}, byPhone: map[string]bool{}, byName: map[string]registered{}, byBirth: map[string]bool{}}
	err := l.s.db.Read(ctx, func(r db.Reader) error {
		rows, err := selectRegister(ctx, r, a.Scope())
		if err != nil {
			return err
		}
		for _, x := range rows {
			reg.add(x)
		}
		phones, err := selectPhones(ctx, r, a.Office.ID)
		for _, blind := range phones {
			reg.byPhone[string(blind)] = true
		}
		return err
	})
	return reg, err
}

// registerRow is what the register keeps of a person.
type registerRow struct {
	id    db.ID
	key   string
	nik   []byte
	birth db.Date
	known db.Flag
}

func (r *Register) add(x registerRow) {
	count := func(m map[string]registered, key string) {
		if have, ok := m[key]; !ok {
			m[key] = registered{x.id, 1, bool(x.known)}
		} else if have.id != x.id && bool(x.known) {
			m[key] = registered{x.id, have.count + 1, true}
			if !have.known {
				m[key] = registered{x.id, 1, true}
			}
		}
	}
	if x.nik != nil {
		count(r.byNIK, string(x.nik))
	}
	count(r.byName, x.key)
	if x.birth != "" {
		r.byBirth[x.key+string(x.birth)] = true
	}
}

// ByNIK finds the one the importer knows by an identity number; n is how many bear it.
func (r *Register) ByNIK(number string) (id db.ID, n int) {
	return r.byNIK[string(r.s.blindNIK(onlyDigits(number)))].told()
}

// ByName finds the one the importer knows by a name; n is how many bear it.
func (r *Register) ByName(name string) (id db.ID, n int) { return r.byName[names.Key(name)].told() }

// told hides whom the importer may not know.
func (x registered) told() (db.ID, int) {
	if !x.known {
		return db.ID{}, 0
	}
	return x.id, x.count
}

// Twin tells why someone of the office may be the same person as p, who is tidied: nik, phone, name_birth, or empty. It looks
// over the whole office and does not tell who it is.
func (r *Register) Twin(p Person) string {
	if digits := onlyDigits(p.Sealed.NIK); digits != "" {
		if _, ok := r.byNIK[string(r.s.blindNIK(digits))]; ok {
			return "nik"
		}
	}
	for _, f := range p.Sealed.Phones {
		if b := r.s.blindPhone(f.Number); b != nil && r.byPhone[string(b)] {
			return "phone"
		}
	}
	if p.BirthDate != "" && p.BirthPrecision == "day" && r.byBirth[names.Key(p.Name)+string(p.BirthDate)] {
		return "name_birth"
	}
	return ""
}
