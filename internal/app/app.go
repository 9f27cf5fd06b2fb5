// Package app puts an installation together: it opens the database and the keys, builds the services, mounts their
// routes, runs the clock, and stops cleanly.
//
// It is the only package that knows all the others. A new domain is added in build (its service), routes (its pages and
// operations) and, where it has an entry of its own, navigation.
package app

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"teduh/internal/access"
	"teduh/internal/apidoc"
	"teduh/internal/assessment"
	"teduh/internal/attachment"
	"teduh/internal/calendar"
	"teduh/internal/carry"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/genogram"
	"teduh/internal/group"
	"teduh/internal/importer"
	"teduh/internal/inbound"
	"teduh/internal/instrument"
	"teduh/internal/intake"
	"teduh/internal/journal"
	"teduh/internal/letter"
	"teduh/internal/partner"
	"teduh/internal/partner/exchange"
	"teduh/internal/partnerdesk"
	"teduh/internal/person"
	"teduh/internal/practice"
	"teduh/internal/referral"
	"teduh/internal/report"
	"teduh/internal/search"
	"teduh/internal/supervision"
	"teduh/internal/unit"
	"teduh/internal/vault"
)

// Config says where an installation is and how it is reached.
type Config struct {
	Dir      string // files, keys and, for SQLite, the database
	Postgres string // address, or empty for SQLite
	BaseURL  string // "https://teduh.example"; empty while it serves this machine alone
	Demo     bool
	Loading  bool // an import: see db.Config
	Scratch  bool // a folder that is thrown away unless it is finished: see db.Config
	Now      func() time.Time
}

// App is an open installation.
type App struct {
	Config      Config
	DB          *db.DB
	Vault       *vault.Vault
	Journal     *journal.Journal
	Access      *access.Service
	Units       *unit.Service
	People      *person.Service
	Cases       *casefile.Service
	Practice    *practice.Service
	Texts       *practice.Texts
	Carry       *carry.Service
	Assessments *assessment.Service
	Instruments *instrument.Service
	Drawings    *genogram.Service
	Groups      *group.Service
	Guidance    *supervision.Service
	Files       *attachment.Service
	Requests    *intake.Service
	Search      *search.Service
	Calendar    *calendar.Service

	Letters   *letter.Service
	Partners  *partner.Directory
	Exchange  *exchange.Service
	Referrals *referral.Service
	Inbound   *inbound.Service
	Desk      *partnerdesk.Service
	Importer  *importer.Service
	Lists     *importer.Lists
	Reports   *report.Service
	gates     *casefile.Gates
	handler   http.Handler

	Tree           *journal.Tree
	docs           *apidoc.Pages
	metrics        *metrics
	operationNames []string
}

// DefaultDir is the folder used when none is named: teduh in the user's data directory.
func DefaultDir(name string) (string, error) {
	base := os.Getenv("XDG_DATA_HOME")
	if base == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", fmt.Errorf("no folder for the data: name one with --data: %w", err)
		}
		base = filepath.Join(home, ".local", "share")
	}
	return filepath.Join(base, name), nil
}

// Open opens an installation and brings its schema up unless migrate is false.
func Open(ctx context.Context, c Config, migrate bool) (*App, error) {
	if c.Now == nil {
		c.Now = time.Now
	}
	d, err := db.Open(ctx, db.Config{Dir: c.Dir, Postgres: c.Postgres, Loading: c.Loading, Scratch: c.Scratch})
	if err != nil {
		return nil, err
	}
	a := &App{Config: c, DB: d}
	if migrate {
		if _, err := d.Migrate(ctx); err != nil {
			return nil, errors.Join(err, d.Close())
		}
	}
	if err := a.build(); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return a, nil
}

// build makes the services and the handler.
func (a *App) build() (err error) {
	if err := a.services(); err != nil {
		return err
	}
	a.handler, err = a.routes()
	return err
}

