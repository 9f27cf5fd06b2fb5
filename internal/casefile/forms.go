package casefile

import (
	"strconv"
	"strings"
	"time"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/web"
)

// when reads the day and clock of a note; neither given means now, a day alone means noon.
func when(f web.Form, zone *time.Location) (time.Time, error) {
	day, ok := f.Day("happened")
	clock := strings.ReplaceAll(f.Line("clock"), ".", ":")
	switch {
	case !ok:
		return time.Time{}, fault.Invalid(fault.Field("happened", "impossible", "case.day.impossible"))
	case day == "" && clock == "":
		return time.Time{}, nil
	case day == "":
		day = db.DayOf(time.Now(), zone)
	}
	if clock == "" {
		clock = "12:00"
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", string(day)+" "+clock, zone)
	if err != nil {
		return time.Time{}, fault.Invalid(fault.Field("clock", "impossible", "case.clock.impossible"))
	}
	return at, nil
}

// readClosing reads the form of closing a case.
func readClosing(f web.Form) (Closing, error) {
	cl := Closing{Reason: f.Line("reason"), ClientWord: f.Text("client_word"), NoFollowUp: f.Line("no_follow_up"), Version: f.Version()}
	cl.Outcome.Overcome = f.Line("overcome")
	cl.Outcome.Restored = Change{Before: number(f, "restored_before"), After: number(f, "restored_after")}
	cl.Outcome.Strengthened = Change{Before: number(f, "strengthened_before"), After: number(f, "strengthened_after")}
	day, ok := f.Day("follow_up_on")
	if !ok {
		return cl, fault.Invalid(fault.Field("follow_up_on", "impossible", "case.day.impossible"))
	}
	cl.FollowUpOn = day
	cl.Settle = readSettlement(f)
	return cl, nil
}

// readSettlement reads how each open task ended, from fields named after it.
func readSettlement(f web.Form) Settlement {
	st := Settlement{Word: f.Line("task_word"), Sign: f.Checked("sign_own")}
	for _, text := range f.All("withdraw") {
		if id, err := db.ParseID(text); err == nil {
			st.Withdraw = append(st.Withdraw, id)
		}
	}
	for name := range f.Values {
		id, err := db.ParseID(strings.TrimPrefix(name, taskField))
		if err != nil || !strings.HasPrefix(name, taskField) {
			continue
		}
		switch f.Line(name) {
		case "done":
			st.Done = append(st.Done, id)
		case "cancelled":
			st.Cancelled = append(st.Cancelled, id)
		}
	}
	return st
}

// taskField begins the names of the fields that say how a task ended.
const taskField = "task_end_"

// taskEnds are the ways a task ends.
var taskEnds = []string{"done", "cancelled"}

// number is a scale's value, nil where none was given; what is no number lies outside every scale and is refused.
func number(f web.Form, name string) *int {
	s := f.Line(name)
	if s == "" {
		return nil
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		n = -1
	}
	return &n
}
