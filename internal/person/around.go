package person

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
)

// Around opens people and all who are related to them or ever were of a family with one of them, each once and those asked for
// first, in their order. It is for hiding who someone is, and so it is asked with the widest scope of the office and its
// answer is never shown.
func (s *Service) Around(ctx context.Context, r db.Reader, scope access.Scope, people []db.ID) (list []Person, err error) {
	seen := map[db.ID]bool{}
	ids := append([]db.ID{}, people...)
	for _, id := range people {
		more, err := selectAround(ctx, r, id)
		if err != nil {
			return nil, err
		}
		ids = append(ids, more...)
	}
	for _, id := range ids {
		p, err := s.find(ctx, r, scope, id)
		if err != nil {
			return nil, err
		}
		if !seen[p.ID] {
			seen[p.ID] = true
			list = append(list, p)
		}
	}
	return list, nil
}
