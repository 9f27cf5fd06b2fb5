package app_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"teduh/internal/form"
	"teduh/internal/form/xlsform"
)

// editor is a head at the draft of the office's form.
type editor struct {
	*world
	t       *testing.T
	version int
}

const draftOne = "/pengaturan/asesmen/1"

func (e *editor) post(path string, f url.Values) string {
	e.t.Helper()
	f.Set("version", strconv.Itoa(e.version))
	got := e.world.post("head", draftOne+path, f)
	if got.Code == 303 {
		e.version++
		return ""
	}
	return fmt.Sprintf("%d %s", got.Code, got.Body.String())
}

// takes is a step that must be kept.
func (e *editor) takes(path string, f url.Values) {
	e.t.Helper()
	if got := e.post(path, f); got != "" {
		e.t.Fatalf("%s %v: %s", path, f, got)
	}
}

// refuses is a step that must not be kept, and must be told with what was typed.
func (e *editor) refuses(path string, f url.Values, status string, says ...string) {
	e.t.Helper()
	got := e.post(path, f)
	if !strings.HasPrefix(got, status+" ") {
		e.t.Fatalf("%s %v: %.400s", path, f, got)
	}
	for _, s := range says {
		if !strings.Contains(got, s) {
			e.t.Errorf("%s %v does not say %q", path, f, s)
		}
	}
}

func (e *editor) page(path string) string {
	e.t.Helper()
	got := e.ask("head", "GET", draftOne+path, "")
	if got.Code != 200 {
		e.t.Fatalf("%s: %d", path, got.Code)
	}
	return got.Body.String()
}

// order are the names of the items in the order of the outline.
func (e *editor) order() (ids []string) {
	for _, m := range regexp.MustCompile(`name="up" value="([a-z0-9_]+)"`).FindAllStringSubmatch(e.page(""), -1) {
		ids = append(ids, m[1])
	}
	return ids
}

// bare empties the draft down to one section with one question, so that the story is told on a small form.
func (e *editor) bare(items ...form.Item) {
	e.t.Helper()
	d, problems := form.Build(form.Definition{Title: form.Words{"id": "Formulir kecil"}, Items: []form.Item{{ID: "keadaan", Type: form.Group, Text: form.Words{"id": "Keadaan"}, Items: items}}})
	if len(problems) > 0 {
		e.t.Fatalf("%+v", problems)
	}
	raw, err := d.JSON()
	must(e.t, err)
	e.takes("/masukkan", url.Values{"definition": {string(raw)}})
}

func atTheEditor(t *testing.T, story func(e *editor)) {
	engines(t, func(t *testing.T, w *world) {
		e := &editor{world: w, t: t, version: 1}
		w.wantPage("begun", w.post("head", "/pengaturan/asesmen", url.Values{}), 303, nil, nil)
		story(e)
	})
}

