package instrument_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/form"
	"teduh/internal/instrument"
	"teduh/internal/instrument/scoring"
	"teduh/internal/journal"
	"teduh/internal/person"
	"teduh/internal/testkit"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, what string, err error, code string) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Errorf("%s: %v, want %s", what, err, code)
	}
}

// desk is an office with a case and the instruments.
type desk struct {
	t      *testing.T
	o      *testkit.Office
	cases  *casefile.Service
	s      *instrument.Service
	worker access.Actor
	c      casefile.Case
}

func onDesk(t *testing.T, do func(d *desk)) {
	testkit.Engines(t, func(t *testing.T, database *db.DB) {
		o := testkit.NewOffice(t, database)
		d := &desk{t: t, o: o, worker: o.As("worker")}
		d.cases = casefile.NewService(casefile.Needs{DB: database, Journal: o.Journal, Vault: o.Vault, People: o.People, Gates: casefile.NewGates(), Office: o.Units, Now: o.Now})
		d.s = instrument.NewService(instrument.Needs{DB: database, Journal: o.Journal, Vault: o.Vault, Cases: d.cases, Access: o.Access, Office: o.Units, Now: o.Now})
		added, err := o.People.Add(t.Context(), d.worker, person.Person{Name: "Melati Kencana"}, true)
		must(t, err)
		d.c, err = d.cases.Open(t.Context(), d.worker, casefile.Order{Client: person.ClientChoice{Kind: "individual", Person: added.Person.ID}})
		must(t, err)
		do(d)
	})
}

// answers turns «0,1,2» into answers of the items 1, 2, 3; a dash stays unanswered.
func answers(list string) form.Answers {
	a := form.Answers{}
	for i, v := range strings.Split(list, ",") {
		if v != "-" {
			a[strconv.Itoa(i+1)] = []string{v}
		}
	}
	return a
}

func (d *desk) filling(list string, on db.Date) instrument.Filling {
	return instrument.Filling{Instrument: "phq-9", Edition: "1", Language: "id", AnsweredOn: on, Answers: answers(list)}
}

func (d *desk) fill(list string, on db.Date) instrument.Answering {
	d.t.Helper()
	x, err := d.s.Fill(d.t.Context(), d.worker, d.c.ID, d.filling(list, on))
	must(d.t, err)
	return x
}

func (d *desk) answered() []instrument.Answering {
	d.t.Helper()
	list, err := d.s.Answered(d.t.Context(), d.worker, d.c.ID)
	must(d.t, err)
	return list
}

func (d *desk) reviews() (n int) {
	d.t.Helper()
	tasks, err := d.cases.TasksOf(d.t.Context(), d.worker, d.c.ID)
	must(d.t, err)
	for _, x := range tasks {
		if x.Code == "risk_review" && x.DueOn == db.DayOf(d.o.Now(), d.worker.Office.Zone) && x.For.ID == d.worker.User {
			n++
		}
	}
	return n
}

// A client is asked twice, and the change is more than chance: 13 and 6 lie 7 apart, and 5.7 is enough (Kroenke et al. 2001:
// SD 6.1, α 0.89).
func TestAClientGetsBetter(t *testing.T) {
	onDesk(t, func(d *desk) {
		d.fill("2,2,2,2,1,1,2,1,0", "2026-10-01")
		d.fill("1,1,1,1,1,1,0,0,0", "2026-11-20")
		list := d.answered()
		if len(list) != 2 || list[0].AnsweredOn != "2026-11-20" || list[0].By.Name != "worker" {
			t.Fatalf("kept: %+v", list)
		}
		after, before := list[0].Result.Scores[0], list[1].Result.Scores[0]
		if before.Value != 13 || before.Band != "moderate" || !before.Beyond || after.Value != 6 || after.Band != "mild" || after.Beyond {
			t.Errorf("scores %+v and %+v", before, after)
		}
		e, err := d.s.Edition(d.t.Context(), d.worker, "phq-9", "1")
		must(d.t, err)
		if got := e.Doc.Scales[0].Judge(before.Value, after.Value); got != scoring.Better {
			d.t.Errorf("judged %s", got)
		}
		if d.reviews() != 0 {
			d.t.Error("a review of the risk is due without a reason")
		}
		one, err := d.s.One(d.t.Context(), d.o.As("head"), d.c.ID, list[1].ID)
		must(d.t, err)
		if fmt.Sprint(one.Answers) != fmt.Sprint(answers("2,2,2,2,1,1,2,1,0")) {
			d.t.Errorf("answers %v", one.Answers)
		}
	})
}

