package drawing

// signOrder is in which order signs are explained.
var signOrder = []string{"male", "female", "unstated", "index", "dead", "household", "raised", "married", "separated", "divorced", "not_married",
	"adoptive", "foster", "identical", "close", "very_close", "distant", "conflict", "close_conflict", "cut_off", "violence", "guardian", "kin"}

// Signs are the codes of the symbols and lines that stand on a sheet, for those who need them explained.
func (s Sheet) Signs() (list []string) {
	used := map[string]bool{"household": len(s.Rings) > 0}
	for _, x := range s.Symbols {
		used[map[string]string{"m": "male", "f": "female", "": "unstated"}[x.Person.Sex]] = true
		used["index"] = used["index"] || x.Person.Index
		used["dead"] = used["dead"] || x.Person.Dead
		used["raised"] = used["raised"] || x.Raised != ""
	}
	for _, lines := range [][]Stroke{s.Unions, s.Descents, s.Ties} {
		for _, x := range lines {
			if len(x.Facts) > 0 {
				used[x.Kind] = true
			}
		}
	}
	for _, code := range signOrder {
		if used[code] {
			list = append(list, code)
		}
	}
	return list
}

// signLines are the paths of a line, in a field of 44 by 16.
func signLines(code string) (list []shape) {
	path := []Point{{2, 8}, {42, 8}}
	switch code {
	case "married", "separated", "divorced", "not_married", "adoptive", "foster":
		list = append(list, shape{lineClass(code), polyline(path)})
		for i := range slashes[code] {
			list = append(list, shape{"k k--x", []string{"M16 14l6 -12", "M23 14l6 -12"}[i]})
		}
		return list
	case "identical":
		return []shape{{"k", "M22 1L8 15M22 1L36 15M15 8h14"}}
	}
	return tie(Stroke{Kind: code, Path: path, Ends: [2]bool{false, code == "violence" || code == "guardian"}})
}
