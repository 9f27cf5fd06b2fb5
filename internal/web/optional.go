package web

import "teduh/internal/db"

// Optional is a text as the API tells it: null where it is empty.
func Optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// OptionalDay is a day as the API takes it: empty where it is left out.
func OptionalDay(s *string) db.Date {
	if s == nil {
		return ""
	}
	return db.Date(*s)
}

// AddressIDs reads several keys of an address; what is no key is not found.
func AddressIDs(texts ...string) ([]db.ID, error) {
	list := make([]db.ID, len(texts))
	for i, text := range texts {
		var err error
		if list[i], err = AddressID(text); err != nil {
			return nil, err
		}
	}
	return list, nil
}
