package app_test

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/pb33f/jsonschema/v6"

	"teduh/internal/access"
	"teduh/internal/app"
	"teduh/internal/unit"
)

// headActor is the head of the office, for what is set up without pages.
func (w *world) headActor() access.Actor {
	w.t.Helper()
	user, err := w.app.Access.FindUser(w.t.Context(), "head@example.org")
	must(w.t, err)
	office, err := w.app.Access.FindUnit(w.t.Context(), "")
	must(w.t, err)
	return access.NewActor(user.ID, user.Name, office.Office(), access.Head)
}

// settle gives an office ways of its own: a category, an urgency, someone on duty, a form, an instrument and a text.
func (w *world) settle() {
	w.t.Helper()
	ctx, a := w.t.Context(), w.headActor()
	settings, err := w.app.Units.Of(ctx, a.Office.ID)
	must(w.t, err)
	must(w.t, w.app.Units.Change(ctx, a, append(settings.Categories, unit.Entry{Code: "own_1", ID: "Pinjaman daring", EN: "Online loans"}), 0))
	must(w.t, w.app.Units.Change(ctx, a, unit.Urgency{"now": 30, "day": 1440, "three_days": 4320, "week": 10080}, 0))
	duty := settings.Duty
	duty.First = append(duty.First, a.User)
	must(w.t, w.app.Units.Change(ctx, a, duty, 0))
	draft, err := w.app.Assessments.Begin(ctx, a)
	must(w.t, err)
	raw := strings.Replace(draft.Raw, "Apa yang membuat klien datang?", "Apa yang membawa Ibu ke sini?", 1)
	draft, err = w.app.Assessments.SaveDraft(ctx, a, draft.ID, draft.Version, []byte(raw))
	must(w.t, err)
	must(w.t, w.app.Assessments.Publish(ctx, a, draft.ID, draft.Version))
	questionnaire, err := os.ReadFile("../instrument/shipped/who-5.questionnaire.json")
	must(w.t, err)
	_, err = w.app.Instruments.Bring(ctx, a, bytes.Replace(questionnaire, []byte(`"version": "1"`), []byte(`"version": "2"`), 1), nil)
	must(w.t, err)
	texts, err := w.app.Texts.All(ctx, a)
	must(w.t, err)
	texts[0].Read = "Kami menjaga cerita Anda."
	must(w.t, w.app.Texts.Publish(ctx, a, texts[0]))
}

func (w *world) sendsLists(content string) string {
	w.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "daftar.json")
	must(w.t, err)
	_, err = part.Write([]byte(content))
	must(w.t, err)
	must(w.t, form.Close())
	return w.ask("head", "POST", "/pengaturan/bawa", body.String(), "Content-Type", form.FormDataContentType()).Body.String()
}

// An office's ways go to another installation in one file; the head there sees what changes, takes some of it, and no people
// come along.
func TestListsAreCarriedToAnotherInstallation(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.settle()
		got := w.ask("head", "GET", "/pengaturan/bawa/daftar.json", "")
		file := got.Body.String()
		if got.Code != 200 || !json.Valid([]byte(file)) {
			t.Fatalf("%d %.200s", got.Code, file)
		}
		for _, secret := range []string{"duty", w.headActor().User.String(), "@example.org"} {
			if strings.Contains(file, secret) {
				t.Errorf("%s goes along", secret)
			}
		}
		followsSchema(t, file)
		if page := w.sendsLists(file); !strings.Contains(page, "sudah sama di sini") {
			t.Errorf("an office differs from itself: %s", page)
		}
		other := open(t, app.Config{Dir: t.TempDir(), Demo: true})
		page := other.sendsLists(file)
		for _, want := range []string{"Dari LK3 Bina Sejahtera", `value="categories"`, "Pinjaman daring", `value="urgency"`, `value="assessment"`, "Apa yang membawa Ibu ke sini?", `value="instrument/who-5/2"`, `value="text/service/id"`, "Masuk sebagai rancangan"} {
			if !strings.Contains(page, want) {
				t.Errorf("the preview lacks %s", want)
			}
		}
		if strings.Contains(page, `value="services"`) {
			t.Error("what is the same is offered")
		}
		other.wantPage("nothing ticked", other.post("head", "/pengaturan/bawa", url.Values{"definition": {file}}), 422, []string{"Centang bagian yang ingin dipakai."}, nil)
		taken := url.Values{"definition": {file}, "parts": {"categories", "assessment", "instrument/who-5/2", "text/service/id"}}
		other.wantPage("taken", other.post("head", "/pengaturan/bawa", taken), 303, nil, nil)
		other.stands(t)
		page = other.sendsLists(file)
		if !strings.Contains(page, `value="urgency"`) || strings.Contains(page, `value="categories"`) || strings.Contains(page, `value="text/service/id"`) {
			t.Error("what was taken is offered again, or what was not is not")
		}
	})
}

