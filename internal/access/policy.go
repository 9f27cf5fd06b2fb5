package access

// Role is a set of permissions held over a unit.
type Role string

// The roles, by their code.
const (
	Admin        Role = "admin"
	Head         Role = "head"
	Supervisor   Role = "supervisor"
	Worker       Role = "worker"
	Psychologist Role = "psychologist"
	Intake       Role = "intake"
	Facilitator  Role = "facilitator"
	Partner      Role = "partner"
	Viewer       Role = "viewer"
	Upper        Role = "upper"
	Auditor      Role = "auditor"
	DPO          Role = "dpo"
)

// Roles in the order people read them.
var Roles = []Role{Head, Supervisor, Worker, Psychologist, Intake, Facilitator, Partner, Viewer, Upper, Admin, Auditor, DPO}

// Permission names an act as "thing.action".
type Permission string

// Public and SignedIn need no role; every other permission comes from one.
const (
	Public   Permission = "public"
	SignedIn Permission = "signed_in"
)

// The permissions.
const (
	AccountManage  Permission = "account.manage"
	UnitManage     Permission = "unit.manage"
	OfficeSettings Permission = "office.settings"
	OfficeImport   Permission = "office.import"
	HealthRead     Permission = "health.read"

	RequestRead   Permission = "request.read"
	RequestRecord Permission = "request.record"
	RequestHandle Permission = "request.handle" // take, contact, change the urgency
	RequestTriage Permission = "request.triage"

	PersonRead  Permission = "person.read"
	PersonWrite Permission = "person.write"
	PersonMerge Permission = "person.merge"

	CaseList         Permission = "case.list"
	CaseRead         Permission = "case.read"
	CaseOpen         Permission = "case.open"
	CaseWork         Permission = "case.work"         // notes, tasks, plan, stages of a case one is in the team of
	CaseAssign       Permission = "case.assign"       // worker in charge, team, hand-over of many
	CasePassGate     Permission = "case.pass_gate"    // with a reason
	CaseConfidential Permission = "case.confidential" // set the confidentiality and the named
	CaseSupervise    Permission = "case.supervise"    // notes of supervision, approvals
	CaseExport       Permission = "case.export"       // a list as a file
	CaseReaders      Permission = "case.readers"      // see who read what
	BreakGlass       Permission = "case.break_glass"

	CalendarRead  Permission = "calendar.read"
	CalendarWrite Permission = "calendar.write"
	TaskOwn       Permission = "task.own"
	CompetenceOwn Permission = "competence.own" // what one can and is licensed to do; of others with team.read

	PartnerRead     Permission = "partner.read"     // the directory
	PartnerWrite    Permission = "partner.write"    // keep its entries
	PartnerOwn      Permission = "partner.own"      // a partner user's own entry and colleagues
	ReferralRefer   Permission = "referral.refer"   // write, send, withdraw
	ReferralRecord  Permission = "referral.record"  // type in what a partner said
	ReferralReceive Permission = "referral.receive" // see what was sent to one's service, ask, say that it came
	ReferralAccept  Permission = "referral.accept"  // accept, decline, serve, report back
	ReferralRevoke  Permission = "referral.revoke"  // take back: a referral one sent, an acceptance one gave
	ReferralHandIn  Permission = "referral.hand_in" // refer someone to the office from outside
	LetterWrite     Permission = "letter.write"
	NoticeManage    Permission = "notice.manage" // senders, and what could not be sent

	SearchUse  Permission = "search.use" // the one field above all pages
	TeamRead   Permission = "team.read"
	ReportRead Permission = "report.read"
	AuditRead  Permission = "audit.read"
)

