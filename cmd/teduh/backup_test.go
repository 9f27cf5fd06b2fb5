package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// command runs teduh and gives its exit code and what it said.
func command(args ...string) (code int, out, errs string) {
	var stdout, stderr bytes.Buffer
	code = run(args, &stdout, &stderr)
	return code, stdout.String(), stderr.String()
}

// An administrator backs up, is asked for the passphrases, tries a wrong one, restores, and lets the doctor look.
func TestBackupRestoreAndDoctorFromTheCommandLine(t *testing.T) {
	from, to, file := t.TempDir(), filepath.Join(t.TempDir(), "new"), filepath.Join(t.TempDir(), "office.teduh")
	if code, _, errs := command("init", "--data", from, "--office", "LK3 Uji", "--region", "21.72", "--admin", "admin@example.org"); code != 0 {
		t.Fatal(errs)
	}
	says := func(wantCode int, wantWords string, args ...string) string {
		t.Helper()
		code, out, errs := command(args...)
		if code != wantCode || !strings.Contains(out+errs, wantWords) || strings.Count(errs, "\n") > 1 {
			t.Errorf("%v: exit %d, want %d; said %q %q, want %q", args, code, wantCode, out, errs, wantWords)
		}
		return out
	}
	t.Setenv("TEDUH_BACKUP_PASSPHRASE", "")
	says(1, "TEDUH_BACKUP_PASSPHRASE", "backup", "--data", from, file)
	t.Setenv("TEDUH_BACKUP_PASSPHRASE", "teduh di tepi laut")
	t.Setenv("TEDUH_KEY_PASSPHRASE", "kunci di lemari besi")
	says(1, "no installation", "backup", "--data", to, file)
	says(0, "Backed up", "backup", "--data", from, file)
	t.Setenv("TEDUH_BACKUP_PASSPHRASE", "bukan yang ini dulu")
	says(1, "passphrase is wrong", "restore", "--data", to, file)
	t.Setenv("TEDUH_BACKUP_PASSPHRASE", "teduh di tepi laut")
	var report struct{ Tables, Rows int }
	if err := json.Unmarshal([]byte(says(0, "", "restore", "--json", "--data", to, file)), &report); err != nil || report.Tables < 40 || report.Rows < 3 {
		t.Errorf("restored %+v: %v", report, err)
	}
	says(1, "not empty", "restore", "--data", to, file)
	says(0, "ok    schema", "doctor", "--data", to)
	if err := os.Chmod(filepath.Join(to, "master.key"), 0o640); err != nil {
		t.Fatal(err)
	}
	says(1, "chmod 600", "doctor", "--data", to)
}
