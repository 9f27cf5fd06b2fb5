// Package static serves what a page needs beside its HTML: the stylesheet, the
// typeface, the icons, htmx and our few scripts, all embedded in the binary.
//
// Every file is known under a name that carries a hash of its content, such as
// /static/app.4f2d9c01ab.js, and may be kept by the browser for ever; a changed
// file has a new name. Names that one file says of another (an import in a
// script, a url() in the stylesheet) are replaced by the hashed ones at start.
// An old hash, asked for by a page from before an upgrade, gets today's file.
//
// Path gives the URL of a file by its plain name, Handler serves the URLs,
// compressed once by brotli or gzip when first asked for. Path panics on an
// unknown name, because names are written in the source, not by people.
//
// What the scripts look for in a page (all done by the components of ui):
// form[data-once] is sent once; form[data-draft=URL] keeps its text there (any
// 2xx acknowledges, 401 asks to sign in again); input[data-suggest=URL] reads
// {"items":[{"value","label","note"}]}; [data-alerts=URL] listens for events
// «alert» (HTML with an id) and «gone» (the id); [data-dialog=id] opens a
// dialog; details[data-menu] closes on Escape; form[data-sign-out] forgets all.
//
// Licences of what is not ours stand in the folder licences/. Used by ui for
// its layouts and mounted by app under Prefix.
package static

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

//go:embed *.css *.js *.svg fonts/*.woff2
var files embed.FS

// Prefix is the path under which Handler must be mounted.
const Prefix = "/static/"

var library = mustLoad(files)

// Path returns the URL of a file by its plain name («app.js»,
// «fonts/plus-jakarta-sans-latin-wght-normal.woff2»). It panics when there is
// no such file.
func Path(name string) string {
	a, ok := library.byName[name]
	if !ok {
		panic(fmt.Sprintf("static: no file %q", name))
	}
	return a.url
}

// shelf holds the files by their plain and by their hashed names.
type shelf struct {
	byName map[string]*asset
	byURL  map[string]*asset
}

// mustLoad panics when a file names another one that is not there: the files
// are part of the binary, so only a developer can meet this.
func mustLoad(from fs.FS) *shelf {
	s := &shelf{byName: map[string]*asset{}, byURL: map[string]*asset{}}
	err := fs.WalkDir(from, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		_, err = s.add(from, name)
		return err
	})
	if err != nil {
		panic(fmt.Errorf("static: %w", err))
	}
	return s
}

func (s *shelf) add(from fs.FS, name string) (*asset, error) {
	if a, ok := s.byName[name]; ok {
		return a, nil
	}
	body, err := fs.ReadFile(from, name)
	if err != nil {
		return nil, err
	}
	if body, err = s.link(from, name, body); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	sum := sha256.Sum256(body)
	ext := path.Ext(name)
	url := Prefix + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:5]) + ext
	a := newAsset(url, ext, body)
	s.byName[name], s.byURL[url] = a, a
	return a, nil
}

// references are the ways one of our files names another.
var references = map[string]*regexp.Regexp{
	".css": regexp.MustCompile(`url\(([\w./-]+)\)`),
	".js":  regexp.MustCompile(`(?:import|from) "\./([\w./-]+)"`),
}

// link puts the hashed URLs of other files into one that names them.
func (s *shelf) link(from fs.FS, name string, body []byte) ([]byte, error) {
	pattern := references[path.Ext(name)]
	if pattern == nil || name == "htmx.js" {
		return body, nil
	}
	text := string(body)
	for _, found := range pattern.FindAllStringSubmatch(text, -1) {
		other, err := s.add(from, found[1])
		if err != nil {
			return nil, err
		}
		linked := strings.Replace(found[0], found[1], other.url, 1)
		text = strings.ReplaceAll(text, found[0], strings.Replace(linked, `"./`, `"`, 1))
	}
	return []byte(text), nil
}
