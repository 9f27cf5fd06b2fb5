package demo

import (
	"context"

	"teduh/internal/person"
)

// makeBody makes a group, organisation or community for a story, with someone who speaks for it.
func (f *filler) makeBody(st *story) (person.Client, voice) {
	village := pick(f, f.codes)
	v := voice{f.chance, f.surroundings(village)}
	b := st.Body
	c := person.Client{Kind: b.Kind, BodyKind: b.BodyKind, Name: v.say(b.Name), Village: village, Members: b.Members[0] + f.chance.IntN(b.Members[1]-b.Members[0])}
	v.words["klien"] = c.Name
	speaker, role := v.words["ketua"], "Ketua RT"
	if b.BodyKind == "school" {
		speaker, role = v.words["guru"], "Wali kelas"
	}
	c.Sealed.Contacts = []person.Contact{{Name: speaker, Role: role, Phone: f.phone()}}
	return c, v
}

// knowBody registers the client of a case that is no family.
func (l *life) knowBody(ctx context.Context) error {
	added, _, err := l.People.AddBody(ctx, l.staff.intake[0], l.body, true)
	l.client = person.ClientChoice{Kind: added.Kind, Client: added.ID}
	return err
}
