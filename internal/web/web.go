// Package web is the plumbing between a browser and a domain: routes, headers, forms, paging, and how refusals are told.
//
// A domain hands in Routes. Every Route names the permission it asks for; New refuses to start with one that does not, or
// that names an unknown one. A Handler decodes the request, calls one service method, renders a page or redirects, and
// returns any error as it is: the configured Fail tells it to the person in the person's language.
//
// The package knows no domain, no account and no database. Who is at the door (Identify), what they may (Allow) and how
// an error looks (Fail) are handed in by app.
//
// Requests from other sites are refused before anything else (http.CrossOriginProtection), pages may load nothing from
// elsewhere and run no inline script (Content-Security-Policy), and bodies have a limit.
package web

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"teduh/internal/fault"
)

// Handler answers a request or returns why it could not.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Route is one address and what it takes to use it.
type Route struct {
	Method     string
	Path       string // pattern of net/http's mux, such as "/kasus/{id}"
	Permission string
	Handle     Handler
	MaxBody    int64 // bytes; 0 means 1 MiB
}

// Config is what app hands in.
type Config struct {
	Identify func(w http.ResponseWriter, r *http.Request) (context.Context, error) // who is at the door
	Allow    func(ctx context.Context, permission string) error                    // may they
	Known    func(permission string) bool                                          // is it a permission at all
	Fail     func(w http.ResponseWriter, r *http.Request, err error)               // tell an error
}

const defaultBody = 1 << 20

// New puts routes together. It fails where a route has no known permission, so that the program does not start.
func New(c Config, routes []Route) (*http.ServeMux, error) {
	mux := http.NewServeMux()
	for _, rt := range routes {
		if rt.Permission == "" || !c.Known(rt.Permission) {
			return nil, fmt.Errorf("web: route %s %s names no known permission (%q)", rt.Method, rt.Path, rt.Permission)
		}
		mux.Handle(rt.Method+" "+rt.Path, serve(c, rt))
	}
	return mux, nil
}

func serve(c Config, rt Route) http.Handler {
	limit := rt.MaxBody
	if limit == 0 {
		limit = defaultBody
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, limit)
		ctx, err := c.Identify(w, r)
		if ctx != nil {
			r = r.WithContext(ctx)
		}
		if err == nil {
			err = c.Allow(r.Context(), rt.Permission)
		}
		if err == nil {
			err = rt.Handle(w, r)
		}
		if err != nil {
			c.Fail(w, r, err)
		}
	})
}

// Policy is the strict Content-Security-Policy of every page.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"

// Guard sets the headers of every answer and refuses requests that come from another site. Withheld are patterns of addresses
// with a token in them: their pages tell nobody where they are, which older browsers take for another site, and no other site
// knows the token.
func Guard(next http.Handler, secure bool, deny http.Handler, withheld ...string) http.Handler {
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(deny)
	for _, pattern := range withheld {
		cross.AddInsecureBypassPattern(pattern)
	}
	return cross.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", Policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()")
		h.Set("Cache-Control", "no-store")
		if secure {
			h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		next.ServeHTTP(w, r)
	}))
}

// IsAPI tells whether the answer is JSON for a machine that says who it is; the API's own description is for everyone.
func IsAPI(r *http.Request) bool {
	return strings.HasPrefix(r.URL.Path, "/api/") && r.URL.Path != "/api/docs" && r.URL.Path != "/api/v1/openapi.json"
}

// IsPartial tells whether htmx asked for a part of a page.
func IsPartial(r *http.Request) bool { return r.Header.Get("HX-Request") == "true" }

// Redirect sends the browser on after a change; only paths of ours.
func Redirect(w http.ResponseWriter, r *http.Request, path string) error {
	http.Redirect(w, r, LocalPath(path, "/"), http.StatusSeeOther)
	return nil
}

// LocalPath is path when it is an address of ours, else the fallback: no way out through a crafted return address.
func LocalPath(path, fallback string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\x00") {
		return fallback
	}
	return path
}

// NotFound is a handler for addresses that lead nowhere.
func NotFound(http.ResponseWriter, *http.Request) error { return fault.NotFound() }
