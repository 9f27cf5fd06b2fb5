package partner

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"teduh/internal/db"
	"teduh/internal/partner/hours"
	"teduh/internal/region"
)

// Ask is what is looked for. What is left empty is not asked.
type Ask struct {
	Text       string // words of a name
	Need       string // a category
	Near       string // code of the region where the client lives
	OpenNow    bool
	FreePlace  bool
	Free       bool // without cost
	Age        *int
	Sex        string
	Language   string
	Wheelchair bool
	At         time.Time // the instant that «now» means; now when it is zero
	After      Place
	Limit      int
}

// plain tells that nothing is asked: all is listed by name.
func (q Ask) plain() bool {
	return q.Text == "" && q.Need == "" && q.Near == "" && !q.OpenNow && !q.FreePlace && !q.Free && q.Age == nil && q.Sex == "" && q.Language == "" && !q.Wheelchair
}

// Place is where a page of a list ends: the next one holds what comes after it.
type Place struct {
	Score int
	Name  string
	ID    db.ID
}

// Fit is a service that was found, how well it fits, and why.
type Fit struct {
	Service Service
	Score   int
	Reasons []Reason
}

// Reason is one thing that speaks for a service, or against it where its points are below zero.
type Reason struct {
	Code   string
	Points int
	N      int       // places
	At     time.Time // until when it is open, or when it opens
	Place  string    // code of the region it serves
}

// What speaks for a service, in points. The need weighs most: what does not help is not near enough. Then comes whether it
// serves where the client lives and is there now; what makes it easier comes last.
const (
	forNeed       = 40 // names the need
	forAny        = 10 // names none
	servesVillage = 25
	servesArea    = 20 // the district
	servesRegency = 15
	servesRegion  = 10 // the province
	servesAll     = 5
	standsVillage = 10
	standsArea    = 6
	standsRegency = 3
	isOpen        = 15
	hasPlace      = 10
	isFull        = -10
	forAge        = 5
	forSex        = 5
	isFree        = 6
	isInsured     = 3
	isAgreed      = 5
	isChecked     = 4
	isStale       = 0
)

// weighing reckons fit at one instant; weeks that were looked at are remembered, for many services keep the same hours.
type weighing struct {
	ask   Ask
	today db.Date
	weeks map[string]open
}

// open is whether something is, and the instant at which that changes; zero where it does not.
type open struct {
	now     bool
	changes time.Time
}

func newWeighing(q Ask) *weighing {
	return &weighing{ask: q, today: db.Date(q.At.Format(time.DateOnly)), weeks: map[string]open{}}
}

func (w *weighing) open(f facts) open {
	if o, seen := w.weeks[f.hours]; seen {
		return o
	}
	o := openAt(f.week(), w.ask.At)
	w.weeks[f.hours] = o
	return o
}

func openAt(week hours.Week, at time.Time) open {
	if week.OpenAt(at) {
		return open{true, week.Closes(at)}
	}
	return open{false, week.NextOpen(at)}
}

// fits tells whether a candidate is what is asked for at all.
func (w *weighing) fits(c candidate) bool {
	q := w.ask
	switch {
	case q.OpenNow && !w.open(c.facts).now,
		q.FreePlace && (c.free == nil || *c.free < 1),
		q.Free && c.cost != "free",
		q.Wheelchair && !c.wheelchair,
		q.Sex != "" && c.sex != "" && q.Sex != c.sex,
		q.Language != "" && !slices.Contains(split(c.languages), q.Language):
		return false
	}
	return q.Age == nil || (c.ageFrom == nil || *c.ageFrom <= *q.Age) && (c.ageTo == nil || *q.Age <= *c.ageTo)
}

// weigh sets the score of a candidate, and its reasons in the order in which they weigh.
func (w *weighing) weigh(c *candidate) {
	c.reasons = nil
	w.weighNeed(c)
	w.weighPlace(c)
	w.weighToday(c)
	w.weighEase(c)
	c.score = 0
	for _, r := range c.reasons {
		c.score += r.Points
	}
}

