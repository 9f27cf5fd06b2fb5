package letter

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/access"
	"teduh/internal/casefile"
	"teduh/internal/db"
	"teduh/internal/letter/paper"
	"teduh/internal/web"
)

// PaperJSON is a letter.
type PaperJSON struct {
	ID         string         `json:"id"`
	Kind       string         `json:"kind" enum:"referral,introduction,transfer,statement,reply"`
	Number     string         `json:"number" example:"460/041/LK3/XI/2026"`
	On         db.Date        `json:"on" format:"date"`
	ReferralID *string        `json:"referral_id" format:"uuid" doc:"where it goes with one"`
	Edition    int            `json:"edition" doc:"of the template it was made by"`
	Subject    string         `json:"subject" example:"(subject)"`
	To         []string       `json:"to" nullable:"false" doc:"whom it is for, line by line"`
	Secrecy    string         `json:"secrecy"`
	Enclosures string         `json:"enclosures"`
	Copies     []string       `json:"copies" nullable:"false"`
	Code       string         `json:"code" example:"0000-0000-0000-0000" doc:"by which anybody sees on the check page that the letter is real"`
	Replaces   *string        `json:"replaces" format:"uuid" doc:"the letter it corrects"`
	By         string         `json:"by" example:"Contoh"`
	At         db.Time        `json:"at" format:"date-time"`
	Withdrawn  *WithdrawnJSON `json:"withdrawn" doc:"null while it stands"`
	Version    int64          `json:"version"`
}

// WithdrawnJSON is when and why a letter was taken back.
type WithdrawnJSON struct {
	At  db.Time `json:"at" format:"date-time"`
	By  string  `json:"by" example:"Contoh"`
	Why string  `json:"why"`
}

// PaperTextJSON is a letter with what stands on it.
type PaperTextJSON struct {
	PaperJSON
	Values   map[string]string `json:"values" nullable:"false" doc:"what was given for the template’s fields"`
	Document DocumentJSON      `json:"document"`
}

// DocumentJSON is what stands on a letter.
type DocumentJSON struct {
	Head   []string        `json:"head" nullable:"false" doc:"of the letterhead, the office last"`
	Small  []string        `json:"small" nullable:"false" doc:"small lines of the letterhead"`
	Title  string          `json:"title" doc:"of a letter that is addressed to nobody"`
	Place  string          `json:"place" doc:"and day"`
	To     []string        `json:"to" nullable:"false"`
	Body   string          `json:"body" doc:"paragraphs apart by an empty line, items after a dash, lines «label : value»"`
	Signer PaperSignerJSON `json:"signer"`
	Facts  []PaperFactJSON `json:"facts" nullable:"false" doc:"number, secrecy, enclosures, subject"`
	Copies []string        `json:"copies" nullable:"false"`
}

// PaperFactJSON is a labelled line of a letter.
type PaperFactJSON struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// PaperSignerJSON is who signed.
type PaperSignerJSON struct {
	Title string   `json:"title"`
	Name  string   `json:"name"`
	Below []string `json:"below" nullable:"false" doc:"rank and NIP"`
}

type letterOutput struct {
	Status   int
	ETag     string `header:"ETag"`
	Location string `header:"Location"`
	Body     PaperTextJSON
}

type lettersOutput struct{ Body web.Page[PaperJSON] }

type pdfOutput struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Cache       string `header:"Cache-Control"`
	Body        []byte
}

// PaperInput is the letter an address names; exported because embedded fields of unexported types are not read.
type PaperInput struct {
	casefile.IDInput
	Letter string `path:"letter" format:"uuid" doc:"of the case"`
}

