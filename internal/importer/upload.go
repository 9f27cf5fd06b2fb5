package importer

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"net/http"

	"teduh/internal/access"
	"teduh/internal/fault"
	"teduh/internal/journal"
)

// upload is a form with a list as far as it was read.
type upload struct {
	kind  string
	claim journal.Claim
	list  List
}

// claimed puts the form's one-time key on what is written, where it has one.
func (up *upload) claimed(ctx context.Context) context.Context {
	if up.claim.Key == "" {
		return ctx
	}
	return journal.WithClaim(ctx, &up.claim)
}

// maxField is the longest of the form's other fields.
const maxField = 200

// readUpload reads a form part by part. The file goes sealed to the disk as it comes; the parser of the standard library
// would put it there as it is. The fields stand before the file, as they do in the page.
func readUpload(r *http.Request, lists *Lists) (up upload, err error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return up, fault.Malformed()
	}
	a := access.From(r.Context())
	for {
		part, err := parts.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return up, fault.Invalid(fault.Field("file", "required", "list.file_needed"))
		case errors.Is(err, io.ErrUnexpectedEOF):
			return up, fault.Malformed()
		case err != nil:
			return up, err
		}
		if part.FormName() == "file" {
			if part.FileName() == "" {
				continue
			}
			up.list, err = lists.Receive(up.claimed(r.Context()), a, up.kind, part.FileName(), part)
			if errors.Is(err, errCutOff) {
				return up, fault.Malformed()
			}
			return up, err
		}
		b, err := io.ReadAll(io.LimitReader(part, maxField))
		if err != nil {
			return up, err
		}
		switch part.FormName() {
		case "kind":
			up.kind = string(b)
		case "form_key":
			sum := sha256.Sum256(b)
			up.claim = journal.Claim{Account: a.User, Key: "form:" + string(b), BodyHash: sum[:]}
		}
	}
}
