package demo

import (
	"context"
	"slices"
	"strings"

	"teduh/internal/assessment"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/form"
	"teduh/internal/journal"
	"teduh/internal/letter"
	"teduh/internal/practice"
	"teduh/internal/referral"
)

// consent is given to a kind, and to others in the same manner; a referral names its service.
func (l *life) consent(kind, service string, others ...string) doing {
	c := practice.Consent{Kind: kind, Signed: practice.Signed{Manner: pick(l.filler, []string{"paper", "screen", "spoken"}), Name: l.words["klien"]}}
	switch c.Manner {
	case "spoken":
		c.Witness = l.words["tetangga"]
	case "paper":
		c.KeptAt = "Map kasus, lemari arsip"
	default:
		c.Read = true
	}
	if kind == "referral" {
		c.Recipient, c.Data = service, "Nama, nomor telepon, dan ringkasan kebutuhan"
	}
	return func(ctx context.Context) error {
		for _, c.Kind = range append([]string{kind}, others...) {
			if _, err := l.Practice.GiveConsent(ctx, l.worker, l.id, c, nil); err != nil {
				return err
			}
		}
		return nil
	}
}

// assess writes the assessment, judges the risk and asks for the scales as they are now.
func (l *life) assess() {
	answers := form.Answers{}
	for _, item := range sortedKeys(l.st.Assess) {
		answers[item] = []string{l.say(l.st.Assess[item])}
	}
	for _, item := range sortedKeys(l.st.Chosen) {
		answers[item] = strings.Fields(l.st.Chosen[item])
	}
	l.then(0.5, func(ctx context.Context) error {
		return l.Assess.Write(ctx, l.worker, l.id, assessment.Writing{Answers: answers})
	})
	if l.st.Risk[0][0] != "high" {
		l.setRisk(0, 0)
	}
	l.scales("before", 2+l.chance.IntN(3), 2+l.chance.IntN(4))
	l.then(0, l.settle(14))
}

func (l *life) scales(moment string, restored, strengthened int) {
	l.then(0, func(ctx context.Context) error {
		return l.Practice.FillScales(ctx, l.worker, l.id, practice.Reading{Aim: "restored", Moment: moment, Value: restored},
			practice.Reading{Aim: "strengthened", Moment: moment, Value: strengthened})
	})
	l.asked(moment)
}

