package app_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"teduh/internal/access"
	"teduh/internal/app"
	"teduh/internal/db"
	"teduh/internal/journal"
	"teduh/internal/partner"
	"teduh/internal/testkit/pg"
)

// The numbers that are planted; every sealed word begins with sealedWord.
const (
	sealedNIK   = "2172049905900817"
	sealedKK    = "2172040101010817"
	sealedPhone = "0800-0000-7817"
	sealedWord  = "zqpenanda"
)

// Whatever of an office is sealed stands nowhere as it was typed: not in the files of the database, the attachments, the
// temporary folder or the log, not in a row of PostgreSQL, not in an address or a refusal.
func TestNothingSealedIsReadableAnywhere(t *testing.T) {
	engines := map[string]string{"sqlite": "", "postgres": pg.Fresh(t, pg.Template(t, "empty", func(string) error { return nil }))}
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp) // and so it does not run beside others
	for engine, postgres := range engines {
		t.Run(engine, func(t *testing.T) {
			c := app.Config{Dir: t.TempDir(), Postgres: postgres, Demo: true}
			p := planter{world: open(t, c)}
			p.plant()
			find := needles(p.words)
			p.searchFiles(find, c.Dir)
			p.searchFiles(find, temp)
			p.searchRows(find)
			p.search(find, "the log", log.Bytes())
			p.search(find, "what was answered", p.told.Bytes())
		})
	}
}

// planter does what an office does in months, with a word of its own in each sealed field.
type planter struct {
	*world
	words []string
	told  bytes.Buffer // addresses and refusals
	sent  []string     // words that went to a partner or came from it
}

// word is a new one to plant.
func (p *planter) word() string {
	w := fmt.Sprintf("%s%03d", sealedWord, len(p.words))
	p.words = append(p.words, w)
	return w
}

// post sends a form in which every «*» is a new word, as a browser does, and returns where it leads.
func (p *planter) post(as access.Role, path, form string) string {
	p.t.Helper()
	for strings.Contains(form, "*") {
		form = strings.Replace(form, "*", p.word(), 1)
	}
	got := p.ask(as, "POST", path, form, "Content-Type", "application/x-www-form-urlencoded")
	p.keep(got)
	if got.Code != http.StatusSeeOther && got.Code != http.StatusOK {
		p.t.Errorf("POST %s: %d %.3000s", path, got.Code, got.Body)
	}
	return got.Header().Get("Location")
}

// keep keeps addresses and what a refusal says. A form that is shown again holds what was typed; nothing else does.
func (p *planter) keep(got answer) {
	p.told.WriteString(got.Header().Get("Location") + "\n")
	if got.Code >= 400 && (got.JSON != nil || got.Code != http.StatusUnprocessableEntity) {
		p.told.Write(got.Body.Bytes())
	}
}

func (p *planter) plant() {
	p.t.Helper()
	person := p.post("worker", "/orang/baru", "accept=1&name=Nama+Terbaca&protected=1&real_name=*&nik="+sealedNIK+"&kk="+sealedKK+"&phone_0="+sealedPhone+
		"&hours_0=*&rt=*&rw=*&street=*&landmark=*&emergency=*&village=21.72.04.1002")
	id := strings.TrimPrefix(person, "/orang/")
	p.post("worker", "/orang/baru", "accept=1&name=Nama+Kedua&street=*")
	p.post("worker", "/keluarga/baru", "accept=1&name=Keluarga&kk="+sealedKK+"&member="+id+"&role_"+id+"=head")
	p.post("worker", "/klien/baru", "accept=1&kind=organisation&name=Sekolah&body_kind=school&address=*&contact_name_0=*&contact_role_0=*&contact_phone_0="+sealedPhone)
	p.intake(id)
	opened := p.post("worker", "/kasus/baru", "kind=individual&person="+id+"&categories=25")
	p.caseWork(opened)
	p.apart(person, opened)
	p.referrals(opened)
	p.machines(id, strings.TrimPrefix(opened, "/kasus/"))
	p.groups()
	p.shelter()
	p.partnersDoor(opened)
	p.handedIn()
	p.refused(person, opened)
}

