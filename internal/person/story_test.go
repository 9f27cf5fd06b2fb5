package person_test

import (
	"testing"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/person"
	"teduh/internal/testkit"
)

// office runs a story at an office, on both engines.
func office(t *testing.T, story func(t *testing.T, o *testkit.Office)) {
	t.Helper()
	testkit.Engines(t, func(t *testing.T, d *db.DB) { story(t, testkit.NewOffice(t, d)) })
}

func add(t *testing.T, o *testkit.Office, p person.Person) person.Person {
	t.Helper()
	added, err := o.People.Add(t.Context(), o.As("worker"), p, true)
	if err != nil {
		t.Fatal(err)
	}
	return added.Person
}

// found are the names that a search shows.
func found(t *testing.T, o *testkit.Office, a access.Actor, query string) []string {
	t.Helper()
	list, _, err := o.People.Search(t.Context(), a, person.Search{Query: query, Limit: 20})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range list {
		names = append(names, f.Name)
	}
	return names
}

// hide makes a person known only through a secret case with these readers.
func hide(t *testing.T, o *testkit.Office, p person.Person, readers ...db.ID) {
	t.Helper()
	err := o.Journal.Write(t.Context(), func(tx *journal.Tx) error {
		return person.SetReaders(t.Context(), tx, p.ID, 3, readers)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func wantNames(t *testing.T, got []string, want ...string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("found %q, want %q", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("found %q, want %q", got, want)
		}
	}
}

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Fatalf("got %v, want %s", err, code)
	}
}

func TestOldSpellingFindsTheNewAndWordsStandInAnyOrder(t *testing.T) {
	office(t, func(t *testing.T, o *testkit.Office) {
		add(t, o, person.Person{Name: "Sucipto Wardoyo"})
		add(t, o, person.Person{Name: "Drs. H. Muhammad Yusuf, M.Si."})
		wantNames(t, found(t, o, o.As("worker"), "soetjipto"), "Sucipto Wardoyo")
		wantNames(t, found(t, o, o.As("worker"), "war soetj"), "Sucipto Wardoyo")
		wantNames(t, found(t, o, o.As("intake"), "moh yoesoef"), "Drs. H. Muhammad Yusuf, M.Si.")
		wantNames(t, found(t, o, o.As("worker"), "sucipto yusuf"))
	})
}

func TestNIKAndPhoneFindHoweverTheyAreTyped(t *testing.T) {
	office(t, func(t *testing.T, o *testkit.Office) {
		add(t, o, person.Person{Name: "Halimah", Sealed: person.Sealed{NIK: "2172 0441 9955 0001",
			Phones: []person.Phone{{Number: "0800-0000-1234", SafeToCall: true}, {Number: "lewat tetangga"}}}})
		add(t, o, person.Person{Name: "Rohani", Sealed: person.Sealed{Phones: []person.Phone{{Number: "lewat Pak RT"}}}})
		for _, typed := range []string{"2172044199550001", "2172.0441.9955.0001", "080000001234", "+62 800 0000 1234", "62 80000001234"} {
			wantNames(t, found(t, o, o.As("worker"), typed), "Halimah")
		}
		wantNames(t, found(t, o, o.As("worker"), "2172044199550002"))
	})
}

