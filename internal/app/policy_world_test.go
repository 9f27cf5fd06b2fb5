package app_test

import (
	"bytes"
	"fmt"
	"maps"
	"strconv"
	"strings"
	"testing"
	"time"

	"teduh/internal/access"
	"teduh/internal/app"
	"teduh/internal/assessment"
	"teduh/internal/calendar"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/form"
	"teduh/internal/genogram"
	"teduh/internal/group"
	"teduh/internal/inbound"
	"teduh/internal/instrument"
	"teduh/internal/intake"
	"teduh/internal/journal"
	"teduh/internal/letter"
	"teduh/internal/partner"
	"teduh/internal/partnerdesk"
	"teduh/internal/person"
	"teduh/internal/practice"
	"teduh/internal/referral"
	"teduh/internal/supervision"
)

// someone asks for an address: a role's holder with a place near the cases, or a visitor.
type someone struct {
	name  string
	role  access.Role // empty for a visitor
	token string
	user  db.ID
	actor access.Actor
}

// subject is something of everything at one confidentiality at one office.
type subject struct {
	place string // own, next door, other city
	level int    // 1 to 3
	ids   map[string]string
	names []string // what would tell that it exists
}

// city is three offices with someone in every role at the first, and subjects of each confidentiality at all three.
type city struct {
	t        *testing.T
	app      *app.App
	people   []someone
	at       map[string]access.Actor // who does the work, by place and word
	subjects []subject
	nobody   subject // ids of nothing
}

// idLength is that of an id as text.
const idLength = 36

var posts = map[string]access.Role{"in-charge": access.Worker, "team": access.Worker, "walled": access.Worker, "glass": access.Worker,
	"named-head": access.Head, "supervising": access.Supervisor, "team-psychologist": access.Psychologist}

func newCity(t *testing.T, c app.Config) *city {
	t.Helper()
	a, err := app.Open(t.Context(), c, true)
	must(t, err)
	t.Cleanup(func() { must(t, a.Close()) })
	a.EndStreams() // a stream of alerts looks once and ends
	w := &city{t: t, app: a, at: map[string]access.Actor{}}
	nation := w.unit(access.Unit{Kind: "nation", Name: "Indonesia"})
	for i, place := range []string{"own", "next door", "other city"} {
		region := []string{"21.72", "21.72", "21.71"}[i]
		above := w.unit(access.Unit{Parent: nation, Kind: "regency", Name: "Dinas " + place, Region: region})
		office := w.unit(access.Unit{Parent: above, Kind: "office", Name: "LK3 " + place, Region: region, Prefix: "LK" + strconv.Itoa(i)})
		for word, role := range posts {
			w.hire(place, word, role, office)
		}
		w.hire(place, "account", access.Worker, office)
		must(t, a.Access.Supervise(t.Context(), access.SystemActor(w.at[place+" in-charge"].Office), w.at[place+" in-charge"].User, w.at[place+" supervising"].User))
		if place == "own" {
			for _, role := range access.Roles {
				w.hire(place, string(role), role, office)
			}
			w.hire(place, "head-above", access.Head, above)
			w.hire(place, "left", access.Worker, office)
		}
	}
	w.visitors()
	w.draftForms()
	for _, place := range []string{"own", "next door", "other city"} {
		for level := 1; level <= 3; level++ {
			w.subjects = append(w.subjects, w.make(place, level))
		}
	}
	w.nobody = subject{ids: maps.Clone(w.subjects[0].ids)}
	for word, id := range w.nobody.ids {
		if len(id) == idLength && word != "unit" && word != "team" && word != "walled" && word != "team-psychologist" {
			w.nobody.ids[word] = db.NewID().String()
		}
	}
	return w
}

// draftForms gives every head's unit a draft of its form, edition 1.
func (w *city) draftForms() {
	w.t.Helper()
	for _, who := range w.people {
		if who.role == access.Head {
			_, err := w.app.Assessments.Begin(w.t.Context(), who.actor)
			must(w.t, err)
		}
	}
}

func (w *city) unit(u access.Unit) db.ID {
	w.t.Helper()
	u.Zone = "Asia/Jakarta"
	id, err := w.app.Access.AddUnit(w.t.Context(), access.SystemActor(access.Office{}), u)
	must(w.t, err)
	return id
}

