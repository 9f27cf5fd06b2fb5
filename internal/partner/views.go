package partner

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"teduh/internal/access"
	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/region"
	"teduh/internal/ui"
	"teduh/internal/unit"
	"teduh/internal/web"
)

// The addresses of the office's side and of the partner's own.
const (
	listAddress    = "/mitra"
	serviceAddress = "/layanan-mitra"
	ownAddress     = "/layanan-kami"
)

// The views of the directory, as they stand in an address.
const (
	viewServices = "layanan"
	viewPartners = "organisasi"
	viewStale    = "periksa"
	viewEnded    = "berakhir"
)

type listView struct {
	View     string
	Actor    access.Actor
	Values   url.Values
	Ask      Ask
	Found    Found
	Partners []Partner
	Services []Service // stale or ended ones
	Stale    int
	Now      time.Time
	Next     string
}

// toggles are the filters that are on or off, by their name in the address.
var toggles = []string{"buka", "tempat", "gratis", "kursi_roda"}

func (v listView) query() url.Values {
	q := url.Values{}
	for name, values := range v.Values {
		if name != "cursor" && len(values) > 0 && values[0] != "" {
			q[name] = values
		}
	}
	return q
}

func (v listView) with(name, value string) string {
	q := v.query()
	q.Set(name, value)
	return listAddress + "?" + q.Encode()
}

func (v listView) without(name string) string {
	q := v.query()
	q.Del(name)
	return listAddress + "?" + q.Encode()
}

func (v listView) views(ctx context.Context) (chips []ui.Chip) {
	for _, view := range []string{viewServices, viewPartners, viewStale, viewEnded} {
		if view == viewEnded && !v.Actor.Can(access.PartnerWrite) {
			continue
		}
		c := ui.Chip{Text: viewWords.T(ctx, view), Href: listAddress + "?lihat=" + view, Current: v.View == view}
		if view == viewServices {
			c.Href = listAddress
		}
		if view == viewStale {
			c.Count = &v.Stale
		}
		chips = append(chips, c)
	}
	return chips
}

// filters are what can be switched on and off by one tap, then what else narrows the list.
func (v listView) filters(ctx context.Context) (chips []ui.Chip) {
	for _, name := range toggles {
		c := ui.Chip{Text: toggleWords.T(ctx, name), Href: v.with(name, "1")}
		if v.Values.Get(name) != "" {
			c.Href, c.Current = v.without(name), true
		}
		chips = append(chips, c)
	}
	add := func(name, words string) {
		chips = append(chips, ui.Chip{Text: words, Href: v.without(name), Current: true, Remove: true})
	}
	if v.Ask.Text != "" {
		add("q", "«"+v.Ask.Text+"»")
	}
	if v.Ask.Need != "" {
		add("kebutuhan", unit.From(ctx).Category(ctx, v.Ask.Need))
	}
	if name, ok := region.Name(v.Ask.Near); ok {
		add("dekat", i18n.T(ctx, "partner.near", "place", name))
	}
	if v.Ask.Age != nil {
		add("umur", i18n.T(ctx, "partner.aged", "n", *v.Ask.Age))
	}
	if v.Ask.Sex != "" {
		add("jk", sexWords.T(ctx, v.Ask.Sex))
	}
	if v.Ask.Language != "" && languageWords.Has(v.Ask.Language) {
		add("bahasa", languageWords.T(ctx, v.Ask.Language))
	}
	return chips
}

func (v listView) age() string { return digits(v.Ask.Age) }

// kept are the switches of the address, which the form of the search carries along.
func (v listView) kept() (names []string) {
	for _, name := range toggles {
		if v.Values.Get(name) != "" {
			names = append(names, name)
		}
	}
	return names
}

func (v listView) fitRow(ctx context.Context, f Fit) ui.RowProps {
	row := serviceRow(ctx, f.Service, v.Now)
	if why := f.Why(ctx); why != "" {
		row.Lines = append(row.Lines, why)
	}
	return row
}

func serviceRow(ctx context.Context, x Service, now time.Time) ui.RowProps {
	row := ui.RowProps{Title: x.Name, Href: serviceAddress + "/" + x.ID.String(), Icon: iconOf(x.PartnerKind), Tone: ui.Teal, Marks: x.Marks(ctx, now)}
	switch {
	case x.PartnerName == "":
		row.Lines = []string{i18n.T(ctx, "partner.whose_unknown")}
	case x.PartnerName != x.Name:
		row.Lines = []string{x.PartnerName}
	}
	if !x.EndedAt.IsZero() {
		row.Tone, row.Marks = ui.Neutral, []ui.Mark{endedMark(ctx)}
	}
	return row
}