// Whatever the score, a thought of death makes a review of the risk due the same day, for the worker in charge.
func TestAThoughtOfDeathIsReviewedAtOnce(t *testing.T) {
	onDesk(t, func(d *desk) {
		d.fill("0,0,0,0,0,0,0,0,1", "2026-11-24")
		if n := d.reviews(); n != 1 {
			d.t.Errorf("%d reviews", n)
		}
		list, err := d.cases.Timeline(d.t.Context(), d.worker, d.c.ID, journal.Page{Limit: 3})
		must(d.t, err)
		var codes []string
		for _, x := range list {
			codes = append(codes, x.Code)
		}
		for _, want := range []string{"instrument.alarm", "instrument.filled", "task.added"} {
			if !slices.Contains(codes, want) {
				d.t.Errorf("the timeline says %v, not %s", codes, want)
			}
		}
	})
}

func TestFillingsAreRefusedAtTheirFields(t *testing.T) {
	onDesk(t, func(d *desk) {
		ctx := d.t.Context()
		table := map[string]struct {
			change func(*instrument.Filling)
			fields string
		}{
			"two answers are missing":  {func(f *instrument.Filling) { f.Answers = answers("1,-,1,1,1,1,1,-,0") }, "q-2:required q-8:required"},
			"no such answer":           {func(f *instrument.Filling) { f.Answers["3"] = []string{"7"} }, "q-3:option"},
			"nothing answered":         {func(f *instrument.Filling) { f.Answers = nil }, "answers:required"},
			"tomorrow":                 {func(f *instrument.Filling) { f.AnsweredOn = "2026-11-25" }, "answered_on:future"},
			"no day":                   {func(f *instrument.Filling) { f.AnsweredOn = "" }, "answered_on:required"},
			"a language without words": {func(f *instrument.Filling) { f.Language = "zh" }, "language:unknown"},
			"someone not involved":     {func(f *instrument.Filling) { f.Person = db.NewID() }, "person:unknown"},
		}
		for what, c := range table {
			f := d.filling("1,1,1,1,1,1,1,1,0", "2026-11-24")
			c.change(&f)
			_, err := d.s.Fill(ctx, d.worker, d.c.ID, f)
			if got := fmt.Sprint(err); got != "invalid ("+c.fields+")" {
				d.t.Errorf("%s: %s", what, got)
			}
		}
		partly := d.filling("1,-,1,1,1,1,1,1,0", "2026-11-24")
		partly.Partly = true
		x, err := d.s.Fill(ctx, d.worker, d.c.ID, partly)
		must(d.t, err)
		if x.Result.Scores[0].Scored {
			d.t.Errorf("scored with a missing answer: %+v", x.Result)
		}
		_, err = d.s.Fill(ctx, d.o.As("worker2"), d.c.ID, d.filling("1,1,1,1,1,1,1,1,0", "2026-11-24"))
		refused(d.t, "another's case", err, "forbidden")
		_, err = d.s.Fill(ctx, d.worker, d.c.ID, instrument.Filling{Instrument: "srq-20", Edition: "1", Language: "id"})
		refused(d.t, "without words", err, "instrument_unusable")
		_, err = d.s.Answered(ctx, d.o.As("intake"), d.c.ID)
		refused(d.t, "the intake officer", err, "forbidden")
	})
}

func TestAStruckFillingStaysToBeRead(t *testing.T) {
	onDesk(t, func(d *desk) {
		x := d.fill("1,1,1,1,1,1,1,1,0", "2026-11-24")
		refused(t, "without a reason", d.s.Strike(d.t.Context(), d.worker, d.c.ID, x.ID, ""), "invalid")
		must(d.t, d.s.Strike(d.t.Context(), d.worker, d.c.ID, x.ID, "Salah orang"))
		refused(d.t, "twice", d.s.Strike(d.t.Context(), d.worker, d.c.ID, x.ID, "Lagi"), "struck")
		got := d.answered()[0]
		if got.Counts() || got.StruckReason != "Salah orang" || got.StruckBy.Name != "worker" || len(got.Answers) != 9 {
			d.t.Errorf("struck: %+v", got)
		}
	})
}

