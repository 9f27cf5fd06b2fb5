// Package fault holds the errors a person may see.
//
// A domain returns a *fault.Error where someone can do something about it: a field to mend, a thing that is not there,
// a state that does not allow the act. It carries a stable code for machines, an HTTP status, and the catalog key of the
// sentence a person reads; the language is chosen at the edge, by web for pages and by the API for problem documents.
//
// Any other error is an accident: the edge answers it with a reference number and the log holds the rest. An Error never
// carries a value that was typed, because errors reach logs.
package fault

import (
	"errors"
	"net/http"
	"strings"
)

// Error is a refusal with its reason.
type Error struct {
	Status int    // HTTP status
	Code   string // stable word for machines, such as "not_found"
	Key    string // catalog key of the sentence for people
	Args   []any  // name/value pairs for the sentence
	Field  string // the field that is wrong, in the JSON name; empty for the whole
	Fields []*Error
	Data   any // what a machine needs to go on, such as the gates not met; never sealed text
}

// Error tells the code and the fields, never a value.
func (e *Error) Error() string {
	if len(e.Fields) == 0 {
		return e.Code
	}
	names := make([]string, len(e.Fields))
	for i, f := range e.Fields {
		names[i] = f.Field + ":" + f.Code
	}
	return e.Code + " (" + strings.Join(names, " ") + ")"
}

// With returns a copy that carries data for the one who asked.
func (e *Error) With(data any) *Error {
	c := *e
	c.Data = data
	return &c
}

// As finds the Error in a chain.
func As(err error) (*Error, bool) {
	var e *Error
	return e, errors.As(err, &e)
}

// Is tells whether err is an Error of that code.
func Is(err error, code string) bool {
	e, ok := As(err)
	return ok && e.Code == code
}

// NotFound is said of what is not there and of what one may not know.
func NotFound() *Error {
	return &Error{Status: http.StatusNotFound, Code: "not_found", Key: "error.not_found"}
}

// Forbidden is said of an act that is not the actor's, on a thing the actor may know.
func Forbidden() *Error {
	return &Error{Status: http.StatusForbidden, Code: "forbidden", Key: "error.forbidden"}
}

// Unauthorized asks for a sign-in.
func Unauthorized() *Error {
	return &Error{Status: http.StatusUnauthorized, Code: "unauthorized", Key: "error.unauthorized"}
}

// Conflict is said where the state of a thing does not allow the act.
func Conflict(code, key string, args ...any) *Error {
	return &Error{Status: http.StatusConflict, Code: code, Key: key, Args: args}
}

// VersionChanged is said where another change came first; current is the version that stands.
func VersionChanged(current int64) *Error {
	e := &Error{Status: http.StatusPreconditionFailed, Code: "version_changed", Key: "error.version_changed"}
	return e.With(current)
}

// TooMany asks to wait; seconds goes into Retry-After.
func TooMany(seconds int) *Error {
	e := &Error{Status: http.StatusTooManyRequests, Code: "too_many", Key: "error.too_many", Args: []any{"n", seconds}}
	return e.With(seconds)
}

// TooLarge refuses a body or a file over its limit, in MiB.
func TooLarge(mib int) *Error {
	return &Error{Status: http.StatusRequestEntityTooLarge, Code: "too_large", Key: "error.too_large", Args: []any{"max", mib}}
}

// Malformed refuses what could not be read at all.
func Malformed() *Error {
	return &Error{Status: http.StatusBadRequest, Code: "malformed", Key: "error.malformed"}
}

// Field names one wrong field; it goes into Invalid.
func Field(field, code, key string, args ...any) *Error {
	return &Error{Status: http.StatusUnprocessableEntity, Code: code, Key: key, Args: args, Field: field}
}

// Invalid gathers the wrong fields of one form.
func Invalid(fields ...*Error) *Error {
	return &Error{Status: http.StatusUnprocessableEntity, Code: "invalid", Key: "error.invalid", Fields: fields}
}

// Checks collects wrong fields while a form is read.
type Checks struct{ fields []*Error }

// Add keeps a wrong field; nil is ignored.
func (c *Checks) Add(e *Error) {
	if e != nil {
		c.fields = append(c.fields, e)
	}
}

// Field keeps a wrong field when bad is true.
func (c *Checks) Field(bad bool, field, code, key string, args ...any) {
	if bad {
		c.Add(Field(field, code, key, args...))
	}
}

// Err is nil when nothing was wrong.
func (c *Checks) Err() error {
	if len(c.fields) == 0 {
		return nil
	}
	return Invalid(c.fields...)
}
