package importer_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/importer"
	"teduh/internal/person"
	"teduh/internal/referral"
	"teduh/internal/testkit"
)

// desk is an office that takes files in.
type desk struct {
	*testkit.Office
	cases     *casefile.Service
	referrals *referral.Service
	importer  *importer.Service
}

func newDesk(t *testing.T, d *db.DB) *desk {
	t.Helper()
	o := testkit.NewOffice(t, d)
	k := &desk{Office: o, cases: casefile.NewService(casefile.Needs{DB: d, Journal: o.Journal, Vault: o.Vault, People: o.People,
		Gates: casefile.NewGates(), Office: o.Units, Now: o.Now})}
	k.referrals = referral.NewService(referral.Needs{DB: d, Journal: o.Journal, Cases: k.cases, People: o.People, Office: o.Units, Now: o.Now})
	k.importer = importer.NewService(importer.Needs{DB: d, Journal: o.Journal, Access: o.Access, People: o.People, Cases: k.cases, Now: o.Now})
	return k
}

// folder writes files; each argument is a name, a line break, and what stands in it.
func folder(t *testing.T, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range files {
		name, text, _ := strings.Cut(f, "\n")
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const (
	people    = "people.csv\nid,name,nik,birth_date,sex,village_code,phone\n"
	cases     = "cases.csv\nid,client_id,worker,stage,status,risk,category,opened_on,closed_on\n"
	notes     = "notes.csv\nid,case_id,author,happened_at,recorded_at,kind,text\n"
	referrals = "referrals.csv\nid,case_id,partner_service,status,sent_at,answered_at\n"
)

func (k *desk) take(t *testing.T, o importer.Options, files ...string) importer.Result {
	t.Helper()
	done, err := k.importer.Folder(t.Context(), k.As("head"), folder(t, files...), o)
	if err != nil {
		var r *importer.Refused
		if errors.As(err, &r) {
			for _, p := range r.Problems {
				t.Log(importer.Line(t.Context(), p))
			}
		}
		t.Fatal(err)
	}
	return done
}

func (k *desk) list(t *testing.T, who string, f casefile.Filter) []string {
	t.Helper()
	f.Limit, f.Total = 100, true
	l, err := k.cases.List(t.Context(), k.As(who), f)
	if err != nil {
		t.Fatal(err)
	}
	lines := []string{fmt.Sprint("total ", l.Total)}
	for _, i := range l.Items {
		lines = append(lines, fmt.Sprint(i.Number, i.Status, i.Stage, i.Risk, i.MainCategory, i.OpenedOn, i.Worker.Name, i.ClientKind, i.ClientName, i.Village))
	}
	return lines
}

// Cases from a folder look to everyone like cases that were opened one by one.
func TestImportedCasesAreLikeOpenedOnes(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		opened, taken := newDesk(t, d), newDesk(t, nextTo(t, d))
		ctx := t.Context()
		rows := []struct{ name, worker, day, category string }{{"Siti Aminah", "worker", "2024-03-01", "25"}, {"Budi Santoso", "worker2", "2024-03-02", "8"},
			{"Siti Aminah", "worker2", "2025-01-05", "25"}}
		ids, p, c := map[string]db.ID{}, people, cases
		for i, r := range rows {
			if ids[r.name].IsZero() {
				added, err := opened.People.Add(ctx, opened.As("head"), person.Person{Name: r.name, Village: "21.72.04.1002"}, true)
				if err != nil {
					t.Fatal(err)
				}
				ids[r.name] = added.Person.ID
				p += fmt.Sprintf("%s,%s,,,,21.72.04.1002,\n", r.name, r.name)
			}
			if _, err := opened.cases.Open(ctx, opened.As("head"), casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: ids[r.name]},
				Worker: r.worker + "@example.org", Categories: []string{r.category}, OpenedOn: db.Date(r.day)}); err != nil {
				t.Fatal(err)
			}
			c += fmt.Sprintf("K%d,%s,%s@example.org,outreach,open,none,%s,%s,\n", i, r.name, r.worker, r.category, r.day)
		}
		taken.take(t, importer.Options{}, p, c)
		for _, who := range []string{"worker", "worker2", "head", "supervisor", "psychologist", "intake", "other"} {
			for _, f := range []casefile.Filter{{}, {Query: "siti"}, {Query: "LK3-2024"}, {Category: "8"}, {Sort: casefile.OldestFirst}, {Status: "closed"}} {
				want, got := opened.list(t, who, f), taken.list(t, who, f)
				if !slices.Equal(want, got) {
					t.Errorf("%s lists %+v:\nopened   %q\nimported %q", who, f, want, got)
				}
			}
			want, got := opened.whoReads(t, who), taken.whoReads(t, who)
			if !slices.Equal(want, got) {
				t.Errorf("%s reads:\nopened   %q\nimported %q", who, want, got)
			}
		}
	})
}

