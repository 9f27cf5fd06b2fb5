package bulk

import (
	"bufio"
	"encoding/csv"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Out writes a table row by row, the first row naming the columns. Nothing in it is taken for a formula by the program that
// opens it.
type Out interface {
	Row(cells []string) error
	Close() error
}

// csvOut writes UTF-8 with the mark that Excel needs to see that it is.
type csvOut struct{ w *csv.Writer }

// NewCSV writes CSV; nothing leaves before some kilobytes are there or it is closed.
func NewCSV(w io.Writer) (Out, error) {
	buffer := bufio.NewWriter(w)
	if _, err := buffer.WriteString("\uFEFF"); err != nil {
		return nil, err
	}
	return csvOut{csv.NewWriter(buffer)}, nil
}

func (o csvOut) Row(cells []string) error {
	safe := make([]string, len(cells))
	for i, c := range cells {
		safe[i] = Plain(c)
	}
	return o.w.Write(safe)
}

func (o csvOut) Close() error {
	o.w.Flush()
	return o.w.Error()
}

// Plain is a cell that no program takes for a formula: an apostrophe stands before one that begins like it, also after
// blanks and in the wide forms of the signs (OWASP, CSV injection).
func Plain(cell string) string {
	begins := strings.TrimLeft(cell, " \u00a0\u3000")
	if strings.HasPrefix(cell, "\t") || strings.HasPrefix(cell, "\r") || strings.HasPrefix(cell, "\n") || begins != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(begins)[0]) {
		return "'" + cell
	}
	return cell
}

// xlsxOut writes texts; a text is never a formula in XLSX, whatever it begins with.
type xlsxOut struct {
	to    io.Writer
	file  *excelize.File
	sheet *excelize.StreamWriter
	rows  int
}

// NewXLSX writes a workbook of one sheet; it leaves when it is closed.
func NewXLSX(w io.Writer) (Out, error) {
	f := excelize.NewFile()
	sheet, err := f.NewStreamWriter(f.GetSheetName(0))
	if err != nil {
		return nil, err
	}
	return &xlsxOut{to: w, file: f, sheet: sheet}, nil
}

func (o *xlsxOut) Row(cells []string) error {
	o.rows++
	place, err := excelize.CoordinatesToCellName(1, o.rows)
	if err != nil {
		return err
	}
	values := make([]any, len(cells))
	for i, c := range cells {
		values[i] = c
	}
	return o.sheet.SetRow(place, values)
}

func (o *xlsxOut) Close() error {
	defer func() { _ = o.file.Close() }() // what it kept on disk for a large sheet goes away
	if err := o.sheet.Flush(); err != nil {
		return err
	}
	return o.file.Write(o.to)
}