// hire makes an account with one role; those of the own office ask for every address.
func (w *city) hire(place, word string, role access.Role, unit db.ID) {
	w.t.Helper()
	ctx, system := w.t.Context(), access.SystemActor(access.Office{})
	id, err := w.app.Access.AddUser(ctx, system, access.NewAccount{Email: fmt.Sprintf("%s.%s@example.org", word, unit), Name: word + " " + place})
	must(w.t, err)
	g := access.Grant{Role: role, Unit: unit}
	switch role {
	case access.Facilitator:
		g.Villages = []string{"21.72.04.1002"}
	case access.Partner:
		g.Partner = newPartner(w.t, w.app, unit, "Yayasan "+word)
	}
	must(w.t, w.app.Access.Grant(ctx, system, id, g))
	token, err := w.app.Access.NewToken(ctx, system, id, "walk", 0)
	must(w.t, err)
	s := someone{name: word, role: role, token: token, user: id}
	must(w.t, w.app.DB.Read(ctx, func(r db.Reader) (err error) {
		s.actor, err = access.ActorOf(ctx, r, id, unit)
		return err
	}))
	w.at[place+" "+word] = s.actor
	if place == "own" && word != "account" && word != "left" {
		w.people = append(w.people, s)
	}
}

// visitors have no account, a token of nobody, or one of an account that was ended.
func (w *city) visitors() {
	ctx, system := w.t.Context(), access.SystemActor(access.Office{})
	left := w.at["own left"].User
	token, err := w.app.Access.NewToken(ctx, system, left, "walk", 0)
	must(w.t, err)
	must(w.t, w.app.Access.Disable(ctx, system, left))
	over, err := w.app.Access.NewToken(ctx, system, w.at["own head"].User, "walk", time.Nanosecond)
	must(w.t, err)
	w.people = append(w.people, someone{name: "visitor"}, someone{name: "visitor with a made-up token", token: "teduh_tidak-ada"},
		someone{name: "visitor whose account was ended", token: token}, someone{name: "visitor whose token is over", token: over})
}

// make does at an office what makes everything of one confidentiality, as those who work there do it.
func (w *city) make(place string, level int) subject {
	w.t.Helper()
	m := maker{city: w, place: place, s: subject{place: place, level: level, ids: map[string]string{}}}
	m.secrets()
	p, q := m.person("Satu"), m.person("Dua")
	m.relatives(p, q)
	client := m.clients(p, q)
	c := m.open(person.ClientChoice{Kind: "individual", Person: p.ID})
	m.open(person.ClientChoice{Kind: "individual", Person: q.ID})
	m.gather(m.open(client), p)
	m.work(c)
	m.refer(c)
	m.arrive(c)
	m.network()
	m.guide(c)
	m.meet(c)
	m.request(c, p)
	m.handIn(c)
	m.surround(c)
	m.list()
	m.directoryFile()
	m.s.ids["unit"], m.s.ids["account"] = m.at["own in-charge"].Office.ID.String(), w.at[place+" account"].User.String()
	m.s.ids["login"] = db.NewID().String()
	m.s.ids["view"] = db.NewID().String()
	return m.s
}

// maker fills one subject.
type maker struct {
	*city
	place string
	s     subject
	mark  string // a word that stands in every name of the subject
}

func (m *maker) worker() access.Actor { return m.at[m.place+" in-charge"] }
func (m *maker) head() access.Actor   { return m.at[m.place+" named-head"] }

// secrets makes the word that would tell of the subject.
func (m *maker) secrets() {
	places := map[string]string{"own": "Anyelir", "next door": "Bakung", "other city": "Cempaka"}
	m.mark = places[m.place] + []string{"", "biasa", "terbatas", "rahasia"}[m.s.level]
	m.s.names = append(m.s.names, m.mark)
}

func (m *maker) person(word string) person.Person {
	m.t.Helper()
	added, err := m.app.People.Add(m.t.Context(), m.worker(), person.Person{Name: word + " " + m.mark, Village: "21.72.04.1002",
		Sealed: person.Sealed{NIK: "2172049905900001", Phones: []person.Phone{{Number: "0800-0000-1234"}}}}, true)
	must(m.t, err)
	return added.Person
}

