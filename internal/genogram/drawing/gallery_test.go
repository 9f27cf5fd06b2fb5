package drawing_test

import (
	"fmt"
	"strings"
	"testing"

	"teduh/internal/genogram/drawing"
)

// painting is a family of the gallery. Each line tells a fact:
//
//	kasim m1955+2019        a man born in 1955 who died in 2019; f a woman, ? not stated, * the index person, h of the household
//	kasim = rohani married  a couple
//	kasim rohani > rizal    children of a couple or of one parent; «adoptive>» and so on by another way than birth
//	twins a b               and «identical a b»
//	tie close a b
type painting struct {
	name      string
	crossings int // the fewest that are known to be possible
	problems  string
	facts     string
}

var gallery = []painting{
	{name: "one person", facts: `ani f1990*`},
	{name: "childless couple", facts: `adi m1980h* ; ina f1982h ; adi = ina married`},
	{name: "three generations", facts: `
		kasim m1955 ; rohani f1959 ; usman m1955+2019 ; halimah f1961
		rizal m1981 ; darwis m1984 ; melati f1986*h ; zuraida f1989 ; arif m2010h ; nisa f2014h ; danu m2019h
		kasim = rohani married ; usman = halimah married ; darwis = melati separated
		kasim rohani > rizal darwis ; usman halimah > melati zuraida ; darwis melati > arif nisa danu
		tie conflict darwis melati ; tie close melati zuraida ; tie cut_off rizal darwis ; tie close halimah melati ; tie conflict darwis arif`},
	{name: "remarriage with half-siblings", facts: `
		budi m1970 ; sari f1972 ; wati f1980*h ; tono m1975h ; rani f1995 ; joko m1998 ; dewi f2008h ; eko m2011h
		budi = sari divorced ; budi = wati separated ; wati = tono married
		budi sari > rani joko ; budi wati > dewi ; wati tono > eko`},
	{name: "step-father", facts: `
		hasan m1970+2010 ; mira f1973*h ; udin m1971h ; lia f1999h ; ali m2001h
		hasan = mira married ; mira = udin married ; hasan mira > lia ali ; udin step> lia ali`},
	{name: "twins", facts: `
		agus m1980h ; yuni f1983h ; sita f2010-04-02h* ; sinta f2010-04-02h ; bayu m2013h ; rio m2016h ; roy m2016h ; tia f2020-01-01 ; tio m2020-01-01
		agus = yuni married ; agus yuni > sita sinta bayu rio roy tia tio ; identical sita sinta ; twins rio roy`},
	{name: "adopted by another couple", facts: `
		darma m1975 ; lasmi f1978 ; gita f2005*h ; made m1970h ; ketut f1972h ; putu m2000h ; wayan m2002
		darma = lasmi not_married ; made = ketut married ; darma lasmi > wayan gita ; made ketut > putu ; made ketut adoptive> gita`},
	{name: "adopted by the mother's husband", facts: `
		ratna f1980h ; slamet m1978h ; bima m2004h* ; ratna = slamet married ; ratna > bima ; slamet adoptive> bima`},
	{name: "foster child", facts: `
		hadi m1970h ; siti f1973h ; rahma f2000h ; fajar m2012*h ; nur f1990 ; hadi = siti married ; hadi siti > rahma ; hadi siti foster> fajar ; nur > fajar`},
	{name: "cousins marrying", facts: `
		opa m1930 ; oma f1932 ; ahmad m1955 ; laila f1957 ; bakar m1958 ; aisyah f1960 ; farid m1985* ; hana f1987 ; zaki m2012
		opa = oma married ; ahmad = laila married ; bakar = aisyah married ; farid = hana married
		opa oma > ahmad bakar ; ahmad laila > farid ; bakar aisyah > hana ; farid hana > zaki`},
	{name: "uncle and niece", facts: `
		opa m1930 ; oma f1932 ; ahmad m1955 ; laila f1957 ; bakar m1965* ; hana f1985 ; zaki m2012
		opa = oma married ; ahmad = laila married ; bakar = hana married ; opa oma > ahmad bakar ; ahmad laila > hana ; bakar hana > zaki`},
	{name: "three wives", crossings: 1, facts: `
		raja m1950* ; satu f1952 ; dua f1958 ; tiga f1965 ; a m1975 ; b f1978 ; c m1982 ; d f1990 ; e m1993
		raja = satu married 1974 ; raja = dua married 1980 ; raja = tiga married 1988
		raja satu > a b ; raja dua > c ; raja tiga > d e`},
	{name: "unknown father", facts: `
		nenek f1950h ; ibu f1975*h ; anak1 f1995h ; anak2 m2001h ; nenek > ibu ; ibu > anak1 anak2`},
	{name: "same name twice", facts: `
		siti1 f1955 ; muhammad1 m1950 ; muhammad2 m1978*h ; siti2 f1980h ; muhammad3 m2005h
		muhammad1 = siti1 married ; muhammad2 = siti2 married ; muhammad1 siti1 > muhammad2 ; muhammad2 siti2 > muhammad3`},
	{name: "twelve children", facts: `
		pak m1940h ; bu f1943h ; a m1962 ; b f1963 ; c m1965 ; d f1966 ; e m1968 ; f f1970 ; g m1971 ; h f1973 ; i m1975 ; j f1977 ; k m1979 ; l f1982*h
		ki m1990 ; ka f1991 ; mantu f1970
		pak = bu married ; pak bu > a b c d e f g h i j k l ; e = mantu married ; e mantu > ki ka`},
	{name: "four generations", facts: `
		buyut m1925+1999 ; buyut2 f1930+2015 ; kakek m1950 ; nenek f1953h ; pakde m1952 ; ayah m1975h ; ibu f1977h* ; paman m1979 ; bibi f1980 ; cucu m2000h ; cucu2 f2003h ; mertua m1950+2001 ; mertua2 f1955 ; sepupu f2005
		buyut = buyut2 married ; kakek = nenek married ; ayah = ibu married ; paman = bibi married ; mertua = mertua2 married
		buyut buyut2 > kakek pakde ; kakek nenek > ayah paman ; mertua mertua2 > ibu ; ayah ibu > cucu cucu2 ; paman bibi > sepupu
		tie close ibu cucu2 ; tie distant ayah cucu ; tie violence kakek ayah`},
	{name: "two brothers and two sisters", crossings: 1, facts: `
		pa m1950 ; ma f1952 ; po m1951 ; mo f1953 ; a m1975 ; b m1978 ; x f1976 ; y f1979 ; k m2000 ; l f2004
		pa = ma married ; po = mo married ; a = x married ; b = y married
		pa ma > a b ; po mo > x y ; a x > k ; b y > l`},
	{name: "both eldest", facts: `
		pa m1950 ; ma f1952 ; po m1951 ; mo f1953 ; a m1975 ; b m1978 ; c f1980 ; x f1976 ; y f1979 ; z m1982 ; k m2000
		pa = ma married ; po = mo married ; a = x married ; pa ma > a b c ; po mo > x y z ; a x > k`},
	{name: "grandmother raises", facts: `
		nenek f1950h* ; ibu f1980 ; ayah m1978 ; cucu m2010h ; nenek > ibu ; ibu = ayah divorced ; ibu ayah > cucu ; tie guardian nenek cucu`},
	{name: "brothers and sisters alone", facts: `
		tua f1990h* ; tengah m1995h ; muda f2001h ; teman ?1993h ; tie sibling tua tengah ; tie sibling tengah muda ; tie kin tua teman`},
	{name: "own ancestor", problems: "own_ancestor born_before_parent", facts: `
		a m1950 ; b f1975 ; c m2000* ; a > b ; b > c ; c > a`},
	{name: "born before the mother", problems: "born_before_parent", facts: `
		ibu f1980* ; anak m1970 ; ibu > anak`},
	{name: "two mothers by birth", problems: "two_mothers", facts: `
		ibu f1970* ; mama f1972 ; ayah m1968 ; anak m1999 ; ayah = ibu married ; ayah ibu > anak ; mama > anak`},
	{name: "married to the own grandfather", problems: "married_ancestor", facts: `
		kakek m1940 ; ibu f1965 ; anak f1988* ; kakek > ibu ; ibu > anak ; kakek = anak married`},
}

