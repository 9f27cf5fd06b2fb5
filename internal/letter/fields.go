package letter

import (
	"slices"

	"github.com/xrash/smetrics"

	"teduh/internal/fault"
	"teduh/internal/web"
)

// Field is a value that a template may name as {{code}}. One that is not given comes from the letter or the case.
type Field struct {
	Code  string
	Given bool // comes with New
	Long  bool // may have several lines
}

// Fields in the order people see them. There is none that leads to an address, a telephone number or a NIK of a client.
var Fields = []Field{
	{Code: "nomor_surat"}, {Code: "tanggal_surat"}, {Code: "tempat_surat"}, {Code: "nama_kantor"},
	{Code: "penanda_tangan"}, {Code: "jabatan_penanda_tangan"}, {Code: "nip_penanda_tangan"}, {Code: "tujuan_surat"},
	{Code: "nomor_kasus"}, {Code: "nama_klien"}, {Code: "nama_panggilan"}, {Code: "nama_samaran"}, {Code: "umur"},
	{Code: "petugas"}, {Code: "tanggal_persetujuan"},
	{Code: "nomor_rujukan", Given: true}, {Code: "layanan", Given: true}, {Code: "yang_diminta", Given: true, Long: true},
	{Code: "alasan", Given: true, Long: true}, {Code: "data_disertakan", Given: true, Long: true}, {Code: "jawab_sebelum", Given: true},
	{Code: "pendamping", Given: true}, {Code: "janji_temu", Given: true}, {Code: "keperluan", Given: true},
	{Code: "keterangan", Given: true, Long: true}, {Code: "surat_dijawab", Given: true}, {Code: "jawaban", Given: true, Long: true},
}

// field finds one by its code.
func field(code string) (Field, bool) {
	i := slices.IndexFunc(Fields, func(f Field) bool { return f.Code == code })
	if i < 0 {
		return Field{}, false
	}
	return Fields[i], true
}

func fieldCodes() []string {
	codes := make([]string, len(Fields))
	for i, f := range Fields {
		codes[i] = f.Code
	}
	return codes
}

// nearest is the one of the words that is most like what was typed; known tells that it is the very one.
func nearest(typed string, words []string) (near string, known bool) {
	best := -1.0
	for _, w := range words {
		if w == typed {
			return w, true
		}
		if like := smetrics.JaroWinkler(typed, w, 0.7, 4); like > best {
			best, near = like, w
		}
	}
	return near, false
}

// Values of fields, by their codes.
type Values map[string]string

// longest is the most letters of a value with several lines: about eight pages.
const longest = 20_000

// check refuses what is no given field, is too long or can't be printed.
func (v Values) check(c *fault.Checks) {
	for code, text := range v {
		f, known := field(code)
		c.Field(!known || !f.Given, code, "unknown", "error.choice")
		most := web.MaxLine
		if f.Long {
			most = longest
		}
		c.Add(web.Length(code, text, 0, most))
		checkFace(c, code, text)
	}
}
