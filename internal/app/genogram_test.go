package app_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/person"
)

// drawnFamily is a mother and her son, entered on the page of a new family; it tells the page of the drawing.
func drawnFamily(w *world) (page, mother, son string) {
	w.t.Helper()
	mother = w.person(`{"name":"Melati Kencana","sex":"f","birth_date":"1986-05-01"}`)
	son = w.person(`{"name":"Arif Kencana","sex":"m","birth_date":"2014-03-02"}`)
	kept := w.post("worker", "/keluarga/baru", url.Values{"name": {"Keluarga Melati"}, "member": {mother, son}, "act": {"save"}, "accept": {"1"},
		"role_" + mother: {"head"}, "role_" + son: {"child"}, "house_" + mother: {"1"}, "house_" + son: {"1"}})
	family := kept.Header().Get("Location")
	if !strings.HasPrefix(family, "/keluarga/") {
		w.t.Fatalf("%d %s", kept.Code, kept.Body)
	}
	w.wantPage("mother and son", w.post("worker", family+"/hubungan", url.Values{"from": {mother}, "to": {son}, "kind": {"parent:biological"}}), 303, nil, nil)
	return family + "/genogram", mother, son
}

// A worker draws what the mother tells: the father they parted from, a sister, the grandmother; takes one back that was
// wrong; and finds it all again on the family's page.
func TestAFamilyGrowsFromItsDrawing(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		page, mother, son := drawnFamily(w)
		family := strings.TrimSuffix(page, "/genogram")
		w.wantPage("both stand there", w.ask("worker", "GET", page, ""), 200,
			[]string{"Melati", "Arif", `class="house"`, "anak kandung: Arif Kencana", "orang tua kandung: Melati Kencana"}, []string{"Urungkan"})
		w.wantPage("the forms of the mother", w.ask("worker", "GET", page+"?orang="+mother+"&do=partner", ""), 200, []string{`name="manner"`, "Serumah dengan keluarga ini"}, nil)
		father := url.Values{"orang": {mother}, "do": {"partner"}, "name": {"Darwis Kasim"}, "sex": {"m"}, "manner": {"separated"}, "place": {"kin"}, "act": {"save"}}
		w.wantPage("a father without a name", w.post("worker", page+"/orang", url.Values{"orang": {mother}, "do": {"partner"}, "place": {"kin"}, "manner": {"married"}}), 422, []string{`value="married"`}, nil)
		added := w.post("worker", page+"/orang", father)
		darwis := regexp.MustCompile(`orang=([0-9a-f-]{36})`).FindStringSubmatch(added.Header().Get("Location"))
		if added.Code != 303 || darwis == nil {
			t.Fatalf("%d %s", added.Code, added.Body)
		}
		w.wantPage("a daughter of both", w.post("worker", page+"/orang", url.Values{"orang": {mother}, "do": {"child"}, "other": {darwis[1]}, "name": {"Nisa Darwis"},
			"sex": {"f"}, "birth_date_y": {"2018"}, "manner": {"biological"}, "place": {"house"}, "act": {"save"}}), 303, nil, nil)
		w.wantPage("the grandfather, of whom nobody knows when he died", w.post("worker", page+"/orang", url.Values{"orang": {mother}, "do": {"parent"}, "name": {"Kasim Lama"}, "sex": {"m"},
			"died": {"1"}, "birth_date_y": {"1950"}, "manner": {"biological"}, "place": {"kin"}, "act": {"save"}}), 303, nil, nil)
		w.wantPage("the grandmother", w.post("worker", page+"/orang", url.Values{"orang": {mother}, "do": {"parent"}, "name": {"Rohani"}, "sex": {"f"},
			"died_on_y": {"2019"}, "birth_date_y": {"1955"}, "manner": {"biological"}, "place": {"kin"}, "act": {"save"}}), 303, nil, nil)
		w.wantPage("all of them are drawn", w.ask("worker", "GET", page, ""), 200,
			[]string{"Darwis Kasim", "pasangan (berpisah): Melati Kencana", "orang tua kandung: Darwis Kasim", "1955–2019", "1950–?", "Urungkan"}, nil)
		w.wantPage("the family has the daughter, and not the father who is kin alone", w.ask("worker", "GET", family, ""), 200,
			[]string{"Nisa Darwis", "Melati Kencana adalah orang tua kandung Nisa Darwis"}, []string{"Darwis Kasim adalah"})

		w.wantPage("a conflict", w.post("worker", page+"/garis", url.Values{"orang": {mother}, "to": {darwis[1]}, "kind": {"bond:conflict"}}), 303, nil, nil)
		w.wantPage("shown", w.ask("worker", "GET", page, ""), 200, []string{"berkonflik: Darwis Kasim", "rel--war"}, nil)
		w.wantPage("not to those who read no cases", w.ask("intake", "GET", page, ""), 200, []string{"Darwis"}, []string{"berkonflik", "rel--war"})
		w.wantPage("nor drawn by them", w.post("intake", page+"/garis", url.Values{"orang": {mother}, "to": {darwis[1]}, "kind": {"bond:close"}}), 403, nil, nil)
		w.wantPage("undone", w.post("worker", page+"/urungkan", nil), 303, nil, nil)
		w.wantPage("gone", w.ask("worker", "GET", page, ""), 200, []string{"Darwis Kasim"}, []string{"berkonflik"})
		w.wantPage("a divorce", w.post("worker", page+"/garis", url.Values{"orang": {mother}, "to": {darwis[1]}, "kind": {"spouse:divorced"}}), 303, nil, nil)
		w.wantPage("undone", w.post("worker", page+"/urungkan", nil), 303, nil, nil)
		w.wantPage("parted as before", w.ask("worker", "GET", page, ""), 200, []string{"pasangan (berpisah)"}, []string{"pasangan (bercerai)"})
		w.wantPage("the grandmother too", w.post("worker", page+"/urungkan", nil), 303, nil, nil)
		w.wantPage("she is not drawn", w.ask("worker", "GET", page, ""), 200, nil, []string{"Rohani"})
		w.wantPage("another has nothing to take back", w.post("psychologist", page+"/urungkan", nil), 409, []string{"Tidak ada perubahan Anda"}, nil)
		w.wantPage("the son's name", w.post("worker", page+"/data", url.Values{"orang": {son}, "version": {"1"}, "name": {"Arif Darwis"}, "sex": {"m"}}), 303, nil, nil)
		w.wantPage("a lost race", w.post("worker", page+"/data", url.Values{"orang": {son}, "version": {"1"}, "name": {"Arief"}, "sex": {"m"}}), 409, []string{"Arief"}, nil)
		w.wantPage("renamed", w.ask("worker", "GET", family, ""), 200, []string{"Arif Darwis"}, nil)
	})
}

