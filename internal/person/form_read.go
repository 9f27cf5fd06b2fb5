package person

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/region"
	"teduh/internal/web"
)

// readPerson puts what was typed over the facts that stand; what the form does not ask stays.
func readPerson(f web.Form, p Person, today db.Date) (Person, error) {
	var c fault.Checks
	p.Name, p.CallName, p.Sex = f.Line("name"), f.Line("call_name"), f.Line("sex")
	p.Aliases = strings.FieldsFunc(f.Line("aliases"), func(r rune) bool { return r == ',' || r == ';' })
	p.Protected, p.Sealed.RealName = f.Checked("protected"), f.Line("real_name")
	p.BirthPlace, p.Religion, p.Marital, p.Education = f.Line("birth_place"), f.Line("religion"), f.Line("marital"), f.Line("education")
	p.Work, p.Disability, p.Languages = f.Line("work"), f.Line("disability"), f.Line("languages")
	p.WelfareStatus, p.Aid, p.Sealed.Emergency = f.Line("welfare_status"), f.Line("aid"), f.Line("emergency")
	p.Sealed.NIK, p.Sealed.KK, p.Sealed.Phones = f.Line("nik"), f.Line("kk"), readPhones(f)
	p.BirthDate, p.BirthPrecision = readBirth(f, today, &c)
	p.DiedOn, p.DiedPrecision = readDeath(f, &c)
	readAddress(f, &p, &c)
	return p, c.Err()
}

// readBirth takes a whole day, a month and a year, a year alone, or an age that was guessed.
func readBirth(f web.Form, today db.Date, c *fault.Checks) (db.Date, string) {
	date, precision := readPartly(f, "birth_date", c)
	if precision == "" {
		return readAge(f, today, c)
	}
	return date, precision
}

// readDeath takes a day as far as it is known, or only that it was.
func readDeath(f web.Form, c *fault.Checks) (db.Date, string) {
	date, precision := readPartly(f, "died_on", c)
	if precision == "" && f.Checked("died") {
		return "", "unknown"
	}
	return date, precision
}

// readPartly takes a whole day, a month and a year, or a year alone; nothing typed has no precision.
func readPartly(f web.Form, field string, c *fault.Checks) (db.Date, string) {
	day, month, year := f.Text(field+"_d"), f.Text(field+"_m"), f.Text(field+"_y")
	switch {
	case day == "" && month == "" && year == "":
		return "", ""
	case day != "":
		date, ok := f.Day(field)
		c.Field(!ok, field, "impossible", "person.birth.impossible")
		return date, "day"
	}
	precision := "year"
	if month != "" {
		precision = "month"
	}
	date, err := db.ParseDate(year + "-" + twoDigits(cmp.Or(month, "1")) + "-01")
	c.Field(err != nil, field, "impossible", "person.birth.impossible")
	return date, precision
}

// oldest age that is believed.
const oldest = 130

func readAge(f web.Form, today db.Date, c *fault.Checks) (db.Date, string) {
	text := f.Text("age")
	if text == "" {
		return "", ""
	}
	age, err := strconv.Atoi(text)
	if err != nil || age < 0 || age > oldest {
		c.Add(fault.Field("age", "impossible", "person.age.impossible"))
		return "", ""
	}
	return db.DayOf(today.In(time.UTC).AddDate(-age, 0, 0), time.UTC), "estimate"
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// ReadVital puts what was typed of name, sex, birth and death over the facts that stand, for forms that ask no more.
func ReadVital(f web.Form, p Person, today db.Date) (Person, error) {
	var c fault.Checks
	p.Name, p.Sex = f.Line("name"), f.Line("sex")
	p.BirthDate, p.BirthPrecision = readBirth(f, today, &c)
	p.DiedOn, p.DiedPrecision = readDeath(f, &c)
	return p, c.Err()
}

func readPhones(f web.Form) (list []Phone) {
	for i := range maxPhones {
		n := strconv.Itoa(i)
		list = append(list, Phone{Number: f.Line("phone_" + n), SafeToCall: f.Checked("call_" + n), SafeToMessage: f.Checked("message_" + n), Hours: f.Line("hours_" + n)})
	}
	return list
}

// readAddress takes a kelurahan of the office's own city from the list, and any other by its name.
func readAddress(f web.Form, p *Person, c *fault.Checks) {
	stood := p.Home()
	p.Confidential = f.Checked("confidential")
	p.Village, p.Sealed.Village = f.Line("village"), ""
	p.Sealed.RT, p.Sealed.RW, p.Sealed.Street, p.Sealed.Landmark = f.Line("rt"), f.Line("rw"), f.Line("street"), f.Line("landmark")
	movedHere := p.Village != "" && f.Line("elsewhere_code") == stood // the other field still says what stood
	if elsewhere := f.Line("elsewhere"); elsewhere != "" && !movedHere {
		if p.Village = f.Line("elsewhere_code"); p.Village == "" {
			p.Village = villageNamed(elsewhere)
		}
		c.Field(p.Village == "", "elsewhere", "unknown", "person.village.unclear")
	}
}

// villageNamed is the one village whose name begins so, or none where there are several.
func villageNamed(name string) string {
	var only string
	for _, r := range region.Search(name, "", mostRegions) {
		if level, _ := region.LevelOf(r.Code); level != region.Village {
			continue
		}
		if only != "" {
			return ""
		}
		only = r.Code
	}
	return only
}

// mostRegions are looked at for a name.
const mostRegions = 40
