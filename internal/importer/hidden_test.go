package importer_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/importer"
	"teduh/internal/person"
	"teduh/internal/testkit"
)

// hide makes a secret case of someone taken in before, named are head2 and the psychologist.
func (k *desk) hide(t *testing.T, name string) casefile.Case {
	t.Helper()
	c, err := k.cases.Open(t.Context(), k.As("head2"), casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: k.found(t, name).ID},
		Confidentiality: casefile.Secret, Named: []string{k.As("psychologist").User.String()}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// finds tells whom a search by name shows.
func (k *desk) finds(t *testing.T, who, query string) (names []string) {
	t.Helper()
	list, _, err := k.People.Search(t.Context(), k.As(who), person.Search{Query: query, Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range list {
		names = append(names, p.Name)
	}
	return names
}

func refusals(t *testing.T, err error) (told []string) {
	t.Helper()
	var wrong *importer.Refused
	if !errors.As(err, &wrong) {
		t.Fatalf("got %v", err)
	}
	for _, p := range wrong.Problems {
		told = append(told, fmt.Sprintf("%s %d %s %s", p.File, p.Line, p.Column, p.Key))
	}
	return told
}

// Whoever is known only through a secret case is unknown to the head who is not named: a case in a list would open them to
// the whole office (POLICY, rule 2).
func TestACaseInAListDoesNotOpenWhomASecretCaseHides(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		ctx := t.Context()
		k.taken(t, []byte("kode,nama,nik\n7,Melati Kencana,2172049901900001\n"), importer.SheetOptions{Kind: "people"})
		k.hide(t, "melati")
		told := map[string]string{}
		for column, known := range map[string][2]string{"kode klien": {"7", "8"}, "nik klien": {"2172049901900001", "2172049901900002"}, "nama klien": {"Melati Kencana", "Mawar Kencana"}} {
			for i, value := range known {
				raw := []byte("id;" + column + ";petugas;tanggal masuk\nR/1;" + value + ";worker;2/1/2024\n")
				r, err := k.importer.Sheet(ctx, k.As("head"), listOf("kasus.csv", raw), importer.SheetOptions{Kind: "cases"})
				if told[fmt.Sprint(column, i)] = fmt.Sprint(refusals(t, err), r.New, r.Known, r.Bad); i == 1 && told[column+"0"] != told[column+"1"] {
					t.Errorf("%s: a hidden one is told as %s, nobody as %s", column, told[column+"0"], told[column+"1"])
				}
			}
		}
		if got := k.finds(t, "head", "melati"); len(got) != 0 {
			t.Errorf("the head finds %v", got)
		}
		raw := []byte("id;kode klien;petugas;tanggal masuk\nR/1;7;worker;2/1/2024\n")
		for _, who := range []access.Actor{k.As("head2"), access.SystemActor(k.As("head").Office)} {
			r, err := k.importer.Sheet(ctx, who, listOf("kasus.csv", raw), importer.SheetOptions{Kind: "cases", DryRun: true})
			if err != nil || r.New != 1 {
				t.Errorf("%s: %+v %v", who.Name, r, err)
			}
		}
	})
}

// Someone whom a secret case hides while a list is checked is not opened by writing it; checked again, they are unknown.
func TestWhoIsHiddenWhileAListIsCheckedStaysHidden(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		k.taken(t, []byte("kode,nama\n7,Melati Kencana\n8,Siti\n"), importer.SheetOptions{Kind: "people"})
		raw := []byte("id;kode klien;petugas;tanggal masuk\nR/1;7;worker;2/1/2024\nR/2;8;worker;2/1/2024\n")
		_, err := k.importer.Sheet(t.Context(), k.As("head"), listOf("kasus.csv", raw), importer.SheetOptions{Kind: "cases", Progress: func(step string, rows, _ int) {
			if step == importer.Checking && rows == 2 { // the first row was right
				k.hide(t, "melati")
			}
		}})
		if !fault.Is(err, "invalid") {
			t.Errorf("got %v", err)
		}
		if got := k.finds(t, "head", "melati"); len(got) != 0 {
			t.Errorf("the head finds %v", got)
		}
		if got := k.list(t, "head", casefile.Filter{}); !slices.Equal(got, []string{"total 0"}) {
			t.Errorf("written %q", got)
		}
		_, err = k.importer.Sheet(t.Context(), k.As("head"), listOf("kasus.csv", raw), importer.SheetOptions{Kind: "cases"})
		if got := refusals(t, err); !slices.Equal(got, []string{"kasus.csv 2 client_id import.client_unknown"}) {
			t.Errorf("checked again: %q", got)
		}
	})
}

// A bulk folder says the same of people, and of cases that notes and referrals name; the operator of the machine has it all.
func TestABulkFolderReachesNoSecretCase(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		ctx := t.Context()
		k.take(t, importer.Options{}, people+"7,Melati Kencana,,,,,\n8,Siti,,,,,\n", cases+"K7,7,worker@example.org,outreach,open,,,2024-03-01,\n")
		l, err := k.cases.List(ctx, k.As("head2"), casefile.Filter{Query: "K7", Limit: 5})
		if err != nil || len(l.Items) != 1 {
			t.Fatal(l, err)
		}
		c := l.Items[0].ID
		named := []string{k.As("head2").User.String(), k.As("psychologist").User.String()}
		if _, err := k.cases.Change(ctx, k.As("head2"), c, casefile.Edit{Confidentiality: new(casefile.Secret), Named: &named}); err != nil {
			t.Fatal(err)
		}
		dir := folder(t, people+"7,Melati Kencana,,,,,\n", cases+"K7,7,worker@example.org,outreach,open,,,2024-03-01,\nK8,7,worker@example.org,outreach,open,,,2024-03-02,\nK9,8,worker@example.org,outreach,open,,,2024-03-03,\n",
			notes+"n1,K7,worker@example.org,2024-03-01T09:00:00+07:00,,phone,x\nn2,K9,worker@example.org,2024-03-03T09:00:00+07:00,,phone,x\n", referrals+"r1,K7,RSUD,sent,,\nr2,K9,RSUD,sent,,\n")
		_, err = k.importer.Folder(ctx, k.As("head"), dir, importer.Options{})
		want := []string{"cases.csv 2 client_id import.client_unknown", "cases.csv 3 client_id import.client_unknown", "notes.csv 2 case_id import.case_unknown",
			"referrals.csv 2 case_id import.case_unknown"}
		got := refusals(t, err)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
		if _, err := k.cases.Get(ctx, k.As("head"), c, "page"); !fault.Is(err, "not_found") {
			t.Errorf("the head opens the secret case: %v", err)
		}
		done, err := k.importer.Folder(ctx, access.SystemActor(k.As("head").Office), dir, importer.Options{})
		if err != nil || done.People.New != 0 || done.Cases.New != 2 || done.Notes.New != 2 || done.Referrals.New != 2 {
			t.Errorf("the operator: %+v %v", done, err)
		}
	})
}
