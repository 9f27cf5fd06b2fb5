package attachment

import (
	"bytes"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"

	"teduh/internal/fault"
)

// maxPixels is the most a picture may hold: 50 million, a large camera's. A small file may unfold into far more, so the size
// is read before the picture.
const maxPixels = 50_000_000

// quality of JPEG, at which a photograph of a letter stays easy to read.
const quality = 88

// decoder reads one type of picture.
type decoder struct {
	size func(io.Reader) (image.Config, error)
	read func(io.Reader) (image.Image, error)
}

var decoders = map[string]decoder{
	"image/jpeg": {jpeg.DecodeConfig, jpeg.Decode},
	"image/png":  {png.DecodeConfig, png.Decode},
	"image/webp": {webp.DecodeConfig, webp.Decode},
}

// redraw makes a picture anew, the right way up and without anything but its pixels. WebP, which is only read here, becomes
// JPEG, or PNG where one can see through it.
func redraw(data []byte, kindOf string) (clean []byte, becomes string, err error) {
	unreadable := fault.Field("files", "broken", "attachment.broken")
	d := decoders[kindOf]
	size, err := d.size(bytes.NewReader(data))
	if err != nil {
		return nil, "", unreadable
	}
	if int64(size.Width)*int64(size.Height) > maxPixels {
		return nil, "", fault.Field("files", "too_many_pixels", "attachment.too_many_pixels", "max", maxPixels/1_000_000)
	}
	img, err := d.read(bytes.NewReader(data))
	if err != nil {
		return nil, "", unreadable
	}
	img = turn(img, orientation(data))
	becomes = kindOf
	if kindOf == "image/webp" {
		becomes = "image/jpeg"
		if o, ok := img.(interface{ Opaque() bool }); ok && !o.Opaque() {
			becomes = "image/png"
		}
	}
	var out bytes.Buffer
	if becomes == "image/png" {
		err = png.Encode(&out, img)
	} else {
		err = jpeg.Encode(&out, img, &jpeg.Options{Quality: quality})
	}
	return out.Bytes(), becomes, err
}

// band is how many lines of a picture are turned at a time, so that it is not held a third time.
const band = 64

// turn applies an orientation of Exif (1 to 8, CIPA DC-008 table 6) to a picture.
func turn(src image.Image, o int) image.Image {
	if o < 2 || o > 8 {
		return src
	}
	from := src.Bounds()
	w, h := from.Dx(), from.Dy()
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	if o >= 5 {
		dst = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	lines := image.NewRGBA(image.Rect(0, 0, w, min(h, band)))
	for top := 0; top < h; top += band {
		draw.Draw(lines, lines.Bounds(), src, image.Pt(from.Min.X, from.Min.Y+top), draw.Src)
		for y := top; y < min(top+band, h); y++ {
			for x := range w {
				to := dst.PixOffset(turned(o, x, y, w, h))
				at := lines.PixOffset(x, y-top)
				copy(dst.Pix[to:to+4], lines.Pix[at:at+4])
			}
		}
	}
	return dst
}

// turned is where a pixel of a picture of w by h goes.
func turned(o, x, y, w, h int) (int, int) {
	switch o {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	case 8:
		return y, w - 1 - x
	}
	return x, y
}
