package expr

// Bounds of an answer, as a constraint such as «. >= 1 and . <= 30» draws them.
type Bounds struct {
	Least, Most       *float64
	LeastOut, MostOut bool // the bound itself is not allowed
}

// Bounds are those the expression draws, where that is all it says.
func (e *Expr) Bounds() (Bounds, bool) {
	var b Bounds
	return b, b.draw(e.root)
}

func (b *Bounds) draw(n node) bool {
	both, ok := n.(binary)
	if !ok {
		return false
	}
	if both.operator == "and" {
		return b.draw(both.left) && b.draw(both.right)
	}
	operator, limit, ok := aboutSelf(both)
	switch {
	case !ok:
		return false
	case operator == ">" || operator == ">=":
		if b.Least != nil {
			return false
		}
		b.Least, b.LeastOut = &limit, operator == ">"
	default:
		if b.Most != nil {
			return false
		}
		b.Most, b.MostOut = &limit, operator == "<"
	}
	return true
}

var turned = map[string]string{"<": ">", "<=": ">=", ">": "<", ">=": "<="}

// aboutSelf reads «. >= 5» and «5 <= .».
func aboutSelf(n binary) (operator string, limit float64, ok bool) {
	left, right, operator := n.left, n.right, n.operator
	if _, ok := right.(self); ok {
		left, right, operator = right, left, turned[operator]
	}
	if _, is := left.(self); !is || turned[operator] == "" {
		return "", 0, false
	}
	limit, ok = constant(right)
	return operator, limit, ok
}

func constant(n node) (float64, bool) {
	switch n := n.(type) {
	case literal:
		return n.value.number, n.value.kind == Number
	case negative:
		limit, ok := constant(n.of)
		return -limit, ok
	}
	return 0, false
}
