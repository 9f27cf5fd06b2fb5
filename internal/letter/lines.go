package letter

import (
	"strings"

	"teduh/internal/fault"
	"teduh/internal/letter/paper"
	"teduh/internal/web"
)

// tidyLines leaves out what is empty.
func tidyLines(lines []string) (tidy []string) {
	for _, l := range lines {
		if l = strings.Join(strings.Fields(l), " "); l != "" {
			tidy = append(tidy, l)
		}
	}
	return tidy
}

func checkLines(c *fault.Checks, field string, lines []string, most int) {
	c.Field(len(lines) > most, field, "too_many", "letter.too_many_lines", "max", most)
	for _, l := range lines {
		c.Add(web.Length(field, l, 0, web.MaxName))
		checkFace(c, field, l)
	}
}

// checkFace refuses letters of the alphabet that can't be printed, and names them.
func checkFace(c *fault.Checks, field, text string) {
	if lacks := paper.Lacks(text); len(lacks) > 0 {
		c.Add(lacking(field, lacks))
	}
}

func lacking(field string, lacks []rune) *fault.Error {
	shown := make([]string, min(len(lacks), 10))
	for i := range shown {
		shown[i] = "«" + string(lacks[i]) + "»"
	}
	return fault.Field(field, "not_printable", "letter.not_printable", "letters", strings.Join(shown, ", "))
}