func partnerRow(ctx context.Context, p Partner, today db.Date) ui.RowProps {
	row := ui.RowProps{Title: p.Name, Href: listAddress + "/" + p.ID.String(), Icon: iconOf(p.Kind), Tone: ui.Teal, Lines: []string{kindWords.T(ctx, p.Kind)}}
	if at := addressLines(p.Address); at != "" {
		row.Lines = append(row.Lines, at)
	}
	row.Marks = partnerMarks(ctx, p, today)
	return row
}

func endedMark(ctx context.Context) ui.Mark {
	return ui.Mark{Text: i18n.T(ctx, "partner.ended"), Icon: "archive"}
}

func partnerMarks(ctx context.Context, p Partner, today db.Date) (marks []ui.Mark) {
	if !p.EndedAt.IsZero() {
		marks = append(marks, endedMark(ctx))
	}
	if m, hidden := visibilityMark(ctx, p.Visibility); hidden {
		marks = append(marks, m)
	}
	switch {
	case p.Agreement.On(today):
		marks = append(marks, ui.Mark{Text: i18n.T(ctx, "partner.agreement.on"), Icon: "handshake", Tone: ui.Green})
	case p.Agreement.Number != "":
		marks = append(marks, ui.Mark{Text: i18n.T(ctx, "partner.agreement.over"), Icon: "hourglass", Tone: ui.Amber})
	}
	if p.EndedAt.IsZero() && p.Checked.Stale(today) {
		marks = append(marks, staleMark(ctx))
	}
	return marks
}

func staleMark(ctx context.Context) ui.Mark {
	return ui.Mark{Text: i18n.T(ctx, "partner.stale"), Icon: "refresh-cw", Tone: ui.Amber}
}

// checkedWords say when an entry was looked through, and by whom.
func checkedWords(ctx context.Context, c Checked) string {
	switch {
	case c.On == "":
		return i18n.T(ctx, "partner.checked.never")
	case c.Name == "":
		return i18n.T(ctx, "partner.checked.on", "day", i18n.Day(ctx, c.On))
	}
	return i18n.T(ctx, "partner.checked.by", "day", i18n.Day(ctx, c.On), "who", c.Name)
}

// entryView is one partner with what it offers.
type entryView struct {
	Partner  Partner
	Services []Service
	Opened   *Address // the hidden address, just opened
	Actor    access.Actor
	Own      bool // as its own people see it
	Now      time.Time
	Err      error
}

func (v entryView) today() db.Date { return db.DayOf(v.Now, v.Actor.Zone()) }

func (v entryView) writes() bool { return v.Actor.Can(access.PartnerWrite) && !v.Own }

func (v entryView) href(part string) string {
	if v.Own {
		return ownAddress + part
	}
	return listAddress + "/" + v.Partner.ID.String() + part
}

func (v entryView) row(ctx context.Context, x Service) ui.RowProps {
	row := serviceRow(ctx, x, v.Now)
	row.Lines = []string{audienceWords(ctx, x.For)}
	if v.Own {
		row.Href = ownAddress + "/" + x.ID.String()
	}
	if x.EndedAt.IsZero() && x.Checked.Stale(v.today()) {
		row.Marks = append(row.Marks, staleMark(ctx))
	}
	return row
}

func (v entryView) facts(ctx context.Context) []ui.Fact {
	p := v.Partner
	facts := []ui.Fact{{Label: i18n.T(ctx, "partner.field.kind"), Value: kindWords.T(ctx, p.Kind)}}
	if p.PSKS != "" {
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "partner.field.psks"), Value: psksWords.T(ctx, p.PSKS)})
	}
	facts = append(facts, ui.Fact{Label: i18n.T(ctx, "partner.field.website"), Value: p.Website, Href: p.Website})
	if p.Agreement.Number != "" {
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "partner.field.agreement"), Value: agreementWords(ctx, p.Agreement)})
	}
	if !v.Own {
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "partner.field.visibility"), Value: visibilityWords.T(ctx, p.Visibility)})
	}
	return append(facts, ui.Fact{Label: i18n.T(ctx, "partner.field.checked"), Value: checkedWords(ctx, p.Checked)})
}

