package unit

import "strconv"

// categoryCount is the number of PMKS/PPKS kinds, coded "1" to "26".
const categoryCount = 26

// familyProblems are the office's own kinds, in the order of the domain.
var familyProblems = []string{"marriage_conflict", "household_violence", "divorce_custody", "parenting", "neglect", "bullying", "school_dropout",
	"addiction", "debt", "grief", "elderly_care", "disability_care", "mental_health", "teenage_pregnancy", "child_marriage", "sexual_violence",
	"online_harm", "trafficking", "homelessness", "neighbours"}

// serviceCodes are the kinds of service, in the order of the domain.
var serviceCodes = []string{"consultation", "counselling", "information", "advocacy", "referral", "outreach", "protection", "accompaniment"}

// StageCodes are the seven stages in their order.
var StageCodes = []string{"outreach", "engagement", "assessment", "planning", "intervention", "evaluation", "termination"}

func entries(codes []string) []Entry {
	list := make([]Entry, len(codes))
	for i, code := range codes {
		list[i] = Entry{Code: code}
	}
	return list
}

// Defaults are the settings of an office that changed nothing. 25, the LK3's own field, stands first.
func Defaults() Settings {
	kinds := []string{"25"}
	for n := 1; n <= categoryCount; n++ {
		if n != 25 {
			kinds = append(kinds, strconv.Itoa(n))
		}
	}
	return Settings{
		Categories: entries(append(kinds, familyProblems...)),
		Services:   entries(serviceCodes),
		Stages:     Stages{Labels: entries(StageCodes)},
		Urgency:    Urgency{"now": 60, "day": 24 * 60, "three_days": 72 * 60, "week": 7 * 24 * 60},
		Danger: Danger{"violence_now": "now", "weapon": "now", "child_hurt_or_alone": "now", "suicide": "now", "nowhere_safe": "now",
			"pregnant": "day", "very_young_or_old": "day"},
		Duty:      Duty{ToStand: 5, ToHead: 10},
		Calendar:  Calendar{Days: []int{1, 2, 3, 4, 5}, From: "08:00", To: "16:00"},
		Emergency: numbers(),
		Rules: Rules{{Code: "first_visit", After: "case.opened", Days: 3}, {Code: "assessment_due", After: "case.stage.assessment", Days: 14},
			{Code: "plan_review", After: "practice.agreed", Days: 30}, {Code: "safety_review", After: "practice.safety_plan", Days: 7}},
		FollowUp: FollowUp{Months: []int{1, 3, 6}},
		Guidance: Guidance{Stages: Weights{"outreach": 1, "engagement": 1, "assessment": 2, "planning": 2, "intervention": 3, "evaluation": 2, "termination": 1},
			Risks: Weights{"none": 0, "low": 0, "medium": 1, "high": 3}},
	}
}

// numbers as published by their services; those that depend on the city stay off until the office has checked them.
func numbers() Emergency {
	return Emergency{
		{Name: "SAPA 129", Number: "129", On: true},
		{Name: "WhatsApp SAPA 129", Number: "08111-129-129", On: true},
		{Name: "Kesehatan jiwa", Number: "119 ext. 8", On: true},
		{Name: "Kementerian Sosial", Number: "171", On: true},
		{Name: "TePSA", Number: "1500-771", On: true},
		{Name: "Polisi", Number: "110"},
		{Name: "Ambulans", Number: "119"},
		{Name: "Darurat kota", Number: "112"},
	}
}
