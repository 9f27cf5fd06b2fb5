package app_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"teduh/internal/db"
	"teduh/internal/partner"
)

// town is a network of a clinic with six services, of which one stands elsewhere, and a shelter whose address is hidden. Every
// word that may not be told bears a mark.
func (w *world) town() map[string]db.ID {
	w.t.Helper()
	head, ids := w.headActor(), map[string]db.ID{}
	add := func(word string, p partner.Partner) {
		id, err := w.app.Partners.AddPartner(w.t.Context(), head, p)
		must(w.t, err)
		ids[word] = id
	}
	offer := func(word string, x partner.Service) {
		id, err := w.app.Partners.AddService(w.t.Context(), head, x)
		must(w.t, err)
		ids[word] = id
	}
	add("clinic", partner.Partner{Name: "Klinik Dompak", Kind: "health_centre", Visibility: partner.Public,
		Address: partner.Address{Street: "Jalan Raya 1", Village: "21.72.04.1002", Visibility: partner.Public}})
	add("shelter", partner.Partner{Name: "Rumah Aman Melati", Kind: "shelter", Visibility: partner.Public, Remarks: "RAHASIA",
		Address: partner.Address{Street: "RAHASIA gang", Village: "21.72.04.1002", Visibility: partner.Hidden}})
	for i := range 5 {
		offer(fmt.Sprint("clinic ", i), partner.Service{Name: fmt.Sprint("Poli ", i), Partner: ids["clinic"], Visibility: partner.Public, For: partner.Audience{Needs: []string{"25"}}})
	}
	offer("elsewhere", partner.Service{Name: "Keliling", Partner: ids["clinic"], Visibility: partner.Public, OwnPlace: true, Address: partner.Address{Street: "RAHASIA"}})
	offer("stay", partner.Service{Name: "Tempat sementara", Partner: ids["shelter"], Visibility: partner.Public, For: partner.Audience{Sex: "f", Needs: []string{"household_violence"}},
		Contact: partner.Contact{Name: "RAHASIA petugas", Role: "Loket", Phone: "0800-0000-0001"}})
	offer("hidden", partner.Service{Name: "RAHASIA", Partner: ids["clinic"], Visibility: partner.Hidden})
	return ids
}

// open asks the open directory as someone without an account.
func (w *world) open(path string, into any) *httptest.ResponseRecorder {
	w.t.Helper()
	got := httptest.NewRecorder()
	w.app.ServeHTTP(got, httptest.NewRequestWithContext(w.t.Context(), "GET", "/hsds/"+path, nil))
	if strings.Contains(got.Body.String(), "RAHASIA") {
		w.t.Errorf("%s tells what is not public: %s", path, got.Body)
	}
	if into != nil {
		if err := json.Unmarshal(got.Body.Bytes(), into); err != nil || got.Code != 200 {
			w.t.Fatalf("%s: %d %v %.300s", path, got.Code, err, got.Body)
		}
	}
	return got
}

// openPage is a page of the specification.
type openPage struct {
	Total    int  `json:"total_items"`
	Pages    int  `json:"total_pages"`
	Number   int  `json:"page_number"`
	Size     int  `json:"size"`
	First    bool `json:"first_page"`
	Last     bool `json:"last_page"`
	Empty    bool `json:"empty"`
	Contents []map[string]any
}

func (p openPage) names(field string) (list []string) {
	for _, x := range p.Contents {
		list = append(list, fmt.Sprint(x[field]))
	}
	return list
}

// Pages have numbers, lose and repeat nothing, and say what the specification has them say.
func TestTheOpenDirectoryHasPages(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.town()
		var all []string
		for n := 1; n <= 3; n++ {
			var p openPage
			w.open(fmt.Sprintf("services?page=%d&per_page=3", n), &p)
			if p.Total != 7 || p.Pages != 3 || p.Number != n || p.Size != len(p.Contents) || p.First != (n == 1) || p.Last != (n == 3) || p.Empty {
				t.Errorf("page %d says %+v", n, p)
			}
			all = append(all, p.names("name")...)
		}
		if want := []string{"Poli 0", "Poli 1", "Poli 2", "Poli 3", "Poli 4", "Keliling", "Tempat sementara"}; !slices.Equal(all, want) {
			t.Errorf("%q, want %q", all, want)
		}
		var beyond openPage
		if w.open("services?page=9&per_page=3", &beyond); !beyond.Empty || beyond.Size != 0 || beyond.Number != 9 || !beyond.Last || beyond.Contents == nil {
			t.Errorf("beyond the last page: %+v", beyond)
		}
		lines := w.open("services?format=ndjson&full=true", nil)
		if n := strings.Count(lines.Body.String(), "\n"); n != 7 || lines.Header().Get("Content-Type") != "application/x-ndjson" {
			t.Errorf("%d lines of %s", n, lines.Header().Get("Content-Type"))
		}
		for _, bad := range []string{"services?page=0", "services?per_page=501", "services?page=x", "services?format=xml", "services?minimal=maybe", "services?modified_after=kemarin", "service_at_locations?postcode=29111"} {
			if got := w.open(bad, nil); got.Code != 400 || !strings.Contains(got.Header().Get("Content-Type"), "problem+json") {
				t.Errorf("%s: %d %s", bad, got.Code, got.Body)
			}
		}
	})
}

