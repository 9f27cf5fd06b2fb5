package attachment

import (
	"context"
	"strings"

	"teduh/internal/i18n"
	"teduh/internal/ui"
)

var kindWords = i18n.Family("attachment.kind.")

// tidyLine is a name as a message shows it.
func tidyLine(name string) string {
	line := []rune(strings.ToValidUTF8(strings.Join(strings.Fields(name), " "), ""))
	return string(line[:min(len(line), longestName)])
}

// size is a number of bytes in the words people know.
func size(ctx context.Context, bytes int64) string {
	if bytes < 1<<20 {
		return i18n.T(ctx, "attachment.kb", "n", i18n.Number(ctx, (bytes+1023)>>10))
	}
	return i18n.T(ctx, "attachment.mb", "n", i18n.Number(ctx, float64(bytes>>10*10>>10)/10))
}

func fileIcon(f File) string {
	if kinds[f.Type].word == "picture" {
		return "image"
	}
	return "file-text"
}

func fileLines(ctx context.Context, f File) []string {
	return []string{kindWords.T(ctx, kinds[f.Type].word) + ", " + size(ctx, f.Size), f.By.Name + ", " + i18n.DateTime(ctx, f.At.Time)}
}

func fileRow(ctx context.Context, v view, f File) ui.RowProps {
	return ui.RowProps{Title: f.Name, Href: v.href("/" + f.ID.String()), Icon: fileIcon(f), Lines: fileLines(ctx, f)}
}

func refusedLines(ctx context.Context, refused []refusal) []string {
	lines := make([]string, len(refused))
	for i, r := range refused {
		lines[i] = r.Name + ": " + i18n.T(ctx, r.Why.Key, r.Why.Args...)
	}
	return lines
}
