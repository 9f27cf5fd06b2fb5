package drawing_test

import (
	"fmt"
	"math"
	"testing"

	"teduh/internal/genogram/drawing"
)

// However many systems surround a household, none lies on another or on the household, and all lie on the sheet.
func TestSystemsStandApart(t *testing.T) {
	t.Parallel()
	for n := range 31 {
		var list []drawing.System
		for i := range n {
			list = append(list, drawing.System{ID: fmt.Sprint(i), Name: "Sekolah Dasar Negeri", Strength: drawing.Strengths[i%3], Flow: drawing.Flows[i%4]})
		}
		s := drawing.Ecomap(list)
		if len(s.Nodes) != n {
			t.Fatalf("%d of %d drawn", len(s.Nodes), n)
		}
		for i, a := range s.Nodes {
			if math.Hypot(float64(a.At.X-s.Centre.X), float64(a.At.Y-s.Centre.Y)) < 126 {
				t.Errorf("%d of %d lies on the household", i, n)
			}
			if a.At.X < 56 || a.At.Y < 56 || a.At.X > s.Width-56 || a.At.Y > s.Height-56 {
				t.Errorf("%d of %d lies beside the sheet", i, n)
			}
			for _, b := range s.Nodes[:i] {
				if math.Hypot(float64(a.At.X-b.At.X), float64(a.At.Y-b.At.Y)) < 112 {
					t.Errorf("two of %d overlap", n)
				}
			}
		}
	}
}
