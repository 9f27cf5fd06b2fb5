package importer_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"teduh/internal/db"
	"teduh/internal/importer"
	"teduh/internal/person"
	"teduh/internal/testkit"
)

func longList(rows int) []byte {
	var b strings.Builder
	b.WriteString("kode,nama\n")
	for i := range rows {
		fmt.Fprintf(&b, "%d,Orang %d\n", i, i)
	}
	return []byte(b.String())
}

func (k *desk) count(t *testing.T) int {
	t.Helper()
	n, err := k.People.Count(t.Context(), k.As("head"), person.Search{})
	if err != nil {
		t.Fatal(err)
	}
	return int(n)
}

// A long list is written in groups of 2,000 rows: others write in between, and what was cut off goes on when the list is read
// again, without a row that is missing or there twice.
func TestALongListLeavesOthersTheirTurnAndGoesOnWhereItWasCutOff(t *testing.T) {
	testkit.Engines(t, func(t *testing.T, d *db.DB) {
		k := newDesk(t, d)
		raw, met := longList(4500), errors.New("the office closes")
		ctx, stop := context.WithCancelCause(t.Context())
		o := importer.SheetOptions{Kind: "people", Progress: func(step string, rows, of int) {
			if step != importer.Writing {
				return
			}
			if rows < 2000 || rows > 2300 || of != 4500 {
				t.Errorf("the first group has %d of %d rows", rows, of)
			}
			if _, err := k.People.Add(t.Context(), k.As("intake"), person.Person{Name: "Siti Aminah"}, true); err != nil {
				t.Error(err)
			}
			if n := k.count(t); n != rows+1 {
				t.Errorf("between two groups %d people are there", n)
			}
			stop(met)
		}}
		first, err := k.importer.Sheet(ctx, k.As("head"), listOf("orang.csv", raw), o)
		if !errors.Is(err, context.Canceled) || first.New != 4500 || first.Taken == 0 || first.Taken == 4500 {
			t.Fatalf("%d of %d: %v", first.Taken, first.New, err)
		}
		rest := k.taken(t, raw, importer.SheetOptions{Kind: "people"})
		if rest.Known != first.Taken || rest.Taken != 4500-first.Taken || rest.New != rest.Taken {
			t.Errorf("the rest: %d there, %d taken", rest.Known, rest.Taken)
		}
		if n := k.count(t); n != 4501 {
			t.Errorf("%d people are there", n)
		}
		if again := k.taken(t, raw, importer.SheetOptions{Kind: "people"}); again.New != 0 || again.Taken != 0 || again.Known != 4500 {
			t.Errorf("a third time: %+v", again)
		}
	})
}
