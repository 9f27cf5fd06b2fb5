package partner

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/partner/hours"
	"teduh/internal/person/phone"
	"teduh/internal/region"
	"teduh/internal/unit"
	"teduh/internal/web"
)

// contactFields are sent once for each person to ask for, in their order.
var contactFields = [4]string{"contact_name", "contact_role", "contact_phone", "contact_email"}

// readPartner reads the form of a partner.
func readPartner(f web.Form) (p Partner, err error) {
	var c fault.Checks
	p = Partner{Version: f.Version(), Name: f.Line("name"), Kind: f.Line("kind"), PSKS: f.Line("psks"), Description: f.Text("description"),
		Website: f.Line("website"), Remarks: f.Text("remarks"), Visibility: f.Line("visibility"), Unit: f.ID("unit_id"), Address: readAddress(f, &c)}
	for i := range max(len(f.Values[contactFields[0]]), len(f.Values[contactFields[2]])) {
		p.Contacts = append(p.Contacts, readContact(f, i))
	}
	p.Agreement.Number = f.Line("agreement_number")
	for name, day := range map[string]*db.Date{"agreement_from": &p.Agreement.From, "agreement_until": &p.Agreement.Until} {
		read, ok := f.Day(name)
		c.Field(!ok, name, "impossible", "partner.error.date")
		*day = read
	}
	return p, c.Err()
}

func readContact(f web.Form, i int) Contact {
	at := func(name string) string {
		if i < len(f.Values[name]) {
			return strings.Join(strings.Fields(f.Values[name][i]), " ")
		}
		return ""
	}
	return Contact{Name: at(contactFields[0]), Role: at(contactFields[1]), Phone: at(contactFields[2]), Email: at(contactFields[3])}
}

func readAddress(f web.Form, c *fault.Checks) Address {
	at := Address{Street: f.Line("street"), Village: f.Line("village"), Visibility: f.Line("address_visibility")}
	if at.Village == "" {
		at.Village = f.Line("elsewhere_code")
		c.Field(at.Village == "" && f.Line("elsewhere") != "", "elsewhere", "unknown", "partner.error.village")
	}
	if text := f.Line("point"); text != "" {
		lat, lon, _ := strings.Cut(text, ",")
		y, errLat := strconv.ParseFloat(strings.TrimSpace(lat), 64)
		x, errLon := strconv.ParseFloat(strings.TrimSpace(lon), 64)
		c.Field(errLat != nil || errLon != nil, "point", "impossible", "partner.error.point")
		at.Point = &Point{y, x}
	}
	return at
}

// partnerForm is the form of a partner as it stands. A hidden address is not in it.
func partnerForm(p Partner) web.Form {
	f := url.Values{"name": {p.Name}, "kind": {p.Kind}, "psks": {p.PSKS}, "description": {p.Description}, "website": {p.Website}, "remarks": {p.Remarks},
		"visibility": {p.Visibility}, "agreement_number": {p.Agreement.Number}, "unit_id": {p.Unit.String()}, "version": {strconv.FormatInt(p.Version, 10)}}
	for _, x := range p.Contacts {
		for i, value := range []string{x.Name, x.Role, phone.Display(x.Phone), x.Email} {
			f.Add(contactFields[i], value)
		}
	}
	putDay(f, "agreement_from", p.Agreement.From)
	putDay(f, "agreement_until", p.Agreement.Until)
	putAddress(f, p.Address)
	return web.Form{Values: f}
}

func putDay(f url.Values, name string, day db.Date) {
	if t := day.In(time.UTC); !t.IsZero() {
		f.Set(name+"_d", strconv.Itoa(t.Day()))
		f.Set(name+"_m", strconv.Itoa(int(t.Month())))
		f.Set(name+"_y", strconv.Itoa(t.Year()))
	}
}

