package inbound

import (
	"context"
	"time"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/intake"
	"teduh/internal/journal"
	"teduh/internal/referral"
)

// How long a sender waits for the next word: after the request was taken on, and while it is worked on. What has ended is told
// within three days.
const (
	takenWaits  = 14 * 24 * time.Hour
	workedWaits = 30 * 24 * time.Hour
	endedWaits  = 3 * 24 * time.Hour
)

// seen is how a sender learns of a state without being told.
const seen = "seen"

// told keeps that the sender knows the state, and sets when it wants to hear next.
func (x *In) told(at db.Time) {
	x.ToldState, x.ToldAt = x.State, at
	switch x.State {
	case referral.Accepted, referral.Waitlisted:
		x.DueAt = db.At(at.Add(takenWaits))
	case referral.InService:
		x.DueAt = db.At(at.Add(workedWaits))
	default:
		if x.Ended() {
			x.DueAt = db.Time{}
		}
	}
}

// untold keeps that the sender does not know the state yet: an end is told soon.
func (x *In) untold(at db.Time) {
	soon := db.At(at.Add(endedWaits))
	if x.Ended() && (x.DueAt.IsZero() || x.DueAt.After(soon.Time)) {
		x.DueAt = soon
	}
}

// followRequest lets the state go on with the request: taken is received, decided is what the decision says.
func (s *Service) followRequest(ctx context.Context, tx *journal.Tx, a access.Actor, q intake.Request, code string) error {
	x, err := selectOfRequest(ctx, tx, q.ID)
	if err != nil || x == nil || x.Ended() {
		return err
	}
	st := referral.Step{To: referral.Received}
	switch {
	case code == "request.decided":
		st = decided(q)
	case q.TakenAt.IsZero() || x.State != referral.Sent:
		return nil
	}
	return s.advance(ctx, tx, a, way{in: x, caseID: q.Case, step: st})
}

// decided is where a decision brings a referral. What is only said to be with us already stays received: somebody tells how it is.
func decided(q intake.Request) referral.Step {
	switch q.Outcome {
	case "case", "existing_case":
		if !q.Contacted.IsZero() {
			return referral.Step{To: referral.InService}
		}
		return referral.Step{To: referral.Accepted}
	case "informed", "resolved_nearby":
		return referral.Step{To: referral.Completed, Outcome: "helped"}
	case "referred":
		return referral.Step{To: referral.Completed, Outcome: "passed_on"}
	case "out_of_area":
		return referral.Step{To: referral.Declined, Reason: "area"}
	case "unreachable", "withdrawn":
		return referral.Step{To: referral.NotAttended}
	}
	return referral.Step{To: referral.Received}
}

// closings say how a case that was closed ended, in the words of a referral; what stands in none of them is «other».
var closings = map[string]string{"goals_reached": "helped", "solved_by_family": "helped", "moved_on": "passed_on", "withdrew": "withdrew"}

// followCase completes the referrals that came to a case which is being closed.
func (s *Service) followCase(ctx context.Context, tx *journal.Tx, in casefile.Inside) error {
	list, err := selectOfCase(ctx, tx, in.Case.ID)
	if err != nil || len(list) == 0 {
		return err
	}
	office, err := access.OfficeIn(ctx, tx, list[0].Office)
	if err != nil {
		return err
	}
	st := referral.Step{To: referral.Completed, Outcome: closings[in.Case.CloseReason]}
	switch {
	case in.Case.CloseReason == "lost_touch":
		st = referral.Step{To: referral.NotAttended}
	case st.Outcome == "":
		st.Outcome, st.Words = "other", i18n.T(i18n.With(ctx, i18n.ID, office.Zone), "inbound.ended_otherwise")
	}
	for i := range list {
		if list[i].Ended() {
			continue
		}
		if err := s.advance(ctx, tx, access.SystemActor(office), way{in: &list[i], caseID: in.Case.ID, step: st}); err != nil {
			return err
		}
	}
	return nil
}

// way is where a referral is brought, by as many steps as that takes.
type way struct {
	in     *In
	caseID db.ID
	step   referral.Step
	how    string // the sender is told, where it does not see
}

// advance brings a referral to a state. Nothing is done where it stands there; what cannot be reached is refused. An office of
// this installation sees each move on the way, because its referral makes them; everyone is told the state alone.
func (s *Service) advance(ctx context.Context, tx *journal.Tx, a access.Actor, w way) error {
	x, path := w.in, referral.Way(w.in.State, w.step.To)
	if path == nil {
		return fault.Conflict("referral_state", "inbound.cannot_become")
	}
	if len(path) == 0 {
		return nil
	}
	x.State, x.Reason, x.Outcome = w.step.To, w.step.Reason, w.step.Outcome
	how := w.how
	if x.Sees() {
		how = seen
	}
	if how == "" {
		x.untold(tx.Now())
	} else {
		x.told(tx.Now())
	}
	if err := s.say(ctx, tx, x, Word{By: casefile.User{ID: a.User}, How: how, Text: w.step.Words}); err != nil {
		return err
	}
	if err := tx.Record(ctx, change(a, *x, w.caseID, x.State)); err != nil || x.Way != ByOffice {
		return err
	}
	return s.sendBack(ctx, tx, *x, path, w.step)
}

// say keeps a word of what became of a referral, as it stands, and the referral with it.
func (s *Service) say(ctx context.Context, tx *journal.Tx, x *In, w Word) error {
	w.ID, w.At, w.State, w.Reason, w.Outcome = db.NewID(), tx.Now(), x.State, x.Reason, x.Outcome
	key, err := s.vault.Key(ctx, tx, x.Request)
	if err != nil {
		return err
	}
	body, err := key.Seal(fieldWord, w.Text)
	if err != nil {
		return err
	}
	if err := insertWord(ctx, tx, x.ID, w, body); err != nil {
		return err
	}
	return updateIn(ctx, tx, x)
}
