package practice

import (
	"teduh/internal/casefile"
	"teduh/internal/db"
)

// ReceiptJSON is what a client takes home of a consent: the record of ISO/IEC TS 27560:2023 by its field names.
type ReceiptJSON struct {
	SchemaVersion string        `json:"schema_version" example:"ISO/IEC TS 27560:2023"`
	RecordID      string        `json:"record_id"`
	PrincipalID   string        `json:"pii_principal_id" doc:"the client of the case"`
	Principal     string        `json:"pii_principal" example:"Contoh" doc:"the client’s name"`
	Controllers   []string      `json:"pii_controllers" nullable:"false" example:"[\"LK3 Contoh\"]" doc:"the office"`
	Notice        NoticeJSON    `json:"privacy_notice"`
	Purposes      []PurposeJSON `json:"purposes" nullable:"false"`
	Recipients    string        `json:"recipient_third_parties"`
	Storage       string        `json:"storage_conditions"`
	Withdrawal    string        `json:"withdrawal_method"`
	Jurisdiction  string        `json:"jurisdiction" enum:"ID"`
	Events        []EventJSON   `json:"events" nullable:"false" doc:"given, and withdrawn where it was"`
	Parties       PartiesJSON   `json:"parties"`
}

// NoticeJSON is the text that was read.
type NoticeJSON struct {
	Title    string `json:"title"`
	Version  string `json:"version" example:"1"`
	Language string `json:"language" enum:"id,en"`
	Text     string `json:"text"`
}

// PurposeJSON is what the data are used for.
type PurposeJSON struct {
	Purpose     string `json:"purpose"`
	LawfulBasis string `json:"lawful_basis" enum:"consent"`
	Categories  string `json:"pii_categories" doc:"kinds of personal data"`
	Named       string `json:"pii_named" doc:"data named beside the text; empty where none"`
}

// EventJSON is a change of the consent's state.
type EventJSON struct {
	State  string  `json:"event_state" enum:"given,withdrawn"`
	At     db.Time `json:"event_time" format:"date-time"`
	Type   string  `json:"consent_type" enum:"expressly_given"`
	Manner string  `json:"event_manner" enum:"screen,paper,spoken"`
	By     string  `json:"recorded_by" example:"Contoh"`
}

// PartiesJSON are the people who stood by.
type PartiesJSON struct {
	Signer   string `json:"signer"`
	Witness  string `json:"witness"`
	Guardian string `json:"guardian"`
	Relation string `json:"guardian_relation"`
}

const receiptSchema = "ISO/IEC TS 27560:2023"

func receiptJSON(office string, in casefile.Case, c Consent, t Text) ReceiptJSON {
	j := ReceiptJSON{SchemaVersion: receiptSchema, RecordID: c.ID.String(), PrincipalID: in.Client.ID.String(), Principal: in.Client.Name, Controllers: []string{office},
		Notice: NoticeJSON{t.Title, c.TextVersion, c.Language, t.Read}, Purposes: []PurposeJSON{{t.Purposes, "consent", t.Data, c.Data}},
		Recipients: t.Recipients, Storage: t.Storage, Withdrawal: t.Withdrawal, Jurisdiction: "ID",
		Events:  []EventJSON{{"given", c.GivenAt, "expressly_given", c.Manner, c.By}},
		Parties: PartiesJSON{c.Name, c.Witness, c.Guardian, c.Relation}}
	if c.Recipient != "" {
		j.Recipients = c.Recipient
	}
	if !c.Stands() {
		j.Events = append(j.Events, EventJSON{"withdrawn", c.WithdrawnAt, "expressly_given", c.Manner, c.WithdrawnBy})
	}
	return j
}
