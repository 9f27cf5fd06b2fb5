package app_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"strings"
)

// acts are what is sent to each address that changes something: whole and right, so that nothing but who asks can be why
// it is refused. A word in braces is an id of the subject, or a version.
var acts = map[string]string{
	"POST /rujukan/{id}/ubah":              "services={service}&kind=referral&urgency=week&asked=Bantuan&why=Perlu&version=1",
	"POST /rujukan/{id}/langkah":           "to=accepted",
	"POST /rujukan/{id}/pesan":             "text=Selamat+pagi",
	"POST /rujukan/{id}/lainnya":           "",
	"PATCH /api/v1/referrals/{id}":         `{"services":["{service}"],"kind":"referral","urgency":"week","asked":"Bantuan","why":"Perlu"}`,
	"POST /api/v1/referrals/{id}/moves":    `{"to":"accepted"}`,
	"POST /api/v1/referrals/{id}/messages": `{"text":"Selamat pagi"}`,
	"POST /api/v1/cases/{id}/referrals":    `{"services":["{service}"],"kind":"referral","urgency":"week","asked":"Bantuan","why":"Perlu"}`,
	"POST /kasus/{id}/rujuk":               "services={service}&kind=referral&urgency=week&asked=Bantuan&why=Perlu",

	"POST /rujukan-dari-luar/baru":         "sender_kind=school&sender=SMP+9&asked=Dampingi&urgency=week",
	"POST /rujukan-dari-luar/berkas":       `parcel={"format":"teduh-rujukan-1"}`,
	"POST /rujukan-dari-luar/{id}/jawaban": "",
	"POST /rujukan/{id}/berkas-rujukan":    "key={key}",
	"POST /pengaturan/kunci":               "name=LK3+Jauh&kind=lk3&card=bukan-kartu",
	"POST /pengaturan/kunci/{key}/akhiri":  "",
	"POST /api/v1/referrals-in":            `{"urgency":"week","asked":"Dampingi"}`,
	"POST /api/v1/referrals-in/files":      `{"format":"teduh-rujukan-1","from":"0a1b-2c3d-4e5f-6071","to":"1b2c-3d4e-5f60-7182","sealed":"AA==","signature":"AA=="}`,
	"POST /rujukan-dari-luar/{id}/kabar":   "how=phone",
	"POST /rujukan-dari-luar/{id}/orang":   "name=Orang+baru&accept=1",
	"POST /rujukan-kami/baru":              "asked=Dampingi&urgency=week",

	"POST /rujukan-masuk/{id}/langkah":   "to=accepted",
	"POST /rujukan-masuk/{id}/pesan":     "text=Selamat+pagi",
	"POST /rujukan-masuk/{id}/catatan":   "note=Kamar+tiga&version=0",
	"POST /rekan":                        "name=Rekan+Baru&email=baru@mitra.example",
	"POST /rekan/{id}/tautan":            "",
	"POST /rekan/{id}/akhiri":            "",
	"POST /r/{token}":                    "name=Dewi&pin=123456",
	"POST /r/{token}/keluar":             "",
	"POST /r/{token}/langkah":            "to=accepted",
	"POST /r/{token}/pesan":              "text=Selamat+pagi",
	"POST /rujukan/{id}/tautan":          "",
	"POST /rujukan/{id}/tautan/pin":      "",
	"POST /rujukan/{id}/tautan/cabut":    "",
	"POST /api/v1/referrals/{id}/link":   `{}`,
	"DELETE /api/v1/referrals/{id}/link": "",

	"POST /direktori/{id}/masukkan": "",
	"POST /direktori/{id}/buang":    "",

	"POST /mitra":                         "name=Mitra+lain&kind=other",
	"POST /mitra/{id}/ubah":               "name=Mitra+baru&kind=other&version=1",
	"POST /mitra/{id}/diperiksa":          "version=1",
	"POST /mitra/{id}/akhiri":             "version=1",
	"POST /mitra/{id}/aktifkan":           "version=1",
	"POST /mitra/{id}/alamat":             "",
	"POST /layanan-mitra":                 "name=Layanan+lain",
	"POST /layanan-mitra/{id}/ubah":       "name=Layanan+baru&version=1",
	"POST /layanan-mitra/{id}/kosong":     "free=1",
	"POST /layanan-mitra/{id}/diperiksa":  "version=1",
	"POST /layanan-mitra/{id}/akhiri":     "version=1",
	"POST /layanan-mitra/{id}/aktifkan":   "version=1",
	"POST /layanan-mitra/{id}/alamat":     "",
	"POST /layanan-kami/ubah":             "description=Baru&version=1",
	"POST /layanan-kami/diperiksa":        "version=1",
	"POST /layanan-kami/{id}/ubah":        "description=Baru&version=1",
	"POST /layanan-kami/{id}/kosong":      "free=1",
	"POST /layanan-kami/{id}/diperiksa":   "version=1",
	"POST /api/v1/partners":               `{"name":"Mitra lain"}`,
	"PATCH /api/v1/partners/{id}":         `{"description":"Baru"}`,
	"POST /api/v1/partners/{id}/mark":     `{"mark":"checked"}`,
	"POST /api/v1/services":               `{"name":"Layanan lain"}`,
	"PATCH /api/v1/services/{id}":         `{"description":"Baru"}`,
	"POST /api/v1/services/{id}/mark":     `{"mark":"checked"}`,
	"POST /api/v1/services/{id}/capacity": `{"free":1}`,

	"POST /api/v1/cases/{id}/sessions":                             `{"held_at":"2026-11-20T02:00:00Z","theme":"Berteman"}`,
	"PATCH /api/v1/cases/{id}/sessions/{session}":                  `{"place":"Aula"}`,
	"POST /api/v1/cases/{id}/sessions/{session}/cancel":            `{"reason":"Hujan lebat"}`,
	"POST /api/v1/cases/{id}/sessions/{session}/attendance":        `{"rest_present":true}`,
	"POST /kasus/{id}/kelompok":                                    "theme=Berteman&held_d=20&held_m=11&held_y=2026&clock=09.00",
	"POST /kasus/{id}/kelompok/hadir":                              "all={session}",
	"POST /kasus/{id}/kelompok/anggota":                            "name=Ani",
	"POST /kasus/{id}/kelompok/anggota/{member}":                   "",
	"POST /kasus/{id}/kelompok/sesi/{session}":                     "all=1",
	"POST /kasus/{id}/kelompok/sesi/{session}/ubah":                "theme=Berteman&held_d=20&held_m=11&held_y=2026&clock=09.00&version=1",
	"POST /kasus/{id}/kelompok/sesi/{session}/batal":               "reason=Hujan+lebat",
	"POST /kasus/{id}/kelompok/sesi/{session}/catatan":             "text=Anak-anak+bercerita",
	"POST /kasus/{id}/kelompok/sesi/{session}/catatan/{own}/salin": "case={case}",

	"POST /kasus/{id}/supervisi":                            "text=Bagaimana+berjalan&minutes=30",
	"POST /kasus/{id}/supervisi/{guidance}/coret":           "reason=Salah+kasus",
	"POST /kasus/{id}/konferensi":                           "about=Perkembangan&outside=Bu+Guru&decided=Kunjungi+lagi",
	"POST /kasus/{id}/konferensi/{conference}/coret":        "reason=Salah+kasus",
	"POST /kasus/{id}/pengesahan":                           "kind=closing",
	"POST /kasus/{id}/pengesahan/{approval}":                "answer=approve",
	"POST /kompetensi/{user}/profesi":                       "profession=psychologist",
	"POST /kompetensi/{user}/izin":                          "kind=str&number=12345",
	"POST /kompetensi/{user}/pelatihan":                     "name=Konseling&held=2026-01-02&hours=8",
	"POST /kompetensi/{user}/hapus/{entry}":                 "",
	"POST /api/v1/cases/{id}/approvals":                     `{"kind":"closing"}`,
	"POST /api/v1/cases/{id}/approvals/{approval}/decision": `{"approve":true}`,

	"POST /orang/{id}/ubah":                               "name=Ani&version={person version}",
	"POST /orang/{id}/gabung":                             "other={other}&version={person version}&other_version=1",
	"POST /orang/{id}/tanda":                              "kind=weapon",
	"POST /keluarga/{id}/ubah":                            "name=Keluarga&version=1",
	"POST /keluarga/{id}/anggota":                         "person={person}&role=head",
	"POST /keluarga/{id}/anggota/{person}":                "role=head",
	"POST /keluarga/{id}/hubungan":                        "from={person}&to={other}&kind=guardian:guardian",
	"POST /klien/{id}/ubah":                               "kind=organisation&name=Sekolah&body_kind=school&version=1",
	"POST /kasus/{id}/catatan":                            "kind=phone&text=Ibu+menelepon",
	"POST /kasus/{id}/draf/{form}":                        "text=Ibu",
	"POST /kasus/{id}/catatan/{note}/tambah":              "text=Tambahan",
	"POST /kasus/{id}/catatan/{note}/coret":               "reason=Salah+orang",
	"POST /kasus/{id}/tugas":                              "what=Telepon",
	"POST /kasus/{id}/tahap":                              "to=engagement&reason=Siap+mulai&version={case version}",
	"POST /tampilan/{view}/hapus":                         "",
	"POST /kasus/{id}/tetapkan":                           "named={team}",
	"POST /kasus/{id}/ubah":                               "village=21.72.04.1003&team={team}&team={walled}&team={team-psychologist}&categories=25&version={case version}",
	"POST /kasus/{id}/risiko":                             "level=low&reason=Sudah+tenang&version={case version}",
	"POST /kasus/{id}/jenjang":                            "level=family&reason=Bisa+sendiri&version={case version}",
	"POST /kasus/{id}/tutup":                              "reason=moved_away&overcome=less&client_word=Terima+kasih&no_follow_up=Pindah+kota&restored_before=3&restored_after=7&strengthened_before=3&strengthened_after=7&version={case version}",
	"POST /kasus/{id}/buka-kembali":                       "reason=Datang+lagi&version={case version}",
	"POST /kasus/{id}/asesmen":                            "q-problem=Sering+bertengkar",
	"POST /kasus/{id}/asesmen/ditanya":                    "q-pregnant=true",
	"POST /kasus/{id}/asesmen/tujuan":                     "item=area_couple",
	"POST /kasus/{id}/persetujuan":                        "kind=data&manner=screen&read=1",
	"POST /kasus/{id}/tanpa-persetujuan":                  "kind=data&reason=Nyawa+klien+terancam+malam+ini",
	"POST /kasus/{id}/keselamatan":                        "safe=Ke+rumah+nenek&version=1",
	"POST /kasus/{id}/tujuan":                             "aim=overcome&words=Tenang&measure=Hari+tenang&what=Bicara",
	"POST /kasus/{id}/tujuan/{goal}/langkah":              "step_what=Bicara",
	"POST /kasus/{id}/tujuan/{goal}/ubah":                 "aim=overcome&words=Tenang&measure=Hari+tenang&reason=Lebih+jelas&version=1",
	"POST /kasus/{id}/tujuan/{goal}/batal":                "drop_reason=Tidak+perlu+lagi&version=1",
	"POST /kasus/{id}/langkah/{step}/ubah":                "step_what=Bicara+lagi&version=1",
	"POST /kasus/{id}/langkah/{step}/batal":               "drop_reason=Tidak+perlu+lagi&version=1",
	"POST /kasus/{id}/tinjauan":                           "changed=Lebih+tenang",
	"POST /kasus/{id}/tujuan/{goal}/nilai":                "score=1",
	"POST /kasus/{id}/musyawarah":                         "took_part=Ibu&decided=Bergantian+menjaga&watches=Kakak",
	"POST /kasus/{id}/musyawarah/{meeting}/ubah":          "took_part=Ibu&decided=Bergantian&watches=Kakak&version=1",
	"POST /kasus/{id}/musyawarah/{meeting}/coret":         "reason=Salah+keluarga",
	"POST /kasus/{id}/instrumen/isi":                      "instrument=phq-9+1&language=id&answered_on=2026-11-20&q-1=1&q-2=1&q-3=1&q-4=1&q-5=1&q-6=1&q-7=1&q-8=1&q-9=0",
	"POST /kasus/{id}/instrumen/tanya":                    "instrument=phq-9+1&language=id&manner=link",
	"POST /kasus/{id}/instrumen/{answering}/coret":        "reason=Salah+orang",
	"POST /kasus/{id}/skala":                              "restored_before=4",
	"POST /jadwal/{id}/ubah":                              "kind=phone&day=2027-03-02&clock=10:00&minutes=60&accept=1",
	"POST /jadwal/{id}/keadaan":                           "state=cancelled&word=Tidak+jadi",
	"POST /permintaan/{id}/kontak":                        "how=phone&reached=yes",
	"POST /permintaan/{id}/urgensi":                       "urgency=now",
	"POST /permintaan/{id}/putuskan":                      "outcome=informed&note=Diberi+tahu",
	"POST /pengguna/{id}/peran":                           "role=intake&unit={unit}",
	"POST /pengguna/{id}/cabut":                           "role=worker&unit={unit}",
	"PATCH /api/v1/people/{id}":                           `{"work":"penjahit"}`,
	"PATCH /api/v1/cases/{id}":                            `{"village":"21.72.04.1003"}`,
	"POST /api/v1/cases/{id}/notes":                       `{"kind":"phone","text":"Ibu menelepon"}`,
	"POST /api/v1/cases/{id}/members":                     `{"name":"Ani"}`,
	"POST /api/v1/cases/{id}/members/{member}/leave":      `{"left_on":null}`,
	"POST /api/v1/cases/{id}/stage":                       `{"to":"engagement"}`,
	"POST /api/v1/cases/{id}/risk":                        `{"level":"low","reason":"Sudah tenang"}`,
	"POST /api/v1/cases/{id}/tasks":                       `{"what":"Telepon"}`,
	"POST /api/v1/cases/{id}/consents":                    `{"kind":"data","manner":"screen","read":true}`,
	"POST /api/v1/cases/{id}/consents/{consent}/withdraw": `{}`,
	"POST /api/v1/cases/{id}/goals":                       `{"aim":"overcome","words":"Tenang","measure":"Hari tenang"}`,
	"PATCH /api/v1/cases/{id}/goals/{goal}":               `{"target":"Lima hari","reason":"Lebih jelas"}`,
	"PUT /api/v1/cases/{id}/assessment":                   `{"answers":{"problem":["Sering bertengkar"]}}`,
	"POST /api/v1/cases/{id}/assessment/goals":            `{"item":"area_couple"}`,
	"POST /api/v1/cases/{id}/answerings":                  `{"partly":true,"response":{"resourceType":"QuestionnaireResponse","questionnaire":"urn:teduh:questionnaire:gad-7|1","authored":"2026-11-20","item":[{"linkId":"1","answer":[{"valueCoding":{"code":"1"}}]}]}}`,
	"POST /api/v1/cases/{id}/close":                       `{"reason":"moved_away","outcome":{"overcome":"less","restored":{"before":3,"after":7},"strengthened":{"before":3,"after":7}},"client_word":"Terima kasih","no_follow_up":"Pindah kota"}`,
	"PATCH /api/v1/appointments/{id}":                     `{"kind":"phone"}`,
	"PATCH /api/v1/requests/{id}":                         `{"urgency":"now"}`,
	"POST /api/v1/requests/{id}/contacts":                 `{"how":"phone","reached":true}`,
	"POST /api/v1/requests/{id}/triage":                   `{"outcome":"informed","note":"Diberi tahu"}`,
	"POST /api/v1/people":                                 `{"name":"Ani Baru","accept_duplicates":true}`,
	"POST /api/v1/people/search":                          `{"q":"Ani"}`,
	"POST /api/v1/requests":                               `{"narrative":"Ibu menelepon","village_code":"21.72.04.1002"}`,
	"POST /api/v1/cases":                                  `{"client":{"kind":"individual","person_id":"{person}"}}`,
	"GET /api/v1/reports/cases":                           "",
	"POST /permintaan/baru":                               "narrative=Ibu+menelepon&village_code=21.72.04.1002",
	"POST /kasus/baru":                                    "kind=individual&person={person}",
	"POST /kasus/serahkan":                                "from={account}&to={account}",
	"POST /orang/baru":                                    "name=Ani+Baru&accept=1",
	"POST /keluarga/baru":                                 "name=Keluarga+Baru&member={person}&role_{person}=head&accept=1",
	"POST /klien/baru":                                    "kind=organisation&name=Sekolah+Baru&body_kind=school&accept=1",
	"POST /pengguna":                                      "email=baru@example.org&name=Orang+Baru",
	"POST /bahasa":                                        "bahasa=en",
	"POST /kasus/{id}/persetujuan/{consent}/tarik":        "",
	"POST /kasus/{id}/langkah/{step}/selesai":             "",
	"POST /kasus/{id}/catatan/{note}/tandatangani":        "",
	"POST /kasus/{id}/sepakat":                            "manner=screen&read=1",
	"POST /kasus/{id}/berkas/{file}/coret":                "",
	"POST /orang/{id}/pisah/{merging}":                    "",
	"POST /orang/{id}/tanda/{mark}/akhiri":                "",
	"POST /hubungan/{id}/hapus":                           "",
	"POST /tugas/{task}/selesai":                          "",
	"POST /tugas/{task}/buka":                             "",
	"POST /permintaan/{id}/ambil":                         "",
	"POST /pengguna/{id}/nonaktif":                        "",
	"POST /pengguna/{id}/aktif":                           "",
	"POST /pengguna/{id}/tautan":                          "",
	"POST /pengguna/{id}/supervisor":                      "",
	"POST /profil/masuk/{id}/akhiri":                      "",
	"POST /impor/{id}/kolom":                              "column_0=name",
	"POST /impor/{id}/masukkan":                           "",
	"POST /impor/{id}/buang":                              "",
	"POST /profil/masuk/akhiri-lain":                      "",
	"POST /profil/token":                                  "token_name=ponsel&token_days=30",
	"POST /profil/token/{id}/cabut":                       "",

	"POST /keluarga/{id}/genogram/orang":              "orang={person}&do=child&name=Ani+Baru&manner=biological&place=kin&accept=1",
	"POST /keluarga/{id}/genogram/data":               "orang={person}&name=Ani&version={person version}",
	"POST /keluarga/{id}/genogram/garis":              "orang={person}&to={other}&kind=guardian:guardian",
	"POST /keluarga/{id}/genogram/simpan":             "picture=Awal",
	"POST /kasus/{id}/ekomap":                         "name=Sekolah&kind=school&strength=strong&flow=in",
	"POST /kasus/{id}/ekomap/{system}/akhiri":         "",
	"POST /kasus/{id}/ekomap/{system}/ubah":           "name=Sekolah+baru&kind=school&strength=strong&flow=in",
	"POST /kasus/{id}/ekomap/urungkan":                "",
	"POST /api/v1/cases/{id}/ecomap":                  `{"name":"Sekolah","kind":"school","strength":"strong","flow":"in"}`,
	"PUT /api/v1/cases/{id}/ecomap/{system}":          `{"name":"Sekolah","kind":"school","strength":"strong","flow":"in"}`,
	"DELETE /api/v1/cases/{id}/ecomap/{system}":       "",
	"POST /keluarga/{id}/genogram/urungkan":           "",
	"POST /keluarga/{id}/genogram/garis/{line}/hapus": "",

	"POST /kasus/{id}/surat":                            "kind=introduction&to=Puskesmas&keperluan=Periksa",
	"POST /kasus/{id}/surat/{letter}/tarik":             "why=Salah+alamat",
	"POST /api/v1/cases/{id}/letters":                   `{"kind":"introduction","to":["Puskesmas"],"values":{"keperluan":"Periksa"}}`,
	"POST /api/v1/cases/{id}/letters/{letter}/withdraw": `{"why":"Salah alamat"}`,

	"PUT /api/v1/cases/{id}/safety-plan":                          `{"signs":"Mulai gelisah"}`,
	"POST /api/v1/cases/{id}/scales":                              `{"restored":{"before":4}}`,
	"POST /api/v1/cases/{id}/family-meetings":                     `{"took_part":"Ibu","decided":"Bergantian","watches":"Kakak"}`,
	"PUT /api/v1/cases/{id}/family-meetings/{meeting}":            `{"took_part":"Ibu","decided":"Bergantian","watches":"Kakak"}`,
	"POST /api/v1/cases/{id}/family-meetings/{meeting}/strike":    `{"reason":"Salah keluarga"}`,
	"POST /api/v1/cases/{id}/goals/{goal}/steps":                  `{"what":"Telepon sekolah"}`,
	"PATCH /api/v1/cases/{id}/steps/{step}":                       `{"done":true}`,
	"POST /api/v1/cases/{id}/plan/agreements":                     `{"manner":"screen","read":true}`,
	"POST /api/v1/cases/{id}/plan/reviews":                        `{"changed":"Lebih tenang"}`,
	"POST /api/v1/cases/{id}/supervision-notes":                   `{"minutes":30,"text":"Bicara"}`,
	"POST /api/v1/cases/{id}/supervision-notes/{guidance}/strike": `{"reason":"Salah kasus"}`,
	"POST /api/v1/cases/{id}/conferences":                         `{"outside":"Guru","about":"Sekolah","decided":"Bicara dengan wali kelas"}`,
	"POST /api/v1/cases/{id}/conferences/{conference}/strike":     `{"reason":"Salah kasus"}`,
	"PUT /api/v1/colleagues/{user}/competence/profession":         `{"profession":"social_worker"}`,
	"POST /api/v1/colleagues/{user}/competence/licences":          `{"kind":"str","number":"1"}`,
	"POST /api/v1/colleagues/{user}/competence/trainings":         `{"name":"Konseling","held_on":"2026-05-02","hours":16}`,
	"DELETE /api/v1/colleagues/{user}/competence/entries/{entry}": "",
	"POST /api/v1/families/{id}/genogram/people":                  `{"to":"{person}","as":"child","manner":"biological","place":"kin","name":"Ani Baru","accept_duplicates":true}`,
	"POST /api/v1/families/{id}/genogram/lines":                   `{"from":"{person}","to":"{other}","kind":"guardian","manner":"guardian"}`,
	"DELETE /api/v1/families/{id}/genogram/lines/{line}":          "",
	"POST /api/v1/families/{id}/genogram/undo":                    "",
}

// sent is the body for an address, and its content type.
func (w *city) sent(r rule, s subject) (body, kind string) {
	switch {
	case r.method == http.MethodGet:
		return "", ""
	case r.method == http.MethodPost && strings.HasSuffix(r.path, "/berkas"):
		return file("Surat.txt", "Isi surat")
	}
	text, known := acts[r.String()]
	if !known && r.leads() {
		w.t.Errorf("%s: the walk does not know what to send", r)
	}
	for word, id := range s.ids {
		text = strings.ReplaceAll(text, "{"+word+"}", id)
	}
	if strings.HasPrefix(r.path, "/api/") {
		return text, "application/json"
	}
	return text, "application/x-www-form-urlencoded"
}

// file is a form with one file.
func file(name, content string) (body, kind string) {
	var buf bytes.Buffer
	form := multipart.NewWriter(&buf)
	part, err := form.CreateFormFile("files", name)
	if err == nil {
		_, err = part.Write([]byte(content))
	}
	if err != nil || form.Close() != nil {
		return "", "" // a buffer takes all
	}
	return buf.String(), form.FormDataContentType()
}
