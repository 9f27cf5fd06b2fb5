package person_test

import (
	"slices"
	"testing"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/journal"
	"teduh/internal/person"
	"teduh/internal/testkit"
)

// familyOf keeps a family of these people; the first is its head and contact person.
func familyOf(t *testing.T, o *testkit.Office, name string, people ...person.Person) person.Family {
	t.Helper()
	f := person.Family{Name: name, Contact: people[0].ID}
	for i, p := range people {
		role := "child"
		if i == 0 {
			role = "head"
		}
		f.Members = append(f.Members, person.Member{Found: person.Found{Person: p}, Role: role, SameHouse: true})
	}
	added, err := o.People.AddFamily(t.Context(), o.As("worker"), f, true)
	if err != nil {
		t.Fatal(err)
	}
	return added.Family
}

func families(t *testing.T, o *testkit.Office, a access.Actor, query string) (names []string) {
	t.Helper()
	list, _, err := o.People.Families(t.Context(), a, person.Search{Query: query, Limit: 20})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		names = append(names, f.Name)
	}
	return names
}

func membersSeen(t *testing.T, o *testkit.Office, a access.Actor, id db.ID) (names []string) {
	t.Helper()
	f, err := o.People.Family(t.Context(), a, id, "page")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range f.Members {
		names = append(names, m.Name)
	}
	return names
}

func TestAFamilyIsFoundByItsNameItsPeopleAndItsCard(t *testing.T) {
	office(t, func(t *testing.T, o *testkit.Office) {
		rahmat, arif := add(t, o, person.Person{Name: "Rahmat Hidayat"}), add(t, o, person.Person{Name: "Arif"})
		f := familyOf(t, o, "Keluarga Soetjipto", rahmat, arif)
		f.KK, f.Village = "2172 0419 0505 0001", "21.72.04.1002"
		if err := o.People.ChangeFamily(t.Context(), o.As("worker"), f); err != nil {
			t.Fatal(err)
		}
		for _, query := range []string{"", "sucipto", "kel suci", "rahmat", "ARIF", "2172041905050001"} {
			wantNames(t, families(t, o, o.As("intake"), query), "Keluarga Soetjipto")
		}
		for _, query := range []string{"keluarga rahmat hidayat", "2172041905050002", "zulkifli"} {
			wantNames(t, families(t, o, o.As("intake"), query))
		}
		wantNames(t, families(t, o, o.As("other"), ""))
		opened, err := o.People.Family(t.Context(), o.As("intake"), f.ID, "page")
		if err != nil || opened.KK != "2172041905050001" || opened.Contact != rahmat.ID || opened.Count != 2 {
			t.Errorf("opened %+v, %v", opened, err)
		}
		wantCode(t, o.People.ChangeFamily(t.Context(), o.As("worker"), f), "version_changed")
		_, err = o.People.Family(t.Context(), o.As("other"), f.ID, "page")
		wantCode(t, err, "not_found")
	})
}

func TestAFamilyOfNobodyIsNotKept(t *testing.T) {
	office(t, func(t *testing.T, o *testkit.Office) {
		stranger := person.Member{Found: person.Found{Person: person.Person{ID: db.NewID()}}, Role: "head"}
		for _, f := range []person.Family{{Name: "Keluarga Kosong"}, {Name: "Keluarga Asing", Members: []person.Member{stranger}}} {
			_, err := o.People.AddFamily(t.Context(), o.As("worker"), f, true)
			wantCode(t, err, "invalid")
		}
		wantNames(t, families(t, o, o.As("worker"), ""))
		_, err := o.People.AddFamily(t.Context(), o.As("supervisor"), person.Family{Name: "X"}, true)
		wantCode(t, err, "forbidden")
	})
}

func TestOneLooksBeforeOneEntersAFamily(t *testing.T) {
	office(t, func(t *testing.T, o *testkit.Office) {
		rahmat, arif := add(t, o, person.Person{Name: "Rahmat"}), add(t, o, person.Person{Name: "Arif"})
		stands := familyOf(t, o, "Keluarga Rahmat", rahmat)
		again := person.Family{Name: "Keluarga Pak Rahmat", Members: []person.Member{{Found: person.Found{Person: rahmat}, Role: "head"}}}
		added, err := o.People.AddFamily(t.Context(), o.As("intake"), again, false)
		if err != nil || len(added.Twins) != 1 || added.Twins[0].ID != stands.ID || added.Twins[0].Why != "member" {
			t.Errorf("told %+v, %v", added.Twins, err)
		}
		wantNames(t, families(t, o, o.As("worker"), ""), "Keluarga Rahmat")
		another := person.Family{Name: "Keluarga Arif", Members: []person.Member{{Found: person.Found{Person: arif}, Role: "head"}}}
		if added, err = o.People.AddFamily(t.Context(), o.As("intake"), another, false); err != nil || len(added.Twins) != 0 {
			t.Errorf("another family: %+v, %v", added.Twins, err)
		}
	})
}