// partnersDoor is used from both ways in; the address of a link is as secret as what is behind it.
func (p *planter) partnersDoor(opened string) {
	before := len(p.words)
	defer func() { p.sent = append(p.sent, p.words[before:]...) }()
	p.post("worker", opened+"/rujuk", "services="+p.offer("Pendampingan")+"&kind=referral&urgency=day&fields=called&asked=*&why=*")
	sent := "/rujukan-masuk/" + p.one(`SELECT id FROM referral ORDER BY id DESC`)
	p.post("partner", sent+"/catatan", "note=*&version=0")
	p.post("partner", sent+"/catatan", "note=*&version=1")
	p.post("partner", sent+"/langkah", "to=waitlisted&words=*")
	p.post("partner", sent+"/pesan", "text=*")
	path, pin := p.linkOf(strings.Replace(sent, "/rujukan-masuk/", "/rujukan/", 1))
	p.words = append(p.words, strings.TrimPrefix(path, "/r/"))
	b := p.browser()
	b.do("POST", path, "name="+p.word()+"&pin="+pin)
	for _, c := range b.cookies {
		p.words = append(p.words, c.Value)
	}
	b.do("POST", path+"/langkah", "to=accepted&words="+p.word())
	b.do("POST", path+"/pesan", "text="+p.word())
	form, kind := file(p.word()+".txt", p.word())
	b.do("POST", path+"/berkas", form, "Content-Type", kind)
	if state := p.one(`SELECT status FROM referral ORDER BY id DESC`); state != "accepted" {
		p.t.Errorf("the link left it %s", state)
	}
}

// handedIn is what others refer to the office: by letter, and by a partner's user.
func (p *planter) handedIn() {
	request := p.post("worker", "/rujukan-dari-luar/baru", "sender_kind=school&sender=*&contact_of=*&reference=*&worker=*&asked=*&why=*&urgency=week&name=*&phone="+
		sealedPhone+"&contact=*&address=*&age=*&agreed=1")
	at := "/rujukan-dari-luar/" + p.one(`SELECT id FROM referral_in ORDER BY id DESC`)
	p.post("worker", at+"/kabar", "how=phone&words=*&agreed_words=1")
	p.keep(p.ask("worker", "POST", at+"/kabar", "how=phone&words="+p.word(), "Content-Type", "application/x-www-form-urlencoded"))
	p.post("worker", request+"/putuskan", "outcome=informed&note=*")
	before := len(p.words)
	p.post("partner", "/rujukan-kami/baru", "asked=*&why=*&urgency=week&name=*&reference=*&agreed=1")
	p.sent = append(p.sent, p.words[before:]...) // what the partner wrote itself
}

// shelter is a partner whose address is hidden, with a service that stands at another hidden place.
func (p *planter) shelter() {
	entry := p.post("worker", "/mitra", "name=Rumah+aman&address_visibility=hidden&street=*&village=21.72.04.1002")
	p.post("worker", entry+"/ubah", "name=Rumah+aman&address_visibility=hidden&street=*&version=1")
	p.post("worker", entry+"/ubah", "name=Rumah+aman&address_visibility=hidden&street=&version=2")
	offer := p.post("worker", "/layanan-mitra", "name=Kamar&own_place=1&address_visibility=hidden&street=*&partner_id="+strings.TrimPrefix(entry, "/mitra/"))
	p.post("worker", offer+"/ubah", "name=Kamar&own_place=1&address_visibility=hidden&street=*&version=1")
	p.keep(p.ask("intake", "POST", entry+"/alamat", "", "Content-Type", "application/x-www-form-urlencoded"))
}

// groups meet, with notes of all and of one, and a psychologist writes what psychologists alone read.
func (p *planter) groups() {
	body := p.post("worker", "/klien/baru", "accept=1&kind=group&name=Kelompok+Remaja&body_kind=youth_group&address=*")
	opened := p.post("worker", "/kasus/baru", "kind=group&client="+strings.TrimPrefix(body, "/klien/")+"&categories=25")
	path := opened + "/kelompok"
	p.post("worker", path+"/anggota", "name=*")
	p.post("worker", path, "theme=*&aims=*&place=*&held_d=20&held_m=11&held_y=2026&clock=09.00")
	session := path + "/sesi/" + p.one(`SELECT id FROM group_session`)
	member := p.one(`SELECT id FROM case_member`)
	p.post("worker", session, "all=1")
	p.post("worker", session+"/catatan", "text=*")
	p.post("worker", session+"/catatan", "member="+member+"&text=*&act=sign")
	p.post("worker", opened+"/catatan", "kind=short_record&text=*&member="+member)
	p.post("worker", session+"/ubah", "theme=*&aims=*&place=*&held_d=20&held_m=11&held_y=2026&clock=09.00&version=1")
	p.post("worker", session+"/batal", "reason=*")
	psychologist := p.user("psychologist").String()
	p.post("worker", opened+"/ubah", "team="+psychologist+"&categories=25&version="+p.one(`SELECT version FROM case_file ORDER BY id DESC`))
	p.post("psychologist", opened+"/catatan", "kind=psychological&text=*&next_step=*&act=sign")
}

