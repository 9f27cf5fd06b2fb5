package bulk

import "strings"

// Guarded is a cell for a CSV file that a spreadsheet will open. What would begin a formula there gets an apostrophe, which
// makes it a text (OWASP, CSV injection); so do the wide forms of these signs.
func Guarded(cell string) string {
	if begin := strings.TrimLeft(cell, " \u00a0\ufeff"); begin != "" && strings.ContainsRune("=+-@\t\r\n|%＝＋－＠", []rune(begin)[0]) {
		return "'" + cell
	}
	return cell
}
