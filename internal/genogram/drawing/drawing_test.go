package drawing_test

import (
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"teduh/internal/genogram/drawing"
)

// Every family of the gallery is drawn by the rules of a genogram, with no more crossings than it must have.
func TestGallery(t *testing.T) {
	t.Parallel()
	for _, p := range gallery {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			facts := p.read(t)
			sheet := drawing.Draw(facts)
			keep(t, p.name, sheet)
			holds(t, facts, sheet)
			var codes []string
			for _, x := range sheet.Problems {
				codes = append(codes, x.Code)
			}
			if got := strings.Join(slices.Compact(codes), " "); got != p.problems {
				t.Errorf("problems %q, want %q", got, p.problems)
			}
			if p.problems == "" {
				generations(t, facts, sheet)
				if n := crossings(sheet); n != p.crossings {
					t.Errorf("%d crossings, want %d", n, p.crossings)
				}
			}
		})
	}
}

// keep writes the picture where somebody wants to look at it.
func keep(t *testing.T, name string, s drawing.Sheet) {
	t.Helper()
	if dir := os.Getenv("GENOGRAM_GALLERY"); dir != "" {
		var b strings.Builder
		words := drawing.Words{ID: "g", Title: name, Who: func(p drawing.Person) string { return p.Name }}
		if err := drawing.File(s, words).Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, strings.ReplaceAll(name, " ", "-")+".svg"), []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// holds is what is true of every sheet: each person and each fact stands there once, and nobody on top of another.
func holds(t testing.TB, f drawing.Facts, s drawing.Sheet) {
	t.Helper()
	people := map[string]int{}
	for i, a := range s.Symbols {
		people[a.Person.ID]++
		for _, b := range s.Symbols[:i] {
			if abs(a.At.X-b.At.X) < 2*drawing.Half+8 && abs(a.At.Y-b.At.Y) < 2*drawing.Half+8 {
				t.Errorf("%s and %s overlap", a.Person.ID, b.Person.ID)
			}
		}
		if a.At.X < drawing.Half || a.At.Y < drawing.Half || a.At.X > s.Width-drawing.Half || a.At.Y > s.Height-drawing.Half {
			t.Errorf("%s stands beside the sheet", a.Person.ID)
		}
	}
	want := map[string]int{}
	for _, p := range f.People {
		want[p.ID] = 1
	}
	if !maps.Equal(people, want) {
		t.Errorf("people drawn: %v", people)
	}
	drawn := map[string]int{}
	for _, id := range s.Implied {
		drawn[id]++
	}
	for _, list := range [][]drawing.Stroke{s.Unions, s.Descents, s.Ties} {
		for _, x := range list {
			for _, id := range x.Facts {
				drawn[id]++
			}
		}
	}
	if want := factIDs(f); !maps.Equal(drawn, want) {
		t.Errorf("facts drawn: %v, want %v", drawn, want)
	}
	home(t, s)
}

func factIDs(f drawing.Facts) map[string]int {
	ids := map[string]int{}
	for _, x := range f.Unions {
		ids[x.ID] = 1
	}
	for _, x := range f.Links {
		if x.Parent != x.Child {
			ids[x.ID] = 1
		}
	}
	for _, x := range f.Twins {
		ids[x.ID] = 1
	}
	for _, x := range f.Ties {
		ids[x.ID] = 1
	}
	return ids
}

// home asks that the line around the household has its members inside and all others outside.
func home(t testing.TB, s drawing.Sheet) {
	t.Helper()
	members := 0
	for _, x := range s.Symbols {
		if x.Person.Home {
			members++
		}
	}
	for _, x := range s.Symbols {
		if in := inside(s.Rings, x.At); in != (x.Person.Home && members > 1) {
			t.Errorf("%s within the household: %v", x.Person.ID, in)
		}
	}
}

// inside casts a ray to the right and counts the edges it meets.
func inside(rings [][]drawing.Point, p drawing.Point) bool {
	in := false
	for _, ring := range rings {
		for i, a := range ring {
			b := ring[(i+1)%len(ring)]
			if a.X == b.X && a.X > p.X && (a.Y > p.Y) != (b.Y > p.Y) {
				in = !in
			}
		}
	}
	return in
}

// generations asks that parents stand above their children and couples side by side, and children by birth unless one
// of them stands beside a partner who comes from another family.
func generations(t *testing.T, f drawing.Facts, s drawing.Sheet) {
	t.Helper()
	at := map[string]drawing.Symbol{}
	for _, x := range s.Symbols {
		at[x.Person.ID] = x
	}
	for _, l := range f.Links {
		if at[l.Parent].Row >= at[l.Child].Row || at[l.Parent].At.Y >= at[l.Child].At.Y {
			t.Errorf("%s does not stand above %s", l.Parent, l.Child)
		}
	}
	paired := map[string]bool{}
	for _, u := range f.Unions {
		paired[u.A], paired[u.B] = true, true
		if at[u.A].At.Y != at[u.B].At.Y {
			t.Errorf("%s and %s stand in different rows", u.A, u.B)
		}
	}
	for i, a := range f.Links {
		for _, b := range f.Links[:i] {
			if a.Parent != b.Parent || a.Kind != "biological" || b.Kind != "biological" || paired[a.Child] || paired[b.Child] {
				continue
			}
			x, y := at[a.Child], at[b.Child]
			if x.Person.Born != y.Person.Born && (x.Person.Born < y.Person.Born) != (x.At.X < y.At.X) {
				t.Errorf("%s and %s do not stand by birth", a.Child, b.Child)
			}
		}
	}
}

// crossings counts where lines of kinship cross, and fails on lines that run on top of each other.
func crossings(s drawing.Sheet) (n int) {
	type segment struct{ a, b drawing.Point }
	var flat, steep []segment
	for _, list := range [][]drawing.Stroke{s.Unions, s.Descents} {
		for _, x := range list {
			for i := range x.Path[1:] {
				a, b := x.Path[i], x.Path[i+1]
				if a.Y == b.Y {
					flat = append(flat, segment{drawing.Point{X: min(a.X, b.X), Y: a.Y}, drawing.Point{X: max(a.X, b.X), Y: a.Y}})
				} else if a.X == b.X {
					steep = append(steep, segment{drawing.Point{X: a.X, Y: min(a.Y, b.Y)}, drawing.Point{X: a.X, Y: max(a.Y, b.Y)}})
				}
			}
		}
	}
	for _, h := range flat {
		for _, v := range steep {
			if h.a.X < v.a.X && v.a.X < h.b.X && v.a.Y < h.a.Y && h.a.Y < v.b.Y {
				n++
			}
		}
		for _, other := range flat {
			if h != other && h.a.Y == other.a.Y && h.a.X < other.b.X && other.a.X < h.b.X {
				n += 100
			}
		}
	}
	return n
}

// The same facts give the same sheet, in whatever order they come.
func TestOrderOfFactsDoesNotShow(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		p := rapid.SampledFrom(gallery).Draw(rt, "family")
		facts := p.read(t)
		want := drawing.Draw(facts)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 1))
		shuffle(r, facts.People)
		shuffle(r, facts.Unions)
		shuffle(r, facts.Links)
		shuffle(r, facts.Twins)
		shuffle(r, facts.Ties)
		if got := drawing.Draw(facts); !reflect.DeepEqual(got, want) {
			rt.Errorf("%s is drawn otherwise", p.name)
		}
	})
}

