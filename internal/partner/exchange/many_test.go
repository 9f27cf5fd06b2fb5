package exchange_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"teduh/internal/partner/hours"
)

// testWeek is 08.00–12.00 and 13.00–15.30 on four days, and a short Friday.
var testWeek = func() (w hours.Week) {
	for d := time.Monday; d <= time.Thursday; d++ {
		w.Days[d] = []hours.Span{{From: 480, To: 720}, {From: 780, To: 930}}
	}
	w.Days[time.Friday] = []hours.Span{{From: 480, To: 690}}
	return w
}()

// manyRows is a package of so many services of a hundred organizations, with a phone, a place, a location, an address and a
// schedule each: six rows a service.
func manyRows(t testing.TB, services int) []byte {
	t.Helper()
	table := map[string]*strings.Builder{}
	row := func(name, header, format string, args ...any) {
		if table[name] == nil {
			table[name] = &strings.Builder{}
			table[name].WriteString(header + "\n")
		}
		fmt.Fprintf(table[name], format+"\n", args...)
	}
	for i := range 100 {
		row("organizations.csv", "id,name,description", "o%d,Lembaga %d,Uraian", i, i)
	}
	for i := range services {
		row("services.csv", "id,organization_id,name,status,description", "s%d,o%d,Layanan %d untuk keluarga,active,Uraian layanan %d", i, i%100, i, i)
		row("phones.csv", "id,service_id,number", "p%d,s%d,0800-0000-%04d", i, i, i%10000)
		row("service_at_location.csv", "id,service_id,location_id", "a%d,s%d,l%d", i, i, i)
		row("locations.csv", "id,location_type", "l%d,physical", i)
		row("addresses.csv", "id,location_id,address_1,city,state_province,postal_code,country,address_type", "d%d,l%d,Jalan %d,Tanjungpinang,Kepulauan Riau,29111,ID,physical", i, i, i)
		row("schedules.csv", "id,service_id,freq,byday,opens_at,closes_at", "h%d,s%d,WEEKLY,\"MO,TU\",08:00,12:00", i, i)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, text := range table {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write([]byte(text.String()))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