func putAddress(f url.Values, at Address) {
	f.Set("street", at.Street)
	f.Set("village", at.Village)
	f.Set("address_visibility", at.Visibility)
	if at.Point != nil {
		f.Set("point", strconv.FormatFloat(at.Point.Lat, 'f', -1, 64)+", "+strconv.FormatFloat(at.Point.Lon, 'f', -1, 64))
	}
}

// weekdays in the order of a form, from Monday.
var weekdays = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

func hoursField(day time.Weekday) string { return "hours_" + strconv.Itoa(int(day)) }

// readService reads the form of a service.
func readService(f web.Form) (x Service, err error) {
	var c fault.Checks
	x = Service{Version: f.Version(), Partner: f.ID("partner_id"), Name: f.Line("name"), Description: f.Text("description"), Cost: f.Line("cost"),
		CostWords: f.Line("cost_words"), Documents: f.Text("documents"), Languages: f.All("languages"), Wheelchair: f.Checked("wheelchair"),
		OwnPlace: f.Checked("own_place"), Visibility: f.Line("visibility"), Contact: readContact(f, 0)}
	x.For = Audience{Sex: f.Line("sex"), Needs: f.All("needs"), Areas: f.All("areas")}
	x.For.AgeFrom = readNumber(f, "age_from", &c, fault.Field("age_from", "impossible", "partner.error.age", "max", MaxAge))
	x.For.AgeTo = readNumber(f, "age_to", &c, fault.Field("age_to", "impossible", "partner.error.age", "max", MaxAge))
	x.Capacity = readNumber(f, "capacity", &c, fault.Field("capacity", "impossible", "partner.error.places", "max", MaxPlaces))
	x.Free = readNumber(f, "free", &c, fault.Field("free", "impossible", "partner.error.places", "max", MaxPlaces))
	x.Hours = readWeek(f, &c)
	x.Promises = readPromises(f, &c)
	if x.OwnPlace {
		x.Address = readAddress(f, &c)
	}
	return x, c.Err()
}

// readNumber is a whole number, nil where nothing was typed.
func readNumber(f web.Form, name string, c *fault.Checks, wrong *fault.Error) *int {
	text := f.Line(name)
	if text == "" {
		return nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		c.Add(wrong)
		return nil
	}
	return &n
}

func readWeek(f web.Form, c *fault.Checks) (w hours.Week) {
	if f.Checked("always") {
		return hours.Week{Always: true}
	}
	for _, day := range weekdays {
		spans, ok := readDay(f.Line(hoursField(day)))
		w.Days[day] = spans
		one := hours.Week{}
		one.Days[day] = spans
		c.Field(!ok || one.Check() != nil, hoursField(day), "impossible", "partner.error.hours")
	}
	return w
}

// readDay reads «08.00–12.00, 13.00–15.30»; nothing is a day on which it is closed.
func readDay(text string) (spans []hours.Span, ok bool) {
	for part := range strings.SplitSeq(text, ",") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		from, to, both := strings.Cut(strings.NewReplacer("–", "-", "—", "-", " ", "").Replace(part), "-")
		begin, okBegin := readClock(from)
		end, okEnd := readClock(to)
		if !both || !okBegin || !okEnd {
			return nil, false
		}
		spans = append(spans, hours.Span{From: begin, To: end})
	}
	slices.SortFunc(spans, func(a, b hours.Span) int { return a.From - b.From })
	return spans, true
}

// readClock reads 8, 8.30 or 24:00 as minutes of the day.
func readClock(text string) (int, bool) {
	hour, minute, given := strings.Cut(strings.ReplaceAll(text, ":", "."), ".")
	h, err := strconv.Atoi(hour)
	m := 0
	if given && err == nil {
		m, err = strconv.Atoi(minute)
	}
	return h*60 + m, err == nil && h >= 0 && m >= 0 && m < 60 && h*60+m <= 24*60
}

func clockText(minute int) string {
	two := func(n int) string { return strconv.Itoa(n/10) + strconv.Itoa(n%10) }
	return two(minute/60) + "." + two(minute%60)
}

