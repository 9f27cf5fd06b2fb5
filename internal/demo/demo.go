// Package demo fills the made-up office with the life of a year, so that one can look around in it and try everything.
//
// Everything comes from a seed and is the same each time; days hang on the day of the first start. Fill first plans: the
// households (homes.go), a life for each case from one of the stories (stories/*.toml, cases.go, life.go), and the requests
// that came through the doors (requests.go). Then the agenda lets all acts happen in the order of their time, through the
// same services as people use and as the demo's own workers, with a Clock that stands at the moment of each act. So what
// the demo shows is what the program does, journal and numbers included.
//
// Names are put together from common Indonesian, Malay, Chinese-Indonesian, Javanese, Batak and Bugis parts; NIK carry
// day 99, which no birth has; phones lie in 0800-0000, which can't ring. WriteFolder makes data of any size from the same
// parts for measuring.
package demo

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"time"

	"teduh/internal/access"
	"teduh/internal/assessment"
	"teduh/internal/calendar"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/genogram"
	"teduh/internal/group"
	"teduh/internal/inbound"
	"teduh/internal/instrument"
	"teduh/internal/intake"
	"teduh/internal/journal"
	"teduh/internal/letter"
	"teduh/internal/partner"
	"teduh/internal/person"
	"teduh/internal/practice"
	"teduh/internal/referral"
	"teduh/internal/region"
	"teduh/internal/supervision"
	"teduh/internal/unit"
)

// Office is what the demo is filled through. The services take their time from Clock.
type Office struct {
	DB          *db.DB
	Journal     *journal.Journal
	Access      *access.Service
	Units       *unit.Service
	People      *person.Service
	Cases       *casefile.Service
	Practice    *practice.Service
	Assess      *assessment.Service
	Drawings    *genogram.Service
	Groups      *group.Service
	Instruments *instrument.Service
	Requests    *intake.Service
	Inbound     *inbound.Service
	Calendar    *calendar.Service
	Guidance    *supervision.Service
	Network     *partner.Directory
	Letters     *letter.Service
	Clock       *Clock
}

// The office, and the seed of everything in it.
const (
	Region = "21.72"
	seed   = 20261124
	homes  = 120
)

// filler carries the chance, the days and what is planned through the making.
type filler struct {
	Office
	agenda
	days
	chance    *rand.Rand
	names     namer
	codes     []string          // of the kelurahan, in their order
	places    map[string]string // their names
	staff     staff
	homes     []*home
	lives     []*life
	planned   uint64 // cases so far
	referrals *referral.Loader
	decided   db.ID // the request that was decided last
	made      int   // people so far; their phones count along
	cards     int   // numbers with the form of a NIK so far
	sentTo    map[string]int
	sent      int             // referrals so far
	said      map[string]bool // notes so far, so that no two read alike
	grave     int             // open cases in danger so far
	told      int             // cases so far that came as a request
	counted   int             // cases so far that came as far as work
	gathered  bool            // a youth group has met
	confided  int             // private notes so far
	observed  int             // psychological notes so far
	checks    []check         // of the directory
}

func newFiller(s uint64) *filler {
	f := &filler{chance: rand.New(rand.NewPCG(s, s)), places: map[string]string{}, said: map[string]bool{}, sentTo: map[string]int{}}
	f.names = namer{f.chance}
	for _, d := range region.Villages(Region) {
		for _, v := range d.Villages {
			f.codes = append(f.codes, v.Code)
			f.places[v.Code] = v.Name
		}
	}
	return f
}

// Fill makes the office as it is at a moment, with one password for all accounts, given as its hash.
func Fill(ctx context.Context, o Office, now time.Time, passwordHash string) error {
	f := newFiller(seed)
	f.Office, f.days = o, days{now: now, zone: time.UTC}
	f.Clock.Set(now.AddDate(-1, -1, 0))
	id, err := o.Access.AddUnit(ctx, access.SystemActor(access.Office{}), access.Unit{Kind: "office", Name: "LK3 Bina Sejahtera", Region: Region,
		Zone: "Asia/Jakarta", Prefix: "LK3", MadeUp: true})
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	users, err := f.network(ctx, access.Office{ID: id, Zone: f.zone})
	if err != nil {
		return fmt.Errorf("demo: network: %w", err)
	}
	if err := f.hire(ctx, hiring{id, passwordHash, users}); err != nil {
		return fmt.Errorf("demo: staff: %w", err)
	}
	f.zone = f.staff.head.Office.Zone
	if err := f.records(ctx); err != nil {
		return fmt.Errorf("demo: competence: %w", err)
	}
	if err := f.letterhead(ctx); err != nil {
		return fmt.Errorf("demo: letterhead: %w", err)
	}
	if f.referrals, err = referral.NewLoader(o.DB, f.staff.head); err != nil {
		return err
	}
	if err := f.cases(); err != nil {
		return err
	}
	if err := f.requests(); err != nil {
		return err
	}
	f.neighbours()
	f.appointments()
	f.headTasks()
	f.kin()
	f.checked()
	if err := f.run(ctx, f.DB, f.Clock); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	return nil
}

// neighbours are households that the office knows without a case, up to the number it should know.
func (f *filler) neighbours() {
	for i := len(f.homes); i < homes; i++ {
		h := f.build(pick(f, []string{"couple", "couple", "three", "single"}), nil)
		f.homes = append(f.homes, h)
		f.add(f.days.moment(5+f.chance.IntN(300), f.chance.IntN(400)), func(ctx context.Context) error {
			return f.register(ctx, f.staff.intake[i%len(f.staff.intake)], h)
		})
	}
}

// phone is a number that can't ring.
func (f *filler) phone() string {
	f.made++
	return fmt.Sprintf("0800-0000-%04d", f.made)
}

// pick takes one of a list by chance.
func pick[T any](f *filler, list []T) T { return list[f.chance.IntN(len(list))] }

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func without(list []string, one string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(x string) bool { return x == one })
}