// What stands in a family twice is not entered twice: somebody on record is linked, and a likely twin is shown first.
func TestSomebodyOnRecordIsLinked(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		page, mother, son := drawnFamily(w)
		grandmother := w.person(`{"name":"Halimah Usman","sex":"f","birth_date":"1961-07-07"}`)
		ask := url.Values{"orang": {mother}, "do": {"parent"}, "manner": {"biological"}, "place": {"kin"}, "name": {"Halimah Usman"}, "sex": {"f"},
			"birth_date_d": {"7"}, "birth_date_m": {"7"}, "birth_date_y": {"1961"}}
		w.wantPage("a likely twin", w.post("worker", page+"/orang", ask), 409, []string{"Mungkin orang ini sudah tercatat", grandmother, `value="Halimah Usman"`}, nil)
		ask.Set("act", "find")
		ask.Set("q", "halimah")
		w.wantPage("found", w.post("worker", page+"/orang", ask), 200, []string{`value="` + grandmother + `"`}, nil)
		ask.Set("act", "save")
		ask.Set("person", grandmother)
		w.wantPage("linked", w.post("worker", page+"/orang", ask), 303, nil, nil)
		w.wantPage("drawn", w.ask("worker", "GET", page, ""), 200, []string{"anak kandung: Melati Kencana"}, nil)
		w.wantPage("contradictions are told and drawn", w.post("worker", page+"/garis", url.Values{"orang": {son}, "to": {grandmother}, "kind": {"parent:biological"}}), 303, nil, nil)
		w.wantPage("in words", w.ask("worker", "GET", page, ""), 200, []string{"menjadi leluhur dirinya sendiri", "lahir sebelum"}, nil)
		got := w.ask("worker", "GET", "/api/v1/families/"+strings.Split(page, "/")[2]+"/genogram", "")
		w.wantPage("the same by JSON", got, 200, []string{`"own_ancestor"`, `"generation":0`, `"manner":"biological"`, grandmother}, nil)
	})
}

