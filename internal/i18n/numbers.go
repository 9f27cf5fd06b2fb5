package i18n

import (
	"context"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

var printers = map[Language]*message.Printer{
	ID: message.NewPrinter(language.Indonesian),
	EN: message.NewPrinter(language.English),
}

// Number writes a number as people of the context's language do: «1.234,5» in
// Indonesian, «1,234.5» in English, with at most two digits after the comma.
func Number[N ~int | ~int32 | ~int64 | ~float64](ctx context.Context, n N) string {
	return printers[Lang(ctx)].Sprint(number.Decimal(n, number.MaxFractionDigits(2)))
}

// Percent writes a share from 0 to 1, «12,5%».
func Percent(ctx context.Context, share float64) string {
	return printers[Lang(ctx)].Sprint(number.Percent(share, number.MaxFractionDigits(1)))
}

// Phone writes a number kept as +6281234567890 or 081234567890 the way it is
// read aloud: «0812-3456-7890», a landline «0771-123456». Short numbers, those
// of other countries and what is no number stay as they are.
func Phone(phone string) string {
	national, ok := strings.CutPrefix(phone, "+62")
	if ok {
		national = "0" + national
	} else {
		national = phone
	}
	if len(national) < 8 || national[0] != '0' || strings.Trim(national, "0123456789") != "" {
		return phone
	}
	if strings.HasPrefix(national, "08") && len(national) > 8 {
		return national[:4] + "-" + national[4:8] + "-" + national[8:]
	}
	return national[:4] + "-" + national[4:]
}
