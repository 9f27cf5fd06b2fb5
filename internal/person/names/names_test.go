package names_test

import (
	"slices"
	"testing"

	"teduh/internal/person/names"
)

// finds tells whether a search finds a stored name, by both halves of the
// search: the row to walk and the check of the other words.
func finds(t *testing.T, query, name string) bool {
	t.Helper()
	q, ok := names.Parse(query)
	if !ok {
		return false
	}
	entry := names.Index(name)
	match := q.Match(entry.Text)
	if match && !slices.Contains(entry.Prefixes, q.Anchor) {
		t.Errorf("%q accepts %q but %q is none of its prefixes %q", query, name, q.Anchor, entry.Prefixes)
	}
	return match
}

// The same name in the spelling of 1901 or 1947 and in that of 1972, as both
// stand in books, on street signs and in registers.
var oldAndNew = [][2]string{
	{"Soekarno", "Sukarno"},
	{"Soeharto", "Suharto"},
	{"Soetjipto", "Sucipto"},
	{"Tjokroaminoto", "Cokroaminoto"},
	{"Djuanda", "Juanda"},
	{"Djoko", "Joko"},
	{"Sjahrir", "Syahrir"},
	{"Njoto", "Nyoto"},
	{"Jusuf", "Yusuf"},
	{"Joesoef", "Yusuf"},
	{"Chairil Anwar", "Khairil Anwar"},
	{"Achmad Soebardjo", "Akhmad Subarjo"},
	{"Achmad Soebardjo", "Ahmad Subarjo"},
	{"Tjipto Mangoenkoesoemo", "Cipto Mangunkusumo"},
	{"Ki Hadjar Dewantara", "Ki Hajar Dewantara"},
	{"Oerip Soemohardjo", "Urip Sumoharjo"},
	{"Wahidin Soedirohoesodo", "Wahidin Sudirohusodo"},
	{"Hasjim Asj'ari", "Hasyim Asy'ari"},
	{"Agoes Salim", "Agus Salim"},
	{"Tjoet Nja Dhien", "Cut Nya Dien"},
	{"Thamrin", "Tamrin"},
	{"Sudharmono", "Sudarmono"},
	{"Radjiman", "Rajiman"},
	{"Sosrodjojo", "Sosrojoyo"},
	{"Pandji", "Panji"},
	{"Pattimura", "Patimura"},
	// The words by which the spelling laws show their letters.
	{"djari", "jari"},
	{"tjoetji", "cuci"},
	{"pajah", "payah"},
	{"njamoek", "nyamuk"},
	{"sjarat", "syarat"},
	{"achir", "akhir"},
	{"oemoer", "umur"},
	// Both are usual today.
	{"Chandra", "Candra"},
}

func TestOldSpellingEqualsNew(t *testing.T) {
	t.Parallel()
	for _, pair := range oldAndNew {
		for _, dir := range [][2]string{{pair[0], pair[1]}, {pair[1], pair[0]}} {
			if !finds(t, dir[0], dir[1]) {
				t.Errorf("%q does not find %q", dir[0], dir[1])
			}
		}
		if got := names.Similar(pair[0], pair[1]); got != 1 {
			t.Errorf("Similar(%q, %q) = %v, want 1", pair[0], pair[1], got)
		}
	}
}

// A «j» may be the old y or the new j, but what was written dj is no y.
func TestJIsOldYOrNewJ(t *testing.T) {
	t.Parallel()
	table := map[[2]string]bool{
		{"Djoko", "Joko"}: true, {"Joko", "Djoko"}: true,
		{"Joko", "Yoko"}: true, {"Yoko", "Joko"}: true,
		{"Djoko", "Yoko"}: false, {"Yoko", "Djoko"}: false,
	}
	for pair, want := range table {
		if got := finds(t, pair[0], pair[1]); got != want {
			t.Errorf("%q finds %q: %v, want %v", pair[0], pair[1], got, want)
		}
	}
}

