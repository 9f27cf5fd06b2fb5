package instrument

import (
	"context"
	"math"
	"slices"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/instrument/scoring"
	"teduh/internal/journal"
	"teduh/internal/report"
)

// measureRow is how a scale changed for someone from their first answers to the last.
type measureRow struct {
	instrument, edition, scale string
	before, after              int64 // hundredths
	verdict                    scoring.Verdict
}

// KeepMeasures keeps, of a case that is closed, how each scale changed for each person who answered it at least twice; what an
// earlier closing kept is written over.
func (s *Service) KeepMeasures(ctx context.Context, tx *journal.Tx, in casefile.Inside) error {
	if err := deleteMeasures(ctx, tx, in.Case.ID); err != nil {
		return err
	}
	rows, err := selectAnswerings(ctx, tx, in.Case.ID)
	if err != nil || len(rows) < 2 {
		return err
	}
	var list []Answering
	for _, row := range rows {
		x, err := opened(in, row)
		if err != nil {
			return err
		}
		list = append(list, x)
	}
	editions, err := s.editions(ctx, tx, in.Case.Office)
	if err != nil {
		return err
	}
	for _, m := range measuresOf(list, editions) {
		if err := insertMeasure(ctx, tx, in.Case, m); err != nil {
			return err
		}
	}
	return nil
}

// measuresOf compares, for each instrument, edition and person, the first scored answers with the last; list is newest first.
func measuresOf(list []Answering, editions []Edition) (rows []measureRow) {
	type who struct {
		instrument, edition string
		person              db.ID
	}
	var order []who
	answers := map[who][]Answering{}
	for _, x := range slices.Backward(list) {
		if !x.Counts() {
			continue
		}
		w := who{x.Instrument, x.Edition, x.Person}
		if answers[w] == nil {
			order = append(order, w)
		}
		answers[w] = append(answers[w], x)
	}
	for _, w := range order {
		e, err := pick(editions, w.instrument, w.edition)
		if err != nil {
			continue
		}
		for _, scale := range e.Doc.Scales {
			if first, last, ok := ends(answers[w], scale.Code); ok {
				rows = append(rows, measureRow{w.instrument, w.edition, scale.Code, first, last, scale.Judge(float64(first)/100, float64(last)/100)})
			}
		}
	}
	return rows
}

// ends are the first and the last score of a scale in hundredths, where there are two.
func ends(list []Answering, scale string) (first, last int64, ok bool) {
	var values []int64
	for _, x := range list {
		if got, scored := scoreOf(x, scale); scored {
			values = append(values, int64(math.Round(got.Value*100)))
		}
	}
	if len(values) < 2 {
		return 0, 0, false
	}
	return values[0], values[len(values)-1], true
}

// Measures counts the scales of a period for the report of outcomes, with their titles in the reader's language.
func (s *Service) Measures(ctx context.Context, r db.Reader, office db.ID, from, to db.Date) ([]report.Measured, error) {
	rows, err := countMeasures(ctx, r, office, from, to)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	editions, err := s.editions(ctx, r, office)
	if err != nil {
		return nil, err
	}
	list := make([]report.Measured, len(rows))
	for i, row := range rows {
		list[i] = row.Measured
		list[i].Title = titleOfScale(ctx, editions, row)
	}
	return list, nil
}

// titleOfScale names the instrument, and the scale where there are several.
func titleOfScale(ctx context.Context, editions []Edition, row countedMeasure) string {
	e, err := pick(editions, row.instrument, row.edition)
	if err != nil {
		return row.instrument
	}
	title := say(ctx, e.Form.Title)
	if i := slices.IndexFunc(e.Doc.Scales, func(s scoring.Scale) bool { return s.Code == row.scale }); i >= 0 && len(e.Doc.Scales) > 1 {
		title += ": " + say(ctx, e.Doc.Scales[i].Title)
	}
	return title
}
