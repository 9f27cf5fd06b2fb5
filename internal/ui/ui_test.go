package ui_test

import (
	"bytes"
	"context"
	"errors"
	"go/format"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"github.com/a-h/templ/generator"
	parser "github.com/a-h/templ/parser/v2"
	"golang.org/x/net/html"

	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/ui"
)

var pages = map[string]func() templ.Component{
	"today": todayPage, "case": casePage, "form": formPage, "list": listPage,
	"confirm": confirmPage, "gate": gatePage, "letter": letterPage, "trouble": troublePage,
}

// TestStyleGuide renders every part in both languages and looks at what can be
// seen without a browser. With TEDUH_STYLE_GUIDE=folder the pages are written
// there, for a look with one's own eyes.
func TestStyleGuide(t *testing.T) {
	for name, page := range pages {
		for _, lang := range i18n.Languages {
			t.Run(name+"/"+string(lang), func(t *testing.T) {
				text := render(t, lang, page())
				wellFormed(t, text)
				keep(t, name+"-"+string(lang)+".html", text)
			})
		}
	}
}

func render(t *testing.T, lang i18n.Language, c templ.Component) string {
	t.Helper()
	var out bytes.Buffer
	if err := c.Render(i18n.With(context.Background(), lang, i18n.Jakarta), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func keep(t *testing.T, name, text string) {
	folder := os.Getenv("TEDUH_STYLE_GUIDE")
	if folder == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// page is what the checks need to know of a parsed page.
type page struct {
	ids      map[string]bool
	pointers map[string]string // id pointed at → by what
	h1       int
}

func wellFormed(t *testing.T, text string) {
	t.Helper()
	balanced(t, text)
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	p := page{ids: map[string]bool{}, pointers: map[string]string{}}
	for node := range root.Descendants() {
		if node.Type == html.ElementNode {
			p.look(t, node)
		}
	}
	for id, by := range p.pointers {
		if !p.ids[id] {
			t.Errorf("%s points at %q, which is not there", by, id)
		}
	}
	if p.h1 != 1 {
		t.Errorf("%d h1", p.h1)
	}
}

func (p *page) look(t *testing.T, node *html.Node) {
	t.Helper()
	if node.Data == "h1" {
		p.h1++
	}
	labelled := false
	for _, a := range node.Attr {
		switch {
		case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
			t.Errorf("<%s> has %s, which the security policy refuses", node.Data, a.Key)
		case a.Key == "id" && p.ids[a.Val]:
			t.Errorf("id %q stands twice", a.Val)
		case a.Key == "id":
			p.ids[a.Val] = true
		case a.Key == "for" || a.Key == "aria-labelledby" || a.Key == "aria-describedby" || a.Key == "aria-controls":
			for id := range strings.FieldsSeq(a.Val) {
				p.pointers[id] = a.Key
			}
		case a.Key == "href" && strings.HasPrefix(a.Val, "#"):
			p.pointers[a.Val[1:]] = "a link"
		}
		labelled = labelled || a.Key == "for"
	}
	if node.Data == "label" && !labelled {
		t.Error("a label without for")
	}
}

var void = map[string]bool{"meta": true, "link": true, "input": true, "br": true, "hr": true, "img": true}

// balanced walks the tags, because a parser of HTML forgives what is not
// closed.
func balanced(t *testing.T, text string) {
	t.Helper()
	var open []string
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Errorf("not closed: %v", open)
			}
			return
		case html.StartTagToken:
			name, _ := z.TagName()
			if !void[string(name)] {
				open = append(open, string(name))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				t.Fatalf("</%s> closes %v", name, open)
			}
			open = open[:len(open)-1]
		}
	}
}

func TestAFieldTellsItsHintAndErrorToReadersOfScreens(t *testing.T) {
	got := render(t, i18n.ID, ui.TextField(ui.Field{Name: "person.name", Label: "Nama", Hint: "Seperti diucapkan", Error: "Isi nama", Required: true, MaxLength: 200, Value: `"><script>`}))
	for _, want := range []string{
		`for="f-person-name"`, `id="f-person-name"`, `aria-describedby="f-person-name-hint f-person-name-error"`,
		`aria-invalid="true"`, `class="field field--bad"`, ` required`, `maxlength="200"`, `value="&#34;&gt;&lt;script&gt;"`, "Kesalahan:", "wajib",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is missing in %s", want, got)
		}
	}
}

