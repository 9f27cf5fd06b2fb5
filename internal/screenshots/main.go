// Command screenshots opens the demo office in Chromium and keeps a picture of every main page, at 1280 and 360 pixels, in
// light and dark, so that whoever changed a page can look at it.
//
//	scripts/screenshots [--only WORD] [--out DIR]
package main

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/chromedp/chromedp"

	"teduh/internal/access"
	"teduh/internal/app"
	"teduh/internal/testkit/browser"
)

// page to look at: by whom, where, and what to follow from there.
type page struct {
	name, who, path string
	follow          string // selector of a link to go on by, for pages of a thing whose key is made anew each time
	below           string // added to the address that was reached
	then            string // selector of a link to go on by from there
}

var pages = []page{
	{name: "masuk", path: "/masuk"},
	{name: "hari-ini", who: "pekerja", path: "/"},
	{name: "hari-ini-kepala", who: "kepala", path: "/"},
	{name: "permintaan", who: "pekerja", path: "/permintaan"},
	{name: "permintaan-satu", who: "pekerja", path: "/permintaan", follow: "main a[href^='/permintaan/0']"},
	{name: "permintaan-baru", who: "penerima", path: "/permintaan/baru"},
	{name: "permintaan-formulir", who: "pekerja", path: "/permintaan/formulir"},
	{name: "permintaan-register", who: "pekerja", path: "/permintaan/register"},
	{name: "kasus", who: "pekerja", path: "/kasus"},
	{name: "kasus-satu", who: "pekerja", path: "/kasus", follow: aCase},
	{name: "kasus-asesmen", who: "pekerja", path: "/kasus", follow: aCase, below: "/asesmen"},
	{name: "kasus-asesmen-cetak", who: "pekerja", path: "/kasus?tahap=intervention", follow: aCase, below: "/asesmen/cetak"},
	{name: "kasus-asesmen-baca", who: "supervisor", path: "/kasus?tahap=intervention", follow: aCase, below: "/asesmen"},
	{name: "kasus-asesmen-dahulu", who: "pekerja", path: "/kasus", follow: aCase, below: "/asesmen/dahulu"},
	{name: "kasus-rencana", who: "pekerja", path: "/kasus", follow: aCase, below: "/rencana"},
	{name: "kasus-rencana-nilai", who: "pekerja", path: "/kasus?tahap=evaluation", follow: aCase, below: "/rencana"},
	{name: "kasus-rencana-sepakat", who: "pekerja", path: "/kasus?tahap=planning", follow: aCase, below: "/sepakat"},
	{name: "kasus-rencana-cetak", who: "pekerja", path: "/kasus?tahap=evaluation", follow: aCase, below: "/rencana/cetak"},
	{name: "kasus-setuju", who: "pekerja", path: "/kasus?tahap=planning", follow: aCase, below: "/persetujuan/baru?kind=referral"},
	{name: "kasus-setuju-asesmen", who: "pekerja", path: "/kasus?tahap=planning", follow: aCase, below: "/asesmen"},
	{name: "kasus-setuju-perlu", who: "pekerja", path: "/kasus?tahap=outreach", follow: aCase, below: "/cetak"},
	{name: "pengaturan-persetujuan", who: "kepala", path: "/pengaturan/persetujuan"},
	{name: "pengaturan-persetujuan-satu", who: "kepala", path: "/pengaturan/persetujuan/referral/id"},
	{name: "kasus-selamat", who: "kepala", path: "/kasus?risiko=high&tahap=intervention", follow: aCase, below: "/keselamatan"},
	{name: "kasus-selamat-asesmen", who: "kepala", path: "/kasus?risiko=high&tahap=intervention", follow: aCase, below: "/asesmen"},
	{name: "kasus-selamat-kartu", who: "kepala", path: "/kasus?risiko=high&tahap=intervention", follow: aCase, below: "/kartu"},
	{name: "kasus-genogram", who: "pekerja", path: "/kasus?tahap=evaluation", follow: aCase, below: "/genogram"},
	{name: "kasus-ekomap", who: "pekerja", path: "/kasus?tahap=evaluation", follow: aCase, below: "/ekomap"},
	{name: "kelompok", who: "kepala", path: aGroup, follow: aCase, below: "/kelompok"},
	{name: "kelompok-sesi", who: "kepala", path: aGroup, follow: aCase, below: "/kelompok", then: "main .attend a, main .rows a"},
	{name: "kelompok-anggota", who: "kepala", path: aGroup, follow: aCase},
	{name: "keluarga-pribadi", who: "kepala", path: aFamily, follow: aCase},
	{name: "keluarga-cetak", who: "kepala", path: aFamily, follow: aCase, below: "/cetak"},
	{name: "keluarga-psikologis", who: "psikolog", path: aFamily, follow: aCase},
	{name: "kasus-instrumen", who: "pekerja", path: "/kasus", follow: aCase, below: "/instrumen"},
	{name: "kasus-instrumen-isi", who: "pekerja", path: "/kasus", follow: aCase, below: "/instrumen/isi"},
	{name: "kasus-musyawarah", who: "pekerja", path: "/kasus", follow: aCase, below: "/musyawarah"},
	{name: "kasus-berkas", who: "pekerja", path: "/kasus", follow: aCase, below: "/berkas"},
	{name: "kasus-riwayat", who: "pekerja", path: "/kasus", follow: aCase, below: "/riwayat"},
	{name: "kasus-pembaca", who: "pekerja", path: "/kasus", follow: aCase, below: "/pembaca"},
	{name: "kasus-tahap", who: "pekerja", path: "/kasus", follow: aCase, below: "/tahap"},
	{name: "kasus-ubah", who: "pekerja", path: "/kasus", follow: aCase, below: "/ubah"},
	{name: "kasus-tutup", who: "pekerja", path: "/kasus", follow: aCase, below: "/tutup"},
	{name: "kasus-cetak", who: "pekerja", path: "/kasus?tahap=evaluation", follow: aCase, below: "/cetak"},
	{name: "kasus-baru", who: "pekerja", path: "/kasus/baru"},
	{name: "kasus-serahkan", who: "kepala", path: "/kasus/serahkan"},
	{name: "kasus-darurat", who: "pekerja", path: "/kasus/darurat"},
	{name: "cari", who: "pekerja", path: "/cari?q=si"},
	{name: "keluarga", who: "pekerja", path: "/keluarga"},
	{name: "keluarga-keluarga", who: "pekerja", path: "/keluarga?tampil=keluarga"},
	{name: "orang", who: "pekerja", path: "/keluarga", follow: aPerson},
	{name: "orang-ubah", who: "pekerja", path: "/keluarga", follow: aPerson, below: "/ubah"},
	{name: "orang-baru", who: "penerima", path: "/orang/baru"},
	{name: "keluarga-satu", who: "pekerja", path: "/keluarga?tampil=keluarga", follow: "main a[href^='/keluarga/0']"},
	{name: "keluarga-baru", who: "pekerja", path: "/keluarga/baru"},
	{name: "direktori", who: "pekerja", path: "/mitra"},
	{name: "direktori-cari", who: "pekerja", path: "/mitra?kebutuhan=household_violence&dekat=21.72.04.1002"},
	{name: "direktori-organisasi", who: "pekerja", path: "/mitra?lihat=organisasi"},
	{name: "direktori-periksa", who: "pekerja", path: "/mitra?lihat=periksa"},
	{name: "direktori-satu", who: "pekerja", path: "/mitra?lihat=organisasi", follow: "main a[href^='/mitra/0']"},
	{name: "direktori-layanan", who: "pekerja", path: "/mitra?tempat=1", follow: "main a[href^='/layanan-mitra/0']"},
	{name: "direktori-layanan-ubah", who: "pekerja", path: "/mitra?tempat=1", follow: "main a[href^='/layanan-mitra/0']", below: "/ubah"},
	{name: "direktori-baru", who: "pekerja", path: "/mitra/baru"},
	{name: "direktori-tukar", who: "pekerja", path: "/direktori"},
	{name: "layanan-kami", who: "mitra", path: "/layanan-kami"},
	{name: "layanan-kami-ubah", who: "mitra", path: "/layanan-kami/ubah"},
	{name: "surat", who: "kepala", path: "/surat"},
	{name: "surat-satu", who: "kepala", path: "/surat", follow: aLetter},
	{name: "surat-kasus", who: "kepala", path: "/surat", follow: aLetter, then: "main a.back"},
	{name: "surat-tulis", who: "kepala", path: "/surat", follow: aLetter, then: "main a[href*='perbaiki=']"},
	{name: "surat-periksa", who: "kepala", path: "/surat", follow: aLetter, then: "main a[href^='/surat/']"},
	{name: "pengaturan-surat", who: "kepala", path: "/pengaturan/surat"},
	{name: "pengaturan-surat-templat", who: "kepala", path: "/pengaturan/surat/templat/referral"},
	{name: "klien-baru", who: "pekerja", path: "/klien/baru"},
	{name: "jadwal", who: "pekerja", path: "/jadwal"},
	{name: "jadwal-minggu", who: "pekerja", path: "/jadwal?tampilan=minggu"},
	{name: "jadwal-tim", who: "kepala", path: "/jadwal?siapa=tim"},
	{name: "jadwal-baru", who: "penerima", path: "/jadwal/baru"},
	{name: "jadwal-satu", who: "pekerja", path: "/jadwal?tampilan=minggu", follow: "main a[href^='/jadwal/0']"},
	{name: "pengaturan", who: "kepala", path: "/pengaturan"},
	{name: "pengaturan-kategori", who: "kepala", path: "/pengaturan/kategori"},
	{name: "pengaturan-tahap", who: "kepala", path: "/pengaturan/tahap"},
	{name: "pengaturan-aturan", who: "kepala", path: "/pengaturan/aturan"},
	{name: "pengaturan-asesmen", who: "kepala", path: "/pengaturan/asesmen"},
	{name: "pengaturan-asesmen-rancangan", who: "kepala", path: "/pengaturan/asesmen/1"},
	{name: "pengaturan-asesmen-bawaan", who: "kepala", path: "/pengaturan/asesmen/teduh-1"},
	{name: "pengaturan-asesmen-butir", who: "kepala", path: "/pengaturan/asesmen/1", follow: "main .rows li:has(.tone-teal) .rows__link"},
	{name: "pengaturan-asesmen-baru", who: "kepala", path: "/pengaturan/asesmen/1/butir-baru?jenis=pertanyaan"},
	{name: "pengaturan-asesmen-bagian", who: "kepala", path: "/pengaturan/asesmen/1/butir-baru?jenis=bagian"},
	{name: "pengaturan-asesmen-hapus", who: "kepala", path: "/pengaturan/asesmen/1", follow: "main .rows__link", below: "/hapus"},
	{name: "pengaturan-asesmen-pratinjau", who: "kepala", path: "/pengaturan/asesmen/1/pratinjau"},
	{name: "pengaturan-asesmen-masukkan", who: "kepala", path: "/pengaturan/asesmen/1/masukkan"},
	{name: "pengaturan-bawa", who: "kepala", path: "/pengaturan/bawa"},
	{name: "laporan", who: "kepala", path: "/laporan"},
	{name: "laporan-kelurahan", who: "pemantau", path: "/laporan?by=village"},
	{name: "tim", who: "kepala", path: "/tim"},
	{name: "tim-supervisor", who: "supervisor", path: "/tim"},
	{name: "pengaturan-supervisi", who: "kepala", path: "/pengaturan/supervisi"},
	{name: "tim-kompetensi", who: "supervisor", path: "/tim", follow: "main a[href^='/kompetensi/0']"},
	{name: "tim-supervisi", who: "supervisor", path: "/kasus?urut=opened_on&tahap=intervention", follow: aCase, below: "/supervisi"},
	{name: "tim-konferensi", who: "pekerja", path: "/kasus?tahap=intervention", follow: aCase, below: "/konferensi"},
	{name: "tim-telaah", who: "pekerja", path: "/kasus?tahap=intervention", follow: aCase, below: "/telaah"},
	{name: "tim-pengesahan", who: "pekerja", path: "/kasus", follow: aCase, below: "/pengesahan"},
	{name: "instrumen", who: "kepala", path: "/instrumen"},
	{name: "instrumen-satu", who: "kepala", path: "/instrumen/phq-9/1"},
	{name: "instrumen-kata", who: "kepala", path: "/instrumen/srq-20/kata"},
	{name: "pengaturan-piket", who: "kepala", path: "/pengaturan/piket"},
	{name: "impor", who: "kepala", path: "/impor"},
	{name: "impor-daftar", who: "kepala", path: "/impor", follow: "main a[href^='/impor/0']"},
	{name: "pengguna", who: "admin", path: "/pengguna"},
	{name: "pengguna-satu", who: "admin", path: "/pengguna", follow: "main a[href^='/pengguna/']"},
	{name: "unit", who: "admin", path: "/unit"},
	{name: "profil", who: "pekerja", path: "/profil"},
	{name: "fasilitator", who: "fasilitator", path: "/"},
	{name: "mitra", who: "mitra", path: "/"},
	{name: "mitra-berakhir", who: "mitra", path: "/rujukan-masuk?bagian=ended"},
	{name: "rujukan-dari-luar", who: "penerima", path: "/rujukan-dari-luar"},
	{name: "rujukan-dari-luar-satu", who: "pekerja", path: "/rujukan-dari-luar", follow: "main .rows a[href^='/permintaan/0']"},
	{name: "rujukan-dari-luar-kabar", who: "pekerja", path: "/rujukan-dari-luar", follow: "main .rows a[href^='/permintaan/0']", then: "main a[href$='/kabar']"},
	{name: "rujukan-dari-luar-orang", who: "pekerja", path: "/rujukan-dari-luar", follow: "main .rows a[href^='/permintaan/0']", then: "main a[href$='/orang']"},
	{name: "rujukan-dari-luar-baru", who: "penerima", path: "/rujukan-dari-luar/baru"},
	{name: "rujukan-dari-luar-berkas", who: "penerima", path: "/rujukan-dari-luar/berkas"},
	{name: "rujukan-kami", who: "mitra", path: "/rujukan-kami"},
	{name: "rujukan-kami-satu", who: "mitra", path: "/rujukan-kami", follow: "main a[href^='/rujukan-kami/0']"},
	{name: "rujukan-kami-baru", who: "mitra", path: "/rujukan-kami/baru"},
	{name: "pengaturan-kunci", who: "kepala", path: "/pengaturan/kunci"},
	{name: "mitra-rekan", who: "mitra", path: "/rekan"},
	{name: "tautan-tidak-berlaku", path: "/r/tidak-ada"},
	{name: "tidak-ada", who: "pekerja", path: "/kasus/00000000-0000-7000-8000-000000000000"},
}

