package attachment

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
)

// Service is what can be done with the files of cases.
type Service struct {
	cases    *casefile.Service
	folder   folder
	pictures chan struct{} // one picture is drawn at a time: a large one takes some 200 MB
}

// NewService over the cases of an installation; dir is its data folder.
func NewService(cases *casefile.Service, dir string) *Service {
	return &Service{cases: cases, folder: folder{dir}, pictures: make(chan struct{}, 1)}
}

// PageSize is how many files a list gives.
const PageSize = 50

// List reads a page of a case's files, newest first, before a file of the page above; zero is the first page.
func (s *Service) List(ctx context.Context, a access.Actor, caseID, before db.ID) (list []File, more bool, err error) {
	err = s.cases.Read(ctx, a, caseID, func(r db.Reader, in casefile.Inside) error {
		list, err = selectFiles(ctx, r, in, before, PageSize+1)
		return err
	})
	if len(list) > PageSize {
		return list[:PageSize], true, err
	}
	return list, false, err
}

// find reads one file's row, struck or not, and the case it is in.
func (s *Service) find(ctx context.Context, a access.Actor, caseID, id db.ID) (f File, in casefile.Inside, err error) {
	err = s.cases.Read(ctx, a, caseID, func(r db.Reader, inside casefile.Inside) error {
		in = inside
		f, err = selectFile(ctx, r, in, id)
		return err
	})
	return f, in, err
}

// Open reads a file with its bytes; the reading is logged. A struck file is not found.
func (s *Service) Open(ctx context.Context, a access.Actor, caseID, id db.ID) (File, []byte, error) {
	f, in, err := s.find(ctx, a, caseID, id)
	if err != nil {
		return File{}, nil, err
	}
	content, err := s.content(in, f)
	if err != nil {
		return File{}, nil, err
	}
	return f, content, s.cases.LogReading(ctx, a, in, "attachment", id)
}

// content opens a file's bytes; a struck file is not found.
func (s *Service) content(in casefile.Inside, f File) ([]byte, error) {
	if !f.StruckAt.IsZero() {
		return nil, fault.NotFound()
	}
	sealed, err := s.folder.get(f.hash)
	if err != nil {
		return nil, err
	}
	plain, err := in.Key.Open(contentField(f.ID), sealed)
	return []byte(plain), err
}

// OpenFor reads a file of a case for an act whose right comes from elsewhere, such as a referral the file stands with: whoever
// calls has checked that right. The reading is logged.
func (s *Service) OpenFor(ctx context.Context, a access.Actor, in casefile.Inside, f File) ([]byte, error) {
	content, err := s.content(in, f)
	if err != nil {
		return nil, err
	}
	return content, s.cases.LogReading(ctx, a, in, "attachment", f.ID)
}

// Named are files of a case by their ids, struck ones too; those of other cases are left out.
func Named(ctx context.Context, r db.Reader, in casefile.Inside, ids []db.ID) (map[db.ID]File, error) {
	list, err := selectNamed(ctx, r, in, ids)
	files := make(map[db.ID]File, len(list))
	for _, f := range list {
		files[f.ID] = f
	}
	return files, err
}

// ToStrike reads a file that the actor may strike.
func (s *Service) ToStrike(ctx context.Context, a access.Actor, caseID, id db.ID) (File, error) {
	f, in, err := s.find(ctx, a, caseID, id)
	switch {
	case err != nil:
		return File{}, err
	case !f.StruckAt.IsZero():
		return File{}, fault.NotFound()
	case !in.Case.Writes || !f.mayStrike(a.User, a.Has(access.Head)):
		return File{}, fault.Forbidden()
	}
	return f, nil
}

// Strike takes a file out of use; its row stays.
func (s *Service) Strike(ctx context.Context, a access.Actor, caseID, id db.ID) error {
	return s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		f, err := selectFile(ctx, tx, in, id)
		switch {
		case err != nil:
			return "", err
		case !f.StruckAt.IsZero():
			return "", fault.NotFound()
		case !f.mayStrike(a.User, a.Has(access.Head)):
			return "", fault.Forbidden()
		}
		return "attachment.struck", strikeFile(ctx, tx, id, tx.Now())
	})
}

// Field names under which a file is sealed; the id keeps one file's bytes from opening as another's.
func contentField(id db.ID) string { return "attachment " + id.String() }
func nameField(id db.ID) string    { return "attachment name " + id.String() }
func broughtField(id db.ID) string { return "attachment brought " + id.String() }
