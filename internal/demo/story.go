package demo

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"sync"

	"github.com/BurntSushi/toml"
)

// The stories are texts of their own, one file each, so that someone who writes no program can mend them.
//
//go:embed stories/*.toml requests.toml network.toml
var files embed.FS

// story is one kind of trouble: whom it meets, how it was worked on, and how it may end.
type story struct {
	name       string
	Times      int // how many cases; 0 means its share of what is left
	Categories []string
	Channels   []string
	Home       string // the household, see homeKinds; empty for a body
	Body       struct {
		Kind     string
		BodyKind string `toml:"body_kind"`
		Name     string
		Members  [2]int
	}
	Client   string // who is served: a part in the household, or «family»
	Child    [2]int // how old the child is, from and to
	ChildSex string `toml:"child_sex"`
	Secrecy  int    // 0 is ordinary
	Alias    string // the child's name where the identity is protected
	Hidden   string // whose address is confidential
	Parts    map[string]string
	Marks    map[string]string
	Danger   []string
	Risk     [][2]string // level and reason, in the order of time
	Request  string
	Service  []string // partner services it may be referred to
	Note     []noteText
	Assess   map[string]string // what was told, by question
	Chosen   map[string]string // the codes that were chosen, by question
	Goal     []goalText
	Tasks    []string
	Safety   safety
	Word     string // of the client, at the end
	Follow   string
	Reopen   string
}

type noteText struct {
	Kind     string
	Minutes  [2]int
	Place    string
	With     string
	Text     string
	Next     string
	Services []string
}

type goalText struct {
	Aim     string
	Words   string
	Measure string
	Steps   [][2]string // what and who
}

// requestText is what came through a door and became no case of the stories.
type requestText struct {
	State      string // now, new, vain, contacted, or an outcome of triage
	Late       bool
	Channels   []string
	Kind       string
	Danger     []string
	Categories []string
	Relation   string
	Text       string
	Safe       string
	Note       string // of the contact
	Word       string // of the decision
	Sender     string // who referred, where it is not the one who told
	SenderKind string `toml:"sender_kind"` // empty is the demo's partner, by its own account
}

var stories = sync.OnceValues(func() ([]*story, error) {
	entries, err := files.ReadDir("stories")
	if err != nil {
		return nil, err
	}
	list := make([]*story, len(entries))
	for i, e := range entries {
		list[i] = &story{name: e.Name()}
		if _, err := toml.DecodeFS(files, path.Join("stories", e.Name()), list[i]); err != nil {
			return nil, fmt.Errorf("demo: %s: %w", e.Name(), err)
		}
	}
	return list, nil
})

func readRequests() ([]requestText, error) {
	var all struct{ Request []requestText }
	_, err := toml.DecodeFS(files, "requests.toml", &all)
	return all.Request, err
}

// times are how many cases each story has among all.
func times(list []*story, all int) []int {
	counts, open := make([]int, len(list)), 0
	for i, st := range list {
		counts[i] = st.Times
		all -= st.Times
		if st.Times == 0 {
			open++
		}
	}
	for i, st := range list {
		if st.Times == 0 {
			counts[i] = all / open
			all -= counts[i]
			open--
		}
	}
	return counts
}

// safety is what keeps someone safe; helpers and experts are names with their numbers.
type safety struct {
	Signs, Coping, Distract, Safe string
	Helpers, Experts              [][]string
}

// texts are all of its words.
func (s safety) texts() (list []string) {
	for _, x := range slices.Concat(s.Helpers, s.Experts) {
		list = append(list, x...)
	}
	return append(list, s.Signs, s.Coping, s.Distract, s.Safe)
}
