package practice

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/web"
)

// WriteSections writes the parts of the assessment that changed, over whatever stands; empty text takes a part away.
func (s *Service) WriteSections(ctx context.Context, a access.Actor, caseID db.ID, texts map[string]string) error {
	return s.WriteSectionsOver(ctx, a, caseID, texts, nil)
}

// WriteSectionsOver is WriteSections for a form that may have stood open for days, as a draft does. Was holds the mark of what each
// part said when the form was made: a part that was left alone stays as it stands now, and one that somebody else changed
// meanwhile is not written over. The fault version_changed carries the codes of those; nothing is written then.
func (s *Service) WriteSectionsOver(ctx context.Context, a access.Actor, caseID db.ID, texts, was map[string]string) error {
	for code, text := range texts {
		if err := oneOf("section", Sections, code); err != nil {
			return err
		}
		if err := length(code, text, 0, web.MaxText); err != nil {
			return err
		}
	}
	return s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		list, err := selectSections(ctx, tx, in)
		if err != nil {
			return "", err
		}
		changed, raced := compare(textsOf(list), texts, was)
		if len(raced) > 0 {
			return "", fault.VersionChanged(0).With(raced)
		}
		for _, code := range changed {
			body, err := in.Key.Seal("assessment "+code, texts[code])
			if err == nil {
				err = upsertSection(ctx, tx, sectionRow{caseID: caseID, code: code, by: a.User, at: tx.Now(), body: body})
			}
			if err != nil {
				return "", err
			}
		}
		return "practice.assessment", s.cases.DropDraft(ctx, tx, a, in, assessmentDraft)
	})
}

// compare tells which parts are to be written, and which of them somebody else changed meanwhile.
func compare(stands, texts, was map[string]string) (changed, raced []string) {
	for _, code := range Sections {
		text, given := texts[code]
		mark, marked := was[code]
		if !given || text == stands[code] || marked && mark == markOf(text) {
			continue
		}
		changed = append(changed, code)
		if marked && mark != markOf(stands[code]) {
			raced = append(raced, code)
		}
	}
	return changed, raced
}

func textsOf(list []Section) map[string]string {
	texts := map[string]string{}
	for _, s := range list {
		texts[s.Code] = s.Text
	}
	return texts
}

// markOf is short for a text as a form gives it back: the same for the same words.
func markOf(text string) string {
	sum := sha256.Sum256([]byte(strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))))
	return hex.EncodeToString(sum[:8])
}