func (a *App) services() (err error) {
	if a.Vault, err = vault.Open(a.Config.Dir); err != nil {
		return err
	}
	now := a.Config.Now
	a.Journal = journal.New(a.DB, now)
	a.Tree = journal.NewTree(a.DB, a.Vault.Seed("audit tree"), now)
	a.metrics = a.newMetrics()
	a.Access = access.NewService(a.DB, a.Journal, a.Vault, now)
	a.Units = unit.NewService(a.DB, a.Journal)
	a.Partners = partner.NewDirectory(partner.Needs{DB: a.DB, Journal: a.Journal, Vault: a.Vault, Office: a.Units, Now: now})
	a.Access.KnowPartners(a.Partners.Known)
	a.Exchange = exchange.New(exchange.Needs{DB: a.DB, Vault: a.Vault, Journal: a.Journal, Directory: a.Partners, Office: a.Units, Now: now})
	a.People = person.NewService(a.DB, a.Journal, a.Vault, now)
	a.gates = casefile.NewGates()
	a.gates.Add(practice.Demands()...)
	a.gates.Add(assessment.Demands()...)
	a.gates.Add(intake.Demands()...)
	a.gates.Add(supervision.Demands()...)
	a.Cases = casefile.NewService(casefile.Needs{DB: a.DB, Journal: a.Journal, Vault: a.Vault, People: a.People, Gates: a.gates,
		Office: a.Units, Now: now})
	a.People.SetCircle(a.Cases.Circle())
	a.Access.OnSupervision(a.Cases.RefreshSupervised)
	a.Practice = practice.NewService(a.Cases)
	a.Texts = practice.NewTexts(a.DB, a.Journal)
	a.Assessments = assessment.NewService(assessment.Needs{DB: a.DB, Journal: a.Journal, Cases: a.Cases, Practice: a.Practice})
	a.Cases.AskConsent(practice.LetOut)
	a.Instruments = instrument.NewService(instrument.Needs{DB: a.DB, Journal: a.Journal, Vault: a.Vault, Cases: a.Cases, Access: a.Access, Office: a.Units, Now: now})
	a.Cases.OnClosing(a.Instruments.KeepMeasures)
	a.Carry = carry.NewService(carry.Needs{Units: a.Units, Assessments: a.Assessments, Instruments: a.Instruments, Texts: a.Texts, Now: now})
	a.Drawings = genogram.NewService(genogram.Needs{DB: a.DB, Journal: a.Journal, Vault: a.Vault, People: a.People, Cases: a.Cases, Now: now})
	a.Groups = group.NewService(a.Cases)
	a.Guidance = supervision.NewService(supervision.Needs{DB: a.DB, Journal: a.Journal, Cases: a.Cases, People: a.People, Work: a.Practice, Assess: a.Assessments, Now: now})
	a.Cases.AskProfession(supervision.HasProfession)
	a.Files = attachment.NewService(a.Cases, a.Config.Dir)
	a.Requests = intake.NewService(intake.Needs{DB: a.DB, Journal: a.Journal, Vault: a.Vault, People: a.People, Cases: a.Cases, Office: a.Units, Now: now})
	a.Search = search.NewService(search.Needs{DB: a.DB, People: a.People, Cases: a.Cases, Requests: a.Requests, Network: a.Partners, Now: now})
	a.Calendar = calendar.NewService(calendar.Needs{DB: a.DB, Journal: a.Journal, Vault: a.Vault, People: a.People, Cases: a.Cases,
		Requests: a.Requests, Office: a.Units, Now: now})
	a.Letters = letter.NewService(letter.Needs{DB: a.DB, Journal: a.Journal, Cases: a.Cases, People: a.People, BaseURL: a.Config.BaseURL})
	a.Letters.AskAgreed(practice.AgreedAt)
	a.network()
	a.Reports = report.NewService(a.DB, now)
	a.Reports.AskMeasures(a.Instruments.Measures)
	a.Importer = importer.NewService(importer.Needs{DB: a.DB, Journal: a.Journal, Access: a.Access, People: a.People, Cases: a.Cases, Now: now})
	a.Lists = importer.NewLists(a.Importer, a.Vault, a.Config.Dir)
	return nil
}

// network makes the services of referrals: out, the partners' door, and in.
func (a *App) network() {
	a.Referrals = referral.NewService(referral.Needs{DB: a.DB, Journal: a.Journal, Cases: a.Cases, People: a.People, Partner: a.Partners, Office: a.Units, Now: a.Config.Now})
	a.Inbound = inbound.NewService(inbound.Needs{DB: a.DB, Journal: a.Journal, Vault: a.Vault, Cases: a.Cases, People: a.People, Requests: a.Requests,
		Referrals: a.Referrals, Directory: a.Partners, Now: a.Config.Now})
	a.Cases.ShowReferrals(referral.OfCase)
	a.Cases.AskHanding(a.Referrals.Handing())
	a.Desk = partnerdesk.NewService(partnerdesk.Needs{DB: a.DB, Journal: a.Journal, Vault: a.Vault, Access: a.Access, Cases: a.Cases, Files: a.Files,
		Referrals: a.Referrals, BaseURL: a.Config.BaseURL, Now: a.Config.Now})
}

// ServeHTTP answers a request.
func (a *App) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.handler.ServeHTTP(w, r) }

// EndStreams lets go of the browsers that listen, so that a server can stop.
func (a *App) EndStreams() { a.Requests.EndStreams() }

// Close writes what waits and closes the database.
func (a *App) Close() error {
	a.Lists.Close()
	a.Journal.Close()
	return a.DB.Close()
}
