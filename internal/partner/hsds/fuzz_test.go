package hsds_test

import (
	"bytes"
	"os"
	"slices"
	"testing"

	"teduh/internal/partner/hsds"
)

// Whatever is sent, it is read to its end, every problem has a known code, and what is given can be written and read again.
func FuzzRead(f *testing.F) {
	foreign, err := os.ReadFile("testdata/foreign.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(foreign)
	f.Add([]byte(`[{"id":"s","name":"n","status":"active","organization":{"id":"o","name":"o","description":null},"schedules":[{"id":"h","byday":"1MO,-1FR"}]}]`))
	f.Add([]byte(`{"contents":[{"id":1}]}`))
	f.Add([]byte("PK\x03\x04"))
	f.Add(zipped(f, map[string]string{"organizations.csv": "id,name,description\no1,Dinas,\"-\"\n", "services.csv": "id,organization_id,name,status\ns1,o1,n,active\n",
		"schedules.csv": "id,service_id,opens_at\nh,s1,24:00\n", "locations.csv": "id,location_type\nl,virtual\n", "service_at_location.csv": "id,service_id,location_id\na,s1,l\n"}))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var out bytes.Buffer
		given, p := 0, hsds.NewPackage(&out, hsds.About{})
		for e, problem := range hsds.Read(bytes.NewReader(raw), int64(len(raw))) {
			switch {
			case problem != nil:
				if !slices.Contains(hsds.Codes, problem.Code) {
					t.Fatalf("unknown code %q", problem.Code)
				}
			case e.Organization != nil:
				err = p.Organization(e.Organization)
			case e.Service != nil:
				given++
				for _, at := range e.Service.ServiceAtLocations {
					if w, _ := hsds.Week(at.Schedules, jakarta); w.Check() != nil {
						t.Fatalf("%+v is %v", at.Schedules, w)
					}
				}
				if w, _ := hsds.Week(e.Service.Schedules, jakarta); w.Check() != nil {
					t.Fatalf("%+v is %v", e.Service.Schedules, w)
				}
				err = p.Service(e.Service)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := p.Close(); err != nil {
			t.Fatal(err)
		}
		if given == 0 {
			return
		}
		back, _ := all(out.Bytes())
		if n := len(services(back)); n != given {
			t.Fatalf("%d services were given and %d came back", given, n)
		}
	})
}
