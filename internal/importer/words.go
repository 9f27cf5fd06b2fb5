package importer

import (
	"regexp"
	"strings"

	"teduh/internal/bulk"
	"teduh/internal/db"
	"teduh/internal/region"
)

// excelFrom1904 is how many days later Excel's other calendar begins.
const excelFrom1904 = 1462

func (s *sheet) day(c cell) string { return bulk.IsoDay(s.serial(c)) }

// birth may be known by its month or year alone; birthPrecision tells.
func (s *sheet) birth(c cell) string {
	day, precision := bulk.PartDay(s.serial(c))
	s.birthPrecision = precision
	return day
}

// serial is the number of a day in Excel's usual calendar.
func (s *sheet) serial(c cell) (text string, excel bool) {
	if c.number && s.from.From1904 {
		return addDays(c.text, excelFrom1904), true
	}
	return c.text, c.number
}

// small is a number as it is written on a door: a workbook may keep 3 as 003.
func (s *sheet) small(c cell) string { return strings.TrimPrefix(c.text, "'") }

// The words of offices for the closed sets, folded.
var (
	sexes = map[string]string{"l": "m", "laki": "m", "lelaki": "m", "pria": "m", "m": "m", "male": "m", "lk": "m", "man": "m", "p": "f", "perempuan": "f", "wanita": "f",
		"f": "f", "female": "f", "pr": "f", "woman": "f"}
	statuses = map[string]string{"terbuka": "open", "buka": "open", "dibuka": "open", "aktif": "open", "berjalan": "open", "proses": "open", "dalam proses": "open", "sedang ditangani": "open",
		"ditangani": "open", "active": "open", "ongoing": "open", "tutup": "closed", "ditutup": "closed", "selesai": "closed", "tuntas": "closed", "tertutup": "closed", "done": "closed",
		"finished": "closed"}
	risks = map[string]string{"tidak ada": "none", "tanpa risiko": "none", "tidak berisiko": "none", "rendah": "low", "risiko rendah": "low", "ringan": "low", "sedang": "medium",
		"risiko sedang": "medium", "menengah": "medium", "tinggi": "high", "risiko tinggi": "high", "berat": "high", "gawat": "high"}
	stages = map[string]string{"penjangkauan": "outreach", "aduan": "outreach", "pengaduan": "outreach", "pendekatan awal": "engagement", "penerimaan": "engagement", "kontrak": "engagement",
		"asesmen": "assessment", "assesmen": "assessment", "assesment": "assessment", "pengungkapan masalah": "assessment", "perencanaan": "planning", "rencana": "planning",
		"rencana intervensi": "planning", "intervensi": "intervention", "pelaksanaan": "intervention", "penanganan": "intervention", "pendampingan": "intervention", "konseling": "intervention",
		"evaluasi": "evaluation", "monitoring": "evaluation", "monitoring dan evaluasi": "evaluation", "terminasi": "termination", "pengakhiran": "termination"}
	religions = map[string]string{"islam": "islam", "muslim": "islam", "kristen": "protestant", "kristen protestan": "protestant", "protestan": "protestant", "katolik": "catholic",
		"katholik": "catholic", "kristen katolik": "catholic", "hindu": "hindu", "buddha": "buddhist", "budha": "buddhist", "konghucu": "confucian", "khonghucu": "confucian",
		"kong hu cu": "confucian", "kepercayaan": "belief", "penghayat": "belief", "penghayat kepercayaan": "belief"}
	maritals = map[string]string{"belum kawin": "single", "belum menikah": "single", "lajang": "single", "bujang": "single", "gadis": "single", "kawin": "married", "menikah": "married",
		"nikah": "married", "kawin tercatat": "married", "kawin belum tercatat": "married", "hidup bersama": "not_married_couple", "pisah": "separated", "pisah rumah": "separated",
		"cerai": "divorced", "cerai hidup": "divorced", "cerai mati": "widowed", "janda mati": "widowed", "duda mati": "widowed"}
	educations = map[string]string{"tidak sekolah": "none", "belum sekolah": "none", "tidak belum sekolah": "none", "tidak pernah sekolah": "none", "tidak tamat sd": "not_finished",
		"belum tamat sd": "not_finished", "sd": "primary", "mi": "primary", "sd sederajat": "primary", "tamat sd": "primary", "tamat sd sederajat": "primary", "paket a": "primary",
		"smp": "junior", "sltp": "junior", "mts": "junior", "smp sederajat": "junior", "sltp sederajat": "junior", "tamat smp": "junior", "paket b": "junior", "sma": "senior", "smk": "senior",
		"smu": "senior", "slta": "senior", "ma": "senior", "man": "senior", "stm": "senior", "sma sederajat": "senior", "slta sederajat": "senior", "tamat sma": "senior", "sma smk": "senior",
		"paket c": "senior", "d1": "diploma", "d2": "diploma", "d3": "diploma", "d i": "diploma", "d ii": "diploma", "d iii": "diploma", "diploma": "diploma", "akademi": "diploma",
		"s1": "bachelor", "d4": "bachelor", "d iv": "bachelor", "s 1": "bachelor", "strata i": "bachelor", "diploma iv strata i": "bachelor", "sarjana": "bachelor", "s2": "master",
		"s3": "master", "s 2": "master", "s 3": "master", "strata ii": "master", "strata iii": "master", "magister": "master", "doktor": "master"}
)

