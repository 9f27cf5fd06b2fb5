package practice

import (
	"context"
	"strconv"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/journal"
	"teduh/internal/web"
)

// SafetyPlan is what keeps someone safe when it gets hard, in the steps of Stanley and Brown (2012), «Safety planning
// intervention: a brief intervention to mitigate suicide risk», Cognitive and Behavioral Practice 19 (2012) 256–264.
type SafetyPlan struct {
	SafetyParts
	By      string
	At      db.Time
	Version int64
}

// SafetyParts are the steps, from what one can do alone to what others do.
type SafetyParts struct {
	Signs    string    `json:"signs,omitempty"`    // by which one knows that it begins
	Coping   string    `json:"coping,omitempty"`   // what one can do alone
	Distract string    `json:"distract,omitempty"` // people and places that take one's mind off it
	Helpers  []Contact `json:"helpers,omitempty"`  // who can be asked for help
	Experts  []Contact `json:"experts,omitempty"`  // professionals and services, beside the office's emergency numbers
	Safe     string    `json:"safe,omitempty"`     // how the place is made safe
	Text     string    `json:"text,omitempty"`     // anything else; a plan written as one text stands here
}

// Contact is somebody to call.
type Contact struct {
	Name  string `json:"name"`
	Phone string `json:"phone,omitempty"`
}

// MaxContacts is how many people, and how many professionals, a plan names.
const MaxContacts = 4

// texts are the written steps by the field they stand in, in their order.
func (p SafetyParts) texts() []named {
	return []named{{"signs", p.Signs}, {"coping", p.Coping}, {"distract", p.Distract}, {"safe", p.Safe}, {"text", p.Text}}
}

type named struct{ field, text string }

func (p SafetyParts) empty() bool {
	for _, x := range p.texts() {
		if x.text != "" {
			return false
		}
	}
	return len(p.Helpers)+len(p.Experts) == 0
}

func (p SafetyParts) check() error {
	var c fault.Checks
	c.Field(p.empty(), "signs", "required", "error.required")
	for _, x := range p.texts() {
		c.Add(web.Length(x.field, x.text, 0, web.MaxText))
	}
	for group, list := range map[string][]Contact{"helper": p.Helpers, "expert": p.Experts} {
		c.Field(len(list) > MaxContacts, group+"_name_1", "too_many", "practice.safety.too_many", "max", MaxContacts)
		for i, x := range list {
			c.Add(web.Length(contactField(group, "name", i), x.Name, 1, web.MaxName))
			c.Add(web.Length(contactField(group, "phone", i), x.Phone, 0, 40))
		}
	}
	return c.Err()
}

func contactField(group, what string, i int) string {
	return group + "_" + what + "_" + strconv.Itoa(i+1)
}

// WriteSafetyPlan writes the safety plan over the version that was read.
func (s *Service) WriteSafetyPlan(ctx context.Context, a access.Actor, caseID db.ID, p SafetyParts, version int64) error {
	if err := p.check(); err != nil {
		return err
	}
	return s.cases.Work(ctx, a, caseID, func(tx *journal.Tx, in casefile.Inside) (string, error) {
		body, err := in.Key.SealJSON("safety plan", p)
		if err != nil {
			return "", err
		}
		ok, err := db.Changed(upsertSafetyPlan(ctx, tx, caseID, a.User, tx.Now(), body, version))
		if err == nil && !ok {
			err = fault.VersionChanged(version + 1)
		}
		if err != nil {
			return "", err
		}
		return "practice.safety_plan", s.cases.DropDraft(ctx, tx, a, in, safetyDraft)
	})
}

// planless is how many cases of high risk are looked at in one question, and how often it is asked.
const (
	planlessAtOnce = 100
	planlessRounds = 10
)

// HighWithoutPlan are open cases of high risk that have no safety plan yet, of a worker or (zero) of all the actor may know,
// the longest unchanged first.
func (s *Service) HighWithoutPlan(ctx context.Context, a access.Actor, worker db.ID, most int) (list []casefile.Item, err error) {
	if err := a.Require(access.CaseList); err != nil {
		return nil, err
	}
	f := casefile.Filter{Status: "open", Risk: "high", Worker: worker, Sort: casefile.Quietest, Limit: planlessAtOnce}
	for range planlessRounds {
		more, err := s.cases.Among(ctx, a, f, func(r db.Reader, items []casefile.Item) error {
			last := items[len(items)-1]
			f.After = casefile.Place{At: last.UpdatedAt, ID: last.ID}
			planned, err := withPlan(ctx, r, items)
			for _, i := range items {
				if !planned[i.ID] {
					list = append(list, i)
				}
			}
			return err
		})
		if err != nil || !more || len(list) >= most {
			return list[:min(len(list), most)], err
		}
	}
	return list, nil
}