// Each list is filtered by what the specification names.
func TestTheOpenDirectoryIsFiltered(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		ids := w.town()
		var terms, taxonomies openPage
		w.open("taxonomy_terms?per_page=500", &terms)
		w.open("taxonomies", &taxonomies)
		term := func(code string) string {
			i := slices.IndexFunc(terms.Contents, func(x map[string]any) bool { return x["code"] == code })
			return fmt.Sprint(terms.Contents[i]["id"])
		}
		needs := fmt.Sprint(taxonomies.Contents[0]["id"])
		for _, c := range []struct {
			path string
			want []string
		}{
			{"services?organization_id=" + ids["shelter"].String(), []string{"Tempat sementara"}},
			{"services?taxonomy_term_id=" + term("household_violence"), []string{"Tempat sementara"}},
			{"services?taxonomy_term_id=" + term("f"), []string{"Tempat sementara"}},
			{"services?taxonomy_term_id=" + db.NewID().String(), nil},
			{"services?per_page=2&taxonomy_id=" + needs, []string{"Poli 0", "Poli 1"}},
			{"services?taxonomy_id=" + db.NewID().String(), nil},
			{"services?search=melati", []string{"Tempat sementara"}},
			{"services?search=POLI+3", []string{"Poli 3"}},
			{"services?search=rahasia", nil},
			{"services?modified_after=2100-01-01", nil},
			{"services?per_page=1&modified_after=2020-01-01T00:00:00Z", []string{"Poli 0"}},
			{"organizations", []string{"Klinik Dompak", "Rumah Aman Melati"}},
			{"organizations?search=klinik", []string{"Klinik Dompak"}},
			{"service_at_locations", []string{"Poli 0", "Poli 1", "Poli 2", "Poli 3", "Poli 4"}},
			{"taxonomies?search=PSKS", []string{"PSKS"}},
			{"taxonomy_terms?parent_id=" + needs, nil},
			{"taxonomy_terms?search=perempuan&taxonomy_id=" + fmt.Sprint(taxonomies.Contents[3]["id"]), []string{"Perempuan"}},
		} {
			var p openPage
			if w.open(c.path, &p); !slices.Equal(p.names("name"), c.want) {
				t.Errorf("%s: %q, want %q", c.path, p.names("name"), c.want)
			}
		}
		var keys openPage
		if w.open("services?minimal=true", &keys); keys.Size != 7 || keys.Pages != 1 || len(keys.Contents[0]) != 2 || keys.Contents[0]["modified_date"] == nil {
			t.Errorf("keys alone: %+v", keys)
		}
	})
}

// What is asked for by its key is told whole, with an address only where that is public; what is not public is not there.
func TestOneOfTheOpenDirectory(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		ids := w.town()
		var poli, stay, clinic, at map[string]any
		w.open("services/"+ids["clinic 1"].String(), &poli)
		w.open("services/"+ids["stay"].String(), &stay)
		w.open("organizations/"+ids["clinic"].String(), &clinic)
		if stay["service_at_locations"] != nil || poli["service_at_locations"] == nil || len(clinic["services"].([]any)) != 6 || clinic["locations"] == nil {
			t.Errorf("told as %v, %v, %v", poli, stay, clinic)
		}
		if text := fmt.Sprint(stay["phones"]); !strings.Contains(text, "0001") || !strings.Contains(text, "Loket") {
			t.Errorf("how it is reached is %s", text)
		}
		place := poli["service_at_locations"].([]any)[0].(map[string]any)["id"]
		if w.open(fmt.Sprint("service_at_locations/", place), &at); !strings.Contains(fmt.Sprint(at["location"]), "Jalan Raya 1") || at["name"] != "Poli 1" {
			t.Errorf("the place is %v", at)
		}
		var whole map[string]any
		w.open("organizations/"+ids["shelter"].String()+"?full_service=true", &whole)
		if s := whole["services"].([]any)[0].(map[string]any); whole["locations"] != nil || s["phones"] == nil {
			t.Errorf("told whole as %v", whole)
		}
		for _, none := range []string{"services/" + ids["hidden"].String(), "services/tidak-ada", "services/" + db.NewID().String(), "organizations/" + ids["hidden"].String(),
			"service_at_locations/" + ids["stay"].String(), "taxonomies/" + db.NewID().String(), "taxonomy_terms/x"} {
			if got := w.open(none, nil); got.Code != 404 || !strings.Contains(got.Header().Get("Content-Type"), "problem+json") {
				t.Errorf("%s: %d %s", none, got.Code, got.Body)
			}
		}
	})
}

