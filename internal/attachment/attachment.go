// Package attachment keeps the files of a case: letters, photographs, recordings.
//
// A file is received as a stream into memory (never onto the disk as it is), its kind is told by its bytes and not by its
// name, and pictures are made anew so that nothing of a camera stays in them, such as the place they were taken at. Then it
// is sealed under the case's own key and written into the installation's folder under the hash of the sealed bytes, before
// the row that names it. A file is never changed; one that should not be there is struck: its row stays, it is not served.
//
// Whoever may read the case may read its files; each reading is logged. Only pictures and PDF are shown by the browser,
// everything else is saved. HTML, SVG and programs are not taken at all.
//
// File is one of them, Service what can be done, Upload one sending of several. The case page shows them as a tab; ops
// backs the folder up.
package attachment

import (
	"teduh/internal/casefile"
	"teduh/internal/db"
)

// MaxSize is the most a file may hold, in bytes.
const MaxSize = 20 << 20

// MaxBody is the most one sending may hold. What is beyond MaxSize of a file is read and thrown away, so that the person is
// told which file was too large; beyond this the sending ends.
const MaxBody = 256 << 20

// File is an attached file as lists show it.
type File struct {
	ID       db.ID
	Name     string
	Type     string // of the bytes, such as "application/pdf"
	Size     int64  // bytes, as it is saved
	By       casefile.User
	At       db.Time
	StruckAt db.Time
	hash     []byte
}

// mayStrike tells whether someone takes the file away: who brought it, or the head.
func (f File) mayStrike(user db.ID, head bool) bool {
	return f.StruckAt.IsZero() && (head || f.By.ID == user)
}
