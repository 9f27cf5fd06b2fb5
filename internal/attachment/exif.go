package attachment

import (
	"bytes"
	"encoding/binary"
)

// orientation reads how a camera was held from the Exif part of a JPEG, PNG or WebP; 1 is upright, and what can't be read is
// taken as upright.
func orientation(data []byte) int {
	tiff := exifOf(data)
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if string(tiff[:2]) == "MM" {
		order = binary.BigEndian
	}
	const entry, orientationTag = 12, 0x0112
	at := int(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > len(tiff) {
		return 1
	}
	n := int(order.Uint16(tiff[at:]))
	for i := range n {
		e := at + 2 + i*entry
		if e+entry > len(tiff) {
			return 1
		}
		if order.Uint16(tiff[e:]) == orientationTag {
			return int(order.Uint16(tiff[e+8:]))
		}
	}
	return 1
}

// exifOf finds the Exif part, a TIFF file without pictures, in the container of each type.
func exifOf(data []byte) []byte {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xd8}):
		return exifOfJPEG(data)
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return exifOfChunks(data, 8, binary.BigEndian, "eXIf")
	case bytes.HasPrefix(data, []byte("RIFF")):
		return exifOfChunks(data, 12, binary.LittleEndian, "EXIF")
	}
	return nil
}

// exifOfJPEG walks the segments before the picture: FF, marker, length with itself, content.
func exifOfJPEG(data []byte) []byte {
	const app1, scan = 0xe1, 0xda
	for at := 2; at+4 <= len(data) && data[at] == 0xff && data[at+1] != scan; {
		size := int(binary.BigEndian.Uint16(data[at+2:]))
		end := at + 2 + size
		if size < 2 || end > len(data) {
			return nil
		}
		if tiff, ok := bytes.CutPrefix(data[at+4:end], []byte("Exif\x00\x00")); ok && data[at+1] == app1 {
			return tiff
		}
		at = end
	}
	return nil
}

// exifOfChunks walks the chunks of PNG (length, name, content, sum) or RIFF (name, length, content, padded to even).
func exifOfChunks(data []byte, at int, order binary.ByteOrder, name string) []byte {
	isPNG := order == binary.BigEndian
	for at+8 <= len(data) {
		nameAt, sizeAt := at, at+4
		if isPNG {
			nameAt, sizeAt = at+4, at
		}
		size := int(order.Uint32(data[sizeAt:]))
		end := at + 8 + size
		if size < 0 || end > len(data) {
			return nil
		}
		if string(data[nameAt:nameAt+4]) == name {
			return bytes.TrimPrefix(data[at+8:end], []byte("Exif\x00\x00"))
		}
		at = end + size%2
		if isPNG {
			at = end + 4
		}
	}
	return nil
}