// POLICY 2 and 9: whoever is known only through a secret case is drawn for its named alone, in the drawing of today and in
// pictures that were kept of it, and nothing shows that somebody is missing.
func TestASecretPersonIsNotDrawnForOthers(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		page, mother, _ := drawnFamily(w)
		a := w.actor("worker")
		added, err := w.app.People.Add(t.Context(), a, person.Person{Name: "Anyelir Rahasia", Sex: "f"}, true)
		must(t, err)
		must(t, w.app.People.Relate(t.Context(), a, person.Relation{From: added.Person.ID, To: id(t, mother), Kind: "parent", Manner: "biological"}))
		before := shape(w.ask("psychologist", "GET", page, "").Body.String())
		w.wantPage("a picture with all", w.post("worker", page+"/simpan", url.Values{"picture": {"Awal"}}), 303, nil, nil)
		c, err := w.app.Cases.Open(t.Context(), a, casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: added.Person.ID}, Categories: []string{"25"}})
		must(t, err)
		secret, named := casefile.Secret, []string{w.actor("head").User.String()}
		_, err = w.app.Cases.Change(t.Context(), a, c.ID, casefile.Edit{Confidentiality: &secret, Named: &named})
		must(t, err)
		kept := page + "/simpanan/" + regexp.MustCompile(`simpanan/([0-9a-f-]{36})`).FindStringSubmatch(w.ask("worker", "GET", page, "").Body.String())[1]
		case1 := "/kasus/" + c.ID.String() + "/genogram"
		for _, address := range []string{page, kept, page + "/gambar.svg"} {
			w.wantPage("the named see her: "+address, w.ask("worker", "GET", address, ""), 200, []string{"Anyelir"}, nil)
			w.wantPage("others do not: "+address, w.ask("psychologist", "GET", address, ""), 200, []string{"Melati"}, []string{"Anyelir", added.Person.ID.String()})
		}
		w.wantPage("in her case", w.ask("worker", "GET", case1, ""), 200, []string{"Anyelir", "Melati"}, nil)
		w.wantPage("which others do not know", w.ask("psychologist", "GET", case1, ""), 404, nil, []string{"Anyelir"})
		after := shape(w.ask("psychologist", "GET", page, "").Body.String())
		if before == after || strings.Count(after, "<path") >= strings.Count(before, "<path") {
			t.Error("the drawing kept a place for her")
		}
		w.wantPage("nobody else may tie her", w.post("psychologist", page+"/garis", url.Values{"orang": {mother}, "to": {added.Person.ID.String()}, "kind": {"spouse:married"}}), 422, nil, []string{"Anyelir"})
	})
}

var drawn = regexp.MustCompile(`(?s)<svg class="draw.*?</svg>`)

func shape(page string) string { return drawn.FindString(page) }

// A confidential address is nowhere in the drawing: whoever has one stands outside the line around the household.
func TestAConfidentialHomeIsNotDrawn(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		page, mother, _ := drawnFamily(w)
		w.wantPage("the household", w.ask("worker", "GET", page, ""), 200, []string{`class="house"`}, nil)
		p, err := w.app.People.Get(t.Context(), w.actor("worker"), id(t, mother), "page")
		must(t, err)
		p.Confidential, p.Village = true, "21.72.04.1002"
		_, err = w.app.People.Change(t.Context(), w.actor("worker"), p)
		must(t, err)
		w.wantPage("no more", w.ask("worker", "GET", page, ""), 200, []string{"Melati"}, []string{`class="house"`})
	})
}

// A picture stays as the family was, and nothing that was written of a change tells a name.
func TestAPictureStaysAsTheFamilyWas(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		page, _, son := drawnFamily(w)
		w.wantPage("without a name", w.post("worker", page+"/simpan", url.Values{"picture": {""}}), 422, nil, nil)
		w.wantPage("kept", w.post("worker", page+"/simpan", url.Values{"picture": {"Sebelum pendampingan"}}), 303, nil, nil)
		shown := w.ask("worker", "GET", page, "").Body.String()
		kept := page + "/simpanan/" + regexp.MustCompile(`simpanan/([0-9a-f-]{36})`).FindStringSubmatch(shown)[1]
		w.wantPage("a sister", w.post("worker", page+"/orang", url.Values{"orang": {son}, "do": {"sibling"}, "name": {"Nisa Baru"}, "sex": {"f"}, "place": {"member"}}), 303, nil, nil)
		w.wantPage("today", w.ask("worker", "GET", page, ""), 200, []string{"Nisa Baru", "Sebelum pendampingan"}, nil)
		w.wantPage("then", w.ask("worker", "GET", kept, ""), 200, []string{"Sebelum pendampingan", "Arif"}, []string{"Nisa Baru"})
		w.wantPage("nothing of that name", w.ask("worker", "GET", page+"/simpanan/"+son, ""), 404, nil, nil)
		must(t, w.app.DB.Read(t.Context(), func(r db.Reader) error {
			for _, table := range []string{"genogram_step", "genogram_picture"} {
				rows, err := db.All(t.Context(), r, db.Value[[]byte], `SELECT sealed FROM `+table)
				if err != nil || len(rows) == 0 {
					t.Errorf("%s: %d rows, %v", table, len(rows), err)
				}
				for _, sealed := range rows {
					if strings.Contains(string(sealed), "Arif") || strings.Contains(string(sealed), "Nisa") {
						t.Errorf("%s holds a name in the open", table)
					}
				}
			}
			return nil
		}))
	})
}