// nextTo is a second database of the same engine.
func nextTo(t *testing.T, d *db.DB) *db.DB {
	t.Helper()
	if d.Engine() == db.SQLite {
		return testkit.SQLite(t)
	}
	return testkit.Postgres(t)
}

// whoReads opens every case and every person as someone, and tells what came of it and who may open them besides.
func (k *desk) whoReads(t *testing.T, who string) (lines []string) {
	t.Helper()
	ctx, a := t.Context(), k.As(who)
	all, err := k.cases.List(ctx, k.As("head"), casefile.Filter{Limit: 100, Sort: casefile.OldestFirst})
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range all.Items {
		c, err := k.cases.Get(ctx, a, i.ID, "page")
		lines = append(lines, fmt.Sprint(i.Number, err, c.Writes, c.Continued, c.Client.Name, c.Categories, c.Village, c.ResolutionLevel, c.Channel, c.Confidentiality))
		if err != nil {
			continue
		}
		p, err := k.People.Get(ctx, a, c.Client.Person, "page")
		lines = append(lines, fmt.Sprint(p.Name, err, p.Level, p.Village))
		seers, err := k.cases.WhoCanSee(ctx, a, c.ID)
		for _, s := range seers {
			lines = append(lines, fmt.Sprint("sees ", s.User.Name, s.Why))
		}
		lines = append(lines, fmt.Sprint(err))
	}
	found, _, err := k.People.Search(ctx, a, person.Search{Query: "amin", Limit: 10})
	for _, f := range found {
		lines = append(lines, "found "+f.Name)
	}
	return append(lines, fmt.Sprint(err))
}

