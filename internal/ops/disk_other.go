//go:build !linux && !darwin

package ops

// Room is what is left for us where a folder is, in bytes; elsewhere than on Linux and macOS it is not known.
func Room(string) (bytes uint64, known bool) { return 0, false }