func shuffle[T any](r *rand.Rand, list []T) {
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
}

// Whatever somebody enters, however absurd, comes to an end, with everyone in a place of their own and every fact drawn.
func TestAnyFactsAreDrawn(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		f := drawFacts(rt)
		fake := &rapidTB{TB: t, rt: rt}
		holds(fake, f, drawing.Draw(f))
	})
}

type rapidTB struct {
	testing.TB
	rt *rapid.T
}

func (r *rapidTB) Errorf(format string, args ...any) { r.rt.Errorf(format, args...) }
func (r *rapidTB) Helper()                           {}

func drawFacts(rt *rapid.T) (f drawing.Facts) {
	n := rapid.IntRange(1, 14).Draw(rt, "people")
	name := func(i int) string { return string(rune('a' + i)) }
	for i := range n {
		f.People = append(f.People, drawing.Person{ID: name(i), Name: strings.Repeat("Nama ", 1+i%3), Sex: rapid.SampledFrom([]string{"m", "f", ""}).Draw(rt, "sex"),
			Born: rapid.SampledFrom([]string{"", "1950", "1980", "2010-02-03"}).Draw(rt, "born"), Home: rapid.Bool().Draw(rt, "home")})
	}
	who := rapid.IntRange(0, n-1)
	seen := map[string]bool{}
	for range rapid.IntRange(0, 2*n).Draw(rt, "links") {
		a, b := name(who.Draw(rt, "parent")), name(who.Draw(rt, "child"))
		if !seen["l"+a+b] {
			seen["l"+a+b] = true
			f.Links = append(f.Links, drawing.Link{ID: "l" + a + b, Parent: a, Child: b, Kind: rapid.SampledFrom(drawing.LinkKinds).Draw(rt, "kind")})
		}
	}
	for range rapid.IntRange(0, n).Draw(rt, "pairs") {
		a, b := who.Draw(rt, "a"), who.Draw(rt, "b")
		a, b = min(a, b), max(a, b)
		key := name(a) + name(b)
		if a == b || seen[key] {
			continue
		}
		seen[key] = true
		switch rapid.IntRange(0, 2).Draw(rt, "what") {
		case 0:
			f.Unions = append(f.Unions, drawing.Union{ID: "u" + key, A: name(a), B: name(b), Kind: "married"})
		case 1:
			f.Twins = append(f.Twins, drawing.Twins{ID: "t" + key, A: name(a), B: name(b)})
		default:
			f.Ties = append(f.Ties, drawing.Tie{ID: "i" + key, A: name(a), B: name(b), Kind: rapid.SampledFrom(drawing.TieKinds).Draw(rt, "tie")})
		}
	}
	return f
}