// followsSchema holds a file against the schema that the documents give.
func followsSchema(t *testing.T, file string) {
	t.Helper()
	raw, err := os.ReadFile("../../docs/lists.schema.json")
	must(t, err)
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	must(t, err)
	c := jsonschema.NewCompiler()
	must(t, c.AddResource("lists.schema.json", schema))
	compiled, err := c.Compile("lists.schema.json")
	must(t, err)
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(file))
	must(t, err)
	must(t, compiled.Validate(doc))
}

// stands looks for what was taken, and that no more was.
func (w *world) stands(t *testing.T) {
	t.Helper()
	ctx, a := t.Context(), w.headActor()
	settings, err := w.app.Units.Of(ctx, a.Office.ID)
	must(t, err)
	if settings.Version("categories") != 1 || settings.Version("urgency") != 0 || settings.Version("duty") != 0 || !settings.CategoryKnown("own_1") {
		t.Errorf("categories %d, urgency %d, duty %d", settings.Version("categories"), settings.Version("urgency"), settings.Version("duty"))
	}
	editions, err := w.app.Assessments.Editions(ctx, a)
	must(t, err)
	if e := editions[0]; e.State != "draft" || !strings.Contains(e.Raw, "Apa yang membawa Ibu ke sini?") {
		t.Errorf("the form is %s", e.State)
	}
	who, err := w.app.Instruments.Edition(ctx, a, "who-5", "2")
	if err != nil || who.State != "draft" {
		t.Errorf("the instrument is %s: %v", who.State, err)
	}
	texts, err := w.app.Texts.All(ctx, a)
	must(t, err)
	if texts[0].Read != "Kami menjaga cerita Anda." || texts[0].Version != 2 {
		t.Errorf("the text is %d: %s", texts[0].Version, texts[0].Read)
	}
}

// A file that can't be taken whole is not taken in part, and says so.
func TestBrokenFilesOfListsAreRefused(t *testing.T) {
	t.Parallel()
	w := open(t, app.Config{Dir: t.TempDir(), Demo: true})
	head := `{"format":"teduh-lists","version":1,"office":"X","made":"2026-11-25",`
	for content, says := range map[string]string{
		"":                    "Pilih berkas dahulu.",
		"{":                   "bukan berkas daftar",
		`{"format":"lain"}`:   "bukan berkas daftar",
		head + `"people":[]}`: "bukan berkas daftar",
		head[:len(head)-1] + `,"areas":{"duty":{"first":[]}}}`:                 "Satu bagian berkas ini tidak dapat dipakai",
		head + `"areas":{"urgency":{"now":5,"day":1}}}`:                        "Satu bagian berkas ini tidak dapat dipakai",
		head + `"areas":{"categories":[{"code":"1","name":"x"}]}}`:             "Satu bagian berkas ini tidak dapat dipakai",
		head + `"areas":{"categories":[{"code":"1"},{"code":"1"}]}}`:           "Satu bagian berkas ini tidak dapat dipakai",
		head + `"assessment":{"resourceType":"Questionnaire"}}`:                "Formulir asesmen dalam berkas ini",
		strings.Replace(head, `"version":1`, `"version":2`, 1) + `"areas":{}}`: "Teduh yang lebih baru",
	} {
		if page := w.sendsLists(content); !strings.Contains(page, says) {
			t.Errorf("%s: %.300s", content, page)
		}
	}
	for i, content := range []string{`"instruments":[{"name":"x","edition":"1","questionnaire":{},"scoring":{}}]}`, `"consent_texts":[{"kind":"service","language":"id","title":""}]}`} {
		code := []string{"instrument/x/1", "text/service/id"}[i]
		if got := w.post("head", "/pengaturan/bawa", url.Values{"definition": {head + content}, "parts": {code}}); got.Code != 422 {
			t.Errorf("%s: %d", content, got.Code)
		}
	}
}
