package expr

import (
	"slices"
	"strings"
)

// And joins expressions that must all hold; empty ones fall away.
func And(parts ...string) string { return joined("and", parts) }

// Or joins expressions of which one must hold; empty ones fall away.
func Or(parts ...string) string { return joined("or", parts) }

func joined(word string, parts []string) string {
	parts = slices.DeleteFunc(slices.Clone(parts), func(p string) bool { return p == "" })
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	for i, p := range parts {
		if e, err := Parse(p); err != nil || e.loose() {
			parts[i] = "(" + p + ")"
		}
	}
	return strings.Join(parts, " "+word+" ")
}

// loose tells whether an expression falls apart when another is joined to it.
func (e *Expr) loose() bool {
	n, ok := e.root.(binary)
	return ok && binds[n.operator] <= binds["and"]
}

// Quote writes a text as an expression has it.
func Quote(text string) string {
	switch {
	case !strings.Contains(text, "'"):
		return "'" + text + "'"
	case !strings.Contains(text, `"`):
		return `"` + text + `"`
	}
	var parts []string
	for _, p := range strings.SplitAfter(text, "'") {
		before, quote := strings.CutSuffix(p, "'")
		parts = append(parts, "'"+before+"'")
		if quote {
			parts = append(parts, `"'"`)
		}
	}
	return "concat(" + strings.Join(parts, ", ") + ")"
}

// Renamed is the expression with other names for its questions.
func (e *Expr) Renamed(of func(name string) string) string {
	p := &parser{letters: []rune(e.source), out: &Expr{}}
	var out strings.Builder
	done := 0
	for p.next() == nil && p.token.kind != 0 {
		if p.token.kind == '$' {
			out.WriteString(string(p.letters[done:p.token.at-1]) + "${" + of(p.token.text) + "}")
			done = p.place
		}
	}
	out.WriteString(string(p.letters[done:]))
	return out.String()
}
