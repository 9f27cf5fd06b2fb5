package ops

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
)

// The kinds of a value: what both engines can hold. A value is its kind and then its content.
const (
	kindNull  byte = iota
	kindInt        // 8 bytes, big end first
	kindReal       // 8 bytes, IEEE 754, big end first
	kindText       // length as a varint, then the bytes
	kindBytes      // length as a varint, then the bytes
)

// longest is the most a single value may take, so that a damaged length does not ask for all memory.
const longest = 1 << 30

// appendRow adds a row's values to b.
func appendRow(b []byte, row []any) ([]byte, error) {
	for _, v := range row {
		switch v := v.(type) {
		case nil:
			b = append(b, kindNull)
		case int64:
			b = binary.BigEndian.AppendUint64(append(b, kindInt), uint64(v))
		case float64:
			b = binary.BigEndian.AppendUint64(append(b, kindReal), math.Float64bits(v))
		case string:
			b = append(binary.AppendUvarint(append(b, kindText), uint64(len(v))), v...)
		case []byte:
			b = append(binary.AppendUvarint(append(b, kindBytes), uint64(len(v))), v...)
		default:
			return nil, fmt.Errorf("a %T has no place in a backup", v)
		}
	}
	return b, nil
}

// rowReader reads rows of a fixed number of values.
type rowReader struct {
	in    *bufio.Reader
	width int
}

func newRowReader(part []byte, width int) *rowReader {
	return &rowReader{in: bufio.NewReader(bytes.NewReader(part)), width: width}
}

// next reads a row, or io.EOF after the last one.
func (r *rowReader) next() ([]any, error) {
	if _, err := r.in.Peek(1); err != nil {
		return nil, err
	}
	row := make([]any, r.width)
	for i := range row {
		v, err := r.value()
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return nil, err
		}
		row[i] = v
	}
	return row, nil
}

func (r *rowReader) value() (any, error) {
	kind, err := r.in.ReadByte()
	if err != nil {
		return nil, err
	}
	switch kind {
	case kindNull:
		return nil, nil
	case kindInt:
		n, err := r.eight()
		return int64(n), err
	case kindReal:
		n, err := r.eight()
		return math.Float64frombits(n), err
	case kindText:
		b, err := r.long()
		return string(b), err
	case kindBytes:
		return r.long()
	}
	return nil, fmt.Errorf("value of unknown kind %d", kind)
}

func (r *rowReader) eight() (uint64, error) {
	var b [8]byte
	_, err := io.ReadFull(r.in, b[:])
	return binary.BigEndian.Uint64(b[:]), err
}

func (r *rowReader) long() ([]byte, error) {
	n, err := binary.ReadUvarint(r.in)
	if err != nil {
		return nil, err
	}
	if n > longest {
		return nil, errors.New("value of impossible length")
	}
	b := make([]byte, n)
	_, err = io.ReadFull(r.in, b)
	return b, err
}

// Sum is the number of rows of a table and the sum of their SHA-256, lane by lane, so that the order in which an engine
// hands the rows over does not matter.
type Sum struct {
	Rows  int64
	lanes [4]uint64
}

func (s *Sum) add(row []byte) {
	s.Rows++
	h := sha256.Sum256(row)
	for i := range s.lanes {
		s.lanes[i] += binary.BigEndian.Uint64(h[8*i:])
	}
}

// MarshalText writes the rows and the sum as "12:0f3a…".
func (s Sum) MarshalText() ([]byte, error) {
	var b []byte
	for _, lane := range s.lanes {
		b = binary.BigEndian.AppendUint64(b, lane)
	}
	return fmt.Appendf(nil, "%d:%s", s.Rows, hex.EncodeToString(b)), nil
}

// UnmarshalText reads what MarshalText wrote.
func (s *Sum) UnmarshalText(text []byte) error {
	var digits string
	if _, err := fmt.Sscanf(string(text), "%d:%64s", &s.Rows, &digits); err != nil {
		return err
	}
	b, err := hex.DecodeString(digits)
	if err != nil || len(b) != 32 {
		return errors.New("a sum of another length")
	}
	for i := range s.lanes {
		s.lanes[i] = binary.BigEndian.Uint64(b[8*i:])
	}
	return nil
}