// What surrounds a family is drawn in its case: added, told in words, ended; sealed, and seen by nobody who may not read the case.
func TestWhatSurroundsAFamily(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		page := strings.Replace(w.melatisCase("worker", ""), "/api/v1/cases/", "/kasus/", 1) + "/ekomap"
		w.wantPage("nothing yet", w.ask("worker", "GET", page, ""), 200, []string{"Mulailah dengan satu"}, []string{"<svg class=\"draw"})
		w.wantPage("without a name", w.post("worker", page, url.Values{"kind": {"school"}, "strength": {"stressful"}, "flow": {"in"}}), 422, nil, nil)
		w.wantPage("an unknown strength", w.post("worker", page, url.Values{"name": {"Sekolah"}, "kind": {"school"}, "strength": {"x"}, "flow": {"in"}}), 422, []string{`value="Sekolah"`}, nil)
		for _, x := range []url.Values{{"name": {"SMP Negeri 4"}, "kind": {"school"}, "strength": {"stressful"}, "flow": {"none"}, "note": {"Sering absen"}},
			{"name": {"Bu Halimah"}, "kind": {"neighbours"}, "strength": {"strong"}, "flow": {"both"}}} {
			w.wantPage("kept", w.post("worker", page, x), 303, nil, nil)
		}
		shown := w.ask("worker", "GET", page, "")
		w.wantPage("drawn and told", shown, 200, []string{"tie--war", "tie--strong", "SMP Negeri 4", "Sering absen", "Menekan", "Timbal balik"}, nil)
		w.wantPage("others of the office read it", w.ask("psychologist", "GET", page, ""), 200, []string{"SMP Negeri 4"}, []string{"/akhiri"})
		w.wantPage("and don't write", w.post("psychologist", page, url.Values{"name": {"X"}, "kind": {"school"}, "strength": {"strong"}, "flow": {"in"}}), 403, nil, nil)
		w.wantPage("intake does not", w.ask("intake", "GET", page, ""), 403, nil, []string{"SMP"})
		end := regexp.MustCompile(`/kasus/[0-9a-f-]{36}/ekomap/[0-9a-f-]{36}/akhiri`).FindString(shown.Body.String())
		w.wantPage("ended", w.post("worker", end, nil), 303, nil, nil)
		w.wantPage("gone", w.ask("worker", "GET", page, ""), 200, []string{"Bu Halimah"}, []string{"SMP Negeri 4"})
		w.wantPage("ended again", w.post("worker", end, nil), 409, []string{"sudah diubah atau diakhiri"}, nil)
		w.wantPage("on the timeline", w.ask("worker", "GET", strings.TrimSuffix(page, "ekomap")+"riwayat", ""), 200,
			[]string{"menambah sistem pada ekomap", "mengakhiri sistem pada ekomap"}, []string{"SMP Negeri 4"})
	})
}