func TestSearch(t *testing.T) {
	t.Parallel()
	table := []struct {
		query, name string
		want        bool
	}{
		{"santoso budi", "Budi Santoso", true},
		{"san bu", "Budi Santoso", true},
		{"budi x", "Budi Santoso", false},
		{"udi", "Budi Santoso", false},
		{"budi santosa", "Budi Santoso", false},
		{"SITI NURHALIZA", "Siti Nurhaliza", true},
		{"ma'ruf", "Maruf", true},
		{"maruf", "Ma’ruf Amin", true},
		{"syafii", "Syafi`i", true},
		{"renee", "Renée", true},
		{"soet", "Soetjipto", true},
		{"so", "Soetjipto", true},
		{"s", "Sucipto", true},
		{"t", "Tjahjo", true},
		{"c", "Tjahjo", true},
		{"cahyo", "Tjahjo Kumolo", true},
		{"wirjo", "Siti Aminah", false},
		{"حسن", "حسن", true},
		{"陳", "陳大文", true},
		// Muhammad in all his spellings.
		{"muhammad ali", "M. Ali", true},
		{"muhammad ali", "Moh. Ali", true},
		{"mohamad ali", "Muh. Ali", true},
		{"mhd ali", "Mohammad Ali", true},
		{"moch. ali", "Muhamad Ali", true},
		{"m ali", "Mochammad Ali", true},
		{"mohd", "Muhammad", true},
		{"moham", "Muhammad", true},
		{"muh", "Mohamed", true},
		{"moeh", "Mohammad", true},
		{"muhammad", "Maria", false},
		{"mukhtar", "Muhammad", false},
		// Titles are no names,
		{"ir soekarno", "Sukarno", true},
		{"soekarno", "Ir. Sukarno", true},
		{"hj. aminah", "Aminah", true},
		{"aminah", "Hj. Siti Aminah, S.Sos., M.Si", true},
		{"sri wahyuni s.sos", "Sri Wahyuni", true},
		{"sri wahyuni, SH, MH", "Sri Wahyuni", true},
		{"ahmad bin ali", "Ahmad Ali", true},
		{"dra sri", "Sri", true},
		{"hj", "Hj. Siti Aminah, S.Sos", true},
		{"ssos", "Hj. Siti Aminah, S.Sos", true},
		// but what is typed last may be a name just begun,
		{"ir", "Irwan", true},
		{"budi ir", "Budi Irawan", true},
		{"bin", "Bintang", true},
		{"ahmad bin", "Ahmad bin Ali", true},
		{"dr", "Drajat", true},
		// and a name that is nothing but a title is a name.
		{"haji", "Haji", true},
		{"ma", "Ma Ling", true},
		{"se", "Se Ma", true},
	}
	for _, row := range table {
		if got := finds(t, row.query, row.name); got != row.want {
			t.Errorf("%q finds %q: %v, want %v", row.query, row.name, got, row.want)
		}
	}
}

func TestNothingTypedIsNoQuery(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"", "  ", "?!", "\x00", "\xff", "…"} {
		if q, ok := names.Parse(typed); ok {
			t.Errorf("%q makes the query %+v", typed, q)
		}
	}
}

