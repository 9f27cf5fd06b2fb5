package journal

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"teduh/internal/db"
)

// Proof is what came of recomputing the tree.
type Proof struct {
	Size     int64    `json:"size"`
	Root     string   `json:"root"`
	Heads    int      `json:"heads"` // signed heads that were compared
	Waiting  bool     `json:"waiting"`
	Findings []string `json:"findings"` // empty: nothing was changed, taken out or put in
}

// mostFindings are told; where there are more, the first ones say enough.
const mostFindings = 20

func (p *Proof) find(words string, args ...any) {
	if len(p.Findings) < mostFindings {
		p.Findings = append(p.Findings, fmt.Sprintf(words, args...))
	}
}

// Verify recomputes the tree from the journal's rows and compares it with every signed head, and with a head that somebody
// noted down («size:root»), where one is given.
func (t *Tree) Verify(ctx context.Context, noted string) (p Proof, err error) {
	p.Findings = []string{}
	noteSize, noteRoot, err := readNote(noted)
	if err != nil {
		return p, err
	}
	err = t.db.Read(ctx, func(r db.Reader) error {
		v := verifying{tree: t, proof: &p, heads: map[int64]Head{}}
		if err := v.walk(ctx, r, noteSize, noteRoot); err != nil {
			return err
		}
		waiting, err := t.waiting(ctx, r, true)
		p.Waiting = len(waiting) > 0
		return err
	})
	return p, err
}

func readNote(noted string) (size int64, root tlog.Hash, err error) {
	if noted == "" {
		return -1, root, nil
	}
	number, text, ok := strings.Cut(noted, ":")
	if ok {
		if size, err = strconv.ParseInt(number, 10, 64); err == nil {
			root, err = tlog.ParseHash(text)
		}
	}
	if !ok || err != nil {
		return 0, root, errors.New("write the head as SIZE:ROOT, as teduh audit verify prints it")
	}
	return size, root, nil
}

// verifying walks over leaves and heads side by side, each in their order, page by page.
type verifying struct {
	tree  *Tree
	proof *Proof
	edges []edge
	size  int64 // leaves so far
	next  int64 // the place to read from
	heads map[int64]Head
}

const page = 1000

func (v *verifying) walk(ctx context.Context, r db.Reader, noteSize int64, noteRoot tlog.Hash) error {
	for {
		leaves, err := selectLeaves(ctx, r, v.next, page)
		if err != nil {
			return err
		}
		if v.heads, err = headsBetween(ctx, r, v.size+1, v.size+int64(max(len(leaves), 1))); err != nil {
			return err
		}
		for _, l := range leaves {
			v.grow(l)
			if v.size == noteSize && rootOf(v.edges) != noteRoot {
				v.proof.find("the tree of %d changes is not the one that was noted down", noteSize)
			}
		}
		if len(leaves) < page {
			return v.end(ctx, r, noteSize)
		}
	}
}

// grow adds one leaf and compares a head of that size.
func (v *verifying) grow(l keptLeaf) {
	if l.n != v.next {
		v.proof.find("place %d of the tree is empty: the next one taken is %d", v.next, l.n)
	}
	v.next = l.n + 1
	switch {
	case l.missing:
		v.proof.find("the change at place %d is no longer in the journal", l.n)
	case l.leaf.hash() != l.hash:
		v.proof.find("the change at place %d (%s, %s) is not what it was when it joined", l.n, l.code, l.id)
	}
	v.edges = grown(v.edges, l.hash)
	v.size++
	if h, ok := v.heads[v.size]; ok {
		v.compare(h)
	}
}

func (v *verifying) compare(h Head) {
	v.proof.Heads++
	if !ed25519.Verify(v.tree.key.Public().(ed25519.PublicKey), h.signed(), h.Signature) {
		v.proof.find("the head of %d changes was not signed with this installation's key", h.Size)
	}
	if root := rootOf(v.edges); root != h.Root {
		v.proof.find("the tree of %d changes has another root than its signed head", h.Size)
	}
}

// end compares what stands at the end: the newest head must cover every leaf.
func (v *verifying) end(ctx context.Context, r db.Reader, noteSize int64) error {
	last, err := lastHead(ctx, r)
	if err != nil {
		return err
	}
	if last.Size != v.size {
		v.proof.find("the newest head counts %d changes, the tree holds %d", last.Size, v.size)
	}
	if noteSize > v.size {
		v.proof.find("a head of %d changes was noted down, the tree holds %d", noteSize, v.size)
	}
	v.proof.Size = v.size
	if v.size > 0 {
		v.proof.Root = rootOf(v.edges).String()
	}
	return nil
}
