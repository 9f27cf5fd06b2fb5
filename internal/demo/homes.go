package demo

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/person"
)

// human is someone of a household.
type human struct {
	person.Person
	role string // mother, father, child, sibling, grandmother
	part string // in the family: head, spouse, child, parent, other
	away bool   // does not live in the house
}

// call is how people speak of someone.
func (h *human) call() string {
	first, _, _ := strings.Cut(h.Name, " ")
	switch h.role {
	case "mother":
		return "Bu " + first
	case "father":
		return "Pak " + first
	case "grandmother":
		return "Nenek " + first
	}
	return first
}

// home is a household: people under one family card, with the words that stories speak of them.
type home struct {
	family  db.ID
	name    string
	village string
	people  []*human
	words   map[string]string
	private bool // it belongs to a case that not everyone may see
	kind    string
	story   *story // of its first case
	cases   int
}

// homeKinds are who belongs to each kind of household, the head first.
var homeKinds = map[string][]struct{ role, part string }{
	"couple": {{"father", "head"}, {"mother", "spouse"}, {"child", "child"}, {"sibling", "child"}},
	"three":  {{"father", "head"}, {"mother", "spouse"}, {"child", "child"}, {"sibling", "child"}, {"grandmother", "parent"}},
	"single": {{"mother", "head"}, {"child", "child"}, {"sibling", "child"}},
	"widow":  {{"mother", "head"}, {"child", "child"}, {"sibling", "child"}},
	"apart":  {{"mother", "head"}, {"child", "child"}, {"father", "other"}},
	"alone":  {{"grandmother", "head"}, {"child", "child"}},
	"raised": {{"grandmother", "head"}, {"child", "other"}},
}

// build makes a household for a story; a nil story makes one that the office merely knows.
func (f *filler) build(kind string, st *story) *home {
	h := &home{village: pick(f, f.codes)}
	h.words = f.surroundings(h.village)
	group := f.names.group()
	last := f.names.part(group.family)
	street := fmt.Sprintf("Jalan %s Lorong %d No. %d", pick(f, []string{"Kenanga", "Cempaka", "Gurindam", "Ketapang", "Pelangi", "Nelayan", "Kamboja"}),
		1+f.chance.IntN(9), 1+f.chance.IntN(60))
	card := f.number16()
	for _, who := range homeKinds[kind] {
		if who.role == "sibling" && kind == "couple" && f.chance.IntN(100) < 35 {
			continue
		}
		p := f.human(group, last, who.role, st)
		p.part = who.part
		p.away = kind == "apart" && who.role == "father" || kind == "alone" && who.role == "child"
		p.Village, p.Religion = h.village, h.religion(group, f)
		p.Sealed.RT, p.Sealed.RW, p.Sealed.KK = h.words["rt"], h.words["rw"], card
		if p.Sealed.Street = street; p.away {
			p.Sealed.Street, p.Sealed.KK, p.Village = "", "", pick(f, f.codes)
		}
		h.people = append(h.people, p)
	}
	h.name = "Keluarga " + h.people[0].Name
	if house := houses[h.people[0].Religion]; house != "" {
		h.words["surau"] = house
	}
	h.tell(st)
	return h
}

// religion of a household is that of its first one.
func (h *home) religion(group people, f *filler) string {
	if len(h.people) > 0 {
		return h.people[0].Religion
	}
	return pick(f, group.beliefs)
}

// tell names the people for the stories, hides what a story hides, and protects the one who is protected.
func (h *home) tell(st *story) {
	for role, word := range map[string]string{"mother": "ibu", "father": "ayah", "child": "anak", "sibling": "adik", "grandmother": "nenek"} {
		if p := h.who(role); p != nil {
			h.words[word] = p.call()
		}
	}
	if h.who("sibling") == nil {
		h.words["adik"] = "adiknya"
	}
	h.words["ibu_nama"] = strings.TrimPrefix(h.words["ibu"], "Bu ")
	h.words["klien"] = h.people[0].call()
	if st == nil {
		return
	}
	if p := h.who(st.Hidden); p != nil {
		p.Confidential, p.away = true, true
		p.Sealed.Street = "Menumpang pada saudara, alamat pada petugas"
	}
	if p := h.who("child"); p != nil && st.Alias != "" {
		p.Sealed.RealName, p.Name, p.Protected, p.Sealed.NIK = p.Name, st.Alias, true, ""
		h.words["anak"] = p.call()
	}
	for role, mark := range st.Marks {
		if p := h.who(role); mark == "do_not_call" && p != nil {
			for i := range p.Sealed.Phones {
				p.Sealed.Phones[i].SafeToCall, p.Sealed.Phones[i].Hours = false, "Pukul 10–11, hanya pesan"
			}
		}
	}
	h.private = st.Secrecy > 1
}

// wordsFor are the household's words for one story, which says who the client is.
func (h *home) wordsFor(st *story) map[string]string {
	words := maps.Clone(h.words)
	if p := h.who(st.Client); p != nil {
		words["klien"] = p.call()
	}
	return words
}

// who has a part in the household, or nil.
func (h *home) who(role string) *human {
	for _, p := range h.people {
		if p.role == role {
			return p
		}
	}
	return nil
}

// ages of each part, from and to, where the children are small.
var ages = map[string][2]int{"mother": {29, 44}, "father": {31, 49}, "child": {6, 12}, "sibling": {2, 5}, "grandmother": {63, 82}}

