package network_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"teduh/internal/i18n"
	"teduh/internal/referral/network"

	"pgregory.net/rapid"
)

// small is an office that four send to and that sends to three; one partner has been sent nobody yet.
func small() network.Facts {
	f := network.Facts{Nodes: []network.Node{{ID: "o", Kind: "office", Name: "LK3 Bina Sejahtera"}}}
	for i, name := range []string{"Puskesmas Sungai Jang", "SMP Negeri 4", "Polresta, Unit PPA"} {
		id := fmt.Sprint("s", i)
		f.Nodes = append(f.Nodes, network.Node{ID: id, Kind: "sender", Name: name})
		f.Flows = append(f.Flows, network.Flow{From: id, To: "o", Counts: network.Counts{6 - 2*i, 1, 0, i, 0}})
	}
	for i, name := range []string{"RSUD Raja Ahmad Tabib — Poli Jiwa", "Rumah Aman Melati", "Lembaga Bantuan Hukum Segantang Lada untuk Keluarga Kurang Mampu", "UPTD PPA"} {
		id := fmt.Sprint("p", i)
		f.Nodes = append(f.Nodes, network.Node{ID: id, Kind: "partner", Name: name, Href: "/mitra/" + id})
		f.Flows = append(f.Flows, network.Flow{From: "o", To: id, Counts: [4]network.Counts{{14, 3, 1, 2, 0}, {5, 2, 0, 4, 1}, {1, 0, 0, 0, 0}, {}}[i]})
	}
	return f
}

// city is a network of so many partners.
func city(partners int) network.Facts {
	f := small()
	r := rand.New(rand.NewPCG(1, 2))
	for i := range partners - 4 {
		id := fmt.Sprint("q", i)
		f.Nodes = append(f.Nodes, network.Node{ID: id, Kind: "partner", Name: fmt.Sprintf("Layanan %02d Kelurahan", i)})
		f.Flows = append(f.Flows, network.Flow{From: "o", To: id, Counts: network.Counts{r.IntN(30), r.IntN(5), r.IntN(4), r.IntN(4), r.IntN(3)}})
	}
	return f
}

func shuffled(f network.Facts, seed uint64) network.Facts {
	r := rand.New(rand.NewPCG(seed, seed))
	nodes, flows := append([]network.Node{}, f.Nodes...), append([]network.Flow{}, f.Flows...)
	r.Shuffle(len(nodes), func(i, j int) { nodes[i], nodes[j] = nodes[j], nodes[i] })
	r.Shuffle(len(flows), func(i, j int) { flows[i], flows[j] = flows[j], flows[i] })
	return network.Facts{Nodes: nodes, Flows: flows}
}

// any network that an office may have, also one that says nonsense.
func drawn(t *rapid.T) network.Facts {
	var f network.Facts
	for i := range rapid.IntRange(0, 24).Draw(t, "nodes") {
		kind := rapid.SampledFrom([]string{"sender", "office", "partner", "partner", "stranger"}).Draw(t, "kind")
		name := rapid.StringMatching(`([A-Za-z]{1,40} ){0,6}[A-Za-z]{1,60}`).Draw(t, "name")
		f.Nodes = append(f.Nodes, network.Node{ID: fmt.Sprint(i), Kind: kind, Name: name})
	}
	for range rapid.IntRange(0, 60).Draw(t, "flows") {
		end := func(what string) string { return fmt.Sprint(rapid.IntRange(0, 25).Draw(t, what)) }
		var c network.Counts
		for i := range c {
			c[i] = rapid.SampledFrom([]int{0, 0, 1, 3, 40, 2500}).Draw(t, "count")
		}
		f.Flows = append(f.Flows, network.Flow{From: end("from"), To: end("to"), Counts: c})
	}
	return f
}

const hair = 0.001

func over(a, b network.Rect) bool {
	return a.X < b.X+b.W-hair && b.X < a.X+a.W-hair && a.Y < b.Y+b.H-hair && b.Y < a.Y+a.H-hair
}

// within tells that a lies in b.
func within(a, b network.Rect) bool {
	return a.X >= b.X-hair && a.Y >= b.Y-hair && a.X+a.W <= b.X+b.W+hair && a.Y+a.H <= b.Y+b.H+hair
}

// check holds a sheet to the laws: nothing on anything else, all inside the frame, each ribbon at the bars it joins, ribbons
// of one side of a bar beside each other.
func check(t interface{ Errorf(string, ...any) }, s network.Sheet) {
	frame := network.Rect{W: s.Width, H: s.Height}
	for i, a := range s.Boxes {
		if !within(a.Bar, frame) || !within(a.Words, frame) {
			t.Errorf("%s leaves the frame %v: %v %v", a.Node.Name, frame, a.Bar, a.Words)
		}
		if a.Node.Kind == "office" && !within(a.Words, a.Bar) || a.Node.Kind != "office" && over(a.Words, a.Bar) {
			t.Errorf("the words of %s stand at %v beside %v", a.Node.Name, a.Words, a.Bar)
		}
		sum := 0.0
		for _, p := range a.Pieces {
			if sum += p.W; !within(p.Rect, a.Words) {
				t.Errorf("a piece of %s lies at %v outside %v", a.Node.Name, p.Rect, a.Words)
			}
		}
		for _, b := range s.Boxes[i+1:] {
			for _, x := range []network.Rect{a.Bar, a.Words} {
				if over(x, b.Bar) || over(x, b.Words) {
					t.Errorf("%s lies on %s", a.Node.Name, b.Node.Name)
				}
			}
		}
	}
	ribbons(t, s)
}

