package letter

import (
	"context"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/access"
	"teduh/internal/fault"
	"teduh/internal/web"
)

// TemplateJSON is how a kind of letter is written.
type TemplateJSON struct {
	Kind    string   `json:"kind" enum:"referral,introduction,transfer,statement,reply"`
	Edition int      `json:"edition" doc:"1 is shipped; those above it are the office’s own"`
	Subject string   `json:"subject"`
	Secrecy string   `json:"secrecy"`
	Opening string   `json:"opening"`
	Body    string   `json:"body"`
	Closing string   `json:"closing"`
	Fields  []string `json:"fields" nullable:"false" doc:"codes of the fields it names"`
}

type templateOutput struct {
	ETag string `header:"ETag"`
	Body TemplateJSON
}

type templatesOutput struct{ Body web.Page[TemplateJSON] }

// TemplateInput is the kind an address names; exported because embedded fields of unexported types are not read.
type TemplateInput struct {
	Kind string `path:"letterkind" maxLength:"20" doc:"kind of letter"`
}

type publishTemplateInput struct {
	TemplateInput
	IfMatch string `header:"If-Match" doc:"the ETag of what was read"`
	Body    struct {
		Subject string `json:"subject" minLength:"1" maxLength:"500"`
		Secrecy string `json:"secrecy,omitempty" maxLength:"200"`
		Opening string `json:"opening" minLength:"1" maxLength:"20000"`
		Body    string `json:"body" minLength:"1" maxLength:"20000" doc:"with fields such as {{nomor_kasus}}; a part in [[double brackets]] falls away where one of its fields is empty"`
		Closing string `json:"closing,omitempty" maxLength:"20000"`
	}
}

// templateOperations registers what the head does with templates.
func templateOperations(api *web.API, o operations) {
	op := func(method, rest, summary string) huma.Operation {
		return huma.Operation{Method: method, Path: "/letter-templates" + rest, Tags: []string{"letters"}, Summary: summary}
	}
	settings := string(access.OfficeSettings)
	web.Operation(api, op(http.MethodGet, "", "Templates of letters that hold now"), settings, o.templates)
	web.Operation(api, op(http.MethodGet, "/{letterkind}", "The template of a kind of letter"), settings, o.template)
	x := op(http.MethodPut, "/{letterkind}", "Publish a new edition of a template; letters that were written stay as they are")
	x.RequestBody = web.Sent(`{"subject":"(subject)","opening":"Dengan hormat,","body":"(text about {{nomor_kasus}})","closing":"(closing)"}`)
	web.Act(api, x, settings, o.publish, func(ctx context.Context, in *publishTemplateInput, _ web.Made) (*templateOutput, error) {
		return o.template(ctx, &in.TemplateInput)
	})
}

func templateJSON(t Template) TemplateJSON {
	codes, _ := t.Uses()
	return TemplateJSON{t.Kind, t.Edition, t.Subject, t.Secrecy, t.Opening, t.Body, t.Closing, all(codes)}
}

func (o operations) templates(ctx context.Context, _ *struct{}) (*templatesOutput, error) {
	list, err := o.s.Templates(ctx, access.From(ctx))
	if err != nil {
		return nil, err
	}
	out := &templatesOutput{}
	out.Body.Items = make([]TemplateJSON, len(list))
	for i, t := range list {
		out.Body.Items[i] = templateJSON(t)
	}
	return out, nil
}

func (o operations) template(ctx context.Context, in *TemplateInput) (*templateOutput, error) {
	list, err := o.s.Templates(ctx, access.From(ctx))
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(list, func(t Template) bool { return t.Kind == in.Kind })
	if i < 0 {
		return nil, fault.NotFound()
	}
	return &templateOutput{web.ETag(int64(list[i].Edition)), templateJSON(list[i])}, nil
}

func (o operations) publish(ctx context.Context, in *publishTemplateInput) (*templateOutput, error) {
	version, err := web.IfMatch(in.IfMatch)
	if err != nil {
		return nil, err
	}
	b := in.Body
	t := Template{Kind: in.Kind, Edition: int(version), Subject: b.Subject, Secrecy: b.Secrecy, Opening: b.Opening, Body: b.Body, Closing: b.Closing}
	if err := o.s.Publish(ctx, access.From(ctx), t); err != nil {
		return nil, err
	}
	return o.template(ctx, &in.TemplateInput)
}
