package person

import (
	"strings"

	"teduh/internal/person/names"
)

// blind fills the blind indexes of a row: NIK, family card, phones, and the words of a protected name.
func (s *Service) blind(row *personRow) {
	if nik := onlyDigits(row.p.Sealed.NIK); nik != "" {
		row.nik = s.blindNIK(nik)
	}
	if kk := onlyDigits(row.p.Sealed.KK); kk != "" {
		row.kk = s.vault.Blind("kk", kk)
	}
	for _, f := range row.p.Sealed.Phones {
		row.phones = append(row.phones, s.blindPhone(f.Number))
	}
	for _, w := range names.Words(row.p.Sealed.RealName) {
		row.words = append(row.words, s.vault.Blind("real name", w))
	}
}

func (s *Service) blindNIK(digits string) []byte { return s.vault.Blind("nik", digits) }

// blindPhone takes 0812…, 62812… and +62812… for one number.
func (s *Service) blindPhone(number string) []byte {
	digits := onlyDigits(number)
	digits = strings.TrimPrefix(strings.TrimPrefix(digits, "0"), "62")
	return s.vault.Blind("phone", strings.TrimPrefix(digits, "0"))
}
