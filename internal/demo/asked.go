package demo

import (
	"context"
	"math/rand/v2"
	"strconv"

	"teduh/internal/db"
	"teduh/internal/form"
	"teduh/internal/instrument"
)

// asked lets some clients answer an instrument before the work and after it. Its chance is its own, so that nothing else of the
// demo changes with it.
func (l *life) asked(moment string) {
	chance := rand.New(rand.NewPCG(seed, l.nth))
	name, items := "phq-9", 9
	if chance.IntN(2) == 0 {
		name, items = "gad-7", 7
	}
	if l.body.ID != (db.ID{}) || chance.IntN(3) > 0 {
		return
	}
	weight := 1 + chance.IntN(2)
	if moment == "after" {
		weight = 0
	}
	answers := form.Answers{}
	for i := range items {
		value := min(3, weight+chance.IntN(2))
		if i == 8 {
			value = 0
		}
		answers[strconv.Itoa(i+1)] = []string{strconv.Itoa(value)}
	}
	l.then(0, func(ctx context.Context) error {
		_, err := l.Instruments.Fill(ctx, l.worker, l.id, instrument.Filling{Instrument: name, Edition: "1", Language: "id",
			AnsweredOn: db.DayOf(l.Clock.Now(), l.worker.Office.Zone), Answers: answers})
		return err
	})
}
