package unit

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"teduh/internal/db"
	"teduh/internal/web"
)

// blankRows are the empty rows a list offers for what is new.
const blankRows = 3

// readPart reads what was typed for an area, puts it into typed so that a refused form can show it, and gives it back.
func (p *Pages) readPart(ctx context.Context, area string, f web.Form, typed *Settings) Part {
	switch area {
	case "categories":
		typed.Categories = plain(ctx, readEntries(f), categoryWords)
		return typed.Categories
	case "services":
		typed.Services = plain(ctx, readEntries(f), serviceWords)
		return typed.Services
	case "stages":
		typed.Stages = Stages{Labels: plain(ctx, readEntries(f), stageWords), Off: readGates(f, p.gates)}
		return typed.Stages
	case "urgency":
		typed.Urgency = readUrgency(f)
		return typed.Urgency
	case "danger":
		typed.Danger = Danger{}
		for _, sign := range DangerSigns {
			typed.Danger[sign] = f.Line("sign_" + sign)
		}
		return typed.Danger
	case "duty":
		typed.Duty = Duty{First: readIDs(f.All("first")), StandIns: readIDs(f.All("stand_ins")), ToStand: f.Int("to_stand_in", 0), ToHead: f.Int("to_head", 0)}
		return typed.Duty
	case "calendar":
		typed.Calendar = readCalendar(f)
		return typed.Calendar
	case "emergency":
		typed.Emergency = readNumbers(f)
		return typed.Emergency
	case "rules":
		typed.Rules = readRules(f)
		return typed.Rules
	case "guidance":
		typed.Guidance = readGuidance(f)
		return typed.Guidance
	}
	typed.FollowUp = FollowUp{Months: readNumbersOf(f.Line("months")), RiskNeedsSecond: f.Checked("risk_needs_second")}
	return typed.FollowUp
}

// rows calls fn for each row of a list whose rows are numbered.
func rows(f web.Form, fn func(at func(name string) string)) {
	for i := range f.Int("rows", 0) {
		if i >= MaxEntries+blankRows {
			return
		}
		fn(func(name string) string { return name + "_" + strconv.Itoa(i) })
	}
}

// readEntries reads a list; a row without code and without label is an empty one, a new one gets a code of its own.
func readEntries(f web.Form) (list []Entry) {
	next := 1
	rows(f, func(at func(string) string) {
		e := Entry{Code: f.Line(at("code")), ID: f.Line(at("id")), EN: f.Line(at("en")), Off: !f.Checked(at("on"))}
		if e.Code == "" {
			if e.ID == "" && e.EN == "" {
				return
			}
			for has(list, "own_"+strconv.Itoa(next)) {
				next++
			}
			e.Code, e.Off = "own_"+strconv.Itoa(next), false
		}
		list = append(list, e)
	})
	return list
}

func has(list []Entry, code string) bool {
	_, ok := find(list, code)
	return ok
}

// readGates are those whose box was not ticked.
func readGates(f web.Form, gates []Gate) (off []string) {
	on := f.All("gates")
	for _, g := range gates {
		if name := g.Stage + "/" + g.Code; !slices.Contains(on, name) {
			off = append(off, name)
		}
	}
	return off
}

func readUrgency(f web.Form) Urgency {
	u := Urgency{}
	for _, code := range Urgencies {
		hours := f.Int("hours_"+code, 0)
		u[code] = hours * 60
	}
	return u
}

func readIDs(texts []string) []db.ID {
	list := []db.ID{}
	for _, t := range texts {
		if id, err := db.ParseID(t); err == nil {
			list = append(list, id)
		}
	}
	return list
}

func readCalendar(f web.Form) Calendar {
	c := Calendar{From: f.Line("from"), To: f.Line("to")}
	for _, d := range f.All("days") {
		if n, err := strconv.Atoi(d); err == nil {
			c.Days = append(c.Days, n)
		}
	}
	rows(f, func(at func(string) string) {
		if f.Line(at("day")) == "" && f.Line(at("name")) == "" {
			return
		}
		day, ok := f.Day(at("day"))
		if !ok {
			day = db.Date(f.Line(at("day")))
		}
		c.Holidays = append(c.Holidays, Holiday{Day: day, Name: f.Line(at("name"))})
	})
	return c
}

func readNumbers(f web.Form) (list Emergency) {
	rows(f, func(at func(string) string) {
		n := Number{Name: f.Line(at("name")), Number: f.Line(at("number")), On: f.Checked(at("on"))}
		if n.Name == "" && n.Number == "" {
			return
		}
		n.Checked, _ = f.Day(at("checked"))
		list = append(list, n)
	})
	return list
}

func readRules(f web.Form) (list Rules) {
	rows(f, func(at func(string) string) {
		r := Rule{Code: f.Line(at("code")), After: f.Line(at("after")), Days: f.Int(at("days"), -1), What: f.Line(at("what")), Off: !f.Checked(at("on"))}
		if r.Code == "" && r.What == "" {
			return
		}
		if r.Code == "" {
			r.Off = false
		}
		list = append(list, r)
	})
	return list
}

// readNumbersOf reads «1, 3, 6»; what is no number becomes one that Check refuses.
func readNumbersOf(text string) (list []int) {
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ' ' || r == ';' }) {
		n, err := strconv.Atoi(word)
		if err != nil {
			n = -1
		}
		list = append(list, n)
	}
	return list
}
