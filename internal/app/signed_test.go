package app_test

import (
	"bytes"
	"image"
	"image/png"
	"mime/multipart"
	"net/url"
	"testing"
)

// signedPaper is a form with a photograph of a paper.
func signedPaper(t *testing.T, values url.Values) (body, kind string) {
	t.Helper()
	var buf bytes.Buffer
	form := multipart.NewWriter(&buf)
	for name, all := range values {
		for _, value := range all {
			must(t, form.WriteField(name, value))
		}
	}
	part, err := form.CreateFormFile("photo", "kertas.png")
	must(t, err)
	must(t, png.Encode(part, image.NewGray(image.Rect(0, 0, 4, 4))))
	must(t, form.Close())
	return buf.String(), form.FormDataContentType()
}
