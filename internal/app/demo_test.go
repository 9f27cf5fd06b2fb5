package app_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"teduh/internal/access"
	"teduh/internal/app"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/intake"
	"teduh/internal/person"
	"teduh/internal/person/nik"
)

// demoAt opens a demo that is made on a day.
func demoAt(t *testing.T, now time.Time) *app.App {
	t.Helper()
	a, _, err := app.OpenDemo(t.Context(), app.Config{Dir: t.TempDir(), Demo: true, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	return a
}

// demoDay is a Tuesday, ten in the morning in Jakarta.
var demoDay = time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)

// counts asks the demo's database for numbers by a word.
func counts(t *testing.T, a *app.App, query string) map[string]int {
	t.Helper()
	found := map[string]int{}
	err := a.DB.Read(t.Context(), func(r db.Reader) error {
		_, err := db.All(t.Context(), r, func(row db.Row) (_ struct{}, err error) {
			var word db.Text
			var n int
			err = row.Scan(&word, &n)
			found[string(word)] = n
			return struct{}{}, err
		}, query)
		return err
	})
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return found
}

// actor is one of the demo's people.
func actor(t *testing.T, a *app.App, email string) (found access.Actor) {
	t.Helper()
	u, err := a.Access.FindUnit(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	acc, err := a.Access.FindUser(t.Context(), email)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.DB.Read(t.Context(), func(r db.Reader) error {
		found, err = access.ActorOf(t.Context(), r, acc.ID, u.ID)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return found
}

func TestTheDemo(t *testing.T) {
	t.Parallel()
	a := demoAt(t, demoDay)
	for name, story := range map[string]func(*testing.T, *app.App){"is a living office": livingOffice, "has one of everything": oneOfEverything,
		"is about nobody real": nobodyReal, "lets every account in": everyAccount} {
		t.Run(name, func(t *testing.T) { story(t, a) })
	}
}

// The demo is as large and as varied as DOMAIN.md, «Demo data», asks.
func livingOffice(t *testing.T, a *app.App) {
	t.Helper()
	for what, want := range map[string]struct {
		query     string
		from, end int
	}{
		"people":        {`SELECT '', COUNT(*) FROM person`, 390, 440},
		"families":      {`SELECT '', COUNT(*) FROM family`, 120, 120},
		"cases":         {`SELECT '', COUNT(*) FROM case_file`, 140, 140},
		"requests":      {`SELECT '', COUNT(*) FROM request`, 60, 60},
		"services":      {`SELECT '', COUNT(*) FROM partner_service`, 14, 14},
		"staff":         {`SELECT '', COUNT(DISTINCT user_id) FROM role_grant WHERE role IN ('head','supervisor','worker','psychologist','intake')`, 12, 12},
		"facilitators":  {`SELECT '', COUNT(DISTINCT v.village_code) FROM role_grant g JOIN grant_village v ON v.grant_id = g.id WHERE g.role = 'facilitator'`, 18, 18},
		"supervised":    {`SELECT '', COUNT(*) FROM supervision`, 8, 8},
		"now":           {`SELECT '', COUNT(*) FROM request WHERE urgency = 'now' AND state = 'new'`, 1, 1},
		"late requests": {fmt.Sprintf(`SELECT '', COUNT(*) FROM request WHERE state = 'new' AND respond_by < %d`, demoDay.UnixMicro()), 4, 12},
		"vain tries":    {`SELECT '', COUNT(*) FROM request_contact WHERE reached = 0`, 6, 40},
		"quiet cases":   {fmt.Sprintf(`SELECT '', COUNT(*) FROM case_file WHERE status = 'open' AND updated_at < %d`, demoDay.AddDate(0, 0, -14).UnixMicro()), 8, 25},
		"late tasks":    {`SELECT '', COUNT(*) FROM task WHERE done_at IS NULL AND due_on < '2026-11-24'`, 8, 30},
		"tasks today":   {`SELECT '', COUNT(*) FROM task WHERE done_at IS NULL AND due_on = '2026-11-24'`, 5, 30},
		"safety plans":  {`SELECT '', COUNT(*) FROM safety_plan`, 8, 30},
		"reopened":      {`SELECT '', COUNT(DISTINCT case_id) FROM case_move WHERE kind = 'reopened'`, 3, 12},
		"protected":     {`SELECT '', COUNT(*) FROM person WHERE protected = 1 AND name = 'Bunga (nama samaran)'`, 1, 1},
		"real ones":     {`SELECT '', COUNT(*) FROM person WHERE made_up = 0`, 0, 0},
		"real cases":    {`SELECT '', COUNT(*) FROM case_file WHERE made_up = 0`, 0, 0},
		"real requests": {`SELECT '', COUNT(*) FROM request WHERE made_up = 0`, 0, 0},
		"real users":    {`SELECT '', COUNT(*) FROM app_user WHERE made_up = 0`, 0, 0},
		"marks":         {`SELECT '', COUNT(*) FROM person_mark WHERE kind = 'do_not_call'`, 5, 40},
		"appointments":  {`SELECT '', COUNT(*) FROM appointment WHERE state IN ('planned', 'kept')`, 36, 46},
		"kept":          {`SELECT '', COUNT(*) FROM appointment WHERE state = 'kept'`, 3, 20},
		"out of order":  {`SELECT '', COUNT(*) FROM (SELECT at, LAG(at) OVER (ORDER BY id) AS before FROM change) x WHERE before > at`, 0, 0},
		"in the future": {fmt.Sprintf(`SELECT '', COUNT(*) FROM change WHERE at > %d`, demoDay.UnixMicro()), 0, 0},
	} {
		if n := counts(t, a, want.query)[""]; n < want.from || n > want.end {
			t.Errorf("%s: %d, want %d to %d", what, n, want.from, want.end)
		}
	}
	if span := counts(t, a, `SELECT '', (MAX(at) - MIN(at)) / 86400000000 FROM change WHERE code = 'case.opened'`)[""]; span < 180 || span > 400 {
		t.Errorf("cases were opened over %d days, want six months to a year", span)
	}
}

// Nothing that can be chosen is missing in the demo.
func oneOfEverything(t *testing.T, a *app.App) {
	t.Helper()
	for _, c := range []struct {
		query string
		want  []string
	}{
		{`SELECT stage, COUNT(*) FROM case_file WHERE status = 'open' GROUP BY stage`, casefile.StageCodes},
		{`SELECT risk, COUNT(*) FROM case_file GROUP BY risk`, casefile.Risks},
		{`SELECT close_reason, COUNT(*) FROM case_file WHERE status = 'closed' GROUP BY close_reason`, casefile.CloseReasons},
		{`SELECT k.kind, COUNT(*) FROM case_file c JOIN client k ON k.id = c.client_id GROUP BY k.kind`, person.ClientKinds},
		{`SELECT CAST(confidentiality AS TEXT), COUNT(*) FROM case_file GROUP BY confidentiality`, []string{"1", "2", "3"}},
		{`SELECT channel, COUNT(*) FROM request GROUP BY channel`, intake.Channels},
		{`SELECT kind, COUNT(*) FROM request GROUP BY kind`, intake.Kinds},
		{`SELECT state, COUNT(*) FROM request GROUP BY state`, intake.States},
		{`SELECT outcome, COUNT(*) FROM request WHERE state = 'decided' GROUP BY outcome`, intake.Outcomes},
		{`SELECT status, COUNT(*) FROM referral GROUP BY status`, []string{"sent", "received", "accepted", "waitlisted", "in_service", "completed", "declined"}},
		{`SELECT role, COUNT(*) FROM family_member GROUP BY role`, person.Roles},
	} {
		got := counts(t, a, c.query)
		for _, word := range c.want {
			if got[word] == 0 {
				t.Errorf("%s: no %q in %v", c.query, word, got)
			}
		}
	}
	secret := counts(t, a, `SELECT CAST(COUNT(DISTINCT n.case_id) AS TEXT), COUNT(*) FROM case_named n JOIN role_grant g ON g.user_id = n.user_id WHERE g.role = 'head'`)
	if secret["1"] != 1 {
		t.Errorf("the named of the secret case hold %v heads, want one", secret)
	}
}

var (
	madeUpPhone = regexp.MustCompile(`^0800-?0000-?\d{4}$|^\+628000000\d{4}$`)
	madeUpNIK   = regexp.MustCompile(`^21720499\d{8}$`)
)

// Nobody real can be meant: no NIK is one that could be given out, no phone can ring, and no two notes read alike.
func nobodyReal(t *testing.T, a *app.App) {
	t.Helper()
	head, notes := actor(t, a, "kepala@demo.teduh.example"), map[string]bool{}
	for _, p := range people(t, a, head) {
		if p.Sealed.NIK != "" && (!madeUpNIK.MatchString(p.Sealed.NIK) || len(nik.Check(p.Sealed.NIK, "", "")) == 0) {
			t.Errorf("%s has the NIK %s, which could be real", p.Name, p.Sealed.NIK)
		}
		for _, f := range p.Sealed.Phones {
			if !madeUpPhone.MatchString(f.Number) {
				t.Errorf("%s has the phone %s, which could ring", p.Name, f.Number)
			}
		}
	}
	for _, text := range notesOf(t, a, head) {
		if notes[text] {
			t.Errorf("two notes say %q", text)
		}
		notes[text] = true
	}
}

func people(t *testing.T, a *app.App, as access.Actor) []person.Person {
	t.Helper()
	list, more, err := a.People.Search(t.Context(), as, person.Search{Limit: 1000})
	if err != nil || more || len(list) < 390 {
		t.Fatalf("%d people, more %v: %v", len(list), more, err)
	}
	all := make([]person.Person, len(list))
	for i, f := range list {
		if all[i], err = a.People.Get(t.Context(), as, f.ID, "test"); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func notesOf(t *testing.T, a *app.App, as access.Actor) (texts []string) {
	t.Helper()
	cases, err := a.Cases.List(t.Context(), as, casefile.Filter{Limit: 200, Sort: casefile.OldestFirst})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases.Items {
		notes, _, err := a.Cases.Notes(t.Context(), as, c.ID, casefile.NotesPage{Limit: 100}, "test")
		if err != nil || len(notes) == 0 {
			t.Fatalf("%s has %d notes: %v", c.Number, len(notes), err)
		}
		for _, n := range notes {
			texts = append(texts, n.Text)
		}
	}
	return texts
}

// The demo is the same each time: names, numbers and notes, on whatever day it is started.
func TestTheDemoIsTheSameEachTime(t *testing.T) {
	t.Parallel()
	var prints []string
	for _, day := range []time.Time{demoDay, demoDay.AddDate(0, 0, 4)} {
		a := demoAt(t, day)
		head := actor(t, a, "kepala@demo.teduh.example")
		var said []string
		for _, p := range people(t, a, head) {
			said = append(said, p.Name+p.Sealed.NIK+p.Sealed.Street)
		}
		said = append(said, notesOf(t, a, head)...)
		slices.Sort(said)
		sum := sha256.Sum256([]byte(strings.Join(said, "\n")))
		prints = append(prints, hex.EncodeToString(sum[:]))
	}
	if prints[0] != prints[1] {
		t.Error("a demo that was made four days later says something else")
	}
}

// Every account that the demo prints signs in with the printed password and meets a page that is not empty.
func everyAccount(t *testing.T, a *app.App) {
	t.Helper()
	told := app.DemoTold()
	for _, role := range access.Roles {
		if !slices.ContainsFunc(told.Accounts, func(acc app.DemoAccount) bool { return acc.Role == role }) {
			t.Errorf("no account is printed for %s", role)
		}
	}
	for _, acc := range told.Accounts {
		body := startPage(t, a, acc.Email, told.Password)
		if first, _, _ := strings.Cut(acc.Name, " "); !strings.Contains(body, first) {
			t.Errorf("%s meets a page without their name", acc.Email)
		}
		if want := map[access.Role]string{access.Head: "/kasus/", access.Worker: "/kasus/", access.Psychologist: "/kasus/", access.Intake: "/permintaan/",
			access.Supervisor: "/kasus/", access.Admin: "fasilitator"}[acc.Role]; !strings.Contains(body, want) {
			t.Errorf("%s meets a page without %q", acc.Email, want)
		}
	}
}

// startPage signs in by the form and follows to where the day begins.
func startPage(t *testing.T, a *app.App, email, password string) string {
	t.Helper()
	form := url.Values{"email": {email}, "password": {password}}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/masuk", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.RemoteAddr = fmt.Sprintf("127.0.0.1:%d", 1000+len(email))
	w := httptest.NewRecorder()
	a.ServeHTTP(w, r)
	cookies, path := w.Result().Cookies(), w.Header().Get("Location")
	for range 4 {
		if path == "" {
			break
		}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		for _, c := range cookies {
			r.AddCookie(c)
		}
		w = httptest.NewRecorder()
		a.ServeHTTP(w, r)
		path = w.Header().Get("Location")
	}
	if w.Code != http.StatusOK {
		t.Fatalf("%s: %d %s", email, w.Code, w.Body)
	}
	return w.Body.String()
}

// A demo that was broken off while it was made is made anew at the next start; an office at work is never touched.
func TestAHalfMadeDemoIsMadeAnew(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := app.Config{Dir: dir, Demo: true}
	broken, stop := context.WithTimeout(t.Context(), 250*time.Millisecond)
	defer stop()
	if _, _, err := app.OpenDemo(broken, c); err == nil {
		t.Fatal("the demo was made within a quarter of a second; break it off earlier")
	}
	if !app.DemoFresh(dir) {
		t.Fatal("a half-made demo stands in its place")
	}
	a, told, err := app.OpenDemo(t.Context(), c)
	if err != nil || told.Stale {
		t.Fatalf("stale %v: %v", told.Stale, err)
	}
	if n := counts(t, a, `SELECT '', COUNT(*) FROM case_file`)[""]; n != 140 {
		t.Errorf("%d cases after the second start", n)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 3 {
		t.Errorf("the folder holds %v: %v", left, err)
	}
	c.Now = func() time.Time { return time.Now().AddDate(0, 0, 15) }
	a, told, err = app.OpenDemo(t.Context(), c)
	if err != nil || !told.Stale {
		t.Errorf("after 15 days stale is %v: %v", told.Stale, err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if err := app.ResetDemo(t.Context(), dir); err != nil || !app.DemoFresh(dir) {
		t.Errorf("reset leaves a demo: %v", err)
	}
}

func TestTheDemoLeavesAnOfficeAtWorkAlone(t *testing.T) {
	t.Parallel()
	c := app.Config{Dir: t.TempDir()}
	w := open(t, c)
	if err := app.ResetDemo(t.Context(), w.app.Config.Dir); err == nil {
		t.Error("reset took an office at work away")
	}
	if _, _, err := app.OpenDemo(t.Context(), c); err == nil {
		t.Error("the demo opened an office at work")
	}
	key := filepath.Join(t.TempDir(), "master.key")
	if err := os.WriteFile(key, make([]byte, 32), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := app.OpenDemo(t.Context(), app.Config{Dir: filepath.Dir(key)}); err == nil {
		t.Error("the demo took a folder that holds another installation's key")
	}
	if _, err := os.Stat(key); err != nil {
		t.Error("the key is gone")
	}
}
