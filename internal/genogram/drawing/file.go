package drawing

import "fmt"

func viewBox(s Sheet) string { return fmt.Sprintf("0 0 %d %d", s.Width, s.Height) }

// ownColours dress a file that has no stylesheet beside it, for paper.
const ownColours = `<style>text{fill:#14201f;font-size:14px;font-weight:650}.sub{font-size:12px;font-weight:500;fill:#4a5a58}` +
	`.mid,.age{text-anchor:middle}.end{text-anchor:end}.age{font-weight:700}` +
	`.p{fill:#fff;stroke:#14201f;stroke-width:2.5}.p--me{fill:#d9efeb;stroke:#0f5f58}.p--in{fill:none;stroke:#0f5f58;stroke-width:1.5}` +
	`.k{fill:none;stroke:#14201f;stroke-width:2}.k--x{stroke-width:2.5}.k--dash{stroke-dasharray:7 5}.k--dot{stroke-dasharray:2 5}` +
	`.house{fill:#fbf0d9;fill-opacity:.45;fill-rule:evenodd;stroke:#8a5a00;stroke-width:2;stroke-dasharray:8 6}` +
	`.rel{fill:none;stroke-width:2.5;stroke-linecap:round;stroke-linejoin:round;stroke:#4a5a58}.rel--close{stroke:#2f8f5b}` +
	`.rel--war{stroke:#d2533a}.rel--cut{stroke:#8d5a9e}.rel--far{stroke-dasharray:1 8}.rel--kin{stroke-width:1.5;stroke-dasharray:4 5}` +
	`.eco{fill:#fff;stroke:#8aa09d;stroke-width:2}.eco--c{fill:#0f5f58;stroke:#0f5f58}.on{fill:#fff}` +
	`.tie{fill:none;stroke:#4a5a58;stroke-width:2.5;stroke-linecap:round;stroke-linejoin:round}.tie--strong{stroke:#2f8f5b;stroke-width:6}` +
	`.tie--weak{stroke-dasharray:3 8}.tie--war{stroke:#d2533a}</style>`

// noteRoom moves the name up where a note stands below it.
func noteRoom(note string) int {
	if note == "" {
		return 0
	}
	return lineHeight / 2
}
