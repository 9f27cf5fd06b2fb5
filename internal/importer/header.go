package importer

import (
	"iter"
	"slices"
	"strconv"

	"teduh/internal/bulk"
)

// headerWithin is how many lines a list may have above the titles of its columns: the name of the list, the office, the year.
const headerWithin = 20

// findHeader finds the line of titles: the one in which most are known. Titles may stand in two lines, «Alamat» above
// «Jalan, RT, RW»; the one beside completes what is empty in the other.
func (s *sheet) findHeader() *bulk.Problem {
	top, p := s.topRows()
	if p != nil {
		return p
	}
	best, most := 0, 0
	for i := range top {
		if n := s.knownTitles(s.header2(top[i:])); n > most {
			best, most = i, n
		}
	}
	s.header, s.headLine, s.titles = s.header2(top[best:]), top[best].Line, [][]string{top[best].Cells}
	if best > 0 {
		if above := top[best-1]; above.Line == s.headLine-1 && len(filled(above.Cells)) > 1 {
			s.header = s.complete(s.header, above.Cells)
			s.titles = append(s.titles, above.Cells)
		}
	}
	if best+1 < len(top) && s.allTitles(top[best+1].Cells) {
		s.headLine = top[best+1].Line
		s.titles = append(s.titles, top[best+1].Cells)
	}
	if first := top[0].Line; first < top[best].Line {
		s.result.Notes.add(&bulk.Problem{File: s.file, Line: first, Key: "import.above", Args: []any{"line", top[best].Line}})
	}
	return nil
}

func (s *sheet) topRows() (top []bulk.Row, p *bulk.Problem) {
	for row, p := range s.from.Rows() {
		if p != nil {
			return nil, p
		}
		if top = append(top, row); len(top) == headerWithin {
			break
		}
	}
	if len(top) == 0 {
		return nil, &bulk.Problem{File: s.file, Key: "import.empty"}
	}
	return top, nil
}

func (s *sheet) knownTitles(cells []string) int {
	var known []string
	for _, c := range cells {
		if as := meaning(s.Kind, c); as != "" && !slices.Contains(known, as) {
			known = append(known, as)
		}
	}
	return len(known)
}

// allTitles tells whether a line holds nothing but known titles, and so is no row.
func (s *sheet) allTitles(cells []string) bool {
	titles := filled(cells)
	return len(titles) > 0 && !slices.ContainsFunc(titles, func(c string) bool { return meaning(s.Kind, c) == "" })
}

func filled(cells []string) (list []string) {
	for _, c := range cells {
		if c != "" {
			list = append(list, c)
		}
	}
	return list
}

// header2 is a line of titles, completed by the one below where that holds titles too.
func (s *sheet) header2(lines []bulk.Row) []string {
	if len(lines) > 1 && s.allTitles(lines[1].Cells) {
		return s.complete(lines[0].Cells, lines[1].Cells)
	}
	return slices.Clone(lines[0].Cells)
}

// complete takes the titles of a second line where the first has none, or one above several, such as «Alamat».
func (s *sheet) complete(first, second []string) []string {
	both := slices.Clone(first)
	for i, c := range second {
		for len(both) <= i {
			both = append(both, "")
		}
		if c != "" && (both[i] == "" || meaning(s.Kind, c) != "") {
			both[i] = c
		}
	}
	return both
}

// rows are the rows below the header. A header that stands again at the top of a printed page, and a line that numbers the
// columns, are none.
func (s *sheet) rows() iter.Seq2[bulk.Row, *bulk.Problem] {
	return func(yield func(bulk.Row, *bulk.Problem) bool) {
		for row, p := range s.from.Rows() {
			if p == nil && (row.Line <= s.headLine || s.again(row.Cells) || row.Line == s.headLine+1 && numbers(row.Cells)) {
				continue
			}
			if !yield(row, p) {
				return
			}
		}
	}
}

func (s *sheet) again(cells []string) bool {
	for _, titles := range append(s.titles, s.header) {
		if slices.Equal(filled(titles), filled(cells)) {
			return true
		}
	}
	return false
}

// numbers recognises «1, 2, 3 …» below the titles.
func numbers(cells []string) bool {
	titles := filled(cells)
	for i, c := range titles {
		if c != strconv.Itoa(i+1) && c != "("+strconv.Itoa(i+1)+")" {
			return false
		}
	}
	return len(titles) > 2
}

func at(cells []string, i int) string {
	if i < len(cells) {
		return cells[i]
	}
	return ""
}
