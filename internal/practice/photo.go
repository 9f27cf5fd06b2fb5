package practice

import (
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"

	"teduh/internal/access"
	"teduh/internal/attachment"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/web"
)

// Photo is a photographed paper that comes with a form; nil where none does.
type Photo = *attachment.Upload

// fileOf is the id the photograph will have.
func fileOf(p Photo) db.ID {
	if p == nil || p.Count() == 0 {
		return db.ID{}
	}
	return p.IDs()[0]
}

func keepPhoto(ctx context.Context, tx *journal.Tx, in casefile.Inside, p Photo) error {
	if p == nil {
		return nil
	}
	return p.KeepIn(ctx, tx, in)
}

// maxPhoto is the most a form with a photograph may hold, in bytes.
const maxPhoto = attachment.MaxSize + 1<<20

// readWithPhoto reads a form that may bring a photograph, as it comes: it is sealed before it touches a disk. What was received
// and is not kept must be discarded.
func (p *Pages) readWithPhoto(r *http.Request, caseID db.ID) (f web.Form, photo Photo, err error) {
	parts, err := r.MultipartReader()
	if err != nil {
		f, err = web.ReadForm(r)
		return f, nil, err
	}
	values := url.Values{}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return f, photo, web.Unreadable(err)
		}
		if part.FormName() == "photo" {
			if part.FileName() == "" {
				continue
			}
			if photo, err = p.addPhoto(r, caseID, photo, part); err != nil {
				return web.Form{Values: values}, photo, err
			}
			continue
		}
		text, err := io.ReadAll(io.LimitReader(part, web.MaxText*4))
		if err != nil {
			return f, photo, web.Unreadable(err)
		}
		values.Add(part.FormName(), string(text))
	}
	f, err = web.Clean(values)
	return f, photo, err
}

func (p *Pages) addPhoto(r *http.Request, caseID db.ID, photo Photo, part *multipart.Part) (Photo, error) {
	var err error
	if photo == nil {
		if photo, err = p.files.Receive(r.Context(), access.From(r.Context()), caseID); err != nil {
			return nil, err
		}
	}
	err = photo.Add(r.Context(), part.FileName(), part)
	if e, ok := fault.As(err); ok && e.Field == "files" {
		e.Field = "photo"
		return photo, fault.Invalid(e)
	}
	return photo, err
}
