package app_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// floors tells how high each package stands; imports go downwards, or stay on a floor where it is no domain.
var floors = map[string]int{
	"cmd/teduh":                   90,
	"internal/bench":              85,
	"internal/screenshots":        85,
	"internal/conformance":        85,
	"internal/app":                80,
	"internal/ops":                72,
	"internal/demo":               70,
	"internal/day":                65,
	"internal/search":             64,
	"internal/calendar":           64,
	"internal/importer":           63,
	"internal/intake":             62,
	"internal/inbound":            63,
	"internal/supervision":        61,
	"internal/carry":              61,
	"internal/assessment":         60,
	"internal/practice":           59,
	"internal/instrument":         59,
	"internal/attachment":         58,
	"internal/group":              57,
	"internal/partnerdesk":        62,
	"internal/referral":           61,
	"internal/letter":             56,
	"internal/genogram":           52,
	"internal/casefile":           50,
	"internal/partner":            44,
	"internal/partner/exchange":   45,
	"internal/report":             41,
	"internal/person":             40,
	"internal/unit":               35,
	"internal/apidoc":             34,
	"internal/access":             32,
	"internal/journal":            31,
	"internal/vault":              30,
	"internal/instrument/scoring": 24,
	"internal/genogram/drawing":   24,
	"internal/letter/paper":       20,
	"internal/referral/network":   24,
	"internal/bulk":               23,
	"internal/questions":          23,
	"internal/web":                22,
	"internal/ui":                 21,
	"internal/i18n":               20,
	"internal/person/names":       20,
	"internal/person/nik":         20,
	"internal/person/phone":       20,
	"internal/form":               20,
	"internal/form/edit":          21,
	"internal/form/expr":          19,
	"internal/form/xlsform":       21,
	"internal/mask":               20,
	"internal/partner/hours":      20,
	"internal/partner/hsds":       21,
	"internal/region":             19,
	"web/static":                  10,
	"internal/db":                 2,
	"internal/fault":              1,

	"internal/practice/attainment": 24,
}

func TestImportsGoDownwards(t *testing.T) {
	t.Parallel()
	seen := 0
	err := filepath.WalkDir("../..", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		dir := filepath.ToSlash(strings.TrimPrefix(filepath.Dir(path), "../../"))
		if strings.HasPrefix(dir, "internal/testkit") || strings.HasPrefix(dir, ".") {
			return nil
		}
		from, known := floors[dir]
		if !known {
			t.Errorf("%s stands on no floor: give it one", dir)
		}
		seen++
		for _, to := range imports(t, path) {
			if strings.HasPrefix(to, "internal/testkit") && dir == "internal/screenshots" {
				continue // it looks at pages with the browser of the tests
			}
			if floor, ok := floors[to]; !ok || floor >= from {
				t.Errorf("%s imports upwards: %s", path, to)
			}
		}
		return nil
	})
	if err != nil || seen < 60 {
		t.Errorf("%d files read: %v", seen, err)
	}
}

func imports(t *testing.T, path string) (ours []string) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range f.Imports {
		name, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if rest, ok := strings.CutPrefix(name, "teduh/"); ok {
			ours = append(ours, rest)
		}
	}
	return ours
}