// A head makes a form of her own step by step, is told what can't be, takes a step back, and puts the form to use.
func TestAHeadMakesAFormOfHerOwn(t *testing.T) {
	atTheEditor(t, func(e *editor) {
		e.bare(form.Item{ID: "umur", Type: form.Integer, Text: form.Words{"id": "Umur"}})
		e.takes("/butir-baru", url.Values{"type": {"choice"}, "section": {"keadaan"}, "text_id": {"Bersekolah?"}, "text_en": {"At school?"}, "help_id": {"Juga sekolah paket"}, "required": {"1"},
			"options": {"4"}, "option_id_0": {"Ya"}, "option_en_0": {"Yes"}, "code_0": {"ya"}, "option_id_2": {"Tidak sekolah"}, "value_2": {"2,5"},
			"conditions": {"1"}, "question_0": {"umur"}, "operator_0": {"<"}, "answer_0": {"18"}})
		page := e.page("/butir/bersekolah")
		for _, want := range []string{"Juga sekolah paket", `name="value_1" type="text" value="2.5"`, `name="code_1" type="text" value="tidak_sekolah"`, `<option value="&lt;" selected`, `value="18"`} {
			if !strings.Contains(page, want) {
				t.Errorf("the question's page lacks %s", want)
			}
		}
		e.takes("/butir-baru", url.Values{"type": {"group"}, "text_id": {"Hitungan"}, "first_id": {"Sisa tahun"}})
		if got := strings.Join(e.order(), " "); got != "keadaan umur bersekolah hitungan sisa_tahun" {
			t.Fatal(got)
		}
		sum := url.Values{"type": {"decimal"}, "section": {"hitungan"}, "text_id": {"Sisa tahun"}, "calculation": {"18 - ${umur"}}
		e.refuses("/butir/sisa_tahun", sum, "422", "${ pada huruf ke-6 tidak ditutup", "18 - ${umur", `href="#f-calculation"`)
		sum.Set("calculation", "18 - ${usia}")
		e.refuses("/butir/sisa_tahun", sum, "422", "bergantung pada usia, yang tidak ada")
		sum.Set("calculation", "18 - ${umur}")
		sum.Set("do", "check")
		e.refuses("/butir/sisa_tahun", sum, "200", "Rumus terbaca. Memakai jawaban: Umur")
		sum.Del("do")
		e.takes("/butir/sisa_tahun", sum)
		e.refuses("/butir/umur", url.Values{"type": {"integer"}, "section": {"keadaan"}, "text_id": {"Umur"}, "relevant": {"${sisa_tahun} > 0"}}, "422", "bergantung pada dirinya sendiri")
		e.refuses("/butir/umur", url.Values{"type": {"integer"}, "section": {"keadaan"}, "text_id": {"Umur"}, "least": {"9"}, "most": {"3"}}, "422", "nilai terkecil melebihi yang terbesar", `value="9"`)
		e.refuses("/butir/umur", url.Values{"type": {"integer"}, "section": {"keadaan"}, "text_id": {"Umur"}, "least": {"banyak"}}, "422", "Tuliskan angka", `value="banyak"`)
		e.refuses("/butir/umur", url.Values{"type": {"choice"}, "section": {"keadaan"}, "text_id": {"Umur"}}, "422", "tidak punya pilihan jawaban")
		e.refuses("/butir/umur/hapus", url.Values{}, "422", "«Bersekolah?» bergantung pada «Umur», yang tidak ada")
		e.takes("/geser", url.Values{"down": {"umur"}})
		e.takes("/butir/umur", url.Values{"type": {"integer"}, "section": {"hitungan"}, "text_id": {"Umur"}})
		if got := strings.Join(e.order(), " "); got != "keadaan bersekolah hitungan sisa_tahun umur" {
			t.Fatal(got)
		}
		e.takes("/urungkan", url.Values{})
		e.takes("/urungkan", url.Values{})
		if got := strings.Join(e.order(), " "); got != "keadaan umur bersekolah hitungan sisa_tahun" {
			t.Fatal(got)
		}
		e.version--
		e.refuses("/judul", url.Values{"text_id": {"Asesmen kantor"}}, "409", "Asesmen kantor")
		e.version++
		e.takes("/judul", url.Values{"text_id": {"Asesmen kantor"}, "text_en": {"Our assessment"}})
		e.tries()
		e.takes("/keadaan", url.Values{"state": {"published"}})
		e.wantPage("in use", e.ask("head", "GET", "/pengaturan/asesmen", ""), 200, []string{"Asesmen kantor, edisi 1", "Dipakai", "bawaan Teduh", "Tidak dipakai"}, nil)
		e.refuses("/geser", url.Values{"down": {"umur"}}, "409")
		e.takes("/keadaan", url.Values{"state": {"retired"}})
		e.takes("/keadaan", url.Values{"state": {"published"}})
	})
}

// tries fills the preview: who is of age is not asked about school, and the sum is shown.
func (e *editor) tries() {
	e.t.Helper()
	young, grown := e.page("/pratinjau?q-umur=15"), e.page("/pratinjau?q-umur=40")
	asked := regexp.MustCompile(`data-item="bersekolah"( hidden)?`)
	if a, b := asked.FindString(young), asked.FindString(grown); strings.Contains(a, "hidden") || !strings.Contains(b, "hidden") {
		e.t.Errorf("at 15: %s, at 40: %s", a, b)
	}
	if !strings.Contains(young, "3\n") && !regexp.MustCompile(`data-reckoned="sisa_tahun">\s*3\s*<`).MatchString(young) {
		e.t.Error("18 less 15 is not shown")
	}
}

// What only changes the page writes nothing, and nothing typed is lost.
func TestRowsOfAQuestionAreArrangedWithoutLosingAnything(t *testing.T) {
	atTheEditor(t, func(e *editor) {
		typed := func(do string) url.Values {
			return url.Values{"do": {do}, "type": {"choice"}, "text_id": {"Baru"}, "options": {"2"}, "option_id_0": {"Pertama"}, "value_0": {"1"}, "option_id_1": {"Kedua"}, "conditions": {"0"}, "new_condition": {"presenting"}}
		}
		before := e.order()
		e.refuses("/butir-baru", typed("more_options"), "200", "Pertama", "Kedua", `name="option_id_6"`)
		e.refuses("/butir-baru", typed("up_1"), "200", `name="option_id_0" type="text" value="Kedua"`, `name="option_id_1" type="text" value="Pertama"`, `name="value_1" type="text" value="1"`)
		e.refuses("/butir-baru", typed("up_9"), "200", "Pertama")
		if id := regexp.MustCompile(`<option value="([a-z_0-9]+)"`).FindStringSubmatch(strings.SplitN(e.page("/butir-baru?jenis=pertanyaan"), `name="new_condition"`, 2)[1]); id != nil {
			f := typed("more_conditions")
			f.Set("new_condition", id[1])
			e.refuses("/butir-baru", f, "200", `name="question_0" value="`+id[1]+`"`, "Pertama")
		} else {
			t.Error("there is no question to hang on")
		}
		if after := e.order(); strings.Join(after, " ") != strings.Join(before, " ") {
			t.Errorf("%v became %v", before, after)
		}
	})
}

