package hsds_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"teduh/internal/partner/hsds"
)

// all reads a file to its end.
func all(raw []byte) (entries []hsds.Entry, problems []string) {
	for e, p := range hsds.Read(bytes.NewReader(raw), int64(len(raw))) {
		if p != nil {
			problems = append(problems, told(p))
			continue
		}
		entries = append(entries, e)
	}
	return entries, problems
}

// told is a problem in one line: «services.csv:3 organization_id no_parent o9», with a tilde before what was kept.
func told(p *hsds.Problem) string {
	kept := ""
	if p.Kept {
		kept = "~"
	}
	return strings.TrimSpace(fmt.Sprintf("%s%s:%d %s %s %s", kept, p.File, p.Row, p.Path, p.Code, p.Value))
}

func services(entries []hsds.Entry) (names []string) {
	for _, e := range entries {
		if e.Service != nil {
			names = append(names, e.Service.Name)
		}
	}
	return names
}

func organizations(entries []hsds.Entry) (names []string) {
	for _, e := range entries {
		if e.Organization != nil {
			names = append(names, e.Organization.Name)
		}
	}
	return names
}

// zipped is a package of tables.
func zipped(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, text := range files {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// A page as another publisher's API gives it: numbers between quotes, times without zones, an organization told again in short.
func TestAFileOfAnotherPublisherIsRead(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("testdata/foreign.json")
	if err != nil {
		t.Fatal(err)
	}
	entries, problems := all(raw)
	if len(problems) > 0 {
		t.Errorf("problems %q", problems)
	}
	if got := organizations(entries); !slices.Equal(got, []string{"Riverbend Families", "Riverbend Law School"}) {
		t.Errorf("organizations %q", got)
	}
	if got := services(entries); !slices.Equal(got, []string{"Family Counseling", "Crisis Line", "Legal Clinic"}) {
		t.Errorf("services %q", got)
	}
	s := entries[1].Service
	if s.MinimumAge != "16" || s.MaximumAge != "" || len(s.ServiceAtLocations) != 2 || s.ServiceAtLocations[0].Location.Addresses[0].City != "Riverbend" ||
		len(s.ServiceAtLocations[0].Schedules) != 4 || s.Attributes[0].TaxonomyTerm.Code != "RF-2000" || s.Phones[0].Languages[0].Code != "es" {
		t.Errorf("a part is lost: %+v", s)
	}
}

// The same services stand in an array, on lines of their own and alone.
func TestEveryNestedShapeIsRead(t *testing.T) {
	t.Parallel()
	one := `{"id":"s%d","name":"Layanan %d","status":"active","organization":{"id":"o1","name":"Dinas","description":"-"}}`
	a, b := fmt.Sprintf(one, 1, 1), fmt.Sprintf(one, 2, 2)
	for name, raw := range map[string]string{
		"array": "[" + a + "," + b + "]", "lines": a + "\n" + b + "\n", "with a mark": "\ufeff[" + a + "," + b + "]",
		"page": `{"contents":[` + a + "," + b + `],"total_items":2}`,
	} {
		entries, problems := all([]byte(raw))
		if got := services(entries); !slices.Equal(got, []string{"Layanan 1", "Layanan 2"}) || len(problems) > 0 || len(organizations(entries)) != 1 {
			t.Errorf("%s: %q, problems %q", name, got, problems)
		}
	}
	if entries, problems := all([]byte(a)); len(services(entries)) != 1 || len(problems) > 0 {
		t.Errorf("alone: %v %q", entries, problems)
	}
	if entries, problems := all([]byte("[]")); len(entries)+len(problems) > 0 {
		t.Errorf("none: %v %q", entries, problems)
	}
}

// What is wrong is told with its place, and the rest is taken. The closed sets and what is required are the schemas'.
func TestWhatIsWrongInANestedFile(t *testing.T) {
	t.Parallel()
	org := `"organization":{"id":"o1","name":"Dinas","description":"-"}`
	for _, c := range []struct {
		name, service string
		problems      []string
		taken         bool
	}{
		{"a status that is none", `{"id":"s","name":"n","status":"open",` + org + `}`, []string{":2 status choice open"}, false},
		{"no name", `{"id":"s","status":"active",` + org + `}`, []string{":2 name missing"}, false},
		{"a list where a text stands", `{"id":"s","name":["n"],"status":"active",` + org + `}`, []string{":2 name kind array"}, false},
		{"a text that is too long", `{"id":"s","name":"` + strings.Repeat("é", 201) + `","status":"active",` + org + `}`,
			[]string{":2 name long " + strings.Repeat("é", 80) + "…"}, false},
		{"an organization that is nowhere", `{"id":"s","name":"n","status":"active","organization_id":"o9"}`, []string{":2 organization no_parent o9"}, false},
		{"one that was told before", `{"id":"s","name":"n","status":"active","organization_id":"o1"}`, nil, true},
		{"an id that was there", `{"id":"first","name":"n","status":"active",` + org + `}`, []string{":2 id twice first"}, false},
		{"an age in words", `{"id":"s","name":"n","status":"active","minimum_age":"adult",` + org + `}`, []string{":2 minimum_age number adult"}, false},
		{"a day in another order", `{"id":"s","name":"n","status":"active","assured_date":"25/11/2026",` + org + `}`, []string{":2 assured_date date 25/11/2026"}, false},
		{"a schedule at a time that is none, beside a good one", `{"id":"s","name":"n","status":"active",` + org + `,"schedules":[
			{"id":"a","freq":"WEEKLY","byday":"MO","opens_at":"8 pagi","closes_at":"12:00"},{"id":"b","freq":"WEEKLY","byday":"TU","opens_at":"08:00Z","closes_at":"12:00+07:00"}]}`,
			[]string{":2 schedules[0].opens_at time 8 pagi"}, true},
		{"a schedule that repeats by the year", `{"id":"s","name":"n","status":"active",` + org + `,"schedules":[{"id":"a","freq":"YEARLY"}]}`,
			[]string{":2 schedules[0].freq choice YEARLY"}, true},
		{"days that are none", `{"id":"s","name":"n","status":"active",` + org + `,"schedules":[{"id":"a","freq":"WEEKLY","byday":"Senin"}]}`,
			[]string{":2 schedules[0].byday days Senin"}, true},
		{"an address that is no kind of one, deep within", `{"id":"s","name":"n","status":"active",` + org + `,"service_at_locations":[{"id":"l","location":{"id":"p","location_type":"physical",
			"addresses":[{"id":"a","address_1":"Jalan","city":"K","state_province":"P","postal_code":"29111","country":"ID","address_type":"home"}]}}]}`,
			[]string{":2 service_at_locations[0].location.addresses[0].address_type choice home"}, true},
		{"two phones of one id", `{"id":"s","name":"n","status":"active",` + org + `,"phones":[{"id":"a","number":"1"},{"id":"a","number":"2"}]}`,
			[]string{":2 phones[1].id twice a"}, true},
		{"a term that stands nowhere", `{"id":"s","name":"n","status":"active",` + org + `,"attributes":[{"id":"a","taxonomy_term_id":"t9"}]}`,
			[]string{"~:2 attributes no_term t9"}, true},
		{"an address on the web that is none", `{"id":"s","name":"n","status":"active","url":"www","email":"siapa",` + org + `}`,
			[]string{"~:2 url uri www", "~:2 email " + "email siapa"}, true},
	} {
		first := `{"id":"first","name":"Pertama","status":"active",` + org + `}`
		last := `{"id":"last","name":"Terakhir","status":"active",` + org + `}`
		entries, problems := all([]byte("[" + first + "," + c.service + "," + last + "]"))
		want := 2
		if c.taken {
			want++
		}
		if got := services(entries); len(got) != want || got[len(got)-1] != "Terakhir" || !slices.Equal(problems, c.problems) {
			t.Errorf("%s: %q, problems %q, want %q", c.name, got, problems, c.problems)
		}
	}
}

func TestFilesThatAreNone(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ raw, problem string }{
		"nothing":       {"", ":0  unknown_kind"},
		"a number":      {"42", ":0  unknown_kind"},
		"a table":       {"id,name\n1,2\n", ":1  broken"},
		"half a file":   {`[{"id":"s","name":"n","sta`, ":1  broken"},
		"half a zip":    {"PK\x03\x04 and no more", ":0  broken"},
		"another zip":   {string(zipped(t, map[string]string{"readme.txt": "hello"})), ":0  unknown_kind"},
		"a long row":    {`[{"id":"s","name":"` + strings.Repeat("x", hsds.MaxRow+200<<10) + `"}]`, ":1  row_too_large"},
		"no list":       {`{"contents":{}}`, ":0 contents kind"},
		"a broken line": {`{"id":"s","name":"n","status":"active","organization":{"id":"o","name":"o","description":"-"}}` + "\n{]", ":2  broken"},
	} {
		if _, problems := all([]byte(c.raw)); !slices.Equal(problems, []string{c.problem}) {
			t.Errorf("%s: %q, want %q", name, problems, c.problem)
		}
	}
}

// A package is put together from its tables, whatever order they stand in, and each row that is wrong is told with its line.
func TestAPackageIsPutTogether(t *testing.T) {
	t.Parallel()
	raw := zipped(t, map[string]string{
		"data/organizations.csv": "id,name,description\no1,Dinas Sosial,Kantor\no2,,Tanpa nama\no1,Dinas lagi,-\n",
		"data/services.csv": "\ufeffid,organization_id,name,status,minimum_age\ns1,o1,Konseling,active,12\ns2,o2,Milik yang ditolak,active,\n" +
			"s3,o7,Tanpa pemilik,active,\n\"s4\",o1,\"Rumah\naman\",active,\ns5,o1,Salah,buka,\n",
		"data/phones.csv":              "id,service_id,location_id,number\np1,s1,,0800-0000-0001\np2,s9,,0800-0000-0002\np3,,l1,0800-0000-0003\np4,s1,,\np5,s5,,0800-0000-0005\n",
		"data/locations.csv":           "id,organization_id,location_type,latitude\nl1,o1,physical,0.9\nl2,o1,physical,95\n",
		"data/service_at_location.csv": "id,service_id,location_id\na1,s1,l1\na2,s1,l9\na3,s4,l1\n",
		"data/schedules.csv":           "id,service_at_location_id,freq,byday,opens_at,closes_at\nh1,a1,WEEKLY,\"MO,TU\",08:00,12:00\nh2,a1,WEEKLY,MO,25:00,26:00\n",
		"data/taxonomies.csv":          "id,name,description\nt1,Kebutuhan,-\n",
		"data/taxonomy_terms.csv":      "id,name,description,taxonomy_id\nk1,Keluarga,-,t1\nk2,Asing,-,t9\n",
		"data/attributes.csv":          "id,link_id,link_entity,taxonomy_term_id\nb1,s1,service,k1\nb2,s1,service,k2\n",
		"data/other.csv":               "nothing that is known",
	})
	entries, problems := all(raw)
	want := []string{
		"taxonomy_terms.csv:3 taxonomy_id no_taxonomy t9",
		"attributes.csv:3 taxonomy_term_id no_term k2",
		"phones.csv:5 number missing",
		"schedules.csv:3 opens_at time 25:00", "schedules.csv:3 closes_at time 26:00",
		"locations.csv:3 latitude number 95",
		"service_at_location.csv:3 location_id no_parent l9",
		"organizations.csv:3 name missing", "organizations.csv:4 id twice o1",
		"services.csv:3 organization_id no_parent o2", "services.csv:4 organization_id no_parent o7", "services.csv:7 status choice buka",
		"phones.csv:3 service_id no_parent s9",
	}
	if !slices.Equal(problems, want) {
		t.Errorf("problems\n%s\nwant\n%s", strings.Join(problems, "\n"), strings.Join(want, "\n"))
	}
	if got := services(entries); !slices.Equal(got, []string{"Konseling", "Rumah\naman"}) {
		t.Fatalf("services %q", got)
	}
	s := entries[len(entries)-2].Service
	at := s.ServiceAtLocations[0]
	if len(s.Phones) != 1 || len(s.ServiceAtLocations) != 1 || at.Location.Phones[0].ID != "p3" || len(at.Schedules) != 1 || at.Schedules[0].ByDay != "MO,TU" ||
		s.Organization.Name != "Dinas Sosial" || s.Attributes[0].TaxonomyTerm.Name != "Keluarga" || len(s.Organization.Locations) != 1 {
		t.Errorf("put together wrongly: %+v", s)
	}
}

// A table may bear another name where datapackage.json says so.
func TestAPackageNamesItsTables(t *testing.T) {
	t.Parallel()
	entries, problems := all(zipped(t, map[string]string{
		"datapackage.json": `{"resources":[{"name":"organization","path":"org-2026.csv"},{"name":"service","path":"svc-2026.csv"}]}`,
		"org-2026.csv":     "id,name,description\no1,Dinas,-\n", "svc-2026.csv": "id,organization_id,name,status\ns1,o1,Konseling,active\n",
	}))
	if !slices.Equal(services(entries), []string{"Konseling"}) || len(problems) > 0 {
		t.Errorf("%v %q", entries, problems)
	}
}

// What is written is read back the same, from both shapes.
func TestWhatIsWrittenIsReadBack(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("testdata/foreign.json")
	if err != nil {
		t.Fatal(err)
	}
	entries, _ := all(raw)
	var flat, again, lines bytes.Buffer
	for _, to := range []*bytes.Buffer{&flat, &again} {
		p := hsds.NewPackage(to, hsds.About{Name: "riverbend", Title: "Riverbend", Created: "2026-11-25T00:00:00Z"})
		for _, e := range entries {
			if e.Organization != nil {
				err = p.Organization(e.Organization)
			} else {
				err = p.Service(e.Service)
				if err == nil {
					err = json.NewEncoder(&lines).Encode(e.Service)
				}
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := p.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(flat.Bytes(), again.Bytes()) {
		t.Error("the same things give other bytes")
	}
	for name, raw := range map[string][]byte{"flat": flat.Bytes(), "nested": lines.Bytes()[:lines.Len()/2]} {
		back, problems := all(raw)
		if !slices.Equal(services(back), services(entries)) || !slices.Equal(organizations(back), organizations(entries)) || len(problems) > 0 {
			t.Errorf("%s: %q %q", name, services(back), problems)
		}
	}
	back, _ := all(lines.Bytes()[:lines.Len()/2])
	if !reflect.DeepEqual(back[1].Service, entries[1].Service) {
		t.Errorf("not the same:\n%+v\n%+v", back[1].Service, entries[1].Service)
	}
}

// A hundred thousand services are read in the memory of the keys they have; a hundred thousand rows of a package in that of the rows.
func TestManyRowsStayWithinMemoryAndTime(t *testing.T) {
	const many = 100_000
	var nested strings.Builder
	services, phones := strings.Builder{}, strings.Builder{}
	services.WriteString("id,organization_id,name,status\n")
	phones.WriteString("id,service_id,number\n")
	for i := range many {
		fmt.Fprintf(&nested, `{"id":"s%d","name":"Layanan %d","status":"active","organization":{"id":"o1","name":"Dinas","description":"-"},"phones":[{"id":"p","number":"1"}]}`+"\n", i, i)
		if i%2 == 0 {
			fmt.Fprintf(&services, "s%d,o1,Layanan %d,active\n", i, i)
			fmt.Fprintf(&phones, "p%d,s%d,0800-0000-0001\n", i, i)
		}
	}
	flat := zipped(t, map[string]string{"organizations.csv": "id,name,description\no1,Dinas,-\n", "services.csv": services.String(), "phones.csv": phones.String()})
	for name, raw := range map[string][]byte{"nested": []byte(nested.String()), "flat": flat} {
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start, given := time.Now(), 0
		var peak uint64
		for e, p := range hsds.Read(bytes.NewReader(raw), int64(len(raw))) {
			if p != nil {
				t.Fatal(told(p))
			}
			if e.Service == nil {
				continue
			}
			if given++; given%10_000 == 0 {
				runtime.GC()
				runtime.ReadMemStats(&after)
				peak = max(peak, after.HeapAlloc-min(before.HeapAlloc, after.HeapAlloc))
			}
		}
		took := time.Since(start)
		t.Logf("%s: %d services in %s, at most %d MB", name, given, took, peak>>20)
		if given < many/2 || peak > 64<<20 || took > 20*time.Second {
			t.Errorf("%s: %d services in %s, %d MB", name, given, took, peak>>20)
		}
	}
}