// A client answers on their own phone: question by question, from one device, once.
func TestAClientAnswersByALink(t *testing.T) {
	onDesk(t, func(d *desk) {
		ctx := d.t.Context()
		id, token, err := d.s.Ask(ctx, d.worker, d.c.ID, instrument.Asking{Instrument: "phq-9", Edition: "1", Language: "en", Manner: instrument.ByLink})
		must(d.t, err)
		sh, err := d.s.Open(ctx, token, "her phone")
		must(d.t, err)
		if got := sh.Asked()[0].Text.In(sh.Language); got != "Little interest or pleasure in doing things" || sh.Office.Name == "" {
			d.t.Errorf("asked %q", got)
		}
		_, err = d.s.Open(ctx, token, "another phone")
		refused(d.t, "another device", err, "elsewhere")
		for i := range 9 {
			_, err = d.s.Answer(ctx, token, "her phone", strconv.Itoa(i+1), []string{"1"})
			must(d.t, err)
		}
		_, err = d.s.Answer(ctx, token, "another phone", "1", []string{"0"})
		refused(d.t, "an answer from another device", err, "elsewhere")
		_, err = d.s.Answer(ctx, token, "her phone", "1", []string{"9"})
		refused(d.t, "no such answer", err, "invalid")
		if x := d.answered()[0]; x.Counts() || x.ID != id {
			d.t.Errorf("before it is sent: %+v", x)
		}
		sh, err = d.s.Send(ctx, token, "her phone")
		must(d.t, err)
		if !sh.Raised || d.reviews() != 1 {
			d.t.Errorf("a thought of death raised %v and %d reviews", sh.Raised, d.reviews())
		}
		x := d.answered()[0]
		if !x.Counts() || x.Result.Scores[0].Value != 9 || x.Manner != "link" || x.By.ID != d.worker.User {
			d.t.Errorf("sent: %+v", x)
		}
		for what, err := range map[string]error{"open": second(d.s.Open(ctx, token, "her phone")), "send": second(d.s.Send(ctx, token, "her phone")),
			"answer": second(d.s.Answer(ctx, token, "her phone", "1", []string{"0"}))} {
			refused(d.t, what+" again", err, "sent")
		}
	})
}

func second[T any](_ T, err error) error { return err }

// A link dies: after a day, with its answering, with the case; and a guessed one leads nowhere.
func TestLinksDie(t *testing.T) {
	onDesk(t, func(d *desk) {
		ctx := d.t.Context()
		ask := func() (db.ID, string) {
			id, token, err := d.s.Ask(ctx, d.worker, d.c.ID, instrument.Asking{Instrument: "gad-7", Edition: "1", Language: "id", Manner: instrument.OnTablet})
			must(d.t, err)
			return id, token
		}
		_, unfinished := ask()
		refused(d.t, "unfinished", second(d.s.Send(ctx, unfinished, "x")), "invalid")
		d.o.Clock.Add(24*time.Hour + time.Second)
		refused(d.t, "after a day", second(d.s.Open(ctx, unfinished, "x")), "ended")
		id, token := ask()
		must(d.t, d.s.Strike(ctx, d.worker, d.c.ID, id, "Keliru"))
		refused(d.t, "struck", second(d.s.Open(ctx, token, "x")), "not_found")
		refused(d.t, "guessed", second(d.s.Open(ctx, "tebakan", "x")), "not_found")
	})
}

