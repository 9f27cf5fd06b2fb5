package access

import "time"

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
	Err    error
	Now    time.Time
}
