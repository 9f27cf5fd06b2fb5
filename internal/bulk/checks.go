package bulk

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"teduh/internal/db"
)

// Checks reads the cells of one row and gathers what is wrong.
type Checks struct {
	table    Table
	row      Row
	Problems []*Problem
}

// Check begins with a row.
func Check(t Table, row Row) *Checks { return &Checks{table: t, row: row} }

// Add keeps a problem of a column.
func (c *Checks) Add(column, key string, args ...any) {
	c.Problems = append(c.Problems, &Problem{File: c.table.File, Line: c.row.Line, Column: column, Key: key, Args: args})
}

// Text reads a cell.
func (c *Checks) Text(column string) string {
	return c.row.Cells[slices.Index(c.table.Columns, column)]
}

// Needed reads a cell that must not be empty, of at most so many letters.
func (c *Checks) Needed(column string, most int) string {
	value := c.Text(column)
	switch {
	case value == "":
		c.Add(column, "import.needed")
	case len(value) > most && utf8.RuneCountInString(value) > most:
		c.Add(column, "import.too_long", "max", most)
	}
	return value
}

// Choice reads a word of a closed set.
func (c *Checks) Choice(column string, known []string) string {
	value := strings.ToLower(c.Text(column))
	if !slices.Contains(known, value) {
		c.Add(column, "import.choice", "choices", strings.Join(known, ", "))
	}
	return value
}

// Day reads a date, 2006-01-02, or an empty cell.
func (c *Checks) Day(column string) db.Date {
	value := c.Text(column)
	if value == "" {
		return ""
	}
	t, err := time.Parse(time.DateOnly, value)
	if err != nil || t.Year() < 1800 {
		c.Add(column, "import.day")
		return ""
	}
	return db.Date(value)
}

// Time reads an instant of RFC 3339, or an empty cell.
func (c *Checks) Time(column string) db.Time {
	value := c.Text(column)
	if value == "" {
		return db.Time{}
	}
	t, err := time.Parse(time.RFC3339, value)
	if err != nil || t.Year() < 1800 || t.Year() > 9999 {
		c.Add(column, "import.time")
		return db.Time{}
	}
	return db.At(t)
}