func TestSomeoneKnownOnlyThroughASecretCaseIsFoundByNobodyElse(t *testing.T) {
	office(t, func(t *testing.T, o *testkit.Office) {
		p := add(t, o, person.Person{Name: "Melati Kencana", BirthDate: "1990-05-01", Village: "21.72.04.1002",
			Sealed: person.Sealed{NIK: "2172044199550009"}})
		hide(t, o, p, o.As("worker").User)
		for _, who := range []string{"head", "worker2", "intake", "supervisor", "psychologist", "other"} {
			wantNames(t, found(t, o, o.As(who), "melati"))
			wantNames(t, found(t, o, o.As(who), "2172044199550009"))
			wantNames(t, found(t, o, o.As(who), ""))
			_, err := o.People.Get(t.Context(), o.As(who), p.ID, "page")
			wantCode(t, err, "not_found")
			if n, err := o.People.Count(t.Context(), o.As(who), person.Search{}); err != nil || n != 0 {
				t.Errorf("%s counts %d %v", who, n, err)
			}
		}
		wantNames(t, found(t, o, o.As("worker"), "melati"), "Melati Kencana")
		if n, err := o.People.Count(t.Context(), o.As("worker"), person.Search{}); err != nil || n != 1 {
			t.Errorf("the named one counts %d %v", n, err)
		}
		for _, who := range []string{"admin", "auditor", "viewer", "partner", "dpo", "facilitator"} {
			_, _, err := o.People.Search(t.Context(), o.As(who), person.Search{Query: "melati", Limit: 5})
			wantCode(t, err, "forbidden")
		}
	})
}

func TestTheTwinOfAHiddenPersonSaysAskTheHeadAndNothingMore(t *testing.T) {
	office(t, func(t *testing.T, o *testkit.Office) {
		p := add(t, o, person.Person{Name: "Melati Kencana", BirthDate: "1990-05-01"})
		hide(t, o, p, o.As("worker").User)
		twin := person.Person{Name: "Kentjana, Melati", BirthDate: "1990-05-01"}
		added, err := o.People.Add(t.Context(), o.As("intake"), twin, false)
		if err != nil || len(added.Twins) != 1 {
			t.Fatalf("twins %v, %v", added.Twins, err)
		}
		if hint := added.Twins[0]; hint != (person.Twin{Why: "ask_head", Hidden: true}) {
			t.Errorf("the hint tells %+v", hint)
		}
		added, err = o.People.Add(t.Context(), o.As("worker"), twin, false)
		if err != nil || len(added.Twins) != 1 || added.Twins[0].Name != "Melati Kencana" || added.Twins[0].Why != "name_birth" {
			t.Errorf("the named one is told %v, %v", added.Twins, err)
		}
	})
}

func TestLikelyTwins(t *testing.T) {
	// DOMAIN: same NIK or phone; similar name with birth date or village.
	known := person.Person{Name: "Siti Aminah", BirthDate: "1984-03-12", Village: "21.72.04.1002",
		Sealed: person.Sealed{NIK: "2172045203840001", Phones: []person.Phone{{Number: "0800-0000-7777"}}}}
	for _, c := range []struct {
		story string
		typed person.Person
		why   string
	}{
		{"another name, the same NIK", person.Person{Name: "Ani", Sealed: person.Sealed{NIK: "2172045203840001"}}, "nik"},
		{"another name, the same phone", person.Person{Name: "Ani", Sealed: person.Sealed{Phones: []person.Phone{{Number: "+6280000007777"}}}}, "phone"},
		{"old spelling, same birth", person.Person{Name: "Sitti Aminah", BirthDate: "1984-03-12"}, "name_birth"},
		{"only the year is known", person.Person{Name: "Siti Aminah", BirthDate: "1984-01-01", BirthPrecision: "year"}, "name_birth"},
		{"same village, no birth", person.Person{Name: "Siti Aminah", Village: "21.72.04.1002"}, "name_village"},
		{"same village, day and month changed over", person.Person{Name: "Siti Aminah", Village: "21.72.04.1002", BirthDate: "1984-03-21"}, "name_village"},
		{"same village, a confidential address", person.Person{Name: "Siti Aminah", Village: "21.72.04.1002", Confidential: true}, "name_village"},
		{"same village, another birth", person.Person{Name: "Siti Aminah", Village: "21.72.04.1002", BirthDate: "1961-11-30"}, ""},
		{"another village", person.Person{Name: "Siti Aminah", Village: "21.72.01.1001"}, ""},
		{"another birth", person.Person{Name: "Siti Aminah", BirthDate: "1985-03-12"}, ""},
		{"only the name", person.Person{Name: "Siti Aminah"}, ""},
		{"another name", person.Person{Name: "Dewi Lestari", BirthDate: "1984-03-12", Village: "21.72.04.1002"}, ""},
	} {
		t.Run(c.story, func(t *testing.T) {
			office(t, func(t *testing.T, o *testkit.Office) {
				add(t, o, known)
				added, err := o.People.Add(t.Context(), o.As("intake"), c.typed, false)
				if err != nil {
					t.Fatal(err)
				}
				switch {
				case c.why == "" && len(added.Twins) > 0:
					t.Errorf("told %v", added.Twins)
				case c.why != "" && (len(added.Twins) != 1 || added.Twins[0].Why != c.why):
					t.Errorf("told %v, want %s", added.Twins, c.why)
				}
			})
		})
	}
}

