// Package apidoc shows the JSON API to those who write programs for it: the OpenAPI document as it is, and a page made from
// it that a person can read.
//
// Both are public: they tell which questions there are, never an answer. The page needs no script and nothing from elsewhere.
package apidoc

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"github.com/a-h/templ"
	"github.com/danielgtaylor/huma/v2"

	"teduh/internal/access"
	"teduh/internal/ui"
	"teduh/internal/web"
)

// Pages are the document and the page made from it.
type Pages struct {
	doc  *huma.OpenAPI
	text []byte
	etag string
	base string
}

// NewPages of a document, in which every operation must be already; base is the address people use, or empty.
func NewPages(doc *huma.OpenAPI, base string) (*Pages, error) {
	text, err := json.Marshal(doc)
	if err != nil {
		return nil, fmt.Errorf("apidoc: %w", err)
	}
	sum := sha256.Sum256(text)
	return &Pages{doc: doc, text: text, etag: `"` + hex.EncodeToString(sum[:8]) + `"`, base: base}, nil
}

// Addresses of the document and of the page.
const (
	DocumentPath = "/api/v1/openapi.json"
	PagePath     = "/api/docs"
)

// Routes of the document and the page.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Method: "GET", Path: DocumentPath, Permission: string(access.Public), Handle: p.document},
		{Method: "GET", Path: PagePath, Permission: string(access.Public), Handle: p.page},
	}
}

func (p *Pages) document(w http.ResponseWriter, r *http.Request) error {
	h := w.Header()
	h.Set("ETag", p.etag)
	if r.Header.Get("If-None-Match") == p.etag {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	h.Set("Content-Type", "application/vnd.oai.openapi+json;version=3.1")
	_, _ = w.Write(p.text) // an error means the reader has gone
	return nil
}

func (p *Pages) page(w http.ResponseWriter, r *http.Request) error {
	base := p.base
	if base == "" {
		base = "http://" + r.Host
	}
	title, body := titleOf(r.Context()), docsPage(viewOf(p.doc, base))
	if access.From(r.Context()).Kind == access.User {
		return web.ShowPage(w, r, web.PageInfo{Title: title}, body)
	}
	plain := ui.PlainProps{Title: title, Home: "/", Language: "/bahasa", Here: PagePath}
	return web.Render(w, r, http.StatusOK, templ.ComponentFunc(func(ctx context.Context, out io.Writer) error {
		return ui.Plain(plain).Render(templ.WithChildren(ctx, body), out)
	}))
}
