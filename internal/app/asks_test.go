package app_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// unasked are the methods that take an actor and ask for no permission, and why that is right.
var unasked = map[string]string{
	"access.NewToken":      "a token for oneself; for another account it is asked",
	"casefile.LogReading":  "keeps a reading of what was opened",
	"casefile.NotesIn":     "notes of a case that was opened before",
	"casefile.SettleTasks": "part of an act on the case, which asks",
	"person.Marks":         "marks beside people one was shown; each asks for its audience",
	"person.ChoiceName":    "the name of whom a form has chosen, within the scope",
	"person.ClientIn":      "part of opening a case, which asks; the client must be within the scope",
	"attachment.OpenFor":   "a file that stands with what the caller has opened, such as a referral",
	"casefile.ReachArgs":   "parameters of a condition; the list that asks with them asks for its permission",
	"person.AddIn":         "part of opening a case or of deciding a request, which ask",
}

// method is a function of a package that takes an actor.
type method struct {
	pkg, name string
	service   bool              // an exported method of Service
	actor     string            // the name of the actor's parameter
	receiver  string            // and of the receiver
	fields    map[string]string // packages of the receiver's fields
	body      *ast.BlockStmt
}

// Every exported method of a service that takes an actor asks for a permission on every way through it, by itself or by
// the first thing it calls with the actor.
func TestEveryServiceMethodAsksForAPermission(t *testing.T) {
	t.Parallel()
	methods := actorMethods(t)
	asks := map[string]bool{}
	for grown := true; grown; {
		grown = false
		for key, m := range methods {
			if !asks[key] && m.asks(asks) {
				asks[key], grown = true, true
			}
		}
	}
	n := 0
	for key, m := range methods {
		if !m.service {
			continue
		}
		n++
		reason, excused := unasked[m.pkg+"."+m.name]
		if !asks[key] && !excused {
			t.Errorf("%s.%s takes an actor and asks for no permission", m.pkg, m.name)
		}
		if asks[key] && excused {
			t.Errorf("%s.%s asks and needs no excuse (%s)", m.pkg, m.name, reason)
		}
	}
	if n < 80 {
		t.Errorf("only %d methods were found", n)
	}
}

func actorMethods(t *testing.T) map[string]method {
	t.Helper()
	methods, files := map[string]method{}, map[string][]*ast.File{}
	must(t, filepath.WalkDir("..", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "_templ.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err == nil {
			files[f.Name.Name] = append(files[f.Name.Name], f)
		}
		return err
	}))
	for pkg, list := range files {
		fields := serviceFields(list)
		for _, f := range list {
			for _, d := range f.Decls {
				fn, ok := d.(*ast.FuncDecl)
				if !ok || fn.Body == nil {
					continue
				}
				m := method{pkg: pkg, name: fn.Name.Name, actor: actorOf(fn), fields: fields, body: fn.Body}
				if m.actor == "" {
					continue
				}
				if fn.Recv != nil && len(fn.Recv.List[0].Names) == 1 {
					m.receiver = fn.Recv.List[0].Names[0].Name
					m.service = typeName(fn.Recv.List[0].Type) == "Service" && fn.Name.IsExported()
				}
				methods[pkg+"."+m.name] = m
			}
		}
	}
	return methods
}

// serviceFields are the packages whose services a service holds, by the field's name.
func serviceFields(files []*ast.File) map[string]string {
	fields := map[string]string{}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			s, ok := n.(*ast.TypeSpec)
			if !ok || s.Name.Name != "Service" {
				return true
			}
			body, ok := s.Type.(*ast.StructType)
			if !ok {
				return false
			}
			for _, field := range body.Fields.List {
				if pkg, name, ok := strings.Cut(typeName(field.Type), "."); ok && name == "Service" {
					for _, id := range field.Names {
						fields[id.Name] = pkg
					}
				}
			}
			return false
		})
	}
	return fields
}

func typeName(e ast.Expr) string {
	switch x := e.(type) {
	case *ast.StarExpr:
		return typeName(x.X)
	case *ast.Ident:
		return x.Name
	case *ast.SelectorExpr:
		return typeName(x.X) + "." + x.Sel.Name
	}
	return ""
}

// actorOf is the name of the parameter that is an actor.
func actorOf(fn *ast.FuncDecl) string {
	for _, p := range fn.Type.Params.List {
		if name := typeName(p.Type); (name == "access.Actor" || name == "Actor") && len(p.Names) == 1 {
			return p.Names[0].Name
		}
	}
	return ""
}

// asks tells whether a permission is asked for wherever the method goes: what stands in a branch does not count.
func (m method) asks(known map[string]bool) bool {
	return slices.ContainsFunc(m.body.List, func(s ast.Stmt) bool {
		found := false
		ast.Inspect(s, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.BlockStmt:
				return m.isArgument(s, x)
			case *ast.CallExpr:
				found = found || m.asksBy(x, known)
			}
			return !found
		})
		return found
	})
}

// isArgument tells whether a block is the body of a function that a statement hands on, such as a transaction's.
func (m method) isArgument(s ast.Stmt, block *ast.BlockStmt) bool {
	is := false
	ast.Inspect(s, func(n ast.Node) bool {
		if _, branch := n.(*ast.BlockStmt); branch {
			return false
		}
		if f, ok := n.(*ast.FuncLit); ok && f.Body == block {
			is = true
		}
		return !is
	})
	return is
}

func (m method) asksBy(call *ast.CallExpr, known map[string]bool) bool {
	takesActor := slices.ContainsFunc(call.Args, func(e ast.Expr) bool { id, ok := e.(*ast.Ident); return ok && id.Name == m.actor })
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return takesActor && known[m.pkg+"."+f.Name]
	case *ast.SelectorExpr:
		of := typeName(f.X)
		if of == m.actor {
			return f.Sel.Name == "Require" || f.Sel.Name == "Can"
		}
		if of == m.receiver {
			return takesActor && known[m.pkg+"."+f.Sel.Name]
		}
		if field, ok := strings.CutPrefix(of, m.receiver+"."); ok {
			return takesActor && known[m.fields[field]+"."+f.Sel.Name]
		}
	}
	return false
}
