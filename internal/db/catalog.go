package db

import (
	"context"
	"fmt"
	"strings"
)

// Table is a table of the schema with its columns in the order they were made in; the migrations' own table is left out.
type Table struct {
	Name    string
	Columns []string
}

// Each engine's own account of its tables and columns, in the order of their names and places.
var catalogs = map[Engine]string{
	SQLite: `SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
  WHERE t.type = 'table' AND substr(t.name, 1, 7) <> 'sqlite_' AND substr(t.name, 1, 6) <> 'goose_' ORDER BY t.name, c.cid`,
	Postgres: `SELECT c.table_name::text, c.column_name::text FROM information_schema.columns c
  JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
  WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND substr(c.table_name::text, 1, 6) <> 'goose_'
  ORDER BY c.table_name::text COLLATE "C", c.ordinal_position`,
}

// Tables lists the tables by name.
func (d *DB) Tables(ctx context.Context, r Reader) ([]Table, error) {
	pairs, err := All(ctx, r, func(row Row) (p [2]string, err error) {
		err = row.Scan(&p[0], &p[1])
		return p, err
	}, catalogs[d.engine])
	if err != nil {
		return nil, fmt.Errorf("db: tables: %w", err)
	}
	var all []Table
	for _, p := range pairs {
		if len(all) == 0 || all[len(all)-1].Name != p[0] {
			all = append(all, Table{Name: p[0]})
		}
		last := &all[len(all)-1]
		last.Columns = append(last.Columns, p[1])
	}
	return all, nil
}

// Select is the query of all of a table's rows.
func (t Table) Select() string {
	return "SELECT " + t.columns() + " FROM " + quoted(t.Name)
}

// Insert is the statement that writes n rows at once; it takes n times the columns as its arguments.
func (t Table) Insert(n int) string {
	var b strings.Builder
	b.WriteString("INSERT INTO " + quoted(t.Name) + " (" + t.columns() + ") VALUES ")
	for i := range n * len(t.Columns) {
		switch {
		case i == 0:
			b.WriteByte('(')
		case i%len(t.Columns) == 0:
			b.WriteString("), (")
		default:
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "$%d", i+1)
	}
	b.WriteByte(')')
	return b.String()
}

func (t Table) columns() string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = quoted(c)
	}
	return strings.Join(names, ", ")
}

func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// Check lets the engine look through its own data and tells what it finds wrong, at most a dozen things.
func (d *DB) Check(ctx context.Context) (wrong []string, err error) {
	err = d.Read(ctx, func(r Reader) error {
		if d.engine == Postgres { // it keeps its keys by itself; one that was never proved is told
			wrong, err = All(ctx, r, Value[string], `SELECT 'unproved constraint ' || conname::text FROM pg_constraint
  WHERE connamespace = current_schema()::regnamespace AND NOT convalidated ORDER BY conname LIMIT 12`)
			return err
		}
		damage, err := All(ctx, r, Value[string], `SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok' LIMIT 12`)
		if err != nil {
			return err
		}
		loose, err := All(ctx, r, Value[string], `SELECT 'a row of ' || "table" || ' names a missing row of ' || parent FROM pragma_foreign_key_check LIMIT 12`)
		wrong = append(damage, loose...)
		return err
	})
	return wrong, err
}
