// Package region knows the administrative regions of Indonesia: provinces,
// regencies and cities, districts, and villages (desa and kelurahan), with the
// codes and names of Kepmendagri 300.2.2-2138/2025.
//
// A code tells its own place in the tree: 21.72.01.1001 is a village of the
// district 21.72.01, of the city 21.72, of the province 21. RT and RW stand in
// no national list; an office keeps its own.
//
// The data (see NOTICE) is one sorted text of 2.2 MB that is part of the
// program. Nothing is parsed, neither at start nor later: a code is found by
// binary search in the text itself, a tree is a stretch of lines, and the
// system loads from the program's file only the pages that are looked at.
//
// Name and Path answer for one code, Children and Villages fill a form's
// choices, Search completes what is typed. Used by everything with an address.
package region

import (
	_ "embed"
	"iter"
	"sort"
	"strings"
	"unicode"
)

// Region is a province, a regency or city, a district or a village.
type Region struct {
	Code string // 21, 21.72, 21.72.01 or 21.72.01.1001
	Name string // «Kepulauan Riau», «Kota Tanjungpinang», …
}

// Level is the depth of a region in the tree.
type Level int

// The four levels, and the country above them.
const (
	Country Level = iota
	Province
	Regency // kabupaten or kota
	District
	Village // desa or kelurahan
)

// WithVillages is a district with its villages.
type WithVillages struct {
	Region
	Villages []Region
}

// regions holds a line «code TAB name» for each region, sorted by bytes, so
// that each region stands right before everything inside it. Made by
// scripts/regions.
//
//go:embed regions.tsv
var regions string

// widths are the lengths of a code at each level.
var widths = [...]int{Country: 0, Province: 2, Regency: 5, District: 8, Village: 13}

// LevelOf tells the level of a code by its form; false when it has no code's
// form. Whether such a region exists is for Valid to say.
func LevelOf(code string) (Level, bool) {
	for i, r := range []byte(code) {
		dot := i == 2 || i == 5 || i == 8
		if dot != (r == '.') || !dot && (r < '0' || r > '9') {
			return 0, false
		}
	}
	for level, width := range widths {
		if len(code) == width {
			return Level(level), true
		}
	}
	return 0, false
}

// Valid tells whether the region exists.
func Valid(code string) bool {
	_, ok := Name(code)
	return ok
}

// IsVillage tells whether the code is that of a known village.
func IsVillage(code string) bool {
	level, ok := LevelOf(code)
	return ok && level == Village && Valid(code)
}

// Name returns the name of a region.
func Name(code string) (string, bool) {
	if code == "" {
		return "", false
	}
	r, _ := at(find(code))
	if r.Code != code {
		return "", false
	}
	return r.Name, true
}

// Parent is the code of the region around one; empty for a province and for
// what is no code.
func Parent(code string) string {
	level, ok := LevelOf(code)
	if !ok || level <= Province {
		return ""
	}
	return code[:widths[level-1]]
}

// Path lists the regions from the province down to the one asked for; nil when
// it does not exist.
func Path(code string) []Region {
	if !Valid(code) {
		return nil
	}
	level, _ := LevelOf(code)
	path := make([]Region, 0, level)
	for l := Province; l <= level; l++ {
		part := code[:widths[l]]
		name, _ := Name(part)
		path = append(path, Region{Code: part, Name: name})
	}
	return path
}

// Children lists the regions directly inside one, by code; the provinces for
// an empty code, none for a village and for what does not exist.
func Children(code string) []Region {
	level, ok := LevelOf(code)
	if !ok || level == Village {
		return nil
	}
	var children []Region
	for offset := find(code + "."[:min(1, len(code))]); ; {
		child, _ := at(offset)
		if child.Code == "" || !within(child.Code, code) {
			return children
		}
		children = append(children, child)
		offset = find(child.Code + "/") // the sign after the full stop: past all inside
	}
}

// Villages lists the villages of a regency or city by district; empty when it
// does not exist. Of a district it lists that one alone.
func Villages(code string) []WithVillages {
	var groups []WithVillages
	if level, _ := LevelOf(code); level == District && Valid(code) {
		name, _ := Name(code)
		groups = append(groups, WithVillages{Region: Region{Code: code, Name: name}})
	}
	for r := range inside(code) {
		switch level, _ := LevelOf(r.Code); level {
		case District:
			groups = append(groups, WithVillages{Region: r})
		case Village:
			last := &groups[len(groups)-1]
			last.Villages = append(last.Villages, r)
		}
	}
	return groups
}

// Search lists, by code and up to limit, the regions inside under (the whole
// country when empty) in whose name a word begins with what was typed. Case,
// spaces and signs do not count: «tanjungpinang b» finds Tanjung Pinang Barat.
func Search(typed, under string, limit int) []Region {
	wanted := letters(typed)
	if wanted == "" {
		return nil
	}
	var found []Region
	for r := range inside(under) {
		if len(found) >= limit {
			break
		}
		if named(r.Name, wanted) {
			found = append(found, r)
		}
	}
	return found
}

// letters keeps the letters and digits of a name, small.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// named tells whether a word of the name begins the letters wanted.
func named(name, wanted string) bool {
	inWord := false
	for i, r := range name {
		isPart := unicode.IsLetter(r) || unicode.IsDigit(r)
		if isPart && !inWord && begins(name[i:], wanted) {
			return true
		}
		inWord = isPart
	}
	return false
}

// begins compares letters only, without making a copy of every name.
func begins(name, wanted string) bool {
	next := strings.NewReader(wanted)
	for _, r := range name {
		if next.Len() == 0 {
			break
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		if w, _, _ := next.ReadRune(); w != unicode.ToLower(r) {
			return false
		}
	}
	return next.Len() == 0
}

// within tells whether a region is inside another one; all are in the country.
func within(code, outer string) bool {
	return outer == "" || len(code) > len(outer) && code[len(outer)] == '.' && strings.HasPrefix(code, outer)
}

// inside goes through all regions inside one, by code.
func inside(outer string) iter.Seq[Region] {
	return func(yield func(Region) bool) {
		offset := 0
		if outer != "" {
			offset = find(outer + ".")
		}
		for {
			r, next := at(offset)
			if r.Code == "" || !within(r.Code, outer) || !yield(r) {
				return
			}
			offset = next
		}
	}
}

// at reads the line that starts at an offset, and says where the next starts.
// After the last line the region is empty.
func at(offset int) (r Region, next int) {
	line, _, _ := strings.Cut(regions[offset:], "\n")
	r.Code, r.Name, _ = strings.Cut(line, "\t")
	return r, min(offset+len(line)+1, len(regions))
}

// find returns the offset of the first line whose code is not before code.
func find(code string) int {
	// Every offset stands for the line that begins at it or next after it.
	offset := sort.Search(len(regions), func(i int) bool {
		start := lineFrom(i)
		r, _ := at(start)
		return r.Code == "" || r.Code >= code
	})
	return lineFrom(offset)
}

// lineFrom returns the start of the first line that begins at i or after it.
func lineFrom(i int) int {
	if i == 0 || i >= len(regions) {
		return min(i, len(regions))
	}
	end := strings.IndexByte(regions[i-1:], '\n')
	if end < 0 {
		return len(regions)
	}
	return i + end
}
