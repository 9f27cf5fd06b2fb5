package attachment

import (
	"path"
	"strings"
	"unicode"

	"github.com/gabriel-vasile/mimetype"

	"teduh/internal/fault"
)

// kind is a type of file that is taken.
type kind struct {
	word   string // catalog key below attachment.kind.
	ending string // what its name ends in when it is saved
	inline bool   // the browser may show it
}

// kinds are the types that are taken, by what their bytes are.
var kinds = map[string]kind{
	"image/jpeg":      {"picture", ".jpg", true},
	"image/png":       {"picture", ".png", true},
	"image/webp":      {"picture", ".webp", true},
	"application/pdf": {"pdf", ".pdf", true},
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document": {"document", ".docx", false},
	"application/vnd.oasis.opendocument.text":                                 {"document", ".odt", false},
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":       {"sheet", ".xlsx", false},
	"application/vnd.oasis.opendocument.spreadsheet":                          {"sheet", ".ods", false},
	"text/csv":    {"sheet", ".csv", false},
	"text/plain":  {"text", ".txt", false},
	"audio/mpeg":  {"sound", ".mp3", false},
	"audio/x-m4a": {"sound", ".m4a", false},
	"audio/ogg":   {"sound", ".ogg", false},
	"audio/wav":   {"sound", ".wav", false},
	"audio/amr":   {"sound", ".amr", false},
}

// Accepted is what a browser offers to choose from; what counts are the bytes.
const Accepted = ".jpg,.jpeg,.png,.webp,.pdf,.docx,.odt,.xlsx,.ods,.csv,.txt,.mp3,.m4a,.ogg,.opus,.wav,.amr"

// typeOf tells the type of bytes, or refuses one that is not taken.
func typeOf(data []byte) (string, error) {
	found := mimetype.Detect(data)
	for name := range kinds {
		if found.Is(name) {
			return name, nil
		}
	}
	return "", fault.Field("files", "wrong_type", "attachment.wrong_type")
}

// longestName is the most letters of a file's name, without its ending.
const longestName = 120

// tidyName makes a name without folders and control characters that ends as its type does.
func tidyName(name, kindOf string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf) || strings.ContainsRune(`/:*?"<>|`, r) {
			return -1
		}
		return r
	}, name)
	ending := kinds[kindOf].ending
	old := path.Ext(name)
	if old == ".jpeg" && ending == ".jpg" || old == ".opus" && ending == ".ogg" {
		ending = old
	}
	stem := []rune(strings.Trim(strings.TrimSuffix(name, old), ". "))
	if len(stem) == 0 {
		stem = []rune("berkas")
	}
	return string(stem[:min(len(stem), longestName)]) + ending
}
