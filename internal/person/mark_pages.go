package person

import (
	"context"
	"net/http"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/ui"
	"teduh/internal/web"
)

var markWords = i18n.Family("person.mark.kind.")

// markLooks are icon and tone of each mark.
var markLooks = map[string]ui.Mark{
	"do_not_call": {Icon: "phone-off", Tone: ui.Amber},
	"violence":    {Icon: "shield-alert", Tone: ui.Coral},
	"weapon":      {Icon: "triangle-alert", Tone: ui.Coral},
	"self_harm":   {Icon: "life-buoy", Tone: ui.Coral},
	"infectious":  {Icon: "shield", Tone: ui.Amber},
	"minor":       {Icon: "baby", Tone: ui.Blue},
}

// MarkPills show safety marks beside a name.
func MarkPills(ctx context.Context, marks []Mark) []ui.Mark {
	list := make([]ui.Mark, len(marks))
	for i, m := range marks {
		list[i] = markLooks[m.Kind]
		list[i].Text = markWords.T(ctx, m.Kind)
	}
	return list
}

func markOptions(ctx context.Context) []ui.Option {
	list := make([]ui.Option, len(MarkKinds))
	for i, kind := range MarkKinds {
		list[i] = ui.Option{Value: kind, Label: markWords.T(ctx, kind)}
	}
	return list
}

// ending are the marks that can be ended by hand.
func ending(marks []Mark) (list []Mark) {
	for _, m := range marks {
		if !m.ID.IsZero() {
			list = append(list, m)
		}
	}
	return list
}

func idsOf(found []Found) []db.ID {
	ids := make([]db.ID, len(found))
	for i, f := range found {
		ids[i] = f.ID
	}
	return ids
}

func memberIDs(members []Member) []db.ID {
	ids := make([]db.ID, len(members))
	for i, m := range members {
		ids[i] = m.ID
	}
	return ids
}

func (p *Pages) setMark(w http.ResponseWriter, r *http.Request) error {
	return p.onMark(w, r, "mark_set", func(a access.Actor, person db.ID, f web.Form) error {
		return p.service.SetMark(r.Context(), a, person, f.Line("kind"), f.ID("case"))
	})
}

func (p *Pages) endMark(w http.ResponseWriter, r *http.Request) error {
	mark, err := web.PathID(r, "mark")
	if err != nil {
		return err
	}
	return p.onMark(w, r, "mark_ended", func(a access.Actor, person db.ID, _ web.Form) error {
		return p.service.EndMark(r.Context(), a, person, mark)
	})
}

// onMark runs an act on a person's marks and comes back to the person's page.
func (p *Pages) onMark(w http.ResponseWriter, r *http.Request, said string, act func(access.Actor, db.ID, web.Form) error) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	err = act(access.From(r.Context()), id, f)
	if e, ok := fault.As(err); ok && e.Status == http.StatusUnprocessableEntity {
		return p.showPerson(w, r, err)
	}
	if err != nil {
		return err
	}
	web.Say(w, said)
	return web.Redirect(w, r, "/orang/"+id.String())
}
