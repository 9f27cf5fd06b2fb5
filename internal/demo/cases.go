package demo

import (
	"context"
	"slices"

	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/intake"
	"teduh/internal/person"
)

// caseCount is how many cases the office has; openCount how many of them are not closed.
const (
	caseCount = 140
	openCount = 86
)

// askedCount is how many cases began as a request.
const askedCount = 22

// closings are the reasons in the order closed cases take them; the cases of the first list were worked to their end.
var (
	closings      = []string{"goals_reached", "solved_by_family", "goals_reached", "moved_on", "goals_reached", "solved_by_family"}
	earlyClosings = []string{"withdrew", "lost_touch", "moved_away", "not_within_remit", "duplicate", "died", "lost_touch", "withdrew"}
)

// spans are how many days ago an open case of each stage was opened, from and to.
var spans = [][2]int{{0, 4}, {3, 12}, {9, 32}, {18, 55}, {34, 200}, {80, 260}, {110, 300}}

// stagesOpen is at which stages the open cases stand, in turn.
var stagesOpen = []int{4, 2, 1, 4, 3, 0, 5, 4, 2, 4, 6, 3, 4}

// fates deals out how far each case comes.
func (f *filler) fates() []fate {
	list := make([]fate, caseCount)
	for i := range list {
		if i < openCount {
			list[i] = f.openFate(i)
			continue
		}
		list[i] = f.closedFate(i - openCount)
	}
	f.chance.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

// openFate is of a case at work. Every seventh has gone quiet; some tasks are late, some due today.
func (f *filler) openFate(i int) fate {
	stage := stagesOpen[i%len(stagesOpen)]
	span := spans[stage]
	t := fate{stage: stage, begun: span[0] + f.chance.IntN(span[1]-span[0]+1), last: f.chance.IntN(12), tasked: i%4 != 3}
	t.late = []int{-4, 0, 2, 5, -1, 0, 8, 3, 1}[i%9]
	if i%7 == 6 {
		quiet := 15 + f.chance.IntN(30)
		t.begun, t.last, t.tasked = t.begun+quiet, quiet, false
	}
	if t.late < 0 { // it was set on a day before it was due
		t.last = max(t.last, 2-t.late)
		t.begun = max(t.begun, t.last)
	}
	t.last = min(t.last, t.begun)
	return t
}

// closedFate is of a case that is over: most came to their end, some left early, and a few came back.
func (f *filler) closedFate(i int) fate {
	closed := 4 + f.chance.IntN(220)
	if i%4 == 3 {
		reason := earlyClosings[i/4%len(earlyClosings)]
		return fate{stage: 1 + f.chance.IntN(2), reason: reason, begun: closed + 10 + f.chance.IntN(40), last: closed}
	}
	t := fate{stage: 6, reason: closings[i%len(closings)], begun: closed + 60 + f.chance.IntN(80), last: closed}
	if i%9 == 4 {
		t.reopened, t.last = true, 30+f.chance.IntN(60)
		t.begun = t.last + 70 + f.chance.IntN(60)
	}
	return t
}

// cases plans all cases. Stories and fates are dealt out apart, so that each story is met at many stages.
func (f *filler) cases() error {
	all, err := stories()
	if err != nil {
		return err
	}
	var told []*story
	for i, n := range times(all, caseCount) {
		for range n {
			told = append(told, all[i])
		}
	}
	f.chance.Shuffle(len(told), func(i, j int) { told[i], told[j] = told[j], told[i] })
	for i, t := range f.fates() {
		f.live(i, told[i], t)
	}
	return nil
}

// live plans one case.
func (f *filler) live(i int, st *story, t fate) {
	l := &life{filler: f, fate: t, st: st, worker: f.staff.social[i%len(f.staff.social)]}
	if i%9 == 8 {
		l.worker = f.staff.psych[i/9%len(f.staff.psych)]
	}
	if st.Risk[0][0] == "high" && t.reason == "" && st.Secrecy < casefile.Secret && f.grave < 2 {
		f.grave++
		l.worker = f.staff.social[0] // whoever signs in first meets danger too
	}
	if mate := f.staff.psych[i%len(f.staff.psych)]; i%3 == 0 && mate.User != l.worker.User {
		l.mate = &mate
	}
	if st.Home == "" {
		l.body, l.voice = f.makeBody(st)
	} else {
		l.home = f.homeFor(st)
		l.voice = voice{f.chance, l.home.wordsFor(st)}
	}
	// Some came as a request that was decided; the others were opened at the desk.
	if l.home != nil && st.Secrecy < casefile.Secret && i%5 == 1 && f.told < askedCount {
		f.told++
		l.cameByRequest(i)
	} else {
		l.then(0, l.openAtDesk(pick(f, st.Channels)))
	}
	l.plan()
	f.lives = append(f.lives, l)
}

// homeFor is a household of the kind a story needs: now and then one that had a case before, for a family may come again.
func (f *filler) homeFor(st *story) *home {
	grown := slices.Contains([]string{"family", "mother", "father"}, st.Client) && st.Secrecy < casefile.Restricted
	for _, h := range f.homes {
		if grown && h.cases == 1 && !h.private && h.kind == st.Home && h.story != st && f.chance.IntN(100) < 15 {
			h.cases++
			return h
		}
	}
	h := f.build(st.Home, st)
	h.kind, h.story, h.cases = st.Home, st, 1
	f.homes = append(f.homes, h)
	return h
}

// know registers the household if the office does not know it yet.
func (l *life) know(ctx context.Context) error {
	if l.home == nil {
		return l.knowBody(ctx)
	}
	by := l.staff.intake[0]
	if l.home.family.IsZero() {
		if err := l.register(ctx, by, l.home); err != nil {
			return err
		}
	}
	for _, role := range sortedKeys(l.st.Marks) {
		if err := l.People.SetMark(ctx, l.worker, l.home.who(role).ID, l.st.Marks[role], db.ID{}); err != nil {
			return err
		}
	}
	l.client = person.ClientChoice{Kind: "family", Family: l.home.family}
	if p := l.home.who(l.st.Client); p != nil {
		l.client = person.ClientChoice{Kind: "individual", Person: p.ID}
	}
	return nil
}

// openAtDesk opens a case without a request; a secret one is opened by the head, who is then among the named.
func (l *life) openAtDesk(channel string) doing {
	return func(ctx context.Context) error {
		if err := l.know(ctx); err != nil {
			return err
		}
		by := l.worker
		if l.st.Secrecy == casefile.Secret {
			by = l.staff.head
		}
		c, err := l.Cases.Open(ctx, by, casefile.Order{Client: l.client, Worker: l.worker.User.String(), Channel: channel,
			Categories: l.st.Categories, Confidentiality: l.st.Secrecy})
		l.id = c.ID
		return err
	}
}

// cameByRequest lets a case begin as a request: recorded, taken, first contact, decided.
func (l *life) cameByRequest(i int) {
	r := l.requestOf(i)
	var q intake.Request
	l.then(0, func(ctx context.Context) (err error) {
		if err := l.know(ctx); err != nil {
			return err
		}
		by := l.staff.intake[i%len(l.staff.intake)]
		if r.Channel == "facilitator" {
			by = l.staff.inPlace[l.home.village]
		}
		r.Village = l.home.village
		q, err = l.Requests.Record(ctx, by, r)
		return err
	})
	l.then(0.05, func(ctx context.Context) error {
		_, err := l.Requests.Contact(ctx, l.worker, q.ID, intake.Contact{How: "phone", Reached: true, Note: l.fill("Bersedia bertemu. {klien} diberi tahu apa yang dicatat dan siapa yang membaca.")})
		return err
	})
	l.then(0, func(ctx context.Context) error {
		out, err := l.Requests.Triage(ctx, l.worker, q.ID, intake.Decision{Outcome: "case", Note: "Perlu pendampingan, dibuka sebagai kasus.",
			Client: l.client, Secrecy: l.st.Secrecy})
		l.id = out.Case
		return err
	})
}

func (l *life) requestOf(i int) intake.Request {
	r := intake.Request{Channel: l.st.Channels[i%len(l.st.Channels)], Kind: "report_other", Danger: l.st.Danger, Categories: l.st.Categories}
	r.Told = intake.Told{Narrative: l.say(l.st.Request), Reporter: intake.Reporter{Name: l.words["kakak"], Phone: l.phone(), Relation: "saudara"}, About: l.words["klien"]}
	if slices.Contains([]string{"walk_in", "whatsapp"}, r.Channel) {
		r.Kind, r.Told.About, r.Told.Reporter.Relation = "help_self", "", "diri sendiri"
	}
	return r
}