func ribbons(t interface{ Errorf(string, ...any) }, s network.Sheet) {
	bars := map[string]network.Rect{}
	for _, b := range s.Boxes {
		bars[b.Node.ID] = b.Bar
	}
	ends := map[string][]network.Rect{}
	for _, r := range s.Ribbons {
		from, to := bars[r.From.ID], bars[r.To.ID]
		if math.Abs(r.X1-from.X-from.W) > hair || math.Abs(r.X2-to.X) > hair || r.X1 >= r.X2 {
			t.Errorf("a ribbon from %s to %s leads from %f to %f", r.From.Name, r.To.Name, r.X1, r.X2)
		}
		for key, end := range map[string][2]network.Rect{"out" + r.From.ID: {{Y: r.Y1, H: r.Width, W: 1}, {Y: from.Y, H: from.H, W: 1}}, "in" + r.To.ID: {{Y: r.Y2, H: r.Width, W: 1}, {Y: to.Y, H: to.H, W: 1}}} {
			if !within(end[0], end[1]) {
				t.Errorf("a ribbon ends at %v beside the bar %v", end[0], end[1])
			}
			for _, other := range ends[key] {
				if over(end[0], other) {
					t.Errorf("ribbons lie on each other at %s", key)
				}
			}
			ends[key] = append(ends[key], end[0])
		}
	}
}

func TestTheLawsOfASheet(t *testing.T) {
	t.Parallel()
	check(t, network.Draw(small()))
	check(t, network.Draw(city(40)))
	rapid.Check(t, func(t *rapid.T) {
		f := drawn(t)
		s := network.Draw(f)
		check(t, s)
		if again := network.Draw(shuffled(f, 7)); !reflect.DeepEqual(s, again) {
			t.Errorf("in another order it is another sheet")
		}
		most := 0
		for _, r := range s.Ribbons {
			most = max(most, r.Counts.Total())
		}
		for _, r := range s.Ribbons {
			if r.Counts.Total() == most && r.Width < s.Ribbons[0].Width-hair {
				t.Errorf("the busiest ribbon is %f wide and another %f", r.Width, s.Ribbons[0].Width)
			}
		}
	})
}

// Counted by hand: 14+3+1+2 to the hospital, 5+2+4+1 to the shelter, 1 to legal aid; 6+1, 4+1+1 and 2+1+2 came in.
func TestWhatIsDrawnIsWhatWasCounted(t *testing.T) {
	t.Parallel()
	s := network.Draw(small())
	got := map[string]int{}
	for _, b := range s.Boxes {
		got[b.Node.ID] = b.Counts.Total()
	}
	want := map[string]int{"s0": 7, "s1": 6, "s2": 5, "o": 18, "p0": 20, "p1": 12, "p2": 1, "p3": 0}
	if !reflect.DeepEqual(got, want) || len(s.Ribbons) != 6 {
		t.Errorf("%v with %d ribbons, want %v", got, len(s.Ribbons), want)
	}
	var order []string
	for _, b := range s.Boxes {
		order = append(order, b.Node.ID)
	}
	if strings.Join(order, " ") != "s0 s1 s2 o p0 p1 p2 p3" {
		t.Errorf("the busiest do not stand first: %s", order)
	}
}

func html(t *testing.T, lang i18n.Language, s network.Sheet) string {
	t.Helper()
	var out strings.Builder
	if err := network.Whole("net", s).Render(i18n.With(context.Background(), lang, i18n.Jakarta), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// Whoever sees no colour reads the same: in the picture, in the list and in the table.
func TestEveryOutcomeIsSaidInWords(t *testing.T) {
	t.Parallel()
	page := html(t, i18n.ID, network.Draw(small()))
	tags := regexp.MustCompile(`<[^>]*>`)
	if text := tags.ReplaceAllString(page, "|"); strings.Count(strings.ReplaceAll(text, "\u00a0", " "), "14 selesai") != 2 || strings.Count(text, "2 ditolak") < 2 || !strings.Contains(text, "Belum ada rujukan") ||
		!strings.Contains(text, "LK3 Bina Sejahtera ke Rumah Aman Melati: 12 rujukan") || !strings.Contains(text, "33 dirujuk") {
		t.Errorf("a count is not said: %s", text)
	}
	if strings.Contains(page, "style=") || strings.Contains(page, "<script") {
		t.Error("the page carries a style or script of its own")
	}
	if english := html(t, i18n.EN, network.Draw(small())); !strings.Contains(english, "14 completed") || strings.Contains(tags.ReplaceAllString(english, "|"), "network.") {
		t.Error("the English page is not English")
	}
	if evil := html(t, i18n.ID, network.Draw(network.Facts{Nodes: []network.Node{{ID: "p", Kind: "partner", Name: "<script>"}}})); strings.Contains(evil, "<script>") {
		t.Error("a name is not escaped")
	}
}

func TestFortyPartnersAreDrawnAtOnce(t *testing.T) {
	f := city(40)
	best := time.Hour
	for range 20 {
		start := time.Now()
		network.Draw(f)
		best = min(best, time.Since(start))
	}
	t.Logf("40 partners in %s", best)
	if best > 5*time.Millisecond {
		t.Errorf("40 partners take %s", best)
	}
}
