package names

import "strings"

// Titles and other words that are written with a name and are not part of it.
// Forms of address and degrees are those in common use (Indonesian academic
// degrees: Permendikbud 154/2014 and the older ones still carried).

// addresses stand before a name.
var addresses = set(`h hj haji hajah hajjah hjh kh k ir dr drg drh drs dra prof pdt rm
	ust ustad ustadz ustaz ustadzah tn ny nn sdr sdri bpk bapak ibu pak bu alm almh almarhum almarhumah`)

// links stand inside a name: son of, daughter of.
var links = set(`bin binti bint bte`)

// anywhere are titles that are no initials and no names, wherever they stand.
var anywhere = set(`drs dra drg drh hj hjh hajah hajjah prof almh almarhum almarhumah`)

// degrees follow a name, each without its full stops.
var degrees = set(`sos ssos sst sstp sh shi se sei ste st skom ssi spd spdi spdk sag sthi sthg
	spsi skm skep sked sgz sfarm sp spt spi shut ssn sikom sip sab sap sak sakun str strkeb strkes strsos
	mpd mpdi mpdk msi msc mkom mkes mkeb mkep mm mh mhum ma mt mag mp map msos mpsi mba mphil mek mec mak mkn
	phd ba bsc bba amd amdkeb amdkep amk amkeb akp ns apt sppd spa spog spkj lc gr psikolog`)

// beginnings are titles with which a name may also begin: «ir» typed last in a
// search may be on its way to Irwan, «bin» to Bintang.
var beginnings = set(`h k kh ir dr prof haji bin bint binti bu ibu pak bapak ny ust alm rm`)

func set(words string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// isTitle tells a title from a word of the name. A short degree such as «MA»
// or «St» is one only after a comma or with full stops inside, because it may
// also be a name; an address such as «H.» only before the name, because
// elsewhere it is an initial.
func (t token) isTitle(leading bool) bool {
	c := t.compact()
	switch {
	case links[c], anywhere[c]:
		return true
	case addresses[c]:
		return leading
	case degrees[c]:
		inside := strings.Contains(strings.TrimRight(t.text, "."), ".")
		return !leading && (t.comma || inside || len(c) > 3)
	}
	return false
}