func TestAFolderIsTakenInOnce(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		files := []string{
			people + "1,Rahmah,2172049901900001,1990-05-01,f,21.72.04.1002,0800-0000-0001\n2,\"Tan, Mei\",,,,,\n",
			cases + "A/7,1,worker@example.org,evaluation,closed,high,25,2023-12-31,2024-02-01\nA/8,1,gone@example.org,outreach,open,,,2023-01-02,\nA/9,2,gone@example.org,outreach,open,,,2024-01-02,\n",
			notes + "n1,A/7,gone@example.org,2022-01-01T09:00:00+07:00,,phone,\"Ibu menelepon.\nAnak \"\"sakit\"\".\"\n",
			referrals + "r1,A/7,Rumah aman,completed,2023-12-31T20:00:00+07:00,2024-01-02T09:00:00Z\nr2,A/8,rumah  aman,sent,2023-05-01T20:00:00+07:00,\n",
		}
		done := k.take(t, importer.Options{CreateWorkers: true}, files...)
		if done.People.New != 2 || done.Cases.New != 3 || done.Notes.New != 1 || done.Referrals.New != 2 || !slices.Equal(done.Workers, []string{"gone@example.org"}) {
			t.Errorf("first time: %+v", done)
		}
		done = k.take(t, importer.Options{}, files...)
		if done.People.New+done.Cases.New+done.Notes.New+done.Referrals.New+len(done.Workers) != 0 {
			t.Errorf("second time: %+v", done)
		}
		ctx, a := t.Context(), k.As("worker")
		l, err := k.cases.List(ctx, a, casefile.Filter{Query: "A/7", Limit: 10})
		if err != nil || len(l.Items) != 1 || l.Items[0].Number != "LK3-2023-000001" {
			t.Fatalf("by the old number: %+v %v", l.Items, err)
		}
		id := l.Items[0].ID
		c, err := k.cases.Get(ctx, a, id, "page")
		if err != nil || c.Status != "closed" || c.Stage != "evaluation" || c.Risk != "high" || c.ClosedOn != "2024-02-01" || !c.Writes {
			t.Errorf("got %+v %v", c, err)
		}
		list, _, err := k.cases.Notes(ctx, a, id, casefile.NotesPage{Limit: 10}, "page")
		if err != nil || len(list) != 1 || list[0].Text != "Ibu menelepon.\nAnak \"sakit\"." || list[0].SignedAt.IsZero() || list[0].Author.Name != "gone" {
			t.Errorf("notes: %+v %v", list, err)
		}
		sent, err := k.referrals.List(ctx, a, id)
		if err != nil || len(sent) != 1 || sent[0].ServiceName != "Rumah aman" || sent[0].Number != "RJ-2023-000001" || sent[0].Status != "completed" {
			t.Errorf("referrals: %+v %v", sent, err)
		}
		if _, err := k.referrals.List(ctx, k.As("other"), id); !fault.Is(err, "not_found") {
			t.Errorf("the office next door: %v", err)
		}
		if _, err := k.referrals.List(ctx, k.As("intake"), id); !fault.Is(err, "forbidden") {
			t.Errorf("the intake officer: %v", err)
		}
		found, _, err := k.People.Search(ctx, a, person.Search{Query: "0800 0000 0001", Limit: 10})
		if err != nil || len(found) != 1 || found[0].ExternalID != "1" {
			t.Fatalf("by phone: %+v %v", found, err)
		}
		next, err := k.cases.Open(ctx, a, casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: found[0].ID}, OpenedOn: "2023-06-01"})
		if err != nil || next.Number != "LK3-2023-000003" || !next.Continued {
			t.Errorf("the next number of 2023 is %s %v", next.Number, err)
		}
		if _, err := k.Access.SignIn(ctx, access.Attempt{Email: "gone@example.org", Password: "gone"}); err == nil {
			t.Error("a made account signed in")
		}
	})
}

