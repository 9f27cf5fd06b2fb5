package app_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"teduh/internal/access"
)

// post sends a form as somebody.
func (w *world) post(role access.Role, path string, f url.Values) answer {
	w.t.Helper()
	return w.ask(role, "POST", path, f.Encode(), "Content-Type", "application/x-www-form-urlencoded")
}

// person keeps somebody by the API and tells the key.
func (w *world) person(body string) string {
	w.t.Helper()
	made := w.ask("intake", "POST", "/api/v1/people", body)
	id, _ := made.JSON["id"].(string)
	if id == "" {
		w.t.Fatalf("%d %s", made.Code, made.Body)
	}
	return id
}

func (w *world) wantPage(story string, got answer, status int, holds, not []string) {
	w.t.Helper()
	if got.Code != status {
		w.t.Errorf("%s: %d, want %d", story, got.Code, status)
	}
	for _, text := range holds {
		if !strings.Contains(got.Body.String(), text) {
			w.t.Errorf("%s: %q is missing", story, text)
		}
	}
	for _, text := range not {
		if strings.Contains(got.Body.String(), text) {
			w.t.Errorf("%s: %q stands there", story, text)
		}
	}
}

func TestAFamilyIsEnteredFromPeopleWhoWereFound(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		father := w.person(`{"name":"Darwis Kasim","birth_date":"1988-02-03"}`)
		mother := w.person(`{"name":"Melati Kencana","address":{"village_code":"21.72.04.1002","street":"Jalan Rahasia 7","confidential":true}}`)
		typed := url.Values{"name": {"Keluarga Darwis"}, "kk": {"2172041905050001"}, "village": {"21.72.04.1002"}, "act": {"find"}, "q": {"darwis"}}
		w.wantPage("a search keeps what was typed", w.post("intake", "/keluarga/baru", typed), 200,
			[]string{"Keluarga Darwis", "2172041905050001", father}, nil)
		typed.Set("act", "save")
		w.wantPage("a family of nobody is refused, and nothing typed is lost", w.post("intake", "/keluarga/baru", typed), 422,
			[]string{"Keluarga Darwis", "2172041905050001", "Cari dan pilih"}, nil)
		typed["member"] = []string{father, mother}
		for id, role := range map[string]string{father: "head", mother: "spouse"} {
			typed.Set("role_"+id, role)
			typed.Set("house_"+id, "1")
		}
		kept := w.post("intake", "/keluarga/baru", typed)
		page := kept.Header().Get("Location")
		if kept.Code != http.StatusSeeOther || !strings.HasPrefix(page, "/keluarga/") {
			t.Fatalf("%d %s", kept.Code, kept.Body)
		}
		w.post("worker", page+"/hubungan", url.Values{"from": {father}, "to": {mother}, "kind": {"spouse:separated"}})
		// POLICY 9: a confidential address of one never shows on the family's page.
		w.wantPage("the page", w.ask("worker", "GET", page, ""), 200,
			[]string{"Keluarga Darwis", "Darwis Kasim", "Melati Kencana", "pasangan (berpisah)", "2172041905050001"},
			[]string{"Jalan Rahasia", "Dompak"})
		w.wantPage("the same members again", w.post("worker", "/keluarga/baru", typed), 409, []string{"Mungkin keluarga ini sudah tercatat", page}, nil)
		w.wantPage("in the list", w.ask("supervisor", "GET", "/keluarga?tampil=keluarga&q=melati", ""), 200, []string{"Keluarga Darwis"}, []string{"Keluarga baru"})
		relation := regexp.MustCompile(`/hubungan/[0-9a-f-]{36}/hapus`).FindString(w.ask("worker", "GET", page, "").Body.String())
		if gone := w.post("worker", relation, url.Values{"back": {page}}); gone.Code != http.StatusSeeOther || gone.Header().Get("Location") != page {
			t.Errorf("%d %s", gone.Code, gone.Header().Get("Location"))
		}
		w.wantPage("without the relation", w.ask("worker", "GET", page, ""), 200, nil, []string{"adalah pasangan"})
	})
}

func TestACaseIsOpenedAboutAFamilyASchoolOrAPersonFoundThere(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		father := w.person(`{"name":"Darwis Kasim"}`)
		school := w.post("intake", "/klien/baru", url.Values{"name": {"SD Negeri 004 Darwis"}, "kind": {"organisation"}, "body_kind": {"school"}, "members": {"x"}})
		w.wantPage("a number that is none", school, 422, []string{"SD Negeri 004", `value="x"`}, nil)
		school = w.post("intake", "/klien/baru", url.Values{"name": {"SD Negeri 004 Darwis"}, "kind": {"organisation"}, "body_kind": {"school"}, "members": {"212"}})
		family := w.post("intake", "/keluarga/baru", url.Values{"name": {"Keluarga Darwis"}, "member": {father}, "role_" + father: {"head"}})
		found := w.post("worker", "/kasus/baru", url.Values{"act": {"find"}, "q": {"darwis"}})
		ids := map[string]string{"individual": father, "family": strings.TrimPrefix(family.Header().Get("Location"), "/keluarga/"),
			"organisation": strings.TrimPrefix(school.Header().Get("Location"), "/klien/")}
		field := map[string]string{"individual": "person", "family": "family", "organisation": "client"}
		for kind, id := range ids {
			w.wantPage(kind, found, 200, []string{"jenis=" + kind, id}, nil)
			opened := w.post("worker", "/kasus/baru", url.Values{"kind": {kind}, field[kind]: {id}, "categories": {"25"}})
			if opened.Code != http.StatusSeeOther {
				t.Errorf("%s: %d %s", kind, opened.Code, opened.Body)
			}
			w.wantPage("the case", w.ask("worker", "GET", opened.Header().Get("Location"), ""), 200, []string{"Darwis"}, nil)
		}
		w.wantPage("nobody", w.post("worker", "/kasus/baru", url.Values{"kind": {"family"}, "family": {father}}), 422, nil, nil)
		list := w.ask("worker", "GET", "/api/v1/cases?q=darwis&total=true", "")
		w.wantPage("all three are found by the client's name", list, 200, []string{`"total":3`}, nil)
	})
}