func TestAMemberOneMayNotSeeIsNotOnTheFamilyPage(t *testing.T) {
	office(t, func(t *testing.T, o *testkit.Office) {
		father, daughter := add(t, o, person.Person{Name: "Darwis"}), add(t, o, person.Person{Name: "Melati"})
		f := familyOf(t, o, "Keluarga Darwis", father, daughter)
		if err := o.People.Relate(t.Context(), o.As("worker"), person.Relation{From: father.ID, To: daughter.ID, Kind: "parent", Manner: "biological"}); err != nil {
			t.Fatal(err)
		}
		hide(t, o, daughter, o.As("worker").User)
		wantNames(t, membersSeen(t, o, o.As("worker"), f.ID), "Darwis", "Melati")
		for _, who := range []string{"head", "worker2", "intake", "supervisor"} {
			wantNames(t, membersSeen(t, o, o.As(who), f.ID), "Darwis")
			wantNames(t, families(t, o, o.As(who), "melati"))
			list, err := o.People.Relations(t.Context(), o.As(who), father.ID)
			if err != nil || len(list) != 0 {
				t.Errorf("%s sees the relation %v, %v", who, list, err)
			}
		}
		hide(t, o, father, o.As("worker").User)
		_, err := o.People.Family(t.Context(), o.As("worker2"), f.ID, "page")
		wantCode(t, err, "not_found")
		wantNames(t, families(t, o, o.As("worker2"), ""))
	})
}

func TestTheFamilysVillageDoesNotTellAConfidentialAddress(t *testing.T) {
	office(t, func(t *testing.T, o *testkit.Office) {
		worker := o.As("worker")
		mother := add(t, o, person.Person{Name: "Melati", Confidential: true, Village: "21.72.04.1002"})
		f := familyOf(t, o, "Keluarga Melati", mother)
		f.Village = "21.72.04.1002"
		if err := o.People.ChangeFamily(t.Context(), worker, f); err != nil {
			t.Fatal(err)
		}
		opened, err := o.People.Family(t.Context(), worker, f.ID, "page")
		if err != nil || opened.Village != "" {
			t.Fatalf("the family tells %q, %v", opened.Village, err)
		}
		// A change by one who did not see the village keeps it.
		opened.Name = "Keluarga Melati Kencana"
		if err := o.People.ChangeFamily(t.Context(), worker, opened); err != nil {
			t.Fatal(err)
		}
		gone := person.Member{Found: person.Found{Person: mother}, Role: "head"}
		if err := o.People.SetMember(t.Context(), worker, f.ID, gone); err != nil {
			t.Fatal(err)
		}
		if opened, err = o.People.Family(t.Context(), worker, f.ID, "page"); err != nil || opened.Village != "21.72.04.1002" {
			t.Errorf("the village is %q, %v", opened.Village, err)
		}
	})
}

func TestMembershipsBeginChangeAndEnd(t *testing.T) {
	office(t, func(t *testing.T, o *testkit.Office) {
		ctx, worker := t.Context(), o.As("worker")
		father, boy := add(t, o, person.Person{Name: "Darwis"}), add(t, o, person.Person{Name: "Arif"})
		f := familyOf(t, o, "Keluarga Darwis", father)
		m := person.Member{Found: person.Found{Person: boy}, Role: "child", SameHouse: true, From: "2020-01-31"}
		if err := o.People.SetMember(ctx, worker, f.ID, m); err != nil {
			t.Fatal(err)
		}
		m.To = "2026-03-01"
		if err := o.People.SetMember(ctx, worker, f.ID, m); err != nil {
			t.Fatal(err)
		}
		opened, err := o.People.Family(ctx, worker, f.ID, "page")
		if err != nil || len(opened.Members) != 2 || opened.Members[1].Today() || opened.Members[1].From != "2020-01-31" || opened.Count != 1 {
			t.Errorf("opened %+v, %v", opened.Members, err)
		}
		for _, wrong := range []person.Member{
			{Found: person.Found{Person: boy}, Role: "cousin"},
			{Found: person.Found{Person: boy}, Role: "child", From: "2027-01-01"},
			{Found: person.Found{Person: boy}, Role: "child", From: "2026-03-01", To: "2026-02-01"},
			{Role: "child"},
		} {
			wantCode(t, o.People.SetMember(ctx, worker, f.ID, wrong), "invalid")
		}
		wantCode(t, o.People.SetMember(ctx, o.As("other"), f.ID, m), "not_found")
		wantCode(t, o.People.SetMember(ctx, o.As("supervisor"), f.ID, m), "forbidden")
	})
}

