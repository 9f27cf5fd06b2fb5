package inbound

import "teduh/internal/db"

// Forge is an answer about a referral that its maker was never asked for, signed rightly.
func (s *Service) Forge(office db.ID, to string, of db.ID, at db.Time) (Parcel, error) {
	own, err := s.ownKey(office)
	if err != nil {
		return Parcel{}, err
	}
	theirs, err := readCard(to)
	if err != nil {
		return Parcel{}, err
	}
	return pack(AnswerParcel, own, theirs, saidBack{ID: of, Try: 1, MadeAt: at, State: "accepted"})
}
