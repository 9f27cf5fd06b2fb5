package demo

import (
	"context"
	"math/rand/v2"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/genogram"
	"teduh/internal/person"
)

// How many families have kin beyond their household, and how many of the office's people those are.
const (
	drawnFamilies = 11
	kinOfEach     = 3
)

// kin are the elders, uncles and aunts of some families, as a worker drew them while the family told; and how the people of
// these and of parted couples stand to each other.
func (f *filler) kin() {
	drawn, chance := 0, rand.New(rand.NewPCG(seed, kinOfEach)) // its own: what came before hangs on the day of the week
	for _, h := range f.homes {
		father, mother := h.who("father"), h.who("mother")
		if h.private || father == nil || mother == nil {
			continue
		}
		told := f.days.moment(2, 60+drawn)
		switch {
		case father.away:
			f.add(told, func(ctx context.Context) error { return f.bonds(ctx, h, "conflict", "close") })
		case h.kind == "couple" && drawn < drawnFamilies:
			elders := f.elders(chance)
			f.add(told, func(ctx context.Context) error { return f.drawElders(ctx, h, elders) })
			drawn++
		}
	}
}

// elders of a family: the father's late father, his mother, and a sister or brother of the mother.
func (f *filler) elders(chance *rand.Rand) [kinOfEach]person.Person {
	n := namer{chance}
	group := n.group()
	year := func(from, to int) db.Date {
		return db.DayOf(f.now.AddDate(-from-chance.IntN(to-from), 0, 0), f.zone)[:4] + "-01-01"
	}
	kin := [kinOfEach]person.Person{{Sex: "m", BirthDate: year(70, 84), DiedOn: year(2, 15), DiedPrecision: "year"}, {Sex: "f", BirthDate: year(66, 80)},
		{Sex: []string{"f", "m"}[chance.IntN(2)], BirthDate: year(24, 48)}}
	for i := range kin {
		kin[i].Name, kin[i].BirthPrecision, kin[i].MadeUp = n.whole(group, kin[i].Sex), "year", true
	}
	return kin
}

func (f *filler) drawElders(ctx context.Context, h *home, kin [kinOfEach]person.Person) error {
	father, mother := h.who("father").ID, h.who("mother").ID
	late, err := f.draw(ctx, h, genogram.Relative{To: father, As: "parent", Manner: "biological", Place: "kin", Person: kin[0]})
	if err != nil {
		return err
	}
	widow, err := f.draw(ctx, h, genogram.Relative{To: father, As: "parent", Manner: "biological", Place: "kin", Person: kin[1]})
	if err != nil {
		return err
	}
	if err := f.Drawings.Relate(ctx, f.drawer(), h.family, person.Relation{From: late, To: widow, Kind: "spouse", Manner: "married"}); err != nil {
		return err
	}
	if _, err := f.draw(ctx, h, genogram.Relative{To: mother, As: "sibling", Place: "kin", Person: kin[2]}); err != nil {
		return err
	}
	return f.bonds(ctx, h, "close", "very_close")
}

func (f *filler) drawer() access.Actor { return f.staff.head }

func (f *filler) draw(ctx context.Context, h *home, x genogram.Relative) (db.ID, error) {
	x.Accept = true
	who, _, err := f.Drawings.Add(ctx, f.drawer(), h.family, x)
	return who, err
}

// bonds tell how father and mother, and mother and child, stand to each other.
func (f *filler) bonds(ctx context.Context, h *home, couple, child string) error {
	if err := f.Drawings.Bond(ctx, f.drawer(), h.family, person.Bond{From: h.who("father").ID, To: h.who("mother").ID, Kind: couple}); err != nil {
		return err
	}
	return f.Drawings.Bond(ctx, f.drawer(), h.family, person.Bond{From: h.who("mother").ID, To: h.who("child").ID, Kind: child})
}