// refer sends the client to a partner's service.
func (m *maker) refer(c casefile.Case) {
	m.t.Helper()
	ctx, office := m.t.Context(), m.worker().Office.ID
	var services map[string]db.ID
	must(m.t, m.app.Journal.Write(ctx, func(tx *journal.Tx) (err error) {
		services, err = partner.ServicesNamed(ctx, tx, office, []string{"Layanan"})
		return err
	}))
	service := services[partner.ServiceKey("Layanan")]
	sent, err := m.app.Referrals.Refer(ctx, m.worker(), c.ID, referral.Order{Services: []db.ID{service}, Kind: "referral", Urgency: "week", Fields: referral.Least,
		Words: referral.Words{Why: "Sebab " + m.mark, Asked: "Diminta " + m.mark}})
	must(m.t, err)
	m.s.ids["service"], m.s.ids["referral"] = service.String(), sent[0].String()
}

// arrive sends the client to the partner whose user asks for every address, with a file; a link leads to the other referral.
func (m *maker) arrive(c casefile.Case) {
	m.t.Helper()
	ctx, a := m.t.Context(), m.worker()
	_, err := m.app.Desk.MakeLink(ctx, a, id(m.t, m.s.ids["referral"]), partnerdesk.Contact{})
	must(m.t, err)
	m.s.ids["incoming"], m.s.ids["sent"], m.s.ids["colleague"] = m.s.ids["referral"], m.s.ids["file"], m.at[m.place+" account"].User.String()
	if m.place != "own" {
		return
	}
	user := m.at["own partner"]
	service, err := m.app.Partners.AddService(ctx, a, partner.Service{Name: fmt.Sprint("Layanan mitra ", m.s.level), Partner: user.Partner})
	must(m.t, err)
	sent, err := m.app.Referrals.Refer(ctx, a, c.ID, referral.Order{Services: []db.ID{service}, Kind: "referral", Urgency: "week",
		Words: referral.Words{Why: "Sebab", Asked: "Diminta"}})
	must(m.t, err)
	u, err := m.app.Files.Receive(ctx, a, c.ID)
	must(m.t, err)
	must(m.t, u.Add(ctx, "Lampiran.txt", strings.NewReader("Untuk mitra")))
	must(m.t, u.Keep(ctx))
	must(m.t, m.app.Referrals.AttachSent(ctx, a, sent[0], u.IDs()))
	m.s.ids["sent"] = u.IDs()[0].String()
	_, err = m.app.Access.InvitePartnerUser(ctx, user, access.NewAccount{Email: fmt.Sprintf("rekan%d@mitra.example", m.s.level), Name: "Rekan"})
	must(m.t, err)
	colleagues, err := m.app.Access.PartnerUsers(ctx, user)
	must(m.t, err)
	for _, u := range colleagues {
		if u.ID != user.User {
			m.s.ids["colleague"] = u.ID.String()
		}
	}
	m.s.ids["incoming"] = sent[0].String()
}

// network is a partner with one service, as widely known as the subject is.
func (m *maker) network() {
	m.t.Helper()
	ctx, a, word := m.t.Context(), m.worker(), fmt.Sprintf("Jaringan %s %d", m.place, m.s.level)
	visibility := []string{partner.Public, partner.Internal, partner.Hidden}[m.s.level-1]
	p, err := m.app.Partners.AddPartner(ctx, a, partner.Partner{Name: word, Visibility: visibility,
		Address: partner.Address{Street: hiddenStreet, Village: hiddenVillage, Visibility: partner.Hidden}})
	must(m.t, err)
	offer, err := m.app.Partners.AddService(ctx, a, partner.Service{Name: "Bantuan " + word, Partner: p, Visibility: visibility})
	must(m.t, err)
	m.s.ids["partner"], m.s.ids["offer"] = p.String(), offer.String()
}

func id(t *testing.T, text string) db.ID {
	t.Helper()
	parsed, err := db.ParseID(text)
	must(t, err)
	return parsed
}