const (
	aCase   = "main a[href^='/kasus/0']"
	aGroup  = "/kasus?milik=semua&tahap=intervention&q=remaja"
	aFamily = "/kasus?milik=semua&tahap=intervention&q=keluarga+tutik"
	aPerson = "main a[href^='/orang/0']"
	aLetter = "main a[href*='/surat/0']"
)

func main() {
	slog.SetLogLoggerLevel(slog.LevelError)
	out := flag.String("out", "screenshots", "folder for the pictures")
	only := flag.String("only", "", "take only pages whose name holds this word")
	flag.Parse()
	if err := run(context.Background(), *out, *only); err != nil {
		fmt.Fprintln(os.Stderr, "screenshots:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out, only string) error {
	dir, err := os.MkdirTemp("", "teduh-screenshots")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := os.MkdirAll(out, 0o700); err != nil {
		return err
	}
	a, err := app.Open(ctx, app.Config{Dir: dir, Demo: true}, true)
	if err != nil {
		return err
	}
	defer func() { _ = a.Close() }()
	if _, err := a.Demo(ctx); err != nil {
		return err
	}
	if err := prepare(ctx, a); err != nil {
		return err
	}
	server := httptest.NewServer(a)
	defer server.Close()
	defer a.EndStreams()
	c := camera{base: server.URL, out: out, profiles: dir, tabs: map[string]*browser.Tab{}}
	for _, p := range pages {
		if !strings.Contains(p.name, only) {
			continue
		}
		if err := c.take(ctx, p); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	return nil
}

// prepare makes what the demo office does not have by itself: a list that is being taken in and a draft of its form.
func prepare(ctx context.Context, a *app.App) error {
	user, err := a.Access.FindUser(ctx, "kepala@demo.teduh.example")
	if err != nil {
		return err
	}
	office, err := a.Access.FindUnit(ctx, "")
	if err != nil {
		return err
	}
	head := access.NewActor(user.ID, user.Name, office.Office(), access.Head)
	if _, err := a.Assessments.Begin(ctx, head); err != nil {
		return err
	}
	return uploadList(ctx, a, head)
}

// uploadList gives the head a list with a few rows that are wrong or doubtful.
func uploadList(ctx context.Context, a *app.App, head access.Actor) error {
	l, err := a.Lists.Receive(ctx, head, "people", "Daftar klien 2025.csv", strings.NewReader(`DAFTAR KLIEN TAHUN 2025
No;Nama Lengkap;NIK;Tempat/Tgl Lahir;L/P;Alamat;RT/RW;Kelurahan;No HP;Keterangan
1;Rahmah binti Ali;2172049901900001;Kijang, 5 Mei 1990;P;Jl. Ganet 1;003/005;Kampung Bugis;0800-0000-0101;sudah dikunjungi
2;Tan A Hok;217204990190;Senggarang, 1965;L;Jl. Pos 4;001/002;Senggarang;0800-0000-0102;
3;;2172049901900003;Tanjungpinang, 31 Februari 1991;X;Jl. Merdeka 8;;Kelurahan Jauh;;
4;Rahmah Ali;2172049901900001;;P;;;;;
`))
	a.Lists.Await(ctx, l.ID, time.Minute)
	return err
}

// camera keeps one signed-in tab for each person.
type camera struct {
	base, out, profiles string
	tabs                map[string]*browser.Tab
}

func (c *camera) tab(ctx context.Context, who string) (*browser.Tab, error) {
	if tab, ok := c.tabs[who]; ok {
		return tab, nil
	}
	tab, _, err := browser.Open(ctx, filepath.Join(c.profiles, "profile-"+who))
	if err != nil {
		return nil, err
	}
	c.tabs[who] = tab
	if who == "" {
		return tab, nil
	}
	return tab, tab.SignIn(c.base, who+"@demo.teduh.example", app.DemoPassword)
}

func (c *camera) take(ctx context.Context, p page) error {
	tab, err := c.tab(ctx, p.who)
	if err != nil {
		return err
	}
	address, err := c.find(tab, p)
	if err != nil || address == "" {
		return err
	}
	for _, width := range []int64{1280, 360} {
		for _, dark := range []bool{false, true} {
			if err := c.picture(tab, p, address, width, dark); err != nil {
				return err
			}
		}
	}
	return c.examine(tab, p)
}

// find is the address of a page; where the demo has nothing of the kind, that is said and there is none.
func (c *camera) find(tab *browser.Tab, p page) (string, error) {
	address := c.base + p.path
	if p.follow == "" {
		return address, nil
	}
	address, err := c.follow(tab, p.name, address, p.follow)
	switch {
	case err != nil || address == "":
		return "", err
	case p.then == "":
		return address + p.below, nil
	}
	return c.follow(tab, p.name, address+p.below, p.then)
}

// follow is where a link of a page leads; empty where there is none.
func (c *camera) follow(tab *browser.Tab, name, address, selector string) (string, error) {
	if err := tab.Do(chromedp.Navigate(address)); err != nil {
		return "", err
	}
	link, err := chromedp.Run(tab.Ctx, chromedp.Evaluate[string](`document.querySelector("`+selector+`")?.href ?? ""`))
	if link == "" {
		c.say("%s: no such thing in the demo\n", name)
	}
	return link, err
}

func (c *camera) picture(tab *browser.Tab, p page, address string, width int64, dark bool) error {
	shade := "light"
	if dark {
		shade = "dark"
	}
	if err := tab.Dark(dark); err != nil {
		return err
	}
	if err := tab.Size(width, 800); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(tab.Ctx, 20*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		return err
	}
	png, err := tab.Picture()
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(c.out, fmt.Sprintf("%s-%d-%s.png", p.name, width, shade)), png, 0o600)
}

// examine says what a look at the picture may miss.
func (c *camera) examine(tab *browser.Tab, p page) error {
	wide, err := tab.TooWide()
	if err != nil {
		return err
	}
	found, err := tab.Axe()
	if err != nil {
		return err
	}
	c.say("%s: %d px too wide, axe %d, console %d\n", p.name, wide, len(found), len(tab.Troubles()))
	for _, f := range found {
		c.say("    %s: %s: %q\n", f.ID, f.Help, f.Nodes)
	}
	for _, trouble := range tab.Troubles() {
		c.say("    console: %s\n", trouble)
	}
	tab.Forget()
	return nil
}

func (c *camera) say(format string, args ...any) { _, _ = fmt.Fprintf(os.Stdout, format, args...) }