type writeLetterInput struct {
	casefile.IDInput
	Body struct {
		Kind       string            `json:"kind" maxLength:"20" doc:"introduction, statement or reply; another one only to correct a letter of that kind"`
		To         []string          `json:"to,omitempty" nullable:"false" maxItems:"8" doc:"whom it is for, line by line; a statement needs nobody"`
		Subject    string            `json:"subject,omitempty" maxLength:"500" doc:"the template’s when left out"`
		Secrecy    string            `json:"secrecy,omitempty" maxLength:"200" doc:"the template’s when left out"`
		Enclosures string            `json:"enclosures,omitempty" maxLength:"200"`
		Values     map[string]string `json:"values,omitempty" nullable:"false" doc:"of the template’s fields that are given"`
		Copies     []string          `json:"copies,omitempty" nullable:"false" maxItems:"8"`
		Signer     string            `json:"signer,omitempty" maxLength:"100" doc:"id of one of the office’s signers; the usual one when left out"`
		Replaces   *string           `json:"replaces,omitempty" maxLength:"36" doc:"id of a letter of the case that this one corrects"`
	}
}

type withdrawLetterInput struct {
	PaperInput
	IfMatch string `header:"If-Match" doc:"the ETag of what was read"`
	Body    struct {
		Why string `json:"why" minLength:"5" maxLength:"500"`
	}
}

type operations struct{ s *Service }

// Operations registers the operations of letters.
func Operations(api *web.API, s *Service) {
	o := operations{s}
	op := func(method, rest, summary string) huma.Operation {
		return huma.Operation{Method: method, Path: "/cases/{id}/letters" + rest, Tags: []string{"letters"}, Summary: summary}
	}
	read, write := string(access.CaseRead), string(access.LetterWrite)
	web.Operation(api, op(http.MethodGet, "", "Letters of a case, newest first"), read, o.list)
	x := op(http.MethodPost, "", "Write a letter: it takes the office’s next number")
	x.RequestBody = web.Sent(`{"kind":"introduction","to":["(office held)","(organisation)"],"values":{"keperluan":"(what for)"}}`)
	x.DefaultStatus = http.StatusCreated
	web.Act(api, x, write, o.write, o.writtenAgain)
	web.Operation(api, op(http.MethodGet, "/{letter}", "A letter with its text"), read, o.get)
	pdf := op(http.MethodGet, "/{letter}/pdf", "The paper of a letter, the same bytes each time; it leaves with the client’s consent alone")
	pdf.Responses = map[string]*huma.Response{"200": {Description: "The PDF", Content: map[string]*huma.MediaType{"application/pdf": {Schema: &huma.Schema{Type: "string", Format: "binary"}, Example: "%PDF-1.3"}}}}
	web.Operation(api, pdf, read, o.pdf)
	w := op(http.MethodPost, "/{letter}/withdraw", "Take a letter back; its paper stays, and the check page says so")
	w.RequestBody = web.Sent(`{"why":"(why it holds no longer)"}`)
	web.Act(api, w, write, o.withdraw, func(ctx context.Context, in *withdrawLetterInput, _ web.Made) (*letterOutput, error) {
		return o.get(ctx, &in.PaperInput)
	})
	templateOperations(api, o)
}

func optional(id db.ID) *string {
	if id.IsZero() {
		return nil
	}
	text := id.String()
	return &text
}

