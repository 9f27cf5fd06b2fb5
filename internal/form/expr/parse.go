package expr

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// token is a word of an expression.
type token struct {
	kind rune // 'n' number, 't' text, '$' a question, 'w' a word, 'o' an operator or bracket, 0 the end
	text string
	at   int
}

// Parse reads an expression.
func Parse(source string) (*Expr, error) {
	letters := []rune(source)
	if len(letters) > MostLetters {
		return nil, &Error{Code: "long", At: MostLetters + 1}
	}
	p := &parser{letters: letters, out: &Expr{source: source}}
	if err := p.next(); err != nil {
		return nil, err
	}
	if p.token.kind == 0 {
		return nil, &Error{Code: "empty", At: 1}
	}
	root, err := p.expression(0, 1)
	if err != nil {
		return nil, err
	}
	if p.token.kind != 0 {
		return nil, p.unexpected()
	}
	p.out.root = root
	return p.out, nil
}

// parser reads by how tightly an operator binds (Pratt 1973), one token ahead.
type parser struct {
	letters []rune
	place   int
	token   token
	out     *Expr
}

// binds tells how tightly the operators hold (XPath 1.0, 3.4 and 3.5).
var binds = map[string]int{"or": 1, "and": 2, "=": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 5, "-": 5, "*": 6, "div": 6, "mod": 6}

const bindsNegative = 7

func (p *parser) expression(least, depth int) (node, error) {
	if depth > MostDepth {
		return nil, &Error{Code: "deep", At: p.token.at}
	}
	left, err := p.operand(depth)
	for err == nil {
		operator := p.token.text
		power, is := binds[operator]
		if !is || p.token.kind != 'o' && p.token.kind != 'w' || power <= least {
			return left, nil
		}
		if err = p.next(); err != nil {
			break
		}
		var right node
		right, err = p.expression(power, depth+1)
		left = binary{operator, left, right}
	}
	return nil, err
}

func (p *parser) operand(depth int) (node, error) {
	t := p.token
	if t.kind == 0 {
		return nil, &Error{Code: "missing", At: t.at}
	}
	if err := p.next(); err != nil {
		return nil, err
	}
	switch {
	case t.kind == 'n':
		n, _ := strconv.ParseFloat(t.text, 64) // digits and at most one point
		return literal{Numeric(n)}, nil
	case t.kind == 't':
		return literal{Words(t.text)}, nil
	case t.kind == '$':
		if !slices.Contains(p.out.names, t.text) {
			p.out.names = append(p.out.names, t.text)
		}
		return name{t.text}, nil
	case t.kind == 'o' && t.text == ".":
		p.out.self = true
		return self{}, nil
	case t.kind == 'o' && t.text == "-":
		of, err := p.expression(bindsNegative, depth+1)
		return negative{of}, err
	case t.kind == 'o' && t.text == "(":
		inner, err := p.expression(0, depth+1)
		if err != nil {
			return nil, err
		}
		return inner, p.want(")")
	case t.kind == 'w' && p.token.text == "(" && p.token.kind == 'o':
		return p.call(t, depth)
	}
	return nil, &Error{Code: "unexpected", Word: t.text, At: t.at}
}

func (p *parser) call(t token, depth int) (node, error) {
	f, known := functions[t.text]
	if !known {
		return nil, &Error{Code: "function", Word: t.text, At: t.at}
	}
	if err := p.next(); err != nil { // the bracket
		return nil, err
	}
	var args []node
	for p.token.kind != 'o' || p.token.text != ")" {
		if len(args) > 0 {
			if err := p.want(","); err != nil {
				return nil, err
			}
		}
		arg, err := p.expression(0, depth+1)
		if err != nil {
			return nil, err
		}
		args = append(args, arg)
	}
	if len(args) < f.least || f.most >= 0 && len(args) > f.most {
		return nil, &Error{Code: "arguments", Word: t.text, At: t.at}
	}
	return call{f, args}, p.next()
}

// want goes past a sign that must stand here.
func (p *parser) want(sign string) error {
	switch {
	case p.token.kind == 0:
		return &Error{Code: "missing", Word: sign, At: p.token.at}
	case p.token.kind != 'o' || p.token.text != sign:
		return p.unexpected()
	}
	return p.next()
}

func (p *parser) unexpected() error {
	return &Error{Code: "unexpected", Word: p.token.text, At: p.token.at}
}

// closers are the ends of texts by their beginnings; spreadsheets turn plain quotes into curly ones.
var closers = map[rune]string{'\'': "'", '"': `"`, '‘': "’'", '’': "’'", '“': `”"`, '”': `”"`}

// next reads one token.
func (p *parser) next() error {
	for p.place < len(p.letters) && unicode.IsSpace(p.letters[p.place]) {
		p.place++
	}
	p.token = token{at: p.place + 1}
	if p.place == len(p.letters) {
		return nil
	}
	r := p.letters[p.place]
	switch {
	case closers[r] != "":
		return p.quoted('t', 1, []rune(closers[r]))
	case r == '$' && p.peek(1) == '{':
		return p.quoted('$', 2, []rune{'}'})
	case digit(r) || r == '.' && digit(p.peek(1)):
		return p.numeral()
	case letter(r):
		p.take('w', func(r rune) bool { return letter(r) || digit(r) || r == '-' })
		return nil
	}
	width := 1
	if p.peek(1) == '=' && (r == '<' || r == '>' || r == '!') {
		width = 2
	}
	p.token.kind, p.token.text = 'o', string(p.letters[p.place:p.place+width])
	p.place += width
	return nil
}

func (p *parser) peek(ahead int) rune {
	if p.place+ahead < len(p.letters) {
		return p.letters[p.place+ahead]
	}
	return 0
}

// quoted reads up to one of the closing signs.
func (p *parser) quoted(kind rune, skip int, closing []rune) error {
	rest := p.letters[p.place+skip:]
	end := slices.IndexFunc(rest, func(r rune) bool { return slices.Contains(closing, r) })
	if end < 0 {
		return &Error{Code: "unclosed", Word: string(p.letters[p.place : p.place+skip]), At: p.token.at}
	}
	p.token.kind, p.token.text = kind, string(rest[:end])
	p.place += skip + end + 1
	if kind == 't' {
		return nil
	}
	if p.token.text = strings.TrimSpace(p.token.text); p.token.text == "" {
		return &Error{Code: "unexpected", Word: "${}", At: p.token.at}
	}
	return nil
}

func (p *parser) numeral() error {
	p.take('n', func(r rune) bool { return digit(r) || r == '.' })
	if !numeral(p.token.text) {
		return p.unexpected()
	}
	return nil
}

func (p *parser) take(kind rune, while func(rune) bool) {
	start := p.place
	for p.place < len(p.letters) && while(p.letters[p.place]) {
		p.place++
	}
	p.token.kind, p.token.text = kind, string(p.letters[start:p.place])
}

func digit(r rune) bool  { return r >= '0' && r <= '9' }
func letter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_' }
