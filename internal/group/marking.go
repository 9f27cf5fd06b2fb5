package group

import (
	"context"
	"slices"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
)

// marking is the marks of one session while they are written.
type marking struct {
	actor   access.Actor
	session Session
	members []casefile.Member
	before  map[db.ID]string
	changed []map[string]string // member, from, to: for the journal
}

// there are those who were members on the session's day.
func (m *marking) there(x casefile.Member) bool { return x.On(m.session.day(m.actor.Office.Zone)) }

// withRest adds present for everyone there of whom nothing is marked.
func (m *marking) withRest(marks []Mark) []Mark {
	for _, x := range m.members {
		named := slices.ContainsFunc(marks, func(k Mark) bool { return k.Member == x.ID })
		if _, marked := m.before[x.ID]; !marked && !named && m.there(x) {
			marks = append(marks, Mark{x.ID, "present"})
		}
	}
	return marks
}

func (m *marking) check(marks []Mark) error {
	for _, k := range marks {
		i := slices.IndexFunc(m.members, func(x casefile.Member) bool { return x.ID == k.Member })
		switch {
		case i < 0:
			return fault.Invalid(fault.Field("member_id", "unknown", "group.member_unknown"))
		case k.State != "" && !slices.Contains(States, k.State):
			return fault.Invalid(fault.Field("state", "unknown", "error.choice"))
		case k.State != "" && !m.there(m.members[i]):
			return fault.Invalid(fault.Field("member_id", "no_member_then", "group.no_member_then", "name", m.members[i].Name))
		}
	}
	return nil
}

// write puts down the marks that differ from what stands.
func (m *marking) write(ctx context.Context, tx *journal.Tx, marks []Mark) error {
	for _, k := range marks {
		was := m.before[k.Member]
		if was == k.State {
			continue
		}
		if err := putMark(ctx, tx, m.session.ID, k, m.actor.User, tx.Now()); err != nil {
			return err
		}
		m.before[k.Member] = k.State
		m.changed = append(m.changed, map[string]string{"member": k.Member.String(), "from": was, "to": k.State})
	}
	if len(m.changed) == 0 {
		return errSame
	}
	return nil
}
