package demo

import (
	"math/rand/v2"
	"strings"
)

// people is a group of those who live in the islands, with the parts their names are made of, the commonest first. The
// parts are common ones; any likeness of a whole name is chance.
type people struct {
	share   int // of a hundred
	passed  int // of a hundred families, in how many the last part goes from father to child
	double  int // of a hundred, how many have a second given part
	women   []string
	men     []string
	family  []string
	beliefs []string // the commonest first; codes of person's religions
}

var peoples = []people{malay, javanese, chinese, batak, bugis, archipelago}

var malay = people{share: 26, passed: 20, double: 45, beliefs: []string{"islam"},
	women: words(`Siti Nur Zainab Halimah Rosnah Syarifah Maimunah Faridah Rohana Aisyah Norma Salmah Zubaidah Hayati Latifah
		Mariam Azizah Suraya Mastura Rukiah Hafizah Khadijah Saodah Raudah Jamilah Nadira`),
	men: words(`Ahmad Zulkifli Raja Hamzah Ismail Azhar Rustam Syahrul Razali Idris Muhammad Yusuf Jamaluddin Said Mansur
		Zainal Hasan Fauzi Kamarudin Bahtiar Ridwan Amran Tarmizi Hanafi Saiful Daud`),
	family: words(`Rahman Aminah Zahara Hasanah Abdullah Bakar Melayu Usman Harun Salim Ibrahim Jaafar Karim Othman Syukur Wahab Yahya
		Zakaria Mahmud Nasir Samad Tahir Rasyid Jalil Hamid Latif Aziz Majid`)}

var javanese = people{share: 23, passed: 15, double: 50, beliefs: []string{"islam", "islam", "islam", "catholic"},
	women: words(`Sri Wati Endang Suharti Yuni Lastri Tutik Dwi Ratna Sulastri Wahyuni Tri Ningsih Sumarni Retno Partini Murni Rini
		Kartika Eka Widya Kasmi Puji Jumini Titik Ambar`),
	men: words(`Joko Bambang Agus Slamet Sugeng Budi Teguh Sutrisno Wahyu Sigit Yanto Hari Eko Supri Pujo Tarno Widodo Mulyono
		Dwi Heru Bagus Sarwono Untung Kuncoro Jumadi Gunadi`),
	family: words(`Lestari Prasetyo Handayani Santoso Wibowo Utami Nugroho Setiawan Rahayu Susanto Purnomo Wulandari Hartono Suryani
		Sulistyo Widiastuti Raharjo Astuti Subekti Pratiwi Kusumo Winarno Setyawati Hidayat Cahyono Pambudi Sayekti Waluyo`)}

var chinese = people{share: 17, passed: 95, double: 15, beliefs: []string{"buddhist", "buddhist", "protestant", "confucian", "catholic"},
	women: words(`Mei Lina Susan Yulia Lili Fenny Mega Hui Siska Cindy Ling Hana Melisa Jessica Vivi Susi Erlin Aling Kristin Felicia
		Angel Yanti Hwa Ayin Novita Lanny`),
	men: words(`Hendra Wei Andre Johan Rudi Kevin Steven Aliong Willy Robert Tommy Felix Jimmy Acai Kian Edwin Ricky Ronny Akun Darwin
		Vincent Aheng Suryadi Hok Albert Hartanto`),
	family: words(`Tan Wijaya Lim Halim Salim Gunawan Kusuma Susilo Ong Tjandra Chandra Hartono Lie Setiadi Tanuwijaya Suwandi Goh Liem
		Surya Widjaja Teo Sanjaya Ng Kurniadi Budiman Tjahyadi Kwee Lukito`)}

