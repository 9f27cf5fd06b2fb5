package xlsform

import (
	"math"
	"slices"
	"strconv"

	"teduh/internal/form"
)

// list is one of the sheet «choices».
type list struct{ options []form.Option }

// yesNo tells whether it only says yes or no, as Write puts it.
func (l *list) yesNo() bool {
	var codes []string
	for _, o := range l.options {
		codes = append(codes, o.Code)
	}
	slices.Sort(codes)
	return slices.Equal(codes, []string{"false", "true"})
}

func (r *reader) choices(s *sheet) {
	if s == nil {
		return
	}
	for _, l := range s.lines {
		name, code := s.of(l, "list_name"), s.of(l, "name")
		if name == "" {
			r.tell(form.Problem{Code: "sheet_no_list", Row: l.row, Word: code})
			continue
		}
		if r.lists[name] == nil {
			r.lists[name] = &list{}
		}
		o := form.Option{Code: code, Text: s.in(l, "label"), System: s.of(l, "system")}
		if value := s.of(l, "value"); value != "" {
			n, err := strconv.ParseFloat(value, 64)
			if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
				r.tell(form.Problem{Code: "sheet_value", Row: l.row, Word: value})
			}
			o.Value = &n
		}
		if code == "" {
			r.tell(form.Problem{Code: "option_code", Item: name, Row: l.row})
		}
		r.lists[name].options = append(r.lists[name].options, o)
	}
}
