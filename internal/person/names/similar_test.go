package names_test

import (
	"testing"

	"teduh/internal/person/names"
)

// The bands are what the doc comment promises: 1 for the same name, from 0.9 a
// likely twin, under 0.8 another name.
func TestSimilar(t *testing.T) {
	t.Parallel()
	table := []struct {
		a, b     string
		from, to float64
	}{
		{"Budi Santoso", "Santoso Budi", 1, 1},
		{"H. Budi Santoso, S.Sos", "Budi Santoso", 1, 1},
		{"Muhammad Ali", "M. Ali", 1, 1},
		{"Djoko Widjojo", "Joko Wijoyo", 1, 1},
		// weak evidence: nearly, and never the same
		{"Siti Aisyah", "Siti Aisya", 0.95, 0.999},
		{"Ahmad Fauzi", "Ahmat Fauzi", 0.95, 0.999},
		// written together or apart
		{"Nurhayati", "Nur Hayati", 0.9, 0.999},
		{"Abdurrahman", "Abdu Rahman", 0.9, 0.999},
		// initials
		{"Budi S.", "Budi Santoso", 0.85, 0.999},
		// a slip of the pen
		{"Wahyuningsih", "Wahyunigsih", 0.9, 0.999},
		{"Budi Santoso", "Budi Santosa", 0.9, 0.999},
		// one name left out
		{"Siti Aminah", "Siti Aminah Zahra", 0.75, 0.9},
		{"Muhammad Rizki", "Rizki", 0.8, 0.95},
		// other people
		{"Budi Santoso", "Siti Aminah", 0, 0.3},
		{"Muhammad Rizki", "Muhammad Fajar", 0, 0.5},
		{"Budi Santoso", "Budi Hartono", 0, 0.8},
		{"Djoko", "Yoko", 0, 0.95},
		{"", "Budi", 0, 0},
		{"", "", 0, 0},
		{"?", "?", 0, 0},
	}
	for _, row := range table {
		got := names.Similar(row.a, row.b)
		if got < row.from || got > row.to {
			t.Errorf("Similar(%q, %q) = %.3f, want %v to %v", row.a, row.b, got, row.from, row.to)
		}
		if back := names.Similar(row.b, row.a); back != got {
			t.Errorf("Similar(%q, %q) = %v but %v the other way round", row.a, row.b, got, back)
		}
	}
}

func BenchmarkIndex(b *testing.B) {
	for b.Loop() {
		names.Index("Hj. Siti Soetjipto Wahyuningsih, S.Sos")
	}
}

func BenchmarkSimilar(b *testing.B) {
	for b.Loop() {
		names.Similar("Hj. Siti Soetjipto Wahyuningsih, S.Sos", "Siti Sucipto Wahyuni")
	}
}

func BenchmarkMatch(b *testing.B) {
	q, _ := names.Parse("soetjipto wah")
	text := names.Index("Hj. Siti Sucipto Wahyuningsih, S.Sos").Text
	for b.Loop() {
		q.Match(text)
	}
}
