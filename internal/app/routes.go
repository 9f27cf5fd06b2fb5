package app

import (
	"net/http"
	"slices"
	"strings"

	"teduh/internal/access"
	"teduh/internal/apidoc"
	"teduh/internal/assessment"
	"teduh/internal/attachment"
	"teduh/internal/calendar"
	"teduh/internal/carry"
	"teduh/internal/casefile"
	"teduh/internal/day"
	"teduh/internal/fault"
	"teduh/internal/genogram"
	"teduh/internal/group"
	"teduh/internal/importer"
	"teduh/internal/inbound"
	"teduh/internal/instrument"
	"teduh/internal/intake"
	"teduh/internal/letter"
	"teduh/internal/partner"
	"teduh/internal/partner/exchange"
	"teduh/internal/partnerdesk"
	"teduh/internal/person"
	"teduh/internal/practice"
	"teduh/internal/referral"
	"teduh/internal/region"
	"teduh/internal/report"
	"teduh/internal/search"
	"teduh/internal/supervision"
	"teduh/internal/unit"
	"teduh/internal/web"
	"teduh/web/static"
)

// Version of this build, as the API's description and «teduh version» tell it.
const Version = "0.1.0"

// routes mounts every page and operation. It fails where one names no known permission.
func (a *App) routes() (http.Handler, error) {
	c := web.Config{Identify: a.identify, Allow: a.allow, Known: known, Fail: a.fail}
	api, operations := web.NewAPI(c, Version, problem)
	a.operations(api)
	if err := api.Err(); err != nil {
		return nil, err
	}
	for _, op := range api.Operations() {
		method, rest, _ := strings.Cut(op, " ")
		path, _, _ := strings.Cut(rest, " ")
		a.operationNames = append(a.operationNames, method+" "+path)
	}
	var err error
	if a.docs, err = apidoc.NewPages(api.OpenAPI(), a.Config.BaseURL); err != nil {
		return nil, err
	}
	pages, err := web.New(c, a.pages())
	if err != nil {
		return nil, err
	}
	top := http.NewServeMux()
	top.Handle("GET "+apidoc.DocumentPath, pages)
	top.Handle(static.Prefix, static.Handler())
	top.Handle("/api/v1/", a.door(c, a.once(a.reached(operations))))
	top.Handle("GET /healthz", http.HandlerFunc(a.health))
	top.Handle("GET /readyz", http.HandlerFunc(a.ready))
	top.Handle("/", a.onceForm(pages))
	return a.metrics.measured(web.Guard(top, a.secure(), http.HandlerFunc(a.foreign), partnerdesk.WithToken...)), nil
}

// RouteNames lists "METHOD path" of every page and operation, for the policy's test.
func (a *App) RouteNames() []string {
	names := slices.Clone(a.operationNames)
	for _, rt := range a.pages() {
		if rt.Path != restOfAll {
			names = append(names, rt.Method+" "+strings.TrimSuffix(rt.Path, "{$}"))
		}
	}
	return names
}

// restOfAll is every address that leads nowhere.
const restOfAll = "/{rest...}"

