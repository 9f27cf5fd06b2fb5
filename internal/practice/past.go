package practice

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/web"
)

// mostPast bounds how many former texts are looked at; an assessment rewritten whole once a week for a year.
const mostPast = 520

// Past is the assessment as it stood until it was changed at a moment.
type Past struct {
	Until    db.Time
	Sections []Section // that stood then
}

// pastSection is what a part said until it was changed.
type pastSection struct {
	Section
	until db.Time
}

// Assessments are the assessment as it stands and as it stood before each change, newest first.
func (s *Service) Assessments(ctx context.Context, a access.Actor, caseID db.ID) (now []Section, past []Past, err error) {
	if err := a.Require(access.CaseRead); err != nil {
		return nil, nil, err
	}
	err = s.cases.Read(ctx, a, caseID, func(r db.Reader, in casefile.Inside) error {
		if now, err = selectSections(ctx, r, in); err != nil {
			return err
		}
		former, err := selectFormer(ctx, r, in)
		past = stood(now, former)
		return err
	})
	return now, past, err
}

// stood puts together what the whole said before each change: of every part the text that was in force then.
func stood(now []Section, former []pastSection) (list []Past) {
	for _, x := range former {
		if len(list) > 0 && list[len(list)-1].Until.Equal(x.until.Time) {
			continue
		}
		p := Past{Until: x.until}
		for _, code := range Sections {
			if s, ok := inForce(code, x.until.Time, now, former); ok {
				p.Sections = append(p.Sections, s)
			}
		}
		list = append(list, p)
	}
	return list
}

// inForce is what a part said just before a moment; a part that was not written yet said nothing.
func inForce(code string, moment time.Time, now []Section, former []pastSection) (s Section, ok bool) {
	for _, x := range former {
		if x.Code == code && x.At.Before(moment) && !x.until.Before(moment) {
			return x.Section, true
		}
	}
	for _, x := range now {
		if x.Code == code && x.At.Before(moment) {
			return x, true
		}
	}
	return s, false
}

// pastView is one former assessment beside the present one.
type pastView struct {
	view
	Past  []Past
	Shown int // place of the one that is shown
}

// pastRow is a part that reads otherwise today.
type pastRow struct {
	Code      string
	Then, Now string
	By        string
}

func (v pastView) rows() (rows []pastRow) {
	then, now := map[string]Section{}, textsOf(v.Work.Sections)
	for _, s := range v.Past[v.Shown].Sections {
		then[s.Code] = s
	}
	for _, code := range Sections {
		if then[code].Text != now[code] {
			rows = append(rows, pastRow{code, then[code].Text, now[code], then[code].By})
		}
	}
	return rows
}

func (p *Pages) past(w http.ResponseWriter, r *http.Request) error {
	a, c, err := p.cases.Opened(r)
	if err != nil {
		return err
	}
	v := pastView{view: view{Case: c}}
	if v.Work.Sections, v.Past, err = p.service.Assessments(r.Context(), a, c.ID); err != nil {
		return err
	}
	if at := r.URL.Query().Get("ke"); at != "" {
		if v.Shown, err = strconv.Atoi(at); err != nil || v.Shown < 0 || v.Shown >= len(v.Past) {
			return fault.NotFound()
		}
	}
	return web.ShowPage(w, r, web.PageInfo{Title: c.Number, Active: "cases"}, p.cases.Frame(r.Context(), c, "asesmen", nil, pastBody(v)))
}