// relatives makes a family, a relation and a record that was merged into the first.
func (m *maker) relatives(p, q person.Person) {
	m.t.Helper()
	ctx, a := m.t.Context(), m.worker()
	family := person.Family{Name: "Keluarga " + m.mark, KK: "2172040101010009"}
	for _, x := range []person.Person{p, q} {
		member := person.Member{Role: "other"}
		member.ID = x.ID
		family.Members = append(family.Members, member)
	}
	out, err := m.app.People.AddFamily(ctx, a, family, true)
	must(m.t, err)
	must(m.t, m.app.People.Relate(ctx, a, person.Relation{From: p.ID, To: q.ID, Kind: "parent", Manner: "biological"}))
	relations, err := m.app.People.Relations(ctx, a, p.ID)
	must(m.t, err)
	must(m.t, m.app.People.Merge(ctx, a, person.Choice{Kept: p, Gone: m.person("Tiga")}))
	mergings, err := m.app.People.Mergings(ctx, a, p.ID)
	must(m.t, err)
	must(m.t, m.app.People.SetMark(ctx, a, p.ID, "do_not_call", db.ID{}))
	marks, err := m.app.People.Marks(ctx, a, []db.ID{p.ID})
	must(m.t, err)
	must(m.t, m.app.Drawings.Relate(ctx, a, out.Family.ID, person.Relation{From: p.ID, To: q.ID, Kind: "spouse", Manner: "married"}))
	picture, err := m.app.Drawings.Keep(ctx, a, out.Family.ID, "Gambar "+m.mark)
	must(m.t, err)
	m.s.ids["line"], m.s.ids["picture"] = relations[0].ID.String(), picture.String()
	m.s.ids["person"], m.s.ids["other"], m.s.ids["family"] = p.ID.String(), q.ID.String(), out.Family.ID.String()
	m.s.ids["relation"], m.s.ids["merging"], m.s.ids["mark"] = relations[0].ID.String(), mergings[0].ID.String(), marks[p.ID][0].ID.String()
}

func (m *maker) clients(p, q person.Person) person.ClientChoice {
	m.t.Helper()
	body, _, err := m.app.People.AddBody(m.t.Context(), m.worker(), person.Client{Kind: "organisation", Name: "Sekolah " + m.mark, BodyKind: "school"}, true)
	must(m.t, err)
	m.s.ids["body"] = body.ID.String()
	return person.ClientChoice{Kind: "organisation", Client: body.ID}
}

// gather is the work with a group: somebody joins it.
func (m *maker) gather(c casefile.Case, p person.Person) {
	m.t.Helper()
	joined, err := m.app.Cases.AddMember(m.t.Context(), m.worker(), c.ID, casefile.NewMember{Person: p.ID})
	must(m.t, err)
	m.s.ids["group"], m.s.ids["member"] = c.ID.String(), joined.ID.String()
	session, err := m.app.Groups.Hold(m.t.Context(), m.worker(), c.ID, group.Session{HeldAt: db.At(time.Now().Add(-time.Minute)), Told: group.Told{Theme: "Sesi " + m.mark}}, "")
	must(m.t, err)
	n, err := m.app.Groups.WriteNote(m.t.Context(), m.worker(), c.ID, session, casefile.NewNote{Member: joined.ID, Sign: true, NoteText: casefile.NoteText{Text: "Sendiri " + m.mark}})
	must(m.t, err)
	m.s.ids["session"], m.s.ids["own"] = session.String(), n.ID.String()
	_, err = m.app.Practice.GiveConsent(m.t.Context(), m.worker(), c.ID, practice.Consent{Kind: "data", Signed: practice.Signed{Manner: "screen", Name: m.mark, Read: true}}, nil)
	must(m.t, err)
	_, err = m.app.Cases.BreakGlass(m.t.Context(), m.at[m.place+" glass"], c.Number, "Keadaan darurat di kelompok itu")
	must(m.t, err)
}

