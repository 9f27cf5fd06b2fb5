package practice

import (
	"teduh/internal/access"
	"teduh/internal/attachment"
	"teduh/internal/casefile"
	"teduh/internal/web"
)

// Pages are the parts of the case page that this package keeps, and the office's texts of consent.
type Pages struct {
	service      *Service
	consentTexts *Texts
	files        *attachment.Service
	cases        *casefile.Pages
}

// Needs are what the pages work with.
type Needs struct {
	Service *Service
	Texts   *Texts
	Files   *attachment.Service
	Cases   *casefile.Pages
}

// NewPages makes the pages and puts their tabs on the case page.
func NewPages(n Needs) *Pages {
	cases := n.Cases
	cases.AddTab(casefile.Tab{Path: "asesmen", LabelKey: "practice.tab.assessment"})
	cases.AddTab(casefile.Tab{Path: "rencana", LabelKey: "practice.tab.plan"})
	cases.AddTab(casefile.Tab{Path: "musyawarah", Rest: true, LabelKey: "practice.tab.meeting"})
	cases.KeepDraft(safetyDraft, safetyFields()...)
	cases.KeepDraft(goalDraft, append([]string{"words", "measure", "baseline", "target", "what", "who"}, levelFields[:]...)...)
	cases.KeepDraft(reviewDraft, "changed")
	cases.KeepDraft(meetingDraft, "took_part", "decided", "watches")
	p := &Pages{service: n.Service, consentTexts: n.Texts, files: n.Files, cases: cases}
	cases.FillClosing(p.closingScales)
	return p
}

// Routes of the professional work in a case.
func (p *Pages) Routes() []web.Route {
	read, work, settings := string(access.CaseRead), string(access.CaseWork), string(access.OfficeSettings)
	return []web.Route{
		{Method: "GET", Path: "/kasus/{id}/persetujuan/baru", Permission: work, Handle: p.newConsent},
		{Method: "POST", Path: "/kasus/{id}/persetujuan", Permission: work, Handle: p.giveConsent, MaxBody: maxPhoto},
		{Method: "GET", Path: "/kasus/{id}/persetujuan/{consent}", Permission: read, Handle: p.receipt},
		{Method: "GET", Path: "/kasus/{id}/persetujuan/{consent}/tanda-terima.json", Permission: read, Handle: p.receiptFile},
		{Method: "POST", Path: "/kasus/{id}/tanpa-persetujuan", Permission: work, Handle: p.withoutConsent},
		{Method: "POST", Path: "/kasus/{id}/persetujuan/{consent}/tarik", Permission: work, Handle: p.withdrawConsent},
		{Method: "GET", Path: "/kasus/{id}/keselamatan", Permission: work, Handle: p.safetyPlan},
		{Method: "POST", Path: "/kasus/{id}/keselamatan", Permission: work, Handle: p.writeSafetyPlan},
		{Method: "GET", Path: "/kasus/{id}/kartu", Permission: read, Handle: p.pocketCard},
		{Method: "GET", Path: "/kasus/{id}/rencana", Permission: read, Handle: p.plan},
		{Method: "POST", Path: "/kasus/{id}/tujuan", Permission: work, Handle: p.addGoal},
		{Method: "POST", Path: "/kasus/{id}/tujuan/{goal}/langkah", Permission: work, Handle: p.addStep},
		{Method: "POST", Path: "/kasus/{id}/tujuan/{goal}/nilai", Permission: work, Handle: p.scoreGoal},
		{Method: "POST", Path: "/kasus/{id}/langkah/{step}/selesai", Permission: work, Handle: p.finishStep},
		{Method: "GET", Path: "/kasus/{id}/rencana/cetak", Permission: read, Handle: p.printPlan},
		{Method: "GET", Path: "/kasus/{id}/tujuan/{goal}/ubah", Permission: work, Handle: p.editGoal},
		{Method: "POST", Path: "/kasus/{id}/tujuan/{goal}/ubah", Permission: work, Handle: p.changeGoal},
		{Method: "POST", Path: "/kasus/{id}/tujuan/{goal}/batal", Permission: work, Handle: p.dropGoal},
		{Method: "GET", Path: "/kasus/{id}/langkah/{step}/ubah", Permission: work, Handle: p.editStep},
		{Method: "POST", Path: "/kasus/{id}/langkah/{step}/ubah", Permission: work, Handle: p.changeStep},
		{Method: "POST", Path: "/kasus/{id}/langkah/{step}/batal", Permission: work, Handle: p.dropStep},
		{Method: "POST", Path: "/kasus/{id}/tinjauan", Permission: work, Handle: p.reviewPlan},
		{Method: "GET", Path: "/kasus/{id}/sepakat", Permission: work, Handle: p.agreePage},
		{Method: "POST", Path: "/kasus/{id}/sepakat", Permission: work, Handle: p.agree, MaxBody: maxPhoto},
		{Method: "GET", Path: "/kasus/{id}/musyawarah", Permission: read, Handle: p.meetings},
		{Method: "POST", Path: "/kasus/{id}/musyawarah", Permission: work, Handle: p.holdMeeting},
		{Method: "GET", Path: "/kasus/{id}/musyawarah/{meeting}/cetak", Permission: read, Handle: p.printMeeting},
		{Method: "GET", Path: "/kasus/{id}/musyawarah/{meeting}/ubah", Permission: work, Handle: p.editMeeting},
		{Method: "POST", Path: "/kasus/{id}/musyawarah/{meeting}/ubah", Permission: work, Handle: p.changeMeeting},
		{Method: "POST", Path: "/kasus/{id}/musyawarah/{meeting}/coret", Permission: work, Handle: p.strikeMeeting},
		{Method: "GET", Path: "/pengaturan/persetujuan", Permission: settings, Handle: p.texts},
		{Method: "GET", Path: "/pengaturan/persetujuan/{kind}/{language}", Permission: settings, Handle: p.textPage},
		{Method: "POST", Path: "/pengaturan/persetujuan/{kind}/{language}", Permission: settings, Handle: p.publishText},
		{Method: "POST", Path: "/kasus/{id}/skala", Permission: work, Handle: p.fillScales},
	}
}
