package importer_test

import (
	"fmt"
	"slices"
	"testing"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/importer"
	"teduh/internal/person"
	"teduh/internal/testkit"
)

// Cases of a list with their door and confidentiality look to everyone like cases that were opened one by one.
func TestDoorsAndConfidentialitiesOfAListAreLikeThoseOfOpenedCases(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		opened, taken := newDesk(t, d), newDesk(t, nextTo(t, d))
		rows := []struct {
			name, door, level string
			order             casefile.Order
		}{
			{"Siti Aminah", "Telepon", "2", casefile.Order{Channel: "phone", Confidentiality: casefile.Restricted}},
			{"Budi Santoso", "WA", "Terbatas", casefile.Order{Channel: "whatsapp", Confidentiality: casefile.Restricted}},
			{"Budi Santoso", "Walk-in", "1. Biasa", casefile.Order{Channel: "walk_in"}},
			{"Mei Ling", "", "", casefile.Order{}},
			{"Mei Ling", "referral_in", "restricted", casefile.Order{Channel: "referral_in", Confidentiality: casefile.Restricted}},
		}
		people, list := "nama\n", "No Kasus;Nama Klien;Petugas;Tanggal Masuk;Pintu Masuk;Kerahasiaan\n"
		ids := map[string]db.ID{}
		for i, r := range rows {
			if ids[r.name].IsZero() {
				added, err := opened.People.Add(t.Context(), opened.As("head"), person.Person{Name: r.name}, true)
				if err != nil {
					t.Fatal(err)
				}
				ids[r.name] = added.Person.ID
				people += r.name + "\n"
			}
			r.order.Client, r.order.Worker, r.order.OpenedOn = person.ClientChoice{Kind: "individual", Person: ids[r.name]}, "worker@example.org", "2024-03-01"
			if _, err := opened.cases.Open(t.Context(), opened.As("head"), r.order); err != nil {
				t.Fatal(err)
			}
			list += fmt.Sprintf("K%d;%s;worker;1/3/2024;%s;%s\n", i, r.name, r.door, r.level)
		}
		taken.taken(t, []byte(people), importer.SheetOptions{Kind: "people"})
		for _, added := range []int{len(rows), 0} {
			if r := taken.taken(t, []byte(list), importer.SheetOptions{Kind: "cases"}); r.New != added || r.Taken != added || len(r.Ignored) != 0 {
				t.Errorf("%+v", r)
			}
		}
		for _, who := range []string{"head", "worker", "worker2", "supervisor", "psychologist", "intake"} {
			if want, got := opened.list(t, who, casefile.Filter{}), taken.list(t, who, casefile.Filter{}); !slices.Equal(want, got) {
				t.Errorf("%s lists:\nopened   %q\nimported %q", who, want, got)
			}
			if want, got := opened.whoReads(t, who), taken.whoReads(t, who); !slices.Equal(want, got) {
				t.Errorf("%s reads:\nopened   %q\nimported %q", who, want, got)
			}
			if want, got := opened.finds(t, who, ""), taken.finds(t, who, ""); !slices.Equal(want, got) {
				t.Errorf("%s finds:\nopened   %q\nimported %q", who, want, got)
			}
		}
		if got := taken.finds(t, "intake", "siti"); len(got) != 0 {
			t.Errorf("someone known through a restricted case alone is found by %v", got)
		}
	})
}

// A list names nobody who may open a secret case, so it brings none in; what is not understood is told by row and column.
func TestADoorOrConfidentialityThatIsNoneIsRefusedByRow(t *testing.T) {
	t.Parallel()
	k := newDesk(t, testkit.SQLite(t))
	k.taken(t, []byte("nama\nAni\n"), importer.SheetOptions{Kind: "people"})
	head := "id;nama klien;petugas;tanggal masuk;pintu masuk;kerahasiaan\n"
	for row, want := range map[string]string{
		"1;Ani;worker;1/2/2024;jendela;": "channel import.channel_word", "1;Ani;worker;1/2/2024;;4": "confidentiality import.confidentiality_word",
		"1;Ani;worker;1/2/2024;;3": "confidentiality import.secret", "1;Ani;worker;1/2/2024;;Sangat rahasia": "confidentiality import.secret",
		"1;Ani;worker;1/2/2024;;rahasia umum": "confidentiality import.confidentiality_word",
	} {
		r, err := k.importer.Sheet(t.Context(), k.As("head"), listOf("daftar.csv", []byte(head+row+"\n")), importer.SheetOptions{Kind: "cases"})
		told(t, row, r, err, want)
	}
}
