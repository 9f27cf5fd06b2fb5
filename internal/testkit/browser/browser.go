// Package browser opens a page in Chromium for tests and pictures: it signs in, waits for what a person waits for, presses
// keys as a hand does, and keeps what the console complained of.
//
// Open serves programs, For serves tests. Every Tab has a profile of its own and asks no host but the one it is sent to; what
// the page asks of another host is kept among its Troubles.
package browser

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Tab is one page in a browser of its own.
type Tab struct {
	Ctx      context.Context
	mu       sync.Mutex
	troubles []string
	hosts    []string
}

// Open starts a browser with its profile in a folder. The tab lives until end is called or the context ends.
func Open(ctx context.Context, profile string) (tab *Tab, end func(), err error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.NoSandbox, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.UserDataDir(profile))
	parent, cancelBrowser := chromedp.NewExecAllocator(ctx, options...)
	tabCtx, cancelTab := chromedp.NewContext(parent)
	end = func() { cancelTab(); cancelBrowser() }
	tab = &Tab{Ctx: tabCtx}
	if _, err := chromedp.Call(tabCtx, log.Enable, cdp.Empty{}); err != nil {
		end()
		return nil, nil, fmt.Errorf("start the browser: %w", err)
	}
	if err := chromedp.Listen(tabCtx, tab.listen); err != nil {
		end()
		return nil, nil, err
	}
	return tab, end, nil
}

func (b *Tab) listen(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		b.troubles = append(b.troubles, e.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		b.troubles = append(b.troubles, e.Entry.Text+" "+e.Entry.URL)
	case *network.EventRequestWillBeSent:
		if at, err := url.Parse(e.Request.URL); err == nil && at.Host != "" && !slices.Contains(b.hosts, at.Host) {
			b.hosts = append(b.hosts, at.Host)
		}
	}
}

// Troubles is what the console complained of so far.
func (b *Tab) Troubles() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.troubles)
}

// Forget lets go of the troubles that a step was expected to make, such as the refusal of a form.
func (b *Tab) Forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.troubles = nil
}

// Hosts are the hosts that pages asked for anything so far.
func (b *Tab) Hosts() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.hosts)
}

// Do takes steps one after the other.
func (b *Tab) Do(steps ...chromedp.Action[chromedp.Void]) error { return chromedp.Do(b.Ctx, steps...) }

// Size sets the window.
func (b *Tab) Size(width, height int64) error { return b.Do(chromedp.EmulateViewport(width, height)) }

