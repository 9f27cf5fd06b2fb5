package demo

import (
	"context"
	"strings"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/unit"
)

// Account is one account of the demo. Those that are told stand in what the demo prints: one for each role.
type Account struct {
	Email      string
	Name       string
	Role       access.Role
	Profession string
	Villages   []string
	Told       bool
}

// firstVillage is where the facilitator among the printed accounts works.
const firstVillage = "21.72.04.1002"

const host = "@demo.teduh.example"

// office are those who work at the office or look at it; the facilitators come on top, one for each kelurahan.
var office = []Account{
	{Email: "kepala", Name: "Syarifah Nurdiana", Role: access.Head, Profession: "Kepala LK3", Told: true},
	{Email: "supervisor", Name: "Hendra Simatupang", Role: access.Supervisor, Profession: "Pekerja sosial", Told: true},
	{Email: "pekerja", Name: "Rahmah Yuliani", Role: access.Worker, Profession: "Pekerja sosial", Told: true},
	{Email: "pekerja2", Name: "Andi Tenri", Role: access.Worker, Profession: "Pekerja sosial", Told: true},
	{Email: "pekerja3", Name: "Joko Sulistyo", Role: access.Worker, Profession: "Pekerja sosial"},
	{Email: "pekerja4", Name: "Melva Hutapea", Role: access.Worker, Profession: "Pekerja sosial"},
	{Email: "konselor", Name: "Lina Kusuma", Role: access.Worker, Profession: "Konselor"},
	{Email: "konselor2", Name: "Zulkifli Harun", Role: access.Worker, Profession: "Konselor"},
	{Email: "psikolog", Name: "Maya Lestari", Role: access.Psychologist, Profession: "Psikolog", Told: true},
	{Email: "psikolog2", Name: "Felix Gunawan", Role: access.Psychologist, Profession: "Psikolog"},
	{Email: "penerima", Name: "Yulia Tan", Role: access.Intake, Profession: "Petugas penerima", Told: true},
	{Email: "penerima2", Name: "Rotua Sinaga", Role: access.Intake, Profession: "Petugas penerima"},
	{Email: "mitra", Name: "Budi Santoso", Role: access.Partner, Told: true},
	{Email: "pemantau", Name: "Sri Wahyuni", Role: access.Viewer, Told: true},
	{Email: "dinas", Name: "Joko Prasetyo", Role: access.Upper, Told: true},
	{Email: "admin", Name: "Rizky Hasibuan", Role: access.Admin, Told: true},
	{Email: "auditor", Name: "Lina Wijaya", Role: access.Auditor, Told: true},
	{Email: "pdp", Name: "Arif Rahman", Role: access.DPO, Told: true},
}

// facilitators of the kelurahan, by the name of each.
var facilitators = []string{"Zainab Melayu", "Hasnah Daeng", "Rosmawati Siregar", "Tutik Handayani", "Aliong Halim", "Salmah Harun", "Poltak Manurung",
	"Sri Rahayu", "Faridah Usman", "Besse Tahir", "Susan Lim", "Maruli Purba", "Halimah Zahara", "Wahyu Nugroho", "Norma Jaafar", "Tiurma Lubis",
	"Syahrul Bakar", "Retno Astuti"}

// Accounts are all of the demo: the office's own, then a facilitator for each kelurahan.
func Accounts(villages map[string]string) []Account {
	list := make([]Account, 0, len(office)+len(villages))
	for _, a := range office {
		a.Email += host
		list = append(list, a)
	}
	codes := sortedKeys(villages)
	for i, code := range append([]string{firstVillage}, without(codes, firstVillage)...) {
		a := Account{Email: "fasilitator" + host, Name: facilitators[i%len(facilitators)], Role: access.Facilitator, Profession: "Fasilitator kelurahan",
			Villages: []string{code}, Told: code == firstVillage}
		if !a.Told {
			a.Email = "fasilitator." + strings.ToLower(strings.ReplaceAll(villages[code], " ", "")) + host
		}
		list = append(list, a)
	}
	return list
}

// staff are the demo's workers as they act.
type staff struct {
	head    access.Actor
	partner access.Actor

	supervisor access.Actor
	profession map[db.ID]string // by account, in its own words

	intake  []access.Actor
	social  []access.Actor // who are in charge of cases
	psych   []access.Actor
	inPlace map[string]access.Actor // facilitators by kelurahan
	byEmail map[string]db.ID
}

// hiring is where, with which password, and for which partner the partner's user works.
type hiring struct {
	office  db.ID
	hash    string
	partner db.ID
}

func (h hiring) grant(acc Account) access.Grant {
	g := access.Grant{Role: acc.Role, Unit: h.office, Villages: acc.Villages}
	if acc.Role == access.Partner {
		g.Partner = h.partner
	}
	return g
}

// hire makes the accounts with their roles and the one password, and tells who supervises whom and who is on duty.
func (f *filler) hire(ctx context.Context, h hiring) error {
	officeID := h.office
	system := access.SystemActor(access.Office{ID: officeID})
	f.staff = staff{profession: map[db.ID]string{}, inPlace: map[string]access.Actor{}, byEmail: map[string]db.ID{}}
	for _, acc := range Accounts(f.places) {
		id, err := f.Access.AddUser(ctx, system, access.NewAccount{Email: acc.Email, Name: acc.Name, Profession: acc.Profession, MadeUp: true})
		if err != nil {
			return err
		}
		if err := f.Access.Grant(ctx, system, id, h.grant(acc)); err != nil {
			return err
		}
		if err := f.Access.SetHash(ctx, system, id, h.hash); err != nil {
			return err
		}
		f.staff.byEmail[acc.Email], f.staff.profession[id] = id, acc.Profession
		if err := f.seat(ctx, officeID, id, acc); err != nil {
			return err
		}
	}
	return f.arrange(ctx, system)
}

// seat keeps how someone acts, by what they do.
func (f *filler) seat(ctx context.Context, officeID, id db.ID, acc Account) error {
	return f.DB.Read(ctx, func(r db.Reader) error {
		a, err := access.ActorOf(ctx, r, id, officeID)
		switch acc.Role {
		case access.Head:
			f.staff.head = a
		case access.Supervisor:
			f.staff.supervisor = a
		case access.Intake:
			f.staff.intake = append(f.staff.intake, a)
		case access.Worker:
			f.staff.social = append(f.staff.social, a)
		case access.Psychologist:
			f.staff.psych = append(f.staff.psych, a)
		case access.Partner:
			f.staff.partner = a
		case access.Facilitator:
			f.staff.inPlace[acc.Villages[0]] = a
		}
		return err
	})
}

// arrange sets who supervises whom, and the list of those who are called when a life is in danger.
func (f *filler) arrange(ctx context.Context, system access.Actor) error {
	supervisor := f.staff.byEmail["supervisor"+host]
	for _, list := range [][]access.Actor{f.staff.social, f.staff.psych} {
		for _, a := range list {
			if err := f.Access.Supervise(ctx, system, a.User, supervisor); err != nil {
				return err
			}
		}
	}
	duty := unit.Duty{First: []db.ID{f.staff.intake[0].User, f.staff.social[0].User}, StandIns: []db.ID{f.staff.social[1].User}, ToStand: 5, ToHead: 10}
	return f.Units.Change(ctx, f.staff.head, duty, 0)
}