// open opens a case of the subject's confidentiality, with its team, its named, and someone behind a wall.
func (m *maker) open(client person.ClientChoice) casefile.Case {
	m.t.Helper()
	ctx := m.t.Context()
	c, err := m.app.Cases.Open(ctx, m.worker(), casefile.Order{Client: client, Categories: []string{"25"}})
	must(m.t, err)
	team := []string{m.at[m.place+" team"].User.String(), m.at[m.place+" walled"].User.String(), m.at[m.place+" team-psychologist"].User.String()}
	c, err = m.app.Cases.Change(ctx, m.worker(), c.ID, casefile.Edit{Team: &team, Version: c.Version})
	must(m.t, err)
	must(m.t, m.app.Cases.Wall(ctx, m.head(), c.ID, m.at[m.place+" walled"].User))
	clinical, err := m.app.Cases.WriteNote(ctx, m.at[m.place+" team-psychologist"], c.ID, casefile.NewNote{Kind: casefile.Psychological, Sign: true,
		NoteText: casefile.NoteText{Text: "Klinis " + m.mark}})
	must(m.t, err)
	if m.s.ids["clinical"] == "" {
		m.s.ids["clinical"] = clinical.ID.String()
	}
	named := []string{m.head().User.String()}
	c, err = m.app.Cases.Change(ctx, m.worker(), c.ID, casefile.Edit{Confidentiality: &m.s.level, Named: &named})
	must(m.t, err)
	m.s.names = append(m.s.names, c.Number, c.ID.String())
	return c
}

// work does what stands below a case's address.
func (m *maker) work(c casefile.Case) {
	m.t.Helper()
	ctx, a := m.t.Context(), m.worker()
	m.s.ids["team-psychologist"] = m.at[m.place+" team-psychologist"].User.String()
	m.s.ids["case"], m.s.ids["team"], m.s.ids["walled"] = c.ID.String(), m.at[m.place+" team"].User.String(), m.at[m.place+" walled"].User.String()
	n, err := m.app.Cases.WriteNote(ctx, a, c.ID, casefile.NewNote{Kind: "phone", Sign: true, NoteText: casefile.NoteText{Text: "Catatan " + m.mark}})
	must(m.t, err)
	task, err := m.app.Cases.AddTask(ctx, a, c.ID, casefile.NewTask{What: "Tugas " + m.mark, DueOn: db.DayOf(time.Now(), time.UTC)})
	must(m.t, err)
	for _, kind := range []string{"service", "data", "referral"} {
		_, err = m.app.Practice.GiveConsent(ctx, a, c.ID, practice.Consent{Kind: kind, Recipient: "Mitra", Data: "Seperlunya", Signed: practice.Signed{Manner: "screen", Name: m.mark, Read: true}}, nil)
		must(m.t, err)
	}
	must(m.t, m.app.Assessments.Write(ctx, a, c.ID, assessment.Writing{Answers: form.Answers{"problem": {"Masalah " + m.mark}, "area_couple": {"3"}}}))
	must(m.t, m.app.Practice.WriteSafetyPlan(ctx, a, c.ID, practice.SafetyParts{Signs: "Gelisah " + m.mark}, 0))
	goal, err := m.app.Practice.AddGoal(ctx, a, c.ID, practice.Goal{Aim: "overcome", Words: "Tujuan " + m.mark, Measure: "tenang"}, practice.Step{What: "Langkah"})
	must(m.t, err)
	work, err := m.app.Practice.Work(ctx, a, c.ID)
	must(m.t, err)
	u, err := m.app.Files.Receive(ctx, a, c.ID)
	must(m.t, err)
	must(m.t, u.Add(ctx, "Surat "+m.mark+".txt", bytes.NewReader([]byte("Isi "+m.mark))))
	must(m.t, u.Keep(ctx))
	files, _, err := m.app.Files.List(ctx, a, c.ID, db.ID{})
	must(m.t, err)
	meeting, err := m.app.Practice.HoldMeeting(ctx, a, c.ID, practice.Meeting{MeetingText: practice.MeetingText{TookPart: m.mark, Decided: "Rukun", Watches: "Nenek"}})
	must(m.t, err)
	x, err := m.app.Instruments.Fill(ctx, a, c.ID, instrument.Filling{Instrument: "gad-7", Edition: "1", Language: "id", AnsweredOn: db.DayOf(time.Now(), time.UTC),
		Answers: form.Answers{"1": {"1"}, "2": {"1"}, "3": {"1"}, "4": {"1"}, "5": {"1"}, "6": {"1"}, "7": {"1"}}})
	must(m.t, err)
	m.s.ids["answering"] = x.ID.String()
	system, err := m.app.Drawings.Surround(ctx, a, c.ID, genogram.Surrounding{Kind: "school", Strength: "strong", Flow: "in", Told: genogram.Told{Name: "Sekolah " + m.mark}})
	must(m.t, err)
	m.s.ids["system"] = system.String()
	l, err := m.app.Letters.Write(ctx, a, c.ID, letter.New{Kind: letter.Introduction, To: []string{"Puskesmas " + m.mark}, Values: letter.Values{"keperluan": "Periksa " + m.mark}})
	must(m.t, err)
	m.s.ids["letter"] = l.ID.String()
	m.s.ids["meeting"], m.s.ids["form"] = meeting.String(), "note"
	m.s.ids["note"], m.s.ids["task"], m.s.ids["goal"] = n.ID.String(), task.ID.String(), goal.String()
	m.s.ids["consent"], m.s.ids["step"], m.s.ids["file"] = work.Consents[0].ID.String(), work.Goals[0].Steps[0].ID.String(), files[0].ID.String()
}

