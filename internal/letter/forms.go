package letter

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"teduh/internal/db"
	"teduh/internal/web"
)

// lines of a field with several of them.
func linesOf(text string) []string { return tidyLines(strings.Split(text, "\n")) }

// readNew reads the form of a letter.
func readNew(f web.Form) New {
	n := New{Kind: f.Line("kind"), To: linesOf(f.Text("to")), Subject: f.Line("subject"), Secrecy: f.Line("secrecy"), Enclosures: f.Line("enclosures"),
		Copies: linesOf(f.Text("copies")), Signer: f.Line("signer"), Replaces: f.ID("replaces"), Values: Values{}}
	for _, x := range Fields {
		if !x.Given {
			continue
		}
		text := f.Line(x.Code)
		if x.Long {
			text = f.Text(x.Code)
		}
		if text != "" {
			n.Values[x.Code] = text
		}
	}
	return n
}

// readTemplate reads the editor of a template.
func readTemplate(f web.Form, kind string) Template {
	return Template{Kind: kind, Edition: int(f.Version()), Subject: f.Line("subject"), Secrecy: f.Line("secrecy"), Opening: f.Text("opening"), Body: f.Text("body"),
		Closing: f.Text("closing")}
}

// readSettings reads the page of the settings. A signer without any word is a row that was left empty.
func readSettings(f web.Form) Settings {
	s := Settings{Edition: int(f.Version()), Lines: linesOf(f.Text("lines")), Small: linesOf(f.Text("small")), Place: f.Line("place"), Pattern: f.Line("pattern"),
		Codes: map[string]string{}, Usual: map[string]string{}}
	for i := range min(f.Int("rows", 0), mostSigners+1) {
		at := func(name string) string { return f.Line("signer_" + name + "_" + strconv.Itoa(i)) }
		x := Signer{ID: at("id"), Name: at("name"), Title: at("title"), Rank: at("rank"), NIP: at("nip")}
		if x.Name+x.Title+x.Rank+x.NIP == "" {
			continue
		}
		if x.ID == "" {
			x.ID = db.NewID().String()
		}
		s.Signers = append(s.Signers, x)
	}
	for _, kind := range Kinds {
		if code := f.Line("code_" + kind); code != "" {
			s.Codes[kind] = code
		}
		who := f.Line("usual_" + kind)
		if slices.ContainsFunc(s.Signers, func(x Signer) bool { return x.ID == who }) {
			s.Usual[kind] = who
		}
	}
	return s
}

// readWithLogo reads a form that may bring a picture.
func readWithLogo(r *http.Request) (f web.Form, logo []byte, err error) {
	parts, err := r.MultipartReader()
	if err != nil {
		f, err = web.ReadForm(r)
		return f, nil, err
	}
	values := url.Values{}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return f, nil, web.Unreadable(err)
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return f, nil, web.Unreadable(err)
		}
		if part.FormName() == "logo" {
			logo = content
			continue
		}
		values.Add(part.FormName(), string(content))
	}
	f, err = web.Clean(values)
	return f, logo, err
}
