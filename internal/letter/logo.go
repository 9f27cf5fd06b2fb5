package letter

import (
	"bytes"
	"image"
	"image/color"
	_ "image/jpeg" // to read
	"image/png"

	"golang.org/x/image/draw"

	"teduh/internal/fault"
)

const (
	// mostPixels is the most a picture may unfold into: a scan of a page.
	mostPixels = 25_000_000
	// logoSide is how large a logo is kept: sharp on paper, where it is 24 mm wide, and small in each letter.
	logoSide = 300
)

// redraw makes a picture anew as a logo: on white, no larger than it is printed, and without anything but its pixels.
func redraw(data []byte) ([]byte, error) {
	size, kind, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || (kind != "png" && kind != "jpeg") || size.Width == 0 || size.Height == 0 {
		return nil, fault.Invalid(fault.Field("logo", "broken", "letter.logo_broken"))
	}
	if size.Width*size.Height > mostPixels {
		return nil, fault.Invalid(fault.Field("logo", "too_large", "letter.logo_large", "max", mostPixels/1_000_000))
	}
	src, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fault.Invalid(fault.Field("logo", "broken", "letter.logo_broken"))
	}
	w, h := fitted(size.Width, size.Height)
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(dst, dst.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.CatmullRom.Scale(dst, dst.Bounds(), src, src.Bounds(), draw.Over, nil)
	var out bytes.Buffer
	err = png.Encode(&out, dst)
	return out.Bytes(), err
}

// fitted is a size within the logo's.
func fitted(w, h int) (int, int) {
	most := max(w, h)
	if most <= logoSide {
		return w, h
	}
	return max(1, w*logoSide/most), max(1, h*logoSide/most)
}