// guide is what those do who look after the work in the case, and after the one in charge of it.
func (m *maker) guide(c casefile.Case) {
	m.t.Helper()
	ctx := m.t.Context()
	note, err := m.app.Guidance.WriteNote(ctx, m.head(), c.ID, supervision.Note{Minutes: 30, NoteText: supervision.NoteText{Text: "Supervisi " + m.mark}})
	must(m.t, err)
	conference, err := m.app.Guidance.HoldConference(ctx, m.worker(), c.ID, supervision.NewConference{Members: []string{m.head().User.String()},
		ConferenceText: supervision.ConferenceText{About: "Rapat " + m.mark, Decided: "Lanjut", Outside: "Bu Guru"}, Tasks: []casefile.NewTask{{What: "Undang " + m.mark}}})
	must(m.t, err)
	approval, err := m.app.Guidance.Ask(ctx, m.worker(), c.ID, supervision.Plan, "Mohon "+m.mark)
	must(m.t, err)
	account := m.at[m.place+" account"].User
	licence, err := m.app.Guidance.AddLicence(ctx, m.head(), account, supervision.Licence{Kind: "str", Number: "STR-1203-2026"})
	must(m.t, err)
	m.s.ids["guidance"], m.s.ids["conference"], m.s.ids["approval"] = note.String(), conference.String(), approval.String()
	m.s.ids["user"], m.s.ids["entry"] = account.String(), licence.String()
}

// meet keeps the worker's time for the case.
func (m *maker) meet(c casefile.Case) {
	m.t.Helper()
	at := time.Now().Add(time.Duration(m.s.level) * time.Hour)
	p, err := m.app.Calendar.Make(m.t.Context(), m.worker(), calendar.Order{Kind: "home_visit", From: at, To: at.Add(time.Hour), Accept: true,
		Subject: calendar.Subject{Case: c.ID}, Told: calendar.Told{Title: "Judul " + m.mark, Place: "Tempat " + m.mark, About: "Perihal " + m.mark}})
	must(m.t, err)
	m.s.ids["appointment"] = p.ID.String()
	m.s.names = append(m.s.names, p.ID.String())
}

// list is one that the head has uploaded and not yet taken in.
func (m *maker) list() {
	m.t.Helper()
	l, err := m.app.Lists.Receive(m.t.Context(), m.head(), "people", "daftar.csv", strings.NewReader("nama\nOrang Baru\n"))
	must(m.t, err)
	m.app.Lists.Await(m.t.Context(), l.ID, time.Minute)
	m.s.ids["list"] = l.ID.String()
}

// directoryFile is one of another directory that was sent in.
func (m *maker) directoryFile() {
	m.t.Helper()
	id, err := m.app.Exchange.Receive(m.t.Context(), m.head(), "direktori.json", []byte(otherDirectory))
	must(m.t, err)
	m.s.ids["directory file"] = id.String()
}

const otherDirectory = `[{"id":"s1","name":"Layanan lain","status":"active","organization":{"id":"o1","name":"Lembaga lain","description":""}}]`