// referrals are drafted, changed, sent, answered and talked about.
func (p *planter) referrals(opened string) {
	var services map[string]db.ID
	must(p.t, p.app.Journal.Write(p.t.Context(), func(tx *journal.Tx) (err error) {
		services, err = partner.ServicesNamed(p.t.Context(), tx, p.headActor().Office.ID, []string{"Layanan"})
		return err
	}))
	order := "services=" + services[partner.ServiceKey("Layanan")].String() + "&kind=referral&urgency=day&fields=called&fields=nik&fields=phone"
	p.post("worker", opened+"/draf/referral", "asked=*&why=*&summary=*&companion=*")
	p.post("worker", opened+"/persetujuan", "kind=referral&manner=screen&read=1&recipient=*&data=*")
	draft := p.post("worker", opened+"/rujuk", order+"&act=draft&asked=*&why=*&summary=*&companion=*")
	p.post("worker", draft+"/ubah", order+"&act=send&version=1&asked=*&why=*&summary=*&companion=*")
	p.post("worker", draft+"/langkah", "to=accepted&words=*&by=*")
	p.post("worker", draft+"/pesan", "text=*")
	p.post("worker", draft+"/langkah", "to=in_service&words=*&by=*")
}

func (p *planter) intake(person string) {
	request := p.post("intake", "/permintaan/baru", "person_id="+person+"&narrative=*&reporter_name=*&reporter_relation=*&about=*&safe_contact=*&needs=*&urgency=now&reporter_phone="+sealedPhone)
	p.post("intake", request+"/ambil", "")
	p.post("intake", request+"/kontak", "how=phone&reached=yes&note=*")
	p.post("intake", request+"/urgensi", "urgency=week&reason=*")
	p.post("worker", request+"/putuskan", "outcome=informed&note=*")
}

func (p *planter) caseWork(path string) {
	p.post("worker", path+"/draf/note", "text=*&place=*")
	p.post("worker", path+"/draf/assessment", "q-problem=*&q-needs=*")
	p.post("worker", path+"/persetujuan", "kind=child&manner=screen&read=1&guardian=*&relation=*")
	p.post("worker", path+"/persetujuan/"+p.one(`SELECT id FROM consent`)+"/tarik", "why=*")
	p.post("worker", path+"/tanpa-persetujuan", "kind=data&reason=Nyawa+terancam+malam+ini+*")
	p.post("worker", path+"/draf/safety", "text=*&signs=*&helper_name_1=*&helper_phone_1=*")
	p.post("worker", path+"/draf/goal", "words=*&measure=*&what=*&who=*")
	p.post("worker", path+"/draf/meeting", "took_part=*&decided=*&watches=*")
	p.post("worker", path+"/catatan", "kind=phone&text=*&place=*&participants=*&next_step=*&act=sign")
	note := p.one(`SELECT id FROM note`)
	p.post("worker", path+"/catatan/"+note+"/tambah", "text=*")
	p.post("worker", path+"/catatan/"+note+"/coret", "reason=*")
	p.post("worker", path+"/tugas", "what=*")
	p.post("worker", "/tugas/"+p.one(`SELECT id FROM task WHERE code = ''`)+"/selesai", "word=*&cancel=1&back="+path)
	p.post("worker", path+"/asesmen", "q-problem=*&q-history=*&q-synthesis=*&q-area_couple=3&q-area_couple_note=*&q-first_wish=*")
	p.post("worker", path+"/asesmen", "q-problem=*&q-history=*&q-synthesis=*&q-language=*")
	p.post("worker", path+"/asesmen/ditanya", "q-problem=*")
	p.post("worker", path+"/persetujuan", "kind=referral&manner=spoken&witness=*&signer=*&recipient=*&data=*&kept_at=*")
	p.post("worker", path+"/keselamatan", "signs=*&coping=*&distract=*&helper_name_1=*&helper_phone_1=*&expert_name_1=*&expert_phone_1=*&safe=*&text=*")
	p.plan(path)
	p.post("worker", path+"/skala", "restored_before=3&restored_after=7&strengthened_before=2&strengthened_after=6")
	p.post("worker", path+"/musyawarah", "took_part=*&decided=*&watches=*")
	p.post("worker", path+"/instrumen/isi", "instrument=gad-7+1&language=id&answered_on=2026-11-20&partly=1&q-1=1")
	p.post("worker", path+"/instrumen/"+p.one(`SELECT id FROM answering`)+"/coret", "reason=*")
	meeting := path + "/musyawarah/" + p.one(`SELECT id FROM family_meeting`)
	p.post("worker", meeting+"/ubah", "took_part=*&decided=*&watches=*&version=1")
	p.post("worker", meeting+"/coret", "reason=*")
	p.post("worker", path+"/konferensi", "about=*&outside=*&decided=*&what_0=*")
	p.post("worker", path+"/konferensi/"+p.one(`SELECT id FROM conference`)+"/coret", "reason=*")
	p.post("head", path+"/supervisi", "text=*&agreed=*&minutes=30")
	p.post("head", path+"/supervisi/"+p.one(`SELECT id FROM guidance_note`)+"/coret", "reason=*")
	p.post("worker", path+"/pengesahan", "kind=plan&word=*")
	p.post("head", path+"/pengesahan/"+p.one(`SELECT id FROM approval`), "answer=return&reply=*")
	p.post("worker", path+"/risiko", "level=low&reason=*")
	p.post("worker", path+"/jenjang", "level=social_office&reason=*")
	p.post("head", path+"/tahap", "to=evaluation&pass=1&reason=*")
	p.post("worker", path+"/tahap", "to=intervention&reason=*")
	p.file(path)
	p.letters(path)
}

