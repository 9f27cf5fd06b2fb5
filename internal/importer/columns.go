package importer

import (
	"slices"
	"strings"

	"teduh/internal/bulk"
	"teduh/internal/region"
)

// Kinds of sheets.
const (
	PeopleSheet = "people"
	CasesSheet  = "cases"
)

// Kinds lists the sheets that can be taken in.
var Kinds = []string{PeopleSheet, CasesSheet}

// column is what a sheet may hold, by the names offices give it, folded by fold.
type column struct {
	name  string
	names []string
	value func(s *sheet, typed string) string // brings what was typed into the form of the bulk folder; nil keeps it
}

// The columns of a list of people and of a list of cases; docs/import.md tells them.
var sheetColumns = map[string][]column{
	PeopleSheet: {
		{"id", []string{"id", "kode", "nomor klien", "no klien", "id klien", "client id", "number"}, nil},
		{"name", []string{"name", "nama", "nama lengkap", "full name"}, nil},
		{"nik", []string{"nik", "no ktp", "nomor ktp", "no nik", "identity number"}, nil},
		{"birth_date", []string{"birth date", "date of birth", "tanggal lahir", "tgl lahir"}, (*sheet).day},
		{"birth_place", []string{"birth place", "place of birth", "tempat lahir"}, nil},
		{"sex", []string{"sex", "gender", "jenis kelamin", "jk", "l p", "kelamin"}, (*sheet).sex},
		{"village_code", []string{"village code", "village", "kelurahan", "desa", "kelurahan desa", "desa kelurahan", "kode kelurahan"}, (*sheet).village},
		{"phone", []string{"phone", "telephone", "telepon", "telp", "no telp", "no telepon", "no hp", "nomor hp", "hp", "wa", "no wa", "whatsapp"}, nil},
		{"kk", []string{"kk", "no kk", "nomor kk", "family card"}, nil},
		{"street", []string{"street", "address", "alamat", "jalan"}, nil},
		{"rt", []string{"rt"}, nil},
		{"rw", []string{"rw"}, nil},
		{"religion", []string{"religion", "agama"}, nil},
		{"education", []string{"education", "pendidikan"}, nil},
		{"work", []string{"work", "occupation", "pekerjaan"}, nil},
	},
	CasesSheet: {
		{"id", []string{"id", "kode", "nomor kasus", "no kasus", "nomor register", "no register", "case number", "old number", "nomor lama"}, nil},
		{"client_id", []string{"client id", "client", "id klien", "kode klien", "nomor klien", "no klien", "klien"}, nil},
		{"worker", []string{"worker", "petugas", "surel petugas", "email petugas", "worker email"}, nil},
		{"stage", []string{"stage", "tahap"}, (*sheet).stage},
		{"status", []string{"status"}, (*sheet).status},
		{"risk", []string{"risk", "risiko", "resiko"}, (*sheet).risk},
		{"category", []string{"category", "kategori", "jenis pmks", "jenis ppks", "pmks", "ppks", "kategori utama"}, nil},
		{"opened_on", []string{"opened on", "opened", "dibuka", "tanggal dibuka", "tgl dibuka", "tanggal buka", "tanggal masuk"}, (*sheet).day},
		{"closed_on", []string{"closed on", "closed", "ditutup", "tanggal ditutup", "tgl ditutup", "tanggal tutup"}, (*sheet).day},
	},
}

// needed are the columns without which nothing can be taken in.
var needed = map[string][]string{PeopleSheet: {"name"}, CasesSheet: {"id", "client_id", "worker", "opened_on"}}

// fold is the form in which names of columns are compared: small letters and digits, words apart by one space.
func fold(name string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return r < '0' || r > '9' && r < 'a' || r > 'z' && r < 0x80
	}), " ")
}

// match finds which column of the sheet stands for which of ours; those that are not known are passed over and told.
func (s *sheet) match(header []string) *bulk.Problem {
	s.place = map[string]int{}
	for i, title := range header {
		at := slices.IndexFunc(sheetColumns[s.Kind], func(c column) bool { return slices.Contains(c.names, fold(title)) })
		if at < 0 {
			if title != "" {
				s.result.Ignored = append(s.result.Ignored, title)
			}
			continue
		}
		name := sheetColumns[s.Kind][at].name
		if _, twice := s.place[name]; twice {
			return &bulk.Problem{File: s.file, Line: 1, Column: title, Key: "import.column_twice"}
		}
		s.place[name] = i
	}
	for _, name := range needed[s.Kind] {
		if _, ok := s.place[name]; !ok {
			return &bulk.Problem{File: s.file, Line: 1, Column: name, Key: "import.column_missing"}
		}
	}
	return nil
}

func (s *sheet) day(typed string) string { return bulk.IsoDay(typed, s.excel) }

var sexes = map[string]string{"l": "m", "laki": "m", "pria": "m", "m": "m", "male": "m", "lk": "m", "p": "f", "perempuan": "f", "wanita": "f", "f": "f",
	"female": "f", "pr": "f"}

// sex reads «laki-laki» by its first word alone.
func (s *sheet) sex(typed string) string {
	if word, _, _ := strings.Cut(fold(typed), " "); word == "laki" {
		return "m"
	}
	return known(sexes, typed)
}

func (s *sheet) status(typed string) string {
	if typed == "" {
		return "open"
	}
	return known(map[string]string{"terbuka": "open", "buka": "open", "aktif": "open", "berjalan": "open", "active": "open", "tutup": "closed", "ditutup": "closed",
		"selesai": "closed", "done": "closed"}, typed)
}

func (s *sheet) risk(typed string) string {
	return known(map[string]string{"tidak ada": "none", "tanpa risiko": "none", "rendah": "low", "risiko rendah": "low", "sedang": "medium",
		"risiko sedang": "medium", "tinggi": "high", "risiko tinggi": "high"}, typed)
}

func (s *sheet) stage(typed string) string {
	if typed == "" {
		return "outreach"
	}
	return known(map[string]string{"penjangkauan": "outreach", "pendekatan awal": "engagement", "penerimaan": "engagement", "asesmen": "assessment",
		"perencanaan": "planning", "rencana": "planning", "intervensi": "intervention", "pelaksanaan": "intervention", "evaluasi": "evaluation", "terminasi": "termination",
		"pengakhiran": "termination"}, typed)
}

// known is the code of a word, or the word as it was typed, which the checks refuse where it is none.
func known(words map[string]string, typed string) string {
	if code, ok := words[fold(typed)]; ok {
		return code
	}
	return typed
}

// village reads a code, or the name of a kelurahan of the office's city where only one is called so.
func (s *sheet) village(typed string) string {
	if typed == "" || typed[0] >= '0' && typed[0] <= '9' {
		return typed
	}
	if s.villages == nil {
		s.villages = map[string]string{}
		for _, d := range region.Villages(s.actor.Office.Region) {
			for _, v := range d.Villages {
				key := fold(v.Name)
				if _, twice := s.villages[key]; twice {
					s.villages[key] = typed
					continue
				}
				s.villages[key] = v.Code
			}
		}
	}
	name := fold(typed)
	for _, word := range []string{"kelurahan ", "kel ", "desa "} {
		name = strings.TrimPrefix(name, word)
	}
	return known(s.villages, name)
}