func abs(n int) int { return max(n, -n) }

// sixty people in four generations: a couple, their six children with partners and parents-in-law, and what came of them.
func sixty() (f drawing.Facts) {
	add := func(id, sex, born string) string {
		f.People = append(f.People, drawing.Person{ID: id, Name: "Nama " + id, Sex: sex, Born: born, Note: born, Home: len(f.People)%7 == 0})
		return id
	}
	pair := func(a, b string) {
		f.Unions = append(f.Unions, drawing.Union{ID: a + "=" + b, A: a, B: b, Kind: "married"})
	}
	child := func(id string, parents ...string) {
		for _, p := range parents {
			f.Links = append(f.Links, drawing.Link{ID: p + ">" + id, Parent: p, Child: id, Kind: "biological"})
		}
	}
	pair(add("opa", "m", "1930"), add("oma", "f", "1932"))
	for i := range 6 {
		n := string(rune('a' + i))
		a, b := add("child-"+n, []string{"m", "f"}[i%2], "195"+string(rune('0'+i))), add("partner-"+n, []string{"f", "m"}[i%2], "1956")
		child(a, "opa", "oma")
		pair(a, b)
		pair(add("father-"+n, "m", "1931"), add("mother-"+n, "f", "1933"))
		child(b, "father-"+n, "mother-"+n)
		for j := range 3 {
			c := add("grandchild-"+n+string(rune('0'+j)), "m", "198"+string(rune('0'+j)))
			child(c, a, b)
			if j == 0 {
				pair(c, add("late-"+n, "f", "1985"))
				child(add("great-"+n, "f", "2010"), c, "late-"+n)
			}
		}
		if i < 4 {
			child(add("uncle-"+n, "m", "1960"), "father-"+n, "mother-"+n)
		}
	}
	return f
}

func TestSixtyPeople(t *testing.T) {
	t.Parallel()
	f := sixty()
	if len(f.People) != 60 {
		t.Fatalf("%d people", len(f.People))
	}
	sheet := drawing.Draw(f)
	keep(t, "sixty people", sheet)
	holds(t, f, sheet)
	generations(t, f, sheet)
	// Six families-in-law beside one row of brothers and sisters: two of them reach it from its ends, and the line of each
	// of the other four crosses that row's bar once.
	if n := crossings(sheet); n > 8 {
		t.Errorf("%d crossings", n)
	}
}

func BenchmarkSixtyPeople(b *testing.B) {
	f := sixty()
	for b.Loop() {
		drawing.Draw(f)
	}
}
