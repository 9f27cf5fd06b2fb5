package assessment

import (
	"strings"

	"teduh/internal/form"
	"teduh/internal/questions"
	"teduh/internal/web"
)

// readWriting is the form of an assessment as it was posted: the answers, the mark of each as it stood when the form was made,
// and the edition.
func readWriting(f web.Form) Writing {
	w := Writing{Edition: f.Line("edition"), Was: map[string]string{}, Read: func(d *form.Definition) form.Answers { return questions.Read(d, f) }}
	for name := range f.Values {
		if id, ok := strings.CutPrefix(name, wasField("")); ok {
			w.Was[id] = f.Get(name)
		}
	}
	return w
}