func (c *candidate) say(r Reason) { c.reasons = append(c.reasons, r) }

func (w *weighing) weighNeed(c *candidate) {
	switch {
	case w.ask.Need == "":
	case c.need == w.ask.Need:
		c.say(Reason{Code: "need", Points: forNeed})
	default:
		c.say(Reason{Code: "any_need", Points: forAny})
	}
	if w.ask.Age != nil && (c.ageFrom != nil || c.ageTo != nil) {
		c.say(Reason{Code: "age", Points: forAge})
	}
	if w.ask.Sex != "" && c.sex != "" {
		c.say(Reason{Code: "sex", Points: forSex})
	}
}

// byLevel are the points of the region it serves and of where it stands, by the level of the region that is shared.
var byLevel = map[region.Level][2]int{region.Village: {servesVillage, standsVillage}, region.District: {servesArea, standsArea},
	region.Regency: {servesRegency, standsRegency}, region.Province: {servesRegion, 0}}

func (w *weighing) weighPlace(c *candidate) {
	if w.ask.Near == "" {
		return
	}
	if level, ok := region.LevelOf(c.area); ok && c.area != "" {
		c.say(Reason{Code: "serves", Points: byLevel[level][0], Place: c.area})
	} else {
		c.say(Reason{Code: "serves_all", Points: servesAll})
	}
	for code := w.ask.Near; code != ""; code = region.Parent(code) {
		level, _ := region.LevelOf(code)
		if points := byLevel[level][1]; points > 0 && strings.HasPrefix(c.place, code) {
			c.say(Reason{Code: "stands", Points: points, Place: code})
			return
		}
	}
}

func (w *weighing) weighToday(c *candidate) {
	switch o := w.open(c.facts); {
	case c.facts.hours == "":
	case o.now:
		c.say(Reason{Code: "open", Points: isOpen, At: o.changes})
	default:
		c.say(Reason{Code: "closed", At: o.changes})
	}
	switch {
	case c.free == nil:
	case *c.free > 0:
		c.say(Reason{Code: "place", Points: hasPlace, N: *c.free})
	default:
		c.say(Reason{Code: "full", Points: isFull})
	}
}

func (w *weighing) weighEase(c *candidate) {
	switch c.cost {
	case "free":
		c.say(Reason{Code: "free", Points: isFree})
	case "insurance":
		c.say(Reason{Code: "insurance", Points: isInsured})
	}
	if c.agreement.On(w.today) {
		c.say(Reason{Code: "agreement", Points: isAgreed})
	}
	if (Checked{On: c.checked}).Stale(w.today) {
		c.say(Reason{Code: "stale", Points: isStale})
	} else {
		c.say(Reason{Code: "checked", Points: isChecked})
	}
}

// ordered weighs what fits, keeps each service once as it fits best, and puts the best first; equals stand by name.
func (w *weighing) ordered(list []candidate) []candidate {
	best := make(map[db.ID]candidate, len(list))
	for _, c := range list {
		if !w.fits(c) {
			continue
		}
		w.weigh(&c)
		if was, seen := best[c.id]; !seen || was.score < c.score {
			best[c.id] = c
		}
	}
	kept := make([]candidate, 0, len(best))
	for _, c := range best {
		kept = append(kept, c)
	}
	slices.SortFunc(kept, compare)
	return kept
}

func compare(a, b candidate) int {
	return cmp.Or(b.score-a.score, cmp.Compare(a.key, b.key), a.id.Compare(b.id))
}

// after are those behind a place.
func after(list []candidate, p Place) []candidate {
	if p.ID.IsZero() {
		return list
	}
	i, at := slices.BinarySearchFunc(list, candidate{id: p.ID, key: p.Name, score: p.Score}, compare)
	if at {
		i++
	}
	return list[i:]
}
