package casefile_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/person"
	"teduh/internal/testkit"
)

// family opens a case of a family of two.
func (d *desk) family(t *testing.T) (c casefile.Case, mother, father db.ID) {
	t.Helper()
	f := person.Family{Name: "Keluarga Rahmat"}
	for _, name := range []string{"Siti Rahmat", "Budi Rahmat"} {
		m := person.Member{Role: "other"}
		m.ID = d.client(t, name).Person
		f.Members = append(f.Members, m)
	}
	out, err := d.People.AddFamily(t.Context(), d.As("worker"), f, true)
	must(t, err)
	return d.open(t, "worker", casefile.Order{Client: person.ClientChoice{Kind: "family", Family: out.Family.ID}}), f.Members[0].ID, f.Members[1].ID
}

// group opens a case of a youth group.
func (d *desk) group(t *testing.T, name string) casefile.Case {
	t.Helper()
	body, _, err := d.People.AddBody(t.Context(), d.As("worker"), person.Client{Kind: "group", Name: name, BodyKind: "youth_group"}, true)
	must(t, err)
	return d.open(t, "worker", casefile.Order{Client: person.ClientChoice{Kind: "group", Client: body.ID}})
}

// A family is met together, and the mother says something alone: her note is hers. What is read for the others, or looked for
// on the father's side, does not hold it.
func TestAMembersPrivateNoteIsNotForTheOthers(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, worker := t.Context(), d.As("worker")
		c, mother, father := d.family(t)
		write := func(text string, member db.ID) casefile.Note {
			t.Helper()
			n, err := d.cases.WriteNote(ctx, worker, c.ID, casefile.NewNote{Kind: "family_meeting", Sign: true, Member: member, NoteText: casefile.NoteText{Text: text}})
			must(t, err)
			return n
		}
		write("Bertemu sekeluarga", db.ID{})
		own := write("Ibu ingin pulang ke orang tuanya", mother)
		if own.Member.Name != "Siti Rahmat" || own.Member.Person != mother {
			t.Errorf("the note is of %+v", own.Member)
		}
		write("Ayah takut kehilangan pekerjaan", father)

		same(t, "the worker", d.texts(t, "worker", c, casefile.NotesPage{}), "Ayah takut kehilangan pekerjaan", "Bertemu sekeluarga", "Ibu ingin pulang ke orang tuanya")
		same(t, "for all", d.texts(t, "worker", c, casefile.NotesPage{Shared: true}), "Bertemu sekeluarga")
		same(t, "for the father", d.texts(t, "worker", c, casefile.NotesPage{Member: father}), "Ayah takut kehilangan pekerjaan", "Bertemu sekeluarga")
		same(t, "for the mother, by her own key", d.texts(t, "worker", c, casefile.NotesPage{Member: own.Member.ID}), "Bertemu sekeluarga", "Ibu ingin pulang ke orang tuanya")
		same(t, "a word of the mother's on the father's side", d.texts(t, "worker", c, casefile.NotesPage{Member: father, Word: "pulang"}))
		same(t, "for somebody of no case", d.texts(t, "worker", c, casefile.NotesPage{Member: db.NewID()}), "Bertemu sekeluarga")

		for _, x := range []struct {
			c      casefile.Case
			member db.ID
		}{{c, db.NewID()}, {c, d.client(t, "Orang Lain").Person}, {d.open(t, "worker", casefile.Order{}), mother}, {d.group(t, "Remaja"), mother}, {d.group(t, "Remaja"), own.Member.ID}} {
			_, err := d.cases.WriteNote(ctx, worker, x.c.ID, casefile.NewNote{Kind: "phone", Member: x.member, NoteText: casefile.NoteText{Text: "Salah alamat"}})
			refused(t, err, "invalid")
		}
	})
}

// Young people join a group and leave it, from the register or by name; what can't be is refused in words.
func TestWhoJoinsAGroupAndLeavesIt(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, worker := t.Context(), d.As("worker")
		c := d.group(t, "Remaja Dompak")
		known := d.client(t, "Arif Budiman").Person
		arif, err := d.cases.AddMember(ctx, worker, c.ID, casefile.NewMember{Person: known, JoinedOn: "2026-10-01"})
		must(t, err)
		_, err = d.cases.AddMember(ctx, worker, c.ID, casefile.NewMember{Name: "  Dewi   Lestari "})
		must(t, err)
		list, err := d.cases.Members(ctx, d.As("head"), c.ID)
		must(t, err)
		if len(list) != 2 || list[0].Name != "Arif Budiman" || list[1].Name != "Dewi Lestari" || list[1].JoinedOn != "2026-11-24" {
			t.Errorf("members: %+v", list)
		}
		for field, n := range map[string]casefile.NewMember{"name": {Name: " "}, "joined_on": {Name: "Sari", JoinedOn: "2026-11-25"}, "person_id": {Person: known}} {
			_, err := d.cases.AddMember(ctx, worker, c.ID, n)
			onField(t, err, field)
		}
		_, err = d.cases.AddMember(ctx, worker, c.ID, casefile.NewMember{Person: db.NewID()})
		onField(t, err, "person_id")
		for _, day := range []db.Date{"2026-09-30", "2026-11-25"} {
			_, err := d.cases.EndMember(ctx, worker, c.ID, arif.ID, day)
			onField(t, err, "left_on")
		}
		arif, err = d.cases.EndMember(ctx, worker, c.ID, arif.ID, "2026-11-01")
		must(t, err)
		if !arif.On("2026-10-01") || arif.On("2026-09-30") || !arif.On("2026-11-01") || arif.On("2026-11-02") {
			t.Errorf("a member from %s to %s", arif.JoinedOn, arif.LeftOn)
		}
		_, err = d.cases.EndMember(ctx, worker, d.group(t, "Lain").ID, arif.ID, "2026-11-01")
		refused(t, err, "not_found")
		_, err = d.cases.AddMember(ctx, worker, d.open(t, "worker", casefile.Order{}).ID, casefile.NewMember{Name: "Sari"})
		refused(t, err, "no_group")
		_, err = d.cases.AddMember(ctx, d.As("worker2"), c.ID, casefile.NewMember{Name: "Sari"})
		refused(t, err, "forbidden")
	})
}

func onField(t *testing.T, err error, field string) {
	t.Helper()
	e, ok := fault.As(err)
	if !ok || !slices.ContainsFunc(e.Fields, func(f *fault.Error) bool { return f.Field == field }) {
		t.Errorf("got %v, want a word at %s", err, field)
	}
}

// Two workers fill a group at the same time; it holds two hundred and not one more.
func TestAGroupHoldsTwoHundred(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		d := newDesk(t, database)
		ctx, worker := t.Context(), d.As("worker")
		c := d.group(t, "Satu Sekolah")
		for i := range casefile.MostMembers - 1 {
			_, err := d.cases.AddMember(ctx, worker, c.ID, casefile.NewMember{Name: fmt.Sprintf("Murid %03d", i)})
			must(t, err)
		}
		var wait sync.WaitGroup
		errs := make([]error, 2)
		for i := range errs {
			wait.Go(func() { _, errs[i] = d.cases.AddMember(ctx, worker, c.ID, casefile.NewMember{Name: "Yang terakhir"}) })
		}
		wait.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Errorf("both alike: %v, %v", errs[0], errs[1])
		}
		_, err := d.cases.AddMember(ctx, worker, c.ID, casefile.NewMember{Name: "Satu lagi"})
		onField(t, err, "name")
	})
}