// makeGoals writes the plan.
func (l *life) makeGoals() {
	for _, g := range l.st.Goal {
		planned := &plannedGoal{score: pick(l.filler, []int{-1, 0, 0, 1, 1, 2})}
		l.goals = append(l.goals, planned)
		target := 20 + l.chance.IntN(60)
		goal := practice.Goal{Aim: g.Aim, Words: l.say(g.Words), Measure: l.say(g.Measure), Baseline: pick(l.filler, before), Target: pick(l.filler, hoped),
			Levels: levels}
		steps := make([]practice.Step, len(g.Steps))
		for i, s := range g.Steps {
			steps[i] = practice.Step{What: l.say(s[0]), Who: l.say(s[1])}
		}
		l.then(0.3, func(ctx context.Context) (err error) {
			today := db.DayOf(l.Clock.Now(), l.zone)
			goal.TargetOn = today.AddDays(target)
			for i := range steps {
				steps[i].DueOn = today.AddDays(7 * (i + 1))
			}
			if planned.id, err = l.Practice.AddGoal(ctx, l.worker, l.id, goal, steps[0]); err != nil {
				return err
			}
			for _, s := range steps[1:] {
				if err := l.Practice.AddStep(ctx, l.worker, l.id, planned.id, s); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

var (
	before = []string{"Belum berjalan", "Sesekali, kalau diingatkan", "Sudah dicoba, belum bertahan"}
	hoped  = []string{"Berjalan setiap minggu", "Berjalan tanpa diingatkan", "Bertahan sebulan penuh"}
	levels = [5]string{"Makin jauh dari harapan", "Belum berubah", "Berjalan seperti yang disepakati", "Berjalan lebih sering", "Sudah menjadi kebiasaan"}
)

// review looks at the plan with the family.
func (l *life) review() {
	changed := l.anew(pick(l.filler, lookedAgain))
	l.then(0.3, func(ctx context.Context) error {
		return l.Practice.ReviewPlan(ctx, l.worker, l.id, practice.Review{Changed: changed,
			NextOn: db.DayOf(l.Clock.Now(), l.zone).AddMonths(1)})
	})
}

var lookedAgain = []string{"Bersama {klien} rencana dibaca ulang. [Langkah pertama sudah berjalan|Sebagian besar sudah berjalan], sisanya dilanjutkan.",
	"{klien} merasa [lebih ringan|lebih tenang]. Tujuan tetap, langkah berikutnya dibagi dalam keluarga."}

// finishSteps ticks what was done: of a case that goes on the first step of each goal, of one near its end all of them.
func (l *life) finishSteps() {
	all := l.stage >= 5
	l.then(0.5, func(ctx context.Context) error {
		work, err := l.Practice.Work(ctx, l.worker, l.id)
		if err != nil {
			return err
		}
		for _, g := range work.Goals {
			for i, s := range g.Steps {
				if i > 0 && !all {
					break
				}
				if err := l.Practice.FinishStep(ctx, l.worker, l.id, s.ID); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// score measures what the plan came to.
func (l *life) score() {
	l.then(0.5, func(ctx context.Context) error {
		for _, g := range l.goals {
			if err := l.Practice.ScoreGoal(ctx, l.worker, l.id, g.id, g.score); err != nil {
				return err
			}
		}
		return nil
	})
	l.scales("after", 5+l.chance.IntN(4), 5+l.chance.IntN(4))
}

// refer hands the client to the partner service of the story that has been sent the fewest; none is left without anyone.
func (l *life) refer() {
	rarely := l.chance.IntN(100) < 20
	if len(l.st.Service) == 0 {
		return
	}
	service := slices.MinFunc(l.st.Service, func(a, b string) int { return l.sentTo[a] - l.sentTo[b] })
	if rarely && l.sentTo[service] > 0 {
		return
	}
	l.sent++
	l.sentTo[service]++
	past := referral.Past{Service: service, Status: l.referralState()}
	wait := 1 + l.chance.IntN(9)
	l.then(0.2, l.consent("referral", past.Service))
	l.then(0, func(ctx context.Context) error {
		past.Case, past.SentAt = l.id, db.At(l.Clock.Now())
		if !unanswered[past.Status] {
			past.AnsweredAt = db.At(minTime(l.Clock.Now().AddDate(0, 0, wait), l.now))
		}
		if past.Status == "draft" {
			past.SentAt = db.Time{}
		}
		return l.Journal.Write(ctx, func(tx *journal.Tx) error { return l.referrals.Write(ctx, tx, []referral.Past{past}) })
	})
	if l.sent%5 == 1 {
		l.then(0.1, l.introduce(service))
	}
}

// introduce writes the letter that a client takes along.
func (l *life) introduce(service string) doing {
	return func(ctx context.Context) error {
		_, err := l.Letters.Write(ctx, l.worker, l.id, letter.New{Kind: letter.Introduction, To: []string{"Pimpinan " + service, "di Tanjungpinang"},
			Values: letter.Values{"keperluan": "layanan " + service}})
		return err
	}
}

// letterhead is what stands on the office's letters, and who signs them.
func (f *filler) letterhead(ctx context.Context) error {
	head := f.staff.head
	return f.Letters.Save(ctx, head, letter.Settings{Edition: 1, Lines: []string{"PEMERINTAH KOTA TANJUNGPINANG", "LEMBAGA KONSULTASI KESEJAHTERAAN KELUARGA “BINA SEJAHTERA”"},
		Small: []string{"Jalan Contoh Nomor 1, Tanjungpinang", "Telepon 0800-0000-0100"}, Place: "Tanjungpinang", Pattern: "{kode}/{urut}/LK3-BS/{bulan_romawi}/{tahun}",
		Signers: []letter.Signer{{ID: head.User.String(), Name: head.Name, Title: "Ketua LK3 Bina Sejahtera", Rank: "Penata Tingkat I", NIP: "19999999 200999 9 999"}}}, nil, false)
}

// unanswered are the states in which the partner has said nothing yet.
var unanswered = map[string]bool{"draft": true, "sent": true, "received": true, "cancelled": true}

// referralState is where a referral can be: of a closed case at its end, of an open one anywhere.
func (l *life) referralState() string {
	if l.reason != "" {
		return []string{"completed", "completed", "declined", "completed", "not_attended", "completed", "cancelled"}[l.sent%7]
	}
	states := []string{"in_service", "sent", "accepted", "received", "in_service", "waitlisted", "completed", "draft", "not_attended", "declined"}
	return states[l.sent%len(states)]
}

// early are the reasons to close that come before any plan.
var early = map[string]bool{"withdrew": true, "lost_touch": true, "moved_away": true, "not_within_remit": true, "duplicate": true, "died": true}

// handOver lets a partner take over a case that closes because it was moved on.
func (l *life) handOver(ctx context.Context) error {
	if l.reason != "moved_on" {
		return nil
	}
	past := referral.Past{Case: l.id, Service: "Dinas sosial: bantuan sementara", Kind: referral.KindTransfer, Status: referral.Completed,
		SentAt: db.At(l.Clock.Now().AddDate(0, 0, -12)), AnsweredAt: db.At(l.Clock.Now().AddDate(0, 0, -9))}
	if len(l.st.Service) > 0 {
		past.Service = l.st.Service[0]
	}
	return l.Journal.Write(ctx, func(tx *journal.Tx) error { return l.referrals.Write(ctx, tx, []referral.Past{past}) })
}

// close ends a case with its outcome and looks in on the family afterwards.
func (l *life) close() {
	cl := casefile.Closing{Reason: l.reason, Outcome: casefile.Outcome{Overcome: pick(l.filler, []string{"gone", "less", "less", "gone", "same"})},
		ClientWord: l.say(l.st.Word)}
	if early[l.reason] {
		cl.Outcome.Overcome, cl.ClientWord = "same", ""
		cl.NoFollowUp = noFollowUp[l.reason]
	}
	l.then(0.3, func(ctx context.Context) error {
		if err := l.settleBefore("9999-12-31", false)(ctx); err != nil {
			return err
		}
		if err := l.handOver(ctx); err != nil {
			return err
		}
		work, err := l.Practice.Work(ctx, l.worker, l.id)
		if err != nil {
			return err
		}
		cl.Outcome.Restored, cl.Outcome.Strengthened = changeOf(work.Scales, "restored"), changeOf(work.Scales, "strengthened")
		if cl.NoFollowUp == "" {
			cl.FollowUpOn = db.DayOf(l.Clock.Now(), l.zone).AddMonths(1)
		}
		_, err = l.Cases.Close(ctx, l.worker, l.id, cl)
		return err
	})
	if !early[l.reason] {
		l.lookIn()
	}
}

var noFollowUp = map[string]string{
	"withdrew": "Klien tidak ingin dihubungi lagi; tahu bahwa pintu tetap terbuka", "lost_touch": "Tidak dapat dihubungi setelah lima kali mencoba",
	"moved_away": "Pindah ke kota lain; lembaga di sana sudah diberi tahu atas izin klien", "not_within_remit": "Diteruskan ke layanan yang tepat",
	"duplicate": "Dilanjutkan pada kasus yang lebih dahulu", "died": "Klien meninggal; keluarga didampingi pada kasus tersendiri",
}

func changeOf(s practice.Scales, aim string) (c casefile.Change) {
	if v, ok := s[aim+" before"]; ok {
		c.Before = &v
	}
	if v, ok := s[aim+" after"]; ok {
		c.After = &v
	}
	return c
}

// lookIn is the follow-up a month later, and the reopening of the few that come back.
func (l *life) lookIn() {
	n := casefile.NewNote{Kind: "follow_up", Minutes: 15 + 5*l.chance.IntN(4), Sign: true, NoteText: casefile.NoteText{Text: l.anew(l.st.Follow)}}
	for i, days := range []int{31, 92, 183} {
		if i > 0 {
			n.Text = []string{"", "Tiga bulan sesudah ditutup. ", "Setengah tahun sesudah ditutup. "}[i] + l.anew(pick(l.filler, quietWeeks))
		}
		l.ends = append(l.ends, laterStep{days + l.chance.IntN(4), l.looked(n)})
	}
	if l.reopened {
		why, again := l.say(l.st.Reopen), l.st.Note[0]
		back := casefile.NewNote{Kind: again.Kind, Minutes: again.Minutes[1], Sign: true, NoteText: casefile.NoteText{
			Text: why + ". " + l.anew(pick(l.filler, welcomeBack)), Participants: l.say(again.With)}}
		l.ends = []laterStep{{10 + l.chance.IntN(8), func(ctx context.Context) error {
			if _, err := l.Cases.Reopen(ctx, l.worker, l.id, why, 0); err != nil {
				return err
			}
			_, err := l.Cases.WriteNote(ctx, l.worker, l.id, back)
			return err
		}}}
	}
}

var (
	quietWeeks = []string{"[Menelepon|Mengirim pesan kepada] {klien}; kabar baik, tidak ada yang perlu ditambah.",
		"Bertemu {klien} di [kegiatan kelurahan|acara {surau}|{pasar}]. Tersenyum dari jauh, lalu bercerita [sebentar|panjang].",
		"Singgah sebentar. {klien} [menyuguhkan kopi|sedang sibuk], hal-hal yang disepakati masih berjalan.",
		"Ditanyakan lewat {tetangga} atas izin {klien}: keadaan [tenang|baik], pintu LK3 tetap terbuka."}

	welcomeBack = []string{"Rencana lama dibaca bersama {klien}; [dua|tiga] langkah masih cocok, satu diganti.",
		"Bersama {klien} kami mulai dari apa yang dulu menolong, bukan dari awal.", "{klien} sendiri yang menghubungi, dan itu tanda baik."}
)

// looked is a follow-up with its note; the task that asked for it is done.
func (l *life) looked(n casefile.NewNote) doing {
	return func(ctx context.Context) error {
		if _, err := l.Cases.WriteNote(ctx, l.worker, l.id, n); err != nil {
			return err
		}
		return l.settle(3)(ctx)
	}
}
