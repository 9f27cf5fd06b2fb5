package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/person"
)

// list is one that is read page by page.
type list struct {
	name  string
	count int                                                                 // how many there are, by hand
	page  func(w *world, after string, limit int) (ids []string, next string) // next is empty at the end
}

// Under any limits, which may change from page to page, and in any order that may be asked for, a list gives each of its
// rows once, in the order in which the whole of it stands.
func TestPagingLosesAndRepeatsNothing(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		lists := w.lists()
		whole := make([][]string, len(lists))
		for i, l := range lists {
			var next string
			if whole[i], next = l.page(w, "", 200); len(whole[i]) != l.count || next != "" {
				t.Fatalf("%s: %d rows and %q, want %d", l.name, len(whole[i]), next, l.count)
			}
		}
		rapid.Check(t, func(rt *rapid.T) {
			for range 4 {
				i := rapid.IntRange(0, len(lists)-1).Draw(rt, "list")
				if got := lists[i].read(rt, w); !slices.Equal(got, whole[i]) {
					rt.Fatalf("%s: %v page by page, %v as a whole", lists[i].name, got, whole[i])
				}
			}
		})
	})
}

// read reads a list page by page under limits that change.
func (l list) read(rt *rapid.T, w *world) (all []string) {
	after := ""
	for range l.count + 1 {
		ids, next := l.page(w, after, rapid.IntRange(1, 9).Draw(rt, "limit"))
		all = append(all, ids...)
		if after = next; next == "" {
			break
		}
	}
	return all
}

// lists makes an office whose rows have names, days and moments in common, so that only the key tells them apart.
func (w *world) lists() []list {
	names := []string{"Ani", "Ani Budi", "Budi", "Siti"}
	var first string
	for i := range 23 {
		made := w.ask("worker", "POST", "/api/v1/people", fmt.Sprintf(`{"name":%q,"accept_duplicates":true,"address":{"village_code":"21.72.04.100%d"}}`, names[i%4], 2+i%2))
		first, _ = made.JSON["id"].(string)
	}
	opened := w.cases(first)
	for i := range 19 {
		w.ask("worker", "POST", "/api/v1/requests", fmt.Sprintf(`{"narrative":"Cerita","arrived_at":%q}`, w.ago(i%3)))
	}
	for i := range 21 {
		w.ask("worker", "POST", "/api/v1/cases/"+opened+"/notes", fmt.Sprintf(`{"kind":%q,"text":"Catatan","sign":true,"happened_at":%q}`,
			[]string{"phone", "home_visit"}[i%2], w.ago(i%4)))
	}
	all := []list{ // the timeline has the opening, the task that follows from it, and the notes
		api("/people", 23, ""), api("/people", 12, "village=21.72.04.1002"), api("/people", 12, "q=ani"), api("/people", 6, "q=budi+ani"),
		api("/requests", 19, ""), api("/requests", 19, "state=new"), api("/requests", 19, "overdue=true"), api("/requests", 0, "state=decided"),
		api("/cases/"+opened+"/notes", 21, ""), api("/cases/"+opened+"/notes", 11, "kind=phone"), api("/cases/"+opened+"/notes", 21, "word=catatan"),
		api("/cases/"+opened+"/timeline", 23, ""), w.accounts(),
	}
	for _, sort := range []string{"opened_on", "-opened_on", "-updated_at"} {
		all = append(all, api("/cases", 17, "sort="+sort), api("/cases", 17, "status=open&sort="+sort), api("/cases", 9, "category=25&sort="+sort))
	}
	return append(all, w.families(first), w.bodies())
}

func (w *world) ago(days int) string {
	return time.Now().Add(-time.Duration(days+20) * 24 * time.Hour).UTC().Truncate(24 * time.Hour).Format(time.RFC3339)
}

// cases opens seventeen on two days and tells the last.
func (w *world) cases(about string) (id string) {
	for i := range 17 {
		made := w.ask("worker", "POST", "/api/v1/cases", fmt.Sprintf(`{"client":{"kind":"individual","person_id":%q},"categories":[%q]}`, about, []string{"25", "24"}[i%2]))
		id, _ = made.JSON["id"].(string)
	}
	return id
}