// A form goes out as a workbook and comes back changed; a broken one is refused by its rows.
func TestAFormGoesOutAndComesBack(t *testing.T) {
	atTheEditor(t, func(e *editor) {
		e.bare(form.Item{ID: "umur", Type: form.Integer, Text: form.Words{"id": "Umur"}}, form.Item{ID: "nama", Type: form.String, Text: form.Words{"id": "Nama"}})
		book := e.page("/berkas/xlsform.xlsx")
		d, problems := xlsform.Read(strings.NewReader(book))
		if len(problems) > 0 {
			t.Fatalf("%+v", problems)
		}
		if got := e.sends(book); !strings.Contains(got, "Berkas ini sama dengan rancangan") {
			t.Errorf("what went out is not the same: %s", got)
		}
		changed := d.Plain()
		changed.Items[0].Items[0].Text = form.Words{"id": "Umur anak"}
		changed.Items[0].Items[1] = form.Item{ID: "alamat", Type: form.String, Text: form.Words{"id": "Tempat tinggal"}}
		built, problems := form.Build(changed)
		if len(problems) > 0 {
			t.Fatalf("%+v", problems)
		}
		var out bytes.Buffer
		must(t, xlsform.Write(&out, built))
		got := e.sends(out.String())
		for _, want := range []string{"Umur anak (kata-kata)", "Tempat tinggal", "Nama", "Hilang", "Berubah", "Baru"} {
			if !strings.Contains(got, want) {
				t.Errorf("the preview lacks %q", want)
			}
		}
		if before := strings.Join(e.order(), " "); before != "keadaan umur nama" {
			t.Errorf("a preview changed the draft: %s", before)
		}
		raw, err := built.JSON()
		must(t, err)
		e.takes("/masukkan", url.Values{"definition": {string(raw)}})
		if after := strings.Join(e.order(), " "); after != "keadaan umur alamat" {
			t.Error(after)
		}
		if got := e.sends("PK\x03\x04 bukan buku kerja"); !strings.Contains(got, "tidak dapat dibaca sebagai buku kerja Excel") {
			t.Errorf("a broken workbook: %.300s", got)
		}
		changed.Items[0].Items[0].Relevant = "${alamat} = ''"
		if got := e.sends(`{"resourceType":"Questionnaire","item":[{"linkId":"a","type":"choice"}]}`); !strings.Contains(got, "Butir a tidak punya pilihan jawaban") {
			t.Errorf("a broken questionnaire: %.300s", got)
		}
		if got := e.sends(""); !strings.Contains(got, "Berkas ini bukan JSON yang utuh") {
			t.Errorf("an empty file: %.300s", got)
		}
		fhir := e.page("/berkas/questionnaire.json")
		if again, problems := form.Parse([]byte(fhir)); len(problems) > 0 || again.Status != "draft" || again.Version != "1" {
			t.Errorf("%+v %s", problems, fhir)
		}
		e.refuses("/masukkan", url.Values{"definition": {"{"}}, "422", "bukan JSON yang utuh")
	})
}

// sends uploads a file and gives the page that answers.
func (e *editor) sends(content string) string {
	e.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "formulir")
	must(e.t, err)
	_, err = part.Write([]byte(content))
	must(e.t, err)
	must(e.t, form.Close())
	return e.ask("head", "POST", draftOne+"/masukkan", body.String(), "Content-Type", form.FormDataContentType()).Body.String()
}

// A question that stands under another stays there when its words are changed, and its words in a third language stay too.
func TestAQuestionUnderAnotherStaysThere(t *testing.T) {
	atTheEditor(t, func(e *editor) {
		e.bare(form.Item{ID: "hubungan", Type: form.Boolean, Text: form.Words{"id": "Bertengkar?"}, Items: []form.Item{{ID: "cerita", Type: form.Text, Text: form.Words{"id": "Apa yang terjadi?", "ms": "Apa jadi?"}}}})
		if page := e.page("/butir/cerita"); !strings.Contains(page, `<option value="hubungan" selected>Di bawah: Bertengkar?`) {
			t.Error("the question's page does not say where it stands")
		}
		e.takes("/butir/cerita", url.Values{"type": {"text"}, "section": {"hubungan"}, "text_id": {"Ceritakan"}})
		d, problems := form.Parse([]byte(e.page("/berkas/questionnaire.json")))
		if len(problems) > 0 {
			t.Fatalf("%+v", problems)
		}
		under, _ := d.Item("hubungan")
		if len(under.Items) != 1 || under.Items[0].Text["id"] != "Ceritakan" || under.Items[0].Text["ms"] != "Apa jadi?" {
			t.Errorf("%+v", under)
		}
		e.takes("/butir/cerita", url.Values{"type": {"text"}, "section": {"keadaan"}, "text_id": {"Ceritakan"}})
		if got := strings.Join(e.order(), " "); got != "keadaan hubungan cerita" {
			t.Error(got)
		}
		if strings.Contains(e.page(""), "Di bawah: Bertengkar?") {
			t.Error("it still stands under the other")
		}
	})
}
