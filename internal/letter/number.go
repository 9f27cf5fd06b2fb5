package letter

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/web"
)

// romans are the months as they stand in the numbers of letters.
var romans = [...]string{"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"}

// NumberParts are what a pattern of numbers may hold.
var NumberParts = []string{"urut", "kode", "bulan_romawi", "bulan", "tahun"}

var (
	numberPart  = regexp.MustCompile(`\{([^{}]*)\}`)
	serialApart = regexp.MustCompile(`(^|[^\p{L}\p{N}}])\{urut\}($|[^\p{L}\p{N}{])`)
)

// Number writes the number of a letter by a pattern such as «460/{urut}/LK3-BS/{bulan_romawi}/{tahun}». The running number has
// three digits or more.
func Number(pattern, code string, serial int, on db.Date) string {
	year, month := string(on[:4]), string(on[5:7])
	n, err := strconv.Atoi(month)
	if err != nil || n < 1 || n > 12 {
		n = 1
	}
	return strings.NewReplacer("{urut}", fmt.Sprintf("%03d", serial), "{kode}", code, "{bulan_romawi}", romans[n-1], "{bulan}", month,
		"{tahun}", year).Replace(pattern)
}

// checkPattern asks for what makes each number one of its own, year by year: the running number, apart from other digits, and
// the year.
func checkPattern(c *fault.Checks, pattern string) {
	c.Add(web.Length("pattern", pattern, 1, 100))
	for _, part := range numberPart.FindAllStringSubmatch(pattern, -1) {
		if near, known := nearest(part[1], NumberParts); !known {
			c.Field(true, "pattern", "unknown_part", "letter.pattern_unknown", "part", "{"+part[1]+"}", "near", "{"+near+"}")
		}
	}
	c.Field(strings.Count(pattern, "{urut}") != 1 || !serialApart.MatchString(pattern), "pattern", "serial_missing", "letter.pattern_serial", "part", "{urut}")
	c.Field(strings.Count(pattern, "{tahun}") != 1, "pattern", "year_missing", "letter.pattern_year", "part", "{tahun}")
	c.Field(strings.ContainsAny(numberPart.ReplaceAllString(pattern, ""), "{}"), "pattern", "braces", "letter.braces")
	checkFace(c, "pattern", pattern)
}
