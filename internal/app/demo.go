package app

import (
	"context"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/demo"
)

// DemoPassword is the one password of all demo accounts. It is printed, which is why the demo serves this machine alone.
const DemoPassword = "rumah teduh untuk semua"

// DemoAccounts is what the demo tells when it opens.
type DemoAccounts struct {
	Password string
	Accounts []DemoAccount
	Stale    bool // its days lie too far back to look alive
}

// DemoAccount is one account of the demo.
type DemoAccount struct {
	Email string
	Name  string
	Role  access.Role
}

var demoAccounts = []DemoAccount{
	{"kepala@demo.teduh.example", "Syarifah Nurdiana", access.Head},
	{"supervisor@demo.teduh.example", "Hendra Simatupang", access.Supervisor},
	{"pekerja@demo.teduh.example", "Rahmah Yuliani", access.Worker},
	{"pekerja2@demo.teduh.example", "Andi Tenri", access.Worker},
	{"psikolog@demo.teduh.example", "Maya Lestari", access.Psychologist},
	{"penerima@demo.teduh.example", "Yulia Tan", access.Intake},
	{"fasilitator@demo.teduh.example", "Zainab Melayu", access.Facilitator},
	{"mitra@demo.teduh.example", "Budi Santoso", access.Partner},
	{"pemantau@demo.teduh.example", "Sri Wahyuni", access.Viewer},
	{"dinas@demo.teduh.example", "Joko Prasetyo", access.Upper},
	{"admin@demo.teduh.example", "Rizky Hasibuan", access.Admin},
	{"auditor@demo.teduh.example", "Lina Wijaya", access.Auditor},
	{"pdp@demo.teduh.example", "Arif Rahman", access.DPO},
}

// Demo fills an empty installation with the made-up office and tells its accounts.
func (a *App) Demo(ctx context.Context) (DemoAccounts, error) {
	told := DemoAccounts{Password: DemoPassword, Accounts: demoAccounts}
	units, err := a.Access.Units(ctx)
	if err != nil {
		return told, err
	}
	if len(units) > 0 {
		begun, err := a.begun(ctx)
		told.Stale = a.Config.Now().Sub(begun) > 14*24*time.Hour
		return told, err
	}
	return told, a.fillDemo(ctx)
}

// begun is when the demo was made: the time in the key of its office.
func (a *App) begun(ctx context.Context) (time.Time, error) {
	u, err := a.Access.FindUnit(ctx, "")
	if err != nil {
		return time.Time{}, err
	}
	return u.ID.Time(), nil
}

func (a *App) fillDemo(ctx context.Context) error {
	system := access.SystemActor(access.Office{})
	office, err := a.Access.AddUnit(ctx, system, access.Unit{Kind: "office", Name: "LK3 Bina Sejahtera", Region: "21.72",
		Zone: "Asia/Jakarta", Prefix: "LK3", MadeUp: true})
	if err != nil {
		return err
	}
	hash, err := access.HashPassword(ctx, DemoPassword)
	if err != nil {
		return err
	}
	for _, acc := range demoAccounts {
		id, err := a.Access.AddUser(ctx, system, access.NewAccount{Email: acc.Email, Name: acc.Name, MadeUp: true})
		if err != nil {
			return err
		}
		grant := access.Grant{Role: acc.Role, Unit: office}
		if acc.Role == access.Facilitator {
			grant.Villages = []string{"21.72.04.1002"}
		}
		if err := a.Access.Grant(ctx, system, id, grant); err != nil {
			return err
		}
		if err := a.Access.SetHash(ctx, system, id, hash); err != nil {
			return err
		}
	}
	return a.fillWork(ctx, office)
}

// fillWork lets the demo's own workers do some months of work.
func (a *App) fillWork(ctx context.Context, office db.ID) error {
	o := demo.Office{People: a.People, Cases: a.Cases, Practice: a.Practice, Calendar: a.Calendar, Now: a.Config.Now()}
	err := a.DB.Read(ctx, func(r db.Reader) error {
		for _, acc := range demoAccounts {
			if acc.Role != access.Worker {
				continue
			}
			c, err := access.ColleagueIn(ctx, r, office, acc.Email)
			if err != nil {
				return err
			}
			actor, err := access.ActorOf(ctx, r, c.ID, office)
			if err != nil {
				return err
			}
			o.Workers = append(o.Workers, actor)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return demo.Fill(ctx, o)
}