func agreementWords(ctx context.Context, g Agreement) string {
	if g.Until == "" {
		return i18n.T(ctx, "partner.agreement.since", "number", g.Number, "from", i18n.Day(ctx, g.From))
	}
	return i18n.T(ctx, "partner.agreement.between", "number", g.Number, "from", i18n.Day(ctx, g.From), "until", i18n.Day(ctx, g.Until))
}

// offerView is one service.
type offerView struct {
	Service Service
	Partner Partner
	Opened  *Address
	Actor   access.Actor
	Own     bool
	Now     time.Time
	Err     error
}

func (v offerView) href(part string) string {
	if v.Own {
		return ownAddress + "/" + v.Service.ID.String() + part
	}
	return serviceAddress + "/" + v.Service.ID.String() + part
}

func (v offerView) writes() bool { return v.Actor.Can(access.PartnerWrite) && !v.Own }

func (v offerView) keeps() bool { return v.Own || v.writes() }

func (v offerView) stale() bool {
	return v.Service.EndedAt.IsZero() && v.Service.Checked.Stale(db.DayOf(v.Now, v.Actor.Zone()))
}

// at is where the service stands.
func (v offerView) at() Address {
	if v.Service.OwnPlace {
		return v.Service.Address
	}
	return v.Partner.Address
}

func (v offerView) facts(ctx context.Context) []ui.Fact {
	x := v.Service
	cost := x.CostWords
	if x.Cost != "" {
		cost = joined(costWords.T(ctx, x.Cost), x.CostWords)
	}
	facts := []ui.Fact{
		{Label: i18n.T(ctx, "partner.field.for"), Value: audienceWords(ctx, x.For)},
		{Label: i18n.T(ctx, "partner.field.needs"), Value: needWords(ctx, x.For.Needs)},
		{Label: i18n.T(ctx, "partner.field.areas"), Value: areaWords(x.For.Areas)},
		{Label: i18n.T(ctx, "partner.field.cost"), Value: cost},
		{Label: i18n.T(ctx, "partner.field.documents"), Value: x.Documents},
		{Label: i18n.T(ctx, "partner.field.languages"), Value: wordsOf(ctx, languageWords, x.Languages)},
	}
	if x.Wheelchair {
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "partner.field.access"), Value: i18n.T(ctx, "partner.wheelchair")})
	}
	if !v.Own {
		facts = append(facts, ui.Fact{Label: i18n.T(ctx, "partner.field.visibility"), Value: visibilityWords.T(ctx, x.Visibility)})
	}
	return append(facts, ui.Fact{Label: i18n.T(ctx, "partner.field.checked"), Value: checkedWords(ctx, x.Checked)})
}

func joined(a, b string) string {
	if b == "" {
		return a
	}
	return a + ". " + b
}

// weekRows are the days with their hours; days in a row that keep the same ones stand together.
func weekRows(ctx context.Context, x Service) (facts []ui.Fact) {
	for i := 0; i < len(weekdays); {
		words, last := dayText(x.Hours.Days[weekdays[i]]), i
		for last+1 < len(weekdays) && dayText(x.Hours.Days[weekdays[last+1]]) == words {
			last++
		}
		label := dayWord(ctx, weekdays[i])
		if last > i {
			label += "–" + dayWord(ctx, weekdays[last])
		}
		facts = append(facts, ui.Fact{Label: label, Value: firstOf(words, i18n.T(ctx, "partner.hours.closed"))})
		i = last + 1
	}
	return facts
}

// dayWord is a weekday's name: 1 November 2026 is a Sunday.
func dayWord(ctx context.Context, day time.Weekday) string {
	return i18n.Weekday(ctx, time.Date(2026, 11, 1+int(day), 12, 0, 0, 0, i18n.Zone(ctx)))
}

func (v offerView) promises(ctx context.Context) (facts []ui.Fact) {
	for _, urgency := range unit.Urgencies {
		if n, ok := v.Service.Promises[urgency]; ok {
			facts = append(facts, ui.Fact{Label: urgencyWords.T(ctx, urgency), Value: i18n.T(ctx, "partner.promise", "n", n)})
		}
	}
	return facts
}

// stepper are the numbers of free places that one tap tells.
func (v offerView) stepper(step int) string {
	free := 0
	if v.Service.Free != nil {
		free = *v.Service.Free
	}
	return strconv.Itoa(max(0, free+step))
}

