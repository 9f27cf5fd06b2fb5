package assessment

import (
	"cmp"
	"context"
	"slices"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
)

// mostFormer bounds how many former answers are looked at: fifty of them changed each month for two years.
const mostFormer = 1200

// Past is the assessment as it stood until it was changed at a moment.
type Past struct {
	Until   db.Time
	Answers []Answer // that stood then
}

// former is what an answer was until it was changed.
type former struct {
	Answer
	until db.Time
}

// History is the assessment as it stands, and as it stood before each change, newest first.
type History struct {
	Editions []Edition // of the office, by which the answers are read
	Now      []Answer
	Past     []Past
}

// History reads what an assessment said over time.
func (s *Service) History(ctx context.Context, a access.Actor, caseID db.ID) (h History, err error) {
	if err := a.Require(access.CaseRead); err != nil {
		return h, err
	}
	err = s.cases.Read(ctx, a, caseID, func(r db.Reader, in casefile.Inside) error {
		if h.Now, err = selectAnswers(ctx, r, in); err != nil {
			return err
		}
		past, err := selectFormer(ctx, r, in)
		if err != nil {
			return err
		}
		h.Past = stood(h.Now, past)
		h.Editions, err = s.editions(ctx, r, in.Case.Office)
		return err
	})
	return h, err
}

// stood puts together what the whole said before each change: of every question the answer that was in force then.
func stood(now []Answer, past []former) (list []Past) {
	items := itemsOf(now, past)
	for _, x := range past {
		if len(list) > 0 && list[len(list)-1].Until.Equal(x.until.Time) {
			continue
		}
		p := Past{Until: x.until}
		for _, item := range items {
			if answer, ok := inForceAt(item, x.until.Time, now, past); ok {
				p.Answers = append(p.Answers, answer)
			}
		}
		list = append(list, p)
	}
	return list
}

func itemsOf(now []Answer, past []former) (items []string) {
	for _, x := range now {
		items = append(items, x.Item)
	}
	for _, x := range past {
		items = append(items, x.Item)
	}
	slices.Sort(items)
	return slices.Compact(items)
}

// inForceAt is the answer to a question just before a moment; one that was not answered yet has none.
func inForceAt(item string, moment time.Time, now []Answer, past []former) (x Answer, ok bool) {
	for _, f := range past {
		if f.Item == item && f.At.Before(moment) && !f.until.Before(moment) {
			return f.Answer, true
		}
	}
	for _, n := range now {
		if n.Item == item && n.At.Before(moment) {
			return n, true
		}
	}
	return x, false
}

// Change is an answer that reads otherwise today. Either may be missing.
type Change struct {
	Item      string
	Then, Now Answer
}

// Changes are what was answered otherwise, in the order of the form that was in force last.
func (h History) Changes(shown int) (list []Change) {
	then, now := byItem(h.Past[shown].Answers), byItem(h.Now)
	for _, item := range itemsOf(slices.Concat(h.Now, h.Past[shown].Answers), nil) {
		if then[item].text() != now[item].text() {
			list = append(list, Change{item, then[item], now[item]})
		}
	}
	places := h.places()
	slices.SortStableFunc(list, func(a, b Change) int { return cmp.Compare(places[a.Item], places[b.Item]) })
	return list
}

func byItem(list []Answer) map[string]Answer {
	by := map[string]Answer{}
	for _, x := range list {
		by[x.Item] = x
	}
	return by
}

// places order questions as the editions ask them, the one in force first; what comes from an older one follows.
func (h History) places() map[string]int {
	places := map[string]int{}
	inForce := slices.IndexFunc(h.Editions, func(e Edition) bool { return e.State == Published })
	for _, e := range append([]Edition{h.Editions[inForce]}, h.Editions...) {
		for _, it := range e.Form.Questions() {
			if places[it.ID] == 0 {
				places[it.ID] = len(places) + 1
			}
		}
	}
	return places
}