// letters leave, are corrected and taken back; the head tries a template and a pattern that are refused.
func (p *planter) letters(path string) {
	p.post("worker", path+"/surat", "kind=introduction&to=*%0A*&subject=*&secrecy=*&enclosures=*&copies=*&keperluan=*&keterangan=*")
	one := path + "/surat/" + p.one(`SELECT id FROM letter`)
	p.post("worker", path+"/surat", "act=preview&kind=introduction&to=*&keperluan=*")
	p.post("worker", path+"/surat", "kind=introduction&replaces="+p.one(`SELECT id FROM letter`)+"&to=*&keperluan=*")
	p.post("worker", one+"/tarik", "why=*&version=1")
	p.keep(p.ask("worker", "GET", one+"/surat.pdf", ""))
}

func (p *planter) plan(path string) {
	levels := "&level_m2=*&level_m1=*&level_0=*&level_p1=*&level_p2=*"
	p.post("worker", path+"/draf/review", "changed=*")
	p.post("worker", path+"/tujuan", "aim=overcome&words=*&measure=*&baseline=*&target=*&what=*&who=*"+levels)
	goal := path + "/tujuan/" + p.one(`SELECT id FROM goal`)
	p.post("worker", goal+"/langkah", "step_what=*&step_who=*")
	p.post("worker", path+"/sepakat", "manner=spoken&witness=*&signer=*&kept_at=*")
	p.post("worker", goal+"/ubah", "aim=overcome&words=*&measure=*&baseline=*&target=*&reason=*&version=2"+levels)
	steps := p.all(`SELECT id FROM goal_step ORDER BY id`)
	p.post("worker", path+"/langkah/"+steps[0]+"/ubah", "step_what=*&step_who=*&version=1")
	p.post("worker", path+"/langkah/"+steps[1]+"/batal", "drop_reason=*&version=1")
	p.post("worker", path+"/tinjauan", "changed=*")
	p.post("worker", goal+"/batal", "drop_reason=*&version=3")
}

func (p *planter) file(path string) {
	body, kind := file(p.word()+".txt", "Surat: "+p.word())
	got := p.ask("worker", "POST", path+"/berkas", body, "Content-Type", kind)
	p.keep(got)
	if got.Code != http.StatusSeeOther {
		p.t.Errorf("a file: %d %s", got.Code, got.Body)
	}
}

