package demo

import (
	"context"
	"slices"
	"strings"
	"time"

	"teduh/internal/access"
	"teduh/internal/calendar"
	"teduh/internal/casefile"
	"teduh/internal/db"
)

// slots are when an appointment begins, in minutes after the office opens, and how long it lasts.
var slots = [][2]int{{30, 60}, {120, 60}, {210, 45}, {330, 60}, {405, 60}}

// meetings are what appointments are for, in turn.
var meetings = []struct{ kind, place, about string }{
	{"office", "Ruang konseling 1", "Sesi berikut, melihat catatan seminggu"}, {"home_visit", "", "Kunjungan rumah sore hari"},
	{"phone", "", "Menanyakan kabar sesuai kesepakatan"}, {"family_meeting", "Rumah keluarga", "Musyawarah keluarga, rencana dibaca bersama"},
	{"office", "Ruang bermain", "Bersama anak, membawa gambar"}, {"outside", "", "Bertemu mitra bersama klien"}, {"online", "", "Bertemu lewat layar"},
}

const appointmentCount = 42

// appointments fills this week and the next with meetings of open cases: those behind us were kept, but for a few.
func (f *filler) appointments() {
	open := f.openLives()
	monday := f.monday()
	taken := map[db.ID]int{}
	for i := range appointmentCount {
		l := open[i%len(open)]
		n := taken[l.worker.User]
		taken[l.worker.User]++
		day := monday.AddDate(0, 0, []int{0, 1, 2, 3, 4, 7, 8, 9}[(n+i)%8])
		slot := slots[n%len(slots)]
		f.meet(l, i, day.Add(time.Duration(slot[0])*time.Minute), time.Duration(slot[1])*time.Minute)
	}
	for week := range 2 {
		f.teamMeeting(monday.AddDate(0, 0, 7*week).Add(6 * time.Hour))
	}
}

// monday is when the office opens on the first day of this week.
func (f *filler) monday() time.Time {
	today := f.now.In(f.zone)
	back := (int(today.Weekday()) + 6) % 7
	return time.Date(today.Year(), today.Month(), today.Day()-back, opens, 0, 0, 0, f.zone)
}

// openLives are the cases at work that were touched lately.
func (f *filler) openLives() (list []*life) {
	for _, l := range f.lives {
		if l.reason == "" && l.last < 14 && l.begun > 2 && l.stage > 0 && l.st.Secrecy < casefile.Secret {
			list = append(list, l)
		}
	}
	return list
}

// meet makes an appointment some days before, and tells what became of it once it is over.
func (f *filler) meet(l *life, i int, from time.Time, length time.Duration) {
	m := meetings[i%len(meetings)]
	var p calendar.Appointment
	made := f.working(minTime(from, f.now).AddDate(0, 0, -1-i%3))
	if begun := f.moment(l.begun, 470); made.Before(begun) {
		made = begun // not before there was a case
	}
	if !made.Before(f.now) {
		made = f.now.Add(-3 * time.Minute)
	}
	f.add(made, func(ctx context.Context) (err error) {
		p, err = f.Calendar.Make(ctx, l.worker, calendar.Order{Kind: m.kind, From: from, To: from.Add(length), Subject: calendar.Subject{Case: l.id},
			Told: calendar.Told{Place: m.place, About: m.about}, Accept: true})
		return err
	})
	over := maxTime(from.Add(length), made.Add(time.Minute))
	if !over.Before(f.now) {
		return
	}
	state, word := calendar.Kept, ""
	switch i % 9 {
	case 4:
		state, word = calendar.Missed, "Tidak datang, dihubungi sore harinya"
	case 7:
		state, word = calendar.Cancelled, "Anak sakit, dibuat janji baru"
	}
	f.add(over, func(ctx context.Context) error {
		_, err := f.Calendar.Change(ctx, l.worker, p.ID, calendar.Edit{State: &state, Word: &word})
		return err
	})
}

// teamMeeting is the weekly one, with everyone who works cases.
func (f *filler) teamMeeting(from time.Time) {
	var who []string
	var id db.ID
	for _, list := range [][]access.Actor{f.staff.social, f.staff.psych} {
		for _, a := range list {
			who = append(who, a.User.String())
		}
	}
	f.add(f.days.moment(8, 30), func(ctx context.Context) error {
		p, err := f.Calendar.Make(ctx, f.staff.head, calendar.Order{Kind: "internal", From: from, To: from.Add(time.Hour), Workers: who,
			Told: calendar.Told{Title: "Rapat tim", Place: "Ruang rapat"}, Accept: true})
		id = p.ID
		return err
	})
	if over := from.Add(time.Hour); over.Before(f.now) {
		f.add(over, func(ctx context.Context) error {
			kept := calendar.Kept
			_, err := f.Calendar.Change(ctx, f.staff.head, id, calendar.Edit{State: &kept})
			return err
		})
	}
}

// asks are what workers ask of the head.
var asks = []string{"Tinjau rencana keselamatan bersama petugas", "Setujui pendamping kedua untuk kasus ini", "Tandatangani surat ke mitra",
	"Hadir pada musyawarah keluarga berikut", "Putuskan siapa yang menggantikan selama cuti"}

// headTasks lets the head have something to do too: the cases in danger first, then some others.
func (f *filler) headTasks() {
	open := f.openLives()
	slices.SortStableFunc(open, func(a, b *life) int { return strings.Compare(a.st.Risk[0][0], b.st.Risk[0][0]) })
	for i, what := range asks {
		l, due := open[i], db.DayOf(f.now, f.zone).AddDays([]int{0, 1, -1, 3, 6}[i])
		f.add(f.days.moment(2, 300+i), func(ctx context.Context) error {
			_, err := f.Cases.AddTask(ctx, l.worker, l.id, casefile.NewTask{What: what, For: f.staff.head.User.String(), DueOn: due})
			return err
		})
	}
}
