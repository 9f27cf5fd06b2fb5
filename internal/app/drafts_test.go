package app_test

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"teduh/internal/access"
)

// What a worker typed into the assessment waits on the server for them alone. The head writes the same part meanwhile: the worker
// sees both before anything is written over, and once it is kept the draft is gone.
func TestAnAssessmentWaitsForItsAuthor(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		opened := strings.Replace(w.melatisCase("worker", ""), "/api/v1/cases/", "/kasus/", 1)
		page := opened + "/asesmen"
		waits := []string{"Draf tersimpan 0", "Draf tersimpan 1", "Draf tersimpan 2"} // with the hour
		mark := func(role access.Role) string {
			t.Helper()
			found := regexp.MustCompile(`name="was-problem" value="([0-9a-f]{16})"`).FindStringSubmatch(w.ask(role, "GET", page, "").Body.String())
			if found == nil {
				t.Fatal("the form does not say what it was made from")
			}
			return found[1]
		}
		typed := url.Values{"q-problem": {"Takut diejek"}, "was-problem": {mark("worker")}, "q-mind": {""}, "was-mind": {mark("worker")}}
		w.wantPage("kept as typed", w.post("worker", opened+"/draf/assessment", typed), 200, []string{"saved_at"}, nil)
		w.wantPage("no such form", w.post("worker", opened+"/draf/lain", typed), 404, nil, nil)
		w.wantPage("it waits", w.ask("worker", "GET", page, ""), 200, []string{"Takut diejek", "Draf tersimpan"}, nil)
		w.wantPage("for its author alone", w.ask("head", "GET", page, ""), 200, nil, append([]string{"Takut diejek"}, waits...))
		w.wantPage("the head writes", w.post("head", page, url.Values{"q-problem": {"Sepatunya rusak"}, "was-problem": {mark("head")}, "q-mind": {"Sedih"}}), 303, nil, nil)
		w.wantPage("still what was typed, beside what the head wrote", w.ask("worker", "GET", page, ""), 200, []string{"Takut diejek", "Sedih"}, nil)
		lost := w.post("worker", page, typed)
		w.wantPage("a lost race", lost, 409, []string{"Yang tersimpan sekarang", "Sepatunya rusak", "Takut diejek", "Sedih"}, nil)
		typed.Set("was-problem", regexp.MustCompile(`name="was-problem" value="([0-9a-f]{16})"`).FindStringSubmatch(lost.Body.String())[1])
		w.wantPage("after both were read", w.post("worker", page, typed), 303, nil, nil)
		w.wantPage("kept for good", w.ask("head", "GET", page, ""), 200, []string{"Takut diejek", "Sedih"}, []string{"Sepatunya rusak"})
		w.wantPage("and the draft is gone", w.ask("worker", "GET", page, ""), 200, []string{"Takut diejek"}, waits)
		w.wantPage("an emptied form is no draft", w.post("worker", opened+"/draf/safety", url.Values{"text": {"Ke nenek"}, "version": {"0"}}), 200, nil, nil)
		w.post("worker", opened+"/draf/safety", url.Values{"text": {" "}, "version": {"0"}})
		w.wantPage("nothing waits", w.ask("worker", "GET", opened+"/keselamatan", ""), 200, nil, []string{"Ke nenek"})
	})
}

// What is typed is there on another machine, where the browser of the first one was closed.
func TestWhatWasTypedIsThereOnAnotherMachine(t *testing.T) {
	t.Parallel()
	w, base := desks(t)
	page := w.opened(access.Worker, "Melati Kencana")
	for _, x := range []struct{ part, name, label, save, said string }{
		{"asesmen", "q-problem", "Apa yang membuat klien datang?", "Simpan asesmen", "Asesmen tersimpan."},
		{"keselamatan", "signs", "Tanda bahaya", "Simpan rencana keselamatan", "Rencana keselamatan tersimpan."},
		{"musyawarah", "decided", "Keputusan keluarga", "", ""},
		{"rencana", "measure", "Bagaimana diukur", "", ""},
	} {
		one := desk(t, base, access.Worker, 1280)
		one.Go(base + page + "/" + x.part)
		one.Write(x.label, "Ditulis separuh sore ini")
		saved := fmt.Sprintf(`(f => f.querySelector("[data-draft-state]").hidden === false && f.querySelector("[data-draft-text]").textContent.startsWith("Draf tersimpan"))(document.querySelector("main [name=%s]").form)`, x.name)
		one.Is(saved)
		settled(t, one, base)
		other := desk(t, base, access.Worker, 360)
		other.Go(base + page + "/" + x.part)
		value := fmt.Sprintf(`document.querySelector("main [name=%s]").value`, x.name)
		other.Is(value + ` === "Ditulis separuh sore ini" && ` + saved)
		if x.save == "" {
			continue
		}
		clean(t, other)
		other.Leave(x.save)
		other.Says(x.said)
		other.Go(base + page + "/" + x.part)
		other.Is(fmt.Sprintf(`document.querySelector("main [name=%s]").form.querySelector("[data-draft-state]").hidden`, x.name))
		settled(t, other, base)
	}
}
