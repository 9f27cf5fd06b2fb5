package letter

import (
	"maps"
	"slices"
	"strings"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/region"
	"teduh/internal/web"
)

// Settings are what stands on all letters of an office, at an edition. Edition 1 is what the program knows of the office.
type Settings struct {
	Edition int               `json:"-"`
	Logo    db.ID             `json:"-"`
	Lines   []string          `json:"lines"` // large, in the letterhead; the last is the office
	Small   []string          `json:"small,omitempty"`
	Place   string            `json:"place"`
	Pattern string            `json:"pattern"`         // of numbers
	Codes   map[string]string `json:"codes,omitempty"` // of kinds, for {kode}
	Signers []Signer          `json:"signers,omitempty"`
	Usual   map[string]string `json:"usual,omitempty"` // who signs a kind
}

// Signer is someone who signs letters.
type Signer struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Title string `json:"title"` // «Ketua LK3 Bina Sejahtera»
	Rank  string `json:"rank,omitempty"`
	NIP   string `json:"nip,omitempty"`
}

// usualCode classifies letters of social affairs in the offices of Indonesia.
const usualCode = "460"

// defaults are the settings of an office that saved none.
func defaults(o access.Office) Settings {
	place, _ := region.Name(o.Region)
	for _, kind := range []string{"Kota ", "Kabupaten ", "Kab. "} {
		place = strings.TrimPrefix(place, kind)
	}
	return Settings{Edition: 1, Lines: []string{o.Name}, Place: place, Pattern: "{kode}/{urut}/" + o.Prefix + "/{bulan_romawi}/{tahun}"}
}

// code of a kind, for its numbers.
func (s Settings) code(kind string) string {
	if c := s.Codes[kind]; c != "" {
		return c
	}
	return usualCode
}

// signer is the one asked for, the usual one for the kind, or the first.
func (s Settings) signer(id, kind string) (Signer, bool) {
	if id == "" {
		id = s.Usual[kind]
	}
	i := slices.IndexFunc(s.Signers, func(x Signer) bool { return x.ID == id })
	if i < 0 && id == "" && len(s.Signers) > 0 {
		i = 0
	}
	if i < 0 {
		return Signer{}, false
	}
	return s.Signers[i], true
}

const (
	mostHead    = 5
	mostSigners = 20
)

func (s *Settings) check() error {
	var c fault.Checks
	s.Lines, s.Small = tidyLines(s.Lines), tidyLines(s.Small)
	c.Field(len(s.Lines) == 0, "lines", "required", "error.required")
	checkLines(&c, "lines", s.Lines, mostHead)
	checkLines(&c, "small", s.Small, mostHead)
	c.Add(web.Length("place", s.Place, 1, web.MaxName))
	checkFace(&c, "place", s.Place)
	checkPattern(&c, s.Pattern)
	for _, kind := range slices.Sorted(maps.Keys(s.Codes)) {
		c.Field(!slices.Contains(Kinds, kind), "codes", "unknown", "error.choice")
		c.Add(web.Length("code_"+kind, s.Codes[kind], 0, 20))
		checkFace(&c, "code_"+kind, s.Codes[kind])
	}
	c.Field(len(s.Signers) > mostSigners, "signers", "too_many", "letter.too_many_signers", "max", mostSigners)
	for _, x := range s.Signers {
		x.check(&c)
	}
	for kind, id := range s.Usual {
		known := slices.ContainsFunc(s.Signers, func(x Signer) bool { return x.ID == id })
		c.Field(!slices.Contains(Kinds, kind) || !known, "usual_"+kind, "unknown", "error.choice")
	}
	return c.Err()
}

func (x Signer) check(c *fault.Checks) {
	c.Add(web.Length("signer_name", x.Name, 1, web.MaxName))
	c.Add(web.Length("signer_title", x.Title, 1, web.MaxName))
	for _, text := range []string{x.Rank, x.NIP} {
		c.Add(web.Length("signers", text, 0, web.MaxName))
	}
	checkFace(c, "signers", x.Name+x.Title+x.Rank+x.NIP)
}
