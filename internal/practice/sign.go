package practice

import (
	"regexp"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/web"
)

// Manners in which somebody agrees.
var Manners = []string{"screen", "paper", "spoken"}

// Signed is how somebody agreed: on the screen after reading, with a signature or a tick; on paper, photographed or kept in a
// binder; or spoken before a witness.
type Signed struct {
	Manner     string `json:"-"`
	File       db.ID  `json:"-"`                     // the photograph of the paper
	Name       string `json:"name,omitempty"`        // who agreed
	Read       bool   `json:"read,omitempty"`        // ticked: read and agreed
	Mark       string `json:"mark,omitempty"`        // the strokes of the signature, as the path of an SVG in a box of 600 by 200
	WorkerMark string `json:"worker_mark,omitempty"` // the worker's strokes
	KeptAt     string `json:"kept_at,omitempty"`     // where the paper lies
	Witness    string `json:"witness,omitempty"`
}

// maxMark is the most letters the strokes of a signature may take.
const maxMark = 20_000

// strokes is the path of a signature as the page draws it: each stroke begins with M and goes on with L, whole numbers.
var strokes = regexp.MustCompile(`^(M\d{1,3} \d{1,3}(L\d{1,3} \d{1,3})*)*$`)

// check adds what is missing for the manner.
func (s Signed) check(c *fault.Checks) {
	c.Add(web.Length("signer", s.Name, 0, web.MaxName))
	c.Add(web.Length("kept_at", s.KeptAt, 0, web.MaxLine))
	for field, mark := range map[string]string{"mark": s.Mark, "worker_mark": s.WorkerMark} {
		c.Field(len(mark) > maxMark || !strokesOnly(mark), field, "impossible", "practice.sign.impossible")
	}
	switch s.Manner {
	case "screen":
		c.Field(!s.Read && s.Mark == "", "read", "required", "practice.sign.required")
	case "paper":
		c.Field(s.File.IsZero() && s.KeptAt == "", "kept_at", "required", "practice.sign.paper_required")
	case "spoken":
		c.Add(web.Length("witness", s.Witness, 1, web.MaxName))
	default:
		c.Field(true, "manner", "unknown", "error.choice")
	}
}

func strokesOnly(mark string) bool {
	return strokes.MatchString(mark)
}

// readSigned takes it from a form.
func readSigned(f web.Form) Signed {
	return Signed{Manner: f.Line("manner"), Name: f.Line("signer"), Read: f.Checked("read"), Mark: f.Text("mark"), WorkerMark: f.Text("worker_mark"),
		KeptAt: f.Line("kept_at"), Witness: f.Line("witness")}
}