func TestASymmetricalRelationStandsOnce(t *testing.T) {
	office(t, func(t *testing.T, o *testkit.Office) {
		ctx, worker := t.Context(), o.As("worker")
		a, b := add(t, o, person.Person{Name: "Darwis"}), add(t, o, person.Person{Name: "Melati"})
		for _, x := range []person.Relation{
			{From: a.ID, To: b.ID, Kind: "spouse", Manner: "married", Since: "2012-05-05"},
			{From: b.ID, To: a.ID, Kind: "spouse", Manner: "separated"},
			{From: a.ID, To: b.ID, Kind: "guardian", Manner: "guardian"},
		} {
			if err := o.People.Relate(ctx, worker, x); err != nil {
				t.Fatal(err)
			}
		}
		for _, who := range []person.Person{a, b} {
			list, err := o.People.Relations(ctx, worker, who.ID)
			if err != nil || len(list) != 2 || list[0].Manner != "separated" || list[1].Kind != "guardian" || list[1].From != a.ID {
				t.Errorf("relations %+v, %v", list, err)
			}
		}
		for _, wrong := range []person.Relation{{From: a.ID, To: a.ID, Kind: "spouse", Manner: "married"}, {From: a.ID, To: b.ID, Kind: "parent", Manner: "married"}, {From: a.ID, Kind: "other", Manner: "sibling"}} {
			wantCode(t, o.People.Relate(ctx, worker, wrong), "invalid")
		}
		list, _ := o.People.Relations(ctx, worker, a.ID)
		wantCode(t, o.People.Unrelate(ctx, o.As("other"), list[0].ID), "not_found")
		if err := o.People.Unrelate(ctx, worker, list[0].ID); err != nil {
			t.Fatal(err)
		}
		if list, _ = o.People.Relations(ctx, worker, a.ID); len(list) != 1 {
			t.Errorf("left %+v", list)
		}
	})
}

func TestASchoolIsKeptFoundAndChanged(t *testing.T) {
	office(t, func(t *testing.T, o *testkit.Office) {
		ctx, worker := t.Context(), o.As("worker")
		school := person.Client{Kind: "organisation", Name: "SD Negeri 004", BodyKind: "school", Village: "21.72.04.1002", Members: 212,
			Sealed: person.ClientSealed{Address: "Jalan Sultan 4", Contacts: []person.Contact{{Name: "Bu Ani", Role: "wali kelas", Phone: "0800-0000-4321"}, {}}}}
		kept, twins, err := o.People.AddBody(ctx, worker, school, false)
		if err != nil || len(twins) != 0 {
			t.Fatalf("%v %v", twins, err)
		}
		if _, twins, err = o.People.AddBody(ctx, worker, school, false); err != nil || len(twins) != 1 {
			t.Errorf("the same school again: %v, %v", twins, err)
		}
		list, _, err := o.People.BodyList(ctx, o.As("intake"), person.Search{Query: "negeri 004", Limit: 5})
		if err != nil || len(list) != 1 || list[0].ID != kept.ID || list[0].Members != 212 {
			t.Errorf("found %+v, %v", list, err)
		}
		opened, err := o.People.Body(ctx, o.As("intake"), kept.ID, "page")
		if err != nil || len(opened.Sealed.Contacts) != 1 || opened.Sealed.Contacts[0].Phone != "+6280000004321" || opened.Sealed.Address != "Jalan Sultan 4" {
			t.Errorf("opened %+v, %v", opened, err)
		}
		opened.Name = "SD Negeri 004 Bukit Bestari"
		if err := o.People.ChangeBody(ctx, worker, opened); err != nil {
			t.Fatal(err)
		}
		wantCode(t, o.People.ChangeBody(ctx, worker, opened), "version_changed")
		_, err = o.People.Body(ctx, o.As("other"), kept.ID, "page")
		wantCode(t, err, "not_found")
		_, _, err = o.People.AddBody(ctx, worker, person.Client{Kind: "individual", Name: "Ani", BodyKind: "pub"}, true)
		wantCode(t, err, "invalid")
	})
}

func TestABodyKnownOnlyThroughASecretCaseIsNotFound(t *testing.T) {
	office(t, func(t *testing.T, o *testkit.Office) {
		ctx := t.Context()
		kept, _, err := o.People.AddBody(ctx, o.As("worker"), person.Client{Kind: "group", Name: "Arisan Kenanga", BodyKind: "women_group"}, false)
		if err != nil {
			t.Fatal(err)
		}
		err = o.Journal.Write(ctx, func(tx *journal.Tx) error {
			return person.SetClientReaders(ctx, tx, kept.ID, 3, []db.ID{o.As("worker").User})
		})
		if err != nil {
			t.Fatal(err)
		}
		for who, sees := range map[string]bool{"worker": true, "worker2": false, "head": false, "intake": false} {
			for _, query := range []string{"", "kenanga"} {
				list, _, err := o.People.BodyList(ctx, o.As(who), person.Search{Query: query, Limit: 5})
				if err != nil || slices.ContainsFunc(list, func(b person.Body) bool { return b.ID == kept.ID }) != sees {
					t.Errorf("%s with %q: %v, %v", who, query, list, err)
				}
			}
			_, err := o.People.Body(ctx, o.As(who), kept.ID, "page")
			if (err == nil) != sees {
				t.Errorf("%s opens: %v", who, err)
			}
		}
	})
}
