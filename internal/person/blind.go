package person

import (
	"teduh/internal/person/names"
	"teduh/internal/person/phone"
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
		if b := s.blindPhone(f.Number); b != nil {
			row.phones = append(row.phones, b)
		}
	}
	row.words = s.blindWords(row.p.Sealed.RealName)
}

// blindWords are the whole words of a protected name.
func (s *Service) blindWords(name string) [][]byte {
	var list [][]byte
	for _, w := range names.Words(name) {
		list = append(list, s.vault.Blind("real name", w))
	}
	return list
}

func (s *Service) blindNIK(digits string) []byte { return s.vault.Blind("nik", digits) }

// BlindPhone is the keyed hash a phone is found by. It takes 0812…, 62812… and +62812… for one number; what holds no
// number has none.
func (s *Service) BlindPhone(number string) []byte { return s.blindPhone(number) }

func (s *Service) blindPhone(number string) []byte {
	if e164, ok := phone.Normalise(number); ok {
		return s.vault.Blind("phone", e164)
	}
	digits := onlyDigits(number)
	if len(digits) < phoneLeast {
		return nil
	}
	return s.vault.Blind("phone", digits)
}
