package attainment_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"teduh/internal/practice/attainment"
)

func even(levels ...int) (list []attainment.Goal) {
	for _, l := range levels {
		list = append(list, attainment.Goal{Level: l, Weight: 1})
	}
	return list
}

// Reckoned by hand with the formula of 1968. For n goals that weigh alike it is 50 and, for each point of their sum, 10 divided
// by √(0.7n + 0.3n²): 10 for one goal, 10/√2.6 = 6.202 for two, 10/√4.8 = 4.564 for three, 10/√7.6 = 3.627 for four and
// 10/√11 = 3.015 for five, as the published conversion keys for equal weights have it (sum 1: 60.00, 56.20, 54.56, 53.63, 53.02).
func TestScoresReckonedByHand(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		what  string
		goals []attainment.Goal
		want  float64
	}{
		{"one goal as hoped", even(0), 50},
		{"one goal, more", even(1), 60},
		{"one goal, much less", even(-2), 30},
		{"two goals, sum 1", even(1, 0), 56.20},
		{"two goals, sum −4", even(-2, -2), 25.19},
		{"three goals, each more", even(1, 1, 1), 63.69},
		{"three goals, sum −1", even(0, 0, -1), 45.44},
		{"three goals, each much more", even(2, 2, 2), 77.39},
		{"four goals, sum 1", even(1, 0, 0, 0), 53.63},
		{"four goals, each less", even(-1, -1, -1, -1), 35.49},
		{"five goals, sum 5", even(1, 1, 1, 1, 1), 65.08},
		// w 2, 1, 1; x 1, 0, −1: Σwx = 1, Σw² = 6, (Σw)² = 16; 10 / √(4.2 + 4.8) = 10 / 3
		{"one weighs double", []attainment.Goal{{1, 2}, {0, 1}, {-1, 1}}, 53.33},
		// w 5, 3; x −2, 2: Σwx = −4, Σw² = 34, (Σw)² = 64; −40 / √(23.8 + 19.2) = −40 / 6.5574
		{"the heavy one failed", []attainment.Goal{{-2, 5}, {2, 3}}, 43.90},
	} {
		got, ok := attainment.T(x.goals)
		if !ok || math.Abs(got-x.want) > 0.006 {
			t.Errorf("%s: %.3f, want %.2f", x.what, got, x.want)
		}
	}
	if _, ok := attainment.T(nil); ok {
		t.Error("a plan without a scored goal has a score")
	}
}

// A plan whose goals all came as hoped stands at 50, whatever they weigh; turning every score round mirrors it there; and
// only what goals weigh beside each other counts.
func TestTheLawsOfTheScore(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		goals := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) attainment.Goal {
			return attainment.Goal{Level: rapid.IntRange(-2, 2).Draw(t, "level"), Weight: float64(rapid.IntRange(1, 5).Draw(t, "weight"))}
		}), 1, 12).Draw(t, "goals")
		turned, heavier, hoped := make([]attainment.Goal, len(goals)), make([]attainment.Goal, len(goals)), make([]attainment.Goal, len(goals))
		for i, g := range goals {
			turned[i] = attainment.Goal{Level: -g.Level, Weight: g.Weight}
			heavier[i] = attainment.Goal{Level: g.Level, Weight: 3 * g.Weight}
			hoped[i] = attainment.Goal{Weight: g.Weight}
		}
		t1, _ := attainment.T(goals)
		t2, _ := attainment.T(turned)
		t3, _ := attainment.T(heavier)
		t4, _ := attainment.T(hoped)
		if math.Abs(t1+t2-100) > 1e-9 || math.Abs(t1-t3) > 1e-9 || t4 != 50 {
			t.Fatalf("%v: %v, turned %v, heavier %v, as hoped %v", goals, t1, t2, t3, t4)
		}
	})
}

func TestWhatAScoreMeans(t *testing.T) {
	t.Parallel()
	for score, want := range map[float64]string{30: "less", 44.9: "less", 45: "hoped", 50: "hoped", 55: "hoped", 55.1: "more", 63.7: "more"} {
		if got := attainment.Meaning(score); got != want {
			t.Errorf("%.1f: %s, want %s", score, got, want)
		}
	}
}