// Who asks again is told whether anything changed, and what was hidden is gone at once.
func TestACopyOfTheOpenDirectoryIsKept(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		ids := w.town()
		for _, path := range []string{"services", "services/" + ids["stay"].String(), "organizations", "taxonomies"} {
			first := w.open(path, nil)
			tag := first.Header().Get("ETag")
			if again := w.ask("", "GET", "/hsds/"+path, "", "If-None-Match", tag); tag == "" || again.Code != 304 || first.Header().Get("Cache-Control") != "public, max-age=60" {
				t.Errorf("%s: %d %v", path, again.Code, first.Header())
			}
		}
		tag := w.open("services", nil).Header().Get("ETag")
		head := w.headActor()
		x, err := w.app.Partners.Service(t.Context(), head, ids["stay"])
		must(t, err)
		x.Visibility = partner.Internal
		must(t, w.app.Partners.ChangeService(t.Context(), head, x))
		got := w.ask("", "GET", "/hsds/services", "", "If-None-Match", tag)
		if got.Code != 200 || strings.Contains(got.Body.String(), "Tempat sementara") || w.open("services/"+ids["stay"].String(), nil).Code != 404 {
			t.Errorf("it is told after it was hidden: %d %s", got.Code, got.Body)
		}
		var about, described map[string]any
		w.open("", &about)
		w.open("openapi.json", &described)
		if about["version"] != "3.0" || !strings.HasSuffix(fmt.Sprint(about["openapi_url"]), "/hsds/openapi.json") || len(described["paths"].(map[string]any)) != 11 {
			t.Errorf("it says of itself %v and %v", about, described)
		}
	})
}

// sendsDirectory sends a file in as a worker, and gives the page that is shown then.
func (w *world) sendsDirectory(name, content string) (address, page string) {
	w.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name)
	must(w.t, err)
	_, err = part.Write([]byte(content))
	must(w.t, err)
	must(w.t, form.Close())
	got := w.ask("worker", "POST", "/direktori", body.String(), "Content-Type", form.FormDataContentType())
	if got.Code != 303 {
		return "", got.Body.String()
	}
	address = got.Header().Get("Location")
	return address, w.ask("worker", "GET", address, "").Body.String()
}

// A worker takes another directory in by the page: looks, agrees, and finds it in the directory, for the office alone.
func TestADirectoryIsTakenInByThePage(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		raw, err := os.ReadFile("../partner/hsds/testdata/foreign.json")
		must(t, err)
		address, page := w.sendsDirectory(`C:\berkas\riverbend.json`, string(raw))
		for _, want := range []string{"riverbend.json", "Belum ada yang ditulis", "6 entri akan ditulis", "Crisis Line", "Riverbend Families", "Family counseling"} {
			if !strings.Contains(page, want) {
				t.Errorf("the page does not say «%s»: %s", want, page)
			}
		}
		if list := w.ask("worker", "GET", "/mitra", "").Body.String(); strings.Contains(list, "Crisis Line") {
			t.Error("it was written by looking")
		}
		if got := w.ask("worker", "POST", address+"/masukkan", ""); got.Code != 303 {
			t.Fatalf("taking: %d %s", got.Code, got.Body)
		}
		if list := w.ask("worker", "GET", "/mitra", "").Body.String(); !strings.Contains(list, "Crisis Line") {
			t.Errorf("it is not in the directory: %s", list)
		}
		var p openPage
		if w.open("services", &p); p.Total != 0 {
			t.Errorf("what came in is public: %+v", p)
		}
		if again := w.ask("worker", "GET", address, ""); again.Code != 404 {
			t.Errorf("the file is still there: %d", again.Code)
		}
		address, page = w.sendsDirectory("lagi.json", string(raw))
		if !strings.Contains(page, "Tidak ada yang baru") || w.ask("worker", "POST", address+"/buang", "").Code != 303 {
			t.Errorf("again: %s", page)
		}
		for _, bad := range []string{"", "bukan berkas", `[{"id":"s"`} {
			if _, page := w.sendsDirectory("salah.json", bad); !strings.Contains(page, "berkas") {
				t.Errorf("%q: %s", bad, page)
			}
		}
	})
}