// request is one that was joined to the case; it takes on the case's confidentiality.
func (m *maker) request(c casefile.Case, p person.Person) {
	m.t.Helper()
	ctx, a := m.t.Context(), m.worker()
	q, err := m.app.Requests.Record(ctx, a, intake.Request{Person: p.ID, Urgency: "now",
		Told: intake.Told{Narrative: "Cerita " + m.mark, Reporter: intake.Reporter{Name: "Pelapor " + m.mark, Phone: "0800-0000-1234"}}})
	must(m.t, err)
	_, err = m.app.Requests.Triage(ctx, a, q.ID, intake.Decision{Outcome: "existing_case", Note: "Sudah ada kasusnya", Case: c.ID})
	must(m.t, err)
	m.s.ids["request"] = q.ID.String()
	m.s.names = append(m.s.names, q.ID.String())
	if m.place == "own" { // each office counts its requests from one
		m.s.names = append(m.s.names, q.Number)
	}
}

// handIn is a referral from outside that became part of the case, and one by the partner whose user asks for every address.
func (m *maker) handIn(c casefile.Case) {
	m.t.Helper()
	ctx, a := m.t.Context(), m.worker()
	handed := inbound.Handed{SenderKind: "school", Urgency: "week", Agreed: true, Body: inbound.Body{Sender: "Sekolah " + m.mark,
		Shared: referral.Shared{Words: referral.Words{Asked: "Dampingi " + m.mark}, Data: []referral.Datum{{Field: "name", Value: "Anak " + m.mark}}}}}
	x, err := m.app.Inbound.Record(ctx, a, handed)
	must(m.t, err)
	_, err = m.app.Requests.Triage(ctx, a, x.Request, intake.Decision{Outcome: "existing_case", Note: "Sudah ada kasusnya", Case: c.ID})
	must(m.t, err)
	m.key()
	m.s.ids["inbound"], m.s.ids["handed"] = x.ID.String(), x.ID.String()
	m.s.names = append(m.s.names, x.ID.String(), x.Request.String())
	if m.place == "own" {
		handed.Sender, handed.Asked, handed.Data = "", "Tolong", nil
		x, err = m.app.Inbound.HandIn(ctx, m.at["own partner"], handed)
		must(m.t, err)
		m.s.ids["handed"] = x.ID.String()
	}
}

// key is one of an office elsewhere, which the head trusts.
func (m *maker) key() {
	m.t.Helper()
	card := []string{"AAE", "AQE", "AgE"}[m.s.level-1] + strings.Repeat("A", 40) + strings.Repeat("B", 43)
	must(m.t, m.app.Inbound.AddKey(m.t.Context(), m.head(), inbound.Key{Name: fmt.Sprint("LK3 jauh ", m.s.level), Kind: "lk3", Card: "teduh-kunci-1-" + card}))
	keys, err := m.app.Inbound.Keys(m.t.Context(), m.head())
	must(m.t, err)
	m.s.ids["key"] = keys[m.s.level-1].ID.String()
}

// surround breaks the glass of the case and then changes who is involved, so that its readers are written anew.
func (m *maker) surround(c casefile.Case) {
	m.t.Helper()
	ctx := m.t.Context()
	_, err := m.app.Cases.BreakGlass(ctx, m.at[m.place+" glass"], c.Number, "Keadaan darurat di rumah klien")
	must(m.t, err)
	other, err := db.ParseID(m.s.ids["other"])
	must(m.t, err)
	must(m.t, m.app.Cases.Involve(ctx, m.worker(), c.ID, other, "family_member"))
	c, err = m.app.Cases.Get(ctx, m.worker(), c.ID, "page")
	must(m.t, err)
	p, err := db.ParseID(m.s.ids["person"])
	must(m.t, err)
	kept, err := m.app.People.Get(ctx, m.worker(), p, "page")
	must(m.t, err)
	m.s.ids["case version"], m.s.ids["person version"] = fmt.Sprint(c.Version), fmt.Sprint(kept.Version)
	for _, word := range []string{"person", "other", "family", "body"} {
		m.s.names = append(m.s.names, m.s.ids[word])
	}
}