// The doors beside their names in the catalogs, and the confidentialities by their numbers.
var (
	channels = map[string]string{"datang": "walk_in", "datang sendiri": "walk_in", "langsung": "walk_in", "telpon": "phone", "telp": "phone", "hp": "phone", "wa": "whatsapp", "rujukan": "referral_in",
		"aduan": "outreach", "mobil": "mobile_unit", "medsos": "social_media", "website": "portal", "situs web": "portal", "daring": "portal", "online": "portal", "penyuluhan": "event"}
	confidentialities = map[string]string{"ordinary": "1", "biasa": "1", "restricted": "2", "terbatas": "2", "secret": "3", "rahasia": "3", "sangat rahasia": "3"}
)

// known is the code of a word, or the word as it was typed: the checks refuse it where the set is closed.
func known(words map[string]string, typed string) string {
	if code, ok := words[fold(typed)]; ok {
		return code
	}
	return typed
}

// sex reads «laki-laki» by its first word alone.
func (s *sheet) sex(c cell) string {
	if word, _, _ := strings.Cut(fold(c.text), " "); word == "laki" {
		return "m"
	}
	return known(sexes, c.text)
}

func (s *sheet) risk(c cell) string      { return known(risks, c.text) }
func (s *sheet) religion(c cell) string  { return known(religions, c.text) }
func (s *sheet) marital(c cell) string   { return known(maritals, c.text) }
func (s *sheet) education(c cell) string { return known(educations, c.text) }

// status is open where nothing is written, but closed where a day of closing is.
func (s *sheet) status(c cell) string { return known(statuses, c.text) }

// numbered is «3. Asesmen» or «25 - Keluarga …».
var numbered = regexp.MustCompile(`^\s*(\d{1,2})\s*[.):–-]\s*(.*)$`)

func (s *sheet) stage(c cell) string {
	text := c.text
	if m := numbered.FindStringSubmatch(text); m != nil {
		text = m[2]
	}
	if text == "" {
		return "outreach"
	}
	return known(stages, text)
}

// channel is walk_in where nothing is written, as on the page.
func (s *sheet) channel(c cell) string {
	if c.text == "" {
		return "walk_in"
	}
	if code, ok := s.channels[fold(c.text)]; ok {
		return code
	}
	return known(channels, c.text)
}

// confidentiality is ordinary where nothing is written. A number may stand before its word.
func (s *sheet) confidentiality(c cell) string {
	if m := numbered.FindStringSubmatch(c.text); m != nil {
		return m[1]
	}
	if c.text == "" {
		return "1"
	}
	return known(confidentialities, c.text)
}

// categoryCode reads a number, a name of the office's list in either language, or both.
func (s *sheet) categoryCode(c cell) string {
	if code, ok := s.categories[fold(c.text)]; ok {
		return code
	}
	if m := numbered.FindStringSubmatch(c.text); m != nil {
		return strings.TrimLeft(m[1], "0")
	}
	return c.text
}

// village reads a code, or the name of a kelurahan of the office's city where only one is called so, in the district that
// stands beside it where one does.
func (s *sheet) village(typed, district string) string {
	if typed == "" || typed[0] >= '0' && typed[0] <= '9' {
		return typed
	}
	if s.villages == nil {
		s.nameVillages()
	}
	name := squeezed(typed, "kelurahan", "kel", "desa")
	if code := s.villages[squeezed(district, "kecamatan", "kec")+"/"+name]; district != "" && code != "" {
		return code
	}
	if code := s.villages[name]; code != "" {
		return code
	}
	return typed
}

// nameVillages learns the names of the city's villages, alone and behind their district; one that two bear is unknown alone.
func (s *sheet) nameVillages() {
	s.villages = map[string]string{}
	for _, d := range region.Villages(s.actor.Office.Region) {
		for _, v := range d.Villages {
			key := squeezed(v.Name)
			if _, twice := s.villages[key]; twice {
				s.villages[key] = ""
			} else {
				s.villages[key] = v.Code
			}
			s.villages[squeezed(d.Name)+"/"+key] = v.Code
		}
	}
}

// squeezed is a place's name without the word for its kind and without blanks: «Kel. Tanjung Pinang Barat» is
// «Tanjungpinang Barat».
func squeezed(name string, kinds ...string) string {
	name = fold(name)
	for _, kind := range kinds {
		if rest, ok := strings.CutPrefix(name, kind+" "); ok {
			name = rest
			break
		}
	}
	return strings.ReplaceAll(name, " ", "")
}

// birthByAge is a birth that is only guessed: so many years before today.
func birthByAge(age int, today db.Date) db.Date { return today.AddMonths(-12 * age) }
