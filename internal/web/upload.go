package web

import (
	"errors"
	"io"
	"net/http"

	"teduh/internal/fault"
)

// Unreadable names what ended a sending: too much, or a connection that broke.
func Unreadable(err error) error {
	var big *http.MaxBytesError
	if errors.As(err, &big) {
		return fault.TooLarge(int(big.Limit >> 20))
	}
	return fault.Malformed()
}

// Upload is the one file of a form: its field, how much of it may be held in memory, and what is said where it is too large or
// was not sent.
type Upload struct {
	Field    string
	Memory   int64
	TooLarge error
	Missing  error
}

// Read reads the file, which may be empty, and its name as it was sent.
func (u Upload) Read(r *http.Request) (name string, body []byte, err error) {
	if err := r.ParseMultipartForm(u.Memory); err != nil {
		var big *http.MaxBytesError
		if errors.As(err, &big) {
			return "", nil, u.TooLarge
		}
		return "", nil, fault.Malformed()
	}
	f, header, err := r.FormFile(u.Field)
	if errors.Is(err, http.ErrMissingFile) {
		return "", nil, u.Missing
	}
	if err != nil {
		return "", nil, fault.Malformed()
	}
	body, err = io.ReadAll(f)
	return header.Filename, body, errors.Join(err, f.Close())
}
