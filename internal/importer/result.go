package importer

import (
	"context"
	"errors"
	"io"
	"strconv"

	"teduh/internal/bulk"
	"teduh/internal/i18n"
)

// writeResult writes what became of a list as a CSV file: how many rows, and every finding with row and column.
func writeResult(ctx context.Context, w io.Writer, l List) error {
	out, err := bulk.NewCSV(w)
	if err != nil {
		return err
	}
	line := func(cells ...string) error { return out.Row(cells) }
	err = line(i18n.T(ctx, "list.col.what"), i18n.T(ctx, "list.col.row"), i18n.T(ctx, "list.col.column"), i18n.T(ctx, "list.col.words"))
	for _, f := range countFigures(ctx, l) {
		if err == nil {
			err = line(f.Label, "", "", f.Value)
		}
	}
	for _, g := range []struct {
		key string
		Findings
	}{{"list.problem", l.Report.Problems}, {"list.note", l.Report.Notes}} {
		for _, p := range g.Problems {
			if err == nil {
				err = line(i18n.T(ctx, g.key), lineWord(p.Line), l.Report.Title(p.Column), i18n.T(ctx, p.Key, p.Args...))
			}
		}
	}
	for _, t := range l.Report.Twins {
		if err == nil {
			err = line(i18n.T(ctx, "list.twin"), lineWord(t.Line), "", twinWords(ctx, t))
		}
	}
	return errors.Join(err, out.Close())
}

// lineWord is the number of a line, or nothing for the whole list.
func lineWord(line int) string {
	if line == 0 {
		return ""
	}
	return strconv.Itoa(line)
}
