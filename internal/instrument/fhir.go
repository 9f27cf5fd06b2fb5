package instrument

import (
	"strings"

	"teduh/internal/db"
	"teduh/internal/questions"
)

// ResponseOf puts a filling into FHIR's words.
func ResponseOf(e Edition, x Answering) questions.Response {
	r := questions.Response{ID: x.ID.String(), Status: "completed", Language: x.Language, Authored: string(x.AnsweredOn)}
	switch {
	case !x.StruckAt.IsZero():
		r.Status = "entered-in-error"
	case x.DoneAt.IsZero():
		r.Status = "in-progress"
	}
	return questions.ResponseOf(e.Form, r, x.Answers)
}

// dayOf keeps the day of FHIR's dateTime.
func dayOf(authored string) db.Date {
	day, _, _ := strings.Cut(authored, "T")
	return db.Date(day)
}