// Dark or light, as the machine of the reader has it.
func (b *Tab) Dark(on bool) error {
	scheme := "light"
	if on {
		scheme = "dark"
	}
	_, err := chromedp.Call(b.Ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
	return err
}

// Press presses a key as a hand does: what the page forbids does not come.
func (b *Tab) Press(key, text string) error { return b.PressWith(key, text, 0) }

// Modifiers of a pressed key.
const (
	Control = 2
	Shift   = 8
)

var keyCodes = map[string]int64{"Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}

// PressWith presses a key while modifiers are held.
func (b *Tab) PressWith(key, text string, modifiers int64) error {
	for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeKeyDown, input.DispatchKeyEventTypeKeyUp} {
		params := input.DispatchKeyEventParams{Type: kind, Key: key, WindowsVirtualKeyCode: keyCodes[key], Modifiers: modifiers}
		if kind == input.DispatchKeyEventTypeKeyDown {
			params.Text = text
		}
		if _, err := chromedp.Call(b.Ctx, input.DispatchKeyEvent, params); err != nil {
			return err
		}
	}
	return nil
}

// Type writes text where the focus is.
func (b *Tab) Type(text string) error {
	_, err := chromedp.Call(b.Ctx, input.InsertText, input.InsertTextParams{Text: text})
	return err
}

// Wait until an expression of the page is true, at most half a minute.
func (b *Tab) Wait(expression string) error {
	ctx, cancel := context.WithTimeout(b.Ctx, 30*time.Second)
	defer cancel()
	for {
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](expression))
		if ok && err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("never true: %s: %w", expression, errors.Join(err, ctx.Err()))
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Text of the page as a person reads it.
func (b *Tab) Text() (string, error) {
	return chromedp.Run(b.Ctx, chromedp.Evaluate[string](`document.body.innerText`))
}

// SignIn at an address of the program. It ends on the page the day of that person begins with.
func (b *Tab) SignIn(base, email, password string) error {
	return b.Do(chromedp.Navigate(base+"/masuk"), chromedp.SendKeys("[name=email]", email),
		chromedp.SendKeys("[name=password]", password+"\r"), chromedp.WaitReady("nav"))
}

//go:embed axe.min.js
var axe string

// Finding is something axe finds wrong with a page.
type Finding struct {
	ID    string   `json:"id"`
	Help  string   `json:"help"`
	Nodes []string `json:"nodes"`
}

const runAxe = `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
  .then(r => JSON.stringify(r.violations.map(v => ({id: v.id, help: v.help, nodes: v.nodes.map(n => n.html.slice(0, 200))}))))`

// Axe looks for what stands in the way of people with disabilities, by the rules of WCAG 2.2 AA.
func (b *Tab) Axe() (found []Finding, err error) {
	for _, script := range []string{axe + ";''", "window.axeTold = null; " + runAxe + ".then(r => { window.axeTold = r }); ''"} {
		if _, err := chromedp.Run(b.Ctx, chromedp.Evaluate[string](script)); err != nil {
			return nil, err
		}
	}
	if err := b.Wait(`window.axeTold !== null`); err != nil {
		return nil, err
	}
	told, err := chromedp.Run(b.Ctx, chromedp.Evaluate[string](`window.axeTold`))
	if err != nil {
		return nil, err
	}
	return found, json.Unmarshal([]byte(told), &found)
}

// TooWide is how many pixels the page is wider than the window.
func (b *Tab) TooWide() (int, error) {
	return chromedp.Run(b.Ctx, chromedp.Evaluate[int](`document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth`))
}

// Picture of the whole page, as PNG.
func (b *Tab) Picture() ([]byte, error) { return chromedp.Run(b.Ctx, chromedp.FullScreenshot(100)) }

// Test is a tab whose troubles fail a test.
type Test struct {
	*Tab
	t testing.TB
}

// For opens a tab that ends with the test, after at most two minutes.
func For(t testing.TB) *Test {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	tab, end, err := Open(ctx, t.TempDir())
	if err != nil {
		cancel()
		t.Fatal(err)
	}
	t.Cleanup(func() { end(); cancel() })
	return &Test{Tab: tab, t: t}
}

// Must ends the test on an error.
func (b *Test) Must(err error) {
	b.t.Helper()
	if err != nil {
		text, _ := b.Text()
		b.t.Fatalf("%v\nthe page says:\n%.1500s", err, strings.TrimSpace(text))
	}
}

// Go opens an address.
func (b *Test) Go(address string) { b.t.Helper(); b.Must(b.Do(chromedp.Navigate(address))) }

// Click on what a selector names.
func (b *Test) Click(selector string) { b.t.Helper(); b.Must(b.Do(chromedp.Click(selector))) }

// Fill writes into what a selector names.
func (b *Test) Fill(selector, text string) {
	b.t.Helper()
	b.Must(b.Do(chromedp.SendKeys(selector, text)))
}

// Is waits until an expression is true.
func (b *Test) Is(expression string) { b.t.Helper(); b.Must(b.Wait(expression)) }

// Says waits until the page shows a text.
func (b *Test) Says(text string) {
	b.t.Helper()
	quoted, err := json.Marshal(text)
	b.Must(err)
	b.Is("document.body.innerText.includes(" + string(quoted) + ")")
}

// Path of the page that is open, without its questions.
func (b *Test) Path() string {
	b.t.Helper()
	path, err := chromedp.Run(b.Ctx, chromedp.Evaluate[string](`location.pathname`))
	b.Must(err)
	return path
}
