package letter

import (
	"context"
	"strconv"
	"strings"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/letter/paper"
)

// values are those that were given, and those that are known of the office, the signer and the case.
func (s *Service) values(ctx context.Context, r db.Reader, a access.Actor, in casefile.Inside, d draft) (Values, error) {
	v := Values{"nama_kantor": a.Office.Name, "tempat_surat": d.settings.Place, "penanda_tangan": d.signer.Name, "jabatan_penanda_tangan": d.signer.Title,
		"nip_penanda_tangan": d.signer.NIP, "tujuan_surat": strings.Join(d.n.To[:min(1, len(d.n.To))], ""), "nomor_kasus": in.Case.Number, "petugas": in.Case.Worker.Name}
	if v["petugas"] == "" {
		v["petugas"] = a.Name
	}
	for code, text := range d.n.Values {
		v[code] = strings.TrimSpace(text)
	}
	if s.agreed != nil {
		at, err := s.agreed(ctx, r, in, Consent(d.n.Kind))
		if err != nil {
			return nil, err
		}
		v["tanggal_persetujuan"] = i18n.Date(d.lang, at.Time)
	}
	return v, s.client(ctx, r, a, in, d, v)
}

// client adds what the client is called, and how old they are. Of a protected identity there is the alias alone.
func (s *Service) client(ctx context.Context, r db.Reader, a access.Actor, in casefile.Inside, d draft, v Values) error {
	v["nama_klien"], v["nama_panggilan"] = in.Case.Client.Name, in.Case.Client.Name
	if in.Case.Client.Person.IsZero() {
		return nil
	}
	p, err := s.people.FindIn(ctx, r, a.Scope(), in.Case.Client.Person)
	if fault.Is(err, "not_found") {
		return nil
	}
	if err != nil {
		return err
	}
	if p.Protected {
		v["nama_samaran"] = p.Name
	} else if p.CallName != "" {
		v["nama_panggilan"] = p.CallName
	}
	if years, known := p.Age(db.DayOf(s.cases.Now(), a.Office.Zone)); known {
		v["umur"] = i18n.T(d.lang, "letter.paper.years", "n", years)
	}
	return nil
}

// subjectOf a letter: what was asked for, or the template's.
func subjectOf(d draft, filled Template) string {
	if d.n.Subject != "" {
		return d.n.Subject
	}
	return filled.Subject
}

// document is the letter as it stands on paper.
func (s *Service) document(d draft, filled Template, l Letter) paper.Document {
	ctx := d.lang
	doc := paper.Document{
		Head:   paper.Head{Lines: d.settings.Lines, Small: d.settings.Small, Logo: d.logo},
		Place:  d.settings.Place + ", " + i18n.Day(ctx, l.On),
		Body:   strings.Join(tidyParts(filled.Opening, filled.Body, filled.Closing), "\n\n"),
		Signer: paper.Signer{Title: d.signer.Title + ",", Name: d.signer.Name, Below: below(d.signer)},
		Copied: i18n.T(ctx, "letter.paper.copies"), Copies: d.n.Copies,
		Page: i18n.T(ctx, "letter.paper.page", "number", l.Number),
		On:   l.On.In(time.UTC),
	}
	doc.Facts = []paper.Fact{{Label: i18n.T(ctx, "letter.paper.number"), Value: l.Number}}
	subject := subjectOf(d, filled)
	if l.Kind == Statement {
		doc.Title = strings.ToUpper(subject)
	} else {
		secrecy := d.n.Secrecy
		if secrecy == "" {
			secrecy = filled.Secrecy
		}
		doc.Facts = append(doc.Facts, present(i18n.T(ctx, "letter.paper.secrecy"), secrecy)...)
		doc.Facts = append(doc.Facts, paper.Fact{Label: i18n.T(ctx, "letter.paper.enclosures"), Value: orDash(d.n.Enclosures)}, paper.Fact{Label: i18n.T(ctx, "letter.paper.subject"), Value: subject})
		doc.To = append([]string{i18n.T(ctx, "letter.paper.to")}, d.n.To...)
	}
	doc.Marks = s.marks(ctx, d, l)
	return doc
}

func tidyParts(parts ...string) (kept []string) {
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			kept = append(kept, p)
		}
	}
	return kept
}

func present(label, value string) []paper.Fact {
	if value == "" {
		return nil
	}
	return []paper.Fact{{Label: label, Value: value}}
}

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

func below(x Signer) (lines []string) {
	if x.Rank != "" {
		lines = append(lines, x.Rank)
	}
	if x.NIP != "" {
		lines = append(lines, "NIP "+x.NIP)
	}
	return lines
}

// marks are where the letter's truth can be checked and, where the receiver can answer by a link, that link.
func (s *Service) marks(ctx context.Context, d draft, l Letter) (marks []paper.Mark) {
	if s.base != "" {
		address := s.base + "/surat/" + l.Code
		_, shown, _ := strings.Cut(s.base, "://")
		marks = append(marks, paper.Mark{Address: address, Words: []string{i18n.T(ctx, "letter.paper.check"), shown + "/surat/", l.Code}})
	} else {
		marks = append(marks, paper.Mark{Words: []string{i18n.T(ctx, "letter.paper.code"), l.Code}})
	}
	if d.n.Answer != "" {
		marks = append(marks, paper.Mark{Address: d.n.Answer, Words: []string{i18n.T(ctx, "letter.paper.answer")}})
	}
	return marks
}

// FileName of a letter's PDF: nothing of the client.
func (l Letter) FileName() string {
	safe := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9', r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z':
			return r
		}
		return '-'
	}, l.Number)
	return "surat-" + strconv.Itoa(l.On.In(time.UTC).Year()) + "-" + strings.Trim(safe, "-") + ".pdf"
}
