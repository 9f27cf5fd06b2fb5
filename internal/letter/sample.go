package letter

import (
	"context"
	"net/http"

	"github.com/BurntSushi/toml"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/letter/paper"
)

// made are made-up values for letters that show a template.
var made = mustReadValues("texts/sample.toml")

func mustReadValues(name string) (v Values) {
	if _, err := toml.DecodeFS(templateFiles, name, &v); err != nil {
		panic("letter: " + name + ": " + err.Error()) // a slip in our own text, met at the first start
	}
	return v
}

// Sample is a letter by a template that need not be published yet, with the office's letterhead and made-up values.
func (s *Service) Sample(ctx context.Context, a access.Actor, t Template) (doc paper.Document, err error) {
	if err := a.Require(access.OfficeSettings); err != nil {
		return doc, err
	}
	if _, known := shipped[t.Kind]; !known {
		return doc, fault.NotFound()
	}
	if err := t.check(); err != nil {
		return doc, err
	}
	d := draft{lang: i18n.With(ctx, i18n.ID, a.Office.Zone), template: t, n: New{Kind: t.Kind, To: []string{made["tujuan_surat"], "di tempat"}}}
	err = s.db.Read(ctx, func(r db.Reader) error {
		if d.settings, err = settingsOf(ctx, r, a.Office); err != nil {
			return err
		}
		d.logo, err = selectLogo(ctx, r, a.Office.ID, d.settings.Logo)
		return err
	})
	if err != nil {
		return doc, err
	}
	return s.sample(d, a)
}

func (s *Service) sample(d draft, a access.Actor) (doc paper.Document, err error) {
	if d.signer, err = signerOf(d, a); err != nil {
		return doc, err
	}
	d.values = Values{}
	for code, text := range made {
		d.values[code] = text
	}
	on := db.DayOf(s.cases.Now(), a.Office.Zone)
	l := Letter{Kind: d.template.Kind, On: on, Number: Number(d.settings.Pattern, d.settings.code(d.template.Kind), sampleSerial, on), Code: "0000-0000-0000-0000"}
	for code, text := range map[string]string{"nama_kantor": a.Office.Name, "tempat_surat": d.settings.Place, "penanda_tangan": d.signer.Name,
		"jabatan_penanda_tangan": d.signer.Title, "nip_penanda_tangan": d.signer.NIP, "nomor_surat": l.Number, "tanggal_surat": i18n.Day(d.lang, on)} {
		if text != "" {
			d.values[code] = text
		}
	}
	filled, _ := d.template.merged(d.values)
	doc = s.document(d, filled, l)
	doc.Marks = nil
	return doc, nil
}

// sampleSerial is the running number of a letter that shows something.
const sampleSerial = 41

func (p *Pages) samplePDF(w http.ResponseWriter, doc paper.Document) error {
	pdf, err := drawn(doc)
	if err != nil {
		return err
	}
	WritePDF(w, pdf, "inline", "contoh-surat.pdf")
	return nil
}
