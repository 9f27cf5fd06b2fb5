package scoring

import (
	"math"

	"teduh/internal/form"
)

// Score is one scale's result.
type Score struct {
	Scale    string
	Value    float64
	Least    float64 // of the scale
	Most     float64
	Answered int
	Missing  int // that were filled with the mean of the others, or, where Scored is false, are too many
	Scored   bool
	Band     string // code; empty without bands
	Beyond   bool   // on the side of the cut-off where one looks closer
}

// Result is all scores of one answering, and the alarms it raised.
type Result struct {
	Scores []Score
	Alarms []string
}

// Score reckons all scales.
func (s *Scorer) Score(a form.Answers) Result {
	values := make([]float64, len(s.items))
	for i, it := range s.items {
		n, ok := it.Number(a.First(it.ID))
		if !ok {
			n = math.NaN()
		}
		values[i] = n
	}
	r := Result{Scores: make([]Score, len(s.scales))}
	for i, sc := range s.scales {
		r.Scores[i] = sc.score(values)
	}
	for _, alarm := range s.alarms {
		it, _ := s.form.Item(alarm.Item)
		if n, ok := it.Number(a.First(alarm.Item)); ok && n > alarm.Above {
			r.Alarms = append(r.Alarms, alarm.Code)
		}
	}
	return r
}

func (s scale) score(values []float64) Score {
	out := Score{Scale: s.Code}
	out.Least, out.Most = s.extent()
	var sum float64
	for i, at := range s.at {
		v := values[at]
		if math.IsNaN(v) {
			out.Missing++
			continue
		}
		if s.reversed[i] {
			v = s.least[i] + s.most[i] - v
		}
		sum += v
		out.Answered++
	}
	if out.Missing > s.Missing || out.Answered == 0 {
		return out
	}
	sum += sum / float64(out.Answered) * float64(out.Missing)
	out.Scored, out.Value = true, math.Round(s.finish(sum, len(s.at))*100)/100
	out.Band, out.Beyond = s.band(out.Value), s.beyond(out.Value)
	return out
}

// band finds the last band that begins at or below a value: a value between two whole numbers belongs to the lower one.
func (s Scale) band(v float64) (code string) {
	for _, b := range s.Bands {
		if v >= b.From {
			code = b.Code
		}
	}
	return code
}

func (s Scale) beyond(v float64) bool {
	switch {
	case s.Cutoff == nil:
		return false
	case s.Cutoff.Side == "above":
		return v >= s.Cutoff.At
	}
	return v <= s.Cutoff.At
}

// Scale finds a scale of the document by its code.
func (d Document) Scale(code string) (Scale, bool) {
	for _, s := range d.Scales {
		if s.Code == code {
			return s, true
		}
	}
	return Scale{}, false
}

// BandOf finds a band of a scale by its code.
func (s Scale) BandOf(code string) (Band, bool) {
	for _, b := range s.Bands {
		if b.Code == code {
			return b, true
		}
	}
	return Band{}, false
}