func TestWhatIsWrongIsToldWithItsPlaceAndNothingIsWritten(t *testing.T) {
	t.Parallel()
	k := newDesk(t, testkit.SQLite(t))
	good := []string{people + "1,Siti,,,,,\n", cases + "c,1,worker@example.org,outreach,open,none,25,2024-01-01,\n"}
	for _, c := range []struct {
		story string
		files []string
		want  string
	}{
		{"no files", nil, "import.no_files"},
		{"a date no calendar has", []string{people + "1,Siti,,1990-02-30,,,\n"}, "people.csv:2:birth_date import.day"},
		{"a birth to come", []string{people + "1,Siti,,2030-02-03,,,\n"}, "people.csv:2:birth_date person.birth.future"},
		{"no name", []string{people + "1, ,,,,,\n"}, "people.csv:2:name error.required"},
		{"a village that is none", []string{people + "1,Siti,,,,99.99,\n"}, "people.csv:2:village_code person.village.unknown"},
		{"a third sex", []string{people + "1,Siti,,,x,,\n"}, "people.csv:2:sex error.choice"},
		{"twice the same id", []string{people + "1,Siti,,,,,\n2,Budi,,,,,\n1,Mei,,,,,\n"}, "people.csv:4:id import.twice"},
		{"a row that is cut off", []string{people + "1,Siti,,,,,\n2,Bu"}, "people.csv:3: import.cells"},
		{"a quote that never ends", []string{people + "1,\"Siti,,,,,\n2,Budi,,,,,\n"}, "people.csv:2: import.quote"},
		{"Windows-1252", []string{people + "1,Andr\xe9,,,,,\n"}, "people.csv:2:name import.encoding"},
		{"UTF-16", []string{"people.csv\n\xff\xfei\x00d\x00"}, "people.csv:1: import.utf16"},
		{"no header", []string{"people.csv\n"}, "people.csv:1: import.empty"},
		{"a column too few", []string{"people.csv\nid,name\n1,Siti\n"}, "people.csv:1:nik import.column_missing"},
		{"a column too many", []string{"people.csv\nid,name,shoes\n"}, "people.csv:1:shoes import.column_unknown"},
		{"a zero byte", []string{people + "1,Si\x00ti,,,,,\n"}, "people.csv:2:name import.zero"},
		{"a worker nobody knows", []string{good[0], cases + "c,1,who@example.org,outreach,open,none,25,2024-01-01,\n"}, "cases.csv:2:worker import.worker_unknown"},
		{"a client nobody knows", []string{good[0], cases + "c,9,worker@example.org,outreach,open,none,25,2024-01-01,\n"}, "cases.csv:2:client_id import.client_unknown"},
		{"no opening day", []string{good[0], cases + "c,1,worker@example.org,outreach,open,none,25,,\n"}, "cases.csv:2:opened_on import.needed"},
		{"closed before it was opened", []string{good[0], cases + "c,1,worker@example.org,outreach,closed,none,25,2024-01-02,2024-01-01\n"}, "cases.csv:2:closed_on import.closed_before"},
		{"a kind of PMKS that is none", []string{good[0], cases + "c,1,worker@example.org,outreach,open,none,27,2024-01-02,\n"}, "cases.csv:2:category import.category"},
		{"a stage that is none", []string{good[0], cases + "c,1,worker@example.org,begun,open,none,25,2024-01-02,\n"}, "cases.csv:2:stage import.choice"},
		{"a note of no case", append(slices.Clone(good), notes+"n,d,worker@example.org,2024-01-01T00:00:00Z,,phone,Halo\n"), "notes.csv:2:case_id import.case_unknown"},
		{"a time without zone", append(slices.Clone(good), notes+"n,c,worker@example.org,2024-01-01 10:00,,phone,Halo\n"), "notes.csv:2:happened_at import.time"},
		{"a referral in no state", append(slices.Clone(good), referrals+"r,c,Rumah aman,lost,,\n"), "referrals.csv:2:status import.choice"},
	} {
		_, err := k.importer.Folder(t.Context(), k.As("head"), folder(t, c.files...), importer.Options{})
		var r *importer.Refused
		if !errors.As(err, &r) {
			t.Errorf("%s: got %v", c.story, err)
			continue
		}
		var got []string
		for _, p := range r.Problems {
			got = append(got, fmt.Sprintf("%s:%d:%s %s", p.File, p.Line, p.Column, p.Key))
		}
		if !slices.ContainsFunc(got, func(g string) bool { return strings.HasSuffix(g, c.want) }) {
			t.Errorf("%s: got %q, want %q", c.story, got, c.want)
		}
	}
	l, _, err := k.People.Search(t.Context(), k.As("head"), person.Search{Limit: 10})
	if err != nil || len(l) != 0 {
		t.Errorf("written all the same: %+v %v", l, err)
	}
	if _, err := k.importer.Folder(t.Context(), k.As("worker"), folder(t, good...), importer.Options{}); !fault.Is(err, "forbidden") {
		t.Errorf("a worker took files in: %v", err)
	}
}

func TestLikelyTwinsAreTold(t *testing.T) {
	t.Parallel()
	k := newDesk(t, testkit.SQLite(t))
	done := k.take(t, importer.Options{}, people+"1,Siti Aminah,2172049901900001,,,,\n2,Siti,2172049901900001,,,,\n3,Mei,,1990-01-02,,,\n4,MEI,,1990-01-02,,,\n5,Mei,,1991-01-02,,,\n")
	want := []importer.Twin{{Line: 3, Other: 2, Why: "nik"}, {Line: 5, Other: 4, Why: "name_birth"}}
	if !slices.Equal(done.Twins, want) || done.TwinTotal != 2 {
		t.Errorf("got %+v, want %+v", done.Twins, want)
	}
}
