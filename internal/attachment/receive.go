package attachment

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"mime/multipart"
	"net/http"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/web"
)

// refusal is a file of a sending that was not taken, and why.
type refusal struct {
	Name string
	Why  *fault.Error
}

// upload takes the files of a form. Those that can be taken are kept even where others are refused: a browser can't show
// chosen files again, so only the refused ones have to be chosen anew.
func (p *Pages) upload(w http.ResponseWriter, r *http.Request) error {
	caseID, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	a := access.From(r.Context())
	u, err := p.service.Receive(r.Context(), a, caseID)
	if e, ok := fault.As(err); ok && e.Status == http.StatusConflict {
		return p.show(w, r, err, nil)
	}
	if err != nil {
		return err
	}
	key, refused, err := receive(r, u)
	if err != nil {
		return errors.Join(readable(err), u.Discard())
	}
	switch err := p.keep(r.Context(), a, u, key); {
	case errors.Is(err, journal.ErrClaimed): // a second click on the same form: the first one's files are there
	case err != nil:
		return err
	case len(refused) > 0:
		return p.show(w, r, fault.Invalid(refusedOf(len(refused), u.Count())), refused)
	case u.Count() == 0:
		return p.show(w, r, fault.Invalid(fault.Field("files", "required", "attachment.none_chosen")), nil)
	}
	web.Say(w, "files_saved")
	return web.Redirect(w, r, view{Case: casefile.Case{ID: caseID}}.href(""))
}

// refusedOf says how many files were not taken, and that the others were.
func refusedOf(refused, taken int) *fault.Error {
	if taken == 0 {
		return fault.Field("files", "refused", "attachment.refused_all", "count", refused)
	}
	return fault.Field("files", "refused", "attachment.refused", "count", refused)
}

// keep writes what was taken, under the form's one-time key.
func (p *Pages) keep(ctx context.Context, a access.Actor, u *Upload, key string) error {
	if u.Count() == 0 {
		return nil
	}
	if key != "" {
		sum := sha256.Sum256([]byte(key))
		ctx = journal.WithClaim(ctx, &journal.Claim{Account: a.User, Key: "form:" + key, BodyHash: sum[:]})
	}
	return u.Keep(ctx)
}

// Take reads the files of a form into a sending, for the pages of others, and gives the form's one-time key. Where one file can't
// be taken, none is.
func (u *Upload) Take(r *http.Request) (key string, err error) {
	key, refused, err := receive(r, u)
	switch {
	case err != nil:
		return "", errors.Join(readable(err), u.Discard())
	case len(refused) > 0:
		return "", errors.Join(fault.Invalid(refused[0].Why), u.Discard())
	case u.Count() == 0:
		return "", fault.Invalid(fault.Field("files", "required", "attachment.none_chosen"))
	}
	return key, nil
}

// maxKey is the longest one-time key of a form.
const maxKey = 200

// receive reads the parts as they come. The parser of the standard library would put larger ones on the disk as they are,
// which is no place for an unsealed letter.
func receive(r *http.Request, u *Upload) (key string, refused []refusal, err error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return "", nil, fault.Malformed()
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return key, refused, nil
		}
		if err != nil {
			return "", nil, err
		}
		switch {
		case part.FormName() == "form_key":
			b, err := io.ReadAll(io.LimitReader(part, maxKey))
			if err != nil {
				return "", nil, err
			}
			key = string(b)
		case part.FormName() == "files" && part.FileName() != "":
			if refused, err = addPart(r.Context(), u, part, refused); err != nil {
				return "", nil, err
			}
		}
	}
}

func addPart(ctx context.Context, u *Upload, part *multipart.Part, refused []refusal) ([]refusal, error) {
	err := u.Add(ctx, part.FileName(), part)
	if why, ok := fault.As(err); ok {
		return append(refused, refusal{Name: tidyLine(part.FileName()), Why: why}), nil
	}
	return refused, err
}

// readable names what ended a sending: too much, or a connection that broke.
func readable(err error) error {
	var big *http.MaxBytesError
	switch {
	case errors.As(err, &big):
		return fault.TooLarge(int(big.Limit >> 20))
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fault.Malformed()
	}
	return err
}