// atMost tells that there is no place more to tell of.
func (v offerView) atMost() bool {
	x := v.Service
	return x.Free != nil && x.Capacity != nil && *x.Free >= *x.Capacity
}

// formView is a form of a partner or of a service, with what was typed.
type formView struct {
	Title   string
	Action  string
	Back    ui.Link
	Form    web.Form
	Err     error
	Own     bool
	Actor   access.Actor
	Units   []access.Unit
	Choices []Partner // whose a service may be
	Theirs  []ui.Fact // what stands now, after a lost race
	Keeps   bool      // a hidden address stands and is kept unless another one is typed
	Sealed  bool      // the address is hidden from its own people
}

func (v formView) lostRace() bool { return fault.Is(v.Err, "version_changed") }

func (v formView) err(ctx context.Context, name string) string {
	return ui.ErrorsOf(ctx, v.Err).On(name)
}

// errAt is what is wrong by any of the names a field has.
func (v formView) errAt(ctx context.Context, names ...string) string {
	for _, name := range names {
		if words := v.err(ctx, name); words != "" {
			return words
		}
	}
	return ""
}

func (v formView) get(name string) string { return v.Form.Get(name) }

// nth is what was typed of the n-th person to ask for.
func (v formView) nth(name string, n int) string {
	if n < len(v.Form.Values[name]) {
		return v.Form.Values[name][n]
	}
	return ""
}

// contactRows are as many as there are people, and one more.
func (v formView) contactRows() int { return min(len(v.Form.Values[contactFields[0]])+1, MaxContacts) }

func (v formView) unitOptions(ctx context.Context) []ui.Option {
	list := []ui.Option{{Label: i18n.T(ctx, "partner.unit_none")}}
	for _, u := range v.Units {
		if u.ID != v.Actor.Office.ID && u.Kind == "office" {
			list = append(list, ui.Option{Value: u.ID.String(), Label: u.Name})
		}
	}
	return list
}

func (v formView) partnerOptions(ctx context.Context) []ui.Option {
	list := []ui.Option{{Label: i18n.T(ctx, "partner.whose_unknown")}}
	for _, p := range v.Choices {
		list = append(list, ui.Option{Value: p.ID.String(), Label: p.Name})
	}
	return list
}

// away is the village where it lies in no city of the office's own.
func (v formView) away() (code, name string) {
	code = v.get("village")
	if code == "" {
		code = v.get("elsewhere_code")
	}
	if region.Parent(region.Parent(code)) == regencyOf(v.Actor) {
		return "", v.get("elsewhere")
	}
	name, _ = region.Name(code)
	return code, name
}

// checkedRow is a service in the list of what is to be looked through, or of what ended.
func (v listView) checkedRow(ctx context.Context, x Service) ui.RowProps {
	row := serviceRow(ctx, x, v.Now)
	row.Lines = append(row.Lines, checkedWords(ctx, x.Checked))
	return row
}

func (v offerView) marks(ctx context.Context) []ui.Mark {
	if !v.Service.EndedAt.IsZero() {
		return []ui.Mark{endedMark(ctx)}
	}
	marks := v.Service.Marks(ctx, v.Now)
	if v.stale() {
		marks = append(marks, staleMark(ctx))
	}
	return marks
}

func (v offerView) placesWords(ctx context.Context) string {
	x := v.Service
	switch {
	case x.Free == nil:
		return i18n.T(ctx, "partner.places.unknown")
	case x.Capacity == nil:
		return i18n.T(ctx, "partner.places.free", "n", *x.Free)
	}
	return i18n.T(ctx, "partner.places.of", "n", *x.Free, "all", *x.Capacity)
}

// contacts of a service: its own, or else its partner's.
func (v offerView) contacts() []Contact {
	if !v.Service.Contact.Empty() {
		return []Contact{v.Service.Contact}
	}
	return v.Partner.Contacts
}

// addressAct opens the hidden address of where the service stands.
func (v offerView) addressAct() string {
	if v.Service.OwnPlace {
		return v.href("/alamat")
	}
	return listAddress + "/" + v.Partner.ID.String() + "/alamat"
}

func firstOf(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}

func pointWords(p *Point) string {
	return strconv.FormatFloat(p.Lat, 'f', -1, 64) + ", " + strconv.FormatFloat(p.Lon, 'f', -1, 64)
}
