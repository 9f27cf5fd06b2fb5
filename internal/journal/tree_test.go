package journal

import (
	"encoding/binary"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"
)

// kept are the hashes of a tree as the library keeps them.
type kept []tlog.Hash

// ReadHashes implements tlog.HashReader.
func (k kept) ReadHashes(places []int64) ([]tlog.Hash, error) {
	list := make([]tlog.Hash, len(places))
	for i, p := range places {
		list[i] = k[p]
	}
	return list, nil
}

// Growing by the edge gives at every size the root that the library of Go's checksum database gives.
func TestTheTreeIsThatOfTheLibrary(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var edges []edge
		var stored kept
		for n := range int64(rapid.IntRange(1, 130).Draw(t, "leaves")) {
			record := binary.BigEndian.AppendUint64(nil, rapid.Uint64().Draw(t, "record"))
			more, err := tlog.StoredHashes(n, record, stored)
			if err != nil {
				t.Fatal(err)
			}
			stored = append(stored, more...)
			edges = grown(edges, tlog.RecordHash(record))
			want, err := tlog.TreeHash(n+1, stored)
			if err != nil || rootOf(edges) != want {
				t.Fatalf("at %d leaves: %v, want %v: %v", n+1, rootOf(edges), want, err)
			}
			back, err := unpacked(packed(edges))
			if err != nil || rootOf(back) != want {
				t.Fatalf("at %d leaves: the kept edge gives %v: %v", n+1, rootOf(back), err)
			}
		}
	})
}
