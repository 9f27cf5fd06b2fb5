package journal

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"teduh/internal/db"
	"teduh/internal/fault"
)

// Tree keeps every change in a Merkle tree as RFC 6962 has it, so that whoever noted down a head can tell later whether
// anything before it was changed, taken out or put in between. Changes join it in batches, soon after they are durable and
// in the order they are met there: no act waits for it. Heads are signed with a key that comes of the installation's
// master key, so that whoever writes into the database alone can't make a new one.
type Tree struct {
	db  *db.DB
	key ed25519.PrivateKey
	now func() time.Time
}

// NewTree of an installation; seed holds the 32 bytes of its signing key.
func NewTree(d *db.DB, seed []byte, now func() time.Time) *Tree {
	return &Tree{db: d, key: ed25519.NewKeyFromSeed(seed), now: now}
}

// Head is the tree at a size: its root stands for all changes before.
type Head struct {
	Size      int64
	Root      tlog.Hash
	At        db.Time
	Signature []byte
	edge      []edge
}

// String is the head as it is noted down, «size:root».
func (h Head) String() string { return fmt.Sprintf("%d:%s", h.Size, h.Root) }

// edge is a whole subtree at the right side of the tree, by its number of leaves; the tree grows there.
type edge struct {
	leaves int64
	hash   tlog.Hash
}

// grown is the edge with one more leaf: whole subtrees of one size become one of the next.
func grown(edges []edge, leaf tlog.Hash) []edge {
	last := edge{1, leaf}
	for len(edges) > 0 && edges[len(edges)-1].leaves == last.leaves {
		before := edges[len(edges)-1]
		edges, last = edges[:len(edges)-1], edge{2 * last.leaves, tlog.NodeHash(before.hash, last.hash)}
	}
	return append(edges, last)
}

// rootOf joins the edge from right to left. The tree of nothing has no root.
func rootOf(edges []edge) (root tlog.Hash) {
	for i, e := range slices.Backward(edges) {
		if i == len(edges)-1 {
			root = e.hash
		} else {
			root = tlog.NodeHash(e.hash, root)
		}
	}
	return root
}

// packed is the edge as it is kept beside a head.
func packed(edges []edge) []byte {
	var b []byte
	for _, e := range edges {
		b = append(binary.BigEndian.AppendUint64(b, uint64(e.leaves)), e.hash[:]...)
	}
	return b
}

func unpacked(b []byte) (edges []edge, err error) {
	const size = 8 + tlog.HashSize
	if len(b)%size != 0 {
		return nil, errors.New("journal: the edge of a head can't be read")
	}
	for part := range slices.Chunk(b, size) {
		edges = append(edges, edge{int64(binary.BigEndian.Uint64(part)), tlog.Hash(part[8:])})
	}
	return edges, nil
}

// signed is what a signature stands for.
func (h Head) signed() []byte {
	var b bytes.Buffer
	b.Write(tlog.FormatTree(tlog.Tree{N: h.Size, Hash: h.Root}))
	fmt.Fprintf(&b, "%d\n", h.At.UnixMicro())
	return b.Bytes()
}

// batch is how many changes join in one transaction: few enough that an act waits some milliseconds at most.
const batch = 250

// lateness is how long a transaction may be under way: a change made before it may become visible after later ones.
const lateness = 2 * time.Minute

// Append lets the changes that wait join the tree, and tells how many there were. all looks through the whole journal and
// not only at its end, for what a very long transaction brought late.
func (t *Tree) Append(ctx context.Context, all bool) (joined int, err error) {
	for {
		n, err := t.appendBatch(ctx, all)
		joined += n
		if err != nil || n < batch {
			return joined, err
		}
	}
}

func (t *Tree) appendBatch(ctx context.Context, all bool) (n int, err error) {
	var waiting []leaf
	err = t.db.Read(ctx, func(r db.Reader) error {
		waiting, err = t.waiting(ctx, r, all)
		return err
	})
	if err != nil || len(waiting) == 0 {
		return 0, err
	}
	err = t.db.Write(ctx, func(tx db.Tx) error {
		head, err := lastHead(ctx, tx)
		if err != nil {
			return err
		}
		if waiting, err = t.waiting(ctx, tx, all); err != nil || len(waiting) == 0 {
			return err
		}
		for _, l := range waiting {
			hash := l.hash()
			if err := insertLeaf(ctx, tx, head.Size, l.id, hash); err != nil {
				return err
			}
			head.edge = grown(head.edge, hash)
			head.Size++
		}
		head.Root, head.At = rootOf(head.edge), db.At(t.now())
		head.Signature = ed25519.Sign(t.key, head.signed())
		return insertHead(ctx, tx, head)
	})
	return len(waiting), err
}

func (t *Tree) waiting(ctx context.Context, r db.Reader, all bool) ([]leaf, error) {
	after := db.ID{15: 1}
	if last, err := lastLeaf(ctx, r); err != nil {
		return nil, err
	} else if !all && !last.IsZero() {
		after = earlier(last, lateness)
	}
	return selectWaiting(ctx, r, after, batch)
}

// earlier is the least key made some time before another one: the first six bytes of a UUIDv7 are its milliseconds.
func earlier(id db.ID, by time.Duration) (least db.ID) {
	var ms [8]byte
	copy(ms[2:], id[:6])
	at := binary.BigEndian.Uint64(ms[:]) - uint64(by.Milliseconds())
	binary.BigEndian.PutUint64(ms[:], at)
	copy(least[:6], ms[2:])
	least[15] = 1
	return least
}

// LastHead is the newest head; fault.NotFound while nothing has joined.
func (t *Tree) LastHead(ctx context.Context) (h Head, err error) {
	err = t.db.Read(ctx, func(r db.Reader) error {
		if h, err = lastHead(ctx, r); err == nil && h.Size == 0 {
			err = fault.NotFound()
		}
		return err
	})
	return h, err
}
