package access

import (
	"context"
	"sync"
	"time"

	"teduh/internal/journal"
)

// recentLasts is how long an API token is taken at its word before it is looked up again. Together with the time of a
// request it stays well under the second within which a disabled account is out, also when another process disabled it.
const recentLasts = 400 * time.Millisecond

// recentMost bounds the memory: a program that calls without rest has one token.
const recentMost = 1024

// recent holds the actors of the tokens that called in the last moment, by the hash of the token: a program that fetches a
// thousand cases is looked up a few times, not a thousand. Every change of accounts in this process empties it at once.
type recent struct {
	mu     sync.Mutex
	actors map[string]recentActor
	age    uint64 // counts the times it was emptied
}

type recentActor struct {
	Actor
	at time.Time
}

func (c *recent) find(hash []byte, now time.Time) (a Actor, age uint64, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	kept, ok := c.actors[string(hash)]
	past := now.Sub(kept.at)
	return kept.Actor, c.age, ok && past >= 0 && past < recentLasts
}

// keep remembers an actor that was looked up, unless something was changed since find answered with this age.
func (c *recent) keep(hash []byte, a Actor, now time.Time, age uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if age != c.age {
		return
	}
	if c.actors == nil || len(c.actors) >= recentMost {
		c.actors = map[string]recentActor{}
	}
	c.actors[string(hash)] = recentActor{a, now}
}

func (c *recent) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.actors, c.age = nil, c.age+1
}

// write changes accounts, roles, tokens or units, and lets no one go on as who they were before.
func (s *Service) write(ctx context.Context, fn func(*journal.Tx) error) error {
	defer s.recent.forget()
	return s.journal.Write(ctx, fn)
}
