package access

import (
	"time"

	"teduh/internal/web"
)

// signInForm is what stands at the door; the password is never shown again.
type signInForm struct {
	Email  string
	Shared bool
	Back   string
}

type signInView struct {
	Form   signInForm
	Err    error
	Office string
	Place  string
	Here   string
	Ended  bool // a form was sent after the session had ended
}

type linkView struct {
	Email  string
	Name   string
	Action string
	Err    error
}

type profileView struct {
	Actor  Actor
	Logins []Login
	Tokens []Token
	Token  string // one that was just made, told this once
	Form   web.Form
	Err    error
	Now    time.Time
}
