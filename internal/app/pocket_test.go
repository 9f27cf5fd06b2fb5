package app_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"teduh/internal/practice"
)

var outOfTag = regexp.MustCompile(`(?s)<style.*?</style>|<[^>]*>`)

// The card to carry along tells nobody what it is: in both languages no such word stands on it, nor the office's name or the
// program's, unless the worker typed it, and then the worker is warned.
func TestThePocketCardBetraysNothing(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		opened := strings.Replace(w.melatisCase("worker", ""), "/api/v1/cases/", "/kasus/", 1)
		w.wantPage("no plan, no card", w.ask("worker", "GET", opened+"/kartu", ""), 404, nil, nil)
		plan := url.Values{"signs": {"Tidak tidur"}, "coping": {"Menyiram bunga"}, "distract": {"Surau"}, "helper_name_1": {"Kakak"}, "helper_phone_1": {"0800-0000-0042"},
			"expert_name_1": {"Bu Dewi"}, "safe": {"Kunci dititipkan"}, "text": {"Setiap Senin"}, "version": {"0"}}
		w.wantPage("written", w.post("worker", opened+"/keselamatan", plan), 303, nil, nil)
		said := []string{"Tidak tidur", "Menyiram bunga", "Surau", "Kakak", "0800-0000-0042", "Bu Dewi", "129", "Kunci dititipkan", "Setiap Senin"}
		forbidden := []string{"bunuh diri", "keselamatan", "kekerasan", "lk3", "teduh", "bina sejahtera", "korban", "darurat", "krisis", "rencana", "kasus", "klien", "melati",
			"sapa", "jiwa", "suicide", "safety", "violence", "emergency", "crisis", "case", "client", "plan"}
		for _, language := range []string{"id", "en"} {
			page := w.ask("worker", "GET", opened+"/kartu", "", "Accept-Language", language)
			w.wantPage(language, page, 200, said, []string{`class="note`})
			text := outOfTag.ReplaceAllString(page.Body.String(), " ")
			for _, word := range append(forbidden, practice.Betrays(text)...) {
				if strings.Contains(strings.ToLower(text), word) {
					t.Errorf("%s: the card says %q: %s", language, word, text)
				}
			}
		}
		plan.Set("coping", "Telepon konselor bila ingin bunuh diri")
		plan.Set("version", "1")
		w.wantPage("written anew", w.post("worker", opened+"/keselamatan", plan), 303, nil, nil)
		for _, page := range []string{"/kartu", "/asesmen"} {
			w.wantPage("a warning on "+page, w.ask("worker", "GET", opened+page, ""), 200, []string{`class="note`, "«bunuh diri», «konselor»"}, nil)
		}
	})
}