// A tie that gets better is told anew: the map of today shows it so, that of the day before as it was; each change can be taken
// back by whoever made it, unless somebody else has gone on from there. The API tells the same.
func TestAnEcomapByDate(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		api := w.melatisCase("worker", "")
		page := strings.Replace(api, "/api/v1/cases/", "/kasus/", 1) + "/ekomap"
		w.wantPage("a school", w.post("worker", page, url.Values{"name": {"SMP Negeri 4"}, "kind": {"school"}, "strength": {"stressful"}, "flow": {"none"}}), 303, nil, nil)
		first := time.Now().Add(-72 * time.Hour)
		must(t, w.app.DB.Write(t.Context(), func(tx db.Tx) error {
			_, err := tx.Exec(t.Context(), `UPDATE ecomap_system SET at = $1`, db.At(first))
			return err
		}))
		shown := w.ask("worker", "GET", page, "")
		w.wantPage("as told", shown, 200, []string{"tie--war", "Urungkan"}, []string{"Ekomap menurut tanggal"})
		edit := regexp.MustCompile(`/ekomap\?ubah=([0-9a-f-]{36})`).FindStringSubmatch(shown.Body.String())[1]
		w.wantPage("the form holds it", w.ask("worker", "GET", page+"?ubah="+edit, ""), 200, []string{`value="SMP Negeri 4"`, "Ubah SMP Negeri 4"}, nil)
		better := url.Values{"name": {"SMP Negeri 4"}, "kind": {"school"}, "strength": {"strong"}, "flow": {"both"}, "note": {"Wali kelas membantu"}}
		w.wantPage("told anew", w.post("worker", page+"/"+edit+"/ubah", better), 303, nil, nil)
		w.wantPage("on a stale page", w.post("worker", page+"/"+edit+"/ubah", better), 409, []string{"sudah diubah atau diakhiri", "Wali kelas membantu"}, nil)
		w.wantPage("today", w.ask("worker", "GET", page, ""), 200, []string{"tie--strong", "Wali kelas membantu", "Ekomap menurut tanggal"}, nil)
		then := page + "?pada=" + string(db.DayOf(first, w.actor("worker").Office.Zone))
		w.wantPage("then", w.ask("worker", "GET", then, ""), 200, []string{"Tidak ada</td>"}, []string{"Wali kelas membantu", "/urungkan", "Simpan pada ekomap"})
		w.wantPage("on no day of change", w.ask("worker", "GET", page+"?pada=1999-01-01", ""), 404, nil, nil)
		got := w.ask("worker", "GET", api+"/ecomap", "")
		w.wantPage("by the API", got, 200, []string{`"strength":"strong"`, `"former":[{`, `"strength":"stressful"`}, nil)
		w.wantPage("only one's own changes", w.post("head", page+"/urungkan", nil), 409, nil, nil)
		w.wantPage("taken back", w.post("worker", page+"/urungkan", nil), 303, nil, nil)
		w.wantPage("as before", w.ask("worker", "GET", page, ""), 200, []string{"SMP Negeri 4", "Tidak ada</td>"}, []string{"Wali kelas membantu"})
		w.wantPage("and further", w.post("worker", page+"/urungkan", nil), 303, nil, nil)
		w.wantPage("to the beginning", w.ask("worker", "GET", page, ""), 200, []string{"Mulailah dengan satu"}, []string{"SMP Negeri 4", "/urungkan"})
		w.wantPage("and no further", w.post("worker", page+"/urungkan", nil), 409, nil, nil)
	})
}

// The drawing of a family leaves as a file only where every open case of theirs that the reader may know has the client's consent;
// to whoever may not know the case, nothing tells of it.
func TestADrawingLeavesWithConsent(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		page, mother, _ := drawnFamily(w)
		w.wantPage("without a case", w.ask("worker", "GET", page+"/gambar.svg", ""), 200, []string{"<svg xmlns", "Melati"}, nil)
		c, err := w.app.Cases.Open(t.Context(), w.actor("worker"), casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: id(t, mother)}, Categories: []string{"25"}})
		must(t, err)
		opened := "/kasus/" + c.ID.String()
		w.wantPage("her case has no consent", w.ask("worker", "GET", page+"/gambar.svg", ""), 409, []string{opened + "/persetujuan/baru?kind=data"}, []string{"<svg xmlns"})
		w.wantPage("for a reader of cases", w.ask("head", "GET", page+"/gambar.svg", ""), 409, nil, []string{"<svg xmlns"})
		w.wantPage("for one who knows no cases", w.ask("intake", "GET", page+"/gambar.svg", ""), 200, []string{"<svg xmlns"}, []string{c.Number})
		give := url.Values{"kind": {"data"}, "language": {"id"}, "text_version": {"1"}, "manner": {"screen"}, "read": {"1"}, "signer": {"Melati Kencana"}}
		w.wantPage("given", w.post("worker", opened+"/persetujuan", give), 303, nil, nil)
		w.wantPage("it leaves", w.ask("worker", "GET", page+"/gambar.svg", ""), 200, []string{"<svg xmlns", "Melati"}, nil)
	})
}
