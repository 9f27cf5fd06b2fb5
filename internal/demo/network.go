package demo

import (
	"context"
	"fmt"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/partner"
	"teduh/internal/partner/hours"

	"github.com/BurntSushi/toml"
)

// partnerText is one partner of the demo's network as network.toml tells it.
type partnerText struct {
	Name, Kind, PSKS, Description, Website, Remarks, Visibility string
	Street, Village, Address                                    string
	Point                                                       []float64
	Agreement                                                   string
	Agreed                                                      [2]int // days ago that it began, days until it ends
	Checked                                                     int
	Contacts                                                    [][4]string
	Service                                                     []serviceText
}

type serviceText struct {
	Name, Description, Sex, Cost, Documents, Hours, Visibility string
	CostWords                                                  string `toml:"cost_words"`
	Ages                                                       []int  // from and to; 0 leaves the end open
	Needs, Areas, Languages                                    []string
	Places                                                     []int // of which so many are free
	Wheelchair                                                 bool
	Promises                                                   map[string]int
	Checked                                                    int
}

func readNetwork() ([]partnerText, error) {
	var all struct{ Partner []partnerText }
	_, err := toml.DecodeFS(files, "network.toml", &all)
	return all.Partner, err
}

// usersPartner is whose user the demo's partner account is.
const usersPartner = "Puskesmas Tepi Laut"

// network makes the partners and what they offer, before anyone is hired; it gives the partner of the printed account.
func (f *filler) network(ctx context.Context, office access.Office) (db.ID, error) {
	list, err := readNetwork()
	if err != nil {
		return db.ID{}, err
	}
	var users db.ID
	system := access.SystemActor(office)
	for _, t := range list {
		id, err := f.Network.AddPartner(ctx, system, t.partner(f.days))
		if err != nil {
			return users, fmt.Errorf("%s: %w", t.Name, err)
		}
		if t.Name == usersPartner {
			users = id
		}
		f.checks = append(f.checks, check{id: id, partner: true, days: t.Checked})
		if err := f.offers(ctx, system, id, t.Service); err != nil {
			return users, fmt.Errorf("%s: %w", t.Name, err)
		}
	}
	return users, nil
}

func (f *filler) offers(ctx context.Context, system access.Actor, id db.ID, list []serviceText) error {
	for _, t := range list {
		x, err := t.service()
		if err != nil {
			return err
		}
		x.Partner = id
		made, err := f.Network.AddService(ctx, system, x)
		if err != nil {
			return fmt.Errorf("%s: %w", t.Name, err)
		}
		f.checks = append(f.checks, check{id: made, days: t.Checked, free: x.Free})
	}
	return nil
}

// check is an entry that was looked through so many days ago.
type check struct {
	id      db.ID
	partner bool
	days    int
	free    *int // places that were free then
}

// checked lets the head look the entries through, each on its day.
func (f *filler) checked() {
	for i, c := range f.checks {
		f.add(f.moment(c.days, 30+7*i), func(ctx context.Context) error {
			if c.partner {
				return f.Network.CheckPartner(ctx, f.staff.head, c.id, 0)
			}
			if c.free != nil {
				if err := f.Network.TellFree(ctx, f.staff.head, c.id, *c.free, 0); err != nil {
					return err
				}
			}
			return f.Network.CheckService(ctx, f.staff.head, c.id, 0)
		})
	}
}

func (t partnerText) partner(d days) partner.Partner {
	p := partner.Partner{Name: t.Name, Kind: t.Kind, PSKS: t.PSKS, Description: t.Description, Website: t.Website, Remarks: t.Remarks, Visibility: t.Visibility,
		Address: partner.Address{Street: t.Street, Village: t.Village, Visibility: t.Address}}
	if len(t.Point) == 2 {
		p.Address.Point = &partner.Point{Lat: t.Point[0], Lon: t.Point[1]}
	}
	if t.Agreement != "" {
		today := db.DayOf(d.now, d.zone)
		p.Agreement = partner.Agreement{Number: t.Agreement, From: today.AddDays(-t.Agreed[0]), Until: today.AddDays(t.Agreed[1])}
	}
	for _, c := range t.Contacts {
		p.Contacts = append(p.Contacts, partner.Contact{Name: c[0], Role: c[1], Phone: c[2], Email: c[3]})
	}
	return p
}

func (t serviceText) service() (x partner.Service, err error) {
	x = partner.Service{Name: t.Name, Description: t.Description, Cost: t.Cost, CostWords: t.CostWords, Documents: t.Documents, Languages: t.Languages,
		Wheelchair: t.Wheelchair, Promises: t.Promises, Visibility: t.Visibility,
		For: partner.Audience{Sex: t.Sex, Needs: t.Needs, Areas: t.Areas}}
	if len(t.Ages) == 2 {
		x.For.AgeFrom = &t.Ages[0]
		if t.Ages[1] > 0 {
			x.For.AgeTo = &t.Ages[1]
		}
	}
	if len(t.Places) == 2 {
		x.Capacity, x.Free = &t.Places[0], &t.Places[1]
	}
	x.Hours, err = hours.Parse(t.Hours)
	return x, err
}