// facts reads a painting.
func (p painting) read(t *testing.T) drawing.Facts {
	t.Helper()
	var f drawing.Facts
	for line := range strings.FieldsFuncSeq(p.facts, func(r rune) bool { return r == '\n' || r == ';' }) {
		if w := strings.Fields(line); len(w) > 0 {
			readFact(&f, w)
		}
	}
	return f
}

func readFact(f *drawing.Facts, w []string) {
	id := fmt.Sprint("f", len(f.Unions), "-", len(f.Links), "-", len(f.Ties), "-", len(f.Twins))
	switch {
	case w[0] == "twins" || w[0] == "identical":
		f.Twins = append(f.Twins, drawing.Twins{ID: id, A: w[1], B: w[2], Identical: w[0] == "identical"})
	case w[0] == "tie":
		f.Ties = append(f.Ties, drawing.Tie{ID: id, Kind: w[1], A: w[2], B: w[3]})
	case w[1] == "=":
		u := drawing.Union{ID: id, A: w[0], B: w[2], Kind: w[3]}
		if len(w) > 4 {
			u.Since = w[4]
		}
		f.Unions = append(f.Unions, u)
	case len(w) == 2 && strings.ContainsAny(w[1][:1], "mf?"):
		f.People = append(f.People, readPerson(w[0], w[1]))
	default:
		readLinks(f, w)
	}
}

func readPerson(id, w string) drawing.Person {
	p := drawing.Person{ID: id, Name: strings.ToUpper(id[:1]) + id[1:], Sex: strings.Trim(w[:1], "?"), Note: "Bt. IX"}
	p.Home, p.Index = strings.Contains(w, "h"), strings.Contains(w, "*")
	p.Born, p.Died, p.Dead = strings.Cut(strings.Trim(w[1:], "*h"), "+")
	if p.Dead {
		p.Note = p.Born + "–" + p.Died
	}
	p.Inside = "40"
	return p
}

func readLinks(f *drawing.Facts, w []string) {
	at := 0
	for !strings.HasSuffix(w[at], ">") {
		at++
	}
	kind := strings.TrimSuffix(w[at], ">")
	if kind == "" {
		kind = "biological"
	}
	for _, child := range w[at+1:] {
		for _, parent := range w[:at] {
			f.Links = append(f.Links, drawing.Link{ID: parent + ">" + child, Parent: parent, Child: child, Kind: kind})
		}
	}
}
