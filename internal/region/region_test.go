package region_test

import (
	"fmt"
	"slices"
	"testing"

	"teduh/internal/region"
)

// The numbers of Kepmendagri 300.2.2-2138/2025.
func TestTheWholeCountryIsThere(t *testing.T) {
	t.Parallel()
	var provinces, regencies, districts, villages int
	for _, p := range region.Children("") {
		provinces++
		for _, r := range region.Children(p.Code) {
			regencies++
			for _, d := range region.Villages(r.Code) {
				districts++
				villages += len(d.Villages)
			}
			if got, want := len(region.Children(r.Code)), len(region.Villages(r.Code)); got != want {
				t.Errorf("%s has %d districts as children, %d with their villages", r.Code, got, want)
			}
		}
	}
	got := fmt.Sprint(provinces, regencies, districts, villages)
	if want := "38 514 7285 83762"; got != want {
		t.Errorf("provinces, regencies, districts, villages: %s, want %s", got, want)
	}
}

func TestEveryRegionIsFoundByItsCode(t *testing.T) {
	t.Parallel()
	for _, p := range region.Children("") {
		for _, r := range region.Children(p.Code) {
			for _, d := range region.Children(r.Code) {
				for _, v := range append(region.Children(d.Code), d, r, p) {
					if name, ok := region.Name(v.Code); !ok || name != v.Name || name == "" {
						t.Fatalf("%s is %q, want %q", v.Code, name, v.Name)
					}
				}
			}
		}
	}
}

// The 18 kelurahan of Kota Tanjungpinang in its four districts.
func TestTanjungpinang(t *testing.T) {
	t.Parallel()
	want := map[string][]string{
		"Tanjung Pinang Barat": {"Tanjung Pinang Barat", "Kemboja", "Kampung Baru", "Bukit Cermin"},
		"Tanjung Pinang Timur": {"Melayu Kota Piring", "Kampung Bulang", "Air Raja", "Batu IX", "Pinang Kencana"},
		"Tanjung Pinang Kota":  {"Tanjung Pinang Kota", "Senggarang", "Penyengat", "Kampung Bugis"},
		"Bukit Bestari":        {"Tanjung Pinang Timur", "Dompak", "Tanjung Ayun Sakti", "Sei Jang", "Tanjung Unggat"},
	}
	total := 0
	for _, d := range region.Villages("21.72") {
		var got []string
		for _, v := range d.Villages {
			got = append(got, v.Name)
			total++
		}
		if !slices.Equal(got, want[d.Name]) {
			t.Errorf("%s has %q, want %q", d.Name, got, want[d.Name])
		}
	}
	if total != 18 {
		t.Errorf("%d kelurahan, want 18", total)
	}
}

func TestVillagesOfOneDistrict(t *testing.T) {
	t.Parallel()
	groups := region.Villages("21.72.03")
	if len(groups) != 1 || groups[0].Name != "Tanjung Pinang Kota" || len(groups[0].Villages) != 4 {
		t.Errorf("villages of a district: %+v", groups)
	}
	if got := region.Villages("21.72.03.1004"); len(got) != 0 {
		t.Errorf("villages of a village: %+v", got)
	}
}

func TestPath(t *testing.T) {
	t.Parallel()
	var names []string
	for _, r := range region.Path("21.72.03.1004") {
		names = append(names, r.Name)
	}
	want := []string{"Kepulauan Riau", "Kota Tanjung Pinang", "Tanjung Pinang Kota", "Penyengat"}
	if !slices.Equal(names, want) {
		t.Errorf("path %q, want %q", names, want)
	}
	if got := len(region.Path("21")); got != 1 {
		t.Errorf("a province's path has %d steps", got)
	}
}

func TestTheLastOfAllIsReached(t *testing.T) {
	t.Parallel()
	provinces := region.Children("")
	last := provinces[len(provinces)-1]
	for {
		children := region.Children(last.Code)
		if len(children) == 0 {
			break
		}
		last = children[len(children)-1]
	}
	if level, _ := region.LevelOf(last.Code); level != region.Village || !region.Valid(last.Code) {
		t.Errorf("the last region is %+v", last)
	}
}