// What an office decides: a shipped instrument out of use, another edition beside it, and old answers by the old one.
func TestEditionsStandBesideEachOther(t *testing.T) {
	onDesk(t, func(d *desk) {
		ctx, head := d.t.Context(), d.o.As("head")
		d.fill("1,1,1,1,1,1,1,1,0", "2026-11-24")
		refused(d.t, "a worker decides", d.s.SetState(ctx, d.worker, "phq-9", "1", instrument.Retired), "forbidden")
		must(d.t, d.s.SetState(ctx, head, "phq-9", "1", instrument.Retired))
		_, err := d.s.Fill(ctx, d.worker, d.c.ID, d.filling("1,1,1,1,1,1,1,1,0", "2026-11-24"))
		refused(d.t, "out of use", err, "instrument_unusable")
		if x := d.answered()[0]; x.Result.Scores[0].Value != 8 {
			d.t.Errorf("old answers: %+v", x)
		}
		mine := `{"resourceType":"Questionnaire","url":"urn:kantor:rumah","version":"1","title":"Rumah","item":[{"linkId":"a","type":"choice","text":"Tenang?",
			"answerOption":[{"valueInteger":0},{"valueInteger":1}]}]}`
		rules := `{"questionnaire":"urn:kantor:rumah|1","scales":[{"code":"s","title":{"id":"Tenang"},"items":["a"],"method":"sum","better":"higher"}]}`
		_, err = d.s.Bring(ctx, head, []byte(`{"resourceType":"Questionnaire"}`), []byte(rules))
		if got := fmt.Sprint(err); got != "invalid (questionnaire:no_items)" {
			d.t.Errorf("broken: %s", got)
		}
		_, err = d.s.Bring(ctx, head, []byte(mine), []byte(strings.Replace(rules, `"a"`, `"b"`, 1)))
		if got := fmt.Sprint(err); got != "invalid (scoring:unknown_item scoring:no_items)" && got != "invalid (scoring:unknown_item)" {
			d.t.Errorf("other items: %s", got)
		}
		e, err := d.s.Bring(ctx, head, []byte(mine), []byte(rules))
		must(d.t, err)
		_, err = d.s.Fill(ctx, d.worker, d.c.ID, instrument.Filling{Instrument: e.Name, Edition: "1", Language: "id"})
		refused(d.t, "a draft", err, "instrument_unusable")
		_, err = d.s.Bring(ctx, head, []byte(mine), []byte(rules))
		refused(d.t, "twice", err, "invalid")
		must(d.t, d.s.SetState(ctx, head, "rumah", "1", instrument.Published))
		x, err := d.s.Fill(ctx, d.worker, d.c.ID, instrument.Filling{Instrument: "rumah", Edition: "1", Language: "id", AnsweredOn: "2026-11-24", Answers: form.Answers{"a": {"1"}}})
		must(d.t, err)
		if x.Result.Scores[0].Value != 1 {
			d.t.Errorf("scored %+v", x.Result)
		}
		refused(d.t, "next door", second(d.s.Edition(ctx, d.o.As("other"), "rumah", "1")), "not_found")
	})
}

// An office that may use the SRQ-20 types its words; the shipped rules score it: six or more is beyond the cut-off.
func TestLicensedWordsAreTypedIn(t *testing.T) {
	onDesk(t, func(d *desk) {
		ctx, head := d.t.Context(), d.o.As("head")
		words := instrument.Words{Source: "Izin dari pemegang hak, surat 12/2026", Items: map[string]string{}}
		_, err := d.s.Word(ctx, head, "srq-20", words)
		refused(d.t, "no words", err, "invalid")
		for i := range 20 {
			words.Items[strconv.Itoa(i+1)] = fmt.Sprintf("Kata-kata butir %d", i+1)
		}
		e, err := d.s.Word(ctx, head, "srq-20", words)
		must(d.t, err)
		if e.State != instrument.Draft || !e.Form.Worded() || e.Version == "1" {
			d.t.Errorf("made %+v", e)
		}
		must(d.t, d.s.SetState(ctx, head, "srq-20", e.Version, instrument.Published))
		yes := strings.Repeat("yes,", 6) + strings.TrimSuffix(strings.Repeat("no,", 14), ",")
		x, err := d.s.Fill(ctx, d.worker, d.c.ID, instrument.Filling{Instrument: "srq-20", Edition: e.Version, Language: "id", AnsweredOn: "2026-11-24", Answers: answers(yes)})
		must(d.t, err)
		if got := x.Result.Scores[0]; got.Value != 6 || !got.Beyond {
			d.t.Errorf("scored %+v", got)
		}
		words.Cutoff = 21
		_, err = d.s.Word(ctx, head, "srq-20", words)
		refused(d.t, "a cut-off above all scores", err, "invalid")
		words.Cutoff = 7
		own, err := d.s.Word(ctx, head, "srq-20", words)
		must(d.t, err)
		must(d.t, d.s.SetState(ctx, head, "srq-20", own.Version, instrument.Published))
		x, err = d.s.Fill(ctx, d.worker, d.c.ID, instrument.Filling{Instrument: "srq-20", Edition: own.Version, Language: "id", AnsweredOn: "2026-11-24", Answers: answers(yes)})
		must(d.t, err)
		if got := x.Result.Scores[0]; got.Value != 6 || got.Beyond || got.Band != "below" {
			d.t.Errorf("by the office's own cut-off of 7: %+v", got)
		}
		_, err = d.s.Word(ctx, head, "phq-9", words)
		refused(d.t, "words that are there", err, "not_found")
	})
}