// api is a list of the JSON API.
func api(path string, count int, query string) list {
	return list{path + "?" + query, count, func(w *world, after string, limit int) (ids []string, next string) {
		got := w.ask("worker", "GET", "/api/v1"+path+"?"+query+"&limit="+strconv.Itoa(limit)+"&cursor="+url.QueryEscape(after), "")
		items, ok := got.JSON["items"].([]any)
		if !ok {
			w.t.Fatalf("%s?%s: %s", path, query, got.Body)
		}
		for _, item := range items {
			ids = append(ids, item.(map[string]any)["id"].(string))
		}
		next, _ = got.JSON["next"].(string)
		return ids, next
	}}
}

func (w *world) accounts() list {
	admin := access.SystemActor(access.Office{})
	for range 9 {
		_, err := w.app.Access.AddUser(w.t.Context(), admin, access.NewAccount{Email: db.NewID().String() + "@example.org", Name: "Orang Sama"})
		must(w.t, err)
	}
	return list{"accounts", 9 + len(access.Roles), func(w *world, after string, limit int) (ids []string, next string) {
		found, err := w.app.Access.Accounts(w.t.Context(), admin, after, limit+1)
		must(w.t, err)
		for i, a := range found {
			if i == limit {
				return ids, found[i-1].Cursor()
			}
			ids = append(ids, a.ID.String())
		}
		return ids, ""
	}}
}

func (w *world) families(member string) list {
	for i := range 11 {
		w.form("/keluarga/baru", "accept=1&name="+[]string{"Keluarga+Sama", "Keluarga+Lain"}[i%2]+"&member="+member+"&role_"+member+"=head")
	}
	return list{"families", 11, func(w *world, after string, limit int) (ids []string, next string) {
		found, more, err := w.app.People.Families(w.t.Context(), w.actor("worker"), person.Search{Limit: limit, After: placeAfter(after)})
		must(w.t, err)
		for _, f := range found {
			ids, next = append(ids, f.ID.String()), f.NameKey+"|"+f.ID.String()
		}
		if !more {
			next = ""
		}
		return ids, next
	}}
}

func (w *world) bodies() list {
	for i := range 11 {
		w.form("/klien/baru", "accept=1&kind=organisation&body_kind=school&name="+[]string{"Sekolah+Sama", "Sekolah+Lain"}[i%2])
	}
	return list{"bodies", 11, func(w *world, after string, limit int) (ids []string, next string) {
		found, more, err := w.app.People.BodyList(w.t.Context(), w.actor("worker"), person.Search{Limit: limit, After: placeAfter(after)})
		must(w.t, err)
		for _, b := range found {
			ids, next = append(ids, b.ID.String()), b.NameKey+"|"+b.ID.String()
		}
		if !more {
			next = ""
		}
		return ids, next
	}}
}

func placeAfter(after string) (p person.Place) {
	for i := range after {
		if after[i] == '|' {
			id, err := db.ParseID(after[i+1:])
			if err == nil {
				return person.Place{NameKey: after[:i], ID: id}
			}
		}
	}
	return p
}

func (w *world) form(path, form string) {
	w.t.Helper()
	if got := w.ask("worker", "POST", path, form, "Content-Type", "application/x-www-form-urlencoded"); got.Code != http.StatusSeeOther {
		w.t.Fatalf("%s: %d", path, got.Code)
	}
}

// actor is who acts in a role.
func (w *world) actor(role access.Role) (a access.Actor) {
	w.t.Helper()
	must(w.t, w.app.DB.Read(w.t.Context(), func(r db.Reader) (err error) {
		unit, err := w.app.Access.FindUnit(w.t.Context(), "")
		if err == nil {
			a, err = access.ActorOf(w.t.Context(), r, w.user(role), unit.ID)
		}
		return err
	}))
	return a
}
