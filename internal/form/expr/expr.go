// Package expr reads and reckons the expressions of a form: the subset of XPath 1.0 with the functions of ODK XForms that
// XLSForm uses in its columns relevant, calculation and constraint.
//
//	${income} - ${expenses}
//	${age} >= 18 and selected(${danger}, 'weapon')
//	if(${count} = '', 0, round(${count} div 3, 1))
//
// An expression is parsed once and reckoned often. It reads answers by their names and nothing else: no clock, no chance, no
// place, so that old answers give the same result on any day. today(), now() and random() are therefore refused by name, as
// is every function that is not listed in functions.go.
//
// The rules are those of XPath 1.0 (https://www.w3.org/TR/1999/REC-xpath-19991116/, sections 3.4, 3.5 and 4) and of the ODK
// XForms specification (https://getodk.github.io/xforms-spec/#xpath-functions): an unanswered question is an empty text, and
// reckoning with it gives no number. Three things differ, so that people who don't know XPath are not led astray: sum, min
// and max take several values and pass over the unanswered ones; a truth beside a text is compared with what the text says
// («true», «1», «OK»; never with an empty one); an answer that counts for a number, such as an option with a weight, counts for it.
//
// There are XPath engines in Go, but they walk XML documents and know neither ${names} nor these functions; what converts
// XLSForms in Go does not reckon them. So the parser is our own, small, and bounded in length and depth.
package expr

import "fmt"

// Limits of one expression.
const (
	MostLetters = 2000
	MostDepth   = 40
)

// Expr is an expression that was read.
type Expr struct {
	source string
	root   node
	names  []string
	self   bool
}

// Error says where an expression can't be read on. The codes: «empty», «long», «deep», «unclosed» (a text or a name without
// its end), «unexpected» (Word), «missing» (something should follow), «function» (Word is not known), «arguments» (too many or
// too few for Word).
type Error struct {
	Code string
	Word string
	At   int // the letter, counted from 1
}

func (e *Error) Error() string { return fmt.Sprintf("expr: %s %q at %d", e.Code, e.Word, e.At) }

// String is the expression as it was written.
func (e *Expr) String() string { return e.source }

// Names are the questions it reads, each once, in the order they are named.
func (e *Expr) Names() []string { return e.names }

// Self tells whether it reads «.», the answer it is about.
func (e *Expr) Self() bool { return e.self }

// Answers give the value of a question by its name; Empty where there is none.
type Answers func(name string) Value

// Reckon gives the value of the expression. Self is the value of «.».
func (e *Expr) Reckon(of Answers, self Value) Value {
	return e.root.reckon(&scene{of: of, self: self})
}

// scene is what an expression may look at.
type scene struct {
	of   Answers
	self Value
}

// node is a part of an expression.
type node interface {
	reckon(s *scene) Value
	kind(of func(name string) Kind) Kind
}

// Kind tells which kind of value comes out, given the kinds of the questions it names.
func (e *Expr) Kind(of func(name string) Kind) Kind { return e.root.kind(of) }

type literal struct{ value Value }

func (n literal) reckon(*scene) Value         { return n.value }
func (n literal) kind(func(string) Kind) Kind { return n.value.kind }

type name struct{ name string }

func (n name) reckon(s *scene) Value               { return s.of(n.name) }
func (n name) kind(of func(name string) Kind) Kind { return of(n.name) }

type self struct{}

func (self) reckon(s *scene) Value       { return s.self }
func (self) kind(func(string) Kind) Kind { return Text }

type negative struct{ of node }

func (n negative) reckon(s *scene) Value       { return Numeric(-n.of.reckon(s).Number()) }
func (n negative) kind(func(string) Kind) Kind { return Number }

type binary struct {
	operator    string
	left, right node
}

func (n binary) kind(func(string) Kind) Kind {
	switch n.operator {
	case "+", "-", "*", "div", "mod":
		return Number
	}
	return Truth
}

func (n binary) reckon(s *scene) Value {
	switch n.operator {
	case "or":
		return True(n.left.reckon(s).Bool() || n.right.reckon(s).Bool())
	case "and":
		return True(n.left.reckon(s).Bool() && n.right.reckon(s).Bool())
	}
	return operate(n.operator, n.left.reckon(s), n.right.reckon(s))
}

type call struct {
	function function
	args     []node
}

func (n call) reckon(s *scene) Value { return n.function.reckon(s, n.args) }

func (n call) kind(of func(name string) Kind) Kind {
	if n.function.kind != either {
		return n.function.kind
	}
	first := n.args[len(n.args)-1].kind(of)
	if n.args[len(n.args)-2].kind(of) == first {
		return first
	}
	return Text
}
