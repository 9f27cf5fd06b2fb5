package phone_test

import (
	"testing"
	"unicode/utf8"

	"teduh/internal/person/phone"
)

// Numbers of the published lines SAPA 129 (08111-129-129) and of the plans'
// own examples; the rest is of the range that can't ring.
func TestNormalise(t *testing.T) {
	t.Parallel()
	table := []struct {
		typed, number, shown string
		ok                   bool
	}{
		{"0812-3456-7890", "+6281234567890", "0812-3456-7890", true},
		{"081234567890", "+6281234567890", "0812-3456-7890", true},
		{" 0812 3456 7890 ", "+6281234567890", "0812-3456-7890", true},
		{"+62 812-3456-7890", "+6281234567890", "0812-3456-7890", true},
		{"+62 0812 3456 7890", "+6281234567890", "0812-3456-7890", true},
		{"6281234567890", "+6281234567890", "0812-3456-7890", true},
		{"006281234567890", "+6281234567890", "0812-3456-7890", true},
		{"81234567890", "+6281234567890", "0812-3456-7890", true}, // a spreadsheet has eaten the 0
		{"'081234567890", "+6281234567890", "0812-3456-7890", true},
		{"(0812) 3456.7890", "+6281234567890", "0812-3456-7890", true},
		{"08111-129-129", "+628111129129", "0811-1129-129", true},
		{"0771-21234", "+6277121234", "(0771) 21234", true},
		{"(021) 555-1234", "+62215551234", "(021) 5551234", true},
		{"+65 9123 4567", "+6591234567", "+65 9123 4567", true},
		{"+60 12-345 6789", "+60123456789", "+60 12-345 6789", true},
		{"0800-0000-1234", "+6280000001234", "0800-0000-1234", true},

		{"", "", "", false},
		{"0812", "0812", "0812", false},
		{"129", "129", "129", false},
		{"0812-3456-789012345", "0812-3456-789012345", "0812-3456-789012345", false},
		{"081234567890 (istri)", "081234567890 (istri)", "081234567890 (istri)", false},
		{"081234567890/081234567891", "081234567890/081234567891", "081234567890/081234567891", false},
		{"0771-21234 ext 12", "0771-21234 ext 12", "0771-21234 ext 12", false},
		{" lewat tetangga ", "lewat tetangga", "lewat tetangga", false},
		{"+999 123456789", "+999 123456789", "+999 123456789", false},
		{"tidak ada", "tidak ada", "tidak ada", false},
	}
	for _, row := range table {
		number, ok := phone.Normalise(row.typed)
		if number != row.number || ok != row.ok {
			t.Errorf("Normalise(%q) = %q, %v, want %q, %v", row.typed, number, ok, row.number, row.ok)
		}
		if got := phone.Display(number); got != row.shown {
			t.Errorf("Display(%q) = %q, want %q", number, got, row.shown)
		}
	}
}

func TestInvented(t *testing.T) {
	t.Parallel()
	table := map[string]bool{"+6280000001234": true, "+628000000123": false, "+6281234567890": false, "": false}
	for number, want := range table {
		if got := phone.Invented(number); got != want {
			t.Errorf("Invented(%q) = %v", number, got)
		}
	}
}

func FuzzNormalise(f *testing.F) {
	f.Add("0812-3456-7890")
	f.Add("+62 (0771) 21234;ext=5")
	f.Add("\xff\x00０８１２")
	f.Fuzz(func(t *testing.T, typed string) {
		number, ok := phone.Normalise(typed)
		if len(number) > max(len(typed), 20) || utf8.ValidString(typed) && !utf8.ValidString(number) {
			t.Errorf("Normalise(%q) = %q", typed, number)
		}
		again, stillOK := phone.Normalise(number)
		if again != number || stillOK != ok {
			t.Errorf("Normalise(%q) = %q, %v, and again %q, %v", typed, number, ok, again, stillOK)
		}
		if !ok {
			phone.Display(typed)
			return
		}
		if back, _ := phone.Normalise(phone.Display(number)); back != number {
			t.Errorf("%q is shown as %q, which reads as %q", number, phone.Display(number), back)
		}
	})
}