// apart merges two records, closes and reopens the case, and breaks its glass.
func (p *planter) apart(person, opened string) {
	var other string
	for _, id := range p.all(`SELECT id FROM person`) {
		if !strings.HasSuffix(person, id) {
			other = id
		}
	}
	p.post("worker", person+"/gabung", "other="+other+"&version=1&other_version=1&take_address=gone")
	for _, task := range p.all(`SELECT id FROM task WHERE done_at IS NULL`) {
		p.post("head", "/tugas/"+task+"/selesai", "back="+opened)
	}
	p.post("worker", opened+"/tutup", "reason=moved_away&overcome=less&client_word=*&no_follow_up=*&restored_before=3&restored_after=7&strengthened_before=2&strengthened_after=6")
	p.post("worker", opened+"/buka-kembali", "reason=*")
	hash, err := access.HashPassword(p.t.Context(), "hujan turun di atap seng")
	must(p.t, err)
	head, err := p.app.Access.FindUser(p.t.Context(), "head@example.org")
	must(p.t, err)
	must(p.t, p.app.Access.SetHash(p.t.Context(), access.SystemActor(access.Office{}), head.ID, hash))
	number := p.one(`SELECT number FROM case_file`)
	p.post("head", "/kasus/darurat", "number="+number+"&password=hujan+turun+di+atap+seng&reason=Keadaan+darurat+di+rumah+*")
}

// machines do the same by the JSON API, with keys whose answers are kept.
func (p *planter) machines(person, opened string) {
	for i, x := range []struct{ path, body string }{
		{"/api/v1/people", `{"name":"Nama Ketiga","accept_duplicates":true,"address":{"village_code":"21.72.04.1002","confidential":true,"street":"*","landmark":"*"}}`},
		{"/api/v1/requests", `{"narrative":"*","reporter":{"name":"*","phone":"` + sealedPhone + `"}}`},
		{"/api/v1/cases/" + opened + "/notes", `{"kind":"phone","text":"*","sign":true}`},
		{"/api/v1/cases/" + opened + "/tasks", `{"what":"*"}`},
		{"/api/v1/people/search", `{"q":"` + sealedNIK + `"}`},
	} {
		for strings.Contains(x.body, "*") {
			x.body = strings.Replace(x.body, "*", p.word(), 1)
		}
		got := p.ask("worker", "POST", x.path, x.body, "Idempotency-Key", fmt.Sprint("kunci ", i))
		p.keep(got)
		if got.Code >= 300 {
			p.t.Errorf("%s: %d %s", x.path, got.Code, got.Body)
		}
	}
	got := p.ask("worker", "PATCH", "/api/v1/people/"+person, `{"emergency":"`+p.word()+`"}`, "If-Match", `"2"`, "Idempotency-Key", "kunci orang")
	p.keep(got)
	if got.Code >= 300 {
		p.t.Errorf("%d %s", got.Code, got.Body)
	}
}

// refused plants words in what is refused: wrong fields, addresses, searches, a lost race, a body that breaks off, and an
// accident in the middle of writing.
func (p *planter) refused(person, opened string) {
	id := strings.TrimPrefix(opened, "/kasus/")
	for _, x := range [][3]string{
		{"POST", "/api/v1/people", `{"nick":1,"name":"` + p.word() + `"}`},
		{"POST", "/api/v1/people", `{"name":"Ani","birth_date":"` + p.word() + `","sex":"` + p.word() + `"}`},
		{"POST", "/api/v1/cases/" + id + "/notes", `{"kind":"` + p.word() + `","text":"` + p.word() + `"}`},
		{"POST", "/api/v1/cases/" + id + "/notes", `{"kind":"phone","text":"` + p.word()},
		{"PATCH", "/api/v1/people/" + strings.TrimPrefix(person, "/orang/"), `{"nik":"` + p.word() + `"}`},
		{"GET", "/api/v1/cases/" + p.word(), ""},
		{"GET", "/api/v1/cases/" + id + "/notes?word=" + p.word(), ""},
		{"GET", "/api/v1/people?q=" + p.word() + "&limit=" + p.word(), ""},
	} {
		p.keep(p.ask("worker", x[0], x[1], x[2], "If-Match", `"99"`))
	}
	for _, form := range []string{"kind=" + p.word() + "&text=" + p.word(), "kind=phone&happened=" + p.word() + "&text=" + p.word()} {
		p.keep(p.ask("worker", "POST", opened+"/catatan", form, "Content-Type", "application/x-www-form-urlencoded"))
	}
	w := city{t: p.t, app: p.app}
	w.stopWriting()
	for _, x := range [][3]string{{opened + "/catatan", "kind=phone&text=" + p.word(), "application/x-www-form-urlencoded"},
		{person + "/ubah", "name=Nama&street=" + p.word() + "&nik=" + sealedNIK + "&version=3", "application/x-www-form-urlencoded"},
		{"/api/v1/requests", `{"narrative":"` + p.word() + `"}`, "application/json"}} {
		got := p.ask("worker", "POST", x[0], x[1], "Content-Type", x[2])
		p.keep(got)
		if got.Code != http.StatusInternalServerError {
			p.t.Errorf("no accident at %s: %d", x[0], got.Code)
		}
	}
}