// age is how old someone of a part can be: the story says it of the child, and the others follow.
func (st *story) age(role string) [2]int {
	if st == nil || st.Child == [2]int{} {
		if st != nil && st.Home == "alone" && role == "child" {
			return [2]int{32, 45}
		}
		return ages[role]
	}
	young, old := st.Child[0], st.Child[1]
	switch role {
	case "child":
		return st.Child
	case "sibling":
		return [2]int{max(2, young-5), max(4, young-2)}
	case "mother":
		return [2]int{max(22, old+19), max(38, old+28)}
	case "father":
		return [2]int{max(25, old+21), max(42, old+32)}
	case "grandmother":
		if st.Home == "three" {
			return [2]int{max(58, old+46), max(70, old+52)}
		}
	}
	return ages[role]
}

// human makes someone up.
func (f *filler) human(group people, last, role string, st *story) *human {
	f.made++
	sex := map[string]string{"mother": "f", "father": "m", "grandmother": "f"}[role]
	span := st.age(role)
	if role == "child" && st != nil {
		sex = st.ChildSex
	}
	if sex == "" {
		sex = pick(f, []string{"m", "f"})
	}
	born := f.now.AddDate(-span[0]-f.chance.IntN(span[1]-span[0]+1), -f.chance.IntN(12), -f.chance.IntN(28))
	h := &human{role: role, Person: person.Person{Sex: sex, BirthDate: db.DayOf(born, f.zone), MadeUp: true, Languages: "Indonesia"}}
	h.Name = f.names.given(group, sex)
	passes := role == "father" || role == "child" || role == "sibling"
	if passes && f.chance.IntN(100) < group.passed {
		h.Name += " " + last
	} else if f.chance.IntN(100) < 85 {
		h.Name += " " + f.names.part(group.family)
	}
	if f.chance.IntN(100) < 80 {
		h.Sealed.NIK = f.number16()
	}
	age, _ := h.Age(db.DayOf(f.now, f.zone))
	f.detail(h, age)
	return h
}

// detail fills in what one would know of someone that old.
func (f *filler) detail(h *human, age int) {
	h.BirthPlace = pick(f, []string{"Tanjungpinang", "Tanjungpinang", "Kijang", "Batam", "Lingga", "Karimun"})
	if age < adult {
		h.Education = schooling(age)
		return
	}
	h.Sealed.Phones = []person.Phone{{Number: fmt.Sprintf("0800-0000-%04d", f.made), SafeToCall: f.chance.IntN(4) > 0, SafeToMessage: f.chance.IntN(3) > 0}}
	h.Education = pick(f, []string{"primary", "junior", "senior", "senior", "diploma", "bachelor"})
	h.Marital = map[string]string{"mother": "married", "father": "married", "grandmother": "widowed"}[h.role]
	switch h.role {
	case "mother":
		h.Work = pick(f, []string{"Ibu rumah tangga", "Pedagang kue", "Penjahit", "Buruh cuci", "Guru honorer"})
	case "father":
		h.Work = pick(f, []string{"Nelayan", "Pengemudi ojek", "Buruh pelabuhan", "Tukang kayu", "Satpam", "Pegawai toko"})
	case "grandmother":
		h.WelfareStatus, h.BirthPrecision = pick(f, []string{"DTSEN desil 1", "DTSEN desil 2", ""}), "year"
	}
}

const adult = 17

// schooling is what someone that young has behind them.
func schooling(age int) string {
	switch {
	case age < 7:
		return ""
	case age < 13:
		return "not_finished"
	case age < 16:
		return "primary"
	}
	return "junior"
}

// number16 has the form of a NIK or family card of the city with a day that no month has, so that it can be nobody's.
func (f *filler) number16() string {
	f.cards++
	return fmt.Sprintf("21720499%02d%02d%04d", 1+f.chance.IntN(12), f.chance.IntN(100), f.cards)
}

// register keeps the people, the family and how they are related.
func (f *filler) register(ctx context.Context, by access.Actor, h *home) error {
	family := person.Family{Name: h.name, Village: h.village}
	for _, p := range h.people {
		added, err := f.People.Add(ctx, by, p.Person, true)
		if err != nil {
			return err
		}
		p.Person = added.Person
		family.Members = append(family.Members, person.Member{Found: person.Found{Person: p.Person}, Role: p.part, SameHouse: !p.away})
	}
	family.KK = h.people[0].Sealed.KK
	if contact := cmp.Or(h.who("mother"), h.people[0]); !contact.Confidential {
		family.Contact = contact.ID
	}
	added, err := f.People.AddFamily(ctx, by, family, true)
	if err != nil {
		return err
	}
	h.family = added.Family.ID
	return f.relate(ctx, by, h)
}

// relate ties parents to their children and to each other.
func (f *filler) relate(ctx context.Context, by access.Actor, h *home) error {
	tie := func(from, to *human, kind, manner string) error {
		if from == nil || to == nil {
			return nil
		}
		return f.People.Relate(ctx, by, person.Relation{From: from.ID, To: to.ID, Kind: kind, Manner: manner})
	}
	father, mother, grandmother := h.who("father"), h.who("mother"), h.who("grandmother")
	together := "married"
	if father != nil && father.away {
		together = "divorced"
	}
	if err := tie(father, mother, "spouse", together); err != nil {
		return err
	}
	for _, role := range []string{"child", "sibling"} {
		for _, parent := range []*human{father, mother} {
			if err := tie(parent, h.who(role), "parent", "biological"); err != nil {
				return err
			}
		}
	}
	switch {
	case mother != nil:
		return tie(grandmother, mother, "parent", "biological")
	case grandmother != nil && slices.ContainsFunc(h.people, func(p *human) bool { return p.away }):
		return tie(grandmother, h.who("child"), "parent", "biological")
	case grandmother != nil:
		return tie(grandmother, h.who("child"), "guardian", "guardian")
	}
	return nil
}