var batak = people{share: 15, passed: 95, double: 35, beliefs: []string{"protestant", "protestant", "protestant", "catholic", "islam"},
	women: words(`Tiurma Rosmawati Rotua Lamria Roma Nurhaida Hotmaida Sondang Melva Duma Tiarma Lasma Romauli Delima Rumondang Berliana
		Marsaulina Risma Tetty Junita Saulina Basaria Uli Ester Minar Debora`),
	men: words(`Parlindungan Binsar Tigor Maruli Poltak Saut Hotman Jonggi Togar Bonar Sahat Mangatur Ramot Haposan Pardomuan Rikardo
		Sabar Marihot Ucok Ganda Halomoan Edison Monang Jansen Dapot Lamhot`),
	family: words(`Simbolon Siregar Nasution Sitorus Manurung Hutapea Simanjuntak Sihombing Pasaribu Situmorang Harahap Panjaitan Sinaga
		Silalahi Gultom Hutagalung Nainggolan Lubis Purba Marbun Siahaan Tampubolon Saragih Sianturi Ginting Pardede Aritonang Batubara`)}

var bugis = people{share: 10, passed: 45, double: 40, beliefs: []string{"islam"},
	women: words(`Andi Besse Hasnah Rosdiana Tenri Nurhayati Sitti Marwah Hadijah Darmawati Kartini Indo Rabiah Jumriah Megawati Suriani
		Fatmawati Hajrah Mardiana Bau Sahari Naimah Rahmatia Hartati Hernawati Syamsiah`),
	men: words(`Daeng Ambo Baso Syamsul Anwar Arifin Lamakka Muhtar Hamka Sudirman Usman Jufri Amir Sultan Rusdi Haeruddin Mappa Kahar
		Mustafa Ilham Burhan Iskandar Sapri Takdir Nurdin Hasbi`),
	family: words(`Makkasau Tenriawaru Mappasessu Pallawa Tahir Paturusi Lasinrang Mattalatta Baharuddin Massaile Patiroi Rahim Sulaiman
		Tenri Amiruddin Palallo Saleh Manggabarani Tajuddin Ramli Mangkona Hakim Pettarani Mappanyompa Parenrengi Sanusi`)}

var archipelago = people{share: 9, passed: 30, double: 30, beliefs: []string{"islam", "islam", "catholic", "hindu"},
	women: words(`Dewi Yuliana Maya Fatimah Intan Rina Putri Fitri Ani Nova Diah Indah Wulan Citra Desi Ika Lusi Nita Sinta Tari Vera
		Yeni Sarah Ayu Mira Dina`),
	men: words(`Rizal Rahmat Dedi Fajar Dimas Andika Irfan Yudi Adi Aditya Reza Doni Fikri Iwan Bayu Galih Hadi Ivan Anton Rian Taufik
		Yoga Aldi Feri Arif Toni`),
	family: words(`Saputra Kurniawan Permata Maulana Anggraini Firmansyah Pratama Safitri Ramadhan Puspita Syahputra Oktaviani Perdana
		Maharani Gumilang Hakiki Nugraha Mulyani Kencana Wiguna Sari Putra Alamsyah Fadillah Darmawan Suhendra`)}

func words(text string) []string { return strings.Fields(text) }

// namer puts names together by chance.
type namer struct{ chance *rand.Rand }

// slack flattens how much commoner the first parts of a list are than the last: about three times.
const slack = 10

// part takes one of a list, the first ones more often; the weight of a place is 1/(place + slack).
func (n namer) part(list []string) string {
	at := n.chance.Float64() * heaps[len(list)-1]
	for i, heap := range heaps[:len(list)] {
		if at < heap {
			return list[i]
		}
	}
	return list[len(list)-1]
}

// heaps are the weights of the places up to each one, added up.
var heaps = func() (h [64]float64) {
	sum := 0.0
	for i := range h {
		sum += 1 / float64(i+slack)
		h[i] = sum
	}
	return h
}()

// group takes one of the peoples by its share.
func (n namer) group() people {
	at := n.chance.IntN(100)
	for _, p := range peoples {
		if at -= p.share; at < 0 {
			return p
		}
	}
	return peoples[0]
}

// given is what someone is called by.
func (n namer) given(p people, sex string) string {
	list := p.women
	if sex == "m" {
		list = p.men
	}
	name := n.part(list)
	if n.chance.IntN(100) < p.double {
		if second := n.part(list); second != name {
			name += " " + second
		}
	}
	return name
}

// whole is a whole name; one in ten is a given name alone.
func (n namer) whole(p people, sex string) string {
	name := n.given(p, sex)
	if n.chance.IntN(100) < 90 {
		name += " " + n.part(p.family)
	}
	return name
}