func (p *planter) one(query string) string {
	p.t.Helper()
	all := p.all(query)
	if len(all) == 0 {
		p.t.Fatalf("nothing by %s", query)
	}
	return all[0]
}

func (p *planter) all(query string) (list []string) {
	p.t.Helper()
	must(p.t, p.app.DB.Read(p.t.Context(), func(r db.Reader) (err error) {
		list, err = db.All(p.t.Context(), r, func(row db.Row) (string, error) {
			var value any
			err := row.Scan(&value)
			if b, ok := value.([]byte); ok && len(b) == len(db.ID{}) {
				return db.ID(b).String(), err
			}
			if b, ok := value.([16]byte); ok {
				return db.ID(b).String(), err
			}
			return fmt.Sprint(value), err
		}, query)
		return err
	}))
	return list
}

// needle is a planted word in one of the forms in which it could stand somewhere.
type needle struct {
	word, form string
	bytes      []byte
}

func needles(words []string) (list []needle) {
	for _, w := range append([]string{sealedNIK, sealedKK, sealedPhone, "80000007817"}, words...) {
		for form, b := range map[string][]byte{"plain": []byte(w), "upper case": []byte(strings.ToUpper(w)), "hex": []byte(hex.EncodeToString([]byte(w))),
			"upper hex": []byte(strings.ToUpper(hex.EncodeToString([]byte(w)))), "UTF-16": wide(w), "escaped": []byte(url.QueryEscape(w))} {
			list = append(list, needle{w, form, b})
		}
		for shift := range 3 { // base64 of a text that begins anywhere in three bytes
			middle := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("-", shift) + w))
			list = append(list, needle{w, "base64", []byte(middle[4 : len(middle)-4])})
		}
	}
	return list
}

func wide(s string) (b []byte) {
	for _, unit := range utf16.Encode([]rune(s)) {
		b = append(b, byte(unit), byte(unit>>8))
	}
	return b
}

func (p *planter) search(find []needle, where string, raw []byte) {
	p.t.Helper()
	for _, n := range find {
		if i := bytes.Index(raw, n.bytes); i >= 0 {
			p.t.Errorf("%s holds %s as %s: %q", where, n.word, n.form, raw[max(0, i-100):min(len(raw), i+len(n.bytes)+20)])
		}
	}
}

func (p *planter) searchFiles(find []needle, dir string) {
	p.t.Helper()
	must(p.t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		p.search(find, filepath.Base(path), raw)
		return err
	}))
}

// searchRows looks through every row of every table as text; what anyone may read must be there, or it looked at nothing.
func (p *planter) searchRows(find []needle) {
	p.t.Helper()
	var dump bytes.Buffer
	must(p.t, p.app.DB.Read(p.t.Context(), func(r db.Reader) error {
		tables, err := p.app.DB.Tables(p.t.Context(), r)
		for _, table := range tables {
			rows, err := r.Query(p.t.Context(), table.Select())
			if err != nil {
				return err
			}
			values, into := make([]any, len(table.Columns)), make([]any, len(table.Columns))
			for i := range values {
				into[i] = &values[i]
			}
			for rows.Next() {
				must(p.t, rows.Scan(into...))
				for _, v := range values {
					fmt.Fprintf(&dump, "%v|", text(v))
				}
				dump.WriteByte('\n')
			}
			must(p.t, rows.Err())
			must(p.t, rows.Close())
		}
		return err
	}))
	p.search(find, "a row", dump.Bytes())
	if !bytes.Contains(dump.Bytes(), []byte("Nama Terbaca")) || dump.Len() < 10_000 {
		p.t.Errorf("%d bytes of rows do not hold the readable name: the search looked at the wrong ones", dump.Len())
	}
}

func text(v any) any {
	if b, ok := v.([]byte); ok {
		return string(b)
	}
	return v
}
