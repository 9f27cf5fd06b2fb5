package inbound

import (
	"encoding/json"
	"net/http"
	"strings"

	"teduh/internal/access"
	"teduh/internal/fault"
	"teduh/internal/i18n"
	"teduh/internal/web"
)

func (p *Pages) filePage(w http.ResponseWriter, r *http.Request) error {
	return p.showFile(w, r, fileView{})
}

func (p *Pages) showFile(w http.ResponseWriter, r *http.Request, v fileView) error {
	v.Now = p.now()
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(r.Context(), "inbound.file"), Active: "requests", Err: v.Err}, filePage(v))
}

// file shows what a file holds, or takes in what was shown.
func (p *Pages) file(w http.ResponseWriter, r *http.Request) error {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		return p.takeIn(w, r)
	}
	var v fileView
	raw, err := upload(r)
	if err == nil {
		v.Parcel, err = ReadParcel(raw)
	}
	if err == nil {
		v.Opened, err = p.service.Open(r.Context(), access.From(r.Context()), v.Parcel)
	}
	return p.refusedFile(w, r, v, err)
}

// refusedFile shows what was opened, or why it was not; whoever may not know the referral that is answered learns nothing.
func (p *Pages) refusedFile(w http.ResponseWriter, r *http.Request, v fileView, err error) error {
	if fault.Is(err, "not_found") {
		err = fault.Conflict("answer_not_ours", "inbound.parcel.answer_not_ours")
	}
	if err != nil && !web.Refused(err) {
		return err
	}
	v.Err = err
	return p.showFile(w, r, v)
}

func (p *Pages) takeIn(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	parcel, err := ReadParcel([]byte(f.Text("parcel")))
	var o Opened
	var again bool
	if err == nil {
		o, again, err = p.service.TakeIn(r.Context(), access.From(r.Context()), parcel)
	}
	if err != nil {
		return p.refusedFile(w, r, fileView{}, err)
	}
	switch {
	case parcel.Format == AnswerParcel:
		web.Say(w, "answer_taken_in")
		return web.Redirect(w, r, "/rujukan/"+o.Said.ID.String())
	case again:
		web.Say(w, "referral_in_known")
	default:
		web.Say(w, "referral_in_recorded")
	}
	return web.Redirect(w, r, "/permintaan/"+o.Taken.String())
}

// upload is the file of a form.
func upload(r *http.Request) ([]byte, error) {
	_, raw, err := web.Upload{Field: "file", Memory: 1 << 20, TooLarge: fault.TooLarge(1),
		Missing: fault.Invalid(fault.Field("file", "required", "inbound.parcel.missing"))}.Read(r)
	return raw, err
}

// answer gives the state of a referral back as a file.
func (p *Pages) answer(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "id")
	if err != nil {
		return err
	}
	parcel, err := p.service.Answer(r.Context(), access.From(r.Context()), id)
	if err != nil {
		return err
	}
	return hand(w, "jawaban.json", parcel)
}

// pack gives a referral of ours out as a file.
func (p *Pages) pack(w http.ResponseWriter, r *http.Request) error {
	id, f, err := web.PathForm(r, "id")
	if err != nil {
		return err
	}
	parcel, err := p.service.Pack(r.Context(), access.From(r.Context()), id, f.ID("key"))
	if err != nil {
		return err
	}
	return hand(w, "rujukan.json", parcel)
}

func hand(w http.ResponseWriter, name string, parcel Parcel) error {
	body, err := json.MarshalIndent(parcel, "", "  ")
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	_, err = w.Write(append(body, '\n'))
	return err
}

func (p *Pages) keys(w http.ResponseWriter, r *http.Request) error {
	return p.showKeys(w, r, web.Form{}, nil)
}

func (p *Pages) showKeys(w http.ResponseWriter, r *http.Request, f web.Form, refused error) (err error) {
	ctx, a := r.Context(), access.From(r.Context())
	v := keysView{Form: f, Err: refused}
	if v.Card, v.Code, err = p.service.OwnCard(ctx, a); err != nil {
		return err
	}
	if v.List, err = p.service.Keys(ctx, a); err != nil {
		return err
	}
	return web.ShowPage(w, r, web.PageInfo{Title: i18n.T(ctx, "inbound.key.title"), Active: "settings", Err: refused}, keysPage(v))
}

func (p *Pages) addKey(w http.ResponseWriter, r *http.Request) error {
	f, err := web.ReadForm(r)
	if err != nil {
		return err
	}
	err = p.service.AddKey(r.Context(), access.From(r.Context()), Key{Name: f.Line("name"), Kind: f.Line("kind"), Card: f.Text("card")})
	return p.keyDone(w, r, f, "office_key_added", err)
}

func (p *Pages) endKey(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID(r, "key")
	if err == nil {
		err = p.service.EndKey(r.Context(), access.From(r.Context()), id)
	}
	return p.keyDone(w, r, web.Form{}, "office_key_ended", err)
}

func (p *Pages) keyDone(w http.ResponseWriter, r *http.Request, f web.Form, said string, err error) error {
	if web.Refused(err) && !fault.Is(err, "not_found") {
		return p.showKeys(w, r, f, err)
	}
	if err != nil {
		return err
	}
	web.Say(w, said)
	return web.Redirect(w, r, keysPath)
}
