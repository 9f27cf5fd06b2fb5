package app_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"teduh/internal/access"
	"teduh/internal/db"
)

// rule is a line of the policy file: an address, the roles that may use it, and what stands behind it.
type rule struct {
	method, path string
	roles        []string
	behind       string // the name of a table of reach; empty where the address leads to no one's thing
}

// reach is what each of those near a case gets of something ordinary, restricted and secret: "yes", "403" or "404".
type reach map[string][3]string

// policyFile is what testdata/policy.txt says.
type policyFile struct {
	rules []rule
	reach map[string]reach
}

func policy(t *testing.T) policyFile {
	t.Helper()
	raw, err := os.ReadFile("testdata/policy.txt")
	if err != nil {
		t.Fatal(err)
	}
	p := policyFile{reach: map[string]reach{}}
	var table reach
	for line := range strings.Lines(string(raw)) {
		f := strings.Fields(line)
		switch {
		case len(f) == 0 || strings.HasPrefix(f[0], "#"):
		case f[0] == "rule":
			table = reach{}
			p.reach[f[1]] = table
		case strings.HasPrefix(f[1], "/"):
			p.rules = append(p.rules, lineOf(f))
		default:
			if err := table.read(f); err != nil {
				t.Fatalf("%v in %q", err, line)
			}
		}
	}
	return p
}

func lineOf(f []string) rule {
	r := rule{method: f[0], path: f[1], roles: f[2:]}
	if i := slices.Index(r.roles, "="); i >= 0 {
		r.behind, r.roles = r.roles[i+1], r.roles[:i]
	}
	return r
}

func (table reach) read(f []string) error {
	if len(f) < 4 {
		return fmt.Errorf("three answers are missing")
	}
	names, answers := f[:len(f)-3], [3]string(f[len(f)-3:])
	for _, answer := range answers {
		if !slices.Contains([]string{"yes", "403", "404"}, answer) {
			return fmt.Errorf("no answer: %s", answer)
		}
	}
	for _, name := range names {
		if _, twice := table[name]; twice {
			return fmt.Errorf("%s twice", name)
		}
		table[name] = answers
	}
	return nil
}

// may tells whether a role may use the address at all.
func (r rule) may(role access.Role) bool {
	return r.roles[0] == "everyone" || role != "" && (r.roles[0] == "signed-in" || slices.Contains(r.roles, string(role)))
}

func (r rule) String() string { return r.method + " " + r.path }

// subjectOf tells from the beginning of an address what its {id} is.
var subjectOf = map[string]string{"/kasus/": "case", "/api/v1/cases/": "case", "/orang/": "person", "/api/v1/people/": "person",
	"/keluarga/": "family", "/api/v1/families/": "family", "/klien/": "body", "/hubungan/": "relation", "/permintaan/": "request", "/api/v1/requests/": "request",
	"/pengguna/": "account", "/profil/masuk/": "login", "/profil/token/": "login", "/tugas/": "task",
	"/rujukan-masuk/": "incoming", "/rekan/": "colleague", "/rujukan-dari-luar/": "inbound", "/rujukan-kami/": "handed", "/api/v1/referrals-in/": "handed", "/rujukan/": "referral", "/api/v1/referrals/": "referral", "/jadwal/": "appointment", "/api/v1/appointments/": "appointment", "/impor/": "list",
	"/mitra/": "partner", "/api/v1/partners/": "partner", "/layanan-mitra/": "offer", "/layanan-kami/": "offer", "/api/v1/services/": "offer", "/direktori/": "directory file",
	"/hsds/services/": "offer", "/hsds/organizations/": "partner", "/hsds/service_at_locations/": "offer"}

// ofGroups are the addresses of the work with groups, whose case is a group's.
var ofGroups = regexp.MustCompile(`/(members|sessions|kelompok)(/|$)`)

var hole = regexp.MustCompile(`\{[a-z]+\}`)

// plainHoles are those that lead to no one's thing.
var plainHoles = map[string]string{"{bagian}": "categories", "{kind}": "service", "{language}": "id", "{form}": "note", "{token}": "tidak-ada",
	"{name}": "srq-20", "{edition}": "1", "{version}": "1", "{document}": "scoring.json",
	"{item}": "g_identity", "{berkas}": "questionnaire.json", "{letterkind}": "statement", "{code}": "0000-0000-0000-0000",
	"{taxonomy}": db.NamedID(db.ID{}, "hsds taxonomy", "needs").String(), "{term}": db.NamedID(db.ID{}, "hsds term needs", "25").String()}

// leads tells whether the address leads to someone's thing.
func (r rule) leads() bool {
	return slices.ContainsFunc(hole.FindAllString(r.path, -1), func(h string) bool { return plainHoles[h] == "" })
}

// address fills the holes of the rule's path from a subject's ids.
func (r rule) address(ids map[string]string) string {
	return hole.ReplaceAllStringFunc(r.path, func(h string) string {
		if plain, ok := plainHoles[h]; ok {
			return plain
		}
		word := strings.Trim(h, "{}")
		if word == "id" && ofGroups.MatchString(r.path) {
			word = "group"
		}
		if word == "id" {
			for prefix, kind := range subjectOf {
				if strings.HasPrefix(r.path, prefix) {
					word = kind
				}
			}
		}
		return ids[word]
	})
}