func TestKeySortsWithoutTitlesAndMarks(t *testing.T) {
	t.Parallel()
	table := map[string]string{
		"Budi Santoso":                 "budi santoso",
		"  H. Abdul   Gafur ":          "abdul gafur",
		"Drs. H. Ahmad bin Ali, M.Si.": "ahmad ali",
		"dr. Sri-Wahyuni, Sp.A":        "sri wahyuni",
		"Sri Wahyuni S. Sos.":          "sri wahyuni",
		"Ma'ruf":                       "maruf",
		"Ma´ruf":                       "maruf",
		"RENÉE Ångström":               "renee angstrom",
		"M.Ali":                        "m ali",
		"Siti H. Aminah":               "siti h aminah", // an initial, here
		"Ali Ma":                       "ali ma",        // a family name, here
		"Soekarno":                     "soekarno",      // as the family writes it
		"Hajjah":                       "hajjah",
		"Bunga (nama samaran)":         "bunga nama samaran",
		"Siti\u200bAminah":             "sitiaminah",
		"Anak 2":                       "anak 2",
		"???":                          "",
	}
	for name, want := range table {
		if got := names.Key(name); got != want {
			t.Errorf("Key(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestPrefixesAreOfWordsAsWrittenAndAsSpelledToday(t *testing.T) {
	t.Parallel()
	got := names.Index("Soetjipto").Prefixes
	want := []string{"s", "so", "soe", "soet", "su", "suc", "suci", "so+su"}
	if !slices.Equal(got, want) {
		t.Errorf("prefixes %q, want %q", got, want)
	}
	got = names.Index("Budi", "Bude").Prefixes
	if want := []string{"b", "bu", "bud", "bude", "budi"}; !slices.Equal(got, want) {
		t.Errorf("prefixes with an alias %q, want %q", got, want)
	}
	got = names.Index("Siti Nur Ai").Prefixes
	want = []string{"a", "ai", "n", "nu", "nur", "s", "si", "sit", "siti", "a+nur", "a+sit", "ai+nu", "ai+si", "n+sit", "nu+si", "nur+s"}
	if !slices.Equal(got, want) {
		t.Errorf("prefixes of three words %q, want %q", got, want)
	}
}

func TestAliasesAreFoundAndDoNotSort(t *testing.T) {
	t.Parallel()
	entry := names.Index("Soekarno", "Kusno", "Bung Karno")
	if entry.Key != "soekarno" {
		t.Errorf("key %q", entry.Key)
	}
	for _, query := range []string{"kusno", "koesno", "karno", "soekarno kusno"} {
		q, ok := names.Parse(query)
		if !ok || !q.Match(entry.Text) || !slices.Contains(entry.Prefixes, q.Anchor) {
			t.Errorf("%q does not find the person by an alias", query)
		}
	}
}

func TestAnchorIsTheTwoRarestWordsOrOne(t *testing.T) {
	t.Parallel()
	table := map[string]string{
		"siti bu":               "bu+si",
		"siti b":                "b+sit", // a word just begun is one of a pair
		"siti s":                "siti",  // but not with its own letter
		"siti sim":              "sim",   // nor are two words that begin alike
		"b s":                   "b",     // nor two single letters
		"muhammad rizki":        "mu+ri",
		"budi santosowidjojo":   "bu+sa",
		"soetjipto":             "suci",
		"djokosusilo":           "yoko", // j and y lead to one row
		"tj":                    "kh",   // c, and ch where it may be c
		"muhammad":              "muha",
		"a":                     "a",
		"abdul gani":            "ab+ga",
		"siti muhammad":         "mu+si",
		"nur aisyahrani fatima": "ai+fa",
	}
	for typed, want := range table {
		if q, _ := names.Parse(typed); q.Anchor != want {
			t.Errorf("anchor of %q is %q, want %q", typed, q.Anchor, want)
		}
	}
}

func TestWordsAreOneForAllSpellings(t *testing.T) {
	t.Parallel()
	same := [][]string{
		{"Moh. Soetjipto", "Muhammad Sucipto", "H. M. Soetjipto, S.Sos", "Mochamad Sutjipto"},
		{"Djuanda", "Juanda"},
		{"Jusuf", "Yusuf", "Joesoef"},
	}
	for _, group := range same {
		want := names.Words(group[0])
		for _, name := range group[1:] {
			if got := names.Words(name); !slices.Equal(got, want) {
				t.Errorf("Words(%q) = %q, of %q %q", name, got, group[0], want)
			}
		}
	}
	if slices.Equal(names.Words("Sucipto"), names.Words("Suciptono")) {
		t.Error("a word and its beginning have the same token")
	}
}