func TestWhatDoesNotExist(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"", "0", "99", "2", "21.", "21.7", "21.73", "21.72.", "21.72.99", "21.72.01.9999",
		"21.72.01.10011", "21/72", "2172", "abc", "21.72\n", "97.99", "\xff", "21.72\tKota"} {
		if region.Valid(code) {
			t.Errorf("%q is valid", code)
		}
		if path := region.Path(code); path != nil {
			t.Errorf("%q has the path %v", code, path)
		}
		if code != "" && len(region.Children(code)) > 0 {
			t.Errorf("%q has children", code)
		}
		if code != "" && len(region.Villages(code)) > 0 {
			t.Errorf("%q has villages", code)
		}
	}
}

func TestParentAndLevel(t *testing.T) {
	t.Parallel()
	table := []struct {
		code, parent string
		level        region.Level
		ok           bool
	}{
		{"21.72.01.1001", "21.72.01", region.Village, true},
		{"21.72.01", "21.72", region.District, true},
		{"21.72", "21", region.Regency, true},
		{"21", "", region.Province, true},
		{"", "", region.Country, true},
		{"2172", "", 0, false},
		{"21.72.01.100", "", 0, false},
		{"aa", "", 0, false},
	}
	for _, row := range table {
		level, ok := region.LevelOf(row.code)
		if level != row.level || ok != row.ok || region.Parent(row.code) != row.parent {
			t.Errorf("%q: level %d %v, parent %q", row.code, level, ok, region.Parent(row.code))
		}
	}
}

func TestSearch(t *testing.T) {
	t.Parallel()
	table := []struct {
		typed, under string
		want         []string
	}{
		{"sengg", "21.72", []string{"Senggarang"}},
		{"tanjungpinang b", "21.72", []string{"Tanjung Pinang Barat", "Tanjung Pinang Barat"}}, // district and kelurahan
		{"PINANG KENCANA", "21.72", []string{"Pinang Kencana"}},
		{"kencana", "21.72", []string{"Pinang Kencana"}},
		{"encana", "21.72", nil},
		{"kota tanjung", "", []string{"Kota Tanjungbalai", "Kota Tanjung Pinang"}},
		{"", "21.72", nil},
		{"  -", "21.72", nil},
		{"penyengat", "21.73", nil},
	}
	for _, row := range table {
		var got []string
		for _, r := range region.Search(row.typed, row.under, 100) {
			got = append(got, r.Name)
		}
		if row.under == "" {
			got = slices.DeleteFunc(got, func(n string) bool { return n[:5] != "Kota " })
		}
		if !slices.Equal(got, row.want) {
			t.Errorf("%q under %q finds %q, want %q", row.typed, row.under, got, row.want)
		}
	}
	if got := len(region.Search("a", "", 10)); got != 10 {
		t.Errorf("a limit of 10 gives %d", got)
	}
}

func FuzzCode(f *testing.F) {
	f.Add("21.72.01.1001", "tanjung")
	f.Add("21.7", "\xff")
	f.Fuzz(func(t *testing.T, code, typed string) {
		if name, ok := region.Name(code); ok != (name != "") {
			t.Errorf("Name(%q) = %q, %v", code, name, ok)
		}
		if region.Valid(code) != (region.Path(code) != nil) {
			t.Errorf("%q: valid %v, path %v", code, region.Valid(code), region.Path(code))
		}
		region.Villages(code)
		region.Children(code)
		for _, r := range region.Search(typed, code, 5) {
			if !region.Valid(r.Code) {
				t.Errorf("Search(%q, %q) finds %+v", typed, code, r)
			}
		}
	})
}

func BenchmarkName(b *testing.B) {
	for b.Loop() {
		region.Name("53.07.01.2021")
	}
}

func BenchmarkVillages(b *testing.B) {
	for b.Loop() {
		region.Villages("21.72")
	}
}

func BenchmarkSearchCountry(b *testing.B) {
	for b.Loop() {
		region.Search("zzz", "", 20)
	}
}

// The data is read where it lies in the program: a look-up keeps and parses
// nothing.
func TestLookingUpAllocatesNothing(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { region.Name("53.07.01.2021") }); n != 0 {
		t.Errorf("a look-up allocates %v times", n)
	}
}