func TestAChangeKeepsWhatItDoesNotNameAndRenamesTheClient(t *testing.T) {
	office(t, func(t *testing.T, o *testkit.Office) {
		worker := o.As("worker")
		p := add(t, o, person.Person{Name: "Rahmat", ExternalID: "A-17", Village: "21.72.04.1002"})
		var client person.Client
		err := o.Journal.Write(t.Context(), func(tx *journal.Tx) (err error) {
			client, err = o.People.ClientIn(t.Context(), tx, worker, person.ClientChoice{Kind: "individual", Person: p.ID})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		changed := p
		changed.Name, changed.ExternalID, changed.Confidential = "Rahmat Hidayat", "", true
		changed, err = o.People.Change(t.Context(), worker, changed)
		if err != nil {
			t.Fatal(err)
		}
		if changed.ExternalID != "A-17" || changed.Version != 2 || changed.Village != "" || changed.Home() != "21.72.04.1002" {
			t.Errorf("kept %+v", changed)
		}
		err = o.DB.Read(t.Context(), func(r db.Reader) error {
			client, err = person.ClientByID(t.Context(), r, o.ID, client.ID)
			return err
		})
		if err != nil || client.Name != "Rahmat Hidayat" || client.Village != "" {
			t.Errorf("the client is %+v, %v", client, err)
		}
		_, err = o.People.Change(t.Context(), worker, p)
		wantCode(t, err, "version_changed")
		changed.Confidential = false
		if changed, err = o.People.Change(t.Context(), worker, changed); err != nil || changed.Village != "21.72.04.1002" || changed.Sealed.Village != "" {
			t.Errorf("opened again %+v, %v", changed, err)
		}
	})
}

func TestWhatIsWrongIsNamedInTheOrderOfTheForm(t *testing.T) {
	office(t, func(t *testing.T, o *testkit.Office) {
		long := string(make([]rune, 501))
		_, err := o.People.Add(t.Context(), o.As("worker"), person.Person{Name: " ", BirthDate: "2027-01-01", Village: "99.99.99.9999",
			Religion: long, Work: "x" + long, Sealed: person.Sealed{NIK: "12"}}, true)
		e, ok := fault.As(err)
		if !ok || e.Status != 422 {
			t.Fatalf("got %v", err)
		}
		var fields []string
		for _, f := range e.Fields {
			fields = append(fields, f.Field+" "+f.Code)
		}
		wantNames(t, fields, "name required", "birth_date future", "address.village_code unknown", "religion too_long", "work too_long")
	})
}

func TestAMalformedNumberIsKeptAndWarnedOf(t *testing.T) {
	office(t, func(t *testing.T, o *testkit.Office) {
		p := add(t, o, person.Person{Name: "Yanto", Sex: "m", BirthDate: "1990-05-01", Sealed: person.Sealed{NIK: "2172044105900001", KK: "12",
			Phones: []person.Phone{{Number: "pinjam telepon warung"}}}})
		var codes []string
		for _, w := range p.Warnings() {
			codes = append(codes, w.Field+" "+w.Code)
		}
		wantNames(t, codes, "nik nik_sex", "kk kk_form", "phones phone_form")
		if p.Sealed.KK != "12" || p.Sealed.Phones[0].Number != "pinjam telepon warung" {
			t.Errorf("kept %+v", p.Sealed)
		}
	})
}