// pages lists the routes of all domains.
func (a *App) pages() []web.Route {
	var all []web.Route
	all = append(all, a.accountPages().Routes()...)
	people := person.NewPages(a.People)
	all = append(all, people.Routes()...)
	all = append(all, unit.NewPages(a.Units, a.Access, a.gates.All(), place).Routes()...)
	cases := casefile.NewPages(a.Cases, a.Access, a.Config.Now)
	people.AddPanel(cases.OnPerson)
	drawings := genogram.NewPages(a.Drawings, a.People, cases)
	work := practice.NewPages(practice.Needs{Service: a.Practice, Texts: a.Texts, Files: a.Files, Cases: cases})
	assessments := assessment.NewPages(a.Assessments, work, cases)
	groups := group.NewPages(group.Needs{Service: a.Groups, All: a.Cases, People: a.People, Access: a.Access, Cases: cases})
	instruments := instrument.NewPages(a.Instruments, cases, a.secure(), a.Config.BaseURL)
	handed := inbound.NewPages(a.Inbound)
	all = append(all, a.networkRoutes(cases, handed)...)
	files := attachment.NewPages(a.Files, cases)
	letters := letter.NewPages(a.Letters, cases, a.Config.Now)
	guidance := supervision.NewPages(a.Guidance, cases, a.Access)
	requests := intake.NewPages(a.Requests, intake.Beside{Access: a.Access, People: a.People, Cases: a.Cases, Again: a.again})
	besideRequests(requests, handed)
	appointments := a.calendarPages(cases, requests, people)
	people.AddPanel(requests.OnPerson)
	people.AddPanel(cases.SeersOfPerson)
	all = append(all, cases.Routes()...)
	all = append(all, requests.Routes()...)
	all = append(all, appointments.Routes()...)
	all = append(all, work.Routes()...)
	all = append(all, assessments.Routes()...)
	all = append(all, groups.Routes()...)
	all = append(all, instruments.Routes()...)
	all = append(all, assessment.NewEditor(a.Assessments).Routes()...)
	all = append(all, carry.NewPages(a.Carry).Routes()...)
	all = append(all, drawings.Routes()...)
	all = append(all, files.Routes()...)
	all = append(all, letters.Routes()...)
	all = append(all, guidance.Routes()...)
	all = append(all, importer.NewPages(a.Lists).Routes()...)
	all = append(all, search.NewPages(a.Search).Routes()...)
	all = append(all, report.NewPages(a.Reports, place).Routes()...)
	today := a.dayPages()
	today.AddPanel(appointments.OnDay)
	today.AddPanel(handed.OnDay)
	all = append(all, today.Routes()...)
	all = append(all, a.docs.Routes()...)
	all = append(all, web.Route{Method: "GET", Path: restOfAll, Permission: string(access.Public), Handle: web.NotFound})
	return all
}

// accountPages are signing in, accounts and units.
func (a *App) accountPages() *access.Pages {
	pages := access.NewPages(a.Access, a.secure(), place)
	pages.OfferPartners(a.Partners.ForAccounts)
	return pages
}

// networkRoutes are the directory of partners, referrals from the office's side, the partners' door, and referrals to the office.
func (a *App) networkRoutes(cases *casefile.Pages, handed *inbound.Pages) []web.Route {
	referrals, desk := referral.NewPages(a.Referrals, cases), partnerdesk.NewPages(a.Desk, a.secure())
	referrals.AddSide(desk.OnReferral)
	referrals.AddSide(handed.OnReferral)
	return slices.Concat(partner.NewPages(a.Partners, a.Access).Routes(), exchange.NewPages(a.Exchange).Routes(),
		exchange.NewOpen(a.Exchange, a.Config.BaseURL).Routes(), referrals.Routes(), desk.Routes(), handed.Routes())
}

// besideRequests puts referrals to the office beside the requests they became.
func besideRequests(requests *intake.Pages, handed *inbound.Pages) {
	requests.AddPanel(handed.OnRequest)
	for _, d := range handed.Doors() {
		requests.AddDoor(d)
	}
}

// calendarPages are appointments, which stand beside what they are for.
func (a *App) calendarPages(cases *casefile.Pages, requests *intake.Pages, people *person.Pages) *calendar.Pages {
	pages := calendar.NewPages(a.Calendar, a.Access)
	cases.AddPanel(pages.OnCase)
	requests.AddPanel(pages.OnRequest)
	people.AddPanel(pages.OnPerson)
	return pages
}

// dayPages are the day; what another domain shows there is added here.
func (a *App) dayPages() *day.Pages {
	return day.NewPages(day.Services{Cases: a.Cases, Requests: a.Requests, Practice: a.Practice, Guidance: a.Guidance, Referrals: a.Referrals, Now: a.Config.Now})
}

// operations registers the JSON operations of all domains.
func (a *App) operations(api *web.API) {
	access.Operations(api, a.Access)
	casefile.Operations(api, a.Cases)
	practice.Operations(api, a.Practice)
	assessment.Operations(api, a.Assessments)
	supervision.Operations(api, a.Guidance)
	report.Operations(api, a.Reports)
	person.Operations(api, a.People)
	genogram.Operations(api, a.Drawings)
	group.Operations(api, a.Groups)
	letter.Operations(api, a.Letters)
	partnerdesk.Operations(api, a.Desk)
	referral.Operations(api, a.Referrals)
	inbound.Operations(api, a.Inbound)
	intake.Operations(api, a.Requests)
	calendar.Operations(api, a.Calendar)
	instrument.Operations(api, a.Instruments)
	partner.Operations(api, a.Partners)
}

// foreign answers a request that another site made in a person's name.
func (a *App) foreign(w http.ResponseWriter, r *http.Request) { a.fail(w, r, fault.Forbidden()) }

func place(code string) string {
	name, _ := region.Name(code)
	return name
}
