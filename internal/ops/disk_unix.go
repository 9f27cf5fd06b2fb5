//go:build linux || darwin

package ops

import "syscall"

// Room is what is left for us where a folder is, in bytes.
func Room(dir string) (bytes uint64, known bool) {
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		return 0, false
	}
	return st.Bavail * uint64(st.Bsize), true
}
