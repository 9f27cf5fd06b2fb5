package person_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"teduh/internal/db"
	"teduh/internal/journal"
	"teduh/internal/person"
	"teduh/internal/testkit"
)

func opened(t testing.TB, o *testkit.Office, id db.ID) person.Person {
	t.Helper()
	p, err := o.People.Get(context.Background(), o.As("worker"), id, "page")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func merge(t testing.TB, o *testkit.Office, kept, gone db.ID, take ...string) {
	t.Helper()
	c := person.Choice{Kept: opened(t, o, kept), Gone: opened(t, o, gone), Take: take}
	if err := o.People.Merge(context.Background(), o.As("worker"), c); err != nil {
		t.Fatal(err)
	}
}

// unmerge undoes the latest merging.
func unmerge(t testing.TB, o *testkit.Office, kept db.ID) {
	t.Helper()
	list, err := o.People.Mergings(context.Background(), o.As("worker"), kept)
	if err != nil || len(list) == 0 {
		t.Fatalf("%v, %v", list, err)
	}
	if err := o.People.Unmerge(context.Background(), o.As("worker"), kept, list[0].ID); err != nil {
		t.Fatal(err)
	}
}

func TestTwoRecordsOfOnePersonBecomeOneAndTwoAgain(t *testing.T) {
	office(t, func(t *testing.T, o *testkit.Office) {
		ctx, worker := t.Context(), o.As("worker")
		kept := add(t, o, person.Person{Name: "Siti Aminah", Work: "penjahit", Sealed: person.Sealed{NIK: "2172045203840001"}})
		gone := add(t, o, person.Person{Name: "Sitti Aminah Binti Hasan", Work: "guru", Religion: "islam", Sealed: person.Sealed{NIK: "2172045203840002",
			Phones: []person.Phone{{Number: "0800-0000-7777", SafeToCall: true}}}})
		son := add(t, o, person.Person{Name: "Arif"})
		f := familyOf(t, o, "Keluarga Aminah", gone, son)
		if err := o.People.Relate(ctx, worker, person.Relation{From: gone.ID, To: son.ID, Kind: "parent", Manner: "biological"}); err != nil {
			t.Fatal(err)
		}
		var client person.Client
		err := o.Journal.Write(ctx, func(tx *journal.Tx) (err error) {
			client, err = o.People.ClientIn(ctx, tx, worker, person.ClientChoice{Kind: "individual", Person: gone.ID})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		merge(t, o, kept.ID, gone.ID, "phones", "religion")
		now := opened(t, o, gone.ID)
		if now.ID != kept.ID || now.Work != "penjahit" || now.Religion != "islam" || len(now.Sealed.Phones) != 1 || now.Sealed.NIK != "2172045203840001" {
			t.Errorf("merged %+v", now)
		}
		for _, query := range []string{"siti aminah", "hasan", "2172045203840001", "2172045203840002", "080000007777"} {
			wantNames(t, found(t, o, worker, query), "Siti Aminah")
		}
		wantNames(t, membersSeen(t, o, worker, f.ID), "Siti Aminah", "Arif")
		if list, err := o.People.Relations(ctx, worker, kept.ID); err != nil || len(list) != 1 || list[0].From != kept.ID {
			t.Errorf("relations %v, %v", list, err)
		}
		err = o.DB.Read(ctx, func(r db.Reader) (err error) {
			client, err = person.ClientByID(ctx, r, o.ID, client.ID)
			return err
		})
		if err != nil || client.Name != "Siti Aminah" {
			t.Errorf("the client is called %q, %v", client.Name, err)
		}
		// What is learnt later stays with the one who was kept.
		now.Education = "senior"
		if _, err := o.People.Change(ctx, worker, now); err != nil {
			t.Fatal(err)
		}
		unmerge(t, o, kept.ID)
		back := opened(t, o, kept.ID)
		if back.Religion != "" || len(back.Sealed.Phones) != 0 || len(back.Aliases) != 0 || back.Education != "senior" {
			t.Errorf("kept %+v", back)
		}
		wantNames(t, found(t, o, worker, "2172045203840002"), "Sitti Aminah Binti Hasan")
		wantNames(t, membersSeen(t, o, worker, f.ID), "Sitti Aminah Binti Hasan", "Arif")
	})
}

func TestWhoMayMergeAndWhatIsRefused(t *testing.T) {
	office(t, func(t *testing.T, o *testkit.Office) {
		ctx, worker := t.Context(), o.As("worker")
		a, b, c := add(t, o, person.Person{Name: "Ani"}), add(t, o, person.Person{Name: "Ani Lagi"}), add(t, o, person.Person{Name: "Anik"})
		choice := person.Choice{Kept: a, Gone: b}
		for who, code := range map[string]string{"intake": "forbidden", "supervisor": "forbidden", "other": "forbidden", "admin": "forbidden"} {
			if who == "other" {
				code = "not_found"
			}
			wantCode(t, o.People.Merge(ctx, o.As(who), choice), code)
		}
		wantCode(t, o.People.Merge(ctx, worker, person.Choice{Kept: a, Gone: a}), "invalid")
		wantCode(t, o.People.Merge(ctx, worker, person.Choice{Kept: a, Gone: b, Take: []string{"level"}}), "invalid")
		stale := choice
		stale.Gone.Version = 7
		wantCode(t, o.People.Merge(ctx, worker, stale), "version_changed")
		hide(t, o, c, o.As("head").User)
		wantCode(t, o.People.Merge(ctx, worker, person.Choice{Kept: a, Gone: c}), "invalid")
		merge(t, o, a.ID, b.ID)
		list, err := o.People.Mergings(ctx, worker, a.ID)
		if err != nil || len(list) != 1 {
			t.Fatalf("%v %v", list, err)
		}
		wantCode(t, o.People.Unmerge(ctx, o.As("intake"), a.ID, list[0].ID), "forbidden")
		wantCode(t, o.People.Unmerge(ctx, o.As("other"), a.ID, list[0].ID), "not_found")
		wantCode(t, o.People.Unmerge(ctx, worker, a.ID, db.NewID()), "not_found")
	})
}

func TestTheLatestMergingIsUndoneFirst(t *testing.T) {
	office(t, func(t *testing.T, o *testkit.Office) {
		ctx, worker := t.Context(), o.As("worker")
		a, b, c := add(t, o, person.Person{Name: "Ani"}), add(t, o, person.Person{Name: "Budi"}), add(t, o, person.Person{Name: "Cici"})
		merge(t, o, b.ID, a.ID) // Ani is Budi
		merge(t, o, c.ID, b.ID) // and both are Cici
		for _, p := range []person.Person{a, b} {
			if got := opened(t, o, p.ID); got.ID != c.ID {
				t.Errorf("%s leads to %s", p.Name, got.Name)
			}
		}
		d := add(t, o, person.Person{Name: "Dedi"})
		merge(t, o, c.ID, d.ID)
		list, err := o.People.Mergings(ctx, worker, c.ID)
		if err != nil || len(list) != 2 {
			t.Fatalf("%v, %v", list, err)
		}
		wantCode(t, o.People.Unmerge(ctx, worker, c.ID, list[1].ID), "later_merging")
		unmerge(t, o, c.ID)
		unmerge(t, o, c.ID)
		if got := opened(t, o, a.ID); got.ID != b.ID {
			t.Errorf("Ani leads to %s", got.Name)
		}
		unmerge(t, o, b.ID)
		if got := opened(t, o, a.ID); got.ID != a.ID {
			t.Errorf("Ani leads to %s", got.Name)
		}
	})
}

func TestAnAliasIsNotToldByMerging(t *testing.T) {
	office(t, func(t *testing.T, o *testkit.Office) {
		kept := add(t, o, person.Person{Name: "Bunga", Protected: true, Sealed: person.Sealed{RealName: "Melati Kencana"}})
		gone := add(t, o, person.Person{Name: "Melati Kencana"})
		merge(t, o, kept.ID, gone.ID)
		if p := opened(t, o, kept.ID); p.Name != "Bunga" || len(p.Aliases) != 0 {
			t.Errorf("told %+v", p)
		}
	})
}

// codes that may be chosen at a merge.
var codes = []string{"name", "call_name", "aliases", "sex", "birth_date", "birth_place", "nik", "kk", "phones", "address", "religion", "marital",
	"education", "work", "disability", "languages", "welfare_status", "aid", "emergency", "died_on"}

func anyone(t *rapid.T, label string) person.Person {
	some := func(field string, values ...string) string {
		return rapid.SampledFrom(append(values, "")).Draw(t, label+" "+field)
	}
	p := person.Person{Name: rapid.SampledFrom([]string{"Siti Aminah", "Sitti", "Rahmat", "Ani"}).Draw(t, label+" name"), Sex: some("sex", "f", "m"),
		CallName: some("call", "Ani"), Work: some("work", "guru", "petani"), Religion: some("religion", "islam"), Marital: some("marital", "married"),
		BirthDate: db.Date(some("birth", "1984-03-12", "1990-05-01")), Village: some("village", "21.72.04.1002"), Aid: some("aid", "PKH"),
		Confidential: rapid.Bool().Draw(t, label+" confidential"), Protected: rapid.Bool().Draw(t, label+" protected"),
		Sealed: person.Sealed{NIK: some("nik", "2172045203840001", "12-ab"), Street: some("street", "Jalan 1"), RealName: some("real", "Melati"), Emergency: some("emergency", "Ibu")}}
	if alias := some("alias", "Mela"); alias != "" {
		p.Aliases = []string{alias}
	}
	if number := some("phone", "0800-0000-7777"); number != "" {
		p.Sealed.Phones = []person.Phone{{Number: number, SafeToCall: rapid.Bool().Draw(t, label+" safe")}}
	}
	return p
}

// everything is all that is known of two people and hangs on them, but for versions and the time of the last change.
func everything(t testing.TB, o *testkit.Office, ids ...db.ID) string {
	t.Helper()
	var out strings.Builder
	for _, id := range ids {
		p := opened(t, o, id)
		p.Version, p.UpdatedAt = 0, db.Time{}
		text, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(text)
	}
	err := o.DB.Read(context.Background(), func(r db.Reader) error {
		for _, table := range []string{"SELECT hex(person_id), prefix, name_key FROM person_word", "SELECT hex(person_id), hex(blind), '' FROM person_phone",
			"SELECT hex(person_id), hex(blind), '' FROM person_secret_word", "SELECT hex(person_id), hex(family_id), role FROM family_member",
			"SELECT hex(from_id), hex(to_id), kind FROM relation", "SELECT hex(person_id), name, name_key FROM client WHERE person_id IS NOT NULL",
			"SELECT hex(id), COALESCE(hex(merged_into), ''), COALESCE(hex(nik_blind), '') FROM person"} {
			rows, err := db.All(context.Background(), r, func(row db.Row) (string, error) {
				var a, b, c string
				err := row.Scan(&a, &b, &c)
				return a + b + c, err
			}, table)
			if err != nil {
				return err
			}
			slices.Sort(rows)
			fmt.Fprintln(&out, rows)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestMergingAndUnmergingIsNothing(t *testing.T) {
	t.Parallel()
	o := testkit.NewOffice(t, testkit.SQLite(t))
	rapid.Check(t, func(rt *rapid.T) {
		ctx, worker := context.Background(), o.As("worker")
		keep := func(p person.Person) person.Person {
			added, err := o.People.Add(ctx, worker, p, true)
			if err != nil {
				rt.Fatal(err)
			}
			return added.Person
		}
		kept, gone, child := keep(anyone(rt, "kept")), keep(anyone(rt, "gone")), keep(person.Person{Name: "Arif"})
		for _, p := range []person.Person{kept, gone} {
			if rapid.Bool().Draw(rt, "related") {
				if err := o.People.Relate(ctx, worker, person.Relation{From: p.ID, To: child.ID, Kind: "parent", Manner: "step"}); err != nil {
					rt.Fatal(err)
				}
			}
			if rapid.Bool().Draw(rt, "client") {
				err := o.Journal.Write(ctx, func(tx *journal.Tx) error {
					_, err := o.People.ClientIn(ctx, tx, worker, person.ClientChoice{Kind: "individual", Person: p.ID})
					return err
				})
				if err != nil {
					rt.Fatal(err)
				}
			}
		}
		before := everything(t, o, kept.ID, gone.ID)
		merge(t, o, kept.ID, gone.ID, rapid.SliceOfDistinct(rapid.SampledFrom(codes), rapid.ID[string]).Draw(rt, "take")...)
		unmerge(t, o, kept.ID)
		if after := everything(t, o, kept.ID, gone.ID); after != before {
			rt.Fatalf("before %s\nafter %s", before, after)
		}
	})
}