func dayText(spans []hours.Span) string {
	words := make([]string, len(spans))
	for i, s := range spans {
		words[i] = clockText(s.From) + "–" + clockText(s.To)
	}
	return strings.Join(words, ", ")
}

func readPromises(f web.Form, c *fault.Checks) map[string]int {
	promises := map[string]int{}
	for _, urgency := range unit.Urgencies {
		n := readNumber(f, "promise_"+urgency, c, fault.Field("promise_"+urgency, "impossible", "partner.error.promise", "max", MaxPromise))
		if n != nil {
			promises[urgency] = *n
			c.Field(*n < 1 || *n > MaxPromise, "promise_"+urgency, "impossible", "partner.error.promise", "max", MaxPromise)
		}
	}
	return promises
}

// serviceForm is the form of a service as it stands. A hidden address is not in it.
func serviceForm(x Service) web.Form {
	f := url.Values{"partner_id": {x.Partner.String()}, "name": {x.Name}, "description": {x.Description}, "sex": {x.For.Sex}, "needs": x.For.Needs,
		"areas": x.For.Areas, "cost": {x.Cost}, "cost_words": {x.CostWords}, "documents": {x.Documents}, "languages": x.Languages,
		"visibility": {x.Visibility}, "version": {strconv.FormatInt(x.Version, 10)}, "age_from": {digits(x.For.AgeFrom)}, "age_to": {digits(x.For.AgeTo)},
		"capacity": {digits(x.Capacity)}, "free": {digits(x.Free)}, contactFields[0]: {x.Contact.Name}, contactFields[1]: {x.Contact.Role},
		contactFields[2]: {phone.Display(x.Contact.Phone)}, contactFields[3]: {x.Contact.Email}}
	for name, on := range map[string]bool{"always": x.Hours.Always, "wheelchair": x.Wheelchair, "own_place": x.OwnPlace} {
		if on {
			f.Set(name, "1")
		}
	}
	for _, day := range weekdays {
		f.Set(hoursField(day), dayText(x.Hours.Days[day]))
	}
	for urgency, n := range x.Promises {
		f.Set("promise_"+urgency, strconv.Itoa(n))
	}
	putAddress(f, x.Address)
	return web.Form{Values: f}
}

// readAsk reads what an address asks for.
func readAsk(q web.Form) (ask Ask) {
	ask = Ask{Text: q.Line("q"), Need: q.Line("kebutuhan"), OpenNow: q.Has("buka"), FreePlace: q.Has("tempat"), Free: q.Has("gratis"),
		Wheelchair: q.Has("kursi_roda"), Sex: q.Line("jk"), Language: q.Line("bahasa")}
	if near := q.Line("dekat"); region.Valid(near) {
		ask.Near = near
	}
	if age, err := strconv.Atoi(q.Line("umur")); err == nil && age >= 0 && age <= MaxAge {
		ask.Age = &age
	}
	if !slices.Contains([]string{"f", "m"}, ask.Sex) {
		ask.Sex = ""
	}
	ask.At, ask.After = readCursor(q.Get("cursor"))
	return ask
}

// cursor says where a page ends, and which instant «now» meant on it.
func cursor(at time.Time, p Place) string {
	if p.ID.IsZero() {
		return ""
	}
	return web.Cursor("f", at.UTC().Format(time.RFC3339), strconv.Itoa(p.Score), p.Name, p.ID.String())
}

func readCursor(text string) (at time.Time, p Place) {
	parts, ok := web.ReadCursor(text, 5)
	if !ok || parts[0] != "f" {
		return at, p
	}
	at, errAt := time.Parse(time.RFC3339, parts[1])
	score, errScore := strconv.Atoi(parts[2])
	id, err := db.ParseID(parts[4])
	if errAt != nil || errScore != nil || err != nil {
		return time.Time{}, p
	}
	return at, Place{score, parts[3], id}
}
