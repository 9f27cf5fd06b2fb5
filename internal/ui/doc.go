// Package ui is how Teduh looks: the frames around a page and the parts in it,
// as templ components over the stylesheet of web/static. It knows no domain and
// no permission; it shows what it is given.
//
// Frames: Layout(Shell) for the working side, Gate before sign-in, Plain for
// errors and print. Parts take small structs and, where something stands
// inside them, children: Card(Head{…}) { … }, Rows() { Row(…) }, Form(…) { … }.
//
// Where to look: parts.templ (icons, pills, notes, times, buttons), lists.templ
// (heads, cards, rows, facts, tabs, filters, tables, paging), fields.templ and
// forms.templ (fields, forms, errors, drafts, confirmations, menus), casework.templ
// (stages, timeline, ladder, checklists), day.templ (hero, agenda, tasks),
// shell.templ, nav.templ and gate.templ (the frames, urgent alerts, error pages).
// A refused form: errs := ErrorsOf(ctx, err), then ErrorSummary(errs) at the top
// and Field{…, Error: errs.On("name")} at each field.
//
// Rules: labels come in already translated; only the words of the frame itself
// are read from the catalog ui.toml. One h1 a page, cards have h2. One Primary
// button a view. Colour always with a word. Everything works before any
// script. No inline style, script or handler: the security policy refuses them.
//
// The generated *_templ.go are committed; TestGeneratedFilesAreUpToDate tells
// when «go tool templ generate» (from the root) was forgotten. TestStyleGuide renders all
// parts on one page; with TEDUH_STYLE_GUIDE=folder it writes that page there.
//
// Used by every package with pages.*.templ and by web for error pages.
package ui
