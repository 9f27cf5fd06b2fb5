package demo

import (
	"context"
	"math/rand/v2"

	"teduh/internal/db"
	"teduh/internal/genogram"
)

// around is what may surround a family of the demo, as its worker hears of it first.
var around = []genogram.Surrounding{
	{Kind: "school", Strength: "stressful", Flow: "none", Told: genogram.Told{Name: "Sekolah anak", Note: "Sering dipanggil guru"}},
	{Kind: "kin", Strength: "strong", Flow: "in", Told: genogram.Told{Name: "Nenek", Note: "Menjaga anak di sore hari"}},
	{Kind: "neighbours", Strength: "strong", Flow: "both", Told: genogram.Told{Name: "Ketua RT"}},
	{Kind: "work", Strength: "stressful", Flow: "in", Told: genogram.Told{Name: "Tempat kerja", Note: "Upah harian, tidak tetap"}},
	{Kind: "health", Strength: "tenuous", Flow: "in", Told: genogram.Told{Name: "Puskesmas"}},
	{Kind: "religion", Strength: "tenuous", Flow: "both", Told: genogram.Told{Name: "Pengajian"}},
	{Kind: "money", Strength: "stressful", Flow: "out", Told: genogram.Told{Name: "Pinjaman", Note: "Cicilan mingguan"}},
	{Kind: "friends", Strength: "tenuous", Flow: "in", Told: genogram.Told{Name: "Teman sekolah"}},
}

// surround draws what surrounds the family: some of what may, by a chance of its own.
func (l *life) surround() {
	chance := rand.New(rand.NewPCG(seed+1, l.nth))
	if l.body.ID != (db.ID{}) || chance.IntN(4) == 0 {
		return
	}
	picks := chance.Perm(len(around))[:3+chance.IntN(4)]
	l.then(0, func(ctx context.Context) error {
		for _, i := range picks {
			if _, err := l.Drawings.Surround(ctx, l.worker, l.id, around[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// mended tells that one of the ties which pressed has become better.
func (l *life) mended() {
	l.then(0, func(ctx context.Context) error {
		m, err := l.Drawings.Surroundings(ctx, l.worker, l.id)
		if err != nil {
			return err
		}
		for _, x := range m.Now() {
			if x.Strength == "stressful" {
				x.Strength, x.Flow, x.Note = "strong", "both", "Sudah membaik"
				_, err := l.Drawings.ChangeSurrounding(ctx, l.worker, l.id, x)
				return err
			}
		}
		return nil
	})
}