// policy is what each role may do at its office. POLICY.md of the design is its source.
var policy = map[Role]permissionSet{
	Admin: set(AccountManage, UnitManage, HealthRead, NoticeManage),
	Head: set(OfficeSettings, OfficeImport, RequestRead, RequestRecord, RequestHandle, RequestTriage, PersonRead, PersonWrite, PersonMerge,
		CaseList, CaseRead, CaseOpen, CaseWork, CaseAssign, CasePassGate, CaseConfidential, CaseSupervise, CaseExport, CaseReaders, BreakGlass,
		CalendarRead, CalendarWrite, TaskOwn, CompetenceOwn, SearchUse, TeamRead, ReportRead,
		PartnerRead, PartnerWrite, ReferralRefer, ReferralRecord, ReferralRevoke, LetterWrite, NoticeManage),
	Supervisor: set(RequestRead, PersonRead, CaseList, CaseRead, CaseSupervise, BreakGlass, CalendarRead, CalendarWrite, TaskOwn, CompetenceOwn, SearchUse, TeamRead, ReportRead,
		PartnerRead),
	Worker: set(RequestRead, RequestRecord, RequestHandle, RequestTriage, PersonRead, PersonWrite, PersonMerge,
		CaseList, CaseRead, CaseOpen, CaseWork, BreakGlass, CalendarRead, CalendarWrite, TaskOwn, CompetenceOwn, SearchUse,
		PartnerRead, PartnerWrite, ReferralRefer, ReferralRecord, ReferralRevoke, LetterWrite),
	Psychologist: set(RequestRead, RequestRecord, RequestHandle, RequestTriage, PersonRead, PersonWrite, PersonMerge,
		CaseList, CaseRead, CaseOpen, CaseWork, BreakGlass, CalendarRead, CalendarWrite, TaskOwn, CompetenceOwn, SearchUse,
		PartnerRead, PartnerWrite, ReferralRefer, ReferralRecord, ReferralRevoke, LetterWrite),
	Intake: set(RequestRead, RequestRecord, RequestHandle, PersonRead, PersonWrite, CaseList, CalendarRead, CalendarWrite, TaskOwn, CompetenceOwn, SearchUse,
		PartnerRead),
	Facilitator: set(RequestRecord, TaskOwn, CompetenceOwn),
	Partner:     set(PartnerOwn, ReferralReceive, ReferralAccept, ReferralRevoke, ReferralHandIn),
	Viewer:      set(ReportRead),
	Upper:       set(ReportRead),
	Auditor:     set(AuditRead, ReportRead),
	DPO:         set(CaseReaders),
}

// Allows tells whether a role gives a permission.
func (r Role) Allows(p Permission) bool { return policy[r].has(p) }

// Valid tells whether the role is one of the policy's.
func (r Role) Valid() bool { _, ok := policy[r]; return ok }

// all gives each permission its bit; a permission that is not listed here can't be held by anyone.
var all = []Permission{AccountManage, UnitManage, OfficeSettings, OfficeImport, HealthRead,
	RequestRead, RequestRecord, RequestHandle, RequestTriage, PersonRead, PersonWrite, PersonMerge,
	CaseList, CaseRead, CaseOpen, CaseWork, CaseAssign, CasePassGate, CaseConfidential, CaseSupervise, CaseExport, CaseReaders, BreakGlass,
	CalendarRead, CalendarWrite, TaskOwn, CompetenceOwn, SearchUse, TeamRead, ReportRead, AuditRead,
	PartnerRead, PartnerWrite, PartnerOwn, ReferralRefer, ReferralRecord, ReferralReceive, ReferralAccept, ReferralRevoke, ReferralHandIn,
	LetterWrite, NoticeManage}

// Known tells whether the permission is one a route may name.
func Known(p Permission) bool {
	return p == Public || p == SignedIn || bit(p) != 0
}

// permissionSet has one bit a permission.
type permissionSet uint64

func set(ps ...Permission) (s permissionSet) {
	for _, p := range ps {
		s |= bit(p)
	}
	return s
}

func (s *permissionSet) add(o permissionSet)  { *s |= o }
func (s permissionSet) has(p Permission) bool { b := bit(p); return b != 0 && s&b != 0 }
func bit(p Permission) permissionSet {
	for i, known := range all {
		if known == p {
			return 1 << i
		}
	}
	return 0
}
