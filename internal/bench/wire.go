package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
)

// wire is one connection that is kept, as a browser keeps it. It costs the machine, which it shares with the program, a
// tenth of what a whole http.Client does.
type wire struct {
	conn net.Conn
	in   *bufio.Reader
	out  bytes.Buffer
}

func dial(address string) (*wire, error) {
	conn, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
	if err != nil {
		return nil, err
	}
	return &wire{conn: conn, in: bufio.NewReaderSize(conn, 64<<10)}, nil
}

// send asks and reads the whole answer.
func (w *wire) send(method, path, token string, body []byte) error {
	w.out.Reset()
	fmt.Fprintf(&w.out, "%s %s HTTP/1.1\r\nHost: teduh.example\r\nAuthorization: Bearer %s\r\n", method, path, token)
	if body != nil {
		fmt.Fprintf(&w.out, "Content-Type: application/json\r\nContent-Length: %d\r\n", len(body))
	}
	w.out.WriteString("\r\n")
	w.out.Write(body)
	if _, err := w.conn.Write(w.out.Bytes()); err != nil {
		return err
	}
	answer, err := http.ReadResponse(w.in, nil)
	if err != nil {
		return err
	}
	if answer.StatusCode >= 300 {
		told, err := io.ReadAll(answer.Body)
		return errors.Join(err, fmt.Errorf("%s %s: %d %.300s", method, path, answer.StatusCode, told))
	}
	_, err = io.Copy(io.Discard, answer.Body)
	return errors.Join(err, answer.Body.Close())
}
