package casefile

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/person"
)

// Circle tells person who stands near someone by the cases: safety marks are for them.
func (s *Service) Circle() person.Circle {
	return person.Circle{
		Teams: func(ctx context.Context, r db.Reader, a access.Actor, people []db.ID) (map[db.ID]bool, error) {
			return workedWith(ctx, r, a.User, people)
		},
		Closed: func(ctx context.Context, r db.Reader, a access.Actor, cases []db.ID) (map[db.ID]bool, error) {
			return closedTo(ctx, r, s.scope(a), cases)
		},
		Reach: func(ctx context.Context, r db.Reader, a access.Actor, caseID db.ID) error {
			_, err := s.Reachable(ctx, r, a, caseID)
			return err
		},
		Refresh: refreshPerson,
	}
}

// safety puts the marks of the client beside the head of a case.
func (s *Service) safety(ctx context.Context, a access.Actor, c *Case) error {
	if c.Client.Person.IsZero() {
		return nil
	}
	marks, err := s.people.Marks(ctx, a, []db.ID{c.Client.Person})
	c.Safety = marks[c.Client.Person]
	return err
}

// workedWith are those of the people in one of whose cases the user works.
func workedWith(ctx context.Context, r db.Reader, user db.ID, people []db.ID) (map[db.ID]bool, error) {
	with := map[db.ID]bool{}
	for _, id := range people {
		n, err := db.One(ctx, r, db.Value[int], `SELECT COUNT(*) FROM person o JOIN case_person p ON p.person_id = o.id
  JOIN case_reader x ON x.case_id = p.case_id WHERE (o.id = $1 OR o.merged_into = $1) AND x.user_id = $2 AND x.writes = 1
    AND NOT EXISTS (SELECT 1 FROM case_wall w WHERE w.case_id = p.case_id AND w.user_id = $2)`, id, user[:])
		if err != nil {
			return nil, err
		}
		with[id] = n > 0
	}
	return with, nil
}

// closedTo are those of the cases that are secret and not open to the actor.
func closedTo(ctx context.Context, r db.Reader, s scope, cases []db.ID) (map[db.ID]bool, error) {
	closed := map[db.ID]bool{}
	for _, id := range cases {
		n, err := db.One(ctx, r, db.Value[int], `SELECT COUNT(*) FROM case_file c WHERE c.id = $5 AND c.confidentiality = 3 AND NOT (`+reachable+`)`, s.args(id)...)
		if err != nil {
			return nil, err
		}
		closed[id] = n > 0
	}
	return closed, nil
}
