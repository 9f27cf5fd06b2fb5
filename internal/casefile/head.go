package casefile

import (
	"context"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
)

// Heads are those of the cases that the actor may know, as a list shows them: for packages whose rows name a case. One who
// may only list (the intake officer) gets ordinary cases without the client.
func (s *Service) Heads(ctx context.Context, r db.Reader, a access.Actor, ids []db.ID) (map[db.ID]Item, error) {
	heads := map[db.ID]Item{}
	if !a.Can(access.CaseList) || len(ids) == 0 {
		return heads, nil
	}
	sc := s.scope(a)
	if !a.Can(access.CaseRead) {
		sc.Open = Ordinary
	}
	list, err := selectHeads(ctx, r, sc, ids)
	for _, i := range list {
		if !a.Can(access.CaseRead) {
			i.hideClient()
		}
		heads[i.ID] = i
	}
	return heads, err
}

// hideClient leaves what one may know who only lists cases: number, worker in charge and state.
func (i *Item) hideClient() {
	i.ClientName, i.ClientID, i.ClientKind, i.MainCategory, i.Risk = "", db.ID{}, "", "", ""
}

// HeadByNumber finds a case by its whole number, for one who may know it.
func (s *Service) HeadByNumber(ctx context.Context, r db.Reader, a access.Actor, number string) (Item, error) {
	id, err := selectIDByNumber(ctx, r, a.Office.ID, number)
	if err != nil {
		return Item{}, err
	}
	heads, err := s.Heads(ctx, r, a, []db.ID{id})
	if err != nil {
		return Item{}, err
	}
	if i, known := heads[id]; known {
		return i, nil
	}
	return Item{}, fault.NotFound()
}

// SettleTasks marks the open tasks of a code done: what they asked for has happened, in the transaction of that act.
func (s *Service) SettleTasks(ctx context.Context, tx *journal.Tx, a access.Actor, caseID db.ID, code string) error {
	ids, err := selectOpenTasks(ctx, tx, caseID, code)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := finishTask(ctx, tx, taskEnd{id: id, by: a.User, at: tx.Now()}); err != nil {
			return err
		}
		done := journal.Change{Office: a.Office.ID, Actor: a.User, Code: "task.done", Kind: "task", Subject: id, Case: caseID}
		if err := tx.Record(ctx, done); err != nil {
			return err
		}
	}
	return nil
}

// SessionOf tells whether a note of an appointment was written that was not struck: together they are a session.
func (s *Service) SessionOf(ctx context.Context, r db.Reader, caseID, appointment db.ID) (bool, error) {
	return hasNoteOf(ctx, r, caseID, appointment)
}

// OfClients finds the cases that the actor may open whose client is one of these people themselves; where someone only stands in
// a case of another, it is not theirs.
func (s *Service) OfClients(ctx context.Context, r db.Reader, a access.Actor, people []db.ID) ([]db.ID, error) {
	if !a.Can(access.CaseRead) || len(people) == 0 {
		return nil, nil
	}
	return selectOfClients(ctx, r, s.scope(a), people)
}