func all[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func letterJSON(l Letter) PaperJSON {
	j := PaperJSON{ID: l.ID.String(), Kind: l.Kind, Number: l.Number, On: l.On, ReferralID: optional(l.Referral), Edition: l.Edition, Subject: l.Subject, To: all(l.Made.To),
		Secrecy: l.Made.Secrecy, Enclosures: l.Made.Enclosures, Copies: all(l.Made.Copies), Code: l.Code, Replaces: optional(l.Replaces), By: l.By, At: l.At,
		Version: l.Version}
	if !l.Stands() {
		j.Withdrawn = &WithdrawnJSON{l.WithdrawnAt, l.WithdrawnBy, l.Why}
	}
	return j
}

func given(v Values) map[string]string {
	if v == nil {
		return map[string]string{}
	}
	return v
}

func documentJSON(d paper.Document) DocumentJSON {
	j := DocumentJSON{Head: all(d.Head.Lines), Small: all(d.Head.Small), Title: d.Title, Place: d.Place, To: all(d.To), Body: d.Body,
		Signer: PaperSignerJSON{d.Signer.Title, d.Signer.Name, all(d.Signer.Below)}, Facts: []PaperFactJSON{}, Copies: all(d.Copies)}
	for _, f := range d.Facts {
		j.Facts = append(j.Facts, PaperFactJSON(f))
	}
	return j
}

func (o operations) list(ctx context.Context, in *casefile.IDInput) (*lettersOutput, error) {
	id, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	list, err := o.s.OfCase(ctx, access.From(ctx), id)
	if err != nil {
		return nil, err
	}
	out := &lettersOutput{}
	out.Body.Items = make([]PaperJSON, len(list))
	for i, l := range list {
		out.Body.Items[i] = letterJSON(l)
	}
	return out, nil
}

func (in PaperInput) ids() (caseID, id db.ID, err error) {
	if caseID, err = web.AddressID(in.ID); err == nil {
		id, err = web.AddressID(in.Letter)
	}
	return caseID, id, err
}

func (o operations) get(ctx context.Context, in *PaperInput) (*letterOutput, error) {
	caseID, id, err := in.ids()
	if err != nil {
		return nil, err
	}
	return o.one(ctx, caseID, id)
}

func (o operations) one(ctx context.Context, caseID, id db.ID) (*letterOutput, error) {
	l, err := o.s.One(ctx, access.From(ctx), caseID, id)
	if err != nil {
		return nil, err
	}
	return &letterOutput{Status: http.StatusOK, ETag: web.ETag(l.Version), Body: PaperTextJSON{letterJSON(l), given(l.Made.Values), documentJSON(l.Document)}}, nil
}

func (o operations) written(ctx context.Context, caseID, id db.ID) (*letterOutput, error) {
	out, err := o.one(ctx, caseID, id)
	if err == nil {
		out.Status, out.Location = http.StatusCreated, "/api/v1/cases/"+caseID.String()+"/letters/"+id.String()
	}
	return out, err
}

func (o operations) write(ctx context.Context, in *writeLetterInput) (*letterOutput, error) {
	caseID, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	b := in.Body
	n := New{Kind: b.Kind, To: b.To, Subject: b.Subject, Secrecy: b.Secrecy, Enclosures: b.Enclosures, Values: b.Values, Copies: b.Copies, Signer: b.Signer}
	if b.Replaces != nil {
		if n.Replaces, err = web.AddressID(*b.Replaces); err != nil {
			return nil, err
		}
	}
	l, err := o.s.Write(ctx, access.From(ctx), caseID, n)
	if err != nil {
		return nil, err
	}
	return o.written(ctx, caseID, l.ID)
}

func (o operations) writtenAgain(ctx context.Context, in *writeLetterInput, m web.Made) (*letterOutput, error) {
	caseID, err := web.AddressID(in.ID)
	if err != nil {
		return nil, err
	}
	id, err := m.Of("letter")
	if err != nil {
		return nil, err
	}
	return o.written(ctx, caseID, id)
}

func (o operations) pdf(ctx context.Context, in *PaperInput) (*pdfOutput, error) {
	caseID, id, err := in.ids()
	if err != nil {
		return nil, err
	}
	pdf, name, err := o.s.PDF(ctx, access.From(ctx), caseID, id)
	if err != nil {
		return nil, err
	}
	return &pdfOutput{"application/pdf", `attachment; filename="` + name + `"`, "no-store", pdf}, nil
}

func (o operations) withdraw(ctx context.Context, in *withdrawLetterInput) (*letterOutput, error) {
	version, err := web.IfMatch(in.IfMatch)
	if err != nil {
		return nil, err
	}
	caseID, id, err := in.ids()
	if err != nil {
		return nil, err
	}
	if err := o.s.Withdraw(ctx, access.From(ctx), caseID, id, Withdrawal{in.Body.Why, version}); err != nil {
		return nil, err
	}
	return o.one(ctx, caseID, id)
}