func TestAnErrorLeadsToTheFirstInputOfItsQuestion(t *testing.T) {
	summary := render(t, i18n.EN, ui.ErrorSummary([]ui.FieldError{{Field: "born_on", Message: "Wrong"}, {Field: "about", Message: "Choose"}}))
	date := render(t, i18n.EN, ui.DateField(ui.Field{Name: "born_on", Label: "Born"}))
	radios := render(t, i18n.EN, ui.Radios(ui.Field{Name: "about", Label: "Who"}, []ui.Option{{Value: "a", Label: "A"}, {Value: "b", Label: "B"}}))
	for id, where := range map[string]string{"f-born-on": date, "f-about": radios} {
		if !strings.Contains(summary, `href="#`+id+`"`) || !strings.Contains(where, `id="`+id+`"`) {
			t.Errorf("%s: %s | %s", id, summary, where)
		}
	}
}

func TestADayInThreePartsComesBackAsItWasTyped(t *testing.T) {
	for _, c := range []struct{ day, month, year, want string }{
		{"5", "8", "1990", "1990-08-05"}, {"", "", "", ""}, {" 5 ", "13", "", "-13-05"}, {"x", "8", "1990", "1990-08-0x"},
	} {
		posted := map[string]string{"born_d": c.day, "born_m": c.month, "born_y": c.year}
		got := ui.DateValue(func(name string) string { return posted[name] }, "born")
		if got != c.want {
			t.Errorf("%v: got %q", c, got)
		}
		if again := render(t, i18n.ID, ui.DateField(ui.Field{Name: "born", Value: got})); c.day == "5" && !strings.Contains(again, `value="5"`) {
			t.Errorf("%v: the day is lost in %s", c, again)
		}
	}
}

func TestAPostedFormCarriesItsKeyAndASearchDoesNot(t *testing.T) {
	posted := render(t, i18n.ID, ui.Form(ui.FormProps{Action: "/notes", Key: "abc"}))
	if !strings.Contains(posted, `name="form_key" value="abc"`) || !strings.Contains(posted, "data-once") || !strings.Contains(posted, `method="post"`) {
		t.Error(posted)
	}
	search := render(t, i18n.ID, ui.Form(ui.FormProps{Action: "/cases", Key: "abc", Get: true}))
	if strings.Contains(search, "form_key") || strings.Contains(search, "data-once") || !strings.Contains(search, `method="get"`) {
		t.Error(search)
	}
}

func TestALinkCannotRunScript(t *testing.T) {
	got := render(t, i18n.ID, ui.LinkButton(ui.Button{Text: "x", Href: "javascript:alert(1)"}))
	if strings.Contains(got, "javascript:") {
		t.Error(got)
	}
}

func TestAFaultBecomesTheLinesOfASummary(t *testing.T) {
	ctx := i18n.With(context.Background(), i18n.EN, nil)
	got := ui.ErrorsOf(ctx, fault.Invalid(fault.Field("name", "too_long", "error.too_long", "max", 200)))
	if len(got) != 1 || got.On("name") != i18n.T(ctx, "error.too_long", "max", 200) || got.On("phone") != "" {
		t.Errorf("fields: %v", got)
	}
	if got := ui.ErrorsOf(ctx, fault.NotFound()); len(got) != 1 || got[0].Field != "" || got[0].Message == "" {
		t.Errorf("the whole: %v", got)
	}
	if ui.ErrorsOf(ctx, nil) != nil || ui.ErrorsOf(ctx, errors.New("disk")) != nil {
		t.Error("an accident became a line")
	}
}

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{"Rahmah Yuliani": "RY", "Sukarno": "S", "": "–", "Ni Luh Putu": "NL", "élan d'or": "ÉD"} {
		if got := ui.Initials(name); got != want {
			t.Errorf("%q: got %q", name, got)
		}
	}
}

var fileName = regexp.MustCompile("FileName: `[^`]*`")

// TestGeneratedFilesAreUpToDate holds for every template of the module.
func TestGeneratedFilesAreUpToDate(t *testing.T) {
	for _, pattern := range []string{"*.templ", "../*/*.templ", "../*/*/*.templ"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			sameAsGenerated(t, file)
		}
	}
}

func sameAsGenerated(t *testing.T, file string) {
	t.Helper()
	parsed, err := parser.Parse(file)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	var out bytes.Buffer
	if _, err := generator.Generate(parsed, &out, generator.WithVersion(templ.Version())); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	want, err := format.Source(out.Bytes())
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	got, err := os.ReadFile(strings.TrimSuffix(file, ".templ") + "_templ.go")
	if err != nil {
		t.Fatal(err)
	}
	// The name in error messages hangs on the folder the tool was run from.
	if !bytes.Equal(fileName.ReplaceAll(got, nil), fileName.ReplaceAll(want, nil)) {
		t.Errorf("%s: run «go tool templ generate»", file)
	}
}
