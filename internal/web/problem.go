package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/db"
	"teduh/internal/fault"
	"teduh/internal/i18n"
)

// Problem is an error as RFC 9457 tells it, with Teduh's stable code and the fields in the reader's language. It never
// repeats what was sent.
type Problem struct {
	Type      string         `json:"type" doc:"always about:blank; the code tells what happened" example:"about:blank"`
	Title     string         `json:"title" doc:"the status in words"`
	Status    int            `json:"status"`
	Detail    string         `json:"detail,omitempty" doc:"what happened and what to do, in the language of Accept-Language"`
	Code      string         `json:"code" doc:"stable word for programs"`
	Errors    []ProblemField `json:"errors,omitempty" doc:"the wrong fields"`
	Reference string         `json:"reference,omitempty" doc:"what to tell whoever looks after the installation"`
	Current   any            `json:"current,omitempty" doc:"what stands now: with version_changed the version, with gate_not_met the demands that are not met"`
}

// ProblemField is one wrong field.
type ProblemField struct {
	Field   string `json:"field" doc:"name of the field as it is sent, such as address.village_code"`
	Code    string `json:"code" doc:"stable word for programs"`
	Message string `json:"message" doc:"what is wrong, in the language of Accept-Language"`
}

// Error implements error.
func (p *Problem) Error() string { return p.Code }

// GetStatus implements huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType implements huma.ContentTypeFilter.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// Seconds to wait before trying again where the reason does not tell: a disk is full, or a database is away.
const retrySeconds = 30

// GetHeaders implements huma.HeadersError: how to sign in, or when to come back.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	switch p.Status {
	case http.StatusUnauthorized:
		h.Set("WWW-Authenticate", "Bearer")
	case http.StatusServiceUnavailable:
		h.Set("Retry-After", strconv.Itoa(retrySeconds))
	case http.StatusTooManyRequests:
		seconds, ok := p.Current.(int)
		if !ok {
			seconds = retrySeconds
		}
		h.Set("Retry-After", strconv.Itoa(seconds))
	}
	return h
}

// refused is what the decoder found wrong, without what was sent. An address that holds no key leads nowhere.
func refused(ctx context.Context, status int, errs []error) *Problem {
	code, key := codeOf(status)
	p := &Problem{}
	for _, err := range errs {
		if own, ok := errors.AsType[*Problem](err); ok {
			return own
		}
		d, ok := err.(huma.ErrorDetailer)
		switch {
		case !ok:
		case strings.HasPrefix(d.ErrorDetail().Location, "path."):
			status, p.Errors = http.StatusNotFound, nil
			code, key = codeOf(status)
		case status == http.StatusUnprocessableEntity:
			p.Errors = append(p.Errors, wrongField(ctx, d.ErrorDetail()))
		}
	}
	p.Type, p.Title, p.Status, p.Code, p.Detail = "about:blank", http.StatusText(status), status, code, i18n.T(ctx, key, "max", 1)
	return p
}

func codeOf(status int) (code, key string) {
	switch status {
	case http.StatusBadRequest:
		return "malformed", "error.malformed"
	case http.StatusNotFound:
		return "not_found", "error.not_found"
	case http.StatusRequestEntityTooLarge:
		return "too_large", "error.too_large"
	case http.StatusUnsupportedMediaType:
		return "unsupported_media_type", "error.media_type"
	case http.StatusUnprocessableEntity:
		return "invalid", "error.invalid"
	}
	return "error", "error.accident"
}

// wrongField names the field and a code; the decoder's own English message stays inside.
func wrongField(ctx context.Context, d *huma.ErrorDetail) ProblemField {
	field := d.Location
	for _, place := range []string{"body.", "query.", "header."} {
		field = strings.TrimPrefix(field, place)
	}
	code, key, args := "invalid", "error.field", []any(nil)
	switch first := strings.Fields(d.Message + " "); {
	case d.Message == "unexpected property", d.Message == "unknown query parameter":
		code, key = "unknown_field", "error.unknown_field"
	case strings.HasPrefix(d.Message, "expected required property"):
		code, key, field = "required", "error.required", joinField(field, first[3])
	case strings.HasPrefix(d.Message, "expected length <="):
		code, key, args = "too_long", "error.too_long", []any{"max", number(d.Message)}
	case strings.HasPrefix(d.Message, "expected array length <="):
		code, key, args = "too_many", "error.too_many_items", []any{"max", number(d.Message)}
	case strings.HasPrefix(d.Message, "expected value to be one of"):
		code, key = "unknown", "error.choice"
	case strings.HasPrefix(d.Message, "expected number >="):
		code, key, args = "out_of_range", "error.at_least", []any{"min", number(d.Message)}
	case strings.HasPrefix(d.Message, "expected number <="):
		code, key, args = "out_of_range", "error.at_most", []any{"max", number(d.Message)}
	}
	return ProblemField{Field: field, Code: code, Message: i18n.T(ctx, key, args...)}
}

// number is the bound at the end of the decoder's message.
func number(message string) int {
	n, err := strconv.Atoi(message[strings.LastIndexByte(message, ' ')+1:])
	if err != nil {
		return 0
	}
	return n
}

func joinField(parent, name string) string {
	if parent == "" || parent == "body" {
		return name
	}
	return parent + "." + name
}

// IfMatch reads the version a change was made from; a missing header is 428.
func IfMatch(header string) (int64, error) {
	if header == "" {
		return 0, &fault.Error{Status: http.StatusPreconditionRequired, Code: "if_match_missing", Key: "error.if_match"}
	}
	v, err := strconv.ParseInt(strings.Trim(strings.TrimPrefix(header, "W/"), `"`), 10, 64)
	if err != nil || v < 1 {
		return 0, fault.Malformed()
	}
	return v, nil
}

// ETag writes a version as an ETag.
func ETag(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }

// Page is a list of the API.
type Page[T any] struct {
	Items []T     `json:"items"`
	Next  *string `json:"next" doc:"cursor of the next page, null at the end"`
	Total *int64  `json:"total,omitempty" doc:"exact number of all, only when asked for by total=true"`
}

// IDs are keys a body names, by the field they stand in.
type IDs map[string]struct {
	Text string
	Into *db.ID
}

// ReadIDs reads keys; one that is none is refused by its field, an empty one left out.
func ReadIDs(ids IDs) error {
	var c fault.Checks
	for field, id := range ids {
		if id.Text == "" {
			continue
		}
		parsed, err := db.ParseID(id.Text)
		c.Field(err != nil, field, "unknown", "error.unknown_id")
		*id.Into = parsed
	}
	return c.Err()
}

// NextPage is the place a cursor of the API names, in n parts; a cursor that no list gave is refused.
func NextPage(cursor string, n int) ([]string, error) {
	if cursor == "" {
		return nil, nil
	}
	parts, ok := ReadCursor(cursor, n)
	if !ok {
		return nil, BadCursor()
	}
	return parts, nil
}

// BadCursor refuses a cursor that no list gave.
func BadCursor() error { return fault.Invalid(fault.Field("cursor", "unknown", "error.cursor")) }
