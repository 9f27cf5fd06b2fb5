package i18n_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	templ "github.com/a-h/templ/parser/v2"
	"github.com/a-h/templ/parser/v2/visitor"

	"teduh/internal/i18n"
)

// keyArgument names the calls whose argument at this position is a key: those
// of this package, the constructors of fault, and Field of fault's Checks,
// whatever the variable is called.
var keyArgument = map[string]int{
	"i18n.T": 1, "fault.Conflict": 1, "fault.Field": 2, ".Field": 3,
}

var looksLikeKey = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$`)

// source is what the module's Go code (generated templates included) says
// about keys. Tests count as no use of a key.
type source struct {
	asked    map[string]token.Position // keys that must exist
	strings  map[string]bool           // every string literal
	families []string
	given    []givenArgs
}

// givenArgs is a call of T whose names are all in sight.
type givenArgs struct {
	key   string
	names []string
	at    token.Position
}

func TestEveryKeyIsKnownUsedAndSaidAlikeInBothLanguages(t *testing.T) {
	src := readSource(t, moduleRoot(t))
	for key, at := range src.asked {
		if !i18n.Has(key) {
			t.Errorf("%s: key %q stands in no catalog", at, key)
		}
	}
	indonesian, english := i18n.Keys(i18n.ID), i18n.Keys(i18n.EN)
	for _, key := range indonesian {
		if !slices.Contains(english, key) {
			t.Errorf("%q is missing in English", key)
		}
		if !src.uses(key) {
			t.Errorf("%q is used nowhere", key)
		}
		id, en := i18n.Placeholders(i18n.ID, key), i18n.Placeholders(i18n.EN, key)
		if !slices.Equal(id, en) {
			t.Errorf("%q: placeholders differ: id %v, en %v", key, id, en)
		}
	}
	for _, key := range english {
		if !slices.Contains(indonesian, key) {
			t.Errorf("%q is missing in Indonesian", key)
		}
	}
}

func TestCallsGiveTheNamesTheirTextWaitsFor(t *testing.T) {
	for _, call := range readSource(t, moduleRoot(t)).given {
		for _, name := range i18n.Placeholders(i18n.ID, call.key) {
			if !slices.Contains(call.names, name) {
				t.Errorf("%s: %q waits for %q", call.at, call.key, name)
			}
		}
	}
}

func TestTemplatesHoldNoTextOfTheirOwn(t *testing.T) {
	for _, file := range filesOf(t, moduleRoot(t), ".templ") {
		for _, text := range textOf(t, file) {
			t.Errorf("%s: %q belongs into the catalogs", file, text)
		}
	}
}

func (s *source) uses(key string) bool {
	return s.strings[key] || slices.ContainsFunc(s.families, func(prefix string) bool {
		return strings.HasPrefix(key, prefix)
	})
}

func readSource(t *testing.T, root string) *source {
	t.Helper()
	s := &source{asked: map[string]token.Position{}, strings: map[string]bool{}}
	files := token.NewFileSet()
	for _, name := range filesOf(t, root, ".go") {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(files, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		inside := file.Name.Name == "i18n"
		ast.Inspect(file, func(n ast.Node) bool {
			s.look(n, files, inside)
			return true
		})
	}
	return s
}

func (s *source) look(n ast.Node, files *token.FileSet, inside bool) {
	switch n := n.(type) {
	case *ast.BasicLit:
		if text, ok := literal(n); ok {
			s.strings[text] = true
		}
	case *ast.CallExpr:
		s.lookAtCall(n, files, inside)
	case *ast.KeyValueExpr:
		field, isName := n.Key.(*ast.Ident)
		text, isText := literal(n.Value)
		if isName && isText && strings.HasSuffix(field.Name, "Key") && looksLikeKey.MatchString(text) {
			s.asked[text] = files.Position(n.Pos())
		}
	}
}

func (s *source) lookAtCall(call *ast.CallExpr, files *token.FileSet, inside bool) {
	name := calledName(call, inside)
	if name == "i18n.Family" && len(call.Args) == 1 {
		if prefix, ok := literal(call.Args[0]); ok {
			s.families = append(s.families, prefix)
		}
		return
	}
	position, known := keyArgument[name]
	if _, method, _ := strings.Cut(name, "."); !known && method == "Field" {
		position, known = keyArgument["."+method]
	}
	if !known || len(call.Args) <= position {
		return
	}
	key, ok := literal(call.Args[position])
	if !ok || name != "i18n.T" && !looksLikeKey.MatchString(key) {
		return
	}
	s.asked[key] = files.Position(call.Pos())
	if name != "i18n.T" || call.Ellipsis.IsValid() {
		return
	}
	given := givenArgs{key: key, at: files.Position(call.Pos())}
	for i := position + 1; i < len(call.Args); i += 2 {
		if argument, ok := literal(call.Args[i]); ok {
			given.names = append(given.names, argument)
		}
	}
	s.given = append(s.given, given)
}

// calledName gives «package.Function»; inside this package its functions are
// called without the package's name.
func calledName(call *ast.CallExpr, inside bool) string {
	switch f := call.Fun.(type) {
	case *ast.SelectorExpr:
		if pkg, ok := f.X.(*ast.Ident); ok {
			return pkg.Name + "." + f.Sel.Name
		}
	case *ast.Ident:
		if inside {
			return "i18n." + f.Name
		}
	}
	return ""
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

// spoken are the attributes whose value a person reads or hears.
var spoken = []string{"title", "alt", "placeholder", "aria-label", "aria-description", "label", "content"}

func textOf(t *testing.T, file string) []string {
	t.Helper()
	parsed, err := templ.Parse(file)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	var found []string
	note := func(text string) {
		if strings.ContainsFunc(text, unicode.IsLetter) && !isEntity(text) {
			found = append(found, strings.TrimSpace(text))
		}
	}
	v := visitor.New()
	v.Text = func(n *templ.Text) error {
		note(n.Value)
		return nil
	}
	v.ConstantAttribute = func(n *templ.ConstantAttribute) error {
		// <meta content> mostly speaks to machines: only sentences count there.
		name := n.Key.String()
		if slices.Contains(spoken, name) && (name != "content" || strings.Contains(n.Value, ". ")) {
			note(n.Value)
		}
		return nil
	}
	if err := parsed.Visit(v); err != nil {
		t.Fatal(err)
	}
	return found
}

// isEntity lets &nbsp; and its like pass: they show no word.
func isEntity(text string) bool {
	text = strings.TrimSpace(text)
	return strings.HasPrefix(text, "&") && strings.HasSuffix(text, ";") && !strings.Contains(text, " ")
}

func moduleRoot(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
}

func filesOf(t *testing.T, root, ending string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() && path != root && (strings.HasPrefix(name, ".") || name == "node_modules" || name == "testdata") {
			return filepath.SkipDir
		}
		if !entry.IsDir() && strings.HasSuffix(name, ending) {
			found = append(found, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
